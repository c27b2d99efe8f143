"""The numbers that a statement may rightly give, by the tables of its report."""

from __future__ import annotations

from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from annual_report.checks import statements
from annual_report.checks.lexicon import (
    APPLICANT,
    DISPUTE,
    NATURAL_PERSON,
    ORGANIZATION_COLUMNS,
    OUTCOME,
    RESULT,
    rows_of_other_handling,
)
from annual_report.checks.statements import ALL, AMONG, ANSWERED, HANDLED, INCLUDING, NEW, RECEIVED, REST, WHOLE
from annual_report.form.base import TOTAL_KEY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from annual_report.checks.statements import Statement
    from annual_report.report.model import AnnualReport


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
        self._others = rows_of_other_handling(report.form)[-1]

    def numbers(self, statement: Statement) -> tuple[int, ...]:
        """Return the numbers that a statement may give, the most usual first."""
        return tuple(self._rest(statement)) if REST in statement.how else self._named(statement)

    def _named(self, statement: Statement) -> tuple[int, ...]:
        if statement.kind == WHOLE:
            return self._whole(statement.how)
        if statement.kind == OUTCOME:
            return self._outcomes(statement)
        if statement.kind == APPLICANT:
            return self._applicants(statement)
        if statement.kind == DISPUTE:
            return self._cases(statement.cells)
        if statement.kind == RESULT:
            return self._results(statement)
        return tuple(getattr(self._applications, row).derived_total for row in _carried(statement.kind))

    def sums(self, statement: Statement) -> tuple[int, ...]:
        """Return the numbers that a statement may give together with those next to it in its sentence."""
        if REST in statement.how:
            return ()
        if statement.kind == WHOLE:
            return self._received, self._received + self._carried_in, self._answered_in_all
        if statement.kind == OUTCOME:
            return self._outcomes(statement)
        if statements.BY_BODY in statement.how:
            return self._cases(statement.cells)
        return self._results(statement) if statement.kind == RESULT else ()

    @cached_property
    def _received(self) -> int:
        return int(self._applications.received.derived_total)

    @cached_property
    def _carried_in(self) -> int:
        return int(self._applications.carried_in.derived_total)

    @cached_property
    def _answered(self) -> Any:
        """All outcomes, by applicant."""
        return self._applications.outcomes.derived_total

    @cached_property
    def _answered_in_all(self) -> int:
        return int(self._answered.derived_total)

    def _whole(self, how: frozenset[str]) -> tuple[int, ...]:
        """Applications received, handled or answered."""
        numbers = [self._answered_in_all] if ANSWERED in how else []
        if how & {RECEIVED, NEW, HANDLED, ALL}:
            numbers += [self._received] if NEW in how else [self._received, self._received + self._carried_in]
        if HANDLED in how:
            numbers.append(self._answered_in_all)
        if {ANSWERED, AMONG} <= how:
            numbers.append(self._answered_in_all - self._carried_in)
        return tuple(numbers)

    def _outcomes(self, statement: Statement) -> tuple[int, ...]:
        """Outcomes as named, or as named around that."""
        named = [statement.cells, statement.wider] if statement.wider else [statement.cells]
        numbers = (sum(attrgetter(row)(self._applications).derived_total for row in rows) for rows in named)
        either = (self._answered_in_all,) if ALL in statement.how else ()
        if statements.OTHERWISE not in statement.how:
            return (*numbers, *either)
        return (*numbers, *either, attrgetter(self._others)(self._applications).derived_total)

    def _rest(self, statement: Statement) -> Iterator[int]:
        """Yield what 其他 may be in a list: its own cells, or all that the list does not name."""
        kind, cells, named = statement.kind, statement.cells, statement.wider
        if kind == OUTCOME:
            others = [attrgetter(row)(self._applications).derived_total for row in cells]
            listed = sum(attrgetter(row)(self._applications).derived_total for row in named)
            yield from (sum(others), others[-1], self._answered_in_all - listed)
        elif kind == APPLICANT:
            yield from self._by_applicant(cells)
            yield from self._by_applicant({NATURAL_PERSON, *ORGANIZATION_COLUMNS} - {*named})
        else:
            for groups in (cells, *((group,) for group in cells)):
                rows = [attrgetter(group)(self._disputes) for group in groups]
                rest = sum(row.derived_total - sum(getattr(row, key) for key in named) for row in rows)
                pending = 0 if statements.PENDING in named else sum(row.pending for row in rows)
                yield from (sum(row.other for row in rows), rest, rest - pending)

    def _applicants(self, statement: Statement) -> tuple[int, ...]:
        """Applicants among those received, with those carried in, or answered; organizations of a kind or all."""
        numbers = [*self._by_applicant(statement.cells)]
        if NATURAL_PERSON not in statement.cells:
            numbers += self._by_applicant(ORGANIZATION_COLUMNS)
        elif statement.how - {INCLUDING}:
            numbers += self._whole(statement.how | {RECEIVED})
        return tuple(numbers)

    def _by_applicant(self, columns: Iterable[str]) -> Iterator[int]:
        received, carried_in, answered = (
            sum(getattr(row, column) for column in columns)
            for row in (self._applications.received, self._applications.carried_in, self._answered)
        )
        yield from (received, received + carried_in, answered)

    def _cases(self, groups: tuple[str, ...]) -> tuple[int, int]:
        """Reconsideration and litigation: all cases, or those concluded."""
        rows = [attrgetter(group)(self._disputes) for group in groups]
        cases = sum(row.derived_total for row in rows)
        concluded = cases - sum(row.pending for row in rows)
        return cases, concluded

    def _results(self, statement: Statement) -> tuple[int, ...]:
        """Results: of all groups of the disputes named last, of one, or of all disputes of the sentence."""
        (key,) = statement.how
        values = [self._result(group, key) for group in statement.cells]
        return (sum(values), *values, sum(self._result(group, key) for group in statement.wider))

    def _result(self, group: str, key: str) -> int:
        row = attrgetter(group)(self._disputes)
        return int(row.derived_total - row.pending if key == statements.CONCLUDED else getattr(row, key))


def paths_of(statement: Statement) -> tuple[str, ...]:
    """Return the cells that a statement is about, the one to look at first before the others."""
    kind, cells = statement.kind, statement.cells
    if kind == APPLICANT:
        return tuple(f"applications.received.{column}" for column in cells)
    if kind == DISPUTE:
        return tuple(f"disputes.{group}.{TOTAL_KEY}" for group in cells)
    if kind == RESULT:
        (key,) = statement.how if REST not in statement.how else (statements.OTHER_RESULT,)
        return tuple(f"disputes.{group}.{TOTAL_KEY if key == statements.CONCLUDED else key}" for group in cells)
    if kind == WHOLE:
        cells = ("outcomes.total",) if ANSWERED in statement.how else ("received", "carried_in")
    elif kind != OUTCOME:
        cells = _carried(kind)
    return tuple(f"applications.{row}.{TOTAL_KEY}" for row in cells)


def _carried(kind: str) -> tuple[str, ...]:
    """Return the rows of applications carried in or forward, or of either where it is not said which."""
    return (kind,) if kind != statements.CARRIED else (statements.CARRIED_FORWARD, statements.CARRIED_IN)
