"""Groups the reports of many bodies on several years by body."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annual_report.analysis.compare import Comparison, compare
from annual_report.database import TemporaryDatabase, from_key, key
from annual_report.report.model import AnnualReport

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from annual_report.report.roster import Roster


class Pairs:
    """Reports by body and year.

    Reports are kept in a temporary file, so that memory use does not grow with their number.

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
    >>> [comparison.years for comparison in pairs.compared()]
    [(2023, 2024)]
    """

    def __init__(self, roster: Roster | None = None) -> None:
        self._roster = roster
        self._disk = TemporaryDatabase(
            "CREATE TABLE reports (agency TEXT, code TEXT, year INTEGER, source BLOB, content TEXT)"
        )

    def add(self, report: AnnualReport, source: str = "") -> None:
        """Add a report.

        Parameters
        ----------
        report
            The report.
        source
            The name of its file, for `duplicates`.
        """
        row = (report.agency, report.agency_code, report.year, key(source), report.model_dump_json())
        self._disk.execute("INSERT INTO reports VALUES (?, ?, ?, ?, ?)", *row)

    @property
    def years(self) -> tuple[int, ...]:
        """The years of all reports, oldest first."""
        return tuple(year for (year,) in self._disk.execute("SELECT DISTINCT year FROM reports ORDER BY year"))

    def compared(self) -> Iterator[Comparison]:
        """Yield the comparison of each body with several years; of two reports on the same year, the first counts."""
        for years in self._bodies():
            if len(years) > 1:
                yield compare([self._report(rows[0]) for rows in years.values()])

    def alone(self) -> Iterator[tuple[str, int]]:
        """Yield the name and the year of each body that has only one year."""
        for years in self._bodies():
            if len(years) == 1:
                ((row, *_),) = years.values()
                yield self._origin(row)[:2]

    def duplicates(self) -> Iterator[tuple[str, int, str]]:
        """Yield the name, year and file of each report that does not count, since its body has another on the year."""
        for years in self._bodies():
            for rows in years.values():
                yield from map(self._origin, rows[1:])

    def _bodies(self) -> Iterable[dict[int, list[int]]]:
        """Return each body's rows by year; a code in one of a body's reports identifies its others too."""
        codes = dict(self._disk.execute("SELECT agency, code FROM reports WHERE code IS NOT NULL"))
        bodies: dict[str, dict[int, list[int]]] = {}
        for row, agency, code, year in self._disk.execute("SELECT rowid, agency, code, year FROM reports"):
            body = self._roster.find(agency, code) if self._roster else None
            identity = body.name if body else code or codes.get(agency, agency)
            bodies.setdefault(identity, {}).setdefault(year, []).append(row)
        return bodies.values()

    def _origin(self, row: int) -> tuple[str, int, str]:
        """Return the agency, year and file of a row."""
        found = self._disk.execute("SELECT agency, year, source FROM reports WHERE rowid = ?", row)
        agency, year, source = found.fetchone()
        return agency, year, from_key(source)

    def _report(self, row: int) -> AnnualReport:
        (content,) = self._disk.execute("SELECT content FROM reports WHERE rowid = ?", row).fetchone()
        return AnnualReport.model_validate_json(content)
