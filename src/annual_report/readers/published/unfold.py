"""A file's blocks made ready: headings taken out of tables and paragraphs, and labels beside tables put into them."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from annual_report.form import registry
from annual_report.readers.align import SURE
from annual_report.readers.blocks import Block, Cell, Paragraph, Table
from annual_report.readers.labels import core, folded, numbered
from annual_report.readers.lines import is_blank, is_figure, lines, too_large
from annual_report.readers.published.sections import MAX_HEADING, NUMERAL, kind_of, labels_in, section_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_RUN_IN = re.compile(r"[。：:\n]")

_LINES = 3
"""How many lines a section's heading may have."""

_LEAST = 0.95
"""How alike a line, or what a paragraph begins with, is to a section's title where it is its heading."""


def unfolded(blocks: Iterable[Block]) -> Iterator[Block]:
    """Take sections' headings, and text that a table only lays out, from tables.

    Parameters
    ----------
    blocks
        A file's blocks.

    Yields
    ------
    Block
        The same, with paragraphs in place of what is no table.
    """
    for block in blocks:
        if isinstance(block, Table) and not too_large(block) and (_holds_text(labels_in(block)) or _is_lines(block)):
            yield from _cut(block)
        else:
            yield block


@lru_cache(maxsize=256)
def _holds_text(labels: frozenset[str]) -> bool:
    """Return whether a table may hold more than a table of the form: a section's heading or whole sentences."""
    return any(len(label) > MAX_HEADING or section_of(label, SURE) for label in labels)


def _is_lines(table: Table) -> bool:
    """Return whether a table is text set in rows: no number is in it, and in no row two cells with words."""
    if any(map(str.isdigit, table.texts)) or any(map(is_figure, table.texts)):
        return False
    filled = [cell for cell in table.cells if not is_blank(cell.text)]
    rows = [row for cell in filled for row in range(cell.row, cell.row + cell.rows)]
    return bool(rows) and len(rows) == len(set(rows))


def _cut(table: Table) -> Iterator[Block]:
    """Cut a table at rows of one cell that is a section's heading; one that has no labels of the form is text."""
    rows: list[int] = []
    pieces: list[Block] = []
    for row, line in enumerate(lines([table])):
        texts = {cell.text for cell in line.cells if not is_blank(cell.text)}
        starts = [cell for cell in line.cells if cell.row == row and not is_blank(cell.text)]
        if len(texts) == 1 and starts and section_of(starts[0].text, SURE):
            pieces += _piece(table, rows)
            pieces.append(Paragraph(starts[0].text.strip(), starts[0].location))
            rows = []
        else:
            rows.append(row)
    pieces += _piece(table, rows)
    yield from pieces


def _piece(table: Table, rows: list[int]) -> list[Block]:
    """Give some rows of a table as a table, or as paragraphs where they are text."""
    if not rows:
        return []
    first, last = rows[0], rows[-1]
    cells = tuple(
        cell._replace(row=max(cell.row, first) - first, rows=cell.rows - max(0, first - cell.row))
        for cell in table.cells
        if first <= cell.row <= last or (cell.row < first < cell.row + cell.rows)
    )
    piece = Table(cells, cells[0].location if cells else table.location)
    if kind_of(piece) or not (any(len(cell.text) > MAX_HEADING for cell in cells) or _is_lines(piece)):
        return [piece]
    return [Paragraph(line.strip(), cell.location) for cell in cells for line in cell.text.split("\n") if line.strip()]


def split(blocks: Iterable[Block]) -> Iterator[Block]:
    """Split paragraphs at line breaks, and after a section's heading that the text runs in after.

    Parameters
    ----------
    blocks
        A file's blocks.

    Yields
    ------
    Block
        The same, each heading a paragraph.
    """
    for block in blocks:
        if isinstance(block, Table):
            yield block
            continue
        for part in _at_headings(block):
            found = _RUN_IN.search(part.text[:MAX_HEADING])
            lead = part.text[: found.start()] if found else ""
            if found and NUMERAL.match(folded(lead)) and section_of(lead, _LEAST):
                yield _part_of(part, 0, found.start())
                yield _part_of(part, found.end(), len(part.text))
            elif part.text.strip():
                yield part


