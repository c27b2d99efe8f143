"""The command line: each command one call of the library, with errors that a person reads."""

from __future__ import annotations

import io
import json
import os
import re
import sys
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from typer.core import TyperCommand, TyperGroup

from annual_report import __version__
from annual_report.cli import read as reading_command
from annual_report.errors import MessageError, Problem, UnusableInputError, one_line
from annual_report.files import describe_os_error, save
from annual_report.loading import load, load_style, loads
from annual_report.messages import Message, message
from annual_report.rendering import DEFAULT_FORMAT, format_of, render
from annual_report.report.model import AnnualReport
from annual_report.style import PRESETS, Style
from annual_report.writers import FORMATS

NOT_RECONCILED = 1
UNUSABLE = 2
INTERRUPTED = 130
UNREAD = 141
PROGRAM = "annual-report"
STANDARD = "-"

_KNOWN = "|".join(FORMATS)

_FIXED_WORDS = (
    message("Usage:"),
    message("[OPTIONS]"),
    message("COMMAND [ARGS]..."),
    message("Arguments:"),
    message("Options:"),
    message("Commands:"),
    message("[required]"),
    message("[default:"),
    message("Show this message and exit."),
)
"""What typer has in its help in English only."""


def _translated(text: str) -> str:
    for words in _FIXED_WORDS:
        text = text.replace(words.id, words.text())
    return text


class _Group(TyperGroup):
    """The command line, with help in the user's language throughout."""

    def get_help(self, ctx: Any) -> str:
        """Give the help that typer makes, its fixed words put into the user's language."""
        return _translated(super().get_help(ctx))


class _Command(TyperCommand):
    """A command, with help in the user's language throughout."""

    def get_help(self, ctx: Any) -> str:
        """Give the help that typer makes, its fixed words put into the user's language."""
        return _translated(super().get_help(ctx))


app = typer.Typer(
    cls=_Group, add_completion=False, no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False
)

Lang = Annotated[
    Literal["zh", "en"] | None,
    typer.Option("--lang", help=message("Language of messages: zh or en").text(), show_default=False),
]
ReportArgument = Annotated[
    str, typer.Argument(metavar="REPORT", help=message("A report in any format, - for standard input").text())
]
Out = Annotated[
    str | None,
    typer.Option("-o", "--output", metavar="OUT", help=message("Where to write, - for standard output").text()),
]
StyleOption = Annotated[
    str | None,
    typer.Option("--style", metavar="STYLE", help=message("A .toml file, or gbt9704 or large-print").text()),
]


Force = Annotated[bool, typer.Option("--force", help=message("Write it even if its numbers do not reconcile").text())]


def _show_version(*, wanted: bool) -> None:
    if wanted:
        typer.echo(__version__)
        raise typer.Exit


@app.callback(help=message("Annual reports on open government information: checked, and as documents.").text())
def _main(
    *,
    show_version: Annotated[
        bool,
        typer.Option(
            "--version",
            is_eager=True,
            callback=lambda value: _show_version(wanted=value),
            help=message("Show the version").text(),
        ),
    ] = False,
    lang: Lang = None,
) -> None:
    """Take what stands before the command."""


@app.command("render", cls=_Command, help=message("Write a report as a document.").text())
def render_command(
    report: ReportArgument,
    output: Out = None,
    format: Annotated[
        str | None,
        typer.Option("--format", metavar=_KNOWN, help=message("The document's format, else by the suffix").text()),
    ] = None,
    style: StyleOption = None,
    *,
    force: Force = False,
    lang: Lang = None,
) -> None:
    """Write a report as a document."""
    named = None if output == STANDARD else output
    chosen, look = format_of(named, format), style_of(style)
    content = render(read(report), format=chosen, style=look, allow_findings=force)
    write(content, output or _beside(report, chosen))


