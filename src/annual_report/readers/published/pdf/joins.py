"""Tables that go on from page to page, put together."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annual_report.readers.published.pdf.tables import Piece, PrintedCell

_SAME = 4.0
"""How far apart columns' edges are that are one, in points."""
_BEGINS_NO_TEXT = "、，。；：）"
_NUMBERED = re.compile(r"[（(]?[〇零一二三四五六七八九十百\d]+[）)、.．]")


_Facing: TypeAlias = "Sequence[tuple[PrintedCell | None, PrintedCell | None]]"


@dataclass(slots=True)
class Joined:
    """A table, with what pages before and after have of it.

    Parameters
    ----------
    xs
        Its columns' edges.
    height
        How many rows it has.
    cells
        Its cells, row by row.
    """

    xs: list[float]
    height: int
    cells: list[PrintedCell]


def as_table(piece: Piece) -> Joined:
    """Return a table as one page has it."""
    return Joined(piece.grid.xs, len(piece.grid.ys) - 1, piece.cells)


def goes_on(table: Joined, piece: Piece) -> bool:
    """Return whether a table at a page's end may go on with one at the start of the next: their sides agree."""
    xs = piece.grid.xs
    return abs(table.xs[0] - xs[0]) < _SAME and abs(table.xs[-1] - xs[-1]) < _SAME


def join(table: Joined, piece: Piece) -> Joined:
    """Put a table and its part on the next page together.

    Header rows that are repeated come once, and rows and merged cells that the page's end cuts are whole again where
    the text leaves no doubt of it.

    Parameters
    ----------
    table
        The table so far.
    piece
        Its part on the next page.

    Returns
    -------
    Joined
        The whole.
    """
    xs = sorted([*table.xs, *(x for x in piece.grid.xs if min([abs(x - y) for y in table.xs]) >= _SAME)])
    above = _in_columns(table.cells, table.xs, xs)
    below = _in_columns(piece.cells, piece.grid.xs, xs)
    height, below = table.height, _without_rows(below, 0, _repeated(above, below))
    if _is_blank(above, height - 1):
        height, above = height - 1, _without_rows(above, height - 1, height)
    if _is_blank(below, 0):
        below = _without_rows(below, 0, 1)
    overlap = _is_cut_row(above, below, height)
    cells = _compact(_joined_cells(above, [_moved(cell, height - overlap) for cell in below], height, overlap=overlap))
    return Joined(xs, max(cell.row + cell.rows for cell in cells), cells)


def _in_columns(cells: Sequence[PrintedCell], old: Sequence[float], new: Sequence[float]) -> list[PrintedCell]:
    """Return cells in the columns of the whole table."""
    places = [min(range(len(new)), key=lambda i: abs(new[i] - x)) for x in old]
    if places == list(range(len(old))):
        return list(cells)
    ends = [(cell, places[cell.column], places[cell.column + cell.columns]) for cell in cells]
    return [replace(cell, column=start, columns=end - start) for cell, start, end in ends]


def _moved(cell: PrintedCell, rows: int) -> PrintedCell:
    return replace(cell, row=cell.row + rows)


def _without_rows(cells: Sequence[PrintedCell], start: int, end: int) -> list[PrintedCell]:
    """Leave out rows, and make merged cells that reach over them as much lower."""
    if start == end:
        return list(cells)
    kept = []
    for cell in cells:
        lost = max(min(cell.row + cell.rows, end) - max(cell.row, start), 0)
        if lost < cell.rows:
            row = cell.row - max(min(cell.row, end) - start, 0)
            kept.append(replace(cell, row=row, rows=cell.rows - lost))
    return kept


def _repeated(above: Sequence[PrintedCell], below: Sequence[PrintedCell]) -> int:
    """Count the rows at the start of both that are the same: a header."""
    height = max(cell.row + cell.rows for cell in below)
    rows = 0
    for count in range(1, height):
        first, second = ([cell for cell in cells if cell.row < count] for cells in (above, below))
        if not _same(first, second):
            break
        if all(cell.row + cell.rows <= count for cell in first):
            rows = count
    return rows


def _same(first: Sequence[PrintedCell], second: Sequence[PrintedCell]) -> bool:
    return [(c.row, c.column, c.rows, c.columns, c.text) for c in first] == [
        (c.row, c.column, c.rows, c.columns, c.text) for c in second
    ]


def _is_blank(cells: Sequence[PrintedCell], row: int) -> bool:
    """Return whether a page's end has cut a row at its edge: it has cells of its own, and none has text."""
    own = [cell.text for cell in cells if cell.row == row and cell.rows == 1]
    return bool(own) and not any(own)


def _facing(
    above: Sequence[PrintedCell], below: Sequence[PrintedCell], height: int, top: int
) -> dict[tuple[int, int], tuple[PrintedCell | None, PrintedCell | None]]:
    """Return the cells on both sides of the page's end, by their columns."""
    ends = {(cell.column, cell.columns): cell for cell in above if cell.row + cell.rows == height}
    starts = {(cell.column, cell.columns): cell for cell in below if cell.row == top}
    return {place: (ends.get(place), starts.get(place)) for place in ends | starts}


