"""What a clerk lays on the page, free of any file format: lines of text, and tables of merged cells."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annual_report.form.grid import Grid

Kind = Literal["title", "heading", "subheading", "body", "note", "signature", "date", "caption", "picture"]


@dataclass(slots=True)
class Line:
    """A paragraph; `lead` characters at its start are a sub-heading, `bold` are the ranges that stand out."""

    text: str
    kind: Kind = "body"
    lead: int = 0
    bold: tuple[tuple[int, int], ...] = ()


@dataclass(slots=True)
class Box:
    """A cell; `path` is the report's value that is printed in it."""

    row: int
    column: int
    rows: int = 1
    columns: int = 1
    text: str = ""
    role: str = "value"
    path: str = ""

    def covers_row(self, row: int) -> bool:
        return self.row <= row < self.row + self.rows

    def covers_column(self, column: int) -> bool:
        return self.column <= column < self.column + self.columns


@dataclass(slots=True)
class Sheet:
    """A table of one of the form's sections."""

    section: str
    boxes: list[Box] = field(default_factory=list)
    nested: bool = False
    repeat_head: int = 0

    @property
    def width(self) -> int:
        return max(box.column + box.columns for box in self.boxes)

    @property
    def height(self) -> int:
        return max(box.row + box.rows for box in self.boxes)

    def values(self) -> Iterator[Box]:
        return (box for box in self.boxes if box.path)

    def labels(self) -> Iterator[Box]:
        return (box for box in self.boxes if box.role != "value")

    def at(self, row: int, column: int) -> Box | None:
        return next((box for box in self.boxes if box.covers_row(row) and box.covers_column(column)), None)

    def starting_in(self, row: int) -> list[Box]:
        return sorted((box for box in self.boxes if box.row == row), key=lambda box: box.column)

    def row_of(self, path: str) -> int:
        return next(box.row for box in self.boxes if box.path.startswith(path))

    def insert_row(self, at: int, *boxes: Box) -> None:
        for box in self.boxes:
            if box.row >= at:
                box.row += 1
            elif box.row + box.rows > at:
                box.rows += 1
        self.boxes += [replace(box, row=at) for box in boxes]

    def drop_row(self, at: int) -> None:
        self.boxes = [box for box in self.boxes if not (box.row == at and box.rows == 1)]
        for box in self.boxes:
            if box.covers_row(at):
                box.rows -= 1
            elif box.row > at:
                box.row -= 1

    def drop_column(self, at: int) -> None:
        self.boxes = [box for box in self.boxes if not (box.column == at and box.columns == 1)]
        for box in self.boxes:
            if box.covers_column(at):
                box.columns -= 1
            elif box.column > at:
                box.column -= 1

    def part(self, first: int, stop: int, *, carry: bool) -> Sheet:
        """Cut out some rows; a merged cell that began above keeps its words only with `carry`."""
        boxes = []
        for box in self.boxes:
            top, bottom = max(box.row, first), min(box.row + box.rows, stop)
            if top < bottom:
                began_above = box.row < first
                text = box.text if carry or not began_above else ""
                boxes.append(replace(box, row=top - first, rows=bottom - top, text=text))
        return replace(self, boxes=boxes)

    def unmerge(self, *, repeat: bool) -> None:
        """Undo all merging: the words in every one of the cells, or in the first alone."""
        boxes = []
        for box in self.boxes:
            for row in range(box.row, box.row + box.rows):
                for column in range(box.column, box.column + box.columns):
                    first = (row, column) == (box.row, box.column)
                    text = box.text if first or repeat else ""
                    boxes.append(Box(row, column, 1, 1, text, box.role, box.path if first else ""))
        self.boxes = boxes


Block: TypeAlias = Line | Sheet

ROLES = {"heading": "column", "stub": "row", "spine": "row", "data": "value", "total": "value"}
"""What a clerk calls the form's kinds of cells; labels are all that are no value."""


def sheet_of(section: str, grid: Grid) -> Sheet:
    """Lay out one of the form's tables as it is printed, its values still empty."""
    boxes = [
        Box(
            cell.row,
            cell.column,
            cell.rows,
            cell.columns,
            cell.text,
            ROLES.get(cell.role, cell.role),
            f"{section}.{cell.path}" if cell.path else "",
        )
        for cell in grid.cells
    ]
    return Sheet(section, boxes, repeat_head=grid.header_rows)
