"""Checks many reports one by one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from annual_report.batch.result import Failure
from annual_report.batch.sources import Sources
from annual_report.checks import Findings, check
from annual_report.checks.bodies import Bodies
from annual_report.checks.last_year import LastYear
from annual_report.errors import one_line
from annual_report.report.roster import Roster

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Executor
    from pathlib import Path

    from annual_report.batch.plan import Source
    from annual_report.batch.result import BatchResult
    from annual_report.batch.sources import ReadReport


@dataclass(frozen=True, slots=True)
class Checked:
    """The result for one of many checked reports.

    Parameters
    ----------
    source
        The file's name, with the line or row if the file has several reports; or the report's own name.
    agency, year
        The body and year of the report; empty and None if it cannot be read. The year is None for a body of the roster
        that has no report.
    findings
        What does not reconcile, and what the roster has otherwise.
    failure
        Why it cannot be checked; None if it was checked.

    Examples
    --------
    >>> from annual_report import AnnualReport, check_many
    >>> next(check_many([AnnualReport.blank(agency="某局", year=2024)])).agency
    '某局'
    """

    source: str
    agency: str
    year: int | None
    findings: Findings
    failure: Failure | None = None

    @property
    def is_sound(self) -> bool:
        """Whether it was checked and no error was found."""
        return self.failure is None and not self.findings.errors

    @property
    def problems(self) -> list[str]:
        """Why it cannot be read, a line for each problem, without the file's name."""
        lines = self.failure.text().splitlines() if self.failure else []
        return [line.removeprefix(one_line(f"{self.source}: ")) for line in lines]

    @property
    def is_missing(self) -> bool:
        """Whether this is a body of the roster that has no report."""
        return self.failure is None and self.year is None


def check_many(
    sources: Iterable[Source],
    *,
    executor: Executor | None = None,
    progress: Callable[[BatchResult], object] | None = None,
    roster: Roster | str | Path | None = None,
    previous: Iterable[Source] | None = None,
) -> Iterator[Checked]:
    """Check many reports, one by one.

    Parameters
    ----------
    sources
        Reports, or paths of readable files, of `.jsonl` files with one report per line, and of tables of reports
        (`.csv`, `.xlsx`). Files are read one by one, so that memory use does not grow with their number; a workbook
        is read at once.
    executor
        Where to read files with one report each, `Processes()` for one process per core; by default, here.
    progress
        Called with the counts and failures so far after each report: first of `previous`, then of `sources`.
    roster
        The bodies whose reports are expected: a `Roster`, or the path of its CSV file. A report by another body, or a
        second one on the same year, is then an error, and so is a body without a report. It also identifies the bodies
        of `previous`.
    previous
        Last year's reports, like `sources`. Each report is compared with the one by the same body on the year before:
        found by the roster, which knows former names, or else by code, or else by name. It is a warning if there is
        none or more than one.

    Returns
    -------
    Iterator[Checked]
        Those of last year's reports that cannot be read; the findings in each report, or why it cannot be read, in the
        order of the sources; then the bodies of the roster that have no report, in its order.

    Raises
    ------
    ArgumentTypeError
        An argument is of another kind; a `TypeError`.
    UnusableInputError
        The roster cannot be read.

    Examples
    --------
    >>> from annual_report import AnnualReport
    >>> reports = (AnnualReport.blank(agency=name, year=2024) for name in ("甲局", "乙局"))
    >>> [(checked.agency, len(checked.findings.errors)) for checked in check_many(reports)]
    [('甲局', 3), ('乙局', 3)]
    """
    reports = Sources(sources, executor).followed(progress)
    earlier = None if previous is None else Sources(previous, executor, "previous").followed(progress)
    return _checked(reports, earlier, Roster.of(roster))


def _checked(
    reports: Iterator[ReadReport], earlier: Iterator[ReadReport] | None, roster: Roster | None
) -> Iterator[Checked]:
    """Check reports, with last year's and with the bodies of a roster, if there are any."""
    last_year = None
    if earlier is not None:
        last_year = LastYear(roster)
        for source, report in earlier:
            if isinstance(report, Failure):
                yield Checked(source, "", None, Findings(), report)
            else:
                last_year.add(report, source)
    bodies = Bodies(roster)
    for source, report in reports:
        if isinstance(report, Failure):
            yield Checked(source, "", None, Findings(), report)
            continue
        before, found = last_year.find(report) if last_year else (None, [])
        if roster is not None:
            found = [*bodies.findings(report), *found]
        yield Checked(source, report.agency, report.year, Findings([*found, *check(report, previous=before)], report))
    for name, finding in bodies.missing():
        yield Checked("", name, None, Findings([finding]))
