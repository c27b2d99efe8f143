"""What reading a table of one row a report has in common with reading one of one row a value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from annual_report.errors import Problem, UnusableInputError
from annual_report.form import registry
from annual_report.form.fields import nested
from annual_report.form.sections import TABLES
from annual_report.messages import message
from annual_report.report.model import AnnualReport
from annual_report.report.places import place
from annual_report.tables.columns import Headings
from annual_report.tables.csv_file import unescaped
from annual_report.tables.values import meaning_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import TypeAlias

    from annual_report.form import Edition
    from annual_report.messages import Message

    Row: TypeAlias = tuple[Any, Sequence[Any]]
    """What users call a row, and its cells."""

    Outcome: TypeAlias = tuple[str, AnnualReport | UnusableInputError]
    """What users call a row, and its report or what is wrong with it."""

    Spot: TypeAlias = tuple[Any, str | None]
    """What users call a row and a column; no column where the row tells enough."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it was read.

    Parameters
    ----------
    headings
        The cells of its first row.
    names
        What users call each column: a letter in a file, its heading in a data frame.
    rows
        The other rows.
    source
        The file's name, or nothing.
    is_escaped
        Whether text that looks like a formula has an apostrophe.
    is_in_memory
        Whether the rows may be gone through more than once, and put in order.
    """

    headings: Sequence[Any]
    names: Sequence[str]
    rows: Iterable[Row]
    source: str = ""
    is_escaped: bool = False
    is_in_memory: bool = True

    def unusable(self, problems: Iterable[Problem]) -> UnusableInputError:
        """Make the error about the table, or one of its rows."""
        return UnusableInputError(problems, self.source)


@dataclass(frozen=True, slots=True)
class Reading:
    """How the reports of one edition are read.

    Parameters
    ----------
    edition
        The edition.
    of_path
        The function that reads a cell, by the path of its value; none for values that the edition does not have.
    """

    edition: Edition
    of_path: dict[str, Callable[[Any], Any]]


class Reader:
    """Reads a table of either kind.

    Parameters
    ----------
    table
        The table.
    """

    def __init__(self, table: Table) -> None:
        self.table = table
        self.known = Headings()
        self._readings: dict[str, Reading] = {}

    def reading(self, edition: Any, year: Any) -> Reading:
        """Return the way to read reports, by what their cells say of edition and year."""
        named = registry.followed_by(meaning_of("edition")(edition), meaning_of("year")(year))
        if named.id not in self._readings:
            paths = [path for path in self.known.columns if path in named.cells or path.partition(".")[0] not in TABLES]
            self._readings[named.id] = Reading(named, {path: self._meaning(named, path) for path in paths})
        return self._readings[named.id]

    def _meaning(self, edition: Edition, path: str) -> Callable[[Any], Any]:
        column = self.known.columns[path]
        cell = edition.cells.get(path)
        read = meaning_of("total" if cell and not cell.adds_up else column.kind)
        return (lambda value: read(unescaped(value))) if column.is_text and self.table.is_escaped else read

    def report(
        self, data: Mapping[str, Any], spots: Callable[[str], Spot], row: Any, found: Iterable[Problem]
    ) -> AnnualReport | UnusableInputError:
        """Make a report of values by path, unless something was found or is found by validation."""
        problems = list(found)
        given = nested({path: value for path, value in data.items() if value is not None})
        try:
            report = AnnualReport.model_validate(given)
        except ValidationError as error:
            from annual_report.report.problems import explain  # what is right needs no words

            problems += (_placed(problem, data, spots, row) for problem in explain(error, AnnualReport, given))
        return self.table.unusable(problems) if problems else report

    def unknown(self, heading: Any) -> Message:
        """Say that a heading or a path is unknown, and which may have been meant."""
        near = self.known.nearest(heading)
        if near:
            return message("the form has no “{name}”; did you mean “{near}”?", name=heading, near=near)
        return message("the form has no “{name}”", name=heading)

    def unknown_column(self, index: int) -> Problem:
        """Say that a column is unknown."""
        words = self.unknown(self.table.headings[index])
        return Problem(message("column {column}: {words}", column=self.table.names[index], words=words))

    def repeated_column(self, first: int, second: int) -> Problem:
        """Say that two columns mean the same."""
        names = self.table.names
        return Problem(message("columns {first} and {second} are the same", first=names[first], second=names[second]))

    def absent(self, edition: Edition, spot: Spot, path: str) -> Problem:
        """Say that an edition has no such value."""
        words = message("the edition {edition} has no such value", edition=edition.id)
        return at(spot, Problem(words, self.known.columns[path].words, path))


def at(spot: Spot, problem: Problem) -> Problem:
    """Describe where in the table a problem is."""
    row, column = spot
    if column is None:
        words = message("row {row}: {words}", row=row, words=problem.message)
    else:
        words = message("row {row}, column {column}: {words}", row=row, column=column, words=problem.message)
    return Problem(words, problem.place, problem.path)


def unfilled(edition: Edition, row: Any, section: str) -> Problem:
    """Say that a table has no number at all: a report that nobody filled in is no report of zeros."""
    words = message("not a single number is filled in")
    return at((row, None), Problem(words, place(edition, [section]), section))


def _placed(problem: Problem, data: Mapping[str, Any], spots: Callable[[str], Spot], row: Any) -> Problem:
    """Find the cell that a problem is about: that of its path, or of the value that its path leads into."""
    path = problem.path
    while path and path not in data:
        path = path.rpartition(".")[0]
    return at(spots(path) if path else (row, None), problem)
