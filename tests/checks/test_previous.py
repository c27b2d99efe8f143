from __future__ import annotations

import json

import pytest

from annual_report import AnnualReport, check
from annual_report.checks import PreviousReportError
from annual_report.checks.previous import unchanged_sentences
from annual_report.checks.sentences import sentence
from annual_report.form.relations import CarryOver


def last_year(data, **changes):
    text = {"overview": "去年的总体情况。", "problems_and_improvements": "去年的问题。"}
    data = AnnualReport.model_validate(data).model_dump(mode="json") | text | {"year": data["year"] - 1} | changes
    data["applications"]["carried_forward"] = data["applications"]["carried_in"]
    for row in data["proactive_disclosure"].values():
        if "in_force" in row:
            row["in_force"] += row["repealed"] - row["issued"]
    return AnnualReport.model_validate(data)


def found(report, previous):
    return [
        (finding.id, finding.severity, finding.path, finding.expected, finding.actual)
        for finding in check(report, previous=previous)
        if finding.id.startswith("previous.")
    ]


def test_two_years_that_fit_raise_nothing(data, large_city):
    assert found(large_city, last_year(data)) == []


def test_what_is_carried_in_is_what_was_carried_forward(data, large_city):
    data["applications"]["carried_in"]["legal_service_institution"] += 2
    assert found(AnnualReport.model_validate(data), last_year(large_city.model_dump(mode="json"))) == [
        ("previous.carried_in", "error", "applications.carried_in.legal_service_institution", 18, 20)
    ]


def test_documents_in_force_follow_from_last_years(data, large_city):
    data["proactive_disclosure"]["rules"]["in_force"] += 1
    report = AnnualReport.model_validate(data)
    previous = last_year(large_city.model_dump(mode="json"))
    assert found(report, previous) == [("previous.in_force", "warning", "proactive_disclosure.rules.in_force", 74, 75)]
    (finding,) = [finding for finding in check(report, previous=previous) if finding.id == "previous.in_force"]
    assert finding.cells[-1].path == "previous.proactive_disclosure.rules.in_force"
    assert finding.cells[-1].place.startswith("2024 › ")
    before = previous.values["proactive_disclosure.rules.in_force"]
    assert finding.message.text("zh").startswith(f"上一年度现行有效 {before} 件")


def test_another_name_of_the_body_is_one_warning(data, large_city):
    assert found(large_city, last_year(data, agency="某地区行政公署")) == [
        ("previous.agency", "warning", "agency", None, None)
    ]


@pytest.mark.parametrize("year", [2023, 2025, 2026])
def test_another_year_is_an_error_that_says_so(large_city, data, year):
    other = AnnualReport.model_validate(data | {"year": year})
    with pytest.raises(PreviousReportError, match=f"2024.*{year}"):
        check(large_city, previous=other)


def test_last_years_form_may_be_another():
    report = AnnualReport.blank(agency="某局", year=2021)
    previous = AnnualReport.blank(agency="某局", year=2020)
    assert found(report, previous) == []
    forward = previous.model_dump(mode="json")
    forward["applications"]["carried_forward"] |= {"natural_person": 3, "total": 3}
    assert found(report, AnnualReport.model_validate(forward)) == [
        ("previous.carried_in", "error", "applications.carried_in.natural_person", 3, 0)
    ]


def test_what_is_said_of_other_changes_names_no_documents():
    relation = CarryOver("previous.stock", "error", "stock", "stock", increases=("bought",), decreases=("sold",))
    told = sentence(relation, 7, 8, {("bought",): 5, ("sold",): 1}.__getitem__, last_year=3)
    assert told.text("zh") == "上一年度为 3，本年增加 5、减少 1，应为 7，现为 8"
    assert told.text("en") == "last year it was 3, 5 were added and 1 removed: should be 7, but is 8"


def test_documents_in_force_are_not_asked_of_a_form_that_does_not_count_them(housing_bureau):
    report = AnnualReport.blank(agency=housing_bureau.agency, year=2021).model_dump(mode="json")
    report["applications"]["carried_in"] |= {"natural_person": 1, "total": 1}
    report["proactive_disclosure"]["normative_documents"]["in_force"] = 999
    assert found(AnnualReport.model_validate(report), housing_bureau) == []


