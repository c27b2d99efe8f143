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

from annual_report.checks.findings import CellReference, Finding, Quotation
from annual_report.checks.prose import (
    CLAUSE,
    COUNTED,
    GAP,
    OTHER_TIME,
    any_of,
    number_of,
    quotation_of,
    sentences,
    years,
)
from annual_report.form.base import TOTAL_KEY
from annual_report.form.fields import rows, walk
from annual_report.form.sections import NARRATIVES
from annual_report.messages import message
from annual_report.report.places import place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annual_report.checks.prose import Sentence
    from annual_report.form import Edition
    from annual_report.form.fields import Node
    from annual_report.report.model import AnnualReport

APPLICATIONS = "narrative.applications"
DISPUTES = "narrative.disputes"

_RECEIVED_CELLS = (f"applications.received.{TOTAL_KEY}", f"applications.carried_in.{TOTAL_KEY}")

_ABOUT = re.compile("公开的?申请|申请公开")
_ABOUT_DISPUTES = re.compile("信息公开|政务公开|公开申请|申请公开")
_ELSEWHERE = re.compile(
    "12345|热线|建议|提案|留言|信箱|咨询|来信|来访|政务服务|办件|信访(?!举报)|投诉举报|舆情|许可|处罚"
)
_DOCUMENTS = re.compile("公文|文件|主动公开|发布")
"""What else than applications is granted and refused."""

_OURSELVES = (
    "(?!全部)[我本全](?:机关|单位|部门|街道|乡镇|[省市县区州盟旗镇乡村局委厅部院会署所处室]|办(?![理结复]))"
    "(?:各级)?(?:行政机关)?"
)
_NEUTRAL = re.compile(
    f"{_OURSELVES}|(?:20[0-9]{{2}}\\s*|[今本当全一]?)年[度初底末内]?|[0-9]+\\s*[月日]|来|以来|截[止至]|报告期内?|据?统计"
    "|依申请公开|政府信息公开|政务公开|信息公开|政府信息|(?:行政)?(?:复议|诉讼)|申请|工作|方面|情况|其中[，,：:]?|[一二三四五六七八九]是"
    "|依法|依规|按时|按期|及时|按照?规定|[按依]程序|法定|规定|期限|时限|内|均|已|全部|实际|规范|认真|妥善"
    "|新收|新增|新|受理|接收|办理|处理|登记|办结|答复|作出|决定|共同|[共合总累]计|[共总]|也|还|并|则|后|由|于|在|至|到|中|自|的|了|有|为"
    "|因|对|就|被|引发|引起|导致|产生|发生|涉及|有关|相关|针对|提起|提出|类|案件|机关|\\s|_|[0-9]+[.．]"
)
"""Words that may lead to a claim without making it one of others; any other words may."""

_NAMED_ANEW = re.compile(f"年|[共合总累]计|共|信息公开|{_OURSELVES}")
_LEFT_OUT = re.compile("人民|员会|公室|公厅|事处")

_APPLICATION = "(?:政府信息公开|政务信息公开|依申请公开|政务公开|信息公开|公开政府信息|公开信息|公开)(?:的)?申请"
_APPLICANTS = (
    "(?:(?:公民(?:[、和或]?法人)?(?:和|或者|或|以及|及|、)?(?:其他组织)?|(?:社会)?公众|群众|申请人)"
    "(?:所?(?:提出|提交))?的?)?"
)
_RECEIVED = ("新收到", "新收", "新增", "收到", "接到", "接收", "受理", "收办", "办理")
_ANSWERED = ("答复", "办结", "办理完毕", "办复", "回复")
_APPLICATION_ALONE = ("公开申请", "公开的申请")
_NONE = "(?:未|没有|尚未|均未|不存在)(?:再)?"
_NO_APPLICATION = re.compile(
    f"(?:{_NONE}(?:收到|接到|受理|接收到?)(?:过|任何)*{_APPLICANTS}(?:{_APPLICATION}|依申请公开)"
    f"|(?:无|没有)(?:{_APPLICATION}|依申请公开))(?:情况|事项|案件|件)?(?=[，,。；;、]|$)"
)
_NO_DISPUTE = re.compile(
    f"(?:{_NONE}|无)(?:{_OURSELVES}|发生|收到|引发|产生|出现|引起|导致|涉及|针对|因|被|申请|提起|提出|提请|相关|有关"
    "|政府信息公开|信息公开|依申请公开|工作|类|的|任何)*(?P<first>行政复议|行政诉讼)(?:案件|案|申请|事项|情况)?"
    "(?:(?:和|或者|或|及|与|、)(?:被|提起|提出)*(?P<second>行政复议|行政诉讼)(?:案件|案|申请|事项|情况)?)?"
    "(?=[，,。；;]|$|发生|的情况)"
)
_REVIEWING = re.compile("[办受处]理")
"""What a body does with disputes that are not its own."""

