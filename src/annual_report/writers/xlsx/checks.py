"""The sheet 核对: how much is filled in, table by table, and every relation with its two sides."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from annual_report.document.workbook import (
    CHECKS,
    GRID_ROW,
    Address,
    as_number,
    column_letters,
    ranges_of,
    table_sheets,
)
from annual_report.messages import Message
from annual_report.report.places import SEPARATOR
from annual_report.writers.xlsx.sheets import LABEL, WRONG, WRONG_TEXT, height_of, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xlsxwriter.worksheet import Worksheet

    from annual_report.document.workbook import TableSheet
    from annual_report.writers.xlsx.sheets import Book, Rule

HOLDS, BROKEN = "符合", "不符"

_SUMMARY_ROW = 4
_RULES_ROW = _SUMMARY_ROW + 5
_SUMMARY = ("表", "", "不符的关系", "未填的格", "不是可填的数字")
_RULES = ("表", "位置", "应为", "现为", "结果", "说明")
_WIDTHS = (5, 48, 12, 12, 14, 48)
_TABLE, _PLACE, _EXPECTED, _ACTUAL, _RESULT, _TOLD = range(6)
_NOTE = "本表只核对数据之间的勾稽关系；文字与数据是否一致等其他内容，请用 annual-report check 检查。"


@dataclass(frozen=True, slots=True)
class Summary:
    """Where the sheet sums a table up, and what it says for the numbers that the workbook is written with.

    Parameters
    ----------
    broken, unfilled, wrong
        Where it counts relations that do not hold, cells that are not filled in, and cells with no usable number.
    broken_now, unfilled_now, wrong_now
        The counts.
    """

    broken: Address
    unfilled: Address
    wrong: Address
    broken_now: int
    unfilled_now: int
    wrong_now: int


@dataclass(frozen=True, slots=True)
class Hint:
    """What a table's sheet says beside a row about a relation that does not hold in it.

    Parameters
    ----------
    row
        The row.
    formula
        The sentence as a formula, nothing while the relation holds.
    now
        What it gives for the numbers that the workbook is written with.
    """

    row: int
    formula: str
    now: str


def summary_of(book: Book, table: TableSheet) -> Summary:
    """Return where the sheet sums a table up."""
    row = _SUMMARY_ROW + [*table_sheets(table.edition)].index(table.key)
    here = [rule for rule in book.rules if rule.first.sheet == table.name]
    numbers = [book.values.get(path) for path, (_, value) in table.places.items() if value.adds_up]
    return Summary(
        broken=Address(CHECKS, row, 2),
        unfilled=Address(CHECKS, row, 3),
        wrong=Address(CHECKS, row, 4),
        broken_now=sum(not rule.holds for rule in here),
        unfilled_now=sum(number is None for number in numbers),
        wrong_now=sum(isinstance(number, Decimal) and as_number(number) is None for number in numbers),
    )


def hints_of(book: Book, table: TableSheet) -> Iterator[Hint]:
    """Yield what a table's sheet says beside its rows: column and sentence of each relation that does not hold."""
    for row, rule in enumerate(book.rules, _RULES_ROW):
        if rule.first.sheet == table.name:
            label = rule.place.rpartition(SEPARATOR)[2]
            result, told = (Address(CHECKS, row, column).absolute for column in (_RESULT, _TOLD))
            formula = f'IF({result}="{BROKEN}",{quoted(f"{label}：")}&{told}&"  ","")'
            yield Hint(rule.first.row, formula, "" if rule.holds else f"{label}：{_told(rule)}  ")


