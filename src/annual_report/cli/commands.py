"""The commands: each is one call of the library."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from annual_report.cli import NOT_RECONCILED
from annual_report.cli.aggregate import aggregate_command
from annual_report.cli.check_one import check_report, is_many
from annual_report.cli.compare import compare_command
from annual_report.cli.completion import complete_editions, complete_formats
from annual_report.cli.explain import explain_command
from annual_report.cli.export import export_command
from annual_report.cli.interruption import Interrupted, end_at_once, interruptible
from annual_report.cli.new import new_command
from annual_report.cli.options import Force, Lang, Output, Report, StyleOption
from annual_report.cli.outputs import in_folder, is_folder, named_after, refuse_sources, write_as
from annual_report.cli.read import read_command
from annual_report.cli.serve import serve_command
from annual_report.cli.streams import STANDARD, json_text, read, tell, write
from annual_report.cli.usage import Command, Group
from annual_report.errors import Problem, UnusableInputError
from annual_report.messages import message
from annual_report.writers import DEFAULT_FORMAT, FORMATS

if TYPE_CHECKING:
    from annual_report.batch import BatchResult
    from annual_report.style import Style

_KNOWN = "|".join(FORMATS)

app = typer.Typer(
    cls=Group,
    add_completion=not sys.argv[1:] or sys.argv[1].startswith("-"),  # a command has no part in it, and starts faster
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def _show_version(*, wanted: bool) -> None:
    if wanted:
        from annual_report import __version__

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
    """Take the options that come before the command."""


@app.command("render", cls=Command, help=message("Write a report as a document.").text())
def render_command(
    report: Report,
    output: Output = None,
    format: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar=_KNOWN,
            autocompletion=complete_formats,
            help=message("The document's format, else by the suffix").text(),
        ),
    ] = None,
    style: StyleOption = None,
    *,
    fragment: Annotated[
        Literal["sheet", "inline"] | None,
        typer.Option(
            "--fragment",
            help=message("For a site's own page: sheet with a style sheet, inline with styles in attributes").text(),
            show_default=False,
        ),
    ] = None,
    force: Force = False,
    lang: Lang = None,
) -> None:
    """Write a report as a document."""
    from annual_report.rendering import format_of, render

    named = None if output is None or output == STANDARD or is_folder(output) else output
    chosen, look = format_of(named, format), style_of(style)
    loaded = read(report)
    target = _beside(report, chosen) if output is None else in_folder(output, named_after(report, chosen))
    refuse_sources(target, report, style)
    kind: bool | Literal["inline"] = fragment if fragment == "inline" else fragment is not None
    content = render(loaded, format=chosen, style=look, allow_findings=force, fragment=kind)
    write_as(content, target, output)


@app.command("check", cls=Command, help=message("Check whether a report's numbers reconcile.").text())
def check_command(
    reports: Annotated[
        list[str],
        typer.Argument(
            metavar="REPORT", help=message("Files, folders, globs, .jsonl files, and tables (.csv, .xlsx)").text()
        ),
    ],
    previous: Annotated[
        str | None,
        typer.Option(
            "--previous", metavar="LAST_YEAR", help=message("Last year's report, or the folder of many").text()
        ),
    ] = None,
    format: Annotated[
        Literal["text", "json", "csv"],
        typer.Option("--format", help=message("A table to read, JSON, or CSV").text()),
    ] = "text",
    parts: Annotated[
        list[str] | None,
        typer.Option(
            "--parts", metavar="PART", help=message("Reports that this one adds up: files, folders and globs").text()
        ),
    ] = None,
    roster: Annotated[
        str | None,
        typer.Option("--roster", metavar="CSV", help=message("The bodies whose reports are expected").text()),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option(
            "-o", "--output", metavar="OUT", help=message("Write what was found to a .xlsx, .csv or .json file").text()
        ),
    ] = None,
    lang: Lang = None,
) -> None:
    """Check whether a report reconciles."""
    of_many = (roster is not None and not parts) or (previous is not None and is_many([previous]))
    if is_many(reports, format, output, is_collection=of_many):
        if parts:
            words = message("--parts is for one report and one of last year, without -o and --format csv")
            raise UnusableInputError([Problem(words)])
        from annual_report.cli.checking import check_files

        raise typer.Exit(check_files(reports, format, output, roster, previous, lambda part: write(part, STANDARD)))
    raise typer.Exit(check_report(reports[0], previous, format, parts or (), roster))


@app.command(cls=Command, help=message("Write many reports as documents.").text())
def batch(  # options are what a command line is
    inputs: Annotated[
        list[str],
        typer.Argument(metavar="INPUT", help=message("Files, folders, globs, and .jsonl files").text()),
    ],
    output: Annotated[
        str, typer.Option("-o", "--output", metavar="DIR", help=message("The folder to write to").text())
    ],
    jobs: Annotated[
        int | None,
        typer.Option("--jobs", metavar="N", min=1, help=message("How many processes, at most four per core").text()),
    ] = None,
    format: Annotated[
        str,
        typer.Option(
            "--format",
            metavar=_KNOWN,
            autocompletion=complete_formats,
            help=message("The documents' format").text(),
        ),
    ] = DEFAULT_FORMAT,
    style: StyleOption = None,
    *,
    force: Force = False,
    resume: Annotated[
        bool, typer.Option("--resume", help=message("Leave documents alone that are up to date").text())
    ] = False,
    result_file: Annotated[
        str | None, typer.Option("--report", metavar="FILE", help=message("Where to write the result as JSON").text())
    ] = None,
    lang: Lang = None,
) -> None:
    """Write many reports as documents."""
    from annual_report.batch import Processes, render_many
    from annual_report.cli.many import files_of
    from annual_report.cli.terminal import progress
    from annual_report.files import require_writable

    try:
        with interruptible(), Processes(jobs) as pool, progress(sys.stderr) as show_progress:
            sources = files_of(inputs, output)
            if result_file is not None and result_file != STANDARD:
                refuse_sources(result_file, *sources, style)
                require_writable(Path(result_file))
            result = render_many(
                sources,
                output,
                executor=pool,
                format=format,
                style=style_of(style),
                resume=resume,
                allow_findings=force,
                progress=show_progress,
            )
    except Interrupted as error:
        tell(message("interrupted; --resume goes on from here").text())
        end_at_once(error.number)
    _tell_result(result, result_file)
    if result.failures:
        raise typer.Exit(NOT_RECONCILED)


def _tell_result(result: BatchResult, result_file: str | None) -> None:
    for failure in result.failures:
        tell(failure.text())
    counts = message(
        "{written} written, {skipped} up to date, {failed} failed, {seconds} s",
        written=result.written,
        skipped=result.skipped,
        failed=len(result.failures),
        seconds=f"{result.seconds:.1f}",
    )
    if result_file == STANDARD:
        tell(counts.text())
    else:
        typer.echo(counts.text())
    if result_file is not None:
        write(result.to_json().encode() + b"\n", result_file)


@app.command(cls=Command, help=message("Show a report in the browser, with its findings.").text())
def view(
    report: Report,
    output: Annotated[
        str | None,
        typer.Option(
            "-o", "--output", metavar="OUT", help=message("Write the page to a file instead of showing it").text()
        ),
    ] = None,
    style: StyleOption = None,
    lang: Lang = None,
) -> None:
    """Show a report in the browser, or write the page that it would show."""
    from annual_report.checks import check
    from annual_report.cli.browser import open_page
    from annual_report.rendering import render

    name = named_after(report, "html")
    target = None if output is None else in_folder(output, name)
    refuse_sources(target, report, style)
    shown = read(report)
    page = render(shown, format="html", style=style_of(style), findings=check(shown))
    if target is None:
        open_page(page, name)
    else:
        write_as(page, target, output)


@app.command(cls=Command, help=message("Write the JSON Schema of reports.").text())
def schema(
    edition: Annotated[
        str | None,
        typer.Option(
            "--edition",
            metavar="EDITION",
            autocompletion=complete_editions,
            help=message("Of one edition of the form: 2021 or 2019").text(),
        ),
    ] = None,
    labels: Annotated[
        Literal["title", "description"],
        typer.Option("--labels", help=message("Where to put the form's words; description for json2ts").text()),
    ] = "title",
    output: Output = None,
    lang: Lang = None,
) -> None:
    """Write the JSON Schema of reports."""
    from annual_report.report.schema import json_schema

    target = STANDARD if output is None else in_folder(output, "schema.json")
    write_as(json_text(json_schema(edition, labels=labels)), target, output)


for _title, _function, _words in (
    ("read", read_command, message("Show what is read from a report in any format.")),
    ("export", export_command, message("Write many reports as one table.")),
    ("aggregate", aggregate_command, message("Add up the reports of a city's departments.")),
    ("compare", compare_command, message("Compare a body's reports over the years, or two folders of reports.")),
    ("explain", explain_command, message("Explain a finding or a deviation, and how to fix it.")),
    ("new", new_command, message("Begin a new report, as JSON or as a workbook to fill in (.xlsx).")),
    ("serve", serve_command, message("Open the page that checks reports in the browser.")),
):
    app.command(_title, cls=Command, help=_words.text())(_function)


def style_of(name: str | None) -> Style | str | None:
    """Take a style from a file, or by its name."""
    if name is None or not name.lower().endswith(".toml"):
        return name
    from annual_report.loading import load_style

    return load_style(name)


def _beside(report: str, format: str) -> str:
    """Name the document after the report, which it must not replace."""
    if report == STANDARD:
        return STANDARD
    beside = Path(report).with_suffix(f".{format}")
    if beside == Path(report):
        raise UnusableInputError(
            [Problem(message("would be replaced by the document; name another place with -o"))], report
        )
    return str(beside)
