"""Grids of merged cells: the geometry of the form's tables, and how their values are printed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import chain, groupby
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic import BaseModel

Role = Literal["band", "column", "row", "value"]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a grid, merged over as many rows and columns as it spans.

    Parameters
    ----------
    row, column
        Its upper left place, counted from 0.
    rows, columns
        How many rows and columns it spans.
    role
        A band across the table, the header of columns, the header of rows, or a value.
    text
        The form's printed words; empty for a value.
    path
        The keys of the value from the section on, joined by dots; empty for a header.
    """

    row: int
    column: int
    rows: int
    columns: int
    role: Role
    text: str = ""
    path: str = ""


@dataclass(frozen=True, slots=True)
class DataCell:
    """One value of a table: where it is held, what the form calls it, how it is printed.

    Parameters
    ----------
    path
        Its keys from the section on, joined by dots.
    labels
        The printed words that lead to it, from the outermost row label to the column's.
    signed
        Whether it is printed with its sign.
    unit
        The unit printed behind it, or nothing.
    is_count
        Whether it is a whole number, rather than a sum of money.
    """

    path: str
    labels: tuple[str, ...]
    signed: bool = False
    unit: str = ""
    is_count: bool = True

    @property
    def is_plain(self) -> bool:
        """Whether it is printed as its digits alone."""
        return self.is_count and not self.signed and not self.unit

    def print(self, value: Any) -> str:
        """Give the value as the form prints it."""
        if self.signed and value:
            return f"{value:+d}"
        return (str(value) if self.is_count else format(value, "f")) + self.unit


@dataclass(frozen=True, eq=False)
class Grid:
    """A table's cells and values.

    Parameters
    ----------
    cells
        The cells, row by row, each at its upper left place.
    values
        The values, in the order of their cells.
    height, width
        Numbers of rows and columns.
    header_rows
        How many rows at the top repeat on a new page.
    label_columns
        How many columns at the left hold the rows' labels.
    """

    cells: tuple[Cell, ...]
    values: tuple[DataCell, ...]
    height: int
    width: int
    header_rows: int
    label_columns: int

    @cached_property
    def _rows(self) -> tuple[tuple[attrgetter[Any], Callable[[Any], tuple[Any, ...]]], ...]:
        """Getters of the models that hold the values, and of the values in each: totals are reckoned once a row."""
        holders = groupby((value.path.rpartition(".") for value in self.values), key=itemgetter(0))
        return tuple((attrgetter(holder), _all_of([key for *_, key in keys])) for holder, keys in holders)

    @cached_property
    def _printers(self) -> tuple[Callable[[Any], str], ...]:
        return tuple(str if value.is_plain else value.print for value in self.values)

    def read(self, table: BaseModel) -> tuple[Any, ...]:
        """Take the values from a table's model, in the order of `values`."""
        return tuple(chain.from_iterable(values(holder(table)) for holder, values in self._rows))

    def print(self, table: BaseModel) -> tuple[str, ...]:
        """Take the values as the form prints them, in the order of `values`."""
        return tuple([printer(number) for printer, number in zip(self._printers, self.read(table), strict=True)])


def _all_of(keys: list[str]) -> Callable[[Any], tuple[Any, ...]]:
    """Give a getter of several attributes as a tuple, even where there is but one."""
    get = attrgetter(*keys)
    return get if len(keys) > 1 else lambda holder: (get(holder),)
