"""`annual-report check` of one report, with last year's and with its parts, and what tells it from many."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from annual_report.cli import NOT_RECONCILED
from annual_report.cli.streams import STANDARD, read_all, require_output, write
from annual_report.cli.terminal import show
from annual_report.errors import Problem, UnusableInputError
from annual_report.messages import message
from annual_report.readers import SPREADSHEETS, SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from annual_report.batch import Failure
    from annual_report.report.model import AnnualReport


def is_many(
    inputs: Sequence[str], format: str = "text", output: str | None = None, *, is_collection: bool = False
) -> bool:
    """Return whether a command line asks for the check of many reports, rather than for that of one."""
    return (
        is_collection
        or len(inputs) > 1
        or output is not None
        or format == "csv"
        or any(mark in name and not Path(name).exists() for name in inputs for mark in "*?[")
        or any(map(_holds_many, inputs))
    )


def _holds_many(name: str) -> bool:
    """Return whether a folder or file may hold more than one report."""
    if Path(name).is_dir():
        return True
    kind = SUFFIXES.get(Path(name).suffix.lower().removeprefix("."))
    if not Path(name).exists() or (kind is not None and kind not in SPREADSHEETS):
        return False
    from annual_report.batch.plan import LINES  # importing it takes longer than checking one report
    from annual_report.tables.files import is_table_file

    return name.lower().endswith(LINES) or is_table_file(name)


def check_report(
    report: str,
    previous: str | None = None,
    format: str = "text",
    parts: Sequence[str] = (),
    roster: str | None = None,
) -> int:
    """Check a report, and show what was found.

    Parameters
    ----------
    report
        The report's file, or standard input.
    previous
        Last year's report.
    format
        `text` or `json`.
    parts
        The files, folders and patterns of the reports that the report adds up.
    roster
        The file of the roster of the parts' bodies.

    Returns
    -------
    int
        The exit status.
    """
    from annual_report.checks import PreviousReportError, check

    if report == STANDARD == previous:
        raise UnusableInputError([Problem(message("standard input can be one report only"))], STANDARD)
    require_output()
    failures: list[Failure] = []
    whole, *before = read_all([report] if previous is None else [report, previous])
    last = before[0] if before else None
    given = _read_parts(report, parts, failures) if parts else ()
    try:
        findings = check(whole, previous=last, parts=given, roster=roster)
    except PreviousReportError as error:
        raise UnusableInputError([Problem(error.message)], previous or "") from None
    if format == "json":
        write((findings.to_json() + "\n").encode(), STANDARD)
    else:
        show(findings, sys.stdout)
    return NOT_RECONCILED if findings.errors or failures else 0


def _read_parts(whole: str, names: Sequence[str], failures: list[Failure]) -> Iterable[AnnualReport]:
    """Read a whole's parts, when they are needed; those that cannot be read are added to the failures."""
    from annual_report.cli.many import files_of, readable

    files = files_of([*names])
    if any(Path(whole).exists() and Path(name).exists() and Path(whole).samefile(name) for name in files):
        raise UnusableInputError([Problem(message("the report is among its own parts"))], whole)
    return (part for _, part in readable(files, failures))
