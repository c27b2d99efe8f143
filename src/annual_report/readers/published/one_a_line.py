"""Tables of the form in text that has one cell a line, or a row a line, as it is copied from a page or a document.

Such tables are read only where they are beyond doubt: every label of the form is there in the form's order, and every
row has as many numbers as it has cells, or no number for its only cell. Where a row has fewer, nobody can tell which of
its cells are blank, nor whether a page's number stands in the place of one.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import groupby, takewhile
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from annual_report.form import registry
from annual_report.form.base import TOTAL_KEY
from annual_report.readers.blocks import Block, Cell, Paragraph, Table
from annual_report.readers.labels import core
from annual_report.readers.layout import layout
from annual_report.readers.lines import is_figure
from annual_report.readers.published.values import meaning

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annual_report.form.grid import Cell as FormCell
    from annual_report.form.grid import DataCell, Grid
    from annual_report.readers.blocks import Location
    from annual_report.readers.published.values import Number

_MOST_PIECES_OF_A_LABEL = 4
_MOST_STRAY_NUMBERS = 3
_MOST_BEGINNINGS = 300
"""How many lines are tried that a table could begin with."""

_MOST_LINES = 1000
_PAGE_NUMBER = re.compile(r"[-－—–―−─·•]\s*\d+\s*[-－—–―−─·•]|\d+\s*[/／]\s*\d+")
"""A page's number with its strokes, which could be taken for three cells."""

_LONGEST = 200
"""How many characters a line of a table may have; the form's longest row has about 60."""


class _Piece(NamedTuple):
    """A piece of a line between spaces, which may be a cell or a part of one."""

    text: str
    block: int
    location: Location


class Listed(NamedTuple):
    """A file's blocks, with tables in the place of lines that list their cells.

    Parameters
    ----------
    blocks
        The blocks.
    unclear
        The sections whose tables are there, but with cells that nobody can tell apart.
    """

    blocks: Sequence[Block]
    unclear: frozenset[str] = frozenset()


class _Found(NamedTuple):
    """A table found: its section, the lines that it begins with and ends before, and its cells if they are clear."""

    key: str
    start: int
    end: int
    table: Table | None


def listed(blocks: Sequence[Block]) -> Listed:
    """Put tables in the place of lines that list their cells.

    Parameters
    ----------
    blocks
        The blocks of a file without a table of the form.

    Returns
    -------
    Listed
        The same with tables, if all their cells are clear and no number stands alone on a line outside of them, as
        pages' numbers do.
    """
    found = _found(blocks)
    if any(one.table is None for one in found):
        return Listed(blocks, frozenset(one.key for one in found))
    result: list[Block] = []
    end = 0
    for one in found:
        result += [*blocks[end : one.start], *([one.table] if one.table else [])]
        end = one.end
    result += blocks[end:]
    if found and any(map(_is_number, result)):
        return Listed(blocks, frozenset(one.key for one in found))
    return Listed(result)


def _found(blocks: Sequence[Block]) -> list[_Found]:
    """Find tables one after the other, each of whole lines."""
    found: list[_Found] = []
    index = tried = 0
    while index < len(blocks) and tried < _MOST_BEGINNINGS:
        grids = _beginning_with(blocks[index])
        tried += bool(grids)
        pieces = _pieces(blocks, index, index + _MOST_LINES) if grids else []
        tables = [table for grid, key in grids if (table := _Match(pieces, grid, key).table())]
        if tables:
            found.append(max(tables, key=attrgetter("end")))
        index = found[-1].end if tables else index + 1
    return found


def _beginning_with(block: Block) -> tuple[tuple[Grid, str], ...]:
    """Return the tables of all editions that a line may begin."""
    if not isinstance(block, Paragraph) or not block.text or len(block.text) > _LONGEST:
        return ()
    first = block.text.split(maxsplit=1)[:1]
    return _by_first_words().get(core(first[0]), ()) if first else ()


def _pieces(blocks: Sequence[Block], start: int, end: int) -> list[_Piece]:
    """Split lines at their spaces; a longer one is left whole, and is no part of a table."""
    pieces: list[_Piece] = []
    for index, block in enumerate(blocks[start:end], start):
        if isinstance(block, Paragraph) and len(block.text) <= _LONGEST:
            pieces += (_Piece(text, index, block.location) for text in block.text.split())
        else:
            pieces.append(_Piece("", index, block.location))
    return pieces


def _is_number(block: Block) -> bool:
    """Return whether a line has nothing but a number, with strokes around it or not."""
    if not isinstance(block, Paragraph) or len(block.text) > _LONGEST:
        return False
    text = block.text.strip()
    return text.isdigit() or _PAGE_NUMBER.fullmatch(text) is not None


