"""The workbook of findings that is sent back to the bodies, with a column that they fill in."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from annual_report.checks.advice import advice
from annual_report.checks.severity import NAMES
from annual_report.errors import UnusableInputError, one_line
from annual_report.messages import message, place_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from annual_report.batch.checking import Checked

Row: TypeAlias = list[str | int]

_TITLES = (
    message("Body"),
    message("Year"),
    message("Place"),
    message("Severity"),
    message("Finding"),
    message("What to do"),
    message("What was done"),
)
_WIDTHS = (24, 6, 36, 8, 40, 30, 20)


def review_rows(one: Checked) -> Iterator[Row]:
    """Yield a row for each finding in a report, or for each reason why its file cannot be read.

    Parameters
    ----------
    one
        The result for the report.

    Yields
    ------
    list[str | int]
        The body or the file, the year, the place, the severity, what was found, what to do, and what is left to fill
        in.

    Examples
    --------
    >>> from annual_report import AnnualReport, check_many
    >>> (checked,) = check_many([AnnualReport.blank(agency="某局", year=2024)])
    >>> next(review_rows(checked))[:4]
    ['某局', 2024, '一、总体情况', '错误']
    """
    for finding in one.findings:
        severity, words = NAMES[finding.severity].text(), finding.message.text()
        yield [one.agency, one.year or "", place_in(finding.place), severity, words, advice(finding).text(), ""]
    if one.failure and isinstance(one.failure.error, UnusableInputError):
        for problem in one.failure.error.problems:
            yield unread_row(one.source, replace(problem, place="", path="").text(), place_in(problem.place))
    else:
        for line in one.problems:
            yield unread_row(one.source, line)


def unread_row(source: str, reason: str, where: str = "") -> Row:
    """Return the row of a file that cannot be read.

    Parameters
    ----------
    source
        The file's name.
    reason
        Why it cannot.
    where
        The place in the form's printed words, if the reason is about one.

    Returns
    -------
    list[str | int]
        The row.

    Examples
    --------
    >>> unread_row("a.pdf", "the form is damaged")[0]
    'a.pdf'
    """
    severity, advised = message("unreadable").text(), message("hand in a file that can be read").text()
    return [one_line(source), "", where, severity, one_line(reason), advised, ""]


def write_review(rows: Iterable[Row], path: Path) -> None:
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
