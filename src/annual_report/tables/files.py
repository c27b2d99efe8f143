"""Tables of reports as files: CSV, and Excel workbooks."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from annual_report.checks.relations import findings as open_relations
from annual_report.errors import Problem, UnusableInputError
from annual_report.messages import message, place_in
from annual_report.readers import SUFFIXES as READABLE
from annual_report.tables.csv_file import csv_rows, csv_writer, written
from annual_report.tables.reading import Table
from annual_report.tables.records import flag_heading, headings, long_headings, long_rows, wide_columns
from annual_report.tables.rows import is_table, reader_of
from annual_report.tables.spool import Spool
from annual_report.tables.xlsx_file import letter, sheets
from annual_report.writers.xlsx.rows import MAX_ROWS, MAX_TEXT, Sheet, fits, width_of, workbook

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from annual_report.checks import Finding
    from annual_report.report.model import AnnualReport
    from annual_report.tables.columns import Column
    from annual_report.tables.reading import Outcome
    from annual_report.tables.records import Layout

SUFFIXES = (".csv", ".xlsx")
"""What names of such files end with."""

_TITLE_ROWS = 5
"""Within how many rows the headings are looked for."""

_FLAG_AFTER = 3
_FLAG_WIDTH = 24
_FROZEN = 2
_SHOWN = 3
"""How many findings the column of flags spells out."""


def suffix_of(path: str | Path) -> str:
    """Return the suffix of a table's file.

    Raises
    ------
    UnusableInputError
        It is none of those that tables have.
    """
    suffix = Path(path).suffix.lower()
    if suffix not in SUFFIXES:
        words = message("tables are {suffix} files", suffix=", ".join(SUFFIXES))
        raise UnusableInputError([Problem(words)], str(path))
    return suffix


def save_table(reports: Iterable[AnnualReport], path: Path, layout: Layout, *, keys: bool) -> int:
    """Write reports as a table, and give their number."""
    suffix = suffix_of(path)
    is_flagged = suffix == ".xlsx" and layout == "wide"
    with Spool(_open if is_flagged else _nothing) as spool:
        problems: list[Problem] = []
        identities: set[tuple[str, int, str]] = set()
        for report in reports:
            held = spool.add(report)
            if suffix == ".xlsx":
                problems += _too_long(held)
            if layout == "long":
                problems += _twice(report, identities)
        if suffix == ".xlsx" and (spool.values if layout == "long" else spool.count) >= MAX_ROWS:
            problems.append(Problem(message("a worksheet holds {most} rows; write a .csv file", most=MAX_ROWS)))
        if problems:
            raise UnusableInputError(problems, str(path))
        (_save_csv if suffix == ".csv" else _save_workbook)(spool, path, layout, keys)
        return spool.count


def _nothing(_: AnnualReport) -> None:
    """Note nothing of a report."""


def _open(report: AnnualReport) -> tuple[str, frozenset[str]]:
    """Describe what does not reconcile in a report's numbers, and in which cells."""
    found = list(open_relations(report))
    return _flag(found), frozenset(finding.path for finding in found)


def _flag(found: Sequence[Finding]) -> str:
    if not found:
        return ""
    told = "；".join(f"{place_in(finding.place)}: {finding.message}" for finding in found[:_SHOWN])
    more = "；…" if len(found) > _SHOWN else ""
    return str(message("{count} do not reconcile: {words}", count=len(found), words=f"{told}{more}"))


def _too_long(held: dict[str, Any]) -> Iterator[Problem]:
    for path, value in held.items():
        if isinstance(value, str) and not fits(value):
            words = message("a worksheet's cell holds {most} characters; write a .csv file", most=MAX_TEXT)
            yield Problem(words, f"{held['agency']} {held['year']}", path)


def _twice(report: AnnualReport, identities: set[tuple[str, int, str]]) -> Iterator[Problem]:
    identity = (report.agency, report.year, report.edition)
    if identity in identities:
        words = message(
            "there are two reports on {year}, which a table of one row a value cannot tell apart", year=report.year
        )
        yield Problem(words, report.agency, "agency")
    identities.add(identity)


def _rows(
    spool: Spool, shown: Sequence[Column], layout: Layout, *, keys: bool
) -> Iterator[tuple[list[Any], list[bool]]]:
    """Iterate over the rows of a table, each with which of its values are users' text."""
    is_text = [column.is_text for column in shown]
    for held, _ in spool:
        if layout == "wide":
            yield [held.get(column.path) for column in shown], is_text
        else:
            for row, column in long_rows(held, shown, keys=keys):
                yield row, [True, *[False] * (len(row) - 2), column.is_text]


def _save_csv(spool: Spool, path: Path, layout: Layout, keys: bool) -> None:  # noqa: FBT001  # as `save_table` has it
    shown = wide_columns(spool.editions, spool.used)
    with csv_writer(path) as file:
        file.writerow(headings(shown, keys=keys) if layout == "wide" else long_headings(keys=keys))
        for row, is_text in _rows(spool, shown, layout, keys=keys):
            file.writerow([written(value, is_text=text) for value, text in zip(row, is_text, strict=True)])


