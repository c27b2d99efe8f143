"""The rules about the edition, the title and signature, and the required content of the narratives."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from annual_report.checks.agents import resembles
from annual_report.checks.findings import Finding
from annual_report.checks.masking import masked
from annual_report.checks.prose import number_of, plain_digits, quotation_of
from annual_report.checks.texts import PREAMBLE
from annual_report.errors import shortened
from annual_report.form import registry
from annual_report.form.sections import NARRATIVES, TITLES, TOPICS
from annual_report.messages import message
from annual_report.report.narrative import UNFINISHED
from annual_report.report.places import section_title, within

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annual_report.checks.severity import Severity
    from annual_report.checks.texts import ReportTexts
    from annual_report.messages import Message
    from annual_report.report.model import AnnualReport
    from annual_report.report.narrative import Narrative

# Patterns that few reports need are compiled by `re` when they are.
_FEES = "处理费(?<![圾水物气]处理费)|收费|费用|免费|无偿|收取[^。]{0,16}(?:费|成本)"
_OTHER_FEES = "企业|行政事业性|涉企|减免[^，。；]{1,8}费|税费|学费|水费|电费|停车|物业|培训费|服务收费"
_SENTENCE = "[^。；;！\n]+"

_NOT_TOPICS = ("市场监督管理", "市场监管", "管理局", "管理委员会", "社会保障", "住房保障", "医疗保障", "民生保障")
"""Names of bodies and subjects that contain the words of a topic."""

_SECTION_NAMES = tuple(title.partition("、")[2] for title in TITLES.values())
_LISTED = 3
"""A paragraph that names this many sections of the form is a list of the report's contents."""

_RIGHTS = re.compile("保障[^。；，]{0,12}权[益利]")

_MANAGEMENT = (
    "动态(?:管理|调整)|[信稿][息件][^。；]{0,12}审[核查校]|审[核查校][^。；]{0,8}[信稿][息件]"
    "|(?:保密|发布|公开|分级|逐级|三级|四级|文字)[^。；]{0,4}审[核查]"
    "|[清理][^。；]{0,6}(?:规范性|政策|存量|历史)文件|(?:规范性|政策|存量|历史)文件[^。；]{0,6}清理"
)
_UPKEEP = "建设|改版|升级|维护|运维|优化|整合|规范|完善|设置|调整"
_PLATFORMS = (
    f"(?:网站|门户|栏目)[^。；，]{{0,12}}(?:{_UPKEEP}|管理|检查|巡查|更新|监测)"
    f"|(?:{_UPKEEP}|办好|管好|加强)[^。；，]{{0,12}}(?:网站|门户|栏目)"
)

_TOPIC_WORDS: dict[str, tuple[tuple[str, ...], str]] = {
    topic: (tuple(words.split()), pattern)
    for topic, (words, pattern) in zip(
        TOPICS,
        (
            ("主动公开 公开内容 发布 刊发", "(?<!申请)公开[^，。；]{0,12}[0-9]"),
            ("依申请 公开申请 申请公开", "[收受][到理][^，。；]{0,8}申请"),
            ("信息管理 加强管理 规范管理 管理制度 管理机制 公开属性 三审 先审 台账 归档", _MANAGEMENT),
            ("平台 新媒体 公众号 专栏 公开栏 公示栏 公告栏 公开专区 查阅点", _PLATFORMS),
            ("监督 保障 考核 培训 评议 责任 自查 评估 督促检查", ""),
        ),
        strict=True,
    )
}
"""Words and wordings by which offices mention each topic; they rarely use the form's own words."""

