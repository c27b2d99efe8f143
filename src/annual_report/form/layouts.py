"""The layouts of the form's tables: in bands, in rows by columns, and in columns only.

Each table's class names its layout, with the fixed texts that the layout prints besides the fields' labels.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, ClassVar

from annual_report.form.fields import rows, walk
from annual_report.form.grid import Cell, DataCell, Grid
from annual_report.form.marks import Item, Spanner, Spine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pydantic import BaseModel

    from annual_report.form.fields import Node
    from annual_report.form.grid import LayoutName, Role


class Banded:
    """A band across the table for each item of article 20, and under it a heading row and the item's rows.

    The table's fields are rows marked with their `Item`; a row's fields are its columns. The last column of a short
    row spans the remaining columns.

    Parameters
    ----------
    stub_heading
        The heading above the row labels.
    """

    name: ClassVar[LayoutName] = "banded"

    def __init__(self, stub_heading: str) -> None:
        self.stub_heading = stub_heading

    def grid(self, model: type[BaseModel]) -> Grid:
        """Lay a table out."""
        nodes = walk(model)
        width = 1 + max(len(row.children) for row in nodes)
        drawing = _Drawing()
        height = 0
        for item, members in groupby(nodes, key=lambda row: row.mark(Item)):
            drawing.label("band", item.label if item else "", (height, 0), (1, width))
            height += 1
            for _, alike in groupby(members, key=lambda row: row.model):
                height = self._rows(drawing, tuple(alike), height, width)
        return drawing.grid(self.name, height, width, header_rows=0, label_columns=1)

    def _rows(self, drawing: _Drawing, alike: Sequence[Node], top: int, width: int) -> int:
        """Lay out a heading row and the rows below it; return the number of the next row."""
        last = len(alike[0].children)
        spans = [(1, width - last if column == last else 1) for column in range(1, last + 1)]
        drawing.label("heading", self.stub_heading, (top, 0))
        for column, (node, span) in enumerate(zip(alike[0].children, spans, strict=True), 1):
            drawing.label("heading", node.title, (top, column), span)
        for below, row in enumerate(alike, top + 1):
            drawing.label("stub", row.title, (below, 0))
            for column, (node, span) in enumerate(zip(row.children, spans, strict=True), 1):
                drawing.value(node, (below, column), span)
        return top + 1 + len(alike)


class Crossed:
    """Rows by columns: each row holds counts and their total, one per column.

    Parameters
    ----------
    stub_heading
        The heading above the row labels.
    heading
        The heading above all columns of values.
    """

    name: ClassVar[LayoutName] = "crossed"

    def __init__(self, stub_heading: str, heading: str) -> None:
        self.stub_heading = stub_heading
        self.heading = heading

    def grid(self, model: type[BaseModel]) -> Grid:
        """Lay a table out."""
        nodes = walk(model)
        depth = max(map(_stub_depth, nodes))
        columns = next(rows(model)).children
        drawing = _Drawing()
        drawing.label("heading", self.stub_heading, (0, 0), (3, depth))
        drawing.label("heading", self.heading, (0, depth), (1, len(columns)))
        column = depth
        for spanner, members in groupby(columns, key=lambda node: node.mark(Spanner)):
            alike = tuple(members)
            if spanner is not None:
                drawing.label("heading", spanner.label, (1, column), (1, len(alike)))
            for node in alike:
                drawing.label(
                    "heading",
                    node.title,
                    (1, column) if spanner is None else (2, column),
                    (2, 1) if spanner is None else (1, 1),
                )
                column += 1
        height = _crossed_rows(drawing, nodes, (3, 0), depth)
        return drawing.grid(self.name, height, column, header_rows=3, label_columns=depth)


class Spread:
    """Columns only: one heading row per level of the class, and one row of values."""

    name: ClassVar[LayoutName] = "spread"

    def grid(self, model: type[BaseModel]) -> Grid:
        """Lay a table out."""
        nodes = walk(model)
        depth = max(map(_levels, nodes))
        drawing = _Drawing()
        width = _spread_columns(drawing, nodes, (0, 0), depth)
        return drawing.grid(self.name, depth + 1, width, header_rows=depth, label_columns=0)


class _Drawing:
    """Collects cells and values while a table is laid out."""

    def __init__(self) -> None:
        self.cells: list[Cell] = []
        self.values: dict[tuple[int, int], DataCell] = {}

    def label(self, role: Role, text: str, position: tuple[int, int], span: tuple[int, int] = (1, 1)) -> None:
        self.cells.append(Cell(*position, *span, role, text))

    def value(self, node: Node, position: tuple[int, int], span: tuple[int, int] = (1, 1)) -> None:
        self.cells.append(Cell(*position, *span, "total" if node.is_total else "data", path=node.path))
        self.values[position] = DataCell.of(node)

    def grid(self, layout: LayoutName, height: int, width: int, header_rows: int, label_columns: int) -> Grid:
        cells = tuple(sorted(self.cells, key=lambda cell: (cell.row, cell.column)))
        values = tuple(value for _, value in sorted(self.values.items()))
        return Grid(layout, cells, values, height, width, header_rows, label_columns)


def _crossed_rows(drawing: _Drawing, nodes: Sequence[Node], position: tuple[int, int], depth: int) -> int:
    """Lay out rows and their labels from a position on; return the number of the next row."""
    top, column = position
    for node in nodes:
        if node.is_row:
            drawing.label("stub", node.title, (top, column), (1, depth - column))
            for offset, child in enumerate(node.children):
                drawing.value(child, (top, depth + offset))
            top += 1
        else:
            bottom = _crossed_rows(drawing, node.children, (top, column + 1), depth)
            role: Role = "spine" if node.mark(Spine) else "stub"
            drawing.label(role, node.title, (top, column), (bottom - top, 1))
            top = bottom
    return top


def _stub_depth(node: Node) -> int:
    """Count the levels of row labels at and below a field."""
    return 1 if node.is_row else 1 + max(map(_stub_depth, node.children))


def _spread_columns(drawing: _Drawing, nodes: Sequence[Node], position: tuple[int, int], depth: int) -> int:
    """Lay out columns and their headings from a position on; return the number of the next column."""
    row, column = position
    for node in nodes:
        if node.children:
            end = _spread_columns(drawing, node.children, (row + 1, column), depth)
            drawing.label("heading", node.title, (row, column), (1, end - column))
            column = end
        else:
            drawing.label("heading", node.title, (row, column), (depth - row, 1))
            drawing.value(node, (depth, column))
            column += 1
    return column


def _levels(node: Node) -> int:
    return 1 + max(map(_levels, node.children), default=0)
