"""Reads many reports one by one, from files, JSON Lines and tables; a failure does not stop the others."""

from __future__ import annotations

from collections.abc import Sized
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from annual_report.batch.plan import LINES, Source
from annual_report.batch.result import BatchResult, Failure
from annual_report.batch.storage import is_url, opened
from annual_report.loading import load, loads
from annual_report.report.arguments import require_source, require_sources
from annual_report.report.model import AnnualReport
from annual_report.tables.files import TableFile, is_table_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

ReadReport: TypeAlias = "tuple[str, AnnualReport | Failure]"
"""The name of a report, and the report or the reason why it cannot be read."""


class Sources:
    """Reports, and files with reports that are read during iteration.

    Parameters
    ----------
    sources
        Reports, or paths of readable files, of `.jsonl` files with one report per line, and of tables (`.csv`,
        `.xlsx`).

    Attributes
    ----------
    total
        The number of reports known so far: a file counts as one until it is opened.

    Examples
    --------
    >>> sources = Sources([AnnualReport.blank(agency="某局", year=2024), "missing.json"])
    >>> [source for source, _ in sources], sources.total
    (['某局-2024', 'missing.json'], 2)
    """

    def __init__(self, sources: Iterable[Source]) -> None:
        require_sources(sources, "sources")
        self._sources = sources
        self.total = len(sources) if isinstance(sources, Sized) else 0

    def __iter__(self) -> Iterator[ReadReport]:
        """Yield the reports."""
        is_counted = self.total > 0
        for source in self._sources:
            require_source(source, "sources")
            self.total += not is_counted
            if isinstance(source, AnnualReport):
                yield f"{source.agency}-{source.year}", source
            else:
                yield from self._file(str(source))

    def followed(self, progress: Callable[[BatchResult], object] | None) -> Iterator[ReadReport]:
        """Yield the reports, and report the progress after each."""
        result = BatchResult(self.total)
        for source, report in self:
            yield source, report
            if isinstance(report, Failure):
                result.failures.append(report)
            else:
                result.written += 1
            result.total = self.total
            if progress:
                progress(result)

    def _file(self, source: str) -> Iterator[ReadReport]:
        """Yield the reports of a file; if reading fails midway, the reports read so far and the failure."""
        try:
            if source.lower().endswith(LINES):
                yield from self._lines(source)
            elif is_table_file(source):
                yield from self._table(source)
            else:
                yield _read(source, partial(_whole, source))
        except Exception as error:  # noqa: BLE001  # no failure stops the others
            yield source, _failure(source, error)

    def _lines(self, source: str) -> Iterator[ReadReport]:
        with opened(source) as file:
            self.total += sum(1 for line in file if line.strip()) - 1
        with opened(source) as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    name = f"{source}:{number}"
                    yield _read(name, partial(loads, line, name))

    def _table(self, source: str) -> Iterator[ReadReport]:
        table = TableFile(source)
        self.total += table.count() - 1
        for row, outcome in table.outcomes():
            name = f"{source}:{row}"
            yield name, outcome if isinstance(outcome, AnnualReport) else Failure(name, outcome)


def _whole(source: str) -> AnnualReport:
    if not is_url(source):
        return load(source)
    with opened(source) as file:
        return loads(file.read(), source)


def _read(source: str, get: Callable[[], AnnualReport]) -> ReadReport:
    try:
        return source, get()
    except Exception as error:  # noqa: BLE001  # no failure stops the others
        return source, _failure(source, error)


def _failure(source: str, error: Exception) -> Failure:
    error.__context__ = None
    return Failure(source, error.with_traceback(None))  # whose frames would keep the report
