"""The sheet 文字: every narrative, a paragraph a row, with sentences from the tables beside it for reference."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annual_report.document.workbook import CELL_LENGTH, CONTINUED, TEXT, Address, ranges_of, texts_in_order
from annual_report.form.sections import NARRATIVES
from annual_report.report.drafts import Sum, drafts, told
from annual_report.report.narrative import Narrative
from annual_report.report.places import place
from annual_report.writers.xlsx.sheets import INPUT, LABEL, height_of, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xlsxwriter.worksheet import Worksheet

    from annual_report.report.drafts import Choice, Line
    from annual_report.report.narrative import Paragraph
    from annual_report.writers.xlsx.sheets import Book

_ROOM, _ROOM_BESIDE = 30, 4
"""How many rows a section has for more paragraphs, and a text beside a table."""

_TEXT, _REFERENCE, _STRUCTURE = range(3)
_WIDTH = 72
_HEAD_ROW = 1
_ONE_LINE = height_of("", _WIDTH)
_TALLEST = 409
"""The height of the tallest row that a workbook may have, in points."""


def write_texts(book: Book) -> None:
    """Write the sheet."""
    sheet = book.sheet(TEXT, insert_rows=True)
    sheet.set_column(_TEXT, _TEXT, _WIDTH)
    sheet.set_column(_REFERENCE, _REFERENCE, 60)
    sheet.set_column(_STRUCTURE, _STRUCTURE, None, None, {"hidden": True})
    sheet.write_string(0, _TEXT, TEXT, book.format(bold=True, font_size=14, align="center"))
    sheet.write_string(0, _REFERENCE, "参考（由数据生成）", book.format(bold=True, align="center"))
    narratives, reference = book.report.narratives, drafts(book.report.form, book.report.year)
    row = _HEAD_ROW
    for path in texts_in_order():
        _write_reference(book, sheet, reference.get(path, ()), row + 1)
        where = place(book.report.form, path.split("."))
        sheet.write_string(row, _TEXT, where, book.format(bold=True, bg_color=LABEL, border=1))
        room = _ROOM if path in NARRATIVES else _ROOM_BESIDE
        first = Address(TEXT, row + 1, _TEXT)
        row = write_narrative(book, sheet, path, narratives.get(path, Narrative()), first, _STRUCTURE, room, _WIDTH)
    sheet.freeze_panes(_HEAD_ROW, 0)
    sheet.print_area(0, _TEXT, row - 1, _TEXT)
    sheet.set_selection(_HEAD_ROW + 1, _TEXT, _HEAD_ROW + 1, _TEXT)


def write_narrative(  # a place with room
    book: Book,
    sheet: Worksheet,
    path: str,
    narrative: Narrative,
    first: Address,
    structure_column: int,
    room: int,
    width: float,
) -> int:
    """Write a narrative, a paragraph a row, with room for more; give the row after it."""
    rows = [row for paragraph in narrative for row in _rows(paragraph)]
    rows += [("", "")] * room
    for row, (text, structure) in enumerate(rows, first.row):
        style = book.text(text, bg_color=INPUT, locked=False, border=1, valign="top")
        if text:
            sheet.write_string(row, first.column, text, style)
        else:
            sheet.write_blank(row, first.column, None, style)
        if structure:
            sheet.write_string(row, structure_column, structure)
        if (height := height_of(text, width)) > _ONE_LINE:
            sheet.set_row(row, min(height, _TALLEST))
    last = first.row + len(rows) - 1
    book.name(path, first, Address(first.sheet, last, structure_column))
    return last + 1


def _rows(paragraph: Paragraph) -> Iterator[tuple[str, str]]:
    """Yield a paragraph's rows, and its structure where its plain text would be read otherwise."""
    text = str(paragraph)
    plain = Narrative.parse(text).paragraphs == (paragraph,)
    structure = "" if plain else paragraph.model_dump_json(exclude_defaults=True)
    for start in range(0, max(len(text), len(structure)), CELL_LENGTH):
        end = start + CELL_LENGTH
        yield text[start:end], f"{CONTINUED if start else ''}{structure[start:end]}"


def _write_reference(book: Book, sheet: Worksheet, lines: tuple[Line, ...], top: int) -> None:
    """Write a draft's lines as formulas, so that they follow the tables."""
    style = book.format(font_color="#7F7F7F", valign="top")
    values = {path: book.values.get(path) or 0 for path in book.report.form.cells}
    for row, line in enumerate(lines, top):
        sheet.write_formula(row, _REFERENCE, f"={_formula(book, line)}", style, told(line, values))


def _formula(book: Book, line: Line) -> str:
    """Write a line as a formula that puts the numbers in."""
    return "&".join(quoted(piece) if isinstance(piece, str) else _piece(book, piece) for piece in line) or '""'


def _piece(book: Book, piece: Sum | Choice) -> str:
    if isinstance(piece, Sum):
        addresses = [book.address(path) for path in piece.paths]
        sheets = dict.fromkeys(address.sheet for address in addresses)
        parts = (ranges_of([a for a in addresses if a.sheet == sheet], absolute=True) for sheet in sheets)
        return f"SUM({','.join(parts)})"
    nought, otherwise = _formula(book, piece.nought), _formula(book, piece.otherwise)
    return f"IF({_piece(book, piece.cells)}=0,{nought},{otherwise})"
