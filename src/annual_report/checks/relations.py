"""Evaluates the relations that the form declares between the numbers of a report (勾稽关系).

Relations other than summations use derived totals, so that one wrong total causes only one finding.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from annual_report.checks.findings import CellReference, Finding
from annual_report.checks.sentences import sentence
from annual_report.form.base import TOTAL_KEY
from annual_report.form.relations import Balance, Summation
from annual_report.report.places import place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from decimal import Decimal

    from annual_report.form import Edition
    from annual_report.form.relations import Relation
    from annual_report.report.model import AnnualReport

_TOTAL = f".{TOTAL_KEY}"

Getter: TypeAlias = "Callable[[AnnualReport], tuple[int, ...]]"


class _Compiled(NamedTuple):
    """The relations within one report of an edition, with getters of the numbers that they add.

    For the summations there is a getter of the totals as given, since a derived total cannot differ.
    """

    balances: tuple[tuple[Balance, Getter, Getter], ...]
    summations: tuple[tuple[Summation, Getter], ...]
    stated_totals: Callable[[AnnualReport], tuple[Any, ...]]


def findings(report: AnnualReport) -> Iterator[Finding]:
    """Evaluate every relation within one report."""
    compiled = _compiled(report.form)
    for balance, left, right in compiled.balances:
        difference = sum(left(report)) - sum(right(report))
        if difference:
            actual = adder(report)([balance.first])
            cells = (*balance.left, *balance.right)
            yield finding_of(report, balance, balance.first, cells, actual + difference, actual)
    for stated, (summation, parts) in zip(compiled.stated_totals(report), compiled.summations, strict=True):
        if stated is not None:
            expected, actual = sum(parts(report)), attrgetter(summation.total)(report)
            if actual != expected:
                cells = (*summation.parts, summation.total)
                yield finding_of(report, summation, summation.total, cells, expected, actual)


def finding_of(
    report: AnnualReport,
    relation: Relation,
    path: str,
    cells: Iterable[str],
    expected: int | Decimal,
    actual: int | Decimal,
    last_year: int | Decimal | None = None,
) -> Finding:
    """Make the finding for a relation that does not hold."""
    references = tuple(cell_at(report.form, cell) for cell in cells)
    msg = sentence(relation, expected, actual, adder(report), last_year)
    where = cell_at(report.form, path).place
    return Finding(relation.id, relation.severity, path, where, msg, references, expected, actual)


@lru_cache(maxsize=2048)
def cell_at(form: Edition, path: str) -> CellReference:
    """Name the cell at a path."""
    return CellReference(path, place(form, path.split(".")))


def adder(report: AnnualReport) -> Callable[[Iterable[str]], int]:
    """Return a function that sums a report's numbers at given paths, with totals derived from their parts."""
    leaves, values = report.form.leaves, report.values
    return lambda paths: sum(int(values[leaf]) for path in paths for leaf in leaves.get(path, (path,)))


@lru_cache(maxsize=16)
def _compiled(edition: Edition) -> _Compiled:
    def getter(paths: Iterable[str]) -> Getter:
        leaves = tuple(chain.from_iterable(edition.leaves.get(path, (path,)) for path in paths))
        get: Callable[[AnnualReport], Any] = attrgetter(*leaves)
        return get if len(leaves) > 1 else lambda report: (get(report),)

    summations = [relation for relation in edition.relations if isinstance(relation, Summation)]
    return _Compiled(
        balances=tuple(
            (relation, getter(relation.left), getter(relation.right))
            for relation in edition.relations
            if isinstance(relation, Balance)
        ),
        summations=tuple((relation, getter(relation.parts)) for relation in summations),
        stated_totals=attrgetter(*(f"{relation.total.partition(_TOTAL)[0]}.stated_total" for relation in summations)),
    )
