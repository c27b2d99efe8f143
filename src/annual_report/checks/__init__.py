"""What must reconcile: the form's numbers with each other, with last year's report, and with the narrative."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annual_report.checks import claims, completeness, relations
from annual_report.checks import previous as last_year
from annual_report.checks.findings import (
    CellReference,
    Finding,
    Findings,
    PreviousReportError,
    Quotation,
    ReconciliationError,
)

if TYPE_CHECKING:
    from annual_report.report.model import AnnualReport

__all__ = [
    "CellReference",
    "Finding",
    "Findings",
    "PreviousReportError",
    "Quotation",
    "ReconciliationError",
    "check",
]


def check(report: AnnualReport, *, previous: AnnualReport | None = None) -> Findings:
    """Check whether a report reconciles.

    Parameters
    ----------
    report
        The report.
    previous
        The same body's report on the year before, where it is at hand.

    Returns
    -------
    Findings
        Everything that does not reconcile, errors first; each finding names its rule and its cells.

    Raises
    ------
    PreviousReportError
        `previous` is not of the year before.

    Notes
    -----
    The relations between the form's numbers (勾稽关系) are those of 国办公开办函〔2021〕30号.

    Examples
    --------
    >>> from annual_report import AnnualReport
    >>> [finding.id for finding in check(AnnualReport.blank(agency="某局", year=2024)).errors]
    ['narrative.empty', 'narrative.empty', 'narrative.empty']
    """
    found = [*completeness.findings(report), *relations.findings(report), *claims.findings(report)]
    if previous is not None:
        found += last_year.findings(report, previous)
    return Findings(found, report)
