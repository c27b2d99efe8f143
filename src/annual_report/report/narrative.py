"""The prose of a report: paragraphs, sub-headings and emphasis, converted from and to plain text."""

from __future__ import annotations

import re
from itertools import groupby, pairwise
from operator import attrgetter
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self, TypeAlias

from pydantic import AfterValidator, BeforeValidator, GetJsonSchemaHandler, model_serializer, model_validator
from pydantic_core import CoreSchema, PydanticCustomError

from annual_report.form.base import StrictModel
from annual_report.form.values import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pydantic.json_schema import JsonSchemaValue

LINE_BREAK = "[\n\r\x85\u2028\u2029](?:(?<=\r)\n)?"
_OTHER_BREAK = "[\r\x85\u2028\u2029](?:(?<=\r)\n)?"
STOP = "。"

UNFINISHED = "（待填写）"
"""The placeholder of a draft for text that the office must add; `check` reports it as `narrative.unfinished`."""

MAX_HEADING = 40
MAX_RUN_IN_HEADING = 30

_NUMERAL = "[一二三四五六七八九十百]+"
_NUMBERING: tuple[tuple[Literal[2, 3, 4], re.Pattern[str]], ...] = (
    (2, re.compile(f"[（(]{_NUMERAL}[）)]")),
    (3, re.compile(r"[0-9０-９]{1,3}(?:、|[.．](?![0-9０-９]))")),
    (4, re.compile("[（(][0-9０-９]{1,3}[）)]")),
)
_NUMBERED = frozenset("（(0123456789０１２３４５６７８９")
"""The characters that a numbering begins with; few lines begin with one."""

_LEVELS = 4
"""The depth of a narrative's JSON: an object, an array of paragraphs, their objects, and arrays of runs."""

_EMPHASIS = re.compile(r"\*\*(?=[^*\s])([^*]*[^*\s])\*\*")


def _text_of_run(value: Any) -> Any:
    """Reject text that no document can hold, and write line breaks as line feeds, which every format can hold."""
    if not isinstance(value, str) or value.isprintable():
        return value
    return re.sub(_OTHER_BREAK, "\n", printable(value))


class Run(StrictModel):
    """A piece of text, emphasised or not.

    Parameters
    ----------
    text
        The text; its line breaks are line feeds.
    emphasis
        Whether it is emphasised; `**…**` in plain text.
    """

    text: Annotated[str, BeforeValidator(_text_of_run)]
    emphasis: bool = False


