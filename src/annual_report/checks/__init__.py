"""What must reconcile: the form's numbers with each other, with last year's report, and with the narrative."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain, islice
from typing import TYPE_CHECKING

from annual_report.checks import claims, completeness, personal_data, relations
from annual_report.checks.findings import (
    CellReference,
    Finding,
    Findings,
    PreviousReportError,
    Quotation,
    ReconciliationError,
)
from annual_report.checks.texts import ReportTexts
from annual_report.messages import using
from annual_report.report.arguments import require_report, require_sources

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from annual_report.messages import Language
    from annual_report.report.model import AnnualReport
    from annual_report.report.roster import Roster

__all__ = [
    "CellReference",
    "Finding",
    "Findings",
    "PreviousReportError",
    "Quotation",
    "ReconciliationError",
    "check",
]


def check(
    report: AnnualReport,
    *,
    previous: AnnualReport | None = None,
    parts: Iterable[AnnualReport | str | Path] = (),
    roster: Roster | str | Path | None = None,
    lang: Language | None = None,
) -> Findings:
    """Check whether a report reconciles.

    Parameters
    ----------
    report
        The report.
    previous
        The same body's report on the year before.
    parts
        The reports that this one adds up, or the paths of their files; the iterable is consumed once.
    roster
        The bodies that are expected and counted among the parts: a `Roster`, or the path of its CSV file.
    lang
        The language of errors, and of `str(finding)`, `zh` or `en`; by default, the user's.

    Returns
    -------
    Findings
        Everything that does not reconcile, errors first; each finding names its rule and its cells.

    Raises
    ------
    PreviousReportError
        `previous` is not on the year before.
    ArgumentTypeError
        An argument is of another kind; a `TypeError`.
    UnusableInputError
        A part's file or the roster cannot be read.

    Notes
    -----
    The relations between the form's numbers (勾稽关系) are those of 国办公开办函〔2021〕30号.

    Examples
    --------
    >>> from annual_report import AnnualReport
    >>> [finding.id for finding in check(AnnualReport.blank(agency="某局", year=2024)).errors]
    ['narrative.empty', 'narrative.empty', 'narrative.empty']
    """
    with using(lang):
        require_report(report)
        if previous is not None:
            require_report(previous, "previous")
        require_sources(parts, "parts")
        found = _found(report, previous, parts, roster)
    return Findings((replace(finding, language=lang) for finding in found) if lang else found, report)


def _found(
    report: AnnualReport,
    previous: AnnualReport | None,
    parts: Iterable[AnnualReport | str | Path],
    roster: Roster | str | Path | None,
) -> list[Finding]:
    texts = ReportTexts.of(report)
    found = [
        *completeness.findings(report, texts),
        *relations.findings(report),
        *claims.findings(report, texts),
        *personal_data.findings(texts),
    ]
    if previous is not None:
        from annual_report.checks import previous as last_year

        found += last_year.findings(report, previous)
    given = iter(parts)
    first = [*islice(given, 1)]
    if first or roster is not None:
        found += _of_parts(report, chain(first, given), roster)
    return found


def _of_parts(
    report: AnnualReport, parts: Iterable[AnnualReport | str | Path], roster: Roster | str | Path | None
) -> Iterator[Finding]:
    from annual_report.checks import whole
    from annual_report.loading import load_each  # the only check that may read files
    from annual_report.report.roster import Roster

    return whole.findings(report, load_each(parts, "parts"), Roster.of(roster))
