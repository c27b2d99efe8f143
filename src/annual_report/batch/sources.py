"""Reads many reports one by one, from files, JSON Lines and tables; a failure does not stop the others."""

from __future__ import annotations

from collections.abc import Sized
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, TypeAlias

from annual_report.batch.chunks import worked_through
from annual_report.batch.plan import LINES, Source
from annual_report.batch.result import BatchResult, Failure, log_failure
from annual_report.batch.storage import is_url, opened
from annual_report.errors import Problem, UnusableInputError
from annual_report.loading import load, loads
from annual_report.logs import logger
from annual_report.messages import message
from annual_report.report.arguments import require_source, require_sources
from annual_report.report.model import AnnualReport
from annual_report.tables.files import TableFile, is_table_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Executor

_LOG = logger("annual_report.batch")

FILES_PER_CHUNK = 4
"""How many files are read by a worker at once."""

ReadReport: TypeAlias = "tuple[str, AnnualReport | Failure]"
"""The name of a report, and the report or the reason why it cannot be read."""


class Sources:
    """Reports, and files with reports that are read during iteration.

    Parameters
    ----------
    sources
        Reports, or paths of readable files, of `.jsonl` files with one report per line, and of tables (`.csv`,
        `.xlsx`).
    executor
        Where to read files with one report each; by default, here.
    argument
        The name of the argument that the sources were given as, for errors.

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

    def __init__(self, sources: Iterable[Source], executor: Executor | None = None, argument: str = "sources") -> None:
        require_sources(sources, argument)
        self._sources = sources
        self._argument = argument
        self._executor = executor
        self.total = len(sources) if isinstance(sources, Sized) else 0

    def __iter__(self) -> Iterator[ReadReport]:
        """Yield the reports."""
        for is_one_file, group in groupby(self._counted(), _is_one_file):
            if is_one_file and self._executor:
                files = map(str, group)
                for results in worked_through(files, self._executor, FILES_PER_CHUNK, _read_files, _died):
                    yield from results
            else:
                for source in group:
                    yield from self._reports(source)

    def _counted(self) -> Iterator[Source]:
        is_counted = self.total > 0
        for source in self._sources:
            require_source(source, self._argument)
            self.total += not is_counted
            yield source

    def followed(self, progress: Callable[[BatchResult], object] | None) -> Iterator[ReadReport]:
        """Yield the reports, and report the progress after each."""
        result = BatchResult(self.total)
        for source, report in self:
            yield source, report
            if isinstance(report, Failure):
                log_failure(report)
                result.failures.append(report)
            else:
                result.written += 1
            result.total = self.total
            if progress:
                progress(result)
        _LOG.info("read %d reports, %d failed", result.written, len(result.failures))

    def _reports(self, source: Source) -> Iterator[ReadReport]:
        """Yield the reports of a source; if reading fails midway, the reports read so far and the failure."""
        if isinstance(source, AnnualReport):
            yield f"{source.agency}-{source.year}", source
            return
        name = str(source)
        try:
            if name.lower().endswith(LINES):
                yield from self._lines(name)
            elif is_table_file(name):
                yield from self._table(name)
            else:
                yield _read(name, partial(_whole, name))
        except Exception as error:  # noqa: BLE001  # no failure stops the others
            yield name, _failure(name, error)

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


def _is_one_file(source: Source) -> bool:
    """Return whether a source is a file that has one report only; an unreadable one is left to be reported."""
    if isinstance(source, AnnualReport) or str(source).lower().endswith(LINES):
        return False
    try:
        return not is_table_file(str(source))
    except UnusableInputError:
        return False


def _read_files(files: list[str]) -> list[ReadReport]:
    """Read some files, in the worker."""
    return [_read(file, partial(_whole, file)) for file in files]


def _died(file: str) -> ReadReport:
    return file, Failure(file, UnusableInputError([Problem(message("the process that read it died"))], file))


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
