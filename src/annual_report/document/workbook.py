"""Where each part of a report is in the workbook that offices fill in; readers and writers of workbooks share it.

The workbook has the three tables as they are printed, each on a sheet of its own, and sheets for the rest. Every input
has a hidden defined name, so that it is found again where rows were inserted or sheets renamed.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property
from typing import TYPE_CHECKING

from annual_report.form.sections import SECTIONS, TABLES, TITLES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annual_report.form import Edition
    from annual_report.form.grid import Cell, DataCell

VERSION = 1
"""Counted up when inputs move so that older workbooks need to be read differently."""

NAME_PREFIX = f"_zfxxgk{VERSION}_"
"""What the defined names of a workbook of this version begin with."""

ANY_VERSION = "_zfxxgk"
"""What the defined names of a workbook of any version begin with."""

INSTRUCTIONS = "填写说明"
BASICS = "基本情况"
TEXT = "文字"
CHECKS = "核对"

GRID_ROW = 3
"""The row of a table's sheet that its grid begins in, counted from 0; the rows above say what is still open."""

FIELDS = ("agency", "agency_code", "year", "edition", "title", "issued_by", "issued_on")
"""What the sheet 基本情况 asks for, in its order; the preamble is below."""

PREAMBLE = "preamble"
"""The text on the sheet 基本情况, a paragraph a row."""

FIELD_ROW = 2
"""The row of the sheet 基本情况 that the first of its fields is in, counted from 0."""

CELL_LENGTH = 16_000
"""How many characters go into a cell, which holds 32,767 and counts some characters as two."""

MOST_EXACT = 1e15
"""The number from which on a cell shows fewer than all digits."""

CONTINUED = "+"
"""What begins the hidden structure of a row that goes on with the paragraph of the row above."""


def name_of(key: str) -> str:
    """Return the defined name of a part of the report, without the dots that `.xls` has no place for.

    Examples
    --------
    >>> name_of("disputes.reconsideration.upheld")
    '_zfxxgk1_disputes_reconsideration_upheld'
    """
    return NAME_PREFIX + key.replace(".", "_")


def texts_in_order() -> tuple[str, ...]:
    """Return the paths of all narratives in the order of the sheet 文字: sections, and texts beside tables."""
    return tuple(
        path
        for key in SECTIONS
        for path in ((f"texts.{key}.before", f"texts.{key}.notes") if key in TABLES else (key,))
    )


def as_number(amount: Decimal) -> float | None:
    """Return an amount as a workbook's cell holds numbers, or nothing where digits would be lost.

    Examples
    --------
    >>> as_number(Decimal("59237.2449")), as_number(Decimal("0.12345678901234567890"))
    (59237.2449, None)
    """
    number = float(amount)
    return number if number < MOST_EXACT and Decimal(f"{number:.15g}") == amount else None


def column_letters(column: int) -> str:
    """Return a column's letters, counted from 0.

    Examples
    --------
    >>> column_letters(0), column_letters(25), column_letters(26)
    ('A', 'Z', 'AA')
    """
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


@dataclass(frozen=True, slots=True)
class Address:
    """A cell of a sheet, counted from 0.

    Examples
    --------
    >>> Address("核对", 4, 1).local, Address("核对", 4, 1).absolute
    ('B5', "'核对'!$B$5")
    """

    sheet: str
    row: int
    column: int

    @property
    def local(self) -> str:
        """The address within its sheet."""
        return f"{column_letters(self.column)}{self.row + 1}"

    @property
    def absolute(self) -> str:
        """The address with its sheet, which nothing moves."""
        return f"'{self.sheet}'!${column_letters(self.column)}${self.row + 1}"


@dataclass(frozen=True)
class TableSheet:
    """The sheet of one of the form's tables.

    Parameters
    ----------
    key
        The key of its section.
    edition
        The edition.
    """

    key: str
    edition: Edition

    @property
    def name(self) -> str:
        """The sheet's name, which is the section's title."""
        return TITLES[self.key]

    @cached_property
    def places(self) -> dict[str, tuple[Cell, DataCell]]:
        """The cell of the grid and the value of each path from the report on."""
        grid = self.edition.grids[self.key]
        cells = [cell for cell in grid.cells if cell.is_value]
        return {f"{self.key}.{value.path}": (cell, value) for cell, value in zip(cells, grid.values, strict=True)}

    @cached_property
    def inputs(self) -> tuple[Address, ...]:
        """Where the cells are that an office fills in, in reading order."""
        return tuple(self.address(path) for path, (_, value) in self.places.items() if value.adds_up)

    def address(self, path: str) -> Address:
        """Return where a value is."""
        cell, _ = self.places[path]
        return Address(self.name, GRID_ROW + cell.row, cell.column)


@cache
def table_sheets(edition: Edition) -> dict[str, TableSheet]:
    """Return the sheets of the form's tables, by the keys of their sections."""
    return {key: TableSheet(key, edition) for key in TABLES}


def address_of(edition: Edition, path: str) -> Address:
    """Return where a value of the form's tables is."""
    return table_sheets(edition)[path.partition(".")[0]].address(path)


def ranges_of(addresses: Sequence[Address], *, absolute: bool = False) -> str:
    """Write cells of one sheet as the arguments of a formula, neighbours as ranges.

    Parameters
    ----------
    addresses
        The cells, in reading order.
    absolute
        Whether to name the sheet and fix the cells, for a formula that is on another sheet and may be copied.

    Examples
    --------
    >>> addresses = [Address("表", 4, column) for column in (3, 4, 5)] + [Address("表", 8, 3)]
    >>> ranges_of(addresses), ranges_of(addresses, absolute=True)
    ('D5:F5,D9', "'表'!$D$5:$F$5,'表'!$D$9")
    """
    runs: list[list[Address]] = []
    for address in addresses:
        if runs and _goes_on(runs[-1], address):
            runs[-1].append(address)
        else:
            runs.append([address])
    return ",".join(_range(run, absolute=absolute) for run in runs)


def _range(run: list[Address], *, absolute: bool) -> str:
    """Write neighbours as one range."""
    first, last = (address.absolute if absolute else address.local for address in (run[0], run[-1]))
    return f"{first}:{last.rpartition('!')[2]}" if len(run) > 1 else first


def _goes_on(run: list[Address], address: Address) -> bool:
    """Return whether a cell is the next one in the direction of a run."""
    first, last = run[0], run[-1]
    along_row = first.row == last.row == address.row and address.column == last.column + 1
    along_column = first.column == last.column == address.column and address.row == last.row + 1
    return along_row or along_column
