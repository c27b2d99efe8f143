"""Decides where a table may break over pages, and repeats the labels that go on after a break."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from annual_report.style import STYLES_KEPT
from annual_report.writers.docx.columns import columns
from annual_report.writers.docx.labels import laid_out
from annual_report.writers.docx.units import ems

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from annual_report.form.grid import Cell, Grid
    from annual_report.style import Style
    from annual_report.writers.docx.columns import Columns
    from annual_report.writers.docx.labels import Label

LARGEST_UNIT = 0.32
"""The height of rows that are kept together, as a share of the page's, so that no page is more than a third blank."""
SPINE_LENGTH = 1.1
"""The height of a spine in lengths of its label, which leaves it some space above and below."""


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a table as they are divided over pages.

    Parameters
    ----------
    tops
        The distance of each row from the table's top, and the table's height, in points.
    header_rows
        The number of rows that are repeated on every page.
    starts
        In ascending order: the rows that may be the first of a page below the repeated ones.
    labels
        The labels that may go on after a page break, each with the height that its text needs.
    """

    tops: tuple[float, ...]
    header_rows: int
    starts: tuple[int, ...]
    labels: dict[Cell, float]

    def room_for_labels(self, starts: Sequence[int]) -> bool:
        """Return whether every part of a label has room for its text if pages begin with these rows."""
        return all(
            self.tops[bottom] - self.tops[top] >= needed
            for label, needed in self.labels.items()
            if _across([label], starts)
            for top, bottom in pairwise(_borders(label, starts))
        )


@lru_cache(maxsize=8 * STYLES_KEPT)
def rows(grid: Grid, style: Style, *, whole: bool = False) -> Rows:
    """Choose where a table may break over pages.

    Parameters
    ----------
    grid
        The table's grid.
    style
        The style.
    whole
        Whether the table is kept on one page, if it fits.

    Returns
    -------
    Rows
        Pages may begin with the bands of a banded table and with the groups of a crossed one. The rows of a group are
        parted only where the rows between two such borders take about a third of a page or more.
    """
    measured = columns(grid, style)
    heights = _heights(grid, measured, style)
    tops = tuple(accumulate(heights, initial=0.0))
    if grid.layout == "spread" or (whole and tops[-1] + style.line_pitch <= style.text_height):
        return Rows(tops, grid.header_rows, (), {})
    if grid.layout == "banded":
        bands = tuple(cell.row for cell in grid.cells if cell.role == "band" and cell.row)
        return Rows(tops, grid.header_rows, bands, {})
    return _crossed(grid, measured, style, tops)


def divided(cells: Iterable[Cell], starts: Sequence[int]) -> Iterator[Cell]:
    """Divide the labels that go on after a page break, so that each part has its text.

    Parameters
    ----------
    cells
        The cells of a grid.
    starts
        The rows with which a page is expected to begin.

    Yields
    ------
    Cell
        The cells, and for each such label its parts.
    """
    for cell in cells:
        if _across([cell], starts):
            for top, bottom in pairwise(_borders(cell, starts)):
                yield cell._replace(row=top, rows=bottom - top)
        else:
            yield cell


def _heights(grid: Grid, columns: Columns, style: Style) -> list[float]:
    """Measure the height of every row by its labels, in points."""
    lines = [1] * grid.height
    for cell in grid.cells:
        if cell.text and cell.rows == 1:
            lines[cell.row] = max(lines[cell.row], _label(cell, columns).lines)
    tables = style.tables
    least = tables.row_height if columns.banded else 0.0
    around = 2 * tables.row_space + tables.rule
    return [max(least, count * columns.font.size * tables.leading + around) for count in lines]


def _label(cell: Cell, columns: Columns) -> Label:
    return laid_out(cell.text, columns.room(cell), columns.font.size)


def _crossed(grid: Grid, columns: Columns, style: Style, tops: tuple[float, ...]) -> Rows:
    most = style.text_height * LARGEST_UNIT
    merged = [cell for cell in grid.cells if cell.rows > 1 and cell.role in {"spine", "stub"}]
    together = [cell for cell in merged if cell.role == "stub" and tops[_end(cell)] - tops[cell.row] <= most]
    labels = {cell: _needed(cell, columns, style) for cell in merged if cell not in together}
    borders = [row for row in range(grid.header_rows + 1, grid.height) if not _across(together, [row])]
    measured = Rows(tops, grid.header_rows, (), labels)
    # Neither the first nor the last row is alone on a page.
    possible = [row for row in borders[1:-1] if measured.room_for_labels([row])]
    groups = [label for label in labels if label.role == "stub"]
    starts = [row for row in possible if not _across(groups, [row])]
    for begin, end in pairwise([0, *starts, grid.height]):
        first = begin
        for row, following in pairwise([*(row for row in possible if begin < row < end), end]):
            if tops[following] - tops[first] > most and tops[end] - tops[first] > most:
                starts.append(row)
                first = row
    return replace(measured, starts=tuple(sorted(starts)))


def _end(cell: Cell) -> int:
    return cell.row + cell.rows


def _borders(cell: Cell, starts: Iterable[int]) -> list[int]:
    """Return the first row of each part of a label, and the row below the last part."""
    return [cell.row, *(row for row in starts if cell.row < row < _end(cell)), _end(cell)]


def _across(labels: Iterable[Cell], starts: Iterable[int]) -> list[Cell]:
    """Return the labels that go on in any of these rows."""
    return [label for label in labels if any(label.row < row < _end(label) for row in starts)]


def _needed(cell: Cell, columns: Columns, style: Style) -> float:
    """Return the height that a label needs: the length of a spine's, which runs downwards, or that of its lines."""
    size, tables = columns.font.size, style.tables
    if cell.role == "spine":
        return ems(cell.text) * size * SPINE_LENGTH
    return _label(cell, columns).lines * size * tables.leading + 2 * tables.row_space
