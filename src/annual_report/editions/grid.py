"""Grids of merged cells, derived by walking the model classes that define a table."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property
from itertools import chain, groupby
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from pydantic import BaseModel

from annual_report.editions.labels import HEADER
from annual_report.model.base import TOTAL_KEY, Clause, Group, Signed, Spine, Sum, Unit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pydantic.fields import FieldInfo

T = TypeVar("T")

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
class Value:
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
    values: tuple[Value, ...]
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


@dataclass(frozen=True, slots=True)
class Node:
    """A field of a table's class, with the fields of its own class below it.

    Parameters
    ----------
    path
        The keys from the section on, joined by dots.
    title
        The form's printed words.
    marks
        What the field's annotation says beside its type.
    model
        The field's own class, where it is a model.
    children
        The fields of that class, in the form's order.
    is_count
        Whether the field is a whole number, where it is a value.
    """

    path: str
    title: str
    marks: tuple[Any, ...]
    model: type[BaseModel] | None
    children: tuple[Node, ...]
    is_count: bool

    def mark(self, kind: type[T]) -> T | None:
        """Give the field's mark of a kind, or none."""
        return next((mark for mark in self.marks if isinstance(mark, kind)), None)

    @property
    def is_row(self) -> bool:
        """Whether the field holds counts with their total."""
        return self.model is not None and issubclass(self.model, Sum)

    def value(self, labels: tuple[str, ...]) -> Value:
        """Describe the field as a value that labels lead to."""
        unit = self.mark(Unit)
        return Value(self.path, labels, self.mark(Signed) is not None, unit.label if unit else "", self.is_count)


@cache
def walk(model: type[BaseModel], prefix: str = "") -> tuple[Node, ...]:
    """Go through a class's fields in the form's order: as declared, a total last.

    Parameters
    ----------
    model
        The class.
    prefix
        The path of the class itself, with a dot behind it.

    Returns
    -------
    tuple[Node, ...]
        Its fields, each with those below it.
    """
    fields = sorted(model.model_fields.items(), key=lambda item: item[1].alias == TOTAL_KEY)
    return tuple(_node(prefix + (field.alias or name), field) for name, field in fields)


def _node(path: str, field: FieldInfo) -> Node:
    model = model_of(field.annotation)
    children = () if model is None else walk(model, f"{path}.")
    return Node(path, field.title or "", tuple(field.metadata), model, children, field.annotation is not Decimal)


def model_of(annotation: Any) -> type[BaseModel] | None:
    """Give the model class that an annotation names, alone or beside `None`."""
    candidates = (annotation, *getattr(annotation, "__args__", ()))
    return next((item for item in candidates if isinstance(item, type) and issubclass(item, BaseModel)), None)


class _Layout:
    """Cells and values, collected while a table is laid out."""

    def __init__(self) -> None:
        self.cells: list[Cell] = []
        self.values: dict[tuple[int, int], Value] = {}

    def header(self, role: Role, text: str, place: tuple[int, int], span: tuple[int, int] = (1, 1)) -> None:
        self.cells.append(Cell(*place, *span, role, text))

    def value(self, value: Value, place: tuple[int, int], span: tuple[int, int] = (1, 1)) -> None:
        self.cells.append(Cell(*place, *span, "value", path=value.path))
        self.values[place] = value

    def grid(self, height: int, width: int, header_rows: int, label_columns: int) -> Grid:
        cells = tuple(sorted(self.cells, key=lambda cell: (cell.row, cell.column)))
        values = tuple(value for _, value in sorted(self.values.items()))
        return Grid(cells, values, height, width, header_rows, label_columns)


def banded(model: type[BaseModel]) -> Grid:
    """Lay a table out in bands: one per clause, then a header row, then the rows of its kind.

    Parameters
    ----------
    model
        The table's class; its fields are rows marked with their `Clause`, whose own fields are the columns.

    Returns
    -------
    Grid
        The table's grid; the last column of a short row spans the columns that are left.
    """
    rows = walk(model)
    width = 1 + max(len(row.children) for row in rows)
    layout = _Layout()
    height = 0
    for clause, members in groupby(rows, key=lambda row: row.mark(Clause)):
        layout.header("band", clause.label if clause else "", (height, 0), (1, width))
        height += 1
        for _, alike in groupby(members, key=lambda row: row.model):
            height = _band_rows(layout, tuple(alike), height, width)
    return layout.grid(height, width, header_rows=0, label_columns=1)


