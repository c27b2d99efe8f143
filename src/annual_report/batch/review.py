"""The workbook of findings that is sent back to the bodies, with a column that they fill in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annual_report.checks.advice import advice
from annual_report.errors import one_line
from annual_report.messages import message, place_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from annual_report.batch.checking import Checked

_TITLES = (
    message("Body"),
    message("Place"),
    message("Finding"),
    message("What to do"),
    message("What was done"),
)
_WIDTHS = (24, 36, 40, 30, 20)


def review_rows(one: Checked) -> Iterator[list[str]]:
    """Give a row for each finding in a report, or for each reason why its file cannot be read.

    Parameters
    ----------
    one
        The result for the report.

    Yields
    ------
    list[str]
        The body or the file, the place, what was found, what to do, and what is left to fill in.

    Examples
    --------
    >>> from annual_report import AnnualReport, check_many
    >>> (checked,) = check_many([AnnualReport.blank(agency="某局", year=2024)])
    >>> next(review_rows(checked))[:2]
    ['某局', '一、总体情况']
    """
    for finding in one.findings:
        yield [one.agency, place_in(finding.place), finding.message.text(), advice(finding).text(), ""]
    for line in one.failure.text().splitlines() if one.failure else ():
        yield unread_row(one.source, line.removeprefix(one_line(f"{one.source}: ")))


def unread_row(source: str, reason: str) -> list[str]:
    """Give the row of a file that cannot be read.

    Parameters
    ----------
    source
        The file's name.
    reason
        Why it cannot.

    Returns
    -------
    list[str]
        The row.

    Examples
    --------
    >>> unread_row("a.pdf", "the form is damaged")[0]
    'a.pdf'
    """
    return [one_line(source), "", one_line(reason), message("hand in a file that can be read").text(), ""]


def write_review(rows: Iterable[list[str]], path: Path) -> None:
    """Write the workbook.

    Parameters
    ----------
    rows
        What `review_rows` gives.
    path
        Where to write it.

    Raises
    ------
    UnusableInputError
        It cannot be written there.
    MissingExtraError
        The package that writes workbooks is not installed.
    """
    from annual_report.writers.xlsx.rows import Sheet, workbook

    titles = [title.text() for title in _TITLES]
    with workbook(path) as book:
        sheet = Sheet(book, message("Findings of the check").text(), titles, _WIDTHS, wraps=True)
        for row in rows:
            sheet.add(row)
        sheet.finish(frozen=1)
