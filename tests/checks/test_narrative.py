"""What offices write of applications and disputes, and whether it disagrees with the tables."""

from __future__ import annotations

import pytest

from annual_report import AnnualReport, check
from annual_report.checks.prose import number_of

# The report that the sentences are about: 13 received, 2 carried in, 12 dealt with, 3 carried forward; of the 12,
# 4 granted, 1 granted in part, 3 refused (1 as internal affairs, 2 as enforcement files), 2 not held, 1 petition,
# 1 overdue. Reconsideration: 5, of which 2 upheld, 1 corrected, 2 pending. Litigation: 2 direct (1 pending), 1 after.
YEAR = 2024


def report(sentence: str) -> AnnualReport:
    blank = AnnualReport.blank(agency="某某市民政局", year=YEAR)
    data = blank.model_dump(mode="json")
    applications, disputes = data["applications"], data["disputes"]
    outcomes = applications["outcomes"]
    rows = {
        13: applications["received"],
        2: applications["carried_in"],
        4: outcomes["granted"],
        1: outcomes["partially_granted"],
        3: applications["carried_forward"],
    }
    for number, row in rows.items():
        row["natural_person"] = number
    outcomes["refused"]["internal_affairs"]["natural_person"] = 1
    outcomes["refused"]["enforcement_files"]["natural_person"] = 2
    outcomes["unable_to_provide"]["not_held"]["natural_person"] = 2
    outcomes["not_processed"]["petition_or_complaint"]["natural_person"] = 1
    outcomes["other_handling"]["correction_overdue"]["natural_person"] = 1
    disputes["reconsideration"] |= {"upheld": 2, "corrected": 1, "pending": 2}
    disputes["litigation"]["direct"] |= {"upheld": 1, "pending": 1}
    disputes["litigation"]["after_reconsideration"] |= {"upheld": 1}
    data |= {"overview": sentence, "problems_and_improvements": "略。", "other_matters": "未收取信息处理费。"}
    for part in _parts(data["applications"], data["disputes"]):
        part.pop("total", None)
    return AnnualReport.model_validate(data)


def _parts(*roots):
    for root in roots:
        yield root
        for value in root.values():
            if isinstance(value, dict):
                yield from _parts(value)


def found(sentence: str) -> list[tuple[str, int | None]]:
    return [
        (finding.id, finding.actual)
        for finding in check(report(sentence))
        if finding.id in {"narrative.applications", "narrative.disputes"}
    ]


AGREE = [
    "2024年，共收到政府信息公开申请13件。",
    "2024年，我局共收到政府信息公开申请１３件，全部按时办结。",
    "全年新收政府信息公开申请十三件，上年结转两件。",
    "本年度受理依申请公开15件，答复12件。",
    "收办政府信息公开申请15件（含上年结转2件），办结12件，结转下年度3件。",
    "全年共收到13件政府信息公开申请，已答复12件。",
    "2024年，某某市民政局收到十三项政务公开申请。",
    "全年受理政府信息公开申请 13 件，其中自然人 13 件，法人 0 件。",
    "共收到信息公开申请13件，其中网上申请10件、信函申请3件。",
    "通过网络收到政府信息公开申请10件，通过信函收到3件。",
    "收到政府信息公开申请13件，较上年增加5件，同比增长62.5%。",
    "2023年收到政府信息公开申请8件，2024年收到政府信息公开申请13件。",
    "与2023年收到政府信息公开申请8件相比，有所增加。",
    "去年收到政府信息公开申请8件。",
    "自2008年以来累计收到政府信息公开申请352件。",
    "其中市公安局受理政府信息公开申请6件。",
    "各县区共收到政府信息公开申请230件。",
    "市自然资源局收到政府信息公开申请21件。",
    "收到政府信息公开申请13件，予以公开4件，部分公开1件，不予公开3件，无法提供2件，不予处理1件，其他处理1件。",
    "办结政府信息公开申请12件，其中予以公开四件，不予公开三件。",
    "在已办结的政府信息公开申请中，属于三类内部事务信息1件，属于行政执法案卷2件。",
    "政府信息公开申请办结率100%，满意度98%。",
    "收到政府信息公开申请10余件。",
    "收到政府信息公开申请近20件。",
    "延期答复政府信息公开申请4件。",
    "依申请公开方面，答复12345热线工单320件。",
    "全年答复人大代表建议、政协委员提案36件，均已公开。",
    "做好依申请公开工作。12345平台10件、议政网15件，办结率100%。",
    "召开新闻发布会12场，收集公众意见75条。",
    "全年办理行政许可申请560件。",
    "受理最低生活保障申请230件。",
    "全年处理信访件25件，答复网民留言40条。",
    "主动公开政府信息1417条，通过微信公众号发布706条。",
    "政府信息公开行政复议5件，行政诉讼3件。",
    "因政府信息公开引发行政复议案件3件，其中结果维持2件，结果纠正1件。",
    "政府信息公开行政复议案件五件：结果维持两件，结果纠正一件，尚未审结两件。",
    "政府信息公开行政诉讼3件，其中结果维持2件，尚未审结1件。",
    "政府信息公开行政诉讼案件已审结2件。",
    "政府信息公开工作未因行政复议被纠错。",
    "全市法院受理行政诉讼案件230件。",
    "2023年发生政府信息公开行政复议9件。",
    "举办政府信息公开申请办理培训班2期，培训120人次。",
    "修订依申请公开办理规范，制定答复模板8个。",
    "依申请公开渠道畅通，设立受理点3个。",
]

