"""The paragraphs of a file as a report's narrative: sub-headings and emphasis, marked by the file or read from text."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from annual_report.readers.published.boilerplate import is_page_number
from annual_report.report.narrative import Narrative, sub_heading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from annual_report.readers.blocks import Paragraph

LEAST_LINE = 40
"""How many characters a line has at least that a page's end may have cut."""

_LEVELS = (2, 3, 4)
_NUMBERED = re.compile(r"[（(]([一二三四五六七八九])[）)]")
_CUT = re.compile(r"[\w，、《“（(]")
_GOES_ON = re.compile(r"[^\W\d_]|[，。、；：）”》]")
_BEGINS = re.compile(r"[一二三四五六七八九十]{1,3}[、是]|第[一二三四五]|[（(]|[0-9]")


def marks_sub_headings(paragraphs: Iterable[Paragraph]) -> bool:
    """Return whether a file that marks its sections marks its sub-headings too, so that what is not marked is none.

    A file that marks none, and has lines numbered （一）, （二） in order, leaves them to be read from the text.
    """
    texts = []
    for paragraph in paragraphs:
        if paragraph.level or paragraph.lead:
            return True
        texts.append(paragraph.text)
    numbers = [found[1] for text in texts if (found := _NUMBERED.match(text))]
    return "".join(numbers).find("一二") < 0


def narrative(paragraphs: Sequence[Paragraph], *, marked: bool) -> list[dict[str, Any]]:
    """Return paragraphs as a narrative's data.

    Parameters
    ----------
    paragraphs
        The paragraphs.
    marked
        Whether the file marks every sub-heading, so that nothing is read from the text.

    Returns
    -------
    list[dict[str, Any]]
        The narrative's paragraphs as a report's JSON has them.
    """
    return [part for paragraph in paragraphs if (part := _paragraph(paragraph, marked=marked)) is not None]


def _paragraph(paragraph: Paragraph, *, marked: bool) -> dict[str, Any] | None:
    text = paragraph.text
    if not text.strip():
        return None
    level: int | None = None
    length = 0
    if paragraph.lead or paragraph.level:
        level, length = _level(paragraph), paragraph.lead or len(text)
    elif not marked:
        if "**" in text and not paragraph.emphasis:
            parsed = Narrative.parse(text)
            return parsed.paragraphs[0].model_dump(mode="json", exclude_defaults=True) if len(parsed) else None
        level, length = sub_heading(text)
    runs = _runs(paragraph)
    if level is None:
        return {"body": runs}
    heading, body = _cut_runs(runs, length)
    return {"level": level, "heading": heading, **({"body": body} if body else {})}


def _level(paragraph: Paragraph) -> int:
    """Return a marked sub-heading's level: by the file where that is one of a report's, else by its numbering."""
    if paragraph.level in _LEVELS:
        return paragraph.level or _LEVELS[0]
    by_number, _ = sub_heading(paragraph.text[: paragraph.lead or None].strip())
    return by_number or min(max(paragraph.level or 0, _LEVELS[0]), _LEVELS[-1])


def _runs(paragraph: Paragraph) -> list[dict[str, Any]]:
    """Cut a paragraph's text where its emphasis begins and ends."""
    runs: list[dict[str, Any]] = []
    position = 0
    for first, last in sorted(paragraph.emphasis):
        start, end = max(first, position), min(last, len(paragraph.text))
        if start >= end:
            continue
        if start > position:
            runs.append({"text": paragraph.text[position:start]})
        runs.append({"text": paragraph.text[start:end], "emphasis": True})
        position = end
    if position < len(paragraph.text):
        runs.append({"text": paragraph.text[position:]})
    return runs


def _cut_runs(runs: list[dict[str, Any]], length: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Cut runs behind so many characters."""
    before: list[dict[str, Any]] = []
    after: list[dict[str, Any]] = []
    for run in runs:
        here = run["text"][:length]
        length -= len(here)
        if here:
            before.append({**run, "text": here})
        if rest := run["text"][len(here) :]:
            after.append({**run, "text": rest})
    return before, after


def joined(paragraphs: Iterable[Paragraph]) -> Iterator[tuple[Paragraph, bool]]:
    """Join paragraphs that a page's end has cut, and leave out its number.

    Parameters
    ----------
    paragraphs
        The paragraphs of a section.

    Yields
    ------
    tuple[Paragraph, bool]
        Each paragraph, and whether it was joined.
    """
    last: Paragraph | None = None
    was_joined = False
    for paragraph in paragraphs:
        if is_page_number(paragraph) and paragraph.level is None:
            continue
        if last is not None and _is_cut(last, paragraph):
            shift = len(last.text)
            emphasis = (*last.emphasis, *((start + shift, end + shift) for start, end in paragraph.emphasis))
            last, was_joined = replace(last, text=last.text + paragraph.text, emphasis=emphasis), True
            continue
        if last is not None:
            yield last, was_joined
        last, was_joined = paragraph, False
    if last is not None:
        yield last, was_joined


def _is_cut(one: Paragraph, other: Paragraph) -> bool:
    if one.level is not None or other.level is not None or other.lead or other.align == "right":
        return False
    if len(one.text) < LEAST_LINE or not _CUT.fullmatch(one.text.removesuffix("\n").rstrip("*")[-1:]):
        return False
    return bool(_GOES_ON.match(other.text)) and not _BEGINS.match(other.text) and len(other.text) > 1
