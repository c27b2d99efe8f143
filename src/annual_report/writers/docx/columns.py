"""Measures tables: the widths of their columns, and the type sizes of their numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from annual_report.writers.docx.units import mm_to_twips, twips
from annual_report.writers.typefaces import typeface

if TYPE_CHECKING:
    from annual_report.form.grid import Cell, Grid
    from annual_report.style import Font, Style

SLACK = 0.75
"""Extra width for a text, to allow for rules and rounding; in points."""

COUNT_DIGITS = 8
MOST_DIGITS = 15
SMALLEST = 4.0
_SPINE_EMS = 1.35
_GROUP_EMS = 5.2
_LABEL_EMS = 8.5


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one table in one style.

    Parameters
    ----------
    widths
        The width of every column in twips; their sum is the width of the type area.
    font
        The type of its text.
    padding
        The space between a rule and the text, in points.
    label_inset
        The extra indent of row labels, in points.
    banded
        Whether the table has bands, unlike dense tables.
    """

    widths: tuple[int, ...]
    font: Font
    padding: float
    label_inset: float
    banded: bool

    def width(self, cell: Cell) -> int:
        """Return the width of a cell, in twips."""
        return sum(self.widths[cell.column : cell.column + cell.columns])

    def room(self, cell: Cell) -> float:
        """Return the width available for a cell's text, in points."""
        inset = self.label_inset if cell.role in {"spine", "stub"} else 0.0
        return self.width(cell) / 20 - 2 * self.padding - inset - SLACK


def columns(grid: Grid, style: Style) -> Columns:
    """Divide the width of the type area among a grid's columns.

    Parameters
    ----------
    grid
        The table's grid.
    style
        The style.

    Returns
    -------
    Columns
        In banded tables, labels take the style's share. In dense tables, each number gets the width of eight digits if
        the labels leave enough room; longer numbers are set smaller.
    """
    if grid.layout == "banded":
        return Columns(_banded(grid, style), style.fonts.clause_table, style.tables.clause_padding, 0.0, banded=True)
    return Columns(_dense(grid, style), style.fonts.table, style.tables.padding, style.tables.label_inset, banded=False)


def _banded(grid: Grid, style: Style) -> tuple[int, ...]:
    total = text_width(style)
    label = round(total * style.tables.label_share)
    return (label, *_even(total - label, grid.width - 1))


def _dense(grid: Grid, style: Style) -> tuple[int, ...]:
    total, size = text_width(style), style.fonts.table.size
    values = grid.width - grid.label_columns
    if not grid.label_columns:
        return _even(total, values)

    def width(content: float) -> int:
        return twips(content + 2 * style.tables.padding + SLACK)

    spines = [width(size * _SPINE_EMS)] * (grid.label_columns - 2)
    labels = [*spines, width(size * _GROUP_EMS), width(size * _LABEL_EMS)][-grid.label_columns :]
    value = min(width(COUNT_DIGITS * digit_width(style, size)), (total - sum(labels)) // values)
    labels[-1] += total - value * values - sum(labels)
    return (*labels, *[value] * values)


def _even(total: int, count: int) -> tuple[int, ...]:
    """Divide a width evenly; the first columns share the remainder."""
    each, rest = divmod(total, count)
    return tuple(each + (index < rest) for index in range(count))


def text_width(style: Style) -> int:
    """Return the width of the type area between the margins, in twips."""
    return mm_to_twips(style.paper[0]) - mm_to_twips(style.margins.left) - mm_to_twips(style.margins.right)


def digit_width(style: Style, size: float) -> float:
    """Return the width of a digit, in points."""
    narrow = typeface(style.latin).half_width_digits or not style.latin_apart
    return size * (0.5 if narrow else 0.6)


def value_sizes(grid: Grid, columns: Columns, style: Style) -> tuple[float, ...]:
    """Find the type sizes at which numbers of 1, 2, 3 … digits fit on one line, in points.

    The columns of a banded table fit any number at the table's own size.
    """
    if columns.banded:
        return (columns.font.size,)
    room = min(columns.room(cell) for cell in grid.cells if cell.is_value)
    fitting = (room / digit_width(style, digits) for digits in range(1, MOST_DIGITS + 1))
    steps = [columns.font.size, *smaller_sizes(columns.font.size)]
    return tuple(next((step for step in steps if step <= size), steps[-1]) for size in fitting)


def smaller_sizes(size: float) -> tuple[float, ...]:
    """Return the sizes below a size in which long numbers may be set, in points, largest first."""
    return tuple(half / 2 for half in range(int(size * 2) - 1, int(SMALLEST * 2) - 1, -1))
