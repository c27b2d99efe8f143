"""The rules that tie the numbers of sections three and four to each other.

Each rule reads rows of the edition's own tables: what is received and carried in is dealt with or carried forward;
a total that is given equals the sum of what it totals. Rules other than those about totals reckon with derived
totals, so that one wrong total is one finding.
"""

from __future__ import annotations

from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from annual_report.checks.findings import CellReference, Finding
from annual_report.form.applications import Applicants, ApplicantTotals
from annual_report.form.base import TOTAL_KEY
from annual_report.form.fields import walk
from annual_report.messages import message
from annual_report.report.places import place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annual_report.form import Edition
    from annual_report.form.fields import Node
    from annual_report.messages import Message
    from annual_report.report.model import AnnualReport

COLUMNS = tuple(node.path for node in walk(Applicants) if node.path != TOTAL_KEY)
"""The six applicants' columns."""

INCOMING = ("received", "carried_in")
OUTCOMES_TOTAL = f"outcomes.{TOTAL_KEY}"
CARRIED_FORWARD = "carried_forward"


def findings(report: AnnualReport) -> Iterator[Finding]:
    """Apply every rule of sections three and four."""
    yield from _balance(report)
    yield from _outcomes(report)
    yield from _totals(report, "applications", "applications.total")
    yield from _totals(report, "disputes", "disputes.total")


def _balance(report: AnnualReport) -> Iterator[Finding]:
    """In every applicant column, 一 plus 二 equals 三 plus 四."""
    table = report.applications
    outcomes = table.outcomes.derived_total
    for column in COLUMNS:
        received, carried_in, dealt_with, carried_forward = (
            getattr(row, column) for row in (table.received, table.carried_in, outcomes, table.carried_forward)
        )
        expected = received + carried_in - carried_forward
        if dealt_with != expected:
            rows = (*INCOMING, OUTCOMES_TOTAL, CARRIED_FORWARD)
            yield error(
                report.form,
                "applications.balance",
                f"applications.{OUTCOMES_TOTAL}.{column}",
                message(
                    "received {received} + carried in {carried_in} ≠ outcomes {outcomes} + carried forward {forward}",
                    received=received,
                    carried_in=carried_in,
                    outcomes=dealt_with,
                    forward=carried_forward,
                ),
                [f"applications.{row}.{column}" for row in rows],
                (expected, dealt_with),
            )


def _outcomes(report: AnnualReport) -> Iterator[Finding]:
    """（七）总计 as given is the sum of the outcomes, in every applicant column and in the corner."""
    outcomes = report.applications.outcomes
    if outcomes.stated_total is None:
        return
    stated, derived = outcomes.total, outcomes.derived_total
    for column in (*COLUMNS, TOTAL_KEY):
        expected, actual = getattr(derived, column), getattr(stated, column)
        if actual != expected:
            yield error(
                report.form,
                "applications.outcomes",
                f"applications.{OUTCOMES_TOTAL}.{column}",
                _not_the_sum(expected, actual),
                [f"applications.{row}.{column}" for row in (*_outcome_rows(report.form), OUTCOMES_TOTAL)],
                (expected, actual),
            )


def _totals(report: AnnualReport, section: str, rule: str) -> Iterator[Finding]:
    """总计 as given is the sum of its row's leaves."""
    table = getattr(report, section)
    for node, get in _summed_rows(report.form, section):
        row = get(table)
        if row.stated_total is not None:
            yield error(
                report.form,
                rule,
                f"{section}.{node.path}.{TOTAL_KEY}",
                _not_the_sum(row.derived_total, row.stated_total),
                [f"{section}.{child.path}" for child in node.children],
                (row.derived_total, row.stated_total),
            )


def _not_the_sum(expected: int, actual: int) -> Message:
    return message("the total should be {expected}, but {actual} stands there", expected=expected, actual=actual)


@cache
def _summed_rows(form: Edition, section: str) -> tuple[tuple[Node, attrgetter[Any]], ...]:
    """Every row of a section that has a total, but the row of totals itself."""
    return tuple(
        (node, attrgetter(node.path)) for node in rows(getattr(form, section)) if node.model is not ApplicantTotals
    )


@cache
def _outcome_rows(form: Edition) -> tuple[str, ...]:
    """Give the paths of the rows that （七）总计 totals."""
    return tuple(node.path for node, _ in _summed_rows(form, "applications") if node.path.startswith("outcomes."))


def rows(model: Any, prefix: str = "") -> Iterator[Node]:
    """Go through the rows of counts of a table's class."""
    for node in walk(model, prefix):
        yield from rows_of(node)


def rows_of(node: Node) -> Iterator[Node]:
    """Go through the rows of counts at and below a field."""
    if node.is_row:
        yield node
    else:
        for child in node.children:
            yield from rows_of(child)


def error(  # a finding says that much
    form: Edition, rule: str, path: str, words: Message, cells: list[str], numbers: tuple[int, int]
) -> Finding:
    """Make the finding of an error among numbers."""
    references = tuple(CellReference(cell, place(form, cell.split("."))) for cell in cells)
    expected, actual = numbers
    return Finding(rule, "error", path, place(form, path.split(".")), words, references, expected, actual)
