"""Decides where a table may break over pages, and repeats the labels that go on after a break."""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from annual_report.writers.docx.labels import laid_out
from annual_report.writers.docx.units import ems

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from annual_report.form.grid import Cell, Grid
    from annual_report.style import Style
    from annual_report.writers.docx.columns import Columns
    from annual_report.writers.docx.labels import Label

LARGEST_GROUP = 0.4
"""The height of the largest group whose rows are kept together, as a share of the page's."""
SPINE_LENGTH = 1.1
"""The height of a spine in lengths of its label, which leaves it some space above and below."""


def page_starts(grid: Grid, columns: Columns, style: Style, *, whole: bool) -> tuple[int, ...]:
    """Choose the rows that may be the first of a page below the repeated header rows.

    Parameters
    ----------
    grid
        The table's grid.
    columns
        Its columns.
    style
        The style.
    whole
        Whether the table is kept on one page, if it fits.

    Returns
    -------
    tuple[int, ...]
        In ascending order: the bands of a banded table, the borders between groups of a crossed one. Rows that share
        a label of their own are never parted; the rows of a group are if they take more than two fifths of a page.
    """
    heights = _row_heights(grid, columns, style)
    if grid.layout == "spread" or (whole and sum(heights) + style.line_pitch <= style.text_height):
        return ()
    if grid.layout == "banded":
        return tuple(cell.row for cell in grid.cells if cell.role == "band" and cell.row)
    return _crossed_starts(grid, columns, style, heights)


def divided(cells: Iterable[Cell], starts: Sequence[int]) -> Iterator[Cell]:
    """Divide the labels that go on after a possible page break, so that each part has its text.

    Parameters
    ----------
    cells
        The cells of a grid.
    starts
        The rows that may be the first of a page.

    Yields
    ------
    Cell
        The cells, and for each such label its parts.
    """
    for cell in cells:
        borders = [cell.row, *(row for row in starts if cell.row < row < _end(cell)), _end(cell)]
        for top, bottom in pairwise(borders):
            yield replace(cell, row=top, rows=bottom - top) if len(borders) > 2 else cell  # noqa: PLR2004


def _row_heights(grid: Grid, columns: Columns, style: Style) -> list[float]:
    """Estimate the height of every row from its labels, in points."""
    lines = [1] * grid.height
    for cell in grid.cells:
        if cell.text and cell.rows == 1:
            lines[cell.row] = max(lines[cell.row], _label(cell, columns).lines)
    tables = style.tables
    around, least = (0.0, tables.row_height) if columns.banded else (2 * tables.row_space, 0.0)
    return [max(least, count * columns.font.size * tables.leading + around) + tables.rule for count in lines]


def _label(cell: Cell, columns: Columns) -> Label:
    return laid_out(cell.text, columns.room(cell), columns.font.size)


def _crossed_starts(grid: Grid, columns: Columns, style: Style, heights: Sequence[float]) -> tuple[int, ...]:
    """Choose the borders between the groups of a crossed table at which every part of a label has room for its text."""
    top = list(accumulate(heights, initial=0.0))
    merged = [cell for cell in grid.cells if cell.rows > 1 and cell.role in {"spine", "stub"}]
    most = style.text_height * LARGEST_GROUP
    together = [cell for cell in merged if cell.role == "stub" and top[_end(cell)] - top[cell.row] <= most]
    room = {cell: _needed(cell, columns, style) for cell in merged if cell not in together}
    borders = [row for row in range(grid.header_rows + 1, grid.height) if not _across(together, row)]
    starts: list[int] = []
    # Neither the first nor the last row stands alone; borders of groups take precedence over those within groups.
    for row in sorted(borders[1:-1], key=lambda row: (len(_across(room, row)), row)):
        for label in _across(room, row):
            ends = [label.row, *starts, _end(label)]
            above = max(end for end in ends if end < row)
            below = min(end for end in ends if end > row)
            if min(top[row] - top[above], top[below] - top[row]) < room[label]:
                break
        else:
            starts.append(row)
    return tuple(sorted(starts))


def _end(cell: Cell) -> int:
    return cell.row + cell.rows


def _across(labels: Iterable[Cell], row: int) -> list[Cell]:
    """Return the labels that begin above a row and go on in it."""
    return [label for label in labels if label.row < row < _end(label)]


def _needed(cell: Cell, columns: Columns, style: Style) -> float:
    """Return the height that a label needs: the length of a spine's, which runs downwards, or that of its lines."""
    size, tables = columns.font.size, style.tables
    if cell.role == "spine":
        return ems(cell.text) * size * SPINE_LENGTH
    return _label(cell, columns).lines * size * tables.leading + 2 * tables.row_space
