"""The relations between numbers that must hold (勾稽关系), as data: sums, balances, and carry-overs between years.

A class of the form declares its relations with the keys of its own fields; `relations_of` collects those of a table,
with the full path of every cell. A relation between rows holds in each of their columns.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from annual_report.form.base import TOTAL_KEY
from annual_report.form.fields import trail, walk

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pydantic import BaseModel

    from annual_report.form.fields import Node

Severity: TypeAlias = Literal["error", "warning"]


class Summation(NamedTuple):
    """A total equals the sum of its parts.

    Parameters
    ----------
    id
        The identifier of the rule in findings.
    total
        The path of the total.
    parts
        The paths of its parts; a part may be a total itself.
    """

    id: str
    total: str
    parts: tuple[str, ...]

    @property
    def severity(self) -> Severity:
        """How serious it is if this does not hold."""
        return "error"


class Balance(NamedTuple):
    """Two sums are equal.

    Parameters
    ----------
    id
        The identifier of the rule in findings.
    left, right
        The paths of the cells added up on each side.
    first
        The path of the cell to look at first.
    """

    id: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    first: str

    @property
    def severity(self) -> Severity:
        """How serious it is if this does not hold."""
        return "error"

    def placed(self, prefix: str, ending: str) -> Balance:
        """Return the relation with a prefix and an ending added to every path."""
        left, right = (tuple(f"{prefix}{path}{ending}" for path in side) for side in (self.left, self.right))
        return Balance(self.id, left, right, f"{prefix}{self.first}{ending}")


class CarryOver(NamedTuple):
    """A cell follows from a cell of last year's report and from changes within the year.

    Parameters
    ----------
    id
        The identifier of the rule in findings.
    severity
        How serious it is if this does not hold.
    cell
        The path of this year's cell.
    last_year
        The path of last year's cell.
    increases, decreases
        The paths of this year's cells that are added to, and subtracted from, last year's cell.
    """

    id: str
    severity: Severity
    cell: str
    last_year: str
    increases: tuple[str, ...] = ()
    decreases: tuple[str, ...] = ()

    def placed(self, prefix: str, ending: str) -> CarryOver:
        """Return the relation with a prefix and an ending added to every path."""
        cell, last_year = (f"{prefix}{path}{ending}" for path in (self.cell, self.last_year))
        increases, decreases = (
            tuple(f"{prefix}{path}{ending}" for path in paths) for paths in (self.increases, self.decreases)
        )
        return CarryOver(self.id, self.severity, cell, last_year, increases, decreases)


Declared: TypeAlias = Balance | CarryOver
"""What a class of the form declares in `relations`; summations follow from its totals."""

Relation: TypeAlias = Summation | Declared


def relations_of(section: str, model: type[BaseModel]) -> tuple[Relation, ...]:
    """Return the relations of a table.

    Parameters
    ----------
    section
        The key of its section.
    model
        Its class.

    Returns
    -------
    tuple[Relation, ...]
        The declared relations, then the sums of columns, then those of rows; each in the form's order.
    """
    relations = [*_declared(model, f"{section}."), *_below(walk(model), f"{section}.")]
    return tuple(sorted(relations, key=_kind))


def _kind(relation: Relation) -> int:
    if not isinstance(relation, Summation):
        return 0
    return 1 if f".{TOTAL_KEY}." in relation.total else 2


def _below(nodes: Sequence[Node], prefix: str) -> Iterator[Relation]:
    for node in nodes:
        if node.model is not None and not node.is_total:
            yield from _declared(node.model, f"{prefix}{node.path}.")
            yield from _summations(node, prefix)
            yield from _below(node.children, prefix)


def _declared(model: type[BaseModel], prefix: str) -> Iterator[Relation]:
    """Yield the relations that a class declares; for rows, one per column."""
    declared: Sequence[Declared] = getattr(model, "relations", ())
    for relation in declared:
        first = relation.first if isinstance(relation, Balance) else relation.cell
        columns = trail(model, first.split("."))[-1].children
        for ending in [f".{column.key}" for column in columns if column.key != TOTAL_KEY] or [""]:
            yield relation.placed(prefix, ending)


def _summations(node: Node, prefix: str) -> Iterator[Summation]:
    """Yield the summation of a part's total, or one per column if the total is a row."""
    total = node.children[-1] if node.children else node
    if total.key != TOTAL_KEY:
        return
    rule: str = getattr(node.model, "total_rule", "")
    parts = [child for child in node.children if child is not total]
    if not total.children:
        yield Summation(rule, prefix + total.path, tuple(prefix + part.path for part in parts))
        return
    rows = [row for part in parts for row in part.rows()]
    for column in total.children:
        yield Summation(rule, prefix + column.path, tuple(f"{prefix}{row.path}.{column.key}" for row in rows))