_YEAR = "((?:20[0-9]{2})|(?:二[〇○零][〇○零一二三四五六七八九]{2}))"
_FIRST = r"\s*[年./\-]\s*(?:0?1|一)\s*[月./\-]\s*(?:0?1|一)\s*日?"
_LAST = r"\s*(?:年|[./\-])?\s*(?:12|十二)\s*[月./\-]\s*(?:31|三十一)\s*日?"
_PERIODS = (
    rf"{_YEAR}{_FIRST}(?:\s*0+\s*时)?[^。0-9二]{{0,8}}(?:{_YEAR})?(?:同年\s*)?{_LAST}",
    rf"{_YEAR}\s*年\s*(?:0?1|一)\s*月?\s*(?:份)?\s*[至到—–\-~～]+\s*(?:{_YEAR}\s*年\s*)?(?:12|十二)\s*月",
    rf"(?:统计|数据)[^。；]{{0,24}}?{_YEAR}\s*年(?:度|全年|(?=[，。；]|数据|的数据))(?!\s*[0-9])",
    rf"(?:截[止至]|核定|时点|时间点)[^。；0-9二]{{0,12}}{_YEAR}\s*年\s*(?:12|十二)\s*月\s*(?:31|三十一|底)",
)

_NAME = "[\u4e00-\u9fff]{2,40}?(?:局|委员会|委|厅|政府|办公室|办公厅|街道办事处|管委会|中心|院|部|署)"
_TITLE_NAME = rf"^({_NAME})(?:关于)?\s*{_YEAR}?\s*年?度?\s*(?:政府信息公开|政务公开|信息公开)"
_PREAMBLE_NAME = re.compile(
    rf"(?:由|公布|发布|现将|编制)({_NAME})(?=(?:根据|按照|依据|依照|编制|编写)|{_YEAR}\s*年度?\s*政府信息公开)"
)


_PLACEHOLDER_WORDS = UNFINISHED[1:-1]
_PLACEHOLDER = re.compile(rf"[（(]\s*{_PLACEHOLDER_WORDS}\s*[）)]")
"""The placeholder, also with the brackets that a keyboard has."""


def findings(report: AnnualReport, texts: ReportTexts) -> Iterator[Finding]:
    """Apply every rule of this module to a report and its texts."""
    in_force = registry.in_force(report.year)
    if in_force is not None and in_force.id != report.edition:
        msg = message("reports on {year} follow the edition {edition}", year=report.year, edition=in_force.id)
        yield _finding("edition.year", "warning", "edition", msg)
    yield from _title(report, texts)
    yield from _period(report, texts)
    yield from _signature(report)
    yield from _unfinished(report, texts)
    for key in NARRATIVES:
        if is_empty(getattr(report, key)):
            yield _finding("narrative.empty", "error", key, message("this section is empty"))
    if not is_empty(report.overview):
        yield from _topics(texts)
    if report.form.must_report and not is_empty(report.other_matters):
        yield from _fees(texts)


def is_empty(narrative: Narrative) -> bool:
    """Return whether a narrative has no sentence, at most sub-headings."""
    return not any(paragraph.body or paragraph.text.endswith(_ENDS) for paragraph in narrative)


_ENDS = ("。", "；", "！", "…")


def _topics(texts: ReportTexts) -> Iterator[Finding]:
    """Find expected topics that section one does not mention."""
    text = texts.joined("overview")
    if _lists_sections(text):
        text = "\n".join([part for part, _ in texts.sections["overview"] if not _lists_sections(part)])
    text = _RIGHTS.sub("", text)
    for name in _NOT_TOPICS:
        text = text.replace(name, "")
    for topic, (words, pattern) in _TOPIC_WORDS.items():
        if not (any(word in text for word in words) or (pattern and re.search(pattern, text))):
            yield _finding("narrative.topics", "warning", "overview", message("does not mention {topic}", topic=topic))


def _lists_sections(text: str) -> bool:
    """Return whether a text names as many sections of the report as a list does, which mentions no topic."""
    return sum([name in text for name in _SECTION_NAMES]) >= _LISTED


