"""`annual-report aggregate`: a city's report from those of its departments."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from annual_report.cli import NOT_RECONCILED
from annual_report.cli.many import files_of, readable
from annual_report.cli.options import Agency, Lang, Reports, Year
from annual_report.cli.outputs import body_name, in_folder, refuse_sources, write_as
from annual_report.cli.streams import json_text, tell
from annual_report.errors import one_line
from annual_report.messages import message

if TYPE_CHECKING:
    from annual_report.analysis.aggregate import Aggregation
    from annual_report.batch import Failure
    from annual_report.report.model import AnnualReport

_DATA = {".xlsx", ".json", ""}
"""The suffixes of what is worked on further, unlike a document."""


def aggregate_command(
    inputs: Reports,
    agency: Agency,
    year: Year,
    output: Annotated[
        str,
        typer.Option(
            "-o", "--output", metavar="OUT", help=message("The report, or a workbook that shows every part").text()
        ),
    ],
    base: Annotated[
        str | None, typer.Option("--base", metavar="REPORT", help=message("The report whose text is taken").text())
    ] = None,
    roster: Annotated[
        str | None, typer.Option("--roster", metavar="CSV", help=message("Who is expected and counted").text())
    ] = None,
    own: Annotated[
        str | None,
        typer.Option("--own", metavar="CSV", help=message("Numbers that the whole states itself").text()),
    ] = None,
    adjustments: Annotated[
        str | None,
        typer.Option("--adjustments", metavar="CSV", help=message("Changes to sums, with their reasons").text()),
    ] = None,
    *,
    force: Annotated[
        bool, typer.Option("--force", help=message("Write the sums although parts are missing or wrong").text())
    ] = False,
    lang: Lang = None,
) -> None:
    """Add up the reports of a city's departments."""
    from annual_report.analysis.aggregate import total_of
    from annual_report.analysis.decisions import Decisions
    from annual_report.checks.parts import Parts
    from annual_report.form import registry
    from annual_report.report.roster import Roster

    files = files_of(inputs)
    target = in_folder(output, f"{body_name(agency, year)}.json")
    refuse_sources(target, *files, base, roster, own, adjustments)
    edition = registry.followed_by(None, year)
    decided = Decisions.of(edition, own, adjustments or ())
    parts = Parts(edition, year, Roster.load(roster) if roster else None)
    failures: list[Failure] = []
    for name, report in readable(files, failures):
        parts.add(report, name)
    whole = total_of(parts, agency, decided, base)
    _tell(whole)
    is_doubtful = bool(failures or whole.findings.errors)
    if is_doubtful and not force:
        tell(message("nothing was written; --force writes the sums all the same").text())
        raise typer.Exit(NOT_RECONCILED)
    write_as(_content(whole, target), target, output)
    _tell_errors(whole.report, target)
    raise typer.Exit(NOT_RECONCILED if is_doubtful else 0)


def _tell(whole: Aggregation) -> None:
    """Show what was found, and whose reports were given and not added."""
    from annual_report.cli.terminal import show

    if whole.findings:
        show(whole.findings, sys.stderr)
    for agency, source in whole.left_out:
        tell(message("{agency} ({source}) is not added", agency=agency, source=source).text())


def _tell_errors(report: AnnualReport, target: str) -> None:
    """Print how many errors a document has that was written from sums, most often because text is missing."""
    if Path(target).suffix.lower() in _DATA:
        return
    from annual_report.checks import check

    if errors := check(report).errors:
        command = f"annual-report check {target}"
        words = message("{number} errors in it are shown by: {command}", number=len(errors), command=command)
        tell(one_line(words.text()))


def _content(whole: Aggregation, output: str) -> bytes:
    suffix = Path(output).suffix.lower()
    if suffix == ".xlsx":
        from annual_report.writers.xlsx.aggregation import write_aggregation

        return write_aggregation(whole)
    if suffix in _DATA:
        return json_text(whole.report.model_dump(mode="json"))
    from annual_report.rendering import render

    return render(whole.report, format=suffix.removeprefix("."), allow_findings=True)
