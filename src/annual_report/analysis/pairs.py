"""Groups the reports of many bodies on several years by body."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annual_report.analysis.compare import Comparison, compare

if TYPE_CHECKING:
    from annual_report.report.model import AnnualReport
    from annual_report.report.roster import Roster


class Pairs:
    """Reports by body and year.

    Parameters
    ----------
    roster
        Identifies bodies under all their names; by default, they are identified by code, or else by name.

    Examples
    --------
    >>> from annual_report import AnnualReport
    >>> pairs = Pairs()
    >>> for year in (2023, 2024):
    ...     pairs.add(AnnualReport.blank(agency="某局", year=year))
    >>> [comparison.years for comparison in pairs.compared()[0]]
    [(2023, 2024)]
    """

    def __init__(self, roster: Roster | None = None) -> None:
        self._roster = roster
        self._bodies: dict[str, dict[int, AnnualReport]] = {}

    def add(self, report: AnnualReport) -> None:
        """Add a report; if a body has two on the same year, the first is kept."""
        body = self._roster.find(report.agency, report.agency_code) if self._roster else None
        name = body.name if body else report.agency_code or report.agency
        self._bodies.setdefault(name, {}).setdefault(report.year, report)

    def compared(self) -> tuple[list[Comparison], list[tuple[str, list[int]]]]:
        """Return the comparisons of bodies with several years, and the other bodies with their only year."""
        comparisons, alone = [], []
        for name, years in self._bodies.items():
            if len(years) > 1:
                comparisons.append(compare(list(years.values())))
            else:
                alone.append((name, list(years)))
        return comparisons, alone
