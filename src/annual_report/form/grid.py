"""Grids of merged cells: the geometry of the form's tables and the formatting of their values."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import chain, groupby
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, Any, ClassVar, Literal, NamedTuple, Protocol

from annual_report.form.marks import Signed, Unit
from annual_report.form.values import MAX_AMOUNT_DIGITS

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic import BaseModel

    from annual_report.form.fields import Node

Role = Literal["band", "heading", "spine", "stub", "data", "total"]
"""What a cell is: a band across the table, a column heading, a label beside a group of rows (see `Spine`), a row label,
a value, or a total."""

LayoutName = Literal["banded", "crossed", "spread"]

_WHOLE = re.compile("0|[1-9][0-9]*")
_SIGNED = re.compile(r"0|[+-][1-9][0-9]*")
_AMOUNT = re.compile(r"(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")


class Cell(NamedTuple):
    """One cell of a grid, possibly merged over several rows and columns.

    Parameters
    ----------
    row, column
        The position of its upper left corner, counted from 0.
    rows, columns
        How many rows and columns it spans.
    role
        What it is.
    text
        The printed label; empty for a value.
    path
        The value's keys from the section down, joined by dots; empty for a label.
    """

    row: int
    column: int
    rows: int
    columns: int
    role: Role
    text: str = ""
    path: str = ""

    @property
    def is_value(self) -> bool:
        """Whether it holds a value rather than a label."""
        return bool(self.path)


class DataCell(NamedTuple):
    """One value of a table: its path, its labels, and how it is printed.

    Parameters
    ----------
    path
        Its keys from the section down, joined by dots.
    labels
        The printed labels, from the outermost row label to the column's; unique within the table.
    signed
        Whether it is printed with its sign.
    unit
        The unit printed after it; may be empty.
    is_count
        Whether it is a whole number rather than an amount of money.
    adds_up
        Whether it can be summed over bodies; a total cannot, as it is derived from the summed parts.
    """

    path: str
    labels: tuple[str, ...]
    signed: bool = False
    unit: str = ""
    is_count: bool = True
    adds_up: bool = True

    @classmethod
    def of(cls, node: Node) -> DataCell:
        """Make the cell of a field that holds a value."""
        unit = node.mark(Unit)
        return cls(
            path=node.path,
            labels=node.labels,
            signed=node.mark(Signed) is not None,
            unit=unit.label if unit else "",
            is_count=node.is_count,
            adds_up=not node.is_total,
        )

    @property
    def is_plain(self) -> bool:
        """Whether it is printed as digits only."""
        return self.is_count and not self.signed and not self.unit

    def print(self, value: Any) -> str:
        """Format a value as the form prints it."""
        if self.signed and value:
            return f"{value:+d}"
        return (str(value) if self.is_count else format(value, "f")) + self.unit

    def parse(self, text: str) -> int | Decimal:
        """Parse a value in exactly the format of `print`.

        Parameters
        ----------
        text
            The printed text.

        Returns
        -------
        int | decimal.Decimal
            The value.

        Raises
        ------
        ValueError
            The text is in another format.

        Examples
        --------
        >>> DataCell("amount", ("采购总金额",), unit="元", is_count=False).parse("59237.2449元")
        Decimal('59237.2449')
        """
        digits = text.removesuffix(self.unit)
        pattern = _AMOUNT if not self.is_count else _SIGNED if self.signed else _WHOLE
        if (digits == text) == bool(self.unit) or not pattern.fullmatch(digits) or len(digits) > MAX_AMOUNT_DIGITS:
            msg = f"{text!r} is not printed as a value of {self.path}"
            raise ValueError(msg)
        return int(digits) if self.is_count else Decimal(digits)


@dataclass(frozen=True, eq=False)
class Grid:
    """A table's cells and values.

    Parameters
    ----------
    layout
        How its fields are arranged in rows and columns.
    cells
        The cells in row order, each at its upper left corner.
    values
        The values, in the order of their cells.
    height, width
        The numbers of rows and columns.
    header_rows
        How many rows at the top are repeated on each page.
    label_columns
        How many columns at the left hold row labels.
    """

    layout: LayoutName
    cells: tuple[Cell, ...]
    values: tuple[DataCell, ...]
    height: int
    width: int
    header_rows: int
    label_columns: int

    @cached_property
    def _rows(self) -> tuple[tuple[attrgetter[Any], Callable[[Any], tuple[Any, ...]]], ...]:
        """Pairs of getters, for each row's model and for its values, so that a row's total is computed once."""
        holders = groupby((value.path.rpartition(".") for value in self.values), key=itemgetter(0))
        return tuple((attrgetter(holder), _all_of([key for *_, key in keys])) for holder, keys in holders)

    @cached_property
    def _printers(self) -> dict[int, Callable[[Any], str]]:
        """How values are printed that are not plain digits, by their place in `values`."""
        return {place: value.print for place, value in enumerate(self.values) if not value.is_plain}

    def read(self, table: BaseModel) -> tuple[Any, ...]:
        """Read the values of a table's model, in the order of `values`."""
        return tuple(chain.from_iterable(values(holder(table)) for holder, values in self._rows))

    def print(self, table: BaseModel) -> tuple[str, ...]:
        """Format the values of a table's model, in the order of `values`."""
        numbers = self.read(table)
        printed = [*map(str, numbers)]
        for place, printer in self._printers.items():
            printed[place] = printer(numbers[place])
        return tuple(printed)


class Layout(Protocol):
    """Arranges a table's fields in rows, columns and merged cells."""

    name: ClassVar[LayoutName]

    def grid(self, model: type[BaseModel]) -> Grid:
        """Lay a table out."""
        ...


def _all_of(keys: list[str]) -> Callable[[Any], tuple[Any, ...]]:
    """Return a getter of attributes as a tuple, even for a single attribute."""
    get = attrgetter(*keys)
    return get if len(keys) > 1 else lambda holder: (get(holder),)
