"""The layouts of the form's tables: in bands, in rows by columns, and in columns only."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from annual_report.form.fields import walk
from annual_report.form.grid import Cell, DataCell, Grid
from annual_report.form.marks import Item, Spanner, Spine
from annual_report.form.sections import HEADER

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pydantic import BaseModel

    from annual_report.form.fields import Node
    from annual_report.form.grid import Role


class _Layout:
    """Cells and values, collected while a table is laid out."""

    def __init__(self) -> None:
        self.cells: list[Cell] = []
        self.values: dict[tuple[int, int], DataCell] = {}

    def header(self, role: Role, text: str, place: tuple[int, int], span: tuple[int, int] = (1, 1)) -> None:
        self.cells.append(Cell(*place, *span, role, text))

    def value(self, value: DataCell, place: tuple[int, int], span: tuple[int, int] = (1, 1)) -> None:
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
        The table's class; its fields are rows marked with their `Item`, whose own fields are the columns.

    Returns
    -------
    Grid
        The table's grid; the last column of a short row spans the columns that are left.
    """
    rows = walk(model)
    width = 1 + max(len(row.children) for row in rows)
    layout = _Layout()
    height = 0
    for clause, members in groupby(rows, key=lambda row: row.mark(Item)):
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
    for group, members in groupby(first.children, key=lambda node: node.mark(Spanner)):
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
