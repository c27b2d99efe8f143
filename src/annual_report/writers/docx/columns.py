"""Measures tables: the widths of their columns, and the type sizes of their numbers."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from annual_report.writers.docx.units import ems, mm_to_twips, twips
from annual_report.writers.typefaces import typeface

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annual_report.document.blocks import Table
    from annual_report.form.grid import Cell, Grid
    from annual_report.style import Font, Style

SLACK = 0.75
"""Extra width for a text, to allow for rules and rounding; in points."""

COUNT_DIGITS = 8
MOST_DIGITS = 15
SMALLEST = 4.0
_HEADING_EMS = 2
_TIGHT = 0.25
"""The padding of tables whose numbers would otherwise be set smaller, in points."""
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


def columns(grid: Grid, style: Style, digits: tuple[int, ...] = ()) -> Columns:
    """Divide the width of the type area among a grid's columns.

    Parameters
    ----------
    grid
        The table's grid.
    style
        The style.
    digits
        For each column of a spread table, the length of its longest number; by default, its columns are even.

    Returns
    -------
    Columns
        In banded tables, labels take the style's share. In crossed tables, each number gets the width of eight digits
        if the labels leave enough room. Spread tables have even columns, but for those that need more. Where numbers
        do not fit, they are set smaller.
    """
    tables = style.tables
    if grid.layout == "banded":
        return Columns(_banded(grid, style), style.fonts.item_table, tables.item_padding, 0.0, banded=True)
    if grid.layout == "spread":
        widths, padding = _spread(grid, style, digits or (0,) * grid.width)
        return Columns(widths, style.fonts.table, padding, 0.0, banded=False)
    return Columns(_crossed(grid, style), style.fonts.table, tables.padding, tables.label_inset, banded=False)


def _banded(grid: Grid, style: Style) -> tuple[int, ...]:
    total = text_width(style)
    label = round(total * style.tables.label_share)
    return (label, *_even(total - label, grid.width - 1))


def _crossed(grid: Grid, style: Style) -> tuple[int, ...]:
    total, size = text_width(style), style.fonts.table.size
    values = grid.width - grid.label_columns

    def width(content: float) -> int:
        return twips(content + 2 * style.tables.padding + SLACK)

    spines = [width(size * _SPINE_EMS)] * (grid.label_columns - 2)
    labels = [*spines, width(size * _GROUP_EMS), width(size * _LABEL_EMS)][-grid.label_columns :]
    value = min(width(COUNT_DIGITS * digit_width(style, size)), (total - sum(labels)) // values)
    labels[-1] += total - value * values - sum(labels)
    return (*labels, *[value] * values)


def _spread(grid: Grid, style: Style, digits: tuple[int, ...]) -> tuple[tuple[int, ...], float]:
    """Return the widths and the padding with which a spread table's longest numbers are largest."""
    total, font, tables = text_width(style), style.fonts.table, style.tables
    inset = tables.label_inset + font.size / 4  # programs add up to a quarter of the size between digits and Chinese
    years = max((ems(cell.text) * font.size + inset for cell in grid.cells if cell.role == "stub"), default=0.0)
    for size in (font.size, *smaller_sizes(font.size)):
        for padding in (tables.padding, min(tables.padding, _TIGHT)):
            around = 2 * padding + SLACK
            texts = [count * digit_width(style, size) for count in digits]
            texts[0] = max(texts[0], years)
            widths = _shared(total, [ceil((text + around) * 20) for text in texts])
            least = min(twips(_HEADING_EMS * font.size + around), total // grid.width)
            if sum(widths) == total and min(widths) >= least:
                return widths, padding
    return _even(total, grid.width), tables.padding


def _shared(total: int, needs: Sequence[int]) -> tuple[int, ...]:
    """Divide a width evenly among columns, but for those that need more; the sum is larger if they do not fit.

    Wider columns come first, as LibreOffice's conversion to `.doc` needs to give every row the same columns.
    """
    widths = [0] * len(needs)
    for place, column in enumerate(sorted(range(len(needs)), key=lambda column: -needs[column])):
        widths[column] = max(needs[column], ceil((total - sum(widths)) / (len(needs) - place)))
    return tuple(widths)


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


def value_sizes(grid: Grid, columns: Columns, style: Style, digits: tuple[int, ...] = ()) -> tuple[float, ...]:
    """Find the type sizes at which numbers of 1, 2, 3 … digits fit on one line, in points.

    The columns of a banded table fit any number at the table's own size. Columns made for numbers of certain lengths
    have one size.
    """
    if columns.banded:
        return (columns.font.size,)
    rooms = {cell.column: columns.room(cell) for cell in grid.cells if cell.is_value}
    if digits:
        fitting = [min(room / digit_width(style, max(1, digits[column])) for column, room in rooms.items())]
    else:
        fitting = [min(rooms.values()) / digit_width(style, count) for count in range(1, MOST_DIGITS + 1)]
    steps = [columns.font.size, *smaller_sizes(columns.font.size)]
    return tuple(next((step for step in steps if step <= size), steps[-1]) for size in fitting)


def longest_numbers(table: Table) -> tuple[int, ...]:
    """Return the length of each column's longest number, 0 for a column of labels."""
    longest = [0] * table.grid.width
    cells = (cell for cell in table.grid.cells if cell.is_value)
    for cell, value in zip(cells, table.values, strict=True):
        longest[cell.column] = max(longest[cell.column], len(value))
    return tuple(longest)


def smaller_sizes(size: float) -> tuple[float, ...]:
    """Return the sizes below a size in which long numbers may be set, in points, largest first."""
    return tuple(half / 2 for half in range(int(size * 2) - 1, int(SMALLEST * 2) - 1, -1))
