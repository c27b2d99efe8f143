"""The sheets 填写说明 and 基本情况: how to fill the workbook in, and whose report on which year it is."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from annual_report.document.workbook import BASICS, CHECKS, FIELD_ROW, FIELDS, INSTRUCTIONS, TEXT, Address
from annual_report.report.drafts import UNFINISHED
from annual_report.report.places import section_title
from annual_report.writers.xlsx.sheets import INPUT, LABEL

if TYPE_CHECKING:
    from annual_report.writers.xlsx.sheets import Book

_STEPS = (
    "本表按《{instrument}》（{document_number}）编制，供填报政府信息公开工作年度报告使用。",
    f"1. 在“{BASICS}”中核对单位名称和年度。",
    "2. 在三张数据表中填写浅黄色的单元格，没有的填 0。总计由公式算出，不必填写。",
    f"3. 在“{TEXT}”中填写各部分文字，一行一段；“（一）”“1.”“（1）”开头的短行作为小标题，**两对星号之间**的文字加粗。",
    f"4. 不符合勾稽关系的单元格会变红，“{CHECKS}”中逐条列出原因；每张表上方写明还有几处不符、几格未填。",
    f"5. “{TEXT}”中的参考文字由数据生成，可以复制修改；{UNFINISHED}须由本单位填写。",
    "6. 工作表有保护但没有密码，需要时可以撤销保护。请不要改动表头和行标题。",
)
_WIDTH = 100
_DATE = "yyyy-mm-dd"


def write_instructions(book: Book) -> None:
    """Write the sheet 填写说明."""
    sheet = book.sheet(INSTRUCTIONS)
    sheet.set_column(0, 0, _WIDTH)
    sheet.write_string(0, 0, INSTRUCTIONS, book.format(bold=True, font_size=14, align="center"))
    edition = book.report.form
    for row, step in enumerate(_STEPS, 1):
        words = step.format(instrument=edition.instrument, document_number=edition.document_number)
        sheet.set_row(row, 30)
        sheet.write_string(row, 0, words, book.format())


def write_basics(book: Book) -> None:
    """Write the sheet 基本情况."""
    sheet = book.sheet(BASICS)
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 80)
    sheet.merge_range(0, 0, 0, 1, BASICS, book.format(bold=True, font_size=14, align="center"))
    for row, key in enumerate(FIELDS, FIELD_ROW):
        value, style = _value(book, key), {"num_format": _DATE} if key == "issued_on" else {}
        sheet.write_string(row, 0, section_title(key), book.format(border=1, bg_color=LABEL))
        unlocked = book.format(border=1, bg_color=INPUT, locked=False, align="left", **style)
        if value is None or value == "":
            sheet.write_blank(row, 1, None, unlocked)
        elif isinstance(value, datetime):
            sheet.write_datetime(row, 1, value, unlocked)
        elif isinstance(value, int):
            sheet.write_number(row, 1, value, unlocked)
        else:
            sheet.write_string(row, 1, value, unlocked)
        book.name(key, Address(BASICS, row, 1))


def _value(book: Book, key: str) -> Any:
    value = getattr(book.report, key)
    if key == "issued_on":
        return value and datetime.combine(value, time())
    return str(value) if key in {"preamble", "edition"} else value
