"""The sheets 填写说明 and 基本情况: how to fill the workbook in, and whose report on which year it is."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING

from annual_report.document.workbook import BASICS, CHECKS, FIELD_ROW, FIELDS, INSTRUCTIONS, PREAMBLE, TEXT, Address
from annual_report.report.narrative import UNFINISHED
from annual_report.report.places import section_title
from annual_report.writers.xlsx.sheets import INPUT, LABEL, height_of
from annual_report.writers.xlsx.texts import write_narrative

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from annual_report.writers.xlsx.sheets import Book

_STEPS = (
    "本表按《{instrument}》（{document_number}）编制，供填报政府信息公开工作年度报告使用。",
    f"1. 在“{BASICS}”中核对单位名称和年度。",
    "2. 在三张数据表中填写浅黄色的单元格，没有的填 0。总计由公式算出，不必填写；确需填写与公式不同的总计，先撤销保护。",
    f"3. 在“{TEXT}”中填写各部分文字，一行一段；“（一）”“1.”“（1）”开头的短行作为小标题，“**”和“**”之间的文字加粗。",
    f"4. 不符合勾稽关系的单元格会变红，“{CHECKS}”中逐条列出原因；每张表上方写明还有几处不符、几格未填。",
    f"5. 填完各表后，可以复制“{TEXT}”右侧的参考文字，以“选择性粘贴—数值”粘贴到左侧修改；{UNFINISHED}须由本单位填写。",
    "6. 工作表有保护但没有密码，需要时可以撤销保护。请不要改动表头和行标题。",
)
_WIDTH, _VALUE_WIDTH = 72, 60
_DATE = "yyyy-mm-dd"
_FIRST_DAY = date(1900, 3, 1)
"""The first day that all spreadsheets give the same number."""

_LABEL, _VALUE, _STRUCTURE = range(3)
_ROOM = 4
"""How many rows the preamble has for more paragraphs."""


def write_instructions(book: Book) -> None:
    """Write the sheet 填写说明."""
    sheet = book.sheet(INSTRUCTIONS)
    sheet.set_column(0, 0, _WIDTH)
    sheet.write_string(0, 0, INSTRUCTIONS, book.format(bold=True, font_size=14, align="center"))
    edition = book.report.form
    for row, step in enumerate(_STEPS, 1):
        words = step.format(instrument=edition.instrument, document_number=edition.document_number)
        sheet.set_row(row, height_of(words, _WIDTH))
        sheet.write_string(row, 0, words, book.format())


def write_basics(book: Book) -> None:
    """Write the sheet 基本情况."""
    sheet = book.sheet(BASICS, insert_rows=True)
    sheet.set_column(_LABEL, _LABEL, 18)
    sheet.set_column(_VALUE, _VALUE, _VALUE_WIDTH)
    sheet.set_column(_STRUCTURE, _STRUCTURE, None, None, {"hidden": True})
    sheet.merge_range(0, _LABEL, 0, _VALUE, BASICS, book.format(bold=True, font_size=14, align="center"))
    label = book.format(border=1, bg_color=LABEL)
    for row, key in enumerate(FIELDS, FIELD_ROW):
        sheet.write_string(row, _LABEL, section_title(key), label)
        _write_field(book, sheet, row, key)
        book.name(key, Address(BASICS, row, _VALUE))
    first = Address(BASICS, FIELD_ROW + len(FIELDS), _VALUE)
    after = write_narrative(book, sheet, PREAMBLE, book.report.preamble, first, _STRUCTURE, _ROOM, _VALUE_WIDTH)
    sheet.merge_range(first.row, _LABEL, after - 1, _LABEL, section_title(PREAMBLE), label)
    sheet.print_area(0, _LABEL, after - 1, _VALUE)
    sheet.set_selection(FIELD_ROW, _VALUE, FIELD_ROW, _VALUE)


def _write_field(book: Book, sheet: Worksheet, row: int, key: str) -> None:
    value = getattr(book.report, key)
    style = {"border": 1, "bg_color": INPUT, "locked": False, "align": "left", "num_format": _SHAPES.get(key, "@")}
    if value is None or value == "":
        sheet.write_blank(row, _VALUE, None, book.format(**style))
    elif isinstance(value, date) and value >= _FIRST_DAY:
        sheet.write_datetime(row, _VALUE, datetime.combine(value, time()), book.format(**style))
    elif isinstance(value, int):
        sheet.write_number(row, _VALUE, value, book.format(**style))
    else:
        sheet.write_string(row, _VALUE, str(value), book.text(str(value), **style))


_SHAPES = {"year": "0", "issued_on": _DATE}
"""The formats of the fields that are no text."""