def write_checks(book: Book) -> None:
    """Write the sheet."""
    sheet = book.sheet(CHECKS)
    sheet.set_landscape()
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    head = book.format(border=1, bold=True, align="center", bg_color=LABEL)
    sheet.merge_range(0, 0, 0, len(_WIDTHS) - 1, CHECKS, book.format(bold=True, font_size=14, align="center"))
    sheet.merge_range(1, 0, 1, len(_WIDTHS) - 1, _NOTE, book.format(font_color="#7F7F7F"))
    sheet.write_row(_SUMMARY_ROW - 1, 0, _SUMMARY, head)
    for table in table_sheets(book.report.form).values():
        _write_summary(book, sheet, table)
    sheet.write_row(_RULES_ROW - 1, 0, _RULES, head)
    for row, rule in enumerate(book.rules, _RULES_ROW):
        _write_rule(book, sheet, row, rule)
    last = _RULES_ROW + len(book.rules) - 1
    wrong = book.workbook.add_format({"bg_color": WRONG, "font_color": WRONG_TEXT, "bold": True})
    condition = {"type": "cell", "criteria": "==", "value": f'"{BROKEN}"', "format": wrong}
    sheet.conditional_format(_RULES_ROW, _RESULT, last, _RESULT, condition)
    sheet.repeat_rows(_RULES_ROW - 1)
    sheet.freeze_panes(_RULES_ROW, 0)


def _write_summary(book: Book, sheet: Worksheet, table: TableSheet) -> None:
    summary = summary_of(book, table)
    row = summary.broken.row
    style, number = book.format(border=1), book.format(border=1, align="center")
    rows = [row for row, rule in enumerate(book.rules, _RULES_ROW) if rule.first.sheet == table.name]
    letters = column_letters(_RESULT)
    results = f"${letters}${rows[0] + 1}:${letters}${rows[-1] + 1}" if rows else ""
    inputs = ranges_of(table.inputs, absolute=True)
    grid = table.edition.grids[table.key]
    hidden = column_letters(grid.width + 1)
    wrong = f"SUM('{table.name}'!{hidden}{GRID_ROW + 1}:{hidden}{GRID_ROW + grid.height})"
    broken = f'=COUNTIF({results},"{BROKEN}")' if rows else "=0"
    sheet.merge_range(row, 0, row, 1, table.name, style)
    sheet.write_formula(row, 2, broken, number, summary.broken_now)
    sheet.write_formula(row, 3, f"={len(table.inputs)}-COUNTA({inputs})", number, summary.unfilled_now)
    sheet.write_formula(row, 4, f"=COUNTA({inputs})-COUNT({inputs})+{wrong}", number, summary.wrong_now)


def _write_rule(book: Book, sheet: Worksheet, row: int, rule: Rule) -> None:
    style, number = book.format(border=1), book.format(border=1, align="center")
    elsewhere, holds = rule.first.sheet, rule.holds
    expected, actual = (f"{column_letters(column)}{row + 1}" for column in (_EXPECTED, _ACTUAL))
    where = rule.place.partition(SEPARATOR)[2]
    sheet.set_row(row, height_of(where, _WIDTHS[_PLACE]))
    sheet.write_string(row, _TABLE, elsewhere.partition("、")[0], number)
    sheet.write_string(row, _PLACE, where, style)
    sheet.write_formula(row, _EXPECTED, f"={rule.expected.on(elsewhere)}", number, rule.expected.value)
    sheet.write_formula(row, _ACTUAL, f"={rule.actual.on(elsewhere)}", number, rule.actual.value)
    result = f'=IF({expected}={actual},"{HOLDS}","{BROKEN}")'
    sheet.write_formula(row, _RESULT, result, number, HOLDS if holds else BROKEN)
    told = f'=IF({expected}={actual},"",{_concatenated(rule)})'
    sheet.write_formula(row, _TOLD, told, style, "" if holds else _told(rule))


def _told(rule: Rule) -> str:
    """Return the sentence for the numbers that the workbook is written with."""
    numbers = ((name, formula.value) for name, formula in rule.sentence.parameters)
    return Message(rule.sentence.id, tuple(numbers)).text("zh")


def _concatenated(rule: Rule) -> str:
    """Write the sentence as a formula that puts the numbers in."""
    marked = ((name, f"\0{formula.on(rule.first.sheet)}\0") for name, formula in rule.sentence.parameters)
    pieces = Message(rule.sentence.id, tuple(marked)).text("zh").split("\0")
    return "&".join(piece if index % 2 else quoted(piece) for index, piece in enumerate(pieces) if piece)
