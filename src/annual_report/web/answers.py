"""The answers in JSON: what they contain, for the documentation, and how a refusal is made."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, Field

from annual_report.report.model import AnnualReport
from annual_report.web.wire import Answer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from annual_report.checks import Finding
    from annual_report.errors import Problem
    from annual_report.readers.deviations import Deviation


class Sentence(BaseModel):
    """A sentence in both languages."""

    zh: str
    en: str


class ProblemAnswer(BaseModel):
    """One thing that makes a file or a field unusable."""

    source: str = Field(description="The file's name; empty if no file is meant.")
    path: str = Field(description="The place as keys joined by dots.")
    place: str = Field(description="The same place in the form's printed words.")
    place_en: str = Field(description="The same place in English.")
    message: Sentence


class DeviationAnswer(BaseModel):
    """Something in a file that is not as the form has it."""

    id: str = Field(examples=["value.blank"])
    severity: Literal["info", "doubt"] = Field(description="There is no report while anything is in doubt.")
    path: str
    place: str
    place_en: str
    message: Sentence
    found: str = Field(description="The text found there.")
    location: dict[str, int | str] = Field(description="Page, table, row, column, paragraph or cell, as far as known.")


class DoubtAnswer(DeviationAnswer):
    """A doubt, with the file that it is in."""

    source: str


class CellAnswer(BaseModel):
    """A cell that a rule read."""

    path: str
    place: str
    place_en: str


class QuotationAnswer(BaseModel):
    """A sentence of the text: a half-open range of characters in a paragraph."""

    section: str
    paragraph: int
    start: int
    end: int
    text: str


class FindingAnswer(BaseModel):
    """One thing that does not reconcile."""

    id: str = Field(examples=["applications.balance"])
    severity: Literal["error", "warning"] = Field(description="Errors keep a document from being written.")
    path: str
    place: str
    place_en: str
    expected: int | str | None
    actual: int | str | None
    message: Sentence
    cells: list[CellAnswer]
    quotation: QuotationAnswer | None


class ReadingAnswer(BaseModel):
    """What was read from a file."""

    source: str
    report: AnnualReport | None = Field(description="Null while anything is in doubt.")
    values: dict[str, int | str | None] = Field(description="Every number by its path; null where it is in doubt.")
    deviations: list[DeviationAnswer]
    texts: dict[str, dict[str, str]] = Field(description="The text before and after the tables.")


class ReadAnswer(ReadingAnswer):
    """What was read from a file, and from last year's if there is one."""

    previous: ReadingAnswer | None = None


class CheckAnswer(BaseModel):
    """What does not reconcile in a report, and what in its file is not as the form has it."""

    source: str
    agency: str
    year: int
    findings: list[FindingAnswer]
    deviations: list[DeviationAnswer]


class Refusal(BaseModel):
    """Why there is no other answer: at least one of the lists is not empty."""

    problems: list[ProblemAnswer] = []
    doubts: list[DoubtAnswer] = []
    findings: list[FindingAnswer] = []


def refusal(
    status: int,
    problems: Iterable[Problem] = (),
    source: str = "",
    *,
    doubts: Iterable[Deviation] = (),
    findings: Iterable[Finding] = (),
) -> Answer:
    """Make the answer that says why a request is refused.

    Parameters
    ----------
    status
        The HTTP status.
    problems, doubts, findings
        Why.
    source
        The name of the file that is meant.

    Returns
    -------
    Answer
        A `Refusal` as JSON.

    Examples
    --------
    >>> from annual_report.errors import Problem
    >>> from annual_report.messages import message
    >>> refusal(422, [Problem(message("is missing"), "file", "file")]).body.decode()[:28]
    '{"problems": [{"source": "",'
    """
    body = {
        "problems": [{"source": source} | problem.to_dict() for problem in problems],
        "doubts": [{"source": source} | doubt.to_dict() for doubt in doubts],
        "findings": [finding.to_dict() for finding in findings],
    }
    return Answer(as_json(body), status=status)


def as_json(value: Any) -> bytes:
    """Return JSON in UTF-8; what UTF-8 cannot hold, as in the name of a file, is escaped."""
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "backslashreplace")
