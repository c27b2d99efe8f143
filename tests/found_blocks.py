"""A report as a reader finds it in a file, either clean or with the habits of real offices."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from annual_report.document import blocks as composed
from annual_report.document.compose import compose
from annual_report.readers.blocks import Cell, Content, Location, Paragraph, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from annual_report import AnnualReport


@dataclass
class Box:
    """A cell of a table before publication."""

    row: int
    column: int
    rows: int
    columns: int
    text: str
    path: str = ""


@dataclass
class Sheet:
    """A table before publication."""

    section: str
    boxes: list[Box]
    head_rows: int = 0
    notes: list[str] = field(default_factory=list)

    @property
    def height(self) -> int:
        return max(box.row + box.rows for box in self.boxes)

    @property
    def width(self) -> int:
        return max(box.column + box.columns for box in self.boxes)

    def row(self, number: int) -> list[Box]:
        return [box for box in self.boxes if box.row == number]

    def at(self, path: str) -> Box:
        return next(box for box in self.boxes if box.path == path)

    def label(self, text: str) -> Box:
        return next(box for box in self.boxes if not box.path and box.text == text)


def sheets(report: AnnualReport) -> dict[str, Sheet]:
    """Return a report's tables, which tests may change."""
    found = {}
    for block in compose(report).blocks:
        if isinstance(block, composed.Table):
            found[block.key] = sheet(block.key, block.grid, block.values)
    return found


def sheet(section, grid, values) -> Sheet:
    printed = dict(zip([value.path for value in grid.values], values, strict=True))
    boxes = [
        Box(cell.row, cell.column, cell.rows, cell.columns, printed.get(cell.path, cell.text), cell.path)
        for cell in grid.cells
    ]
    first = min(box.row for box in boxes if box.path)
    return Sheet(section, boxes, first)


def table(sheet: Sheet, number: int = 1) -> Table:
    """Publish a table."""
    cells = [
        Cell(
            box.row,
            box.column,
            box.rows,
            box.columns,
            box.text,
            Location(table=number, row=box.row + 1, column=box.column + 1),
        )
        for box in sorted(sheet.boxes, key=lambda box: (box.row, box.column))
    ]
    return Table(tuple(cells), Location(table=number))


def content(
    report: AnnualReport,
    tables: dict[str, Iterable[Sheet | Paragraph]] | None = None,
    *,
    marked: bool = True,
    headings: Callable[[str], str] = str,
) -> Content:
    """Publish a report with the given tables, with or without structural markup."""
    given = tables if tables is not None else {key: [one] for key, one in sheets(report).items()}
    blocks: list[Paragraph | Table] = []
    for block in compose(report).blocks:
        here = Location(paragraph=len(blocks) + 1)
        if isinstance(block, composed.Title):
            blocks += _title(block, here, marked=marked)
        elif isinstance(block, composed.Table):
            for part in given[block.key]:
                blocks.append(table(part, len(blocks) + 1) if isinstance(part, Sheet) else part)
        elif isinstance(block, composed.Signature):
            blocks += [Paragraph(text, here, align="right") for text in (block.name, block.date) if text]
        else:
            paragraph = _paragraph(block, here, marked=marked)
            if isinstance(block, composed.Heading) and block.level == 1:
                paragraph = replace(paragraph, text=headings(paragraph.text))
            blocks.append(paragraph)
    return Content(tuple(blocks))


def _title(block: composed.Title, here: Location, *, marked: bool) -> list[Paragraph]:
    if marked:
        return [Paragraph("\n".join(block.lines), here, 0)]
    return [Paragraph(line, here) for line in block.lines]


def _paragraph(block, here: Location, *, marked: bool) -> Paragraph:
    lead = getattr(block, "lead", ())
    text = ""
    emphasis = []
    for run in (*lead, *block.runs):
        if run.emphasis:
            emphasis.append((len(text), len(text) + len(run.text)))
        text += run.text
    length = sum(len(run.text) for run in lead)
    return Paragraph(text, here, block.level if marked else None, length if marked else 0, tuple(emphasis))


def unmerged(sheet: Sheet, *, repeat: bool) -> Sheet:
    """Split merged cells into single ones, with the text repeated or not."""
    boxes = []
    for box in sheet.boxes:
        for row in range(box.row, box.row + box.rows):
            for column in range(box.column, box.column + box.columns):
                first = (row, column) == (box.row, box.column)
                boxes.append(Box(row, column, 1, 1, box.text if repeat or first else "", box.path if first else ""))
    return replace(sheet, boxes=boxes)


def collapsed(sheet: Sheet, *, keep_rows_spans: bool = False) -> Sheet:
    """Place cells one after the other without gaps for merged ones, as in a browser's clipboard."""
    boxes = []
    for row in range(sheet.height):
        cells = sorted((box for box in sheet.boxes if box.row <= row < box.row + box.rows), key=lambda box: box.column)
        if not keep_rows_spans:
            cells = [box for box in cells if box.row == row]
        for column, box in enumerate(cells):
            boxes.append(Box(row, column, 1, 1, box.text if box.row == row else "", box.path if box.row == row else ""))
    return replace(sheet, boxes=boxes)


def rows_of(sheet: Sheet, numbers: Iterable[int]) -> Sheet:
    """Return some rows, with cells merged from above cut off."""
    chosen = list(numbers)
    new = {row: index for index, row in enumerate(chosen)}
    boxes = []
    for box in sheet.boxes:
        inside = [row for row in range(box.row, box.row + box.rows) if row in new]
        if inside:
            first = inside[0] == box.row
            boxes.append(Box(new[inside[0]], box.column, len(inside), box.columns, box.text if first else "", box.path))
    return replace(sheet, boxes=boxes)


def split(sheet: Sheet, rows: Iterable[int], *, heads: bool) -> list[Sheet]:
    """Split a table before given rows, with its head repeated or not."""
    edges = [0, *sorted(rows), sheet.height]
    pieces = []
    for start, end in pairwise(edges):
        numbers = list(range(start, end))
        if heads and start >= sheet.head_rows:
            numbers = [*range(sheet.head_rows), *numbers]
        pieces.append(rows_of(sheet, numbers))
    return pieces


def with_row(sheet: Sheet, before: int, texts: list[tuple[int, int, str]]) -> Sheet:
    """Insert a row of cells, each with its column, span and text, before another row."""
    boxes = [
        replace(
            box,
            row=box.row + (box.row >= before),
            rows=box.rows + (box.row < before < box.row + box.rows),
        )
        for box in sheet.boxes
    ]
    boxes += [Box(before, column, 1, span, text) for column, span, text in texts]
    return replace(sheet, boxes=boxes, head_rows=sheet.head_rows + (before <= sheet.head_rows))


def without_columns(sheet: Sheet, count: int) -> Sheet:
    """Remove columns at the left."""
    boxes = []
    for box in sheet.boxes:
        end = box.column + box.columns - count
        start = max(0, box.column - count)
        if end > start or (end > 0 and box.columns > 1):
            boxes.append(replace(box, column=start, columns=max(1, end - start)))
    return replace(sheet, boxes=boxes)


def printed_values(sheets: Iterable[Sheet]) -> dict[str, str]:
    """Return the printed text of each number cell, by full path."""
    return {f"{one.section}.{box.path}": box.text for one in sheets for box in one.boxes if box.path}