def _merged(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """Merge neighbours that are emphasised alike, which no document tells apart, and leave out empty runs."""
    if len(runs) == 1 and runs[0].text:
        return runs
    if all(run.text for run in runs) and all(one.emphasis != other.emphasis for one, other in pairwise(runs)):
        return runs
    filled = (run for run in runs if run.text)
    return tuple(
        Run(text="".join(run.text for run in alike), emphasis=emphasis)
        for emphasis, alike in groupby(filled, key=attrgetter("emphasis"))
    )


Runs: TypeAlias = Annotated[tuple[Run, ...], AfterValidator(_merged)]
"""Runs of which no neighbours are emphasised alike."""


class Paragraph(StrictModel):
    """A paragraph, a sub-heading, or a paragraph with a run-in sub-heading.

    Parameters
    ----------
    level
        The sub-heading's level: 2 for `（一）`, 3 for `1.`, 4 for `（1）`; None if there is no sub-heading.
    heading
        The sub-heading with its numbering, and with its `。` if the paragraph follows on the same line.
    body
        The paragraph's text; empty for a sub-heading on its own line.
    """

    level: Literal[2, 3, 4] | None = None
    heading: Runs = ()
    body: Runs = ()

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if (self.level is None) != (not self.heading):
            raise PydanticCustomError("heading_without_level", "a sub-heading needs both a level and text")
        if not self.text.strip():
            raise PydanticCustomError("blank_text", "must not be blank")
        return self

    @property
    def text(self) -> str:
        """The text without emphasis marks."""
        runs = self.heading + self.body
        return runs[0].text if len(runs) == 1 else "".join([run.text for run in runs])

    def __str__(self) -> str:
        """Format the paragraph as a line of plain text."""
        return marked((*self.heading, *self.body))


class Narrative(StrictModel):
    r"""The prose of one section, given as plain text or as paragraphs.

    In plain text, each line is a paragraph. A line that begins with a number is a sub-heading if at most 40 characters
    without `。` follow, and a paragraph with a run-in sub-heading if the first `。` comes within 30 characters.

    Parameters
    ----------
    paragraphs
        The paragraphs in order.

    Examples
    --------
    >>> narrative = Narrative.parse("（一）主动公开情况\n全年公开**1417条**。")
    >>> [paragraph.level for paragraph in narrative.paragraphs]
    [2, None]
    >>> str(narrative)
    '（一）主动公开情况\n全年公开**1417条**。'
    """

    paragraphs: tuple[Paragraph, ...] = ()

    @classmethod
    def parse(cls, text: str) -> Self:
        """Parse plain text.

        Parameters
        ----------
        text
            Paragraphs separated by line breaks; blank lines, and spaces around a line, are ignored.

        Returns
        -------
        Narrative
            The text as paragraphs.
        """
        return cls.model_validate({"paragraphs": _parsed(re.split(LINE_BREAK, text))})

    @model_validator(mode="before")
    @classmethod
    def _accept(cls, value: Any) -> Any:
        if isinstance(value, str):
            return {"paragraphs": _parsed(_printable_lines(value))}
        if isinstance(value, list | tuple):
            return {"paragraphs": tuple([part for item in value for part in _parts(item)])}
        if isinstance(value, dict):
            return _tuples(value, _LEVELS)
        if isinstance(value, cls):
            return value
        raise PydanticCustomError("narrative_type", "should be text")

    @model_serializer
    def _serialize(self) -> str | list[dict[str, Any]]:
        text = str(self)
        if Narrative.parse(text) == self:
            return text
        return [paragraph.model_dump(exclude_defaults=True) for paragraph in self.paragraphs]

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Return the schema of plain text, or of a list of paragraphs."""
        paragraph = handler(Paragraph.__pydantic_core_schema__)
        return {
            "title": cls.__name__,
            "anyOf": [
                {"type": "string"},
                {"type": "array", "items": {"anyOf": [{"type": "string"}, paragraph]}},
            ],
        }

    def __iter__(self) -> Iterator[Paragraph]:  # type: ignore[override]  # a model iterates over its fields
        """Iterate over the paragraphs in order."""
        return iter(self.paragraphs)

    def __len__(self) -> int:
        """Count the paragraphs."""
        return len(self.paragraphs)

    def __str__(self) -> str:
        """Format the narrative as plain text, one line per paragraph."""
        return "\n".join(map(str, self.paragraphs))


NarrativeInput: TypeAlias = (
    Narrative | str | list[str] | list[str | Paragraph] | list[dict[str, Any]] | tuple[str | Paragraph, ...]
)
"""What a field for a narrative takes: also plain text, or its paragraphs."""


def _tuples(value: Any, levels: int) -> Any:
    """Convert JSON's arrays to the tuples that strict validation requires, down to a depth."""
    if levels and isinstance(value, dict):
        return {key: _tuples(item, levels - 1) for key, item in value.items()}
    if levels and isinstance(value, list | tuple):
        return tuple(_tuples(item, levels - 1) for item in value)
    return value


def _parts(item: Any) -> tuple[Any, ...]:
    """Parse an item of a list of paragraphs, unless it is structured already."""
    return _parsed(_printable_lines(item)) if isinstance(item, str) else (_tuples(item, _LEVELS - 2),)


def _printable_lines(text: str) -> list[str]:
    """Split printable text, in which the line breaks of Python are those of documents."""
    lines: list[str] = printable(text).splitlines()
    return lines


def _parsed(lines: Iterable[str]) -> tuple[dict[str, Any], ...]:
    """Parse lines of plain text as the data of paragraphs."""
    return tuple([_paragraph(stripped) for line in lines if (stripped := line.strip())])


def _paragraph(line: str) -> dict[str, Any]:
    runs = _runs(line)
    text = "".join([run["text"] for run in runs])
    level, length = sub_heading(text)
    if level is None:
        return {"body": runs}
    heading, body = _split(runs, length)
    return {"level": level, "heading": heading, "body": body}


def sub_heading(text: str) -> tuple[Literal[2, 3, 4] | None, int]:
    """Find a sub-heading at the start of a line by its numbering.

    Parameters
    ----------
    text
        The line, without marks of emphasis.

    Returns
    -------
    tuple[Literal[2, 3, 4] | None, int]
        Its level, and its length including the numbering and `。`; none and 0 where there is none.

    Examples
    --------
    >>> sub_heading("（一）主动公开。全年公开3条。")
    (2, 8)
    """
    if text[:1] not in _NUMBERED:
        return None, 0
    for level, numbering in _NUMBERING:
        found = numbering.match(text)
        if found is None:
            continue
        title, stop, _ = text[found.end() :].partition(STOP)
        if not title.strip() or len(title) > (MAX_RUN_IN_HEADING if stop else MAX_HEADING):
            continue
        return level, found.end() + len(title) + len(stop)
    return None, 0


def _runs(line: str) -> tuple[dict[str, Any], ...]:
    """Split a line at pairs of emphasis marks; an unpaired mark is plain text."""
    if "**" not in line:
        return (_run(line),)
    runs: list[dict[str, Any]] = []
    position = 0
    for found in _EMPHASIS.finditer(line):
        if found.start() > position:
            runs.append(_run(line[position : found.start()]))
        runs.append(_run(found[1], emphasis=True))
        position = found.end()
    if position < len(line):
        runs.append(_run(line[position:]))
    return tuple(runs)


def _run(text: str, *, emphasis: bool = False) -> dict[str, Any]:
    return {"text": text, "emphasis": emphasis}


def _split(runs: tuple[dict[str, Any], ...], length: int) -> tuple[tuple[dict[str, Any], ...], ...]:
    """Split runs after `length` characters."""
    before, after = [], []
    for run in runs:
        text = run["text"]
        here, rest, length = text[:length], text[length:], max(0, length - len(text))
        if here:
            before.append(run | {"text": here})
        if rest:
            after.append(run | {"text": rest})
    return tuple(before), tuple(after)


def marked(runs: Iterable[Run]) -> str:
    """Format runs as plain text; adjacent emphasised runs share one pair of marks.

    Parameters
    ----------
    runs
        The runs, none of them empty.

    Returns
    -------
    str
        Their text, with `**…**` around what is emphasised.

    Examples
    --------
    >>> marked([Run(text="公开"), Run(text="1417", emphasis=True), Run(text="条", emphasis=True)])
    '公开**1417条**'
    """
    text = ""
    is_open = False
    for run in runs:
        if run.emphasis != is_open:
            text += "**"
            is_open = run.emphasis
        text += run.text
    return text + "**" if is_open else text
