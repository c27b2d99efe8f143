"""Composed documents as plain text, for pasting: a paragraph a line, tabs between the cells of tables."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from annual_report.document.blocks import Document, Heading, Paragraph, Signature, Table, Title
from annual_report.report.narrative import marked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from annual_report.style import Style

_BREAKS = re.compile("[\t\n\r\v\f\x85\u2028\u2029]+")
_END = "\n"


def write(document: Document, style: Style) -> bytes:
    """Return a document as plain text.

    Parameters
    ----------
    document
        The document.
    style
        Has no effect: plain text has no look.

    Returns
    -------
    bytes
        Text in UTF-8. A paragraph, a heading and a row of a table are a line each.

    Notes
    -----
    Merged cells are lost: a cell's text stands in its first place, its other places are empty. So are line breaks and
    tabs within a paragraph, each of which becomes a space, and sub-headings that are not numbered as such. Emphasis
    is written `**…**`.
    """
    del style
    lines = [line for block in document.blocks for line in _WRITERS[type(block)](block)]
    return (_END.join(lines) + _END).encode()


def _title(block: Title) -> Iterable[str]:
    return [*map(_one_line, block.lines), ""]


def _heading(block: Heading) -> Iterable[str]:
    line = _one_line(marked(block.runs))
    return ["", line, ""] if block.level == 1 else [line]


def _paragraph(block: Paragraph) -> Iterable[str]:
    return [_one_line(marked((*block.lead, *block.runs)))]


def _table(block: Table) -> Iterable[str]:
    printed = dict(zip((value.path for value in block.grid.values), block.values, strict=True))
    rows = [[""] * block.grid.width for _ in range(block.grid.height)]
    for cell in block.grid.cells:
        rows[cell.row][cell.column] = _one_line(printed[cell.path] if cell.path else cell.text)
    return map("\t".join, rows)


def _signature(block: Signature) -> Iterable[str]:
    return ["", *filter(None, (block.name, block.date))]


def _one_line(text: str) -> str:
    return _BREAKS.sub(" ", text)


_WRITERS: dict[type, Callable[[Any], Iterable[str]]] = {
    Title: _title,
    Heading: _heading,
    Paragraph: _paragraph,
    Table: _table,
    Signature: _signature,
}
