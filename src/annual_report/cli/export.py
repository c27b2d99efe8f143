"""`annual-report export`: many reports as one table."""

from __future__ import annotations

import sys
from itertools import chain
from typing import TYPE_CHECKING, Annotated

import typer

from annual_report.messages import message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from annual_report.batch import BatchResult, Failure, Sources
    from annual_report.report.model import AnnualReport

SOME_FAILED = 1
NOTHING_USABLE = 2


def register(app: typer.Typer, cls: type, lang: object) -> None:
    """Add the command to the command line.

    Parameters
    ----------
    app
        The command line.
    cls
        The class of its commands.
    lang
        The type of the option that every command has.
    """
    help = message("Write many reports as one table.").text()  # noqa: A001  # typer's own word

    def command(
        inputs: Annotated[
            list[str],
            typer.Argument(
                metavar="INPUT...", help=message("Files, folders, globs, .jsonl files, and tables (.csv, .xlsx)").text()
            ),
        ],
        output: Annotated[
            str, typer.Option("-o", "--output", metavar="OUT", help=message("The table, a .xlsx or .csv file").text())
        ],
        *,
        long: Annotated[bool, typer.Option("--long", help=message("One row a value, not one a report").text())] = False,
        keys: Annotated[
            bool, typer.Option("--keys", help=message("Head columns by the JSON's paths, not the form's words").text())
        ] = False,
        lang: object = None,  # noqa: ARG001  # settled before the command runs
    ) -> None:
        raise typer.Exit(_export(inputs, output, long=long, keys=keys))

    command.__annotations__["lang"] = lang
    app.command("export", cls=cls, help=help)(command)


def _export(inputs: list[str], output: str, *, long: bool, keys: bool) -> int:
    """Write the table, and give the exit status."""
    from annual_report.batch import Sources, expanded
    from annual_report.cli.checking import refuse_input
    from annual_report.cli.terminal import progress
    from annual_report.tables import write_table
    from annual_report.tables.files import suffix_of

    suffix_of(output)
    files = expanded(inputs)
    refuse_input(output, files)
    failures: list[Failure] = []
    with progress(sys.stderr) as step:
        reports = _readable(Sources(files), failures, step)
        first = next(reports, None)
        count = (
            0 if first is None else write_table(chain([first], reports), output, "long" if long else "wide", keys=keys)
        )
    for failure in failures:
        sys.stderr.write(f"{failure.text()}\n")
    told = message("{written} written to {target}, {failed} failed", written=count, target=output, failed=len(failures))
    if first is None:
        return NOTHING_USABLE
    typer.echo(told.text())
    return SOME_FAILED if failures else 0


def _readable(sources: Sources, failures: list[Failure], step: Callable[[BatchResult], None]) -> Iterator[AnnualReport]:
    """Go through the reports that can be read, and keep what is wrong with the others."""
    from annual_report.batch import Failure

    for _, report in sources.followed(step):
        if isinstance(report, Failure):
            failures.append(report)
        else:
            yield report
