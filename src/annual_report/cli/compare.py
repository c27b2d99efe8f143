"""`annual-report compare`: one body's years side by side, or two folders of many bodies."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from annual_report.cli import NOT_RECONCILED, UNUSABLE
from annual_report.cli.many import files_of, readable
from annual_report.cli.options import Lang
from annual_report.cli.outputs import COMPARISON, in_folder, make_folder, refuse_sources, write_as
from annual_report.cli.streams import STANDARD, read_usable, refuse, tell
from annual_report.errors import Problem, UnusableInputError, one_line
from annual_report.messages import message

if TYPE_CHECKING:
    from annual_report.batch import Failure


def compare_command(
    inputs: Annotated[
        list[str],
        typer.Argument(metavar="REPORT", help=message("Reports on two years or more, or two folders").text()),
    ],
    output: Annotated[
        str,
        typer.Option("-o", "--output", metavar="OUT", help=message("The document or workbook to write").text()),
    ],
    roster: Annotated[
        str | None,
        typer.Option("--roster", metavar="CSV", help=message("Current and former names of the bodies").text()),
    ] = None,
    lang: Lang = None,
) -> None:
    """Compare a body's reports over the years, or two folders of reports."""
    if any(Path(name).is_dir() for name in inputs):
        raise typer.Exit(_compare_folders(inputs, output, roster))
    raise typer.Exit(_compare_reports(inputs, output))


def _compare_reports(inputs: list[str], output: str) -> int:
    """Compare the reports that can be read, if there are two, and write what changed."""
    from annual_report.analysis.compare import compare
    from annual_report.rendering import format_of, render

    target = in_folder(output, f"{COMPARISON}.docx")
    chosen = format_of(None if output == STANDARD else target, None)
    refuse_sources(target, *inputs)
    reports, errors = read_usable(inputs)
    if errors and len(reports) < 2:  # noqa: PLR2004  # years
        refuse(errors)
    for error in errors:
        tell(error.text())
    comparison = compare(reports)
    write_as(render(comparison, format=chosen), target, output)
    if comparison.findings:
        tell(comparison.findings.text())
    return NOT_RECONCILED if errors else 0


def _compare_folders(inputs: list[str], output: str, roster: str | None) -> int:
    """Pair the reports of two folders by body, and write what changed in each."""
    from annual_report.analysis.pairs import Pairs
    from annual_report.report.roster import Roster
    from annual_report.writers.xlsx.comparison import write_pairs

    if len(inputs) != 2 or not all(Path(name).is_dir() for name in inputs):  # noqa: PLR2004  # one folder a year
        raise UnusableInputError([Problem(message("two folders are compared, or reports, but not both"))])
    target = in_folder(output, f"{COMPARISON}.xlsx")
    if Path(target).suffix.lower() != ".xlsx":
        raise UnusableInputError([Problem(message("two folders are compared in a .xlsx file"))], output)
    refuse_sources(target, *inputs)
    pairs = Pairs(Roster.load(roster) if roster else None)
    failures: list[Failure] = []
    for name, report in readable(files_of(inputs), failures):
        pairs.add(report, name)
    duplicates = list(pairs.duplicates())
    for agency, year in pairs.alone():
        tell(one_line(message("{agency}: only {year}", agency=agency, year=year).text()))
    for agency, year, source in duplicates:
        words = message(
            "{agency}: a second report on {year} is left out: {file}", agency=agency, year=year, file=source
        )
        tell(words.text())
    if next(pairs.compared(), None) is None:
        return UNUSABLE
    make_folder(output)
    write_pairs(pairs, Path(target))
    typer.echo(one_line(message("written: {target}", target=target).text()))
    return NOT_RECONCILED if failures or duplicates else 0
