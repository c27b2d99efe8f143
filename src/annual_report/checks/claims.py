"""What the narrative says of applications and disputes, against the numbers of sections three and four.

What is said may be meant in several ways (`docs/checks.md` lists them); only where its number agrees with none of them
is it a finding.
"""

from __future__ import annotations

import re
from itertools import accumulate
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from annual_report.checks import grammar
from annual_report.checks.findings import CellReference, Finding
from annual_report.checks.grammar import ALL, AMONG, ANSWERED, HANDLED, NEW, RECEIVED
from annual_report.checks.lexicon import NATURAL_PERSON, ORGANIZATION_COLUMNS
from annual_report.checks.prose import Prose, quotation_of
from annual_report.form.base import TOTAL_KEY
from annual_report.messages import message
from annual_report.report.model import NARRATIVES
from annual_report.report.places import place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from annual_report.checks.findings import Quotation
    from annual_report.checks.grammar import Statement
    from annual_report.report.model import AnnualReport
    from annual_report.report.narrative import Narrative

_RELEVANT = re.compile("公开|申请|复议|诉讼|争议|结转|答复|办结|收件|自然人|法人|企业|提供|处理")


class Claim(NamedTuple):
    """The cells of a statement, the numbers that it may rightly give, and those that it and others may add up to."""

    paths: tuple[str, ...]
    readings: tuple[int, ...]
    sums: tuple[int, ...] = ()


def findings(report: AnnualReport) -> Iterator[Finding]:
    """Compare every claim of the narratives with the tables."""
    yield from findings_in(report, [(key, getattr(report, key)) for key in NARRATIVES])


def findings_in(report: AnnualReport, narratives: Iterable[tuple[str, Narrative]]) -> Iterator[Finding]:
    """Compare every claim of some texts with the tables.

    Parameters
    ----------
    report
        The report that the texts are of.
    narratives
        The texts, each with the key that findings name it by.
    """
    for key, narrative in narratives:
        reader = grammar.Reader(report.agency, report.year)
        for index, paragraph in enumerate(narrative):
            if paragraph.level is not None:
                reader.heading()
            text = paragraph.text
            if not _RELEVANT.search(text):
                continue
            prose = Prose(text, report.form)
            for statement in reader.read(prose):
                claim = _claim(report, statement)
                if not _agrees(statement, claim):
                    yield _finding(report, statement, claim, quotation_of(key, index, text, prose.span(*statement.span)))


def _agrees(statement: Statement, claim: Claim) -> bool:
    """Tell whether the number, alone or with those beside it, is one that it may be."""
    if statement.number in claim.readings:
        return True
    if grammar.SUM in statement.how and statement.number in accumulate(statement.before):
        return True
    if not claim.sums:
        return False
    before = [sum(statement.before[:length]) for length in range(len(statement.before) + 1)]
    after = [sum(statement.after[:length]) for length in range(len(statement.after) + 1)]
    sums = {first + second for first in before for second in after} - {0}
    return any(statement.number + others in claim.sums for others in sums)


def _claim(report: AnnualReport, statement: Statement) -> Claim:
    if statement.kind == grammar.WHOLE:
        return _whole(report, statement.how)
    if statement.kind == grammar.OUTCOME:
        return _outcomes(report, statement)
    if statement.kind == grammar.APPLICANT:
        return _applicants(report, statement)
    if statement.kind == grammar.DISPUTE:
        return _disputes(report, statement.cells)
    if statement.kind == grammar.RESULT:
        return _results(report, statement)
    return _carried(report, statement.kind)


def _whole(report: AnnualReport, how: frozenset[str]) -> Claim:
    """Applications received, handled or answered."""
    table = report.applications
    received, carried_in = table.received.derived_total, table.carried_in.derived_total
    answered = table.outcomes.derived_total.derived_total
    readings = []
    if how & {RECEIVED, NEW, HANDLED} or ALL in how:
        readings += [received] if NEW in how else [received, received + carried_in]
    if how & {HANDLED, ANSWERED}:
        readings.append(answered)
    if {ANSWERED, AMONG} <= how:
        readings.append(answered - carried_in)
    rows = ("received", "carried_in") if readings[0] == received and ANSWERED not in how else ("outcomes.total",)
    return Claim(tuple(f"applications.{row}.{TOTAL_KEY}" for row in rows), tuple(readings), (received, received + carried_in, answered))


def _carried(report: AnnualReport, kind: str) -> Claim:
    rows = [kind] if kind != grammar.CARRIED else [grammar.CARRIED_FORWARD, grammar.CARRIED_IN]
    numbers = (getattr(report.applications, row).derived_total for row in rows)
    return Claim(tuple(f"applications.{row}.{TOTAL_KEY}" for row in rows), tuple(numbers))


def _outcomes(report: AnnualReport, statement: Statement) -> Claim:
    def total(rows: tuple[str, ...]) -> int:
        return sum(attrgetter(row)(report.applications).derived_total for row in rows)

    readings = (total(statement.cells), *([total(statement.wider)] if statement.wider else []))
    return Claim(tuple(f"applications.{row}.{TOTAL_KEY}" for row in statement.cells), readings)


def _applicants(report: AnnualReport, statement: Statement) -> Claim:
    """Applicants, among applications received, with those carried in, or answered; organizations of a kind or all."""
    table = report.applications

    def numbers(columns: Iterable[str]) -> Iterator[int]:
        received, carried_in, answered = (
            sum(getattr(row, column) for column in columns)
            for row in (table.received, table.carried_in, table.outcomes.derived_total)
        )
        yield from (received, received + carried_in, answered)

    readings = [*numbers(statement.cells)]
    if NATURAL_PERSON not in statement.cells:
        readings += numbers(ORGANIZATION_COLUMNS)
    elif statement.how:
        readings += _whole(report, statement.how | {RECEIVED}).readings
    return Claim(tuple(f"applications.received.{column}" for column in statement.cells), tuple(readings))


def _disputes(report: AnnualReport, groups: tuple[str, ...]) -> Claim:
    """Reconsideration and litigation: all cases, or those concluded."""
    rows: list[Any] = [attrgetter(group)(report.disputes) for group in groups]
    cases = sum(row.derived_total for row in rows)
    concluded = cases - sum(row.pending for row in rows)
    return Claim(tuple(f"disputes.{group}.{TOTAL_KEY}" for group in groups), (cases, concluded))


def _results(report: AnnualReport, statement: Statement) -> Claim:
    """Results: of all groups of a kind, or of one."""
    (key,) = statement.how

    def number(group: str) -> int:
        row = attrgetter(group)(report.disputes)
        return int(row.derived_total - row.pending if key == grammar.CONCLUDED else getattr(row, key))

    values = [number(group) for group in statement.cells]
    readings = (sum(values), *values, sum(map(number, statement.wider)))
    cell = TOTAL_KEY if key == grammar.CONCLUDED else key
    return Claim(tuple(f"disputes.{group}.{cell}" for group in statement.cells), readings, readings)


def _finding(report: AnnualReport, statement: Statement, claim: Claim, quotation: Quotation) -> Finding:
    cells = tuple(CellReference(path, place(report.form, path.split("."))) for path in claim.paths)
    expected = claim.readings[0]
    words = message(
        "the narrative says {actual}, the table {expected}: “{sentence}”",
        actual=statement.number,
        expected=expected,
        sentence=quotation.text,
    )
    rule = "narrative.disputes" if statement.kind in {grammar.DISPUTE, grammar.RESULT} else "narrative.applications"
    first = cells[0]
    return Finding(rule, "warning", first.path, first.place, words, cells, expected, statement.number, quotation)
