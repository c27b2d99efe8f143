"""Tables that have exactly the cells of a table of the form, so that no labels need to be compared to read them."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from annual_report.readers.blocks import Cell, Table
from annual_report.readers.labels import folded
from annual_report.readers.lines import is_blank, is_figure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annual_report.form.grid import Grid


def is_as_printed(tables: Sequence[Table], grid: Grid) -> bool:
    """Return whether a table has the form's cells and labels, and in every row of numbers at least one number.

    Parameters
    ----------
    tables
        The pieces of the table found; one in several pieces is never as printed.
    grid
        The table of the form.

    Returns
    -------
    bool
        Whether each of its cells is the one of the form at the same index.

    Examples
    --------
    >>> from annual_report.form import find
    >>> grid = find("2021").grids["disputes"]
    >>> is_as_printed([filled_in(grid)], grid)
    True
    >>> is_as_printed([filled_in(grid)], find("2021").grids["applications"])
    False
    """
    form = _form(grid)
    if len(tables) != 1 or tables[0].fields[:4] != form.outlines:
        return False
    texts = tables[0].texts
    words = [texts[index] for index in form.labels]
    if words != form.words and [*map(folded, words)] != form.folded:
        return False
    filled = set()
    for index, row in form.others:
        text = texts[index]
        if text.isdigit() or is_figure(text):
            filled.add(row)
        elif not is_blank(text):
            return False
    return len(filled) == form.height


def with_whole_spines(table: Table) -> Table:
    """Join the parts of merged labels that a table repeats below one another, as it does for each page.

    Parameters
    ----------
    table
        The table.

    Returns
    -------
    Table
        The same table, each such label one cell.
    """
    cells: list[Cell] = []
    last: dict[int, int] = {}  # by column, the index of its last cell
    for cell in table.cells:
        index = None if cell.text.isdigit() else last.get(cell.column)
        if index is not None and _repeats(cell, above := cells[index]):
            cells[index] = above._replace(rows=above.rows + cell.rows)
        else:
            last[cell.column] = len(cells)
            cells.append(cell)
    return replace(table, cells=tuple(cells))


def _repeats(cell: Cell, above: Cell) -> bool:
    """Return whether a cell is the rest of a merged label above it."""
    if above.text != cell.text or above.columns != cell.columns or above.row + above.rows != cell.row:
        return False
    return above.rows + cell.rows > 2 and not is_figure(cell.text)  # noqa: PLR2004


def filled_in(grid: Grid) -> Table:
    """Return a table of the form as a file might have it, with the same number in each cell."""
    return Table(tuple(Cell(own.row, own.column, own.rows, own.columns, own.text or "1") for own in grid.cells))


class _Form(NamedTuple):
    """A table of the form: its cells' places and sizes, its labels and its other cells, and how many rows have numbers.

    Cells are given by their indexes; the words of labels as printed, and folded.
    """

    outlines: tuple[tuple[int, ...], ...]
    labels: list[int]
    words: list[str]
    folded: list[str]
    others: tuple[tuple[int, int], ...]
    height: int


@lru_cache(maxsize=64)
def _form(grid: Grid) -> _Form:
    words = [folded(cell.text) for cell in grid.cells]
    labels = [index for index, label in enumerate(words) if label]
    return _Form(
        outlines=filled_in(grid).fields[:4],
        labels=labels,
        words=[grid.cells[index].text for index in labels],
        folded=[words[index] for index in labels],
        others=tuple((index, cell.row) for index, cell in enumerate(grid.cells) if not words[index]),
        height=len({cell.row for cell in grid.cells if cell.is_value}),
    )
