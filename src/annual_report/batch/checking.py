"""Checks many reports one by one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from annual_report.batch.result import Failure
from annual_report.batch.sources import Sources
from annual_report.checks import Findings, check

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Executor

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
        The body and year of the report; empty and None if it cannot be read.
    findings
        What does not reconcile.
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


def check_many(
    sources: Iterable[Source],
    *,
    executor: Executor | None = None,
    progress: Callable[[BatchResult], object] | None = None,
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
        Called with the counts and failures so far after each report.

    Returns
    -------
    Iterator[Checked]
        The findings in each report, or why it cannot be read, in the order of the sources.

    Examples
    --------
    >>> from annual_report import AnnualReport
    >>> reports = (AnnualReport.blank(agency=name, year=2024) for name in ("甲局", "乙局"))
    >>> [(checked.agency, len(checked.findings.errors)) for checked in check_many(reports)]
    [('甲局', 3), ('乙局', 3)]
    """
    return map(_checked, Sources(sources, executor).followed(progress))


def _checked(read: ReadReport) -> Checked:
    source, report = read
    if isinstance(report, Failure):
        return Checked(source, "", None, Findings(), report)
    return Checked(source, report.agency, report.year, check(report))
