"""The sheets of the form's tables: laid out as they are printed, with totals as formulas and what is wrong in red."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from annual_report.document.workbook import GRID_ROW
from annual_report.form.values import MAX_COUNT
from annual_report.writers.xlsx.checks import summary_of
from annual_report.writers.xlsx.sheets import INPUT, LABEL, WRONG, WRONG_TEXT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xlsxwriter.worksheet import Worksheet

    from annual_report.document.workbook import TableSheet
    from annual_report.form.grid import Cell, DataCell
    from annual_report.writers.xlsx.sheets import Book

_LABEL_WIDTHS = {"banded": (30,), "crossed": (4, 14, 30), "spread": ()}
_VALUE_WIDTHS = {"banded": 18, "crossed": 11, "spread": 9}
_ROW_HEIGHT = 24
_PROMPT = 255
_PROMPT_TITLE = 32


def write_table(book: Book, table: TableSheet) -> None:
    """Write the sheet of one table."""
    sheet = book.sheet(table.name)
    grid = table.edition.grids[table.key]
    widths = (*_LABEL_WIDTHS[grid.layout][-grid.label_columns :][: grid.label_columns],)
    for column in range(grid.width):
        sheet.set_column(column, column, widths[column] if column < len(widths) else _VALUE_WIDTHS[grid.layout])
    sheet.merge_range(0, 0, 0, grid.width - 1, table.name, book.format(bold=True, font_size=14, align="center"))
    _write_status(book, sheet, table, grid.width)
    for row in range(grid.height):
        sheet.set_row(GRID_ROW + row, _ROW_HEIGHT)
    for cell in grid.cells:
        if not cell.is_value:
            _write(sheet, cell, cell.text, book.format(border=1, align="center", bg_color=LABEL))
    for path, (cell, value) in table.places.items():
        _write_value(book, sheet, table, path, cell, value)
    _write_wrong_numbers(book, sheet, table, grid.width)
    _mark_wrong_input(book, sheet, table)
    _mark_broken_rules(book, sheet, table)
    sheet.freeze_panes(GRID_ROW + grid.header_rows, grid.label_columns)
    if grid.header_rows:
        sheet.repeat_rows(GRID_ROW, GRID_ROW + grid.header_rows - 1)
    if grid.layout != "banded":
        sheet.set_landscape()


def _write(sheet: Worksheet, cell: Cell, text: str, style: Any) -> None:
    """Write a label into a cell of the grid, merged as it is printed."""
    top, bottom = GRID_ROW + cell.row, GRID_ROW + cell.row + cell.rows - 1
    if cell.rows == cell.columns == 1:
        sheet.write_string(top, cell.column, text, style)
    else:
        sheet.merge_range(top, cell.column, bottom, cell.column + cell.columns - 1, text, style)


def _write_value(book: Book, sheet: Worksheet, table: TableSheet, path: str, cell: Cell, value: DataCell) -> None:
    """Write a value: an input with its number if there is one, or a total as a formula if it is no other number."""
    row, column = GRID_ROW + cell.row, cell.column
    number = book.values.get(path)
    shape = _number_format(value)
    book.name(path, table.address(path))
    if value.adds_up:
        style = book.format(border=1, align="center", locked=False, bg_color=INPUT, num_format=shape)
        _write(sheet, cell, "", style)
        if path in book.formulas:
            sheet.write_formula(row, column, f"={book.formulas[path]}", style, number)
        elif number is not None:
            sheet.write_number(row, column, number, style)
        sheet.data_validation(row, column, row, column, _validation(table, value))
        return
    style = book.format(border=1, align="center", bold=True, locked=False, num_format=shape)
    derived = sum(book.values.get(part) or 0 for part in _parts(book, path))
    if number is None or number == derived:
        sheet.write_formula(row, column, f"={book.formula([path])}", style, derived)
    else:
        sheet.write_number(row, column, number, style)


def _parts(book: Book, path: str) -> Iterator[str]:
    for part in book.sums[path].parts:
        yield from _parts(book, part) if part in book.sums else (part,)


def _number_format(value: DataCell) -> str:
    if not value.is_count:
        return "General"
    return "+0;-0;0" if value.signed else "0"


def _validation(table: TableSheet, value: DataCell) -> dict[str, Any]:
    """Let in what the form can hold, with the form's own words in the prompt."""
    words = " › ".join(value.labels)[:_PROMPT]
    least = -MAX_COUNT if value.signed else 0
    allowed = f"请填写{'' if value.signed else '不小于 0 的'}{'整数' if value.is_count else '数字'}。"
    bounds = {"criteria": "between", "minimum": least, "maximum": MAX_COUNT}
    return {
        "validate": "integer" if value.is_count else "decimal",
        **(bounds if value.is_count else {"criteria": ">=", "value": 0}),
        "input_title": table.name.partition("、")[0] + "、" + value.labels[-1][: _PROMPT_TITLE - 2],
        "input_message": words,
        "error_title": "不是可填的数字",
        "error_message": allowed,
    }