DISAGREE = [
    ("2024年，共收到政府信息公开申请14件。", "narrative.applications", 14),
    ("2024年，我局共收到政府信息公开申请１６件。", "narrative.applications", 16),
    ("全年新收政府信息公开申请十五件。", "narrative.applications", 15),
    ("全年新收政府信息公开申请 1 200 件。", "narrative.applications", 1200),
    ("共收到政府信息公开申请1,313件。", "narrative.applications", 1313),
    ("本年度受理依申请公开17件，答复12件。", "narrative.applications", 17),
    ("收办政府信息公开申请16件，办结12件。", "narrative.applications", 16),
    ("全年共收到31件政府信息公开申请。", "narrative.applications", 31),
    ("2024年，某某市民政局收到两项政务公开申请。", "narrative.applications", 2),
    ("2024年，未收到政府信息公开申请。", "narrative.applications", 0),
    ("本机关没有收到公民、法人或者其他组织提出的政府信息公开申请。", "narrative.applications", 0),
    ("2023年收到政府信息公开申请8件，2024年收到政府信息公开申请18件。", "narrative.applications", 18),
    ("收到政府信息公开申请13件，答复11件。", "narrative.applications", 11),
    ("收到政府信息公开申请13件，均已办结，共答复14件。", "narrative.applications", 14),
    ("收到政府信息公开申请13件，予以公开5件。", "narrative.applications", 5),
    ("收到政府信息公开申请13件，其中部分公开两件。", "narrative.applications", 2),
    ("收到政府信息公开申请13件，不予公开92件。", "narrative.applications", 92),
    ("收到政府信息公开申请13件，无法提供三件。", "narrative.applications", 3),
    ("收到政府信息公开申请13件，不予处理０件。", "narrative.applications", 0),
    ("收到政府信息公开申请13件，其他处理4件。", "narrative.applications", 4),
    ("在办结的政府信息公开申请中，属于行政执法案卷3件。", "narrative.applications", 3),
    ("全市共受理政府信息公开申请31件。", "narrative.applications", 31),
    ("做好依申请公开。全年共收到申请23件。", "narrative.applications", 23),
    ("政府信息公开行政复议6件。", "narrative.disputes", 6),
    ("政府信息公开行政复议五十件，行政诉讼3件。", "narrative.disputes", 50),
    ("因政府信息公开引发行政诉讼案件7件。", "narrative.disputes", 7),
    ("政府信息公开行政复议5件，其中结果维持4件。", "narrative.disputes", 4),
    ("政府信息公开行政复议5件，结果纠正两件。", "narrative.disputes", 2),
    ("政府信息公开行政诉讼3件，尚未审结3件。", "narrative.disputes", 3),
    ("政府信息公开工作未引发行政复议。", "narrative.disputes", 0),
    ("全年无政府信息公开行政诉讼。", "narrative.disputes", 0),
]


def test_there_are_sentences_enough():
    assert len(AGREE) + len(DISAGREE) >= 60
    assert len(AGREE) >= len(DISAGREE)


@pytest.mark.parametrize("sentence", AGREE)
def test_what_agrees_or_counts_something_else_raises_nothing(sentence):
    assert found(sentence) == []


@pytest.mark.parametrize(("sentence", "rule", "number"), DISAGREE)
def test_what_disagrees_is_found(sentence, rule, number):
    assert found(sentence) == [(rule, number)]


def test_the_sentence_is_quoted_with_its_position():
    (finding,) = [
        finding
        for finding in check(report("认真做好工作。全年共收到政府信息公开申请14件，全部办结。再接再厉。"))
        if finding.id == "narrative.applications"
    ]
    quotation = finding.quotation
    assert quotation.text == "全年共收到政府信息公开申请14件，全部办结。"
    assert (quotation.section, quotation.paragraph, quotation.start, quotation.end) == ("overview", 0, 7, 29)
    assert finding.path == "applications.received.total"
    assert (finding.expected, finding.actual) == (13, 14)
    assert finding.cells[0].place.endswith("一、本年新收政府信息公开申请数量 › 总计")


def test_neither_the_seed_nor_the_large_city_raises_anything(seed, large_city):
    assert list(check(seed)) == []
    assert list(check(large_city)) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [("3 119", 3119), ("3,119", 3119), ("两", 2), ("十", 10), ("二十", 20), ("一百零三", 103), ("一万二千", 12000)],
)
def test_numerals_are_read_as_offices_write_them(text, number):
    assert number_of(text) == number