@lru_cache(maxsize=1)
def _by_first_words() -> dict[str, tuple[tuple[Grid, str], ...]]:
    """Return the tables of all editions by the words that they may begin with."""
    tables: dict[str, tuple[tuple[Grid, str], ...]] = {}
    for edition in registry.known():
        for key, grid in edition.grids.items():
            optional = layout(grid, key).other_words
            for cell in _in_order(grid):
                words = core(cell.text)
                tables[words] = (*tables.get(words, ()), (grid, key))
                if words not in optional:
                    break
    return tables


def _in_order(grid: Grid) -> list[FormCell]:
    """Return the cells of a table that say something, in the order in which text lists them."""
    return sorted((cell for cell in grid.cells if cell.text or cell.is_value), key=attrgetter("row", "column"))


class _Match:
    """Pieces compared with the cells of a table of the form."""

    def __init__(self, pieces: Sequence[_Piece], grid: Grid, key: str) -> None:
        self._pieces, self._grid, self._key = pieces, grid, key
        self._at = 0
        self._cells: list[Cell] = []
        self._is_clear = True
        self._blank_row = -1
        wanted = layout(grid, key)
        labels = (*wanted.rows, *wanted.columns, *wanted.groups)
        self._names = {core(label.printed): {*map(core, label.names)} for label in labels}
        self._optional = wanted.other_words
        self._values = {value.path: value for value in grid.values}

    def table(self) -> _Found | None:
        """Return the table, if its labels are all there in their order."""
        for _, cells in groupby(_in_order(self._grid), key=attrgetter("row")):
            row = list(cells)
            if not all(cell.is_value or self._label(cell) for cell in row):
                return None
            self._numbers([cell for cell in row if cell.is_value])
        first, last = self._pieces[0], self._pieces[self._at - 1]
        if self._at < len(self._pieces) and self._pieces[self._at].block == last.block:
            return None
        lines = groupby(self._pieces[: self._at], key=attrgetter("block"))
        self._is_clear &= not any(_PAGE_NUMBER.fullmatch(" ".join(piece.text for piece in line)) for _, line in lines)
        table = Table(tuple(self._cells), first.location) if self._is_clear else None
        return _Found(self._key, first.block, last.block + 1, table)

    def _label(self, cell: FormCell) -> bool:
        """Take the pieces of a label, or none where it may be left out."""
        words = core(cell.text)
        names = self._names.get(words, {words})
        texts = [piece.text for piece in self._pieces[self._at : self._at + _MOST_PIECES_OF_A_LABEL]]
        for count in range(len(texts), 0, -1):  # a shorter wording may be the beginning of a longer one
            label = "".join(texts[:count])
            if core(label) in names:
                self._put(cell, label, self._at)
                self._at += count
                return True
        return words in self._optional

    def _numbers(self, cells: Sequence[FormCell]) -> None:
        """Take the numbers that follow a row's label, which are clear if they are as many as its cells."""
        if not cells:
            return
        following = self._pieces[self._at : self._at + len(cells) + _MOST_STRAY_NUMBERS]
        texts = [piece.text for piece in takewhile(_is_figure, following)]
        if not texts and len(cells) == 1:
            self._put(cells[0], "", self._at - 1)  # the only cell of a row can only be blank
            self._blank_row = cells[0].row
            return
        if len(cells) == 1 and cells[0].row - 1 == self._blank_row:  # copied by columns, it is the number above
            self._is_clear = False
        self._is_clear &= len(texts) == len(cells) and _adds_up(texts, [self._values[cell.path] for cell in cells])
        for cell, text in zip(cells, texts, strict=False):
            self._put(cell, text, self._at)
            self._at += 1
        self._at += max(0, len(texts) - len(cells))

    def _put(self, cell: FormCell, text: str, index: int) -> None:
        self._cells.append(Cell(cell.row, cell.column, cell.rows, cell.columns, text, self._pieces[index].location))


def _is_figure(piece: _Piece) -> bool:
    """Return whether a piece is a number, and not the numbering of the next label."""
    return is_figure(piece.text) and not piece.text.endswith((".", "．"))


def _adds_up(texts: Sequence[str], values: Sequence[DataCell]) -> bool:
    """Return whether every number in a row can be read, and its totals are the sums of the numbers before them."""
    summed: Number = 0
    for text, value in zip(texts, values, strict=True):
        number = meaning(text, value).value
        if number is None:
            return False
        if value.path.rpartition(".")[2] != TOTAL_KEY:
            summed += number
        elif number != summed:
            return False
        else:
            summed = 0
    return True
