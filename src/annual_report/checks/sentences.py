"""Messages for relations of the form that do not hold, with numbers for findings or formulas for workbooks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from annual_report.form.relations import Balance, Summation
from annual_report.messages import message

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from annual_report.form.relations import CarryOver, Relation
    from annual_report.messages import Message


def sentence(
    relation: Relation, expected: Any, actual: Any, add: Callable[[Sequence[str]], Any], last_year: Any = None
) -> Message:
    """Make the message that a relation does not hold.

    Parameters
    ----------
    relation
        The relation.
    expected, actual
        The expected and actual values of its first cell.
    add
        Sums the cells at given paths, with totals derived from their parts.
    last_year
        Last year's number, for a carry-over.
    """
    if isinstance(relation, Summation):
        return message("the total should be {expected}, but is {actual}", expected=expected, actual=actual)
    if isinstance(relation, Balance):
        return _unbalanced(relation, add)
    if not relation.increases and not relation.decreases:
        return message(
            "last year's report carried {expected} forward, but this is {actual}", expected=expected, actual=actual
        )
    return _not_carried_over(relation, expected, actual, add, last_year)


def _not_carried_over(
    relation: CarryOver, expected: Any, actual: Any, add: Callable[[Sequence[str]], Any], last_year: Any
) -> Message:
    changes = {"added": add(relation.increases), "removed": add(relation.decreases)}
    numbers = {"before": last_year, "expected": expected, "actual": actual}
    cells = [path.rpartition(".")[2] for path in (*relation.increases, *relation.decreases, relation.cell)]
    if cells == ["issued", "repealed", "in_force"]:
        return message(
            "last year {before} were in force, {added} were issued and {removed} repealed: should be {expected}, but is"
            " {actual}",
            **numbers,
            **changes,
        )
    return message(
        "last year it was {before}, {added} were added and {removed} removed: should be {expected}, but is {actual}",
        **numbers,
        **changes,
    )


def _unbalanced(relation: Balance, add: Callable[[Sequence[str]], Any]) -> Message:
    rows = {path.split(".")[1]: add([path]) for path in (*relation.left, *relation.right)}
    if rows.keys() == {"received", "carried_in", "outcomes", "carried_forward"}:
        return message(
            "received {received} + carried in {carried_in} ≠ outcomes {outcomes} + carried forward {carried_forward}",
            **rows,
        )
    return message("{left} ≠ {right}", left=add(relation.left), right=add(relation.right))
