"""What an office decides about a whole: the numbers that it states itself, and its adjustments to sums."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, localcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

from annual_report.analysis.decision_files import ADJUSTMENTS, read_decisions
from annual_report.analysis.decision_files import OWN as OWN_COLUMNS
from annual_report.errors import Problem, UnusableInputError, require
from annual_report.form.values import EXACT
from annual_report.messages import message
from annual_report.report.changes import overlaps
from annual_report.report.places import problem_at
from annual_report.report.problems import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annual_report.checks.parts import Number
    from annual_report.form import Edition

_NUMBERS = message("numbers by path, in a dict, or the path of a CSV file")
_CHANGES = message("Adjustments, in a list or another iterable, or the path of a CSV file")

OWN = "own"
"""What is shown in place of a body for a number that the whole states itself."""


@dataclass(frozen=True, slots=True)
class Adjustment:
    """A change to a sum, decided by the office and recorded with its reason.

    Parameters
    ----------
    path
        The full path of the cell.
    change
        The number to add to the sum; negative to subtract.
    reason
        The office's reason, shown in the provenance.

    Examples
    --------
    >>> Adjustment("disputes.litigation.direct.upheld", -1, "复议机关为共同被告，同一案件只计一次").change
    -1
    """

    path: str
    change: Number
    reason: str


@dataclass(frozen=True, slots=True)
class Decisions:
    """The decisions about a whole.

    Parameters
    ----------
    own
        The numbers that the whole states itself instead of a sum, by path.
    adjustments
        The changes to sums and to these numbers.
    """

    own: dict[str, Number]
    adjustments: tuple[Adjustment, ...] = ()

    @classmethod
    def of(
        cls,
        edition: Edition,
        own: Mapping[str, Any] | str | Path | None = None,
        adjustments: Iterable[Adjustment] | str | Path = (),
    ) -> Decisions:
        """Return the decisions as `aggregate` takes them.

        Raises
        ------
        ArgumentTypeError
            An argument is of another kind.
        UnusableInputError
            A file cannot be read, a path does not name a cell that can be summed or is given twice in `own`, or a
            number is none; all problems are listed.
        """
        require(own, (Mapping, str, Path, type(None)), "own", _NUMBERS)
        problems: list[Problem] = []
        if isinstance(own, str | Path):
            numbers = {path: number for path, number, _ in read_decisions(own, edition, OWN_COLUMNS, problems)}
        else:
            numbers = dict(_flat(own or {}, edition, problems))
        if isinstance(adjustments, str | Path):
            decided = read_decisions(adjustments, edition, ADJUSTMENTS, problems)
            changes = [Adjustment(path, change, reason) for path, change, reason in decided]
        else:
            require(adjustments, Iterable, "adjustments", _CHANGES)
            changes = list(adjustments)
        for item in changes:
            require(item, Adjustment, "adjustments", _CHANGES)
        for path, number in [*numbers.items(), *((item.path, item.change) for item in changes)]:
            problems += _problems(edition, path, number)
        if problems:
            raise UnusableInputError(problems)
        return cls(numbers, tuple(changes))

    @property
    def paths(self) -> tuple[str, ...]:
        """The cells that are decided on, each once."""
        return tuple(dict.fromkeys([*self.own, *(item.path for item in self.adjustments)]))

    def on(self, path: str) -> Iterator[tuple[str, Number]]:
        """Yield the decisions on a cell: the reason, or `OWN`, and the number."""
        if path in self.own:
            yield OWN, self.own[path]
        for item in self.adjustments:
            if item.path == path:
                yield item.reason, item.change

    def applied(self, sums: Mapping[str, Number]) -> dict[str, Number]:
        """Return sums by path with the decisions applied."""
        whole = {**sums, **self.own}
        with localcontext(EXACT):
            for item in self.adjustments:
                whole[item.path] += item.change
        return whole


def _flat(
    own: Mapping[str, Any], edition: Edition, problems: list[Problem], above: str = ""
) -> Iterator[tuple[str, Any]]:
    """Yield the path and number of each cell; paths of which one is a part of another are added to the problems."""
    values = {f"{above}{key}": value for key, value in own.items()}
    problems += overlaps(values, edition)
    for path, value in values.items():
        if isinstance(value, Mapping):
            yield from _flat(value, edition, problems, f"{path}.")
        else:
            yield path, value


def _problems(edition: Edition, path: str, number: object) -> Iterator[Problem]:
    """Find why a number cannot be that of a cell."""
    cell = edition.cells.get(path)
    if cell is None or not cell.adds_up:
        yield problem_at(str(path).split("."), message("the form has no such cell that adds up"), edition)
    elif cell.is_count and (isinstance(number, bool) or not isinstance(number, int)):
        yield problem_at(path.split("."), message("should be an int, got {value}", value=shown(number)), edition)
    elif isinstance(number, bool) or not isinstance(number, int | Decimal):
        words = message("should be an int or a Decimal, got {value}", value=shown(number))
        yield problem_at(path.split("."), words, edition)