_CASE = "(?:案件|案|申请)?"
_JOINED = re.compile("(?:不|(?<![件项份条宗起例个])[和与及或、])$")


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
        if sentence.follows(about_applications):
            yield from _no_application(report, sentence)
            if sentence.counts:
                yield from _applications(report, sentence)
        if sentence.follows(about_disputes) and ("行政" in sentence.text or "复议" in sentence.text):
            yield from _no_dispute(report, sentence)
            if sentence.counts:
                yield from _disputes(report, sentence)


def _of_this_report(
    report: AnnualReport, sentence: Sentence, matches: Iterator[re.Match[str]]
) -> Iterator[tuple[str, re.Match[str]]]:
    """Keep what is said of the body itself and of its whole year, with what leads to it in its clause.

    Only words that are known to change nothing may lead to a claim. Who and when are not named again in every
    clause: what follows a claim of others is theirs too, until someone or some time is named anew.
    """
    ours, of_its_year, end = True, True, 0
    for found in matches:
        since = sentence.text[end : found.start()]
        named = years(since if end else sentence.before + since)
        if named:
            of_its_year = named[-1] == report.year
        if OTHER_TIME.search(since):
            return
        lead = CLAUSE.split(since)[-1]
        end = found.end()
        other_words = _NEUTRAL.sub("", lead)
        if other_words and not _is_short_for(other_words, report.agency):
            ours = False
        elif not ours:
            ours = _NAMED_ANEW.search(lead) is not None
        if ours and of_its_year:
            yield lead, found


def _is_short_for(name: str, agency: str) -> bool:
    """Tell whether a name is the agency's own, some characters left out."""
    short, characters = _LEFT_OUT.sub("", name), iter(agency)
    return _LEFT_OUT.sub("", agency).endswith(short[-1:]) and all(character in characters for character in short)


def _no_application(report: AnnualReport, sentence: Sentence) -> Iterator[Claim]:
    """Find that no application was received."""
    for _, found in _of_this_report(report, sentence, _NO_APPLICATION.finditer(sentence.text)):
        received = report.applications.received.derived_total
        yield Claim(APPLICATIONS, 0, _span(sentence, found), _RECEIVED_CELLS, (received,))


def _applications(report: AnnualReport, sentence: Sentence) -> Iterator[Claim]:
    """Find numbers of applications received, answered, and of outcomes."""
    names = _outcome_names(report.form)
    elsewhere = _ELSEWHERE.search(sentence.text)
    matches = _application_pattern(report.form).finditer(sentence.text)
    for lead, found in _of_this_report(report, sentence, matches):
        word, number, span = found["word"], number_of(found["number"]), _span(sentence, found)
        counted = found["gap"] + (found["behind"] or "")
        before = sentence.text[: found.start()]
        if (
            number is None
            or word in _APPLICATION_ALONE
            or (elsewhere and not ("申请" in counted and "公开" in counted))
        ):
            continue
        if word in names:
            if not _DOCUMENTS.search(sentence.text) and not _JOINED.search(before):
                yield _outcome(report, word, number, span)
        elif "其中" in lead or ("其中" in before and not _NAMED_ANEW.search(lead)):
            continue
        elif word in _ANSWERED:
            if "延期" not in sentence.text:
                yield _answered(report, number, span)
        elif "申请" in counted or word.startswith("新收"):
            yield _received(report, word, number, span)


def _received(report: AnnualReport, verb: str, number: int, span: tuple[int, int]) -> Claim:
    """Applications received: this year's, or with those carried in."""
    table = report.applications
    received = table.received.derived_total
    readings = [received]
    if not verb.startswith("新"):
        readings.append(received + table.carried_in.derived_total)
    if verb in {"受理", "办理", "收办"}:
        readings.append(table.outcomes.derived_total.derived_total)
    return Claim(APPLICATIONS, number, span, _RECEIVED_CELLS, tuple(readings))


def _answered(report: AnnualReport, number: int, span: tuple[int, int]) -> Claim:
    """Applications answered: all outcomes, or those of this year's alone, or as many as came in."""
    table = report.applications
    total = table.outcomes.derived_total.derived_total
    received, carried_in = table.received.derived_total, table.carried_in.derived_total
    readings = (total, total - carried_in, received, received + carried_in)
    return Claim(APPLICATIONS, number, span, (f"applications.outcomes.total.{TOTAL_KEY}",), readings)


def _outcome(report: AnnualReport, name: str, number: int, span: tuple[int, int]) -> Claim:
    """Outcomes by the form's own names, a group's as the sum of its rows."""
    paths = _outcome_names(report.form)[name]
    total = sum(attrgetter(path)(report.applications).derived_total for path in paths)
    cells = tuple(f"applications.{path}.{TOTAL_KEY}" for path in paths)
    return Claim(APPLICATIONS, number, span, cells, (total,))


