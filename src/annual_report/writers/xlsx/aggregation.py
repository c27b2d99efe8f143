"""A city's sums as a workbook: every number is a formula over a sheet with a row for each body."""

from __future__ import annotations

from io import BytesIO
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeAlias

from annual_report.document.workbook import column_letters, table_sheets
from annual_report.errors import one_line
from annual_report.form.sections import REPORT_NAME
from annual_report.report.places import place
from annual_report.writers.xlsx.basics import write_basics
from annual_report.writers.xlsx.checks import write_checks
from annual_report.writers.xlsx.rows import open_workbook
from annual_report.writers.xlsx.sheets import LABEL, Book
from annual_report.writers.xlsx.tables import write_table
from annual_report.writers.xlsx.texts import write_texts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from annual_report.analysis.aggregate import Aggregation

_Row: TypeAlias = tuple[str, str, dict[str, Any]]
"""A body or decision, its file, and its numbers by path."""

NAME = "内部底稿"
PARTS = "各单位"
_MARK = f"（{NAME}，不公开）"
_FIRST_ROW = 2
_FIRST_COLUMN = 2


def write_aggregation(whole: Aggregation) -> bytes:
    """Return a whole as a workbook that shows where every number comes from; for use within the office.

    Parameters
    ----------
    whole
        The whole.

    Returns
    -------
    bytes
        The `.xlsx`: the three tables with formulas over the sheet 各单位, that sheet, and the checks.

    Raises
    ------
    MissingExtraError
        XlsxWriter is not installed.
    """
    file = BytesIO()
    with open_workbook(file, constant_memory=False) as workbook:
        book = Book(workbook, whole.report, None, empty=False, mark=_MARK)
        paths = [path for path, cell in whole.report.form.cells.items() if cell.adds_up]
        columns = {path: column for column, path in enumerate(paths, _FIRST_COLUMN)}
        bodies = sum(1 for _ in whole.rows())
        decisions = _decisions(whole)
        count = bodies + len(decisions)
        own = {path: [row for row, one in enumerate(decisions, bodies) if path in one[2]] for path in whole.own}
        book.formulas = {path: _formula(columns[path], count, own.get(path, [])) for path in paths}
        _write_cover(book, whole)
        write_basics(book)
        for sheet in table_sheets(whole.report.form).values():
            write_table(book, sheet)
        write_texts(book)
        _write_parts(book, columns, chain(whole.rows(), decisions), count)
        write_checks(book)
        book.finish()
    return file.getvalue()


def _decisions(whole: Aggregation) -> list[_Row]:
    """Return the rows of what the office decided, those on one cell together."""
    rows: list[_Row] = [("本级自行统计", "", {path: number}) for path, number in whole.own.items()]
    rows += [(f"调整：{one.reason}", "", {one.path: one.change}) for one in whole.adjustments]
    paths = list(dict.fromkeys(path for *_, numbers in rows for path in numbers))
    return sorted(rows, key=lambda row: paths.index(next(iter(row[2]))))


def _formula(column: int, count: int, own: list[int]) -> str:
    """Write a cell's sum: over all rows, or over what the office decided where it states the cell itself."""
    letters, first, last = column_letters(column), _FIRST_ROW + 1, _FIRST_ROW + max(count, 1)
    if own:
        first, last = _FIRST_ROW + own[0] + 1, _FIRST_ROW + own[-1] + 1
    return f"SUM('{PARTS}'!{letters}{first}:{letters}{last})"


def _write_cover(book: Book, whole: Aggregation) -> None:
    sheet = book.sheet(NAME)
    sheet.set_column(0, 0, 60)
    sheet.set_column(1, 1, 60)
    title = f"{whole.report.agency}{whole.report.year}年{REPORT_NAME}数据汇总{_MARK}"
    sheet.merge_range(0, 0, 0, 1, title, book.format(bold=True, font_size=14, align="center"))
    sheet.write_row(1, 0, ("位置", "问题"), book.format(bold=True, border=1, bg_color=LABEL))
    for row, finding in enumerate(whole.findings, 2):
        sheet.write_string(row, 0, finding.place, book.format(border=1))
        sheet.write_string(row, 1, finding.message.text("zh"), book.format(border=1))
    first = 2 + len(whole.findings)
    for row, (agency, source) in enumerate(whole.left_out, first):
        sheet.write_string(row, 0, agency, book.format(border=1))
        sheet.write_string(row, 1, f"未计入：{one_line(source)}", book.format(border=1))


def _write_parts(book: Book, columns: dict[str, int], rows: Iterable[_Row], count: int) -> None:
    """Write the sheet 各单位; noughts stay blank, since a workbook with formulas keeps its cells in memory."""
    sheet = book.sheet(PARTS, autofilter=True)
    head = book.format(border=1, bold=True, align="center", bg_color=LABEL)
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 24)
    sheet.set_column(_FIRST_COLUMN, _FIRST_COLUMN + len(columns), 12)
    sheet.write_string(0, 0, f"{PARTS}（{NAME}，不公开；空白为 0）", book.format(bold=True))
    sheet.write_row(1, 0, ("单位", "文件"), head)
    sheet.set_row(1, 90)
    for path, column in columns.items():
        sheet.write_string(1, column, place(book.report.form, path.split(".")), head)
    style = book.format(border=1)
    for row, (agency, source, numbers) in enumerate(rows, _FIRST_ROW):
        sheet.write_string(row, 0, agency, style)
        sheet.write_string(row, 1, one_line(source), style)
        for path, number in numbers.items():
            if number:
                sheet.write_number(row, columns[path], number, style)
    sheet.freeze_panes(_FIRST_ROW, _FIRST_COLUMN)
    sheet.set_landscape()
    sheet.set_print_scale(100)
    sheet.repeat_rows(1)
    sheet.repeat_columns(0)
    sheet.autofilter(1, 0, _FIRST_ROW + count - 1, _FIRST_COLUMN + len(columns) - 1)
