from __future__ import annotations

import pytest

from annual_report import AnnualReport, check


def ids(data):
    return [finding.id for finding in check(AnnualReport.model_validate(data))]


@pytest.mark.parametrize(
    ("year", "edition", "found"), [(2023, "2019", True), (2020, "2021", True), (2020, "2019", False)]
)
def test_the_edition_should_be_the_one_in_force(year, edition, found):
    report = AnnualReport.blank(agency="某局", year=year, edition=edition)
    assert ("edition.year" in [finding.id for finding in check(report).warnings]) == found


@pytest.mark.parametrize(
    "period",
    [
        "自2025年1月1日至2025年12月31日",
        "2025年1月1日起至12月31日止",
        "从 ２０２５ 年 1 月 1 日到 2025 年 12 月 31 日",
        "2025年1月1日0时起至12月31日24时",
        "2025年1月1日—12月31日，上一年度报告的期限为2024年1月1日至12月31日",
        "",
        "全年",
        "2025年度",
        "2025年1月至12月",
        "2025.1.1—2025.12.31",
        "2025-01-01至2025-12-31",
        "二〇二五年一月一日至十二月三十一日",
        "20251月1日起至202512月31日止",
    ],
)
def test_the_period_may_be_the_reports_year_or_left_out(data, period):
    assert ids(data | {"preamble": f"本报告所列数据的统计期限为{period}。"}) == []


@pytest.mark.parametrize(
    "period",
    [
        "自2024年1月1日至2024年12月31日",
        "2024年1月1日起至12月31日止",
        "2024年1月1日至2025年12月31日",
        "2024年1月1日0时至12月31日24时",
        "2024年度",
        "2024年1月至12月",
        "2024.1.1—2024.12.31",
        "2024-01-01至2024-12-31",
        "二〇二四年一月一日至十二月三十一日",
    ],
)
def test_another_period_is_a_warning_with_its_sentence(data, period):
    (finding,) = check(AnnualReport.model_validate(data | {"preamble": f"根据条例编制。统计期限为{period}。"}))
    assert (finding.id, finding.severity) == ("narrative.year", "warning")
    assert finding.quotation.text == f"统计期限为{period}。"


@pytest.mark.parametrize("other", [2024, 2026])
def test_of_a_period_the_other_year_is_told(data, other):
    first, last = sorted([2025, other])
    (finding,) = check(
        AnnualReport.model_validate(data | {"preamble": f"统计期限为{first}年1月1日至{last}年12月31日。"})
    )
    assert (finding.expected, finding.actual) == (2025, other)


def test_of_several_other_periods_the_first_is_told(data):
    preamble = "统计期限为2024年1月1日至12月31日。\n数据截止2023年12月31日。"
    (finding,) = check(AnnualReport.model_validate(data | {"preamble": preamble}))
    assert (finding.id, finding.actual) == ("narrative.year", 2024)


@pytest.mark.parametrize("words", ["所列数据截止日期为2024年12月31日。", "数据核定时间点为2024年12月31日。"])
def test_a_day_that_the_numbers_are_of_is_a_period(data, words):
    assert ids(data | {"preamble": words}) == ["narrative.year"]
    assert ids(data | {"preamble": words.replace("2024", "2025")}) == []


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("{agency}2025年政府信息公开工作年度报告", []),
        ("{agency}\n二〇二五年政府信息公开工作年度报告", []),
        ("政府信息公开工作年度报告", []),
        ("关于2025年度政府信息公开工作情况的报告", []),
        ("{agency}2024—2025年政府信息公开工作年度报告", []),
        ("{agency}2024年政府信息公开工作年度报告", ["narrative.year"]),
        ("{agency}二〇二四年政府信息公开工作年度报告", ["narrative.year"]),
        ("某某省水利厅2025年政府信息公开工作年度报告", ["narrative.agency"]),
        ("某某省水利厅2024年政府信息公开工作年度报告", ["narrative.year", "narrative.agency"]),
        ("某某省\n水利厅2025年政府信息公开工作年度报告", ["narrative.agency"]),
    ],
)
def test_the_title_names_the_body_and_the_year(data, title, found):
    assert ids(data | {"title": title.format(agency=data["agency"])}) == found


@pytest.mark.parametrize(
    ("preamble", "found"),
    [
        ("本报告由{agency}根据条例编制。", []),
        ("现公布{agency}2025年政府信息公开工作年度报告。", []),
        ("根据国务院办公厅的要求编制。如有疑问，请与某某省水利厅办公室联系。", []),
        ("本报告由某某省水利厅根据条例编制。", ["narrative.agency"]),
        ("现公布某某省水利厅2025年政府信息公开工作年度报告。", ["narrative.agency"]),
    ],
)
def test_the_preamble_names_the_body(data, preamble, found):
    assert ids(data | {"preamble": preamble.format(agency=data["agency"])}) == found


@pytest.mark.parametrize(("day", "found"), [("2025-12-30", True), ("2025-12-31", False), ("2026-01-20", False)])
def test_a_report_is_signed_after_its_year(data, day, found):
    assert ids(data | {"issued_on": day}) == (["narrative.date"] if found else [])


@pytest.mark.parametrize("key", ["preamble", "overview", "problems_and_improvements", "other_matters"])
def test_a_place_of_a_draft_that_is_not_filled_in_is_an_error(data, key):
    text = f"{data.get(key) or ''}\n其他情况（待填写）。"
    (finding,) = check(AnnualReport.model_validate(data | {key: text}))
    assert (finding.id, finding.severity, finding.path) == ("narrative.unfinished", "error", key)
    assert finding.quotation.text == "其他情况（待填写）。"