def _fees(texts: ReportTexts) -> Iterator[Finding]:
    """Check that section six says whether fees for processing information were collected; other fees do not count."""
    text = texts.joined("other_matters")
    if "信息处理费" not in text and not any(
        re.search(_FEES, sentence) and not re.search(_OTHER_FEES, sentence) for sentence in re.findall(_SENTENCE, text)
    ):
        msg = message("does not say whether fees for processing information were collected")
        yield _finding("narrative.fees", "warning", "other_matters", msg)


def _period(report: AnnualReport, texts: ReportTexts) -> Iterator[Finding]:
    """Compare the preamble's statistical period with the report's year."""
    wrong: list[Finding] = []
    for index, (written, _) in enumerate(texts.sections[PREAMBLE]):
        text = plain_digits(written)
        for found in (match for pattern in _PERIODS for match in re.finditer(pattern, text)):
            years = {number_of(year) for year in found.groups() if year}
            if years == {report.year}:
                return
            other = max(year for year in years if year is not None and (year != report.year or len(years) == 1))
            msg = message("the statistical period is not {year}", year=report.year)
            place, quotation = section_title(PREAMBLE), quotation_of(PREAMBLE, index, written, found.span())
            wrong.append(Finding("narrative.year", "warning", PREAMBLE, place, msg, (), report.year, other, quotation))
    yield from wrong[:1]


def _title(report: AnnualReport, texts: ReportTexts) -> Iterator[Finding]:
    """Compare the years and bodies named in the title and the preamble with the report's."""
    title = plain_digits(report.title or "")
    years = [number_of(year) for year in re.findall(_YEAR, title)] if title else []
    if years and report.year not in years:
        msg = message("the title names a year other than {year}", year=report.year)
        yield Finding("narrative.year", "warning", "title", section_title("title"), msg, (), report.year, years[0])
    found = re.search(_TITLE_NAME, re.sub(r"\s", "", title)) if title else None
    named = [("title", found[1])] if found else []
    named += [(PREAMBLE, found[1]) for found in _PREAMBLE_NAME.finditer(texts.joined(PREAMBLE))]
    for key, name in named:
        if not resembles(name, report.agency):
            msg = message("names another body, {name}", name=name)
            yield _finding("narrative.agency", "warning", key, msg)


def _signature(report: AnnualReport) -> Iterator[Finding]:
    """Compare the date of the signature with the report's year."""
    if report.issued_on is not None and report.issued_on < date(report.year, 12, 31):
        msg = message("is dated {date}, before the end of {year}", date=report.issued_on, year=report.year)
        yield _finding("narrative.date", "warning", "issued_on", msg)


def _unfinished(report: AnnualReport, texts: ReportTexts) -> Iterator[Finding]:
    """Find placeholders of a draft that are not filled in."""
    narratives = {PREAMBLE: report.preamble, **report.narratives} if _PLACEHOLDER_WORDS in texts.whole else {}
    for key, narrative in narratives.items():
        where = section_title(key)
        for index, paragraph in enumerate(narrative):
            if paragraph.heading:
                heading = "".join(run.text for run in paragraph.heading).removesuffix("。")
                where = within(section_title(key), shortened(masked(heading)))
            placeholder = _PLACEHOLDER.search(paragraph.text)
            if placeholder:
                quotation = quotation_of(key, index, paragraph.text, placeholder.span())
                msg = message("a placeholder of the draft is not filled in: “{sentence}”", sentence=quotation.text)
                yield Finding("narrative.unfinished", "error", key, where, msg, quotation=quotation)
    for key in ("title", "issued_by"):
        if _PLACEHOLDER.search(getattr(report, key) or ""):
            msg = message("a placeholder of the draft is not filled in: “{sentence}”", sentence=getattr(report, key))
            yield _finding("narrative.unfinished", "error", key, msg)


def _finding(rule: str, severity: Severity, key: str, msg: Message) -> Finding:
    return Finding(rule, severity, key, section_title(key), msg)
