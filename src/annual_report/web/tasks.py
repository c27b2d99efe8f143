"""What a worker does with files: each task gives the whole answer, and whatever is refused is an answer too."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from pydantic import ValidationError

from annual_report.checks import Findings, PreviousReportError, ReconciliationError, check
from annual_report.errors import ConversionError, MissingExtraError, Problem, UnusableInputError
from annual_report.messages import message
from annual_report.readers.read import read
from annual_report.web.answers import as_json, refusal
from annual_report.web.wire import Answer
from annual_report.workspace import workspace

if TYPE_CHECKING:
    from collections.abc import Callable

    from annual_report.readers.reading import Reading
    from annual_report.report.model import AnnualReport
    from annual_report.web.wire import Job

MEDIA_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "pdf": "application/pdf",
    "txt": "text/plain; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""The types of the documents' formats."""


_YEAR = re.compile("[0-9]{4}")


class _DoubtfulError(Exception):
    """A file is in doubt, so that there is no report."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        super().__init__(reading.source)


def perform(job: Job, files: list[bytes]) -> Answer:
    """Do a job.

    Parameters
    ----------
    job
        The job.
    files
        Its files: the report's, and then last year's if there is one.

    Returns
    -------
    Answer
        The answer, or the refusal with every reason.
    """
    source = next(iter(job.names), "")
    try:
        return _TASKS[job.task](job, files)
    except _DoubtfulError as error:
        return refusal(422, source=error.reading.source, doubts=error.reading.doubts)
    except UnusableInputError as error:
        return refusal(422, error.problems, error.source)
    except ReconciliationError as error:
        return refusal(409, findings=error.findings)
    except PreviousReportError as error:
        return refusal(422, [Problem(error.message)], job.names[-1])
    except (ConversionError, MissingExtraError) as error:
        return refusal(501, [Problem(error.message)], source)


def failure() -> Answer:
    """Make the answer for an error of the program."""
    return refusal(500, [Problem(message("the program failed at this; its log says why"))])


def _read(job: Job, files: list[bytes]) -> Answer:
    first, *others = (read(data, name=name) for data, name in zip(files, job.names, strict=True))
    body = first.to_dict()
    if others:
        body["previous"] = others[0].to_dict()
    return Answer(as_json(body))


def _check(job: Job, files: list[bytes]) -> Answer:
    reading, findings = _checked(job, files)
    report = _report_of(reading)
    body = {
        "source": reading.source,
        "agency": report.agency,
        "year": report.year,
        "findings": [finding.to_dict() for finding in findings],
        "deviations": [deviation.to_dict() for deviation in reading.deviations],
    }
    return Answer(as_json(body))


def _render(job: Job, files: list[bytes]) -> Answer:
    from annual_report.batch.plan import file_name
    from annual_report.rendering import DATA, format_of, render
    from annual_report.writers import DEFAULT_FORMAT

    chosen = format_of(None, job.options.get("format", DEFAULT_FORMAT))
    reading, findings = _checked(job, files)
    if findings.errors and chosen != DATA and job.options.get("allow_findings") != "true":
        raise ReconciliationError(findings)
    report = _report_of(reading)
    document = render(report, format=chosen, allow_findings=True)
    return Answer(document, MEDIA_TYPES[chosen], filename=file_name(f"{report.agency}-{report.year}", chosen))


def _new(job: Job, files: list[bytes]) -> Answer:
    from annual_report.analysis.beginning import begin
    from annual_report.batch.plan import file_name
    from annual_report.report.model import AnnualReport
    from annual_report.report.problems import explain
    from annual_report.writers.xlsx import write_report

    previous = _report_of(read(files[0], name=job.names[0])) if files else None
    agency, year = job.options.get("agency", "").strip(), job.options.get("year", "").strip()
    number = int(year) if _YEAR.fullmatch(year) else year
    try:
        report = begin(agency=agency, year=number, previous=previous)  # type: ignore[arg-type]  # is validated
    except ValidationError as error:
        raise UnusableInputError(explain(error, AnnualReport, {"year": number})) from None
    workbook = write_report(report, previous=previous, empty=True)
    return Answer(workbook, MEDIA_TYPES["xlsx"], filename=file_name(f"{agency}-{year}", "xlsx"))


def _view(job: Job, files: list[bytes]) -> Answer:
    """Return what the page shows of one file."""
    from annual_report.web.views import view

    return Answer(as_json(view(job, files)))


def _rows(job: Job, files: list[bytes]) -> Answer:
    """Return a file's rows in the workbook of findings."""
    from annual_report.batch import Checked
    from annual_report.batch.review import review_rows

    reading, findings = _checked(job, files)
    report = _report_of(reading)
    return Answer(as_json(list(review_rows(Checked(reading.source, report.agency, report.year, findings)))))


def _review(job: Job, files: list[bytes]) -> Answer:
    """Write the workbook of findings from the rows of each file, and lines on those that cannot be read."""
    from annual_report.batch.review import unread_row, write_review

    rows = [row for file in files for row in json.loads(file)]
    for line in json.loads(job.options["unread"]):
        source, _, words = line.partition(": ")
        rows.append(unread_row(source, words))
    with workspace() as space:
        path = space.folder / "review.xlsx"
        write_review(rows, path)
        return Answer(path.read_bytes(), MEDIA_TYPES["xlsx"], filename=f"{message('Findings of the check')}.xlsx")


def _checked(job: Job, files: list[bytes]) -> tuple[Reading, Findings]:
    """Read a report, and last year's if there is one, and check it."""
    readings = [read(data, name=name) for data, name in zip(files, job.names, strict=True)]
    report, *others = map(_report_of, readings)
    return readings[0], check(report, previous=next(iter(others), None))


def _report_of(reading: Reading) -> AnnualReport:
    if reading.report is None:
        raise _DoubtfulError(reading)
    return reading.report


_TASKS: dict[str, Callable[[Job, list[bytes]], Answer]] = {
    "read": _read,
    "check": _check,
    "render": _render,
    "new": _new,
    "view": _view,
    "rows": _rows,
    "review": _review,
}
