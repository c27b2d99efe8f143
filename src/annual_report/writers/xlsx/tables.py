"""The sheets of the form's tables: laid out as they are printed, with totals as formulas and what is wrong in red."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from annual_report.document.workbook import GRID_ROW, as_number, ranges_of
from annual_report.form.values import MAX_COUNT, MAX_TOTAL
from annual_report.writers.xlsx.checks import hints_of, summary_of
from annual_report.writers.xlsx.sheets import INPUT, LABEL, WRONG, WRONG_TEXT, height_of

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from annual_report.document.workbook import Address, TableSheet
    from annual_report.form.grid import Cell, DataCell, Grid
    from annual_report.writers.xlsx.checks import Hint
    from annual_report.writers.xlsx.sheets import Book

_LABEL_WIDTHS = {"banded": (30.0,), "crossed": (4.0, 13.0, 32.0), "spread": ()}
_VALUE_WIDTHS = {"banded": 20.0, "crossed": 10.0, "spread": 8.5}
_HINT_WIDTH = 60
_ROW_HEIGHT = 24
_PROMPT = 255
_PROMPT_TITLE = 32


def write_table(book: Book, table: TableSheet) -> None:
    """Write the sheet of one table."""
    sheet = book.sheet(table.name, pages=1)
    grid = table.edition.grids[table.key]
    _set_sizes(sheet, grid)
    sheet.merge_range(0, 0, 0, grid.width - 1, table.name, book.format(bold=True, font_size=14, align="center"))
    _write_status(book, sheet, table, grid.width)
    for cell in grid.cells:
        if not cell.is_value:
            _write(sheet, cell, cell.text, book.format(border=1, align="center", bg_color=LABEL))
    for path, (cell, value) in table.places.items():
        _write_value(book, sheet, table, path, cell, value)
    _write_hints(book, sheet, table, grid.width)
    _write_wrong_numbers(book, sheet, table, grid.width + 1)
    _mark_wrong_input(book, sheet, table)
    _mark_broken_rules(book, sheet, table)
    sheet.freeze_panes(GRID_ROW + grid.header_rows, grid.label_columns)
    if grid.header_rows:
        sheet.repeat_rows(GRID_ROW, GRID_ROW + grid.header_rows - 1)
    sheet.print_area(0, 0, GRID_ROW + grid.height - 1, grid.width - 1)
    first = table.inputs[0]
    sheet.set_selection(first.row, first.column, first.row, first.column)


def _set_sizes(sheet: Worksheet, grid: Grid) -> None:
    """Make columns as wide as on paper, and rows tall enough for their labels."""
    labels = _LABEL_WIDTHS[grid.layout]
    labels = labels[len(labels) - grid.label_columns :]
    widths = [*labels, *[_VALUE_WIDTHS[grid.layout]] * (grid.width - len(labels))]
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    heights = [float(_ROW_HEIGHT)] * grid.height
    for cell in grid.cells:
        if cell.rows == 1:
            width = sum(widths[cell.column : cell.column + cell.columns])
            heights[cell.row] = max(heights[cell.row], height_of(cell.text, width))
    for row, height in enumerate(heights, GRID_ROW):
        sheet.set_row(row, height)


def _write(sheet: Worksheet, cell: Cell, text: str, style: Any) -> None:
    """Write a label into a cell of the grid, merged as it is printed, or nothing into an input."""
    top, bottom = GRID_ROW + cell.row, GRID_ROW + cell.row + cell.rows - 1
    if cell.rows * cell.columns > 1:
        sheet.merge_range(top, cell.column, bottom, cell.column + cell.columns - 1, text, style)
    elif text:
        sheet.write_string(top, cell.column, text, style)
    else:
        sheet.write_blank(top, cell.column, None, style)


def _write_value(book: Book, sheet: Worksheet, table: TableSheet, path: str, cell: Cell, value: DataCell) -> None:
    """Write a value: an input with its number if there is one, or a total as a formula if it is no other number."""
    row, column = GRID_ROW + cell.row, cell.column
    number = book.values.get(path)
    shape = _number_format(value)
    book.name(path, table.address(path))
    derived = None if value.adds_up else book.derived(path)
    if derived is not None and number in {None, derived}:
        style = book.format(border=1, align="center", bold=True, num_format=shape)
        sheet.write_formula(row, column, f"={book.formula([path])}", style, derived)
        return
    style = book.format(
        border=1, align="center", bold=not value.adds_up, locked=False, bg_color=INPUT, num_format=shape
    )
    _write(sheet, cell, "", style)
    if path in book.formulas:
        sheet.write_formula(row, column, f"={book.formulas[path]}", style, number)
    elif isinstance(number, Decimal) and as_number(number) is None:
        sheet.write_string(row, column, format(number, "f"), style)
    elif number is not None:
        sheet.write_number(row, column, number, style)
    sheet.data_validation(row, column, row, column, _validation(table, value))


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
    groups: dict[str, list[list[Address]]] = {}
    for path, (_, value) in table.places.items():
        same = groups.setdefault(_tests(value, "{0}"), [])
        address = table.address(path)
        if same and address.column >= same[-1][0].column:
            same[-1].append(address)
        else:
            same.append([address])
    for tests, addresses in ((tests, group) for tests, same in groups.items() for group in same):
        first = addresses[0]  # the upper left one, which a condition is written for; it moves along to the others
        criteria = f"=IF(ISNUMBER({first.local}),OR({tests.format(first.local)}),COUNTA({first.local})=1)"
        condition = {"type": "formula", "criteria": criteria, "format": style}
        condition["multi_range"] = ranges_of(addresses).replace(",", " ")
        sheet.conditional_format(first.row, first.column, first.row, first.column, condition)


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


def _write_hints(book: Book, sheet: Worksheet, table: TableSheet, column: int) -> None:
    """Say beside each row what does not hold in it; this is not printed."""
    rows: dict[int, list[Hint]] = {}
    for hint in hints_of(book, table):
        rows.setdefault(hint.row, []).append(hint)
    style = book.format(font_color=WRONG_TEXT)
    for row, hints in rows.items():
        formula = "&".join(hint.formula for hint in hints)
        sheet.write_formula(row, column, f"={formula}", style, "".join(hint.now for hint in hints))
    sheet.set_column(column, column, _HINT_WIDTH)


def _write_wrong_numbers(book: Book, sheet: Worksheet, table: TableSheet, column: int) -> None:
    """Count the decimals and negative numbers of each row in a hidden column; the sheet 核对 adds them up."""
    rows: dict[int, list[str]] = {}
    for path, (cell, value) in table.places.items():
        if value.adds_up:
            address = table.address(path).local
            counted = f"IF(ISNUMBER({address}),IF(OR({_tests(value, address)}),1,0),0)"
            rows.setdefault(GRID_ROW + cell.row, []).append(counted)
    for row, counts in rows.items():
        sheet.write_formula(row, column, f"={'+'.join(counts)}", book.format(), 0)
    sheet.set_column(column, column, None, None, {"hidden": True})


def _tests(value: DataCell, address: str) -> str:
    """Write what a number in a cell must not be, as conditions."""
    most = MAX_COUNT if value.adds_up else MAX_TOTAL
    tests = [f"INT({address})<>{address}", f"{address}>{most}"] if value.is_count else []
    return ",".join([*tests, f"{address}<{-most if value.signed else 0}"])


def _write_status(book: Book, sheet: Worksheet, table: TableSheet, width: int) -> None:
    """Say on top of the table how many of its relations do not hold and how many cells are not filled in."""
    summary = summary_of(book, table)
    counts = (summary.broken.absolute, summary.unfilled.absolute, summary.wrong.absolute)
    formula = '="本表有 "&{}&" 处不符，"&{}&" 格未填，"&{}&" 格不是可填的数字"'.format(*counts)
    value = f"本表有 {summary.broken_now} 处不符，{summary.unfilled_now} 格未填，{summary.wrong_now} 格不是可填的数字"
    style = book.format(align="center", font_color="#1F4E79")
    sheet.merge_range(1, 0, 1, width - 1, "", style)
    sheet.write_formula(1, 0, formula, style, value)
