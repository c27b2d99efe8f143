"""`annual-report export`: many reports as one table."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Annotated

import typer

from annual_report.cli import NOT_RECONCILED, UNUSABLE
from annual_report.cli.many import files_of, readable
from annual_report.cli.options import Lang, Reports
from annual_report.cli.outputs import SUMMARY, in_folder, make_folder, refuse_sources
from annual_report.messages import message

if TYPE_CHECKING:
    from annual_report.batch import Failure


def export_command(
    inputs: Reports,
    output: Annotated[
        str, typer.Option("-o", "--output", metavar="OUT", help=message("The table, a .xlsx or .csv file").text())
    ],
    *,
    long: Annotated[bool, typer.Option("--long", help=message("One row a value, not one a report").text())] = False,
    keys: Annotated[
        bool, typer.Option("--keys", help=message("Head columns by the JSON's paths, not the form's words").text())
    ] = False,
    lang: Lang = None,
) -> None:
    """Write many reports as one table."""
    raise typer.Exit(_export(inputs, output, long=long, keys=keys))


def _export(inputs: list[str], output: str, *, long: bool, keys: bool) -> int:
    """Write the table, and give the exit status."""
    from annual_report.tables import write_table
    from annual_report.tables.files import suffix_of

    target = in_folder(output, f"{SUMMARY}.xlsx")
    suffix_of(target)
    files = files_of(inputs)
    refuse_sources(target, *files)
    failures: list[Failure] = []
    reports = (report for _, report in readable(files, failures))
    first = next(reports, None)
    if first is None:
        return UNUSABLE
    make_folder(output)
    count = write_table(chain([first], reports), target, "long" if long else "wide", keys=keys)
    told = message("{written} written to {target}, {failed} failed", written=count, target=target, failed=len(failures))
    typer.echo(told.text())
    return NOT_RECONCILED if failures else 0
