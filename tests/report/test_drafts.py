"""Drafts of the narratives: right for any table, and open where the office must speak."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from strategies import reports

from annual_report import AnnualReport, check, draft_narratives
from annual_report.report.drafts import UNFINISHED


def drafted(report):
    """The report with its drafts, the open places filled in as an office might."""
    drafts = {key: text.replace(UNFINISHED, "12") for key, text in draft_narratives(report).items()}
    return AnnualReport.model_validate(json.loads(report.model_dump_json()) | drafts | {"texts": {}, "preamble": ""})


@given(reports())
@settings(max_examples=60)
def test_drafts_agree_with_the_checks_for_any_tables(data):
    report = AnnualReport.model_validate(data)
    found = [finding for finding in check(drafted(report)) if finding.id.startswith("narrative.")]
    assert not [f for f in found if f.id in {"narrative.applications", "narrative.disputes", "narrative.topics"}]


@given(reports())
@settings(max_examples=20)
def test_every_draft_leaves_the_office_something_to_say(data):
    drafts = draft_narratives(AnnualReport.model_validate(data))
    assert set(drafts) == {"overview", "problems_and_improvements", "other_matters"}
    assert all(UNFINISHED in text for text in drafts.values())


def test_nothing_received_is_said_plainly():
    overview = draft_narratives(AnnualReport.blank(agency="某局", year=2024))["overview"]
    assert "2024年，本机关未收到政府信息公开申请。" in overview
    assert "未发生因政府信息公开引起的行政复议、行政诉讼。" in overview


def test_numbers_are_named_as_the_form_names_them(large_city):
    overview = draft_narratives(large_city)["overview"]
    applications = large_city.applications
    people, total = applications.received.natural_person, applications.received.total
    assert f"新收政府信息公开申请{total}件，其中自然人{people}件，法人或其他组织{total - people}件" in overview
    assert f"予以公开{applications.outcomes.granted.total}件" in overview
    refused = sum(row["total"] for row in applications.outcomes.refused.model_dump().values())
    assert f"不予公开{refused}件" in overview
    assert f"行政复议{large_city.disputes.reconsideration.total}件，其中结果维持" in overview
    assert f"行政事业性收费本年收费金额{large_city.proactive_disclosure.fees.amount}万元" in overview


def test_parts_of_what_is_nought_are_not_listed():
    numbers = {"applications.carried_in.natural_person": 3, "disputes.litigation.direct.upheld": 2}
    overview = draft_narratives(AnnualReport.blank(agency="某局", year=2024).with_values(numbers))["overview"]
    assert (
        "2024年，本机关新收政府信息公开申请0件；上年结转政府信息公开申请3件。"
        "本年度共办结政府信息公开申请0件；结转下年度继续办理0件。"
        "未发生因政府信息公开引起的行政复议。"
        "因政府信息公开引起的行政诉讼2件，其中结果维持2件，结果纠正0件，其他结果0件，尚未审结0件。"
    ) in overview.splitlines()


def test_items_and_documents_of_the_trial_form_have_their_own_units(housing_bureau):
    numbers = {"licensing.items_last_year": 12, "rules.produced": 3}
    report = housing_bureau.with_values({f"proactive_disclosure.{path}": number for path, number in numbers.items()})
    overview = draft_narratives(report)["overview"]
    assert "上一年项目12项" in overview
    assert "本年新制作3件" in overview


def test_a_total_number_is_named_as_one(housing_bureau):
    total = housing_bureau.values["proactive_disclosure.rules.disclosed_in_total"]
    assert f"对外公开总数{total}件" in draft_narratives(housing_bureau)["overview"]


@pytest.mark.parametrize("amount", ["0.0000000001", "0.000000000000", "1000.50", "0"])
def test_amounts_are_written_out(data, amount):
    data["proactive_disclosure"]["fees"]["amount"] = amount
    overview = draft_narratives(AnnualReport.model_validate(data))["overview"]
    assert f"行政事业性收费本年收费金额{amount}万元" in overview


def test_the_fee_is_asked_for_where_the_form_demands_it(large_city, housing_bureau):
    assert "信息处理费" in draft_narratives(large_city)["other_matters"]
    assert "信息处理费" not in draft_narratives(housing_bureau)["other_matters"]
