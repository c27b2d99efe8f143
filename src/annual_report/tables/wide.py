"""Reads tables with one row for each report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from annual_report.errors import Problem
from annual_report.form.sections import TABLES
from annual_report.messages import message
from annual_report.report.places import problem_at
from annual_report.tables.columns import FLAG, plain, required
from annual_report.tables.reading import Reader, Reading, at, unfilled
from annual_report.tables.values import is_nothing, meaning_of
from annual_report.tables.xlsx_file import letter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from annual_report.form import Edition
    from annual_report.tables.reading import Outcome, Table


@dataclass(frozen=True, slots=True)
class _Plan:
    """Where one edition's reports are in a row.

    Parameters
    ----------
    edition
        The edition.
    index
        The column of each value, by its path.
    reads
        Column, path and function of each value that the edition has.
    foreign
        Column and path of the values that it does not have.
    sections
        The columns of each table's values.
    """

    edition: Edition
    index: dict[str, int]
    reads: list[tuple[int, str, Callable[[Any], Any]]]
    foreign: list[tuple[int, str]]
    sections: dict[str, list[int]]


class WideReader(Reader):
    """Reads a table of one row a report."""

    def __init__(self, table: Table) -> None:
        super().__init__(table)
        flags = {plain(word) for word in FLAG.values()}
        blank = [is_nothing(heading) for heading in table.headings]
        is_flag = [plain(heading) in flags for heading in table.headings]
        self._paths = [
            {} if flag else self.known.paths(text) for text, flag in zip(table.headings, is_flag, strict=True)
        ]
        self._width = len(blank)
        self._unheaded = [index for index, is_blank in enumerate(blank) if is_blank]
        self._plans: dict[str, _Plan] = {}
        problems = [
            self.unknown_column(index)
            for index, paths in enumerate(self._paths)
            if not (paths or blank[index] or is_flag[index])
        ]
        problems += self._repeated()
        if problems:
            raise table.unusable(problems)

    def _repeated(self) -> Iterator[Problem]:
        """Find columns that mean the same in some edition."""
        first: dict[tuple[str, str], int] = {}
        for index, paths in enumerate(self._paths):
            others = [other for pair in paths.items() if (other := first.setdefault(pair, index)) != index]
            if others:
                yield self.repeated_column(others[0], index)

    def count(self) -> int:
        """Count the reports."""
        return sum(1 for _ in self.table.rows)

    def reports(self) -> Iterator[Outcome]:
        """Iterate over the rows."""
        edition, year = map(self._index_of, ("edition", "year"))
        for row, given in self.table.rows:
            cells = [*given, *[None] * (self._width - len(given))]
            reading = self.reading(None if edition is None else cells[edition], None if year is None else cells[year])
            plan = self._plans.get(reading.edition.id) or self._plan(reading)
            data = {path: read(cells[index]) for index, path, read in plan.reads}
            names = self.table.names
            yield (
                str(row),
                self.report(data, lambda path: (row, names[plan.index[path]]), row, self._stray(plan, row, cells)),  # noqa: B023  # used at once
            )

    def _index_of(self, path: str) -> int | None:
        return next((index for index, paths in enumerate(self._paths) if path in paths.values()), None)

    def _plan(self, reading: Reading) -> _Plan:
        """Find the columns of an edition; one that is missing makes the whole table unusable."""
        edition = reading.edition
        index = {paths[edition.id]: index for index, paths in enumerate(self._paths) if paths}
        missing = [path for path in required(edition) if path not in index]
        if missing:
            words = message("the column is missing")
            raise self.table.unusable(problem_at(path.split("."), words, edition) for path in missing)
        plan = self._plans[edition.id] = _Plan(
            edition,
            index,
            [(column, path, reading.of_path[path]) for path, column in index.items() if path in reading.of_path],
            [(column, path) for path, column in index.items() if path not in reading.of_path],
            {key: [column for path, column in index.items() if path.startswith(f"{key}.")] for key in TABLES},
        )
        return plan

    def _stray(self, plan: _Plan, row: Any, cells: Sequence[Any]) -> Iterator[Problem]:
        """Find what stands where nothing should, and tables in which nothing stands."""
        for index, path in plan.foreign:
            if meaning_of("count")(cells[index]) != 0:
                yield self.absent(plan.edition, (row, self.table.names[index]), path)
        for index in (*self._unheaded, *range(self._width, len(cells))):
            if not is_nothing(cells[index]):
                name = self.table.names[index] if index < self._width else letter(index)  # in a file alone
                yield at((row, name), Problem(message("the column has no heading")))
        for section, indexes in plan.sections.items():
            if all(is_nothing(cells[index]) for index in indexes):
                yield unfilled(plan.edition, row, section)