@app.command("check", cls=_Command, help=message("Check whether a report's numbers reconcile.").text())
def check_command(
    report: ReportArgument,
    previous: Annotated[
        str | None, typer.Option("--previous", metavar="LAST_YEAR", help=message("Last year's report").text())
    ] = None,
    format: Annotated[
        Literal["text", "json"], typer.Option("--format", help=message("A table to read, or JSON").text())
    ] = "text",
    lang: Lang = None,
) -> None:
    """Check whether a report reconciles."""
    from annual_report.checks import PreviousReportError, check
    from annual_report.cli.terminal import show

    try:
        findings = check(read(report), previous=load(previous) if previous else None)
    except PreviousReportError as error:
        raise UnusableInputError([Problem(error.message)], previous or "") from None
    if format == "json":
        write((findings.to_json() + "\n").encode(), STANDARD)
    else:
        show(findings, sys.stdout)
    if findings.errors:
        raise typer.Exit(NOT_RECONCILED)


@app.command(cls=_Command, help=message("Write many reports as documents.").text())
def batch(  # options are what a command line is
    inputs: Annotated[
        list[str],
        typer.Argument(metavar="INPUT...", help=message("Files, folders, globs, and .jsonl files").text()),
    ],
    output: Annotated[
        str, typer.Option("-o", "--output", metavar="DIR", help=message("The folder to write to").text())
    ],
    jobs: Annotated[
        int | None, typer.Option("--jobs", metavar="N", min=1, help=message("How many processes").text())
    ] = None,
    format: Annotated[
        str, typer.Option("--format", metavar=_KNOWN, help=message("The documents' format").text())
    ] = DEFAULT_FORMAT,
    style: StyleOption = None,
    *,
    force: Force = False,
    resume: Annotated[
        bool, typer.Option("--resume", help=message("Leave documents alone that are newer than their reports").text())
    ] = False,
    result_file: Annotated[
        str | None, typer.Option("--report", metavar="FILE", help=message("Where to write the result as JSON").text())
    ] = None,
    lang: Lang = None,
) -> None:
    """Write many reports as documents."""
    from annual_report.batch import Processes, expanded, render_many
    from annual_report.cli.terminal import progress

    if result_file and not Path(result_file).parent.is_dir():
        raise UnusableInputError([Problem(message("there is no such file or folder"))], str(Path(result_file).parent))
    try:
        with Processes(jobs) as pool, progress(sys.stderr) as step:
            result = render_many(
                expanded(inputs),
                output,
                executor=pool,
                format=format,
                style=style_of(style),
                resume=resume,
                allow_findings=force,
                progress=step,
            )
    except KeyboardInterrupt:
        words = message("interrupted; --resume goes on from here")
        sys.stderr.write(f"{words}\n")
        raise typer.Exit(INTERRUPTED) from None
    for failure in result.failures:
        sys.stderr.write(f"{failure.text()}\n")
    counts = message(
        "{written} written, {skipped} up to date, {failed} failed, {seconds} s",
        written=result.written,
        skipped=result.skipped,
        failed=len(result.failures),
        seconds=f"{result.seconds:.1f}",
    )
    typer.echo(counts.text())
    if result_file:
        write(result.to_json().encode() + b"\n", result_file)
    if result.failures:
        raise typer.Exit(NOT_RECONCILED)


@app.command(cls=_Command, help=message("Show a report in the browser.").text())
def view(report: ReportArgument, style: StyleOption = None, lang: Lang = None) -> None:
    """Show a report in the browser, which may read the page when the command has long ended."""
    import tempfile
    import webbrowser

    from annual_report.checks import check

    shown = read(report)
    page = render(shown, format="html", style=style_of(style), findings=check(shown))
    name = "report" if report == STANDARD else Path(report).stem
    place = Path(tempfile.mkdtemp(prefix="annual-report-"), f"{name}.html")
    write(page, str(place))
    if not webbrowser.open(place.as_uri()):
        raise UnusableInputError([Problem(message("there is no browser to open it with"))], str(place))


@app.command(cls=_Command, help=message("Make a new report: every number zero, the text to be written.").text())
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

    from annual_report.report.problems import explain

    try:
        report = AnnualReport.blank(agency=agency, year=year)
    except ValidationError as error:
        raise UnusableInputError(explain(error, AnnualReport, {"year": year})) from None
    target = output or f"{report.agency.replace('/', '-')}-{year}.json"
    if target != STANDARD and Path(target).exists() and not force:
        raise UnusableInputError([Problem(message("the file is there already; --force replaces it"))], target)
    write(json_text(report.model_dump(mode="json")), target)


