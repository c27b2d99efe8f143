"""Messages for relations of the form that do not hold, with numbers for findings or formulas for workbooks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from annual_report.form.relations import Balance, Summation
from annual_report.messages import message

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from annual_report.form.relations import Relation
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
    return message(
        "last year {before} were in force, {issued} were issued and {repealed} repealed: should be {expected}, but is"
        " {actual}",
        before=last_year,
        issued=add(relation.increases),
        repealed=add(relation.decreases),
        expected=expected,
        actual=actual,
    )


def _unbalanced(relation: Balance, add: Callable[[Sequence[str]], Any]) -> Message:
    rows = {path.split(".")[1]: add([path]) for path in (*relation.left, *relation.right)}
    if rows.keys() == {"received", "carried_in", "outcomes", "carried_forward"}:
        return message(
            "received {received} + carried in {carried_in} ≠ outcomes {outcomes} + carried forward {carried_forward}",
            **rows,
        )
    return message("{left} ≠ {right}", left=add(relation.left), right=add(relation.right))
