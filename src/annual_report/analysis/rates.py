"""Rates that supervisors ask for, computed from numbers of the form."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from annual_report.form.base import TOTAL_KEY
from annual_report.form.fields import walk

if TYPE_CHECKING:
    from collections.abc import Callable

    from annual_report.report.model import AnnualReport


def share_granted(report: AnnualReport) -> Fraction | None:
    """Return the share of applications granted in whole or in part (公开率).

    予以公开 plus 部分公开, divided by all outcomes (（七）总计); applications carried forward are not counted. None if
    no application was processed.

    Examples
    --------
    >>> from annual_report import AnnualReport
    >>> share_granted(AnnualReport.blank(agency="某局", year=2024)) is None
    True
    """
    outcomes = report.applications.outcomes
    granted = outcomes.granted.derived_total + outcomes.partially_granted.derived_total
    return _share(granted, outcomes.derived_total.derived_total)


def share_refused(report: AnnualReport) -> Fraction | None:
    """Return the share of applications refused (不予公开率): 不予公开 on any ground, divided by all outcomes."""
    outcomes = report.applications.outcomes
    refused = sum(getattr(outcomes.refused, node.key).derived_total for node in walk(type(outcomes.refused)))
    return _share(refused, outcomes.derived_total.derived_total)


def reconsiderations_corrected(report: AnnualReport) -> Fraction | None:
    """Return the share of concluded reconsiderations that corrected the body (复议纠错率).

    结果纠正 divided by all reconsiderations except those 尚未审结. None if none was concluded.
    """
    results = report.disputes.reconsideration
    return _share(results.corrected, results.derived_total - results.pending)


def suits_lost(report: AnnualReport) -> Fraction | None:
    """Return the share of concluded lawsuits that the body lost (败诉率).

    结果纠正 divided by all lawsuits except those 尚未审结, including lawsuits after reconsideration. None if none was
    concluded.
    """
    litigation = report.disputes.litigation
    groups = (litigation.direct, litigation.after_reconsideration)
    concluded = sum(group.derived_total - group.pending for group in groups)
    return _share(sum(group.corrected for group in groups), concluded)


def by_applicant(report: AnnualReport) -> dict[str, Fraction | None]:
    """Return each kind of applicant's share of the applications received (申请人构成), by the key of its column."""
    received = report.applications.received
    return {
        node.key: _share(getattr(received, node.key), received.derived_total)
        for node in walk(type(received))
        if node.key != TOTAL_KEY
    }


def _share(part: int, whole: int) -> Fraction | None:
    return Fraction(part, whole) if whole else None


RATES: dict[str, Callable[[AnnualReport], Fraction | None]] = {
    "share_granted": share_granted,
    "share_refused": share_refused,
    "reconsiderations_corrected": reconsiderations_corrected,
    "suits_lost": suits_lost,
}
"""The rates that are a single number, by name."""
