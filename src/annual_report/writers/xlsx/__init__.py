"""Reports as workbooks: the form as an office fills it in, which checks itself while one types."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from annual_report.document.workbook import table_sheets
from annual_report.errors import Problem, UnusableInputError
from annual_report.form.sections import REPORT_NAME
from annual_report.messages import message
from annual_report.report.model import AnnualReport
from annual_report.writers.xlsx.basics import write_basics, write_instructions
from annual_report.writers.xlsx.checks import write_checks
from annual_report.writers.xlsx.rows import open_workbook
from annual_report.writers.xlsx.sheets import Book
from annual_report.writers.xlsx.tables import write_table
from annual_report.writers.xlsx.texts import write_texts

if TYPE_CHECKING:
    from annual_report.document.blocks import Document
    from annual_report.style import Style


def write(document: Document, style: Style) -> bytes:
    """Give a report's document as a workbook.

    Parameters
    ----------
    document
        The document.
    style
        Has no effect: the form has a look of its own.

    Returns
    -------
    bytes
        The `.xlsx`, from which an equal report is read.

    Raises
    ------
    UnusableInputError
        The document is no report's.
    MissingExtraError
        XlsxWriter is not installed.
    """
    del style
    if document.subject != REPORT_NAME:
        raise UnusableInputError([Problem(message("only a report is written as a workbook, not a comparison"))])
    return write_report(AnnualReport.model_validate_json(document.json()))


def write_report(report: AnnualReport, *, previous: AnnualReport | None = None, empty: bool = False) -> bytes:
    """Give a report as a workbook.

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
