"""Comparisons of years as workbooks: every cell by year, and what does not follow from last year."""

from __future__ import annotations

from datetime import datetime, time
from io import BytesIO
from typing import TYPE_CHECKING, Any

from annual_report.document.blocks import Paragraph
from annual_report.document.comparison import compose_comparison
from annual_report.errors import one_line
from annual_report.form import registry
from annual_report.report.places import SEPARATOR, place
from annual_report.writers.xlsx.rows import Sheet, open_workbook, workbook

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from annual_report.analysis.compare import ComparedCell, Comparison
    from annual_report.analysis.pairs import Pairs

_MAIN = (
    "applications.received.total",
    "applications.outcomes.total.total",
    "applications.carried_forward.total",
    "disputes.reconsideration.total",
    "disputes.litigation.direct.total",
    "disputes.litigation.after_reconsideration.total",
)
"""The cells that the overview of many bodies shows."""

_WIDTHS = {"单位": 30, "位置": 60, "问题": 80}
_SUMMARY = 100
_NUMBER = 10
"""How wide columns are, in Latin characters."""


def write_comparison(comparison: Comparison) -> bytes:
    """Return one body's comparison as a workbook: what changed most, and every cell by year with its change and share.

    Raises
    ------
    MissingExtraError
        XlsxWriter is not installed.
    """
    file = BytesIO()
    with open_workbook(file, constant_memory=True) as book:
        _write_summary(book, comparison)
        _Sheets(book, comparison.years).write([comparison])
    return file.getvalue()


def write_pairs(pairs: Pairs, path: Path) -> None:
    """Write the comparisons of many bodies to a workbook, one body at a time.

    Parameters
    ----------
    pairs
        The reports.
    path
        The file: an overview with a row for each body, every cell of every body, and what was found.

    Raises
    ------
    MissingExtraError
        XlsxWriter is not installed.
    UnusableInputError
        The file cannot be written; an existing one is unchanged.
    """
    remarks = [(name, f"只有{year}年的报告") for name, year in pairs.alone()]
    remarks += [(name, f"{year}年的报告重复，未计入：{one_line(source)}") for name, year, source in pairs.duplicates()]
    with workbook(path) as book:
        _Sheets(book, pairs.years).write(pairs.compared(), remarks)


def _write_summary(book: Any, comparison: Comparison) -> None:
    """Write a worksheet with the title and the sentences of the comparison as a document."""
    document = compose_comparison(comparison)
    created = datetime.combine(document.created, time())
    book.set_properties({"title": document.title, "author": document.author, "created": created})
    sheet = Sheet(book, "说明", [document.title], [_SUMMARY], wraps=True, widest=_SUMMARY)
    for block in document.blocks:
        if isinstance(block, Paragraph):
            sheet.add(["".join(run.text for run in block.runs)])
    sheet.finish(frozen=0)


class _Sheets:
    """The worksheets of a workbook, which are written side by side."""

    def __init__(self, book: Any, years: Sequence[int]) -> None:
        self._book = book
        self._years = years
        self._overview = self._new("汇总", ["单位", "年度", *_main_titles(years[-1])])
        self._details = self._new_details("数据对比")
        self._findings = self._new("问题", ["单位", "位置", "问题"], wraps=True)

    def write(self, comparisons: Iterable[Comparison], remarks: Iterable[tuple[str, str]] = ()) -> None:
        """Write the comparisons, and what else is to be said of bodies."""
        for comparison in comparisons:
            self._add_overview(comparison)
            self._add_details(comparison)
            for finding in comparison.findings:
                self._findings.add([comparison.reports[-1].agency, finding.place, finding.message.text("zh")])
        for name, words in remarks:
            self._findings.add([name, "", words])
        for sheet in (self._overview, self._details, self._findings):
            sheet.finish(frozen=1)

    def _add_overview(self, comparison: Comparison) -> None:
        """Write a row: a body's main numbers in the last two years."""
        cells = [comparison.cells[path] for path in _MAIN]
        years = "—".join(map(str, comparison.years[-2:]))
        numbers = [number for cell in cells for number in (*cell.numbers[-2:], cell.change)]
        self._overview.add([comparison.reports[-1].agency, years, *numbers])

    def _add_details(self, comparison: Comparison) -> None:
        """Write a row for each cell of a body; what does not follow from last year is red."""
        if self._details.room < len(comparison.cells):
            self._details.finish(frozen=1)
            self._details = self._new_details(f"数据对比（{len(self._book.worksheets())}）")
        wrong = {finding.path for finding in comparison.findings}
        for path, cell in comparison.cells.items():
            row = self._detail(comparison, cell)
            self._details.add(row, [path in wrong] * len(row))

    def _new_details(self, name: str) -> Sheet:
        titles = ["单位", "位置", *(f"{year}年" for year in self._years), "增减", "增减（%）", "占比（%）"]
        return self._new(name, titles, wraps=True)

    def _new(self, name: str, titles: list[str], *, wraps: bool = False) -> Sheet:
        widths = [_WIDTHS.get(title, _NUMBER) for title in titles]
        return Sheet(self._book, name, titles, widths, wraps=wraps, widest=max(widths))

    def _detail(self, comparison: Comparison, cell: ComparedCell) -> list[Any]:
        numbers = dict(zip(comparison.years, cell.numbers, strict=True))
        share = cell.shares[-1]
        return [
            comparison.reports[-1].agency,
            cell.place,
            *(numbers.get(year, "") for year in self._years),
            "" if cell.change is None else cell.change,
            "" if cell.percent is None else round(float(cell.percent), 1),
            "" if share is None else round(float(share) * 100, 1),
        ]


def _main_titles(year: int) -> list[str]:
    """Return the headings of the overview's numbers, in the words of the form of a year."""
    edition = registry.followed_by(None, year)
    places = [place(edition, path.split(".")).partition(SEPARATOR)[2] for path in _MAIN]
    return [f"{words}（{which}）" for words in places for which in ("上年", "本年", "增减")]
