"""The endpoints for programs: their fields, answers and statuses, as OpenAPI has them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from annual_report.form.values import MAX_NAME
from annual_report.messages import message
from annual_report.report.model import FIRST_YEAR, LAST_YEAR
from annual_report.web.answers import CheckAnswer, ReadAnswer, Refusal
from annual_report.writers import DEFAULT_FORMAT, FORMATS

if TYPE_CHECKING:
    from annual_report.messages import Message

DESCRIPTION = message(
    "Each request is a form with files; nothing of it is kept. Answers are in both languages, and refusals name every"
    " problem. The query `lang` (zh or en) or Accept-Language chooses the language of documents and pages."
)

_FILE = {"type": "string", "format": "binary"}
_SCHEMAS: dict[str, dict[str, Any]] = {
    "file": _FILE,
    "previous": _FILE,
    "files": {"type": "array", "items": _FILE},
    "format": {"type": "string", "enum": list(FORMATS), "default": DEFAULT_FORMAT},
    "allow_findings": {"type": "string", "enum": ["true", "false"], "default": "false"},
    "agency": {"type": "string", "maxLength": MAX_NAME},
    "year": {"type": "integer", "minimum": FIRST_YEAR, "maximum": LAST_YEAR},
    "unread": {"type": "array", "items": {"type": "string"}},
}
_WORDS = {
    "file": message("The report, in any format that is read"),
    "previous": message("Last year's report of the same body"),
    "files": message("The reports, in any format that is read; this field may be repeated"),
    "format": message("The format of the document, also as a query"),
    "allow_findings": message("true writes a document although the report has errors; also as a query"),
    "agency": message("The body's full name"),
    "year": message("The year reported on"),
    "unread": message("The reason why a file could not be read before, as one line; this field may be repeated"),
}
STATUSES = {
    400: message("The host's name is not one of this service"),
    403: message("The request comes from another site"),
    408: message("The request took too long to arrive"),
    409: message("The report has errors, and is not written: `findings` lists them"),
    413: message("The request is too large, or has too many files or fields"),
    422: message("A file or a field cannot be used: `problems` or `doubts` list every reason"),
    500: message("An error of the program"),
    501: message("A program or package that this needs is not installed"),
    503: message("Too many requests at the moment"),
}
"""What each status of a refusal means."""

_ALWAYS = (400, 403, 408, 413, 422, 500, 501, 503)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An endpoint.

    Parameters
    ----------
    summary
        What it does.
    fields
        The names of its fields; `files` is a field `file` that may be repeated.
    required
        Those that must be given.
    answer
        What its answer is.
    model
        The shape of an answer in JSON; none for a file.
    statuses
        The statuses that only some endpoints have.
    """

    summary: Message
    fields: tuple[str, ...]
    required: tuple[str, ...]
    answer: Message
    model: type[Any] | None = None
    statuses: tuple[int, ...] = ()

    @property
    def accepted(self) -> frozenset[str]:
        """The names of the fields as they are sent."""
        return frozenset(map(_sent, self.fields))

    def body(self) -> dict[str, Any]:
        """Describe the form as OpenAPI has it."""
        properties = {_sent(name): _SCHEMAS[name] | {"description": _WORDS[name].id} for name in self.fields}
        schema = {
            "type": "object",
            "properties": properties,
            "required": [*map(_sent, self.required)],
            "additionalProperties": False,
        }
        return {"requestBody": {"required": True, "content": {"multipart/form-data": {"schema": schema}}}}

    def responses(self) -> dict[int | str, dict[str, Any]]:
        """Describe the answers as FastAPI takes them."""
        done: dict[str, Any] = {"description": self.answer.id}
        if self.model is None:
            done["content"] = {"application/octet-stream": {"schema": _FILE}}
        else:
            done["model"] = self.model
        refused: dict[int | str, dict[str, Any]] = {
            status: {"description": STATUSES[status].id, "model": Refusal} for status in self._refusals
        }
        return {200: done, **refused}

    @property
    def _refusals(self) -> list[int]:
        return sorted((*_ALWAYS, *self.statuses))


def _sent(name: str) -> str:
    """Return a field's name as it is sent."""
    return "file" if name == "files" else name


ENDPOINTS = {
    "read": Endpoint(
        message("Read a report as it was published"),
        ("file", "previous"),
        ("file",),
        message("What was read, with every deviation from the form; `report` is null while anything is in doubt"),
        ReadAnswer,
    ),
    "check": Endpoint(
        message("Check whether a report reconciles"),
        ("file", "previous"),
        ("file",),
        message("What was found; the list may be empty"),
        CheckAnswer,
    ),
    "render": Endpoint(
        message("Write a report as a document"),
        ("file", "previous", "format", "allow_findings"),
        ("file",),
        message("The document"),
        statuses=(409,),
    ),
    "new": Endpoint(
        message("Make the empty form as a workbook"),
        ("agency", "year", "previous"),
        ("agency", "year"),
        message("The workbook"),
    ),
    "review": Endpoint(
        message("Check many reports, and write the findings as a workbook"),
        ("files", "unread"),
        (),
        message("The workbook, with a row for each finding and each file that cannot be read"),
    ),
    "documents": Endpoint(
        message("Write many reports as documents"),
        ("files", "format", "allow_findings"),
        ("files",),
        message("A .zip of the documents, with a list of those that could not be written"),
        statuses=(409,),
    ),
}
"""The endpoints by their paths."""
