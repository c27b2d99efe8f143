"""The command that begins a new report: as JSON, or as the workbook that offices fill in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from annual_report.cli.options import Agency, Lang, Year
from annual_report.cli.outputs import body_name, in_folder, write_as
from annual_report.cli.streams import STANDARD, json_text, read, tell
from annual_report.errors import Problem, UnusableInputError
from annual_report.messages import message

if TYPE_CHECKING:
    from annual_report.report.model import AnnualReport

_WORKBOOK, _JSON = ".xlsx", ".json"


def new_command(
    agency: Agency,
    year: Year,
    output: Annotated[
        str | None,
        typer.Option(
            "-o", "--output", metavar="OUT", help=message("A .json or .xlsx file, - for standard output").text()
        ),
    ] = None,
    previous: Annotated[
        str | None,
        typer.Option(
            "--previous", metavar="LAST_YEAR", help=message("Last year's report, to take numbers and text from").text()
        ),
    ] = None,
    keys: Annotated[
        Literal["en", "zh"], typer.Option("--keys", help=message("JSON keys, or the form's words (zh)").text())
    ] = "en",
    *,
    draft: Annotated[bool, typer.Option("--draft", help=message("Put drafts into the text").text())] = False,
    force: Annotated[bool, typer.Option("--force", help=message("Replace an existing file").text())] = False,
    lang: Lang = None,
) -> None:
    """Begin a new report."""
    before = read(previous) if previous is not None else None
    report = _begun(agency, year, before, previous or "", draft=draft)
    name = f"{body_name(report.agency, year)}{_JSON}"
    target = name if output is None else in_folder(output, name)
    kind = _JSON if target == STANDARD else Path(target).suffix.lower()
    if kind == _WORKBOOK and keys == "zh":
        raise UnusableInputError([Problem(message("{option} is for {format}", option="--keys", format=_JSON))], target)
    if kind not in {_JSON, _WORKBOOK}:
        raise UnusableInputError([Problem(message("a new report is a .json or .xlsx file"))], target)
    if target != STANDARD and Path(target).exists() and not force:
        raise UnusableInputError([Problem(message("the file is there already; --force replaces it"))], target)
    content = _workbook(report, before) if kind == _WORKBOOK else json_text(_data(report, keys))
    write_as(content, target, output)
    if before is not None and before.agency != report.agency:
        tell(message("last year's report is by {agency}", agency=before.agency).text())
    if before is not None and not draft:
        tell(message("the text of the sections is last year's: bring it up to date").text())


def _begun(agency: str, year: int, previous: AnnualReport | None, source: str, *, draft: bool) -> AnnualReport:
    from pydantic import ValidationError

    from annual_report.analysis.beginning import begin
    from annual_report.checks import PreviousReportError
    from annual_report.report.model import AnnualReport
    from annual_report.report.problems import explain

    try:
        return begin(agency=agency, year=year, previous=previous, draft=draft)
    except ValidationError as error:
        raise UnusableInputError(explain(error, AnnualReport, {"year": year})) from None
    except PreviousReportError as error:
        raise UnusableInputError([Problem(error.message)], source) from None


def _workbook(report: AnnualReport, previous: AnnualReport | None) -> bytes:
    from annual_report.writers.xlsx import write_report

    return write_report(report, previous=previous, empty=True)


def _data(report: AnnualReport, keys: str) -> dict[str, Any]:
    from annual_report.writers.json_data import in_words, without_totals

    data = without_totals(report)
    return in_words(data, report.form) if keys == "zh" else data
