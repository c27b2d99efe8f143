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
    ],
)
def test_another_period_is_a_warning_with_its_sentence(data, period):
    (finding,) = check(AnnualReport.model_validate(data | {"preamble": f"根据条例编制。统计期限为{period}。"}))
    assert (finding.id, finding.severity) == ("narrative.year", "warning")
    assert finding.quotation.text == f"统计期限为{period}。"


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
    ],
)
def test_topics_may_be_spoken_of_in_the_offices_own_words(data, overview):
    assert ids(data | {"overview": overview}) == []


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
    ],
)
def test_section_six_may_say_it_in_its_own_words(data, words):
    assert ids(data | {"other_matters": words}) == []


def test_section_six_without_a_word_on_fees_is_a_warning(data):
    assert ids(data | {"other_matters": "无其他需要报告的事项。"}) == ["narrative.fees"]


@pytest.mark.parametrize("key", ["overview", "problems_and_improvements", "other_matters"])
@pytest.mark.parametrize("text", ["", " \n", "（一）主动公开情况\n（二）依申请公开情况"])
def test_an_empty_section_is_an_error(data, key, text):
    assert ids(data | {key: text}) == ["narrative.empty"]


def test_a_real_report_of_the_trial_form_raises_nothing(housing_bureau):
    assert list(check(housing_bureau)) == []
