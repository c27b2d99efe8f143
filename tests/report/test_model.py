from __future__ import annotations

import json
import pickle
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from pydantic import ValidationError
from strategies import reports

from annual_report import AnnualReport, explain
from annual_report.form import edition_2019, edition_2021
from annual_report.form.applications import Applicants


@given(reports())
@settings(max_examples=60)
def test_every_report_round_trips(data):
    report = AnnualReport.model_validate(data)
    assert AnnualReport.model_validate_json(report.model_dump_json()) == report
    assert AnnualReport.model_validate(json.loads(report.model_dump_json())) == report
    assert AnnualReport.model_validate(report.model_dump()) == report
    assert pickle.loads(pickle.dumps(report)) == report  # our own pickle


@pytest.mark.parametrize("value", ["3", 3.0, True, -1, None, 1_000_000_000, Decimal(3), [3]])
def test_a_count_is_a_whole_number(data, value):
    data["applications"]["received"]["natural_person"] = value
    with pytest.raises(ValidationError) as caught:
        AnnualReport.model_validate(data)
    assert [error["loc"] for error in caught.value.errors()] == [("applications", "received", "natural_person")]
    with pytest.raises(ValidationError):
        AnnualReport.model_validate_json(json.dumps(data, default=float))


@pytest.mark.parametrize(
    "digits", ["96171.6", "59237.2449", "0", "0.00000010", "316441.00", "12345678901234567890.123"]
)
def test_amounts_keep_their_digits(data, digits):
    data["proactive_disclosure"]["fees"]["amount"] = digits
    report = AnnualReport.model_validate(data)
    assert isinstance(report.proactive_disclosure, edition_2021.ProactiveDisclosure)
    assert report.proactive_disclosure.fees.amount == Decimal(digits)
    assert json.loads(report.model_dump_json())["proactive_disclosure"]["fees"]["amount"] == digits


@pytest.mark.parametrize("value", [96171.6, 3, Decimal("96171.6"), 0.0000001])
def test_amounts_may_be_numbers(data, value):
    data["proactive_disclosure"]["fees"]["amount"] = value
    report = AnnualReport.model_validate(data)
    assert isinstance(report.proactive_disclosure, edition_2021.ProactiveDisclosure)
    assert report.proactive_disclosure.fees.amount == Decimal(str(value))


@pytest.mark.parametrize(
    "value",
    [
        *("1e5", "NaN", "Infinity", "-1", "", " 1", "1,000", "１", ".5", "5.", "007", "1" * 41),
        *(1e30, float("nan"), float("inf"), -0.5, True, None, Decimal("1E+2"), Decimal("NaN"), 10**50),
    ],
)
def test_what_is_no_plain_decimal_is_refused(data, value):
    data["proactive_disclosure"]["fees"]["amount"] = value
    with pytest.raises(ValidationError):
        AnnualReport.model_validate(data)


def test_a_total_that_agrees_is_not_kept_apart():
    leaves = dict.fromkeys((name for name in Applicants.model_fields if name != "stated_total"), 1)
    without = Applicants.model_validate(leaves)
    assert Applicants.model_validate(leaves | {"total": 6}) == without
    assert without.total == without.derived_total == 6
    assert without.model_dump()["total"] == 6
    wrong = Applicants.model_validate(leaves | {"total": 7})
    assert wrong != without
    assert (wrong.total, wrong.derived_total) == (7, 6)
    assert wrong.model_dump()["total"] == 7
    assert without.model_copy(update={"natural_person": 2}).total == 7


def test_the_row_of_totals_is_reckoned_where_it_is_left_out(large_city, data):
    del data["applications"]["outcomes"]["total"]
    report = AnnualReport.model_validate(data)
    assert report == large_city
    assert report.applications.outcomes.total.natural_person == 13364
    assert report.model_dump()["applications"]["outcomes"]["total"]["total"] == 13810


def test_a_row_of_totals_that_differs_is_kept(seed_as_published):
    outcomes = seed_as_published.applications.outcomes
    assert (outcomes.total.natural_person, outcomes.derived_total.natural_person) == (0, 1)
    assert outcomes.total.total == 0


