"""Keeps last year's reports of many bodies, and finds the one of each body."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annual_report.checks.bodies import names_of
from annual_report.checks.findings import Finding
from annual_report.database import TemporaryDatabase, from_key, key
from annual_report.errors import one_line
from annual_report.messages import message
from annual_report.report.model import AnnualReport
from annual_report.report.places import section_title

if TYPE_CHECKING:
    from annual_report.messages import Message
    from annual_report.report.roster import Roster

_SCHEMA = """
CREATE TABLE reports (code TEXT, source BLOB, content TEXT);
CREATE TABLE names (year INTEGER, name TEXT, report INTEGER);
CREATE INDEX by_name ON names (year, name);
"""


class LastYear:
    """Last year's reports of many bodies.

    Reports are kept in a temporary file, so that memory use does not grow with their number.

    Parameters
    ----------
    roster
        Identifies bodies under all their names; by default, they are identified by code, or else by name.
    """

    def __init__(self, roster: Roster | None = None) -> None:
        self._roster = roster
        self._disk = TemporaryDatabase(_SCHEMA)

    def add(self, report: AnnualReport, source: str) -> None:
        """Add a report.

        Parameters
        ----------
        report
            The report.
        source
            The name of its file, for the findings.
        """
        row = (report.agency_code, key(source), report.model_dump_json())
        number = self._disk.execute("INSERT INTO reports VALUES (?, ?, ?)", *row).lastrowid
        for name in names_of(report, self._roster)[1]:
            self._disk.execute("INSERT INTO names VALUES (?, ?, ?)", report.year, name, number)

    def find(self, report: AnnualReport) -> tuple[AnnualReport | None, list[Finding]]:
        """Find the report by the same body on the year before.

        Parameters
        ----------
        report
            The report on this year.

        Returns
        -------
        tuple[AnnualReport | None, list[Finding]]
            The first such report, or None; and what is to be said where there is not exactly one.
        """
        year = report.year - 1
        numbers: set[int] = set()
        for name in names_of(report, self._roster)[0]:
            numbers.update(*self._disk.execute("SELECT report FROM names WHERE year = ? AND name = ?", year, name))
        if not numbers:
            msg = message("there is no report by it on {year} to compare it with", year=year)
            return None, [Finding("previous.missing", "warning", "agency", section_title("agency"), msg)]
        rows = [
            self._disk.execute("SELECT code, source, content FROM reports WHERE rowid = ?", number).fetchone()
            for number in sorted(numbers)
        ]
        is_one_body = len({code for code, *_ in rows if code}) <= 1
        found = [] if len(rows) == 1 else [_several(year, [from_key(row[1]) for row in rows], is_one_body=is_one_body)]
        return AnnualReport.model_validate_json(rows[0][2]) if is_one_body else None, found


def _several(year: int, files: list[str], *, is_one_body: bool) -> Finding:
    """Return the finding that there are several reports, of one body or of bodies that have its names."""
    msg: Message
    if is_one_body:
        msg = message(
            "there are {number} reports by it on {year}; it is compared with the first, {file}",
            number=len(files),
            year=year,
            file=one_line(files[0]),
        )
    else:
        msg = message(
            "several reports on {year} may be by it and have different codes; it is compared with none: {files}",
            year=year,
            files=one_line(", ".join(files)),
        )
    return Finding("previous.duplicate", "warning", "agency", section_title("agency"), msg)
