"""Arguments and options that several commands have."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from annual_report.cli.completion import complete_styles
from annual_report.errors import MessageError, one_line, shortened
from annual_report.messages import message


def year_of(text: str) -> int:
    """Take a year on which there are reports.

    Raises
    ------
    MessageError
        It is none.
    """
    from annual_report.report.model import FIRST_YEAR, LAST_YEAR  # importing it takes longer than showing the help

    if text in map(str, range(FIRST_YEAR, LAST_YEAR + 1)):
        return int(text)
    raise MessageError(
        message(
            "--year should be a whole number from {least} to {most}, got “{value}”",
            least=FIRST_YEAR,
            most=LAST_YEAR,
            value=one_line(shortened(text)),
        )
    )


Lang = Annotated[
    Literal["zh", "en"] | None,
    typer.Option("--lang", help=message("Language of messages: zh or en").text(), show_default=False),
]
Report = Annotated[
    str, typer.Argument(metavar="REPORT", help=message("A report in any format, - for standard input").text())
]
Reports = Annotated[
    list[str],
    typer.Argument(
        metavar="INPUT", help=message("Files, folders, globs, .jsonl files, and tables (.csv, .xlsx)").text()
    ),
]
Agency = Annotated[str, typer.Option("--agency", metavar="NAME", help=message("The body's full name").text())]
Year = Annotated[
    int, typer.Option("--year", metavar="YEAR", parser=year_of, help=message("The year reported on").text())
]
Output = Annotated[
    str | None,
    typer.Option("-o", "--output", metavar="OUT", help=message("Where to write, - for standard output").text()),
]
StyleOption = Annotated[
    str | None,
    typer.Option(
        "--style",
        metavar="STYLE",
        autocompletion=complete_styles,
        help=message("A .toml file, or gbt9704 or large-print").text(),
    ),
]
Force = Annotated[bool, typer.Option("--force", help=message("Write it even if its numbers do not reconcile").text())]
