"""Comparisons of years as workbooks: every cell by year, and what does not follow from last year."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from annual_report.errors import missing_extra
from annual_report.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

    from annual_report.analysis.compare import ComparedCell, Comparison

_HEAD = {"bold": True, "border": 1, "bg_color": "#F2F2F2", "align": "center", "text_wrap": True, "valign": "vcenter"}
_BASE = {"font_name": "宋体", "font_size": 10}
_MAIN = (
    "applications.received.total",
    "applications.outcomes.total.total",
    "applications.carried_forward.total",
    "disputes.reconsideration.total",
    "disputes.litigation.direct.total",
    "disputes.litigation.after_reconsideration.total",
)
"""The cells that the overview of many bodies shows."""


def write_comparison(comparison: Comparison) -> bytes:
    """Give one body's comparison as a workbook: every cell by year, change, percentage and share.

    Raises
    ------
    MissingExtraError
        XlsxWriter is not installed.
    """
    return write_pairs([comparison], [])


def write_pairs(comparisons: Sequence[Comparison], alone: Sequence[tuple[str, list[int]]]) -> bytes:
    """Give the comparisons of many bodies as a workbook.

    Parameters
    ----------
    comparisons
        A comparison for each body that has several years.
    alone
        The bodies that have one, with its year.

    Returns
    -------
    bytes
        The `.xlsx`: an overview with a row for each body, every cell of every body, and what was found.

    Raises
    ------
    MissingExtraError
        XlsxWriter is not installed.
    """
    try:
        from xlsxwriter import Workbook
    except ModuleNotFoundError:
        raise missing_extra(message("workbooks"), "xlsxwriter") from None
    file = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(file, options) as workbook:
        _overview(workbook, comparisons)
        _details(workbook, comparisons)
        _findings(workbook, comparisons, alone)
    return file.getvalue()


def _sheet(workbook: Workbook, name: str, titles: Iterable[str], widths: Sequence[int]) -> Worksheet:
    sheet = workbook.add_worksheet(name)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    sheet.write_row(0, 0, titles, workbook.add_format(_BASE | _HEAD))
    sheet.freeze_panes(1, 1)
    return sheet


def _overview(workbook: Workbook, comparisons: Sequence[Comparison]) -> None:
    """Write a row for each body: what its main numbers were and are."""
    first = comparisons[0]
    titles = ["单位", "年度"]
    for path in _MAIN:
        place = first.cells[path].place.partition(" › ")[2]
        titles += [f"{place}（上年）", f"{place}（本年）", f"{place}（增减）"]
    sheet = _sheet(workbook, "汇总", titles, [30, 14, *[14] * (len(titles) - 2)])
    style = workbook.add_format(_BASE | {"border": 1})
    for row, comparison in enumerate(comparisons, 1):
        numbers: list[Any] = []
        for path in _MAIN:
            cell = comparison.cells[path]
            numbers += [*cell.numbers[-2:], cell.change]
        years = "—".join(map(str, comparison.years[-2:]))
        _write_row(sheet, row, [comparison.reports[-1].agency, years, *numbers], style)
    sheet.autofilter(0, 0, len(comparisons), len(titles) - 1)


def _details(workbook: Workbook, comparisons: Sequence[Comparison]) -> None:
    """Write every cell of every body, by year."""
    years = sorted({year for comparison in comparisons for year in comparison.years})
    titles = ["单位", "位置", *(f"{year}年" for year in years), "增减", "增减（%）", "占比（%）"]
    sheet = _sheet(workbook, "数据对比", titles, [30, 60, *[12] * (len(titles) - 2)])
    style = workbook.add_format(_BASE | {"border": 1})
    row = 1
    for comparison in comparisons:
        for cell in comparison.cells.values():
            _write_row(sheet, row, _detail(comparison, cell, years), style)
            row += 1
    sheet.autofilter(0, 0, row - 1, len(titles) - 1)


def _detail(comparison: Comparison, cell: ComparedCell, years: list[int]) -> list[Any]:
    numbers = dict(zip(comparison.years, cell.numbers, strict=True))
    share = cell.shares[-1]
    return [
        comparison.reports[-1].agency,
        cell.place,
        *(numbers.get(year) for year in years),
        cell.change,
        None if cell.percent is None else round(float(cell.percent), 1),
        None if share is None else round(float(share) * 100, 1),
    ]


def _findings(workbook: Workbook, comparisons: Sequence[Comparison], alone: Sequence[tuple[str, list[int]]]) -> None:
    """Write what does not follow from last year, and the bodies that have only one year."""
    sheet = _sheet(workbook, "问题", ["单位", "位置", "问题"], [30, 60, 80])
    style = workbook.add_format(_BASE | {"border": 1, "text_wrap": True})
    rows = [
        [comparison.reports[-1].agency, finding.place, finding.message.text("zh")]
        for comparison in comparisons
        for finding in comparison.findings
    ]
    rows += [[name, "", f"只有{'、'.join(map(str, years))}年的报告"] for name, years in alone]
    for row, values in enumerate(rows, 1):
        _write_row(sheet, row, values, style)


def _write_row(sheet: Worksheet, row: int, values: Sequence[Any], style: Any) -> None:
    for column, value in enumerate(values):
        if value is None:
            sheet.write_blank(row, column, None, style)
        elif isinstance(value, str):
            sheet.write_string(row, column, value, style)
        else:
            sheet.write_number(row, column, value, style)
