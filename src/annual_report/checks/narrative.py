"""What the narrative says of applications and disputes, against the numbers of sections three and four.

A claim is words with a number that counts cases. It may be read in several ways; only where the number agrees with
none of them is it a finding. What is said of other years, of changes, of shares and of other bodies is no claim.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from annual_report.checks.arithmetic import rows, rows_of
from annual_report.checks.findings import CellReference, Finding, Quotation
from annual_report.checks.prose import COUNTED, GAP, any_of, counting, number_of, quotation_of, sentences
from annual_report.editions.grid import walk
from annual_report.messages import message
from annual_report.model.base import TOTAL_KEY
from annual_report.model.places import place
from annual_report.model.report import NARRATIVES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annual_report.checks.prose import Sentence
    from annual_report.editions import Edition
    from annual_report.editions.grid import Node
    from annual_report.model.report import AnnualReport

APPLICATIONS = "narrative.applications"
DISPUTES = "narrative.disputes"

_RECEIVED_CELLS = (f"applications.received.{TOTAL_KEY}", f"applications.carried_in.{TOTAL_KEY}")

_ABOUT = re.compile("公开申请|申请公开")
_ABOUT_DISPUTES = re.compile("信息公开|政务公开|公开申请|申请公开")
_ELSEWHERE = re.compile(
    "12345|热线|建议|提案|留言|信箱|咨询|来信|来访|政务服务|办件|信访(?!举报)|投诉举报|舆情|许可|处罚"
)
_CHANNEL = re.compile(
    "其中|网上|网络|网站|线上|在线|平台|信函|邮寄|邮政|当面|现场|窗口|传真|邮件|邮箱|电子|书面|自然人|法人|企业|组织|公民个人"
)
_OTHER_BODY = re.compile(
    "各[县市区镇乡街部单]|[县市镇]区|区县|市县|镇街|部门"
    "|(?P<name>[\u4e00-\u9fff]{1,12}(?:局|委|厅|办|院|中心|支队|大队|镇|乡|街道|县|区))(?:共|共计|累计|全年|新)*$"
)
_OURSELVES = re.compile("^(?:[我本全]|年)|[我本全][市县区局委厅办院镇乡省州旗单机]")

_APPLICATION = "(?:政府信息公开|政务信息公开|依申请公开|政务公开|信息公开|公开政府信息|公开信息|公开)(?:的)?申请"
_RECEIVED = re.compile(
    f"(?P<verb>新收到|新收|收到|接到|接收|受理|收办|办理)(?P<gap>{GAP}){COUNTED}(?P<behind>(?:的)?{_APPLICATION})?"
)
_ANSWERED = re.compile(f"(?P<verb>答复|办结|办理完毕|办复|回复){GAP}{COUNTED}")
_NONE = "(?:未|没有|尚未|均未)(?:再)?"
_NO_APPLICATION = re.compile(
    f"(?:{_NONE}(?:收到|接到|受理|接收到?)(?:过|任何|公民|、|法人|和|或者|或|其他组织|提出的|提交的|的)*{_APPLICATION}"
    f"|无{_APPLICATION})(?:情况|事项|案件|件)?(?=[，,。；;、]|$)"
)
_NO_DISPUTE = re.compile(
    f"(?:{_NONE}(?:发生|收到|引发|产生|出现|涉及|因)?|无)(?:政府信息公开|信息公开|依申请公开|相关|有关|引发的|引起的|工作|的|任何)*"
    "(?P<first>行政复议|行政诉讼)(?:案件|申请|事项|情况)?(?:(?:和|或者|或|及|与|、)(?P<second>行政复议|行政诉讼)"
    "(?:案件|申请|事项|情况)?)?(?=[，,。；;]|$|发生|的情况)"
)
_DISPUTES = {"行政复议": ("reconsideration",), "行政诉讼": ("litigation.direct", "litigation.after_reconsideration")}
_KINDS = re.compile("|".join(_DISPUTES))
_DISPUTE = re.compile(f"(?P<kind>行政复议|行政诉讼)(?:案件|案|申请)?{GAP}{COUNTED}")
_JOINED = ("不", "和", "与", "及", "或", "、")
_BUT_NOT = re.compile("(?:延期|逾期|超期|未|正在|顺延|无法|不予|不再|待|拟)$")


@dataclass(frozen=True, slots=True)
class Claim:
    """A number that the narrative gives.

    Parameters
    ----------
    rule
        The rule it falls under.
    number
        The number.
    span
        Where its words stand in the paragraph.
    paths
        The cells that it is compared with, the first to look at first.
    readings
        The numbers that it may rightly be.
    """

    rule: str
    number: int
    span: tuple[int, int]
    paths: tuple[str, ...]
    readings: tuple[int, ...]


def findings(report: AnnualReport) -> Iterator[Finding]:
    """Compare every claim of the narratives with the tables."""
    for section in NARRATIVES:
        for index, paragraph in enumerate(getattr(report, section)):
            text = paragraph.text
            if "申请" not in text and "复议" not in text and "诉讼" not in text:
                continue
            for claim in _claims(report, text):
                if claim.number not in claim.readings:
                    yield _finding(report, claim, quotation_of(section, index, text, claim.span))


def _claims(report: AnnualReport, text: str) -> Iterator[Claim]:
    about_applications, about_disputes = _ABOUT.search(text), _ABOUT_DISPUTES.search(text)
    for sentence in sentences(text):
        if sentence.follows(about_applications) and not _ELSEWHERE.search(sentence.text):
            yield from _no_application(report, sentence)
            if sentence.counts:
                yield from _received(report, sentence)
                yield from _answered(report, sentence)
                yield from _outcomes(report, sentence)
        if sentence.follows(about_disputes) and _KINDS.search(sentence.text):
            yield from _no_dispute(report, sentence)
            if sentence.counts:
                yield from _disputes(report, sentence)
                yield from _results(report, sentence)


def _no_application(report: AnnualReport, sentence: Sentence) -> Iterator[Claim]:
    """Find that no application was received."""
    for found in _NO_APPLICATION.finditer(sentence.text):
        if not _is_said_of_others(report, sentence, found.start()):
            received = report.applications.received.derived_total
            yield Claim(APPLICATIONS, 0, _span(sentence, found), _RECEIVED_CELLS, (received,))


def _received(report: AnnualReport, sentence: Sentence) -> Iterator[Claim]:
    """Applications received: this year's, or with those carried in."""
    table = report.applications
    received = table.received.derived_total
    with_carried = received + table.carried_in.derived_total
    for found in _RECEIVED.finditer(sentence.text):
        number = number_of(found["number"])
        names_applications = "申请" in found["gap"] or found["behind"]
        if number is None or not names_applications or _is_said_of_others(report, sentence, found.start()):
            continue
        readings = [received, with_carried]
        if found["verb"].startswith("新收"):
            readings = [received]
        elif found["verb"] in {"受理", "办理", "收办"}:
            readings.append(table.outcomes.derived_total.derived_total)
        yield Claim(APPLICATIONS, number, _span(sentence, found), _RECEIVED_CELLS, tuple(readings))


