"""Reports from workbooks: our own form, or the printed tables wherever somebody put them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annual_report import libreoffice
from annual_report.document.workbook import column_letters
from annual_report.errors import ConversionError
from annual_report.readers.blocks import Block, Cell, Content, Location, Paragraph, Table
from annual_report.readers.published.limits import refused
from annual_report.readers.published.recognise import recognise
from annual_report.readers.spreadsheet import parse
from annual_report.readers.workbook import read_form

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annual_report.readers.reading import Reading
    from annual_report.readers.spreadsheet import Sheet

TIME_LIMIT = 60.0
"""How long LibreOffice may take to convert an older workbook, in seconds."""


def read(data: bytes, source: str, format: str) -> Reading:
    """Read a report from a workbook.

    Parameters
    ----------
    data
        The workbook.
    source
        The name to give in errors.
    format
        `xlsx`, or `xls` or `ods`, which LibreOffice converts.

    Returns
    -------
    Reading
        The report, or as much of one as is beyond doubt.

    Raises
    ------
    UnusableInputError
        The workbook is damaged or too large, no report is recognised in it, or LibreOffice is missing.
    """
    if format != "xlsx":
        try:
            data = libreoffice.convert(data, format, "xlsx", time_limit=TIME_LIMIT)
        except ConversionError as error:
            raise refused(error.message, source) from error
    book = parse(data, source)
    reading = read_form(book, source)
    if reading is not None:
        return reading
    visible = [sheet for sheet in book.sheets.values() if not sheet.is_hidden]
    blocks = [block for number, sheet in enumerate(visible, 1) for block in _blocks(sheet, number)]
    return recognise(Content(tuple(blocks)), source)


def _blocks(sheet: Sheet, number: int) -> Iterator[Block]:
    """Yield a sheet's rows: those between the first and the last with several cells are a table, others paragraphs."""
    rows = sorted({row for row, _ in sheet.cells})
    wide = [row for row in rows if sum(place[0] == row for place in sheet.cells) > 1]
    first, last = (wide[0], wide[-1]) if wide else (0, -1)
    for row in rows:
        if row == first and wide:
            yield Table(tuple(_cells(sheet, first, last, number)), Location(table=number))
        if not first <= row <= last:
            (place,) = (place for place in sheet.cells if place[0] == row)
            yield Paragraph(_shown(sheet, place), Location(cell=_named(sheet, place)))


def _cells(sheet: Sheet, first: int, last: int, number: int) -> Iterator[Cell]:
    spans = {(area.top, area.left): area for area in sheet.merged}
    covered = {
        (row, column)
        for area in sheet.merged
        for row in range(area.top, min(area.bottom, last) + 1)
        for column in range(area.left, area.right + 1)
    } - spans.keys()
    width = max(column for _, column in sheet.cells) + 1
    for row in range(first, last + 1):
        for column in range(width):
            if (row, column) in covered:
                continue
            area = spans.get((row, column))
            rows, columns = (area.bottom - row + 1, area.right - column + 1) if area else (1, 1)
            where = Location(table=number, row=row + 1, column=column + 1, cell=_named(sheet, (row, column)))
            yield Cell(row - first, column, min(rows, last - row + 1), columns, _shown(sheet, (row, column)), where)


def _shown(sheet: Sheet, place: tuple[int, int]) -> str:
    """Return a cell's text as a spreadsheet shows it."""
    cell = sheet.cells.get(place)
    value = None if cell is None else cell.value
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return "" if value is None else str(value)


def _named(sheet: Sheet, place: tuple[int, int]) -> str:
    return f"{sheet.name}!{column_letters(place[1])}{place[0] + 1}"