def test_a_missing_leaf_is_one_error(data):
    del data["applications"]["received"]["natural_person"]
    with pytest.raises(ValidationError) as caught:
        AnnualReport.model_validate(data)
    assert [(error["type"], error["loc"]) for error in caught.value.errors()] == [
        ("missing", ("applications", "received", "natural_person"))
    ]


def test_reports_are_frozen(seed):
    with pytest.raises(ValidationError):
        seed.agency = "别的机关"
    assert hash(seed.applications.received) == hash(seed.applications.received.model_copy())


@pytest.mark.parametrize(("year", "edition"), [(2019, "2019"), (2020, "2019"), (2021, "2021"), (2100, "2021")])
def test_the_edition_left_out_is_the_one_in_force(year, edition):
    report = AnnualReport.blank(agency="某局", year=year)
    left_out = report.model_dump(mode="json")
    del left_out["edition"]
    assert report.edition == edition
    assert AnnualReport.model_validate(left_out) == report


@pytest.mark.parametrize(
    ("year", "edition"), [(2018, None), (2101, None), (2023, "2030"), ("2023", None), (True, None)]
)
def test_what_cannot_be_a_report_is_refused(data, year, edition):
    with pytest.raises(ValidationError):
        AnnualReport.model_validate(data | {"year": year} | ({"edition": edition} if edition else {}))


def test_a_table_of_another_edition_is_refused(seed):
    old = AnnualReport.blank(agency="某局", year=2020)
    with pytest.raises(ValidationError):
        AnnualReport.model_validate(seed.model_dump() | {"proactive_disclosure": old.proactive_disclosure})
    assert isinstance(old.proactive_disclosure, edition_2019.ProactiveDisclosure)


@pytest.mark.parametrize("field", ["agency", "issued_by"])
@pytest.mark.parametrize("value", ["", "  ", "两\n行", "\x07", 3])
def test_names_are_one_line(data, field, value):
    with pytest.raises(ValidationError):
        AnnualReport.model_validate(data | {field: value})


def test_the_date_of_issue_is_iso(data):
    assert AnnualReport.model_validate(data | {"issued_on": "2024-01-25"}).issued_on == date(2024, 1, 25)
    for wrong in ("2024-02-30", "2024/1/25", "20240125", 20240125):
        with pytest.raises(ValidationError):
            AnnualReport.model_validate(data | {"issued_on": wrong})


def test_a_blank_report_is_valid_and_all_zero():
    report = AnnualReport.blank(agency="某局", year=2024)
    assert {value for grid, key in _grids(report) for value in grid.print(getattr(report, key))} == {"0"}
    with pytest.raises(ValidationError):
        AnnualReport.blank(agency="", year=1999)


@pytest.mark.parametrize(
    ("given", "keys"),
    [
        ({"year": "2023"}, ["year"]),
        ({"year": 2023.0}, ["year"]),
        ({"year": True}, ["year"]),
        ({"year": 10**5000}, ["year"]),
        ({"edition": []}, ["edition"]),
        ({"edition": {}}, ["edition"]),
        ({"edition": 2021}, ["edition"]),
        ({"agency": None}, ["agency"]),
        ({"agency": "某" * 101, "year": None, "edition": "2022"}, ["edition", "agency", "year"]),
    ],
    ids="-".join,
)
def test_a_skeleton_of_what_is_no_report_is_refused(given, keys):
    with pytest.raises(ValidationError) as caught:
        AnnualReport.blank(**{"agency": "某局", "year": 2023} | given)
    assert [error["loc"] for error in caught.value.errors()] == [(key,) for key in keys]


def test_an_agency_has_at_most_100_characters(seed):
    data = seed.model_dump()
    assert AnnualReport.model_validate(data | {"agency": "某" * 100}).agency == "某" * 100
    with pytest.raises(ValidationError, match="at most 100 characters"):
        AnnualReport.model_validate(data | {"agency": "某" * 101})
    for branch in AnnualReport.model_json_schema()["anyOf"]:
        assert branch["properties"]["agency"]["maxLength"] == 100


