"""The end of a report: the signature and the date, and what a page has after them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from annual_report.readers.published.boilerplate import is_after, is_page_number
from annual_report.readers.published.dates import DATE, as_date
from annual_report.readers.published.names import BODY, SENTENCE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from annual_report.readers.blocks import Paragraph

MAX_NAME = 60
"""How many characters a signature may have where the file does not set it to the right."""


@dataclass
class Ending:
    """The end of a report.

    Parameters
    ----------
    body
        The paragraphs of section six.
    issued_by
        Who signs; empty where nobody does.
    issued_on
        The date; none where there is none.
    is_guess
        Whether the signature is only a line with the body's name: without a date, and not set to the right.
    after
        What a page has after the report.
    """

    body: list[Paragraph]
    issued_by: str = ""
    issued_on: date | None = None
    is_guess: bool = False
    after: list[Paragraph] = field(default_factory=list)


def ending(paragraphs: Sequence[Paragraph], agency: str, *, marked: bool) -> Ending:
    """Find the signature and the date at a report's end.

    Parameters
    ----------
    paragraphs
        The paragraphs after the last section's heading.
    agency
        The body's name, where it is known.
    marked
        Whether the file marks its structure, so that only what is the page's beyond doubt is left out.

    Returns
    -------
    Ending
        The section's own paragraphs, the signature, the date, and the rest of the page.
    """
    kept = [paragraph for paragraph in paragraphs if marked or not is_page_number(paragraph)]
    cut = next((index for index, paragraph in enumerate(kept) if is_after(paragraph.text, marked=marked)), len(kept))
    end = _after_date(kept[:cut])
    found = Ending(kept[:end], after=kept[end:])
    _take_signature(found, agency)
    if (
        found.issued_by and found.body and found.body[-1].text.strip() + found.issued_by == agency
    ):  # cut by a line's end
        found.issued_by = agency
        found.body.pop()
    return found


def marked_ending(paragraphs: Sequence[Paragraph]) -> Ending:
    """Take the signature and the date from a file in which nothing else is set to the right.

    Parameters
    ----------
    paragraphs
        The paragraphs after the last section's heading.

    Returns
    -------
    Ending
        The section's own paragraphs, the signature and the date.
    """
    found = Ending(list(paragraphs))
    lines = []
    while found.body and found.body[-1].align == "right":
        lines.append(found.body.pop().text)
    if lines and (day := as_date(lines[0])):
        found.issued_on = day
        lines.pop(0)
    found.issued_by = lines[0] if lines else ""
    return found


def _take_signature(found: Ending, agency: str) -> None:
    """Take the signature and the date from the end of a section's paragraphs."""
    last = found.body[-1] if found.body else None
    if last is None:
        return
    day = as_date(last.text)
    both = DATE.search(last.text)
    if day is not None:
        found.issued_on = day
        found.body.pop()
        if found.body and _is_name(found.body[-1], agency, before_date=True):
            found.issued_by = found.body.pop().text.strip()
    elif both and both.end() == len(last.text.rstrip()) and _is_line(last.text[: both.start()], agency):
        found.issued_on = as_date(both[0])
        found.issued_by = last.text[: both.start()].strip()
        found.body.pop()
    elif _is_name(last, agency, before_date=False):
        found.is_guess = last.align != "right"
        found.issued_by = found.body.pop().text.strip()


def _after_date(paragraphs: Sequence[Paragraph]) -> int:
    """Find the end of the report: after a date on a line of its own near the end, else after the last paragraph."""
    for index in range(len(paragraphs) - 1, 0, -1):
        if as_date(paragraphs[index].text) is not None:
            rest = paragraphs[index + 1 :]
            return index + 1 if all(len(line.text) <= MAX_NAME for line in rest) else len(paragraphs)
    return len(paragraphs)


def _is_name(paragraph: Paragraph, agency: str, *, before_date: bool) -> bool:
    if paragraph.level is not None:
        return False
    if paragraph.align == "right" and "\n" not in paragraph.text:
        return True
    return _is_line(paragraph.text, agency if not before_date else agency or "", before_date=before_date)


def _is_line(text: str, agency: str, *, before_date: bool = True) -> bool:
    """Return whether a line is a body's name: the report's own, or before a date one that reads like any body's."""
    text = re.sub(r"\s+", "", text)
    if not text or len(text) > MAX_NAME or SENTENCE.search(text):
        return False
    return (bool(agency) and text == agency) or (before_date and BODY.search(text.rstrip("）)")) is not None)
