"""What in a file is not as the form has it: a sentence for each, with its place in the form and in the file."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from annual_report.errors import Problem
from annual_report.messages import message, place_in
from annual_report.readers.blocks import Location

if TYPE_CHECKING:
    from annual_report.messages import Language, Message

SHOWN = 60
"""How many characters of a text found are shown."""


@dataclass(frozen=True, slots=True)
class Deviation:
    """Something in a file that is not as the form has it.

    Parameters
    ----------
    id
        What kind of thing it is, `value.blank`.
    severity
        `doubt` where what was read may be wrong, so that there is no report until somebody has looked; else `info`.
    path
        What is concerned: the keys of a cell, a row, a table or a text, joined by dots.
    place
        The same in the form's printed words.
    message
        What it is.
    found
        The text found there.
    location
        Where in the file, as far as its format has places.
    language
        The language of `str(deviation)`; if it is None, the user's.

    Examples
    --------
    >>> Deviation("value.blank", "doubt", "agency", "行政机关名称", message("is missing")).text("en")
    '行政机关名称 (agency): is missing'
    """

    id: str
    severity: Literal["info", "doubt"]
    path: str
    place: str
    message: Message
    found: str = ""
    location: Location = field(default_factory=Location)
    language: Language | None = field(default=None, compare=False, repr=False)

    def text(self, language: Language | None = None) -> str:
        """Return the deviation as one line.

        Parameters
        ----------
        language
            `zh` or `en`; left out, the user's.
        """
        return self.problem.text(language)

    @property
    def problem(self) -> Problem:
        """The deviation as a problem of an error, with what was found and where."""
        found = self.found if len(self.found) <= SHOWN else self.found[: SHOWN - 1] + "…"
        shown = [message("found “{text}”", text=" ".join(found.split()))] if found.strip() else []
        return Problem(self.message, self.place, self.path, (*shown, *where_in_file(self.location)), self.language)

    def __str__(self) -> str:
        """Return the deviation as one line in its own language, or else in the user's."""
        return self.text()

    def to_dict(self) -> dict[str, Any]:
        """Return the deviation as JSON takes it, with its place and sentence in both languages."""
        place = {name: number for name, number in self.location._asdict().items() if number}
        return {
            "id": self.id,
            "severity": self.severity,
            "path": self.path,
            "place": self.place,
            "place_en": place_in(self.place, "en"),
            "message": self.message.to_dict(),
            "found": self.found,
            "location": place,
        }


def where_in_file(location: Location) -> list[Message]:
    """Name the parts of a place that a reader of the file can look up."""
    known = [
        (location.page, message("page {number}", number=location.page)),
        (location.table, message("table {number}", number=location.table)),
        (location.row, message("row {number}", number=location.row)),
        (location.column, message("column {number}", number=location.column)),
        (location.paragraph, message("paragraph {number}", number=location.paragraph)),
        (location.cell, message("cell {name}", name=location.cell)),
    ]
    return [words for number, words in known if number is not None]