def _band_rows(layout: _Layout, rows: Sequence[Node], top: int, width: int) -> int:
    """Lay out a header row and the rows below it; give the row behind them."""
    last = len(rows[0].children)
    spans = [(1, width - last if column == last else 1) for column in range(1, last + 1)]
    layout.header("column", HEADER, (top, 0))
    for column, (node, span) in enumerate(zip(rows[0].children, spans, strict=True), 1):
        layout.header("column", node.title, (top, column), span)
    for below, row in enumerate(rows, top + 1):
        layout.header("row", row.title, (below, 0))
        for column, (node, span) in enumerate(zip(row.children, spans, strict=True), 1):
            layout.value(node.value((row.title, node.title)), (below, column), span)
    return top + 1 + len(rows)


def crossed(model: type[BaseModel]) -> Grid:
    """Lay a table out in rows by columns, with a corner and the columns' common heading.

    Parameters
    ----------
    model
        The table's class; its leaves are rows of counts with their total, whose fields are the columns. It names
        its `corner`, and the class of its rows the `heading` over all columns.

    Returns
    -------
    Grid
        The table's grid.
    """
    nodes = walk(model)
    depth = max(map(_depth, nodes))
    first = next(_rows(nodes))
    layout = _Layout()
    layout.header("column", getattr(model, "corner", ""), (0, 0), (3, depth))
    layout.header("column", getattr(first.model, "heading", ""), (0, depth), (1, len(first.children)))
    column = depth
    for group, members in groupby(first.children, key=lambda node: node.mark(Group)):
        alike = tuple(members)
        if group is not None:
            layout.header("column", group.label, (1, column), (1, len(alike)))
        for node in alike:
            layout.header("column", node.title, (1 if group is None else 2, column), (2 if group is None else 1, 1))
            column += 1
    height = _cross_rows(layout, nodes, (3, 0), depth, ())
    return layout.grid(height, column, header_rows=3, label_columns=depth)


def _cross_rows(
    layout: _Layout, nodes: Sequence[Node], place: tuple[int, int], depth: int, above: tuple[str, ...]
) -> int:
    """Lay out rows with their labels from a place on; give the row behind them."""
    top, column = place
    for node in nodes:
        labels = (*above, node.title)
        if node.is_row:
            layout.header("row", node.title, (top, column), (1, depth - column))
            for offset, child in enumerate(node.children):
                layout.value(child.value((*labels, child.title)), (top, depth + offset))
            top += 1
        else:
            bottom = _cross_rows(layout, node.children, (top, column + 1), depth, () if node.mark(Spine) else labels)
            layout.header("row", node.title, (top, column), (bottom - top, 1))
            top = bottom
    return top


def _rows(nodes: Sequence[Node]) -> Iterator[Node]:
    for node in nodes:
        if node.is_row:
            yield node
        else:
            yield from _rows(node.children)


def _depth(node: Node) -> int:
    """Count the levels of labels down to the rows."""
    return 1 if node.is_row else 1 + max(map(_depth, node.children))


def spread(model: type[BaseModel]) -> Grid:
    """Lay a table out in columns only: header rows as deep as the class, and one row of values.

    Parameters
    ----------
    model
        The table's class.

    Returns
    -------
    Grid
        The table's grid.
    """
    nodes = walk(model)
    depth = max(map(_levels, nodes))
    layout = _Layout()
    width = _spread_columns(layout, nodes, (0, 0), depth, ())
    return layout.grid(depth + 1, width, header_rows=depth, label_columns=0)


def _spread_columns(
    layout: _Layout, nodes: Sequence[Node], place: tuple[int, int], depth: int, above: tuple[str, ...]
) -> int:
    """Lay out columns with their headers from a place on; give the column behind them."""
    row, column = place
    for node in nodes:
        labels = (*above, node.title)
        if node.children:
            end = _spread_columns(layout, node.children, (row + 1, column), depth, labels)
            layout.header("column", node.title, (row, column), (1, end - column))
            column = end
        else:
            layout.header("column", node.title, (row, column), (depth - row, 1))
            layout.value(node.value(labels), (depth, column))
            column += 1
    return column


def _levels(node: Node) -> int:
    return 1 + max(map(_levels, node.children), default=0)