def _save_workbook(spool: Spool, path: Path, layout: Layout, keys: bool) -> None:  # noqa: FBT001  # as `save_table` has it
    shown = wide_columns(spool.editions, spool.used)
    titles = headings(shown, keys=keys) if layout == "wide" else long_headings(keys=keys)
    widths = [0] * len(titles)
    for row, _ in _rows(spool, shown, layout, keys=keys):
        widths = [max(width, _width(value)) for width, value in zip(widths, row, strict=True)]
    with workbook(path) as book:
        if layout == "long":
            sheet = Sheet(book, message("Reports").text(), titles, widths)
            for row, _ in _rows(spool, shown, layout, keys=keys):
                sheet.add(row)
        else:
            titles.insert(_FLAG_AFTER, flag_heading(keys=keys))
            widths.insert(_FLAG_AFTER, _FLAG_WIDTH)
            sheet = Sheet(book, message("Reports").text(), titles, widths)
            for held, (flag, cells) in spool:
                row = [held.get(column.path) for column in shown]
                marked = [column.path in cells for column in shown]
                row.insert(_FLAG_AFTER, flag)
                marked.insert(_FLAG_AFTER, bool(flag))
                sheet.add(row, marked)
        sheet.finish(frozen=_FROZEN)


def _width(value: Any) -> int:
    return width_of(value[:200]) if isinstance(value, str) else 0 if value is None else len(str(value))


class TableFile:
    """A file's table of reports.

    Parameters
    ----------
    path
        A `.csv` or `.xlsx` file.
    """

    def __init__(self, path: str | Path) -> None:
        self._path = Path(path)
        self._is_csv = suffix_of(path) == ".csv"
        self._in_memory: Table | None = None

    def _table(self) -> Table:
        """Open the file; a CSV file's rows are read as they are taken, a workbook's all at once."""
        if self._is_csv:
            return _csv_table(self._path)
        self._in_memory = self._in_memory or _sheet_table(self._path)
        return self._in_memory

    def count(self) -> int:
        """Count its reports.

        Raises
        ------
        UnusableInputError
            The file cannot be read, or has no table of reports.
        """
        return reader_of(self._table()).count()

    def outcomes(self) -> Iterator[Outcome]:
        """Iterate over its reports, each with its row.

        Raises
        ------
        UnusableInputError
            The file cannot be read, or has no table of reports.
        """
        yield from reader_of(self._table()).reports()


def is_table_file(path: str | Path) -> bool:
    """Return whether a file is a table of reports: by its suffix or, where that may be another workbook, headings."""
    suffix = Path(path).suffix.lower()
    is_readable_otherwise = suffix.removeprefix(".") in READABLE
    return suffix in SUFFIXES and (not is_readable_otherwise or _has_table(Path(path)))


def _has_table(path: Path) -> bool:
    return any(_headed(_filled_rows(sheet)) is not None for sheet in sheets(path))


def _csv_table(path: Path) -> Table:
    rows = csv_rows(path)
    first = next(rows, None)
    if first is None:
        raise UnusableInputError([Problem(message("the file is empty"))], str(path))
    headings = _headed(chain([first], rows))
    if headings is None:
        return _table(first[1], [], path)
    rows = csv_rows(path)
    below = ((number, row) for number, row in rows if number > headings[0])
    return _table(headings[1], below, path, is_csv=True)


def _sheet_table(path: Path) -> Table:
    """Take the first worksheet that has the headings of a table of reports, or else the first that has anything."""
    fallback = None
    for sheet in sheets(path):
        headings = _headed(_filled_rows(sheet))
        if headings is not None:
            return _table(headings[1], _Below(sheet, headings[0]), path)
        fallback = fallback or next(_filled_rows(sheet), None)
    if fallback is None:
        raise UnusableInputError([Problem(message("the file is empty"))], str(path))
    return _table(fallback[1], [], path)


@dataclass(frozen=True, slots=True)
class _Below:
    """The rows of a worksheet below its headings, made anew each time they are gone through."""

    sheet: Any
    heading: int

    def __iter__(self) -> Iterator[tuple[int, list[Any]]]:
        return ((number, row) for number, row in _filled_rows(self.sheet) if number > self.heading)


def _filled_rows(sheet: Any) -> Iterator[tuple[int, list[Any]]]:
    return ((number, row) for number, row in enumerate(sheet.iter_rows(), 1) if any(cell != "" for cell in row))


def _headed(rows: Iterable[tuple[int, list[Any]]]) -> tuple[int, list[Any]] | None:
    """Find the row of headings, above which there may be a title."""
    return next(((number, row) for number, row in islice(rows, _TITLE_ROWS) if is_table(row)), None)


def _table(headings: list[Any], rows: Iterable[tuple[int, list[Any]]], path: Path, *, is_csv: bool = False) -> Table:
    names = [letter(index) for index in range(len(headings))]
    return Table(headings, names, rows, str(path), is_escaped=is_csv, is_in_memory=not is_csv)
