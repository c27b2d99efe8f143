"""Collects the reports to be added up: sums them one by one, keeps their numbers on disk, and checks the set."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal, localcontext
from typing import TYPE_CHECKING, Any

from annual_report.checks import relations
from annual_report.checks.bodies import Bodies, finding_on
from annual_report.checks.findings import CellReference, Finding
from annual_report.database import TemporaryDatabase, from_key, key
from annual_report.form import registry
from annual_report.form.relations import Summation
from annual_report.form.values import EXACT
from annual_report.messages import message
from annual_report.report.places import place, within

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annual_report.form import Edition
    from annual_report.messages import Message
    from annual_report.report.model import AnnualReport
    from annual_report.report.roster import Roster

Number = int | Decimal


class Parts:
    """The reports that are added up to a whole.

    Reports are added one at a time. Only their numbers are kept, in a temporary file, so that memory use does not grow
    with the number of reports.

    Parameters
    ----------
    edition
        The edition of the whole.
    year
        The year of the whole.
    roster
        The bodies that are expected and counted; by default, every report counts.
    """

    def __init__(self, edition: Edition, year: int, roster: Roster | None = None) -> None:
        self.edition = edition
        self.year = year
        self.roster = roster
        self.findings: list[Finding] = []
        self.sums: dict[str, Number] = {
            path: 0 if cell.is_count else Decimal(0) for path, cell in edition.cells.items() if cell.adds_up
        }
        self._bodies = Bodies(roster)
        self._disk = TemporaryDatabase("CREATE TABLE parts (agency TEXT, source BLOB, counted INTEGER, numbers TEXT)")

    def __getstate__(self) -> dict[str, Any]:
        """Return the content, with the edition as its identifier: it is registered in the other process too."""
        return self.__dict__ | {"edition": self.edition.id}

    def __setstate__(self, content: dict[str, Any]) -> None:
        """Take over the content.

        Raises
        ------
        LookupError
            The edition is not registered in this process.
        """
        edition = registry.find(content["edition"])
        if edition is None:
            msg = f"edition {content['edition']!r} is not registered"
            raise LookupError(msg)
        self.__dict__.update(content, edition=edition)

    def add(self, report: AnnualReport, source: str = "") -> None:
        """Add one report.

        Parameters
        ----------
        report
            The report.
        source
            The name of its file, for the provenance.
        """
        body = self._bodies.find(report)
        is_first, is_of_year = self._bodies.is_first(report), report.year == self.year
        counted = is_of_year and is_first and (body is None or body.counted)
        self.findings += self._bodies.differences(report)
        if not is_of_year:
            msg = message("its report is on {actual}, not on {expected}", actual=report.year, expected=self.year)
            found = finding_on("parts.year", report.agency, msg, "year")
            self.findings.append(replace(found, expected=self.year, actual=report.year))
        elif not is_first:
            msg = message("is given more than once; the first is counted")
            self.findings.append(finding_on("parts.duplicate", report.agency, msg))
        numbers = self._numbers(report) if counted else {}
        if counted:
            self.findings += _own_errors(report)
            self.findings += self._without_counterpart(report, numbers)
            with localcontext(EXACT):
                for path in self.sums.keys() & numbers.keys():
                    self.sums[path] += numbers[path]
        written = json.dumps({path: str(number) for path, number in numbers.items()})
        self._disk.execute("INSERT INTO parts VALUES (?, ?, ?, ?)", report.agency, key(source), counted, written)

    def close(self) -> list[Finding]:
        """Return all findings once all reports have been added."""
        missing = (finding for _, finding in self._bodies.missing())
        return [*self.findings, *missing, *self._counted_twice()]

    def contributions(self, path: str) -> Iterator[tuple[str, str, Number]]:
        """Yield the body, source and number of each counted report at a path."""
        for agency, source, numbers in self._counted():
            if path in numbers:
                yield agency, source, type(self.sums[path])(numbers[path])

    def rows(self) -> Iterator[tuple[str, str, dict[str, Number]]]:
        """Yield the body, source and numbers by path of each counted report."""
        for agency, source, given in self._counted():
            yield agency, source, {path: type(zero)(given[path]) for path, zero in self.sums.items() if path in given}

    def _counted(self) -> Iterator[tuple[str, str, dict[str, str]]]:
        """Yield the body, source and written numbers of each counted report."""
        rows = self._disk.execute("SELECT agency, source, numbers FROM parts WHERE counted ORDER BY rowid")
        for agency, source, numbers in rows:
            yield agency, from_key(source), json.loads(numbers)

    @property
    def is_empty(self) -> bool:
        """Whether no report has been added."""
        return self._bodies.is_empty

    @property
    def counted(self) -> int:
        """How many reports were added up."""
        return sum(1 for _ in self._disk.execute("SELECT 1 FROM parts WHERE counted"))

    @property
    def left_out(self) -> tuple[tuple[str, str], ...]:
        """The bodies whose reports were given but not added, each with its source."""
        rows = self._disk.execute("SELECT agency, source FROM parts WHERE NOT counted ORDER BY rowid")
        return tuple((agency, from_key(source)) for agency, source in rows)

    def _numbers(self, report: AnnualReport) -> dict[str, Number]:
        """Return the numbers of a report that can be summed over bodies."""
        cells = report.form.cells
        return {path: number for path, number in report.values.items() if cells[path].adds_up}

    def _without_counterpart(self, report: AnnualReport, numbers: dict[str, Number]) -> Iterator[Finding]:
        """Find numbers without a cell in the edition of the whole, and cells missing from the edition of the part."""
        lost = [path for path, number in numbers.items() if path not in self.sums and number]
        absent = len(self.sums.keys() - numbers.keys())
        if not lost and not absent:
            return
        msg = message(
            "its report follows the edition {edition}: {lost} of its numbers have no cell in the whole, and {absent}"
            " cells of the whole have no number in it",
            edition=report.edition,
            lost=len(lost),
            absent=absent,
        )
        cells = tuple(CellReference(path, within(report.agency, place(report.form, path.split(".")))) for path in lost)
        yield replace(finding_on("parts.edition", report.agency, msg), cells=cells)

    def _counted_twice(self) -> Iterator[Finding]:
        for body in self.roster.bodies if self.roster else ():
            above = self.roster.counted_above(body) if self.roster and body.counted else None
            if above is not None:
                msg = message("is counted, and so is {parent} above it, whose report covers it", parent=above.name)
                yield finding_on("parts.counted", body.name, msg)


def _own_errors(report: AnnualReport) -> Iterator[Finding]:
    """Find errors in a part's own numbers, and describe their effect on the whole."""
    totals = {relation.id for relation in report.form.relations if isinstance(relation, Summation)}
    for finding in relations.findings(report):
        yield replace(
            finding,
            place=within(report.agency, finding.place),
            message=message("{words}; {effect}", words=finding.message, effect=_effect(finding, totals)),
        )


def _effect(finding: Finding, totals: set[str]) -> Message:
    """Describe the effect of an error in a part on the whole, which does not use stated totals."""
    difference = (finding.actual or 0) - (finding.expected or 0)
    if finding.id in totals:
        return message("the whole counts {expected}", expected=finding.expected)
    return message("that puts the whole out of balance by {difference}", difference=f"{difference:+d}")