def _answered(report: AnnualReport, sentence: Sentence) -> Iterator[Claim]:
    """Applications answered: all outcomes, or those of this year's alone, or as many as came in."""
    paths = (f"applications.outcomes.total.{TOTAL_KEY}",)
    for found in _ANSWERED.finditer(sentence.text):
        number = number_of(found["number"])
        if number is None or _BUT_NOT.search(sentence.text[: found.start()]):
            continue
        if not _is_said_of_others(report, sentence, found.start()):
            table = report.applications
            total = table.outcomes.derived_total.derived_total
            received, carried_in = table.received.derived_total, table.carried_in.derived_total
            readings = (total, total - carried_in, received, received + carried_in)
            yield Claim(APPLICATIONS, number, _span(sentence, found), paths, readings)


def _outcomes(report: AnnualReport, sentence: Sentence) -> Iterator[Claim]:
    """Outcomes by the form's own names, a group's as the sum of its rows."""
    rows_by_name = _outcome_names(report.form)
    for found in counting(f"(?P<name>{any_of(tuple(rows_by_name))})").finditer(sentence.text):
        number = number_of(found["number"])
        paths = rows_by_name[found["name"]]
        joined = sentence.text[: found.start()].endswith(_JOINED)
        if number is None or joined or sentence.of_another_year(found.start(), report.year):
            continue
        sums = sum(attrgetter(path)(report.applications).derived_total for path in paths)
        cells = tuple(f"applications.{path}.{TOTAL_KEY}" for path in paths)
        yield Claim(APPLICATIONS, number, _span(sentence, found), cells, (sums,))


