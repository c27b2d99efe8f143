"""What the narrative says of applications and disputes, against the numbers of sections three and four.

What is said may be meant in several ways (`docs/checks.md` lists them); only where its number agrees with none of them
is it a finding.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import accumulate
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from annual_report.checks import statements
from annual_report.checks.findings import CellReference, Finding
from annual_report.checks.grammar import Reader
from annual_report.checks.lexicon import APPLICANT, DISPUTE, NATURAL_PERSON, ORGANIZATION_COLUMNS, OUTCOME, RESULT
from annual_report.checks.prose import Prose, quotation_of, sentences
from annual_report.checks.statements import ALL, AMONG, ANSWERED, HANDLED, NEW, RECEIVED
from annual_report.form.base import TOTAL_KEY
from annual_report.messages import message
from annual_report.report.places import place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from annual_report.checks.findings import Quotation
    from annual_report.checks.statements import Statement
    from annual_report.report.model import AnnualReport
    from annual_report.report.narrative import Narrative

_FORM = re.compile("结转|[予部]以?分?公开|不予|公开[的（(]|无法提供|自然人|法人|收件")
_SUBJECTS = re.compile("结转|公开|无法提供|自然人|法人|收件|办结|答复")
_SAID = re.compile(
    "结转|[答办]复|办结|回复|受理|[办处]理|收到|接收|收件|不?予|公开|提供|自然人|法人|企业|维持|审结|合计"
)
_COUNTED = re.compile("[0-9０-９〇○零一二两三四五六七八九十百千万]\\s*[）)]?[件项份条宗起例封个]|为[0０]")
_DENIAL = re.compile("[未无没零]|不存在")
_LONGEST_HEADING = 60


class Claim(NamedTuple):
    """The cells of a statement, the numbers that it may rightly give, and those that it and others may add up to."""

    paths: tuple[str, ...]
    readings: tuple[int, ...]
    sums: tuple[int, ...] = ()


def findings(report: AnnualReport) -> Iterator[Finding]:
    """Compare every claim of the narratives with the tables."""
    yield from findings_in(report, report.narratives.items())


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
        reader = Reader(report.agency, report.year)
        for index, paragraph in enumerate(narrative):
            reader.begin(heading=paragraph.level is not None)
            for start, statement in _statements(report, reader, paragraph.text):
                claim = _claim(report, statement)
                if not _agrees(statement, claim):
                    span = (start + statement.span[0], start + statement.span[1])
                    yield _finding(report, statement, claim, quotation_of(key, index, paragraph.text, span))


def _statements(report: AnnualReport, reader: Reader, text: str) -> Iterator[tuple[int, Statement]]:
    """Read the sentences of a paragraph that may state a number, each with its place, and those they depend on."""
    if not (_names_cases(text) or _SUBJECTS.search(text)):
        return
    passed: list[str] = []
    for start, sentence in sentences(text):
        whole = _names_cases(sentence)
        if _COUNTED.search(sentence):
            said = whole or (_SAID if reader.is_about_cases else _FORM).search(sentence) is not None
        else:
            said = (whole or reader.is_about_cases) and _DENIAL.search(sentence) is not None
        if said:
            for before in passed[-2:] if not whole else ():
                reader.notice(Prose(before, report.form))
            passed = []
            prose = Prose(sentence, report.form)
            for statement in reader.read(prose):
                yield start, replace(statement, span=prose.span(*statement.span))
        else:
            passed.append(sentence)
    if passed and len(text) < _LONGEST_HEADING:
        reader.notice(Prose(text, report.form))


def _names_cases(text: str) -> bool:
    """Tell whether a text says by itself that it is about applications or disputes."""
    return "申请" in text or "复议" in text or "诉讼" in text or "争议" in text


def _agrees(statement: Statement, claim: Claim) -> bool:
    """Tell whether the number, alone or with those beside it, is one that it may be."""
    if statement.number in claim.readings:
        return True
    if statements.SUM in statement.how and statement.number in accumulate(statement.before):
        return True
    if not claim.sums:
        return False
    before = [sum(statement.before[:length]) for length in range(len(statement.before) + 1)]
    after = [sum(statement.after[:length]) for length in range(len(statement.after) + 1)]
    sums = {first + second for first in before for second in after} - {0}
    return any(statement.number + others in claim.sums for others in sums)


def _claim(report: AnnualReport, statement: Statement) -> Claim:
    if statement.kind == statements.WHOLE:
        return _whole(report, statement.how)
    if statement.kind == OUTCOME:
        return _outcomes(report, statement)
    if statement.kind == APPLICANT:
        return _applicants(report, statement)
    if statement.kind == DISPUTE:
        return _disputes(report, statement.cells)
    if statement.kind == RESULT:
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
    return Claim(
        tuple(f"applications.{row}.{TOTAL_KEY}" for row in rows),
        tuple(readings),
        (received, received + carried_in, answered),
    )


def _carried(report: AnnualReport, kind: str) -> Claim:
    rows = [kind] if kind != statements.CARRIED else [statements.CARRIED_FORWARD, statements.CARRIED_IN]
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
        return int(row.derived_total - row.pending if key == statements.CONCLUDED else getattr(row, key))

    values = [number(group) for group in statement.cells]
    readings = (sum(values), *values, sum(map(number, statement.wider)))
    cell = TOTAL_KEY if key == statements.CONCLUDED else key
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
    rule = "narrative.disputes" if statement.kind in {DISPUTE, RESULT} else "narrative.applications"
    first = cells[0]
    return Finding(rule, "warning", first.path, first.place, words, cells, expected, statement.number, quotation)
