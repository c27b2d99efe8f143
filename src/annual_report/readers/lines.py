"""The rows of tables found in a file: for each, the cells that reach into it, and what they look like."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annual_report.readers.labels import folded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from annual_report.readers.blocks import Cell, Table

MAX_CELLS = 4000
"""How many cells a table may have; the form's largest has 219."""

MAX_ROWS = 300
MAX_COLUMNS = 120

MAX_LINES = 600
"""How many rows the pieces of a table may have together."""

_NUMBER = re.compile(r"[+\-−]?[0-9][0-9,，.]*(?:$|[(\[（]|[亿万千百]*元|[件条项个宗次份])")
ZERO_IN_WORDS = ("零", "〇")
"""Words that offices write for a number that is zero."""

_DASHES = re.compile(r"[-/\\—–―−─]+")


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table.

    Parameters
    ----------
    piece
        Which of the tables it is in, counted from 0.
    cells
        The cells that reach into it, from left to right.
    """

    piece: int
    cells: tuple[Cell, ...]

    @property
    def end(self) -> int:
        """The column after its last cell."""
        return max((cell.column + cell.columns for cell in self.cells), default=0)


def lines(tables: Sequence[Table]) -> list[Line]:
    """Return the rows of tables, one table after the other.

    Parameters
    ----------
    tables
        The tables, none of which is `too_large`.

    Returns
    -------
    list[Line]
        The rows, at most `MAX_LINES`; what a span claims beyond the table's last cell does not count.
    """
    return [line for piece, table in enumerate(tables) for line in _lines(piece, table)][:MAX_LINES]


def _lines(piece: int, table: Table) -> Iterator[Line]:
    height = max((cell.row for cell in table.cells), default=-1) + 1
    rows: list[list[Cell]] = [[] for _ in range(height)]
    for cell in table.cells:
        for row in range(cell.row, min(cell.row + cell.rows, height)):
            rows[row].append(cell)
    for cells in rows:
        yield Line(piece, tuple(sorted(cells, key=_column)))


def widths(rows: Sequence[Line]) -> dict[int, int]:
    """Count the columns of each table."""
    found: dict[int, int] = {}
    for line in rows:
        found[line.piece] = min(max(line.end, found.get(line.piece, 0)), MAX_COLUMNS)
    return found


def usual_ends(rows: Sequence[Line]) -> dict[int, int]:
    """Return the column after the last cell of nearly all rows, for each table where they end at the same one."""
    ends: dict[int, Counter[int]] = {}
    for line in rows:
        ends.setdefault(line.piece, Counter())[line.end] += 1
    usual = {}
    for piece, found in ends.items():
        ((end, count),) = found.most_common(1)
        if found.total() - count <= max(1, found.total() // 10):
            usual[piece] = end
    return usual


def _column(cell: Cell) -> int:
    return cell.column


def too_large(table: Table) -> bool:
    """Return whether a table has more cells, rows or columns than any table of a report."""
    rows, columns, heights, *_ = table.fields
    if len(rows) > MAX_CELLS:
        return True
    if max(rows, default=0) >= MAX_ROWS or max(columns, default=0) >= MAX_COLUMNS:
        return True
    height: int = sum(heights)
    if height > 10 * MAX_CELLS:
        height = sum(min(rows, MAX_ROWS) for rows in heights)
    return height > 10 * MAX_CELLS


def is_blank(text: str) -> bool:
    """Return whether a cell says nothing."""
    return not text or not folded(text)


def is_figure(text: str) -> bool:
    """Return whether a cell's text looks like a number, or like a stroke in place of one."""
    if text.isdigit():
        return True
    text = folded(text)
    return _NUMBER.match(text) is not None or _DASHES.fullmatch(text) is not None or text in ZERO_IN_WORDS


def is_dash(text: str) -> bool:
    """Return whether a cell's text is a stroke in place of a number."""
    return _DASHES.fullmatch(folded(text)) is not None