def test_a_place_that_is_not_filled_in_is_named_by_its_sub_heading(data):
    text = "（一）存在的主要问题\n(待填写)\n（二）改进情况。已经改进。\n（ 待填写 ）\n（三）打算。（待填写）"
    findings = check(AnnualReport.model_validate(data | {"problems_and_improvements": text}))
    assert [finding.place for finding in findings] == [
        "五、存在的主要问题及改进情况 › （一）存在的主要问题",
        "五、存在的主要问题及改进情况 › （二）改进情况",
        "五、存在的主要问题及改进情况 › （三）打算",
    ]
    assert {finding.id for finding in findings} == {"narrative.unfinished"}


@pytest.mark.parametrize("key", ["title", "issued_by"])
@pytest.mark.parametrize("text", ["（待填写）", "某某市（待填写）局"])
def test_the_heading_and_the_signature_are_filled_in_too(data, key, text):
    assert "narrative.unfinished" in ids(data | {key: text})


def test_every_missing_topic_is_a_warning(data):
    overview = "认真做好主动公开和依申请公开。"
    findings = check(AnnualReport.model_validate(data | {"overview": overview}))
    assert [finding.id for finding in findings] == ["narrative.topics"] * 3
    assert "监督保障" in findings[-1].message.text("zh")


@pytest.mark.parametrize(
    "overview",
    [
        "全年通过微信公众号公开信息320条，按期处理公开申请，严格信息审核，组织培训2次。",
        "全年发布政务信息320条；受理群众申请；加强政府信息管理；办好政务新媒体；接受社会监督。",
        "在公示栏公开政府信息320条；做好依申请公开；落实三审三校；压实责任。",
        "全年公开政府信息320条；处理公开申请；开展存量文件清理；改版网站；接受评议。",
    ],
)
def test_topics_may_be_spoken_of_in_the_offices_own_words(data, overview):
    assert ids(data | {"overview": overview}) == []


@pytest.mark.parametrize(
    ("overview", "missing"),
    [
        ("全年在门户网站公开政府信息50条，处理公开申请，加强信息管理，组织培训。", 1),
        ("全年公开政府信息50条，处理公开申请，严格审查，优化网站栏目，组织培训。", 1),
        ("某市市场监督管理局全年公开政府信息50条，处理公开申请，加强平台建设。", 2),
        ("全年公开政府信息50条，处理公开申请，审核信息，优化栏目，保障群众的合法权益。", 1),
        ("本报告由总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况等组成。", 5),
        ("（一）主动公开政府信息情况\n全年公布50件。处理公开申请，加强信息管理，办好平台，组织培训。", 0),
        ("主动公开政府信息情况和收到和处理政府信息公开申请情况见下。\n加强信息管理，办好平台，组织培训。", 0),
    ],
)
def test_a_topic_is_not_spoken_of_in_passing(data, overview, missing):
    assert ids(data | {"overview": overview}) == ["narrative.topics"] * missing


def test_publishing_on_request_is_not_publishing_unasked(data):
    overview = "全年依申请公开政府信息2条，加强管理，办好平台，接受监督。"
    assert ids(data | {"overview": overview}) == ["narrative.topics"]


@pytest.mark.parametrize(
    "words",
    [
        "本年度未收取信息处理费。",
        "未收取任何费用。",
        "全年收取政府信息公开信息处理费3940元。",
        "无收费情况。",
        "均免费提供。",
        "（一）2025年未收取信息处理费。\n（二）无其他事项。",
        "未向公民、企业收取信息处理费。",
        "本年度未收取任何费用\n为企业减负3000万元。",
        "今年为企业减免费用3000万元。依申请公开未收取任何费用。",
        "未因政府信息公开收取费用，亦无减免。",
        "政府信息公开收费及减免情况：无。",
    ],
)
def test_section_six_may_say_it_in_its_own_words(data, words):
    assert ids(data | {"other_matters": words}) == []


@pytest.mark.parametrize(
    "words",
    [
        "无其他需要报告的事项。",
        "无。",
        "无",
        "今年为企业减免费用3000万元。",
        "公布行政事业性收费目录。",
        "降低污水处理费。",
    ],
)
def test_section_six_without_a_word_on_fees_is_a_warning(data, words):
    assert ids(data | {"other_matters": words}) == ["narrative.fees"]


def test_the_form_of_2019_asks_for_no_word_on_fees(housing_bureau):
    report = housing_bureau.model_dump(mode="json") | {"other_matters": "无。"}
    assert ids(report) == []


@pytest.mark.parametrize("key", ["overview", "problems_and_improvements", "other_matters"])
@pytest.mark.parametrize("text", ["", " \n", "（一）主动公开情况\n（二）依申请公开情况"])
def test_an_empty_section_is_an_error(data, key, text):
    assert ids(data | {key: text}) == ["narrative.empty"]


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("other_matters", "（一）2025年未收取信息处理费。"),
        ("other_matters", "1.本年度未收取信息处理费。\n2.无其他需要报告的事项。"),
        ("other_matters", "收取信息处理费情况：无。"),
        ("problems_and_improvements", "（一）公开的内容还不够全面。\n（二）将加强对业务人员的培训。"),
        ("problems_and_improvements", "1.信息更新不够及时；\n2.解读形式单一。"),
    ],
)
def test_a_section_of_short_numbered_sentences_says_something(data, key, text):
    assert ids(data | {key: text}) == []


def test_a_real_report_of_the_trial_form_raises_nothing(housing_bureau):
    assert list(check(housing_bureau)) == []