@pytest.mark.parametrize(("last_years", "this_years"), [("2019", "2021"), ("2021", "2019"), ("2019", "2019")])
def test_where_either_form_has_no_documents_in_force_carried_forward_is_compared_alone(last_years, this_years):
    previous = AnnualReport.blank(agency="某局", year=2021, edition=last_years).model_dump(mode="json")
    previous["applications"]["carried_forward"] |= {"commercial_enterprise": 4, "total": 4}
    report = AnnualReport.blank(agency="某局", year=2022, edition=this_years).model_dump(mode="json")
    for data in (previous, report):
        for key in data["proactive_disclosure"]["rules"]:
            data["proactive_disclosure"]["rules"][key] = 7
    assert found(AnnualReport.model_validate(report), AnnualReport.model_validate(previous)) == [
        ("previous.carried_in", "error", "applications.carried_in.commercial_enterprise", 4, 0)
    ]
    report["applications"]["carried_in"] |= {"commercial_enterprise": 4, "total": 4}
    assert found(AnnualReport.model_validate(report), AnnualReport.model_validate(previous)) == []


def with_text(report, **texts):
    return AnnualReport.model_validate(json.loads(report.model_dump_json()) | texts)


def copied(this, last):
    report = AnnualReport.blank(agency="某局", year=2024)
    before = AnnualReport.blank(agency="某局", year=2023)
    found = check(with_text(report, overview=this), previous=with_text(before, overview=last))
    return [finding for finding in found if finding.id == "previous.narrative"]


@pytest.mark.parametrize(
    "sentence",
    [
        "全年通过门户网站发布信息1417条。",
        "2023年，我局及时调整了领导小组。",
        "开展培训２场，参加 30 余人次。",
    ],
)
def test_a_sentence_with_a_number_that_is_last_years_is_found(sentence):
    (finding,) = copied(f"（一）主动公开情况\n今年有变化。{sentence}", f"（一）主动公开情况\n{sentence}去年的话。")
    assert (finding.severity, finding.path, finding.quotation.text) == ("warning", "overview", sentence)


@pytest.mark.parametrize("after", ["", "今年有变化。", "\n另起一段", "今年新增5件！"])
def test_a_sentence_that_is_last_years_is_quoted_without_what_follows_it(after):
    sentence = "全年发布信息1417条；"
    (finding,) = copied(f"变化很大。{sentence}{after}", sentence)
    assert (finding.quotation.start, finding.quotation.text) == (5, sentence)
    (unended,) = copied(sentence[:-1], sentence[:-1])
    assert unended.quotation.text == sentence[:-1]


@pytest.mark.parametrize(
    "sentence",
    [
        "严格执行“三审三校”制度，由专人负责。",
        "根据《中华人民共和国政府信息公开条例》（国务院令第711号）第50条编制。",
        "畅通12345热线，实行7×24小时值守。",
        "未收到政府信息公开申请，无行政复议0件。",
        "一是加强学习，二是完善制度。",
    ],
)
def test_a_sentence_without_a_number_of_its_own_may_be_last_years(sentence):
    assert not copied(sentence, sentence)


def test_a_sentence_that_changed_is_not_last_years():
    assert not copied("全年发布信息1418条。", "全年发布信息1417条。")
    assert not copied("发布信息1417条，其中专栏12条。", "发布信息1417条。")


def test_sentences_that_are_taken_over_are_counted_without_sub_headings():
    texts = {"overview": "（一）主动公开情况\n照旧。新增 3 件。", "problems_and_improvements": "依然如此。"}
    this = with_text(AnnualReport.blank(agency="某局", year=2024), **texts)
    before = with_text(AnnualReport.blank(agency="某局", year=2023), overview="（一）主动公开情况\n照 旧。发布2件。")
    assert unchanged_sentences(this, before) == (1, 3)
