"""Reads tables with one row for each value."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from annual_report.errors import Problem
from annual_report.form.sections import TABLES
from annual_report.messages import message
from annual_report.report.places import SEPARATOR
from annual_report.tables.columns import IDENTITY, LONG, plain
from annual_report.tables.reading import Reader, Reading, at, unfilled
from annual_report.tables.values import is_nothing, meaning_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from annual_report.errors import UnusableInputError
    from annual_report.report.model import AnnualReport
    from annual_report.tables.reading import Outcome, Row, Table

_NAMES = ("section", "row", "column")


class LongReader(Reader):
    """Reads a table of one row a value."""

    def __init__(self, table: Table) -> None:
        super().__init__(table)
        self._index: dict[str, int] = {}
        problems = list(self._find_columns())
        if not {"path", "section"} & self._index.keys():
            problems.append(Problem(message("the column is missing"), LONG["path"], "path"))
        if problems:
            raise table.unusable(problems)

    def _find_columns(self) -> Iterator[Problem]:
        keys = {plain(word): key for pair in LONG.items() for key in pair[:1] for word in pair}
        for index, heading in enumerate(self.table.headings):
            paths = [path for path in self.known.paths(heading).values() if path in IDENTITY]
            key = keys.get(plain(heading)) or (paths[0] if paths else None)
            if key in self._index:
                yield self.repeated_column(self._index[key], index)
            elif key:
                self._index[key] = index
            elif not is_nothing(heading):
                yield self.unknown_column(index)

    def _groups(self) -> Iterator[tuple[tuple[str, ...], Iterator[Row]]]:
        """Iterate over the rows, those of a report together; put in order where all are in memory."""
        rows = self.table.rows
        if self.table.is_in_memory:
            order: dict[tuple[str, ...], int] = {}
            rows = sorted(rows, key=lambda row: order.setdefault(self._identity(row), len(order)))
        return groupby(rows, self._identity)

    def count(self) -> int:
        """Count the reports."""
        return sum(1 for _ in self._groups())

    def reports(self) -> Iterator[Outcome]:
        """Iterate over the reports."""
        seen: set[tuple[str, ...]] = set()
        for identity, group in self._groups():
            found = list(group)
            yield str(found[0][0]), self._report(found, is_apart=identity in seen)
            seen.add(identity)

    def _cell(self, cells: Sequence[Any], key: str) -> Any:
        index = self._index.get(key, len(cells))
        return cells[index] if index < len(cells) else None

    def _identity(self, row: Row) -> tuple[str, ...]:
        """Return what tells the reports apart, as text."""
        agency, year, edition = (self._cell(row[1], key) for key in IDENTITY)
        return str(meaning_of("line")(agency)), str(meaning_of("year")(year)), str(meaning_of("edition")(edition))

    def _report(self, rows: list[Row], *, is_apart: bool) -> AnnualReport | UnusableInputError:
        first, cells = rows[0]
        reading = self.reading(self._cell(cells, "edition"), self._cell(cells, "year"))
        problems: list[Problem] = []
        if is_apart:
            problems.append(at((first, None), Problem(message("the rows of this report are not together"))))
        spots = dict.fromkeys(IDENTITY, first)
        data = {key: reading.of_path[key](self._cell(cells, key)) for key in IDENTITY if key in self._index}
        filled = set()
        repeated: list[Problem] = []
        for row, values in rows:
            path, value = self._path(values, reading), self._cell(values, "value")
            if path in spots:
                repeated.append(self._repeated(path, row, spots[path]))
            elif path not in reading.of_path:
                problems += self._stray(path, row, values, reading)
            else:
                spots[path], data[path] = row, reading.of_path[path](value)
                if not is_nothing(value):
                    filled.add(path.partition(".")[0])
        given = {path.partition(".")[0] for path in data}
        problems += [unfilled(reading.edition, first, key) for key in TABLES if key in given - filled]
        return self.report(data, lambda path: (spots[path], None), first, [*problems, *repeated[:1]])

    def _repeated(self, path: str, row: Any, first: Any) -> Problem:
        words = message("was given already in row {first}; is it of another report?", first=first)
        return at((row, None), Problem(words, self.known.columns[path].words, path))

    def _stray(self, path: str, row: Any, cells: Sequence[Any], reading: Reading) -> Iterator[Problem]:
        """Say that a row's value is unknown, or that the edition does not have it."""
        if not path:
            yield at((row, None), Problem(self.unknown(self._name(cells))))
        elif meaning_of("count")(self._cell(cells, "value")) != 0:
            yield self.absent(reading.edition, (row, None), path)

    def _name(self, cells: Sequence[Any]) -> str:
        """Return what a row calls its value: its path, or else its section, row and column."""
        given = self._cell(cells, "path")
        parts = (self._cell(cells, key) for key in _NAMES)
        return SEPARATOR.join(
            str(part) for part in ((given,) if not is_nothing(given) else parts) if not is_nothing(part)
        )

    def _path(self, cells: Sequence[Any], reading: Reading) -> str:
        """Return the path of a row's value; nothing where it is unknown."""
        name = self._name(cells)
        found = self.known.paths(name) or self.known.paths(name.replace(SEPARATOR, "."))
        return found.get(reading.edition.id, "")
