"""The rules about the form itself: its edition, its period, what its narratives must speak of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from annual_report.checks.findings import Finding
from annual_report.checks.prose import quotation_of, with_plain_digits
from annual_report.form import registry
from annual_report.form.sections import NARRATIVES, TOPICS
from annual_report.messages import message
from annual_report.report.places import section_title

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annual_report.checks.severity import Severity
    from annual_report.messages import Message
    from annual_report.report.model import AnnualReport
    from annual_report.report.narrative import Narrative

_PERIOD = re.compile(
    r"([12][0-9]{3})\s*年\s*0?1\s*月\s*0?1\s*日(?:\s*0+\s*时)?[^。0-9]{0,8}(?:([12][0-9]{3})\s*年\s*)?(?:同年\s*)?12\s*月\s*31\s*日"
)
_TOPIC_WORDS = dict(
    zip(
        TOPICS,
        (
            "主动公开|公开内容|发布|(?<!申请)公开[^，。；]{0,12}[0-9]",
            "依申请|公开申请|申请公开|[收受][到理][^，。；]{0,8}申请",
            "管理|审核|审查|审校|三审",
            "平台|网站|门户|新媒体|公众号|专栏|公开栏|公示栏",
            "监督|保障|考核|培训|评议|责任|自查",
        ),
        strict=True,
    )
)
"""How each topic may be spoken of; offices rarely use the form's own words."""

_FEES = re.compile("处理费|收费|费用|免费|无偿|收取[^。]{0,16}(?:费|成本)")


def findings(report: AnnualReport) -> Iterator[Finding]:
    """Apply every rule about the form itself."""
    in_force = registry.in_force(report.year)
    if in_force is not None and in_force.id != report.edition:
        words = message("reports on {year} follow the edition {edition}", year=report.year, edition=in_force.id)
        yield _finding("edition.year", "warning", "edition", words)
    yield from _period(report)
    for key in NARRATIVES:
        if is_empty(getattr(report, key)):
            yield _finding("narrative.empty", "error", key, message("this section is empty"))
    if not is_empty(report.overview):
        yield from _topics(report)
    if not is_empty(report.other_matters) and not _FEES.search(_words(report.other_matters)):
        words = message("does not say whether fees for processing information were collected")
        yield _finding("narrative.fees", "warning", "other_matters", words)


def is_empty(narrative: Narrative) -> bool:
    """Tell whether a narrative says nothing: sub-headings alone say nothing."""
    return not any(paragraph.body for paragraph in narrative)


def _words(narrative: Narrative) -> str:
    return "\n".join(paragraph.text for paragraph in narrative)


def _topics(report: AnnualReport) -> Iterator[Finding]:
    """Section one speaks of every expected topic."""
    words = _words(report.overview)
    for topic in TOPICS:
        if not re.search(_TOPIC_WORDS[topic], words):
            yield _finding("narrative.topics", "warning", "overview", message("says nothing of {topic}", topic=topic))


def _period(report: AnnualReport) -> Iterator[Finding]:
    """Compare the preamble's statistical period with the report's year."""
    wrong: list[Finding] = []
    for index, paragraph in enumerate(report.preamble):
        text = with_plain_digits(paragraph.text)
        for found in _PERIOD.finditer(text):
            years = {int(year) for year in found.groups() if year}
            if years == {report.year}:
                return
            words = message("the statistical period is another year than {year}", year=report.year)
            quotation = quotation_of("preamble", index, paragraph.text, found.span())
            wrong.append(
                Finding(
                    "narrative.year",
                    "warning",
                    "preamble",
                    section_title("preamble"),
                    words,
                    (),
                    report.year,
                    max(years - {report.year}),
                    quotation,
                )
            )
    yield from wrong


def _finding(rule: str, severity: Severity, key: str, words: Message) -> Finding:
    return Finding(rule, severity, key, section_title(key), words)
