"""Writes text as HTML; a report's content is always escaped."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from annual_report.document.highlights import MarkedRun

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from annual_report.document.highlights import Mark
    from annual_report.report.narrative import Run

# Embeddings, overrides and isolates would reorder the text after them. Each is kept in an element of its own, which
# ends its effect.
_DIRECTION = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
# HTML knows one line break; the others are not valid in it, not even as references.
_REFERENCES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "\n", "\x85": "\n"}
_IN_TEXT = _REFERENCES | {mark: f'<bdi class="ar-bidi">{mark}</bdi>' for mark in _DIRECTION}
_IN_ATTRIBUTE = _REFERENCES | dict.fromkeys(_DIRECTION, "")
_SPECIAL = re.compile(f'[&<>"\r\x85{_DIRECTION}]')


def escape(text: str) -> str:
    """Escape text for the content of an element."""
    return _SPECIAL.sub(lambda found: _IN_TEXT[found[0]], text)


def attribute(text: str) -> str:
    """Escape text for an attribute, a title or any other place that cannot hold elements."""
    return _SPECIAL.sub(lambda found: _IN_ATTRIBUTE[found[0]], text)


def broken(text: str, offsets: Iterable[int]) -> str:
    """Escape text and allow line breaks at offsets."""
    edges = [0, *offsets, len(text)]
    return "<wbr>".join(escape(text[start:end]) for start, end in pairwise(edges))


def runs(parts: Iterable[Run], marks: Sequence[Mark]) -> str:
    """Return runs of text with their emphasis and marks.

    Parameters
    ----------
    parts
        The runs.
    marks
        The document's marks, to which marked runs refer by index.
    """
    return "".join(_run(part, marks) for part in parts)


def _run(part: Run, marks: Sequence[Mark]) -> str:
    words = escape(part.text)
    if part.emphasis:
        words = f"<strong>{words}</strong>"
    return marked(words, part.marks, marks) if isinstance(part, MarkedRun) else words


def marked(content: str, indexes: Sequence[int], marks: Sequence[Mark], others: Sequence[int] = ()) -> str:
    """Highlight content, with the numbers of the notes that explain it.

    Parameters
    ----------
    content
        HTML.
    indexes
        The indexes of the marks that are on it.
    marks
        The document's marks.
    others
        The indexes of the marks on other places that rest on it; it is marked less strongly if there are only these.
    """
    worst = min(marks[index].severity for index in indexes or others)
    weak = "" if indexes else " ar-read"
    numbers = " ".join(str(index + 1) for index in sorted({*indexes, *others}))
    return f'<mark class="ar-{worst}{weak}" data-notes="{numbers}">{content}</mark>'