def _grids(report):
    return [(grid, key) for key, grid in report.form.grids.items()]


def test_the_schema_reads_as_the_form():
    schema = json.dumps(AnnualReport.model_json_schema(), ensure_ascii=False)
    for words in (
        "三、收到和处理政府信息公开申请情况",
        "3.危及“三安全一稳定”",
        "法律服务机构",
        "本年废止件数",
        "对外公开总数量",
    ):
        assert words in schema
    assert [branch["properties"]["edition"]["const"] for branch in AnnualReport.model_json_schema()["anyOf"]] == [
        "2021",
        "2019",
    ]


def test_texts_beside_tables_are_absent_where_there_are_none(data):
    report = AnnualReport.model_validate(data)
    assert "texts" not in report.model_dump()
    empty = AnnualReport.model_validate(data | {"texts": {"applications": {"before": "", "notes": []}, "disputes": {}}})
    assert empty == report
    assert "texts" not in json.loads(empty.model_dump_json())


def test_texts_beside_tables_are_kept_and_alone_put_out(data):
    given = {"applications": {"before": "（一）说明。本年无调整。", "notes": "注：含上年结转。"}}
    report = AnnualReport.model_validate(data | {"texts": given})
    assert json.loads(report.model_dump_json())["texts"] == given
    assert AnnualReport.model_validate_json(report.model_dump_json()) == report
    assert list(report.narratives) == [
        "overview",
        "texts.applications.before",
        "texts.applications.notes",
        "problems_and_improvements",
        "other_matters",
    ]


@pytest.mark.parametrize("key", ["before", "notes"])
def test_of_the_texts_beside_a_table_only_those_that_are_there_are_put_out(data, key):
    given = {"disputes": {key: "注：一。"}}
    report = AnnualReport.model_validate(data | {"texts": given})
    assert report.model_dump(mode="json")["texts"] == given


def test_a_place_beside_a_table_is_named_in_the_forms_words(data):
    with pytest.raises(ValidationError) as caught:
        AnnualReport.model_validate(data | {"texts": {"applications": {"notes": 5}, "application": {}}})
    assert [str(problem) for problem in explain(caught.value, AnnualReport, data)] == [
        "三、收到和处理政府信息公开申请情况 › 表下注释 (texts.applications.notes): 应为文字，现为 5",
        "表旁文字 › application (texts.application): 没有这一项；是否应为“applications”？",
    ]


def test_a_narrative_may_be_a_list_of_paragraphs(data):
    lines = ["（一）主动公开情况", "全年公开1417条。", "第一行\n第二行"]
    listed = AnnualReport.model_validate(data | {"overview": lines})
    assert listed == AnnualReport.model_validate(data | {"overview": "\n".join(lines)})


@pytest.mark.parametrize("code", ["91350100M000100Y43", "11100000000013338W"])
def test_a_credit_code_is_taken_if_its_check_digit_is_right(data, code):
    assert AnnualReport.model_validate(data | {"agency_code": code}).agency_code == code
    assert (
        json.loads(AnnualReport.model_validate(data | {"agency_code": code}).model_dump_json())["agency_code"] == code
    )


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("91350100M000100Y44", "校验位不符，可能有误"),
        ("19350100M000100Y43", "校验位不符，可能有误"),
        ("91350100M000100Y4", "应为18位统一社会信用代码"),
        ("91350100M000100Y43 ", "应为18位统一社会信用代码"),
        ("9135O100M000100Y43", "应为18位统一社会信用代码"),
        ("91350100m000100y43", "应为18位统一社会信用代码"),
    ],
)
def test_a_mistyped_credit_code_is_refused(data, code, words):
    with pytest.raises(ValidationError) as caught:
        AnnualReport.model_validate(data | {"agency_code": code})
    (problem,) = explain(caught.value, AnnualReport, data)
    assert words in str(problem)
