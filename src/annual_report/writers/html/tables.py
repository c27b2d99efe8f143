"""Writes the mandated tables as HTML: templates are compiled once per grid, then filled in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from annual_report.document.line_breaks import boundaries
from annual_report.writers.html.text import broken, escape, marked

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from annual_report.document.blocks import Table
    from annual_report.document.highlights import Mark
    from annual_report.form.grid import Cell, DataCell, Grid

PREFIX = "\x01"
"""A placeholder before every identifier, replaced by nothing in a page and by a unique prefix in a fragment."""

_SLOT = "\x00"
_ZERO = '<span class="ar-zero">0</span>'
_UNBROKEN = 3


@dataclass(frozen=True, slots=True)
class Pointed:
    """Where a document's marks are, as indexes of the marks by path.

    Parameters
    ----------
    first
        The marks that are on a path.
    others
        The marks that rest on a path; they may be on another.
    """

    first: Mapping[str, Sequence[int]]
    others: Mapping[str, Sequence[int]]

    @property
    def paths(self) -> AbstractSet[str]:
        """Every path with a mark."""
        return self.first.keys() | self.others.keys()

    @classmethod
    def of(cls, marks: Sequence[Mark]) -> Pointed:
        """Sort the marks by path."""
        first: dict[str, list[int]] = {}
        others: dict[str, list[int]] = {}
        for index, mark in enumerate(marks):
            first.setdefault(mark.path, []).append(index)
            for path in mark.cells:
                others.setdefault(path, []).append(index)
        return cls(first, others)


@dataclass(frozen=True, slots=True)
class Skeleton:
    """A table without its values.

    Parameters
    ----------
    pieces
        The HTML around the caption and the values: two pieces more than there are values.
    places
        The index of each value, by full path.
    """

    pieces: tuple[str, ...]
    places: dict[str, int]

    def fill(self, table: Table, pointed: Pointed, marks: Sequence[Mark]) -> str:
        """Fill in a table's values and its caption.

        Parameters
        ----------
        table
            The table.
        pointed
            Where the document's marks are.
        marks
            The document's marks.
        """
        values = [_ZERO if value == "0" else escape(value) for value in table.values]
        for path in pointed.paths & self.places.keys():
            place = self.places[path]
            values[place] = marked(values[place], pointed.first.get(path, ()), marks, pointed.others.get(path, ()))
        first, *pieces = self.pieces
        return first + "".join(map("".join, zip((escape(table.description), *values), pieces, strict=True)))


@cache
def skeleton(grid: Grid, key: str) -> Skeleton:
    """Compile a table.

    Parameters
    ----------
    grid
        The table's grid; each edition has one per section.
    key
        The key of its section.

    Returns
    -------
    Skeleton
        The table without its values.
    """
    return _Compiler(grid, key).skeleton()


class _Compiler:
    """Writes the rows of one table."""

    def __init__(self, grid: Grid, key: str) -> None:
        self.grid = grid
        self.key = key
        self.values = {value.path: value for value in grid.values}
        self.headers = {
            (cell.row, cell.column): self._headers(cell, self.values[cell.path]) for cell in grid.cells if cell.is_value
        }
        self.named = {header for headers in self.headers.values() for header in headers}

    def skeleton(self) -> Skeleton:
        caption = f"{PREFIX}{self.key}-caption"
        content = f'<caption id="{caption}">{_SLOT}</caption>{self._rows()}'
        table = f'<table class="ar-table ar-{self.grid.layout}">{content}</table>'
        body = f'<div class="ar-scroll" role="region" tabindex="0" aria-labelledby="{caption}">{table}</div>'
        places = {f"{self.key}.{value.path}": index for index, value in enumerate(self.grid.values)}
        return Skeleton(tuple(body.split(_SLOT)), places)

    def _rows(self) -> str:
        """Write the head, which ends before the first row with a row label or value, and one body per group."""
        first = min(cell.row for cell in self.grid.cells if cell.is_value or cell.role in {"spine", "stub"})
        parts = ["<thead>"]
        for number in range(self.grid.height):
            if number == first:
                parts.append("</thead><tbody>")
            elif number > first and self._begins_a_group(number):
                parts.append("</tbody><tbody>")
            cells = (cell for cell in self.grid.cells if cell.row == number)
            parts.append(f"<tr>{''.join(map(self._cell, cells))}</tr>")
        return "".join(parts) + "</tbody>"

    def _begins_a_group(self, number: int) -> bool:
        """Return whether a row begins a group: at a band, at a spine, or after one."""
        return any(
            (cell.role == "band" and cell.row == number)
            or (cell.role == "spine" and number in (cell.row, cell.row + cell.rows))
            for cell in self.grid.cells
        )

    def _cell(self, cell: Cell) -> str:
        span = (f' rowspan="{cell.rows}"' if cell.rows > 1 else "") + (
            f' colspan="{cell.columns}"' if cell.columns > 1 else ""
        )
        if cell.is_value:
            headers = " ".join(map(self._identifier, self.headers[cell.row, cell.column]))
            return f'<td id="{PREFIX}{self.key}.{cell.path}" headers="{headers}"{span}>{_SLOT}</td>'
        identifier = f' id="{self._identifier(cell)}"' if cell in self.named else ""
        words = broken(cell.text, boundaries(cell.text) if len(cell.text) > _UNBROKEN else ())
        return f'<th{identifier}{self._class(cell)} scope="{self._scope(cell)}"{span}>{words}</th>'

    def _class(self, cell: Cell) -> str:
        if cell.role == "band":
            return ' class="ar-band"'
        if cell.role == "spine":
            return f' class="ar-spine ar-at-{cell.column}"'
        is_label = cell.role == "stub" or cell.column < self.grid.label_columns
        return f' class="ar-label ar-at-{cell.column}"' if is_label else ""

    def _scope(self, cell: Cell) -> str:
        if cell.role == "band":
            return "rowgroup" if cell.row else "col"
        if cell.role == "spine":
            return "rowgroup"
        return "row" if cell.role == "stub" else "col"

    def _identifier(self, cell: Cell) -> str:
        return f"{PREFIX}{self.key}-{cell.row}-{cell.column}"

    def _headers(self, cell: Cell, value: DataCell) -> tuple[Cell, ...]:
        """Find the headers of a value: row labels from the outermost in, then column labels from the top."""
        beside = [other for other in self.grid.cells if other.role in {"spine", "stub"} and _meet(other, cell, "row")]
        above = [
            other
            for other in self.grid.cells
            if other.role == "heading" and other.row < cell.row and _meet(other, cell, "column")
        ]
        found: list[Cell] = []
        for label in reversed(value.labels):
            candidates = [other for other in (*above, *beside) if other.text == label and other not in found]
            nearest = max(candidates, key=lambda other: (other.row, other.column))
            found.append(nearest)
        return tuple(reversed(found))


def _meet(header: Cell, cell: Cell, axis: str) -> bool:
    """Return whether a header spans the row, or the column, that a cell begins in."""
    if axis == "row":
        return header.row <= cell.row < header.row + header.rows
    return header.column <= cell.column < header.column + header.columns
