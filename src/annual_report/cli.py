"""The command line: each command one call of the library, with errors that a person reads."""

from __future__ import annotations

import json
import os
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from annual_report.errors import Problem, UnusableInputError
from annual_report.loading import load, load_style, loads
from annual_report.messages import Message, message
from annual_report.model.report import AnnualReport
from annual_report.rendering import format_of, render, save
from annual_report.style import PRESETS, Style

UNUSABLE = 2
INTERRUPTED = 130
STANDARD = "-"

app = typer.Typer(add_completion=False, no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False)



Lang = Annotated[
    Literal["zh", "en"] | None,
    typer.Option("--lang", help=message("Language of messages: zh or en").text(), show_default=False),
]
ReportArgument = Annotated[
    str, typer.Argument(metavar="REPORT", help=message("A report's .json file, - for standard input").text())
]
Out = Annotated[
    str | None,
    typer.Option("-o", "--output", metavar="OUT", help=message("Where to write, - for standard output").text()),
]
StyleOption = Annotated[
    str | None,
    typer.Option("--style", metavar="STYLE", help=message("A .toml file, or gbt9704 or large-print").text()),
]


def _show_version(*, wanted: bool) -> None:
    if wanted:
        typer.echo(version("annual-report"))
        raise typer.Exit


@app.callback(help=message("Annual reports on open government information: checked, and as documents.").text())
def _main(
    *,
    show_version: Annotated[
        bool,
        typer.Option("--version", is_eager=True, callback=lambda value: _show_version(wanted=value),
                     help=message("Show the version").text()),
    ] = False,
    lang: Lang = None,
) -> None:
    """Take what stands before the command."""


@app.command("render", help=message("Write a report as a document.").text())
def render_command(
    report: ReportArgument,
    output: Out = None,
    format: Annotated[
        str | None, typer.Option("--format", help=message("The document's format, else by the suffix").text())
    ] = None,
    style: StyleOption = None,
    lang: Lang = None,
) -> None:
    """Write a report as a document."""
    named = None if output == STANDARD else output
    chosen, look = format_of(named, format), style_of(style)
    content = render(read(report), format=chosen, style=look)
    write(content, output or _beside(report, chosen))


@app.command(help=message("Make a new report: every number zero, the text to be written.").text())
def new(
    agency: Annotated[str, typer.Option("--agency", metavar="NAME", help=message("The body's full name").text())],
    year: Annotated[int, typer.Option("--year", metavar="YEAR", help=message("The year reported on").text())],
    output: Out = None,
    *,
    force: Annotated[bool, typer.Option("--force", help=message("Replace an existing file").text())] = False,
    lang: Lang = None,
) -> None:
    """Make a new report."""
    from pydantic import ValidationError

    from annual_report.validation import explain

    try:
        report = AnnualReport.blank(agency=agency, year=year)
    except ValidationError as error:
        raise UnusableInputError(explain(error, AnnualReport, {"year": year})) from None
    target = output or f"{report.agency.replace('/', '-')}-{year}.json"
    if target != STANDARD and Path(target).exists() and not force:
        raise UnusableInputError([Problem(message("the file is there already; --force replaces it"))], target)
    write(json_text(report.model_dump(mode="json")), target)


@app.command(help=message("Write the JSON Schema of reports.").text())
def schema(output: Out = None, lang: Lang = None) -> None:
    """Write the JSON Schema of reports."""
    write(json_text(AnnualReport.model_json_schema()), output or STANDARD)


def read(source: str) -> AnnualReport:
    """Read a report from a file, or from standard input."""
    return loads(sys.stdin.buffer.read(), STANDARD) if source == STANDARD else load(source)


def style_of(name: str | None) -> Style | str | None:
    """Take a style from a file, or by its name."""
    return load_style(name) if name is not None and name not in PRESETS and name.endswith(".toml") else name


def write(content: bytes, target: str) -> None:
    """Write to a file, whose place is then told, or to standard output."""
    if target == STANDARD:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    else:
        save(content, Path(target))
        typer.echo(message("written: {target}", target=target).text())


def json_text(value: Any) -> bytes:
    """Give JSON as people read it."""
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def _beside(report: str, format: str) -> str:
    """Name the document after the report."""
    return STANDARD if report == STANDARD else str(Path(report).with_suffix(f".{format}"))


def run() -> None:
    """Run the command line and exit."""
    try:
        status = app(standalone_mode=False)
    except UnusableInputError as error:
        status = _fail(error.text())
    except typer.TyperException as error:
        status = _fail(_usage(error))
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 0
    except (KeyboardInterrupt, typer.Abort):
        status = INTERRUPTED
    sys.exit(status if isinstance(status, int) else 0)


def _fail(words: str) -> int:
    sys.stderr.write(f"{words}\n".encode("utf-8", "backslashreplace").decode())
    return UNUSABLE


def _usage(error: typer.TyperException) -> str:
    """Say in the user's words what is wrong with the arguments."""
    parameter = getattr(error, "param", None)
    name = getattr(error, "option_name", "") or (
        " / ".join(getattr(parameter, "opts", [])) if parameter is not None else ""
    )
    kind = type(error).__name__
    if kind == "MissingParameter":
        words = message("{name} is missing", name=getattr(parameter, "metavar", None) or name)
        if name.startswith("-"):
            words = message("{name} is missing", name=name)
    elif kind == "NoSuchOption":
        words = message("there is no option {name}", name=name)
    elif kind == "BadParameter":
        words = message("{name} is not given a usable value", name=name)
    elif kind == "NoArgsIsHelpError":
        return error.format_message()
    else:
        words = message("these arguments cannot be used ({reason})", reason=error.format_message())
    return f"{words}\n{message('see annual-report --help')}"