def _is_cut_row(above: Sequence[PrintedCell], below: Sequence[PrintedCell], height: int) -> bool:
    """Return whether the last row before the page's end and the first after it are evidently halves of one."""
    pairs = []
    for end, start in _facing(above, below, height, 0).values():
        if end is None or start is None:
            return False
        if end.rows == start.rows == 1:
            pairs.append((end, start))
        elif not _are_one(end, start):
            return False
    if any(map(_is_cut_number, pairs)):
        return all(_is_cut_number(pair) or _are_halves(*pair) for pair in pairs)
    filled = [(end, start) for end, start in pairs if end.text and start.text]
    halves = any(end.text or start.text for end, start in pairs if not (end.text and start.text))
    if filled and halves:
        return all(_goes_on(end, start) for end, start in filled)
    if filled:
        return all(end.is_full and _goes_on(end, start) for end, start in filled)
    return any(end.text for end, _ in pairs) and any(start.text for _, start in pairs)


def _is_cut_number(pair: tuple[PrintedCell, PrintedCell]) -> bool:
    """Return whether digits are on both sides of the page's end."""
    end, start = pair
    return end.text[-1:].isdigit() and start.text[:1].isdigit()


def _are_halves(end: PrintedCell, start: PrintedCell) -> bool:
    """Return whether two cells, beside digits on both sides of the page's end, are no cells of rows of their own."""
    if not end.text or not start.text:
        return True
    is_unnumbered = _NUMBERED.match(end.text) and not (_is_figure(start.text) or _NUMBERED.match(start.text))
    return start.text[0] in _BEGINS_NO_TEXT or _is_unclosed(end.text) or bool(is_unnumbered)


def _is_unclosed(text: str) -> bool:
    return sum(map(text.count, "（(")) > sum(map(text.count, "）)"))


def _goes_on(end: PrintedCell, start: PrintedCell) -> bool:
    """Return whether a text before the page's end evidently goes on after it; of numbers nobody can tell."""
    if any(character.isdigit() for character in end.text[-1] + start.text[0]) or _NUMBERED.match(start.text):
        return False
    if start.text[0] in _BEGINS_NO_TEXT:
        return True
    return end.is_full or _is_unclosed(end.text) or bool(_NUMBERED.match(end.text))


def _are_one(end: PrintedCell, start: PrintedCell) -> bool:
    """Return whether two parts of a merged cell, before and after the page's end, are evidently one."""
    if _is_figure(end.text) or _is_figure(start.text):
        return False
    return not end.text or not start.text or end.text == start.text or _goes_on(end, start)


def _is_figure(text: str) -> bool:
    """Return whether a text may be a number or a mark for zero: it has no letter."""
    return text != "" and text[0] not in _BEGINS_NO_TEXT and not any(map(str.isalpha, text))


def _joined_cells(
    above: Sequence[PrintedCell], below: Sequence[PrintedCell], height: int, *, overlap: bool
) -> list[PrintedCell]:
    whole, parts = {id(cell): cell for cell in above}, set()
    facing = list(_facing(above, below, height, height - overlap).values())
    is_head, is_within_head = _ends_head(facing), _is_within_head(facing)
    for end, start in facing:
        if end is None or start is None:
            continue
        is_merged = end.rows + start.rows > 2  # noqa: PLR2004  # one is merged
        if is_within_head:
            is_one = not (_is_figure(end.text) or _is_figure(start.text))
        else:
            is_one = is_merged and not is_head and _are_one(end, start)
        if overlap or is_one:
            rows = start.row + start.rows - end.row
            text = _joined_text(end.text, start.text)
            crossed = end.is_crossed or start.is_crossed
            whole[id(end)] = replace(end, rows=rows, text=text, is_full=start.is_full, is_crossed=crossed)
            parts.add(id(start))
    return [*whole.values(), *(cell for cell in below if id(cell) not in parts)]


def _ends_head(facing: _Facing) -> bool:
    """Return whether a table's head ends at the page's end: labels are above numbers."""
    return any(
        end is not None and start is not None and _is_figure(start.text) and any(map(str.isalpha, end.text))
        for end, start in facing
    )


def _is_within_head(facing: _Facing) -> bool:
    """Return whether a table's head is cut at the page's end: below a label are those of parts of its columns."""
    labels = [start for end, start in facing if end is None and start is not None and any(map(str.isalpha, start.text))]
    return any(
        end is not None
        and start is None
        and sum(end.column <= label.column < end.column + end.columns for label in labels) > 1
        for end, start in facing
    )


def _compact(cells: Sequence[PrintedCell]) -> list[PrintedCell]:
    """Leave out rows in which no cell begins: they are parts of the rows before."""
    starts = sorted({cell.row for cell in cells})
    height = max(cell.row + cell.rows for cell in cells)
    if len(starts) == height:
        return list(cells)
    row_of = {row: place for place, row in enumerate([*starts, height])}
    return [replace(cell, row=row_of[cell.row], rows=row_of[cell.row + cell.rows] - row_of[cell.row]) for cell in cells]


def _joined_text(end: str, start: str) -> str:
    if not end or not start:
        return end or start
    if (end[-1] + start[0]).isdigit():
        return f"{end}\n{start}"
    return end if end == start else end + start
