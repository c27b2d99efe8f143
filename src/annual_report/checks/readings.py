"""The numbers that a statement may rightly give, by the tables of its report."""

from __future__ import annotations

from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from annual_report.checks import statements
from annual_report.checks.lexicon import APPLICANT, DISPUTE, NATURAL_PERSON, ORGANIZATION_COLUMNS, OUTCOME, RESULT
from annual_report.checks.statements import ALL, AMONG, ANSWERED, HANDLED, NEW, RECEIVED
from annual_report.form.base import TOTAL_KEY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from annual_report.checks.statements import Statement
    from annual_report.report.model import AnnualReport


class Readings(NamedTuple):
    """What a statement may be compared with.

    Parameters
    ----------
    paths
        The cells that it is about, the one to look at first before the others.
    numbers
        The numbers that it may give, the most usual first.
    sums
        The numbers that it may give together with those next to it in its sentence.
    """

    paths: tuple[str, ...]
    numbers: tuple[int, ...]
    sums: tuple[int, ...] = ()


class Tables:
    """Sections three and four of a report, as its text speaks of them.

    Parameters
    ----------
    report
        The report.
    """

    def __init__(self, report: AnnualReport) -> None:
        self._applications: Any = report.applications
        self._disputes: Any = report.disputes

    def readings(self, statement: Statement) -> Readings:
        """Give what a statement may be compared with."""
        if statement.kind == statements.WHOLE:
            return self._whole(statement.how)
        if statement.kind == OUTCOME:
            return self._outcomes(statement)
        if statement.kind == APPLICANT:
            return self._applicants(statement)
        if statement.kind == DISPUTE:
            return self._cases(statement.cells)
        if statement.kind == RESULT:
            return self._results(statement)
        return self._carried(statement.kind)

    @cached_property
    def _answered(self) -> Any:
        """All outcomes, by applicant."""
        return self._applications.outcomes.derived_total

    @cached_property
    def _wholes(self) -> tuple[int, int, int]:
        """Give applications received, with those carried in, and answered."""
        received = self._applications.received.derived_total
        return received, received + self._applications.carried_in.derived_total, self._answered.derived_total

    def _whole(self, how: frozenset[str]) -> Readings:
        """Applications received, handled or answered."""
        received, with_carried_in, answered = self._wholes
        numbers = [answered] if ANSWERED in how else []
        if how & {RECEIVED, NEW, HANDLED, ALL}:
            numbers += [received] if NEW in how else [received, with_carried_in]
        if HANDLED in how:
            numbers.append(answered)
        if {ANSWERED, AMONG} <= how:
            numbers.append(answered - with_carried_in + received)
        rows = ("outcomes.total",) if ANSWERED in how else ("received", "carried_in")
        return Readings(_applications(rows), tuple(numbers), self._wholes)

    def _carried(self, kind: str) -> Readings:
        """Applications carried in or forward, or either where it is not said which."""
        rows = [kind] if kind != statements.CARRIED else [statements.CARRIED_FORWARD, statements.CARRIED_IN]
        return Readings(_applications(rows), tuple(getattr(self._applications, row).derived_total for row in rows))

    def _outcomes(self, statement: Statement) -> Readings:
        """Outcomes as named, or as named around that."""
        named = [statement.cells, statement.wider] if statement.wider else [statement.cells]
        numbers = (sum(attrgetter(row)(self._applications).derived_total for row in rows) for rows in named)
        either = (self._wholes[-1],) if ALL in statement.how else ()
        return Readings(_applications(statement.cells), (*numbers, *either))

    def _applicants(self, statement: Statement) -> Readings:
        """Applicants among those received, with those carried in, or answered; organizations of a kind or all."""
        numbers = [*self._by_applicant(statement.cells)]
        if NATURAL_PERSON not in statement.cells:
            numbers += self._by_applicant(ORGANIZATION_COLUMNS)
        elif statement.how:
            numbers += self._whole(statement.how | {RECEIVED}).numbers
        return Readings(tuple(f"applications.received.{column}" for column in statement.cells), tuple(numbers))

    def _by_applicant(self, columns: Iterable[str]) -> Iterator[int]:
        received, carried_in, answered = (
            sum(getattr(row, column) for column in columns)
            for row in (self._applications.received, self._applications.carried_in, self._answered)
        )
        yield from (received, received + carried_in, answered)

    def _cases(self, groups: tuple[str, ...]) -> Readings:
        """Reconsideration and litigation: all cases, or those concluded."""
        rows = [attrgetter(group)(self._disputes) for group in groups]
        cases = sum(row.derived_total for row in rows)
        concluded = cases - sum(row.pending for row in rows)
        return Readings(tuple(f"disputes.{group}.{TOTAL_KEY}" for group in groups), (cases, concluded))

    def _results(self, statement: Statement) -> Readings:
        """Results: of all groups of the disputes named last, of one, or of all disputes of the sentence."""
        (key,) = statement.how
        values = [self._result(group, key) for group in statement.cells]
        numbers = (sum(values), *values, sum(self._result(group, key) for group in statement.wider))
        cell = TOTAL_KEY if key == statements.CONCLUDED else key
        return Readings(tuple(f"disputes.{group}.{cell}" for group in statement.cells), numbers, numbers)

    def _result(self, group: str, key: str) -> int:
        row = attrgetter(group)(self._disputes)
        return int(row.derived_total - row.pending if key == statements.CONCLUDED else getattr(row, key))


def _applications(rows: Iterable[str]) -> tuple[str, ...]:
    return tuple(f"applications.{row}.{TOTAL_KEY}" for row in rows)
