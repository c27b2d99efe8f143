"""Many reports as one table: data frames, CSV files and Excel workbooks, and back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from annual_report.errors import PATH, Problem, UnusableInputError, require
from annual_report.loading import load_each
from annual_report.report.arguments import require_choice
from annual_report.tables.columns import Column, columns
from annual_report.tables.files import TableFile, save_table
from annual_report.tables.frames import frame_of, table_of
from annual_report.tables.records import Layout
from annual_report.tables.rows import reader_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pandas as pd

    from annual_report.report.model import AnnualReport
    from annual_report.tables.reading import Outcome

__all__ = ["Column", "columns", "from_frame", "read_table", "to_frame", "write_table"]


def to_frame(
    reports: Iterable[AnnualReport | str | Path], layout: Layout = "wide", *, keys: bool = True
) -> pd.DataFrame:
    """Return many reports as one pandas data frame.

    Parameters
    ----------
    reports
        Reports, and paths of readable files.
    layout
        `wide` for one row a report: agency, year, edition, the other fields and texts, then every value of the
        reports' editions; `long` for one row a value or text.
    keys
        Whether columns, and the places of a long table, bear the JSON's paths instead of the form's printed words.

    Returns
    -------
    pandas.DataFrame
        Counts are integers and amounts `Decimal`; null where a report's edition has no such value. A long frame has
        the columns `agency`, `year`, `edition`, `path`, `section`, `row`, `column` and `value`, or their words.

    Raises
    ------
    UnusableInputError
        A file cannot be read, or is no report; there is no such layout.
    MissingExtraError
        Pandas is not installed.

    Examples
    --------
    >>> from annual_report import AnnualReport
    >>> frame = to_frame(AnnualReport.blank(agency=name, year=2024) for name in ("甲局", "乙局"))
    >>> frame[["agency", "applications.received.total"]].values.tolist()
    [['甲局', 0], ['乙局', 0]]
    """
    require_choice(layout, Layout, "layout")
    return frame_of((report for report, _ in load_each(reports)), layout, keys=keys)


def from_frame(frame: pd.DataFrame) -> Iterator[AnnualReport]:
    """Iterate over the reports of a data frame.

    Parameters
    ----------
    frame
        A wide or long frame, headed by paths or the form's words, as `to_frame` gives it; its index does not matter.
        Numbers may be of any integer type, floats without a fraction or text, dates timestamps or text; what pandas
        counts as missing is blank. A blank count is 0, a blank total is derived.

    Yields
    ------
    AnnualReport
        The reports, in the order of their rows.

    Raises
    ------
    UnusableInputError
        Rows are no reports: everything that is wrong with any of them, by row and column. Reports before the first
        such row have been given.

    Examples
    --------
    >>> from annual_report import AnnualReport
    >>> report = AnnualReport.blank(agency="某局", year=2024)
    >>> list(from_frame(to_frame([report]))) == [report]
    True
    """
    return _reports(reader_of(table_of(frame)).reports(), "")


def write_table(
    reports: Iterable[AnnualReport | str | Path], path: str | Path, layout: Layout = "wide", *, keys: bool = False
) -> int:
    """Write many reports as one table.

    Parameters
    ----------
    reports
        Reports, and paths of readable files; gone through once.
    path
        A `.csv` or `.xlsx` file. The workbook has a column that says which numbers do not reconcile, and these are
        red.
    layout
        `wide` for one row a report, `long` for one row a value or text.
    keys
        Whether the JSON's paths head the columns, instead of the form's printed words.

    Returns
    -------
    int
        How many reports were written.

    Raises
    ------
    UnusableInputError
        A report's file or the table's cannot be used, or a workbook cannot hold the table, or there is no such layout;
        an existing file is as it was.
    MissingExtraError
        XlsxWriter is not installed.

    Examples
    --------
    >>> import tempfile
    >>> from annual_report import AnnualReport
    >>> report = AnnualReport.blank(agency="某局", year=2024)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "汇总.csv")
    ...     _ = write_table([report], path)
    ...     list(read_table(path)) == [report]
    True
    """
    require(path, (str, Path), "path", PATH)
    require_choice(layout, Layout, "layout")
    return save_table((report for report, _ in load_each(reports)), Path(path), layout, keys=keys)


def read_table(path: str | Path) -> Iterator[AnnualReport]:
    """Iterate over the reports of a table.

    Parameters
    ----------
    path
        A `.csv` or `.xlsx` file, wide or long, headed by paths or the form's words. CSV is read row by row.

    Yields
    ------
    AnnualReport
        The reports, in the order of their rows.

    Raises
    ------
    UnusableInputError
        The file is no such table, or rows are no reports: everything that is wrong with any of them, by row and
        column. Reports before the first such row have been given.
    MissingExtraError
        Python-calamine is not installed.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from annual_report import AnnualReport
    >>> report = AnnualReport.blank(agency="某局", year=2024)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "汇总.csv")
    ...     _ = write_table([report], path)
    ...     list(read_table(path)) == [report]
    True
    """
    require(path, (str, Path), "path", PATH)
    return _reports(TableFile(path).outcomes(), str(path))


def _reports(outcomes: Iterator[Outcome], source: str) -> Iterator[AnnualReport]:
    """Yield reports until one is wrong, and then everything that is wrong from there on."""
    problems: list[Problem] = []
    for _, outcome in outcomes:
        if isinstance(outcome, UnusableInputError):
            problems += outcome.problems
        elif not problems:
            yield outcome
    if problems:
        raise UnusableInputError(problems, source)