@cache
def _outcome_names(form: Edition) -> dict[str, tuple[str, ...]]:
    """Give what the form calls each outcome, without numbering and brackets, and the rows that it counts."""
    (outcomes,) = (node for node in walk(form.applications) if node.path == "outcomes")
    names: dict[str, tuple[str, ...]] = {}
    for node in _all_below(outcomes):
        name = re.sub(r"^(?:（.+?）|[0-9]+\.)|（.*", "", node.title)
        if len(name) > 2 and not node.path.endswith(TOTAL_KEY):  # noqa: PLR2004  # 其他 says nothing by itself
            names.setdefault(name, tuple(row.path for row in rows_of(node)))
    return names


def _all_below(node: Node) -> Iterator[Node]:
    for child in node.children:
        yield child
        if not child.is_row:
            yield from _all_below(child)


def _no_dispute(report: AnnualReport, sentence: Sentence) -> Iterator[Claim]:
    """Find that there was no reconsideration, no litigation, or neither."""
    for found in _NO_DISPUTE.finditer(sentence.text):
        kinds = [kind for kind in (found["first"], found["second"]) if kind]
        if not sentence.of_another_year(found.start(), report.year):
            for kind in kinds:
                yield Claim(DISPUTES, 0, _span(sentence, found), _dispute_cells(kind), _dispute_readings(report, kind))


def _disputes(report: AnnualReport, sentence: Sentence) -> Iterator[Claim]:
    """Reconsideration and litigation: all cases, or those concluded."""
    for found in _DISPUTE.finditer(sentence.text):
        number = number_of(found["number"])
        if number is not None and not _is_said_of_others(report, sentence, found.start()):
            kind = found["kind"]
            yield Claim(DISPUTES, number, _span(sentence, found), _dispute_cells(kind), _dispute_readings(report, kind))


def _results(report: AnnualReport, sentence: Sentence) -> Iterator[Claim]:
    """Results, of the kind of dispute that was named last."""
    kinds_at = [(found.start(), found[0]) for found in _KINDS.finditer(sentence.text)]
    titles = _result_titles(report.form)
    for found in counting(f"(?P<name>{any_of(tuple(titles))})").finditer(sentence.text):
        kinds = [kind for offset, kind in kinds_at if offset < found.start()]
        number = number_of(found["number"])
        if kinds and number is not None and not sentence.of_another_year(found.start(), report.year):
            cells = tuple(f"{path}.{titles[found['name']]}" for path in _DISPUTES[kinds[-1]])
            values = [attrgetter(cell)(report.disputes) for cell in cells]
            paths = tuple(f"disputes.{cell}" for cell in cells)
            yield Claim(DISPUTES, number, _span(sentence, found), paths, (sum(values), *values))


@cache
def _result_titles(form: Edition) -> dict[str, str]:
    """Give what the form calls each result, and its key."""
    first = next(rows(form.disputes))
    return {
        child.title: child.path.rpartition(".")[2] for child in first.children if not child.path.endswith(TOTAL_KEY)
    }


def _dispute_cells(kind: str) -> tuple[str, ...]:
    return tuple(f"disputes.{path}.{TOTAL_KEY}" for path in _DISPUTES[kind])


def _dispute_readings(report: AnnualReport, kind: str) -> tuple[int, ...]:
    """All cases, those concluded, and the same of each group."""
    groups: list[Any] = [attrgetter(path)(report.disputes) for path in _DISPUTES[kind]]
    cases = [group.derived_total for group in groups]
    concluded = [group.derived_total - group.pending for group in groups]
    return (sum(cases), sum(concluded))


def _is_said_of_others(report: AnnualReport, sentence: Sentence, offset: int) -> bool:
    """Tell whether a number is of another year, of a share by channel or applicant, or of another body."""
    if sentence.of_another_year(offset, report.year):
        return True
    clause = sentence.clause(offset)
    if _CHANNEL.search(clause) or "其中" in sentence.text[:offset]:
        return True
    other = _OTHER_BODY.search(clause)
    if other is None or _OURSELVES.search(clause):
        return False
    name = other["name"]
    return not (name and any(report.agency.endswith(name[start:]) for start in range(len(name) - 1)))


def _span(sentence: Sentence, found: re.Match[str]) -> tuple[int, int]:
    return sentence.start + found.start(), sentence.start + found.end()


def _finding(report: AnnualReport, claim: Claim, quotation: Quotation) -> Finding:
    cells = tuple(CellReference(path, place(report.form, path.split("."))) for path in claim.paths)
    expected = claim.readings[0]
    words = message(
        "the narrative says {actual}, the table {expected}: “{sentence}”",
        actual=claim.number,
        expected=expected,
        sentence=quotation.text,
    )
    return Finding(
        claim.rule, "warning", claim.paths[0], cells[0].place, words, cells, expected, claim.number, quotation
    )