def _mark_wrong_input(book: Book, sheet: Worksheet, table: TableSheet) -> None:
    """Turn text, decimals and negative numbers red, since pasting goes round validation."""
    style = book.workbook.add_format({"bg_color": WRONG, "font_color": WRONG_TEXT})
    for path, (cell, value) in table.places.items():
        address = table.address(path).local
        criteria = f"=IF(ISNUMBER({address}),OR({_tests(value, address)}),COUNTA({address})=1)"
        row, column = GRID_ROW + cell.row, cell.column
        sheet.conditional_format(row, column, row, column, {"type": "formula", "criteria": criteria, "format": style})


def _mark_broken_rules(book: Book, sheet: Worksheet, table: TableSheet) -> None:
    """Turn the cell to look at first red where a relation does not hold."""
    style = book.workbook.add_format({"bg_color": WRONG, "font_color": WRONG_TEXT, "bold": True})
    for rule in book.rules:
        if rule.first.sheet == table.name:
            row, column = rule.first.row, rule.first.column
            condition = {
                "type": "formula",
                "criteria": f"={rule.expected.text}<>{rule.actual.text}",
                "format": style,
            }
            sheet.conditional_format(row, column, row, column, condition)


def _write_wrong_numbers(book: Book, sheet: Worksheet, table: TableSheet, width: int) -> None:
    """Count the decimals and negative numbers of each row in a hidden column; the sheet 核对 adds them up."""
    rows: dict[int, list[str]] = {}
    for path, (cell, value) in table.places.items():
        if value.adds_up and (tests := _tests(value, address := table.address(path).local)):
            rows.setdefault(GRID_ROW + cell.row, []).append(f"IF(ISNUMBER({address}),IF(OR({tests}),1,0),0)")
    for row, counted in rows.items():
        sheet.write_formula(row, width + 1, f"={'+'.join(counted)}", book.format(), 0)
    sheet.set_column(width + 1, width + 1, None, None, {"hidden": True})


def _tests(value: DataCell, address: str) -> str:
    """Write what a number in a cell must not be, as conditions."""
    tests = [f"INT({address})<>{address}"] if value.is_count else []
    return ",".join(tests if value.signed else [*tests, f"{address}<0"])


def _write_status(book: Book, sheet: Worksheet, table: TableSheet, width: int) -> None:
    """Say on top of the table how many of its relations do not hold and how many cells are not filled in."""
    summary = summary_of(book, table)
    counts = (summary.broken.absolute, summary.unfilled.absolute, summary.wrong.absolute)
    formula = '="本表有 "&{}&" 处不符，"&{}&" 格未填，"&{}&" 格不是可填的数字"'.format(*counts)
    value = f"本表有 {summary.broken_now} 处不符，{summary.unfilled_now} 格未填，0 格不是可填的数字"
    style = book.format(align="center", font_color="#1F4E79")
    sheet.merge_range(1, 0, 1, width - 1, "", style)
    sheet.write_formula(1, 0, formula, style, value)