@app.command(cls=_Command, help=message("Write the JSON Schema of reports.").text())
def schema(output: Out = None, lang: Lang = None) -> None:
    """Write the JSON Schema of reports."""
    write(json_text(AnnualReport.model_json_schema()), output or STANDARD)


reading_command.register(app, _Command)


def read(source: str) -> AnnualReport:
    """Read a report from a file, or from standard input."""
    if source != STANDARD:
        return load(source)
    if sys.stdin is None:
        raise UnusableInputError([Problem(message("standard input is closed"))], STANDARD)
    return loads(sys.stdin.buffer.read(), STANDARD)


def style_of(name: str | None) -> Style | str | None:
    """Take a style from a file, or by its name."""
    return load_style(name) if name is not None and name not in PRESETS and name.endswith(".toml") else name


def write(content: bytes, target: str) -> None:
    """Write to a file, whose place is then told, or to standard output."""
    if target == STANDARD:
        if sys.stdout is None:
            raise UnusableInputError([Problem(message("standard output is closed"))], STANDARD)
        try:
            sys.stdout.buffer.write(content)
            sys.stdout.buffer.flush()
        except BrokenPipeError:
            _leave_standard_output()
            raise typer.Exit(UNREAD) from None
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
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    sys.exit(_status())


def _status() -> int:
    """Run the command line: 0 done, 1 not all reconciles, 2 unusable input, 130 interrupted, 141 nobody reads on."""
    from annual_report.checks import ReconciliationError
    from annual_report.cli.terminal import show

    try:
        status = app(standalone_mode=False)
        if sys.stdout is not None:
            sys.stdout.flush()
    except ReconciliationError as error:
        show(error.findings, sys.stderr)
        return NOT_RECONCILED
    except (MessageError, UnusableInputError) as error:
        return _fail(error.text())
    except typer.TyperException as error:
        return _fail(_usage(error))
    except OSError as error:
        _leave_standard_output()
        return _fail(UnusableInputError([Problem(describe_os_error(error))], STANDARD).text())
    except typer.Abort:
        return INTERRUPTED
    return status if isinstance(status, int) else 0


def _fail(words: str) -> int:
    if sys.stderr is not None:
        sys.stderr.write(f"{words}\n")
    return UNUSABLE


def _leave_standard_output() -> None:
    """Keep Python from writing at its end what standard output has refused."""
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _usage(error: typer.TyperException) -> str:
    """Say in the user's words what is wrong with the arguments."""
    kind = type(error).__name__
    if kind == "NoArgsIsHelpError":
        return error.format_message()
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else PROGRAM
    hint = message("see {command}", command=f"{command} --help")
    return f"{one_line(_misuse(error, kind).text())}\n{hint}"


def _misuse(error: typer.TyperException, kind: str) -> Message:
    parameter = getattr(error, "param", None)
    option = " / ".join(getattr(parameter, "opts", []))
    if kind == "MissingParameter":
        return message(
            "{name} is missing", name=option if option.startswith("-") else getattr(parameter, "metavar", "")
        )
    if kind == "NoSuchOption":
        return message("there is no option {name}", name=getattr(error, "option_name", ""))
    if kind == "BadParameter":
        return message("{name} is not given a usable value", name=option)
    told = error.format_message()
    for pattern, words in _MISUSES.items():
        if found := re.fullmatch(pattern, told):
            return Message(words.id, (("name", found[1]),))
    return message("these arguments cannot be used ({reason})", reason=told)


_MISUSES = {
    r"No such command '(.*?)'\..*": message("there is no command {name}"),
    r"Got unexpected extra argument\(?s?\)? \((.*)\)": message("there is no place for {name}"),
    r"Option '(.*)' requires an argument\.": message("{name} needs a value"),
    r"Option '(.*)' does not take a value\.": message("{name} takes no value"),
    r"(Missing command)\.": message("a command is missing"),
}
"""What typer says in English only, and the words for it."""