def _at_headings(paragraph: Paragraph) -> Iterator[Paragraph]:
    """Split a paragraph that was put together from lines before and after those that are a section's heading."""
    starts = (0, *paragraph.lines) if paragraph.lines else ()
    ends = (*paragraph.lines, len(paragraph.text))
    done = 0
    for number, first in enumerate(starts):
        last = _end_of_heading(paragraph.text, first, ends[number : number + _LINES]) if first >= done else 0
        if last:
            yield from _at_line_breaks(_part_of(paragraph, done, first))
            yield _part_of(paragraph, first, last)
            done = last
    yield from _at_line_breaks(_part_of(paragraph, done, len(paragraph.text)) if done else paragraph)


def _end_of_heading(text: str, first: int, ends: Sequence[int]) -> int:
    """Return the end of the lines that are a section's heading together; 0 if there is none."""
    line = text[first : ends[0]]
    if not (NUMERAL.match(folded(line)) or numbered(line)):
        return 0
    exact = (last for last in ends if section_of(text[first:last], 1))
    return next(exact, 0) or max((last for last in ends if section_of(text[first:last], _LEAST)), default=0)


def _at_line_breaks(paragraph: Paragraph) -> Iterator[Paragraph]:
    if "\n" not in paragraph.text:
        yield paragraph
        return
    start = 0
    for line in paragraph.text.split("\n"):
        yield _part_of(paragraph, start, start + len(line))
        start += len(line) + 1


def _part_of(paragraph: Paragraph, start: int, end: int) -> Paragraph:
    """Return the part from one character to another, with its emphasis, without spaces at its ends."""
    text = paragraph.text[start:end]
    start += len(text) - len(text.lstrip())
    text = text.strip()
    inside = ((max(first, start) - start, min(last, start + len(text)) - start) for first, last in paragraph.emphasis)
    emphasis = tuple((first, last) for first, last in inside if first < last)
    lead = max(0, min(paragraph.lead - start, len(text)))
    return replace(paragraph, text=text, emphasis=emphasis, lead=lead, lines=())


def with_labels_above(blocks: Iterable[Block]) -> Iterator[Block]:
    """Put lines that are labels of the table that follows into it, where text has lost a row of one merged cell.

    Parameters
    ----------
    blocks
        A file's blocks.

    Yields
    ------
    Block
        The same, tables with the rows that they have lost.
    """
    lines_above: list[Paragraph] = []
    for block in blocks:
        if isinstance(block, Paragraph) and block.level is None and _is_label(block.text):
            lines_above.append(block)
            continue
        if isinstance(block, Table) and lines_above:
            kind = kind_of(block)
            there = {core(cell.text) for cell in block.cells}
            own = [
                line
                for line in lines_above
                if kind and kind in _labelled_in(line.text) and core(line.text) not in there
            ]
            if len(own) == len(lines_above):
                yield _below(block, own)
                lines_above = []
                continue
        yield from lines_above
        lines_above = []
        yield block
    yield from lines_above


def _is_label(text: str) -> bool:
    return len(text) <= MAX_HEADING and bool(_labelled_in(text))


@lru_cache(maxsize=4096)
def _labelled_in(text: str) -> frozenset[str]:
    """Return the sections in whose tables a line is a label over columns or rows, as the form prints it."""
    words = core(text)
    editions = registry.known()
    return frozenset(
        key
        for edition in editions
        for key, grid in edition.grids.items()
        for cell in grid.cells
        if words and cell.role in ("band", "heading") and cell.columns > 1 and core(cell.text) == words
    )


def _below(table: Table, labels: Sequence[Paragraph]) -> Table:
    """Return a table with rows of one cell above it."""
    width = max((cell.column + cell.columns for cell in table.cells), default=1)
    head = [Cell(row, 0, 1, width, line.text, line.location) for row, line in enumerate(labels)]
    return replace(table, cells=(*head, *(cell._replace(row=cell.row + len(labels)) for cell in table.cells)))