@cache
def _application_pattern(form: Edition) -> re.Pattern[str]:
    """Give the pattern of a number of applications, received or answered, and of an outcome."""
    words = any_of((*_RECEIVED, *_ANSWERED, *_APPLICATION_ALONE, *_outcome_names(form)))
    return re.compile(f"(?P<word>{words}){_APPLICANTS}(?P<gap>{GAP}){COUNTED}(?P<behind>(?:的)?{_APPLICATION})?")


@cache
def _outcome_names(form: Edition) -> dict[str, tuple[str, ...]]:
    """Give what the form calls each outcome, without numbering and brackets, and the rows that it counts."""
    (outcomes,) = (node for node in walk(form.applications) if node.path == "outcomes")
    names: dict[str, tuple[str, ...]] = {}
    for node in _all_below(outcomes):
        name = re.sub(r"^(?:（.+?）|[0-9]+\.)|（.*", "", node.title)
        if len(name) > 2 and not node.path.endswith(TOTAL_KEY):  # noqa: PLR2004  # 其他 says nothing by itself
            names.setdefault(name, tuple(row.path for row in node.rows()))
    return names


def _all_below(node: Node) -> Iterator[Node]:
    for child in node.children:
        yield child
        if not child.is_row:
            yield from _all_below(child)


def _no_dispute(report: AnnualReport, sentence: Sentence) -> Iterator[Claim]:
    """Find that there was no reconsideration, no litigation, or neither."""
    for _, found in _of_this_report(report, sentence, _NO_DISPUTE.finditer(sentence.text)):
        for kind in filter(None, (found["first"], found["second"])):
            yield _dispute(report, (kind,), 0, _span(sentence, found))


def _disputes(report: AnnualReport, sentence: Sentence) -> Iterator[Claim]:
    """Find numbers of disputes, two kinds together or one, and of results, which are of the kind named last."""
    matches = _dispute_pattern(report.form).finditer(sentence.text)
    for lead, found in _of_this_report(report, sentence, matches):
        number, span = number_of(found["number"]), _span(sentence, found)
        if number is None or _REVIEWING.search(lead):
            continue
        if found["result"]:
            named = _kinds(report.form).findall(sentence.text, 0, found.start())
            if named:
                yield _result(report, named[-1], found["result"], number, span)
        elif _ABOUT_DISPUTES.search(sentence.before + sentence.text[: found.start("kind")]):
            kinds = tuple(filter(None, (found["other"], found["kind"])))
            for together in [(kind,) for kind in kinds] if found["each"] else [kinds]:
                yield _dispute(report, together, number, span)


@cache
def _kinds(form: Edition) -> re.Pattern[str]:
    return re.compile(any_of(tuple(_dispute_names(form))))


@cache
def _dispute_pattern(form: Edition) -> re.Pattern[str]:
    """Give the pattern of a number of disputes, or of a result."""
    kind, result = _kinds(form).pattern, any_of(tuple(_result_names(form)))
    return re.compile(
        f"(?:(?:(?P<other>{kind}){_CASE}[、和与及])?(?P<kind>{kind}){_CASE}|(?P<result>{result}))"
        f"{GAP}(?P<each>[均各都]为?)?{COUNTED}"
    )


def _dispute(report: AnnualReport, kinds: tuple[str, ...], number: int, span: tuple[int, int]) -> Claim:
    """Reconsideration and litigation: all cases, or those concluded."""
    paths = [path for kind in kinds for path in _dispute_names(report.form)[kind]]
    groups: list[Any] = [attrgetter(path)(report.disputes) for path in paths]
    cases = sum(group.derived_total for group in groups)
    concluded = cases - sum(group.pending for group in groups)
    cells = tuple(f"disputes.{path}.{TOTAL_KEY}" for path in paths)
    return Claim(DISPUTES, number, span, cells, (cases, concluded))


def _result(report: AnnualReport, kind: str, name: str, number: int, span: tuple[int, int]) -> Claim:
    """Results: of all groups of a kind, or of one."""
    cells = [f"{path}.{_result_names(report.form)[name]}" for path in _dispute_names(report.form)[kind]]
    values = [attrgetter(cell)(report.disputes) for cell in cells]
    return Claim(DISPUTES, number, span, tuple(f"disputes.{cell}" for cell in cells), (sum(values), *values))


@cache
def _dispute_names(form: Edition) -> dict[str, tuple[str, ...]]:
    """Give what the form calls each kind of dispute, and the groups that it counts."""
    return {
        node.title: tuple(row.path for row in node.rows())
        for top in walk(form.disputes)
        for node in (top, *(() if top.is_row else _all_below(top)))
    }


@cache
def _result_names(form: Edition) -> dict[str, str]:
    """Give what the form and offices call each result, and its key."""
    first = next(rows(form.disputes))
    titles = {child.title: child.path.rpartition(".")[2] for child in first.children}
    titles = {title: key for title, key in titles.items() if key != TOTAL_KEY}
    return titles | {title.removeprefix("结果"): key for title, key in titles.items()} | {"纠错": "corrected"}


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
