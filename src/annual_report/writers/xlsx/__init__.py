"""Reports as workbooks: the form as an office fills it in, which checks itself while one types."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from annual_report.document.workbook import table_sheets
from annual_report.report.model import AnnualReport
from annual_report.writers.xlsx.basics import write_basics, write_instructions
from annual_report.writers.xlsx.checks import write_checks
from annual_report.writers.xlsx.comparison import write_comparison
from annual_report.writers.xlsx.rows import open_workbook
from annual_report.writers.xlsx.sheets import Book
from annual_report.writers.xlsx.tables import write_table
from annual_report.writers.xlsx.texts import write_texts

if TYPE_CHECKING:
    from annual_report.analysis.compare import Comparison


def write(report: AnnualReport | Comparison) -> bytes:
    """Return a report or a comparison as a workbook.

    Parameters
    ----------
    report
        The report or comparison.

    Returns
    -------
    bytes
        The `.xlsx`; from that of a report an equal report is read.

    Raises
    ------
    MissingExtraError
        XlsxWriter is not installed.
    """
    return write_report(report) if isinstance(report, AnnualReport) else write_comparison(report)


def write_report(report: AnnualReport, *, previous: AnnualReport | None = None, empty: bool = False) -> bytes:
    """Return a report as a workbook.

    Parameters
    ----------
    report
        The report.
    previous
        The body's report on the year before; its numbers are then part of the checks.
    empty
        Whether to leave every number to be filled in, but for those that follow from `previous`; the report then
        gives body, year and text.

    Returns
    -------
    bytes
        The `.xlsx`; the same report gives the same bytes.

    Raises
    ------
    MissingExtraError
        XlsxWriter is not installed.
    """
    file = BytesIO()
    with open_workbook(file, constant_memory=False) as workbook:
        book = Book(workbook, report, previous, empty=empty)
        write_instructions(book)
        write_basics(book)
        for sheet in table_sheets(report.form).values():
            write_table(book, sheet)
        write_texts(book)
        write_checks(book)
        book.finish()
    return file.getvalue()
