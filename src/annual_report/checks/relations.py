"""The relations that the form declares among the numbers of a report (勾稽关系), evaluated.

Relations other than those of totals use derived totals, so that one wrong total is one finding.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from annual_report.checks.findings import CellReference, Finding
from annual_report.form.relations import Balance, Summation
from annual_report.messages import message
from annual_report.report.places import place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from annual_report.form import Edition
    from annual_report.form.relations import Relation
    from annual_report.messages import Message
    from annual_report.report.model import AnnualReport

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Compiled:
    """The relations of an edition that hold within one report, with getters of what they add up."""

    summations: tuple[tuple[Summation, Callable[[Values], tuple[int, ...]]], ...]
    balances: tuple[tuple[Balance, Callable[[Values], tuple[int, ...]], Callable[[Values], tuple[int, ...]]], ...]


def findings(report: AnnualReport) -> Iterator[Finding]:
    """Evaluate every relation that holds within one report."""
    values = report.values
    compiled = _compiled(report.form)
    for balance, left, right in compiled.balances:
        if sum(left(values)) != sum(right(values)):
            yield _unbalanced(report.form, balance, values)
    for summation, parts in compiled.summations:
        expected, actual = sum(parts(values)), values[summation.total]
        if actual != expected:
            words = message("the total should be {expected}, but is {actual}", expected=expected, actual=actual)
            cells = (*summation.parts, summation.total)
            yield finding_of(report.form, summation, summation.total, words, cells, expected, actual)


def finding_of(  # a finding says that much
    edition: Edition,
    relation: Relation,
    path: str,
    words: Message,
    cells: Iterable[str],
    expected: Any,
    actual: Any,
) -> Finding:
    """Make the finding that a relation does not hold."""
    references = tuple(CellReference(cell, place(edition, cell.split("."))) for cell in cells)
    where = place(edition, path.split("."))
    return Finding(relation.id, relation.severity, path, where, words, references, expected, actual)


@lru_cache(maxsize=16)
def _compiled(edition: Edition) -> _Compiled:
    sums = _sums(edition)

    def getter(paths: Iterable[str]) -> Callable[[Values], tuple[int, ...]]:
        return _all_of(tuple(chain.from_iterable(_leaves(path, sums) for path in paths)))

    return _Compiled(
        tuple((relation, getter(relation.parts)) for relation in edition.relations if isinstance(relation, Summation)),
        tuple(
            (relation, getter(relation.left), getter(relation.right))
            for relation in edition.relations
            if isinstance(relation, Balance)
        ),
    )


def _sums(edition: Edition) -> dict[str, tuple[str, ...]]:
    """Give the parts of every total."""
    return {relation.total: relation.parts for relation in edition.relations if isinstance(relation, Summation)}


def _leaves(path: str, sums: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """Give the cells that a cell is derived from, or itself where it is no total."""
    if path in sums:
        for part in sums[path]:
            yield from _leaves(part, sums)
    else:
        yield path


def _all_of(paths: tuple[str, ...]) -> Callable[[Values], tuple[int, ...]]:
    """Give a getter of several values as a tuple, even where there is only one."""
    get = itemgetter(*paths)
    return get if len(paths) > 1 else lambda values: (get(values),)


def _unbalanced(edition: Edition, balance: Balance, values: Values) -> Finding:
    """Say that two sums differ, with the numbers that are added, totals derived."""
    sums = _sums(edition)
    cells = (*balance.left, *balance.right)
    numbers = {path: sum(values[leaf] for leaf in _leaves(path, sums)) for path in cells}
    left, right = (sum(numbers[path] for path in side) for side in (balance.left, balance.right))
    by_row = {path.split(".")[1]: number for path, number in numbers.items()}
    words = (
        message(_SENTENCES[balance.id].id, **by_row)
        if balance.id in _SENTENCES
        else message("{left} ≠ {right}", left=left, right=right)
    )
    actual = numbers[balance.first]
    return finding_of(edition, balance, balance.first, words, cells, left - right + actual, actual)


_SENTENCES = {
    "applications.balance": message(
        "received {received} + carried in {carried_in} ≠ outcomes {outcomes} + carried forward {carried_forward}"
    )
}
"""What is said of a balance, by its rule; the parameters are the keys of its rows."""
