"""Years of one body, compared cell by cell."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from strategies import reports

from annual_report import AnnualReport, ComparisonError, compare
from annual_report.analysis.rates import (
    RATES,
    by_applicant,
    reconsiderations_corrected,
    share_granted,
    share_refused,
    suits_lost,
)
from annual_report.report.places import place


def report(number, edit=dict.copy, edition=None):
    data = json.loads(AnnualReport.blank(agency="某局", year=number, edition=edition).model_dump_json())
    edit(data)
    return AnnualReport.model_validate(data)


def received(number):
    def edit(data):
        data["applications"]["received"] |= {"natural_person": number, "total": number}
        data["applications"]["carried_forward"] |= {"natural_person": number, "total": number}

    return edit


def test_a_comparison_is_shown_on_one_line():
    assert repr(compare(report(2024), report(2023))) == "<Comparison: 某局, 2023, 2024>"


@given(reports())
@settings(max_examples=25)
def test_a_report_compared_with_itself_shows_nought_everywhere(data):
    this = AnnualReport.model_validate(data | {"year": 2021, "edition": data["edition"]})
    last = AnnualReport.model_validate(data | {"year": 2020, "edition": data["edition"]})
    compared = compare(this, last)
    assert {cell.change for cell in compared.cells.values()} == {0}
    assert {cell.percent for cell in compared.cells.values()} <= {0, None}
    assert compared.largest_changes() == ()


def test_change_percent_and_share():
    compared = compare(report(2024, received(30)), report(2023, received(20)))
    cell = compared.cells["applications.received.natural_person"]
    assert (cell.numbers, cell.change, cell.percent) == ((20, 30), 10, Fraction(50))
    assert cell.shares == (1, 1)
    assert cell.place == "三、收到和处理政府信息公开申请情况 › 一、本年新收政府信息公开申请数量 › 自然人"
    nought = compared.cells["applications.carried_in.natural_person"]
    assert (nought.percent, nought.shares) == (None, (None, None))


def test_the_share_of_an_outcome_is_its_part_of_all_outcomes():
    def edit(data):
        data["applications"]["outcomes"].pop("total")
        for key, number in (("granted", 3), ("partially_granted", 1)):
            data["applications"]["outcomes"][key] = data["applications"]["outcomes"][key] | {"natural_person": number}
            data["applications"]["outcomes"][key].pop("total")

    compared = compare(report(2024, edit), report(2023))
    assert compared.cells["applications.outcomes.granted.total"].shares == (None, Fraction(3, 4))


def test_a_cell_has_its_share_of_its_row_and_a_rows_total_its_share_of_its_column():
    def edit(data):
        outcomes = data["applications"]["outcomes"]
        outcomes.pop("total")
        outcomes["granted"] = outcomes["granted"] | {"natural_person": 3, "commercial_enterprise": 1}
        outcomes["partially_granted"] = outcomes["partially_granted"] | {"natural_person": 5}
        for key in ("granted", "partially_granted"):
            outcomes[key].pop("total")

    cells = compare(report(2024, edit), report(2023)).cells
    latest = {key: cells[f"applications.outcomes.granted.{key}"].shares[-1] for key in ("natural_person", "total")}
    assert latest == {"natural_person": Fraction(3, 4), "total": Fraction(4, 9)}


def test_years_tell_the_order_and_must_differ():
    years = [report(number) for number in (2023, 2021, 2022)]
    assert compare(years).years == (2021, 2022, 2023)
    assert compare(report(2022), report(2024)).years == (2022, 2024)
    with pytest.raises(ComparisonError, match="都是 2023 年"):
        compare(report(2023), report(2023))
    with pytest.raises(ComparisonError, match="两个或更多"):
        compare([report(2023)])


def test_cells_that_only_one_edition_has_say_so():
    compared = compare(report(2021), report(2020))
    paths = {cell.path for cell in compared.not_comparable}
    assert "proactive_disclosure.rules.in_force" in paths
    assert "proactive_disclosure.rules.produced" in paths
    assert "applications.received.natural_person" not in paths
    lost = compared.cells["proactive_disclosure.rules.produced"]
    assert (lost.numbers, lost.change) == ((0, None), None)
    assert lost.place == "二、主动公开政府信息情况 › 规章 › 本年新制作数量"


def test_what_does_not_follow_from_last_year_is_found_in_consecutive_years_only():
    last = report(2023, received(2))
    assert [finding.id for finding in compare(report(2024), last).findings] == ["previous.carried_in"]
    assert not compare(report(2025), last).findings


def test_the_largest_changes_come_first_and_leave_totals_out():
    compared = compare(report(2024, received(30)), report(2023, received(20)))
    assert [cell.path for cell in compared.largest_changes()] == [
        "applications.received.natural_person",
        "applications.carried_forward.natural_person",
    ]


def test_changes_up_and_down_are_ordered_by_their_size_and_no_more_are_given_than_asked_for():
    def edit(data):
        received(5)(data)
        data["proactive_disclosure"]["rules"]["issued"] = 90

    def before(data):
        received(30)(data)
        data["proactive_disclosure"]["rules"]["issued"] = 80

    compared = compare(report(2024, edit), report(2023, before))
    changes = {cell.path: cell.change for cell in compared.largest_changes()}
    assert list(changes.values()) == [-25, -25, 10]
    assert [cell.path for cell in compared.largest_changes(1)] == list(changes)[:1]


def test_the_largest_changes_are_those_of_the_latest_edition():
    def costs(data):
        data["proactive_disclosure"]["fees"]["amount"] = "7"

    compared = compare([report(2020), report(2023), report(2024, costs)])
    assert [cell.path for cell in compared.largest_changes()] == ["proactive_disclosure.fees.amount"]


def test_the_place_of_a_cell_is_in_the_words_of_the_latest_edition_that_has_it():
    compared = compare(report(2024), report(2020))
    for path, cell in report(2024).form.cells.items():
        assert compared.cells[path].place == place(report(2024).form, path.split(".")), cell


def test_the_change_of_an_amount_has_all_its_digits():
    def costs(amount):
        return lambda data: data["proactive_disclosure"]["fees"].update(amount=amount)

    most = "9" * 28
    compared = compare(report(2024, costs(f"{most}.25")), report(2023, costs("0.05")))
    assert compared.cells["proactive_disclosure.fees.amount"].change == Decimal(f"{most}.20")


def test_amounts_are_plain_digits_in_json():
    def costs(data):
        data["proactive_disclosure"]["fees"]["amount"] = "0.0000001"

    told = json.loads(compare(report(2024, costs), report(2023)).to_json())
    assert told["cells"]["proactive_disclosure.fees.amount"]["numbers"][-1] == "0.0000001"


def test_the_text_that_is_compared_is_that_of_the_last_two_years():
    def says(*sentences):
        return lambda data: data.update(overview="".join(sentences))

    compared = compare(
        [
            report(2022, says("公开文件5件。", "加强培训。")),
            report(2023, says("公开文件7件。", "完善制度。")),
            report(2024, says("公开文件7件。", "加强培训。", "完善制度。")),
        ]
    )
    assert compared.unchanged_sentences == (2, 3)
    assert compared.repeated_numbers == ("公开文件7件。",)
    assert compared.to_dict()["text"] == {
        "unchanged": 2,
        "sentences": 3,
        "repeated_numbers": ["公开文件7件。"],
    }


def test_the_name_is_that_of_the_latest_report():
    last = AnnualReport.blank(agency="某局（旧）", year=2023)
    assert compare(report(2024), last).to_dict()["agency"] == "某局"


def test_what_is_no_report_is_refused_by_the_argument_that_it_is():
    with pytest.raises(TypeError, match=r"参数 report 应为"):
        compare("a.json", report(2023))
    with pytest.raises(TypeError, match=r"参数 previous 应为"):
        compare(report(2024), "a.json")


def test_a_frame_has_a_row_for_each_cell_and_a_column_for_each_year():
    compared = compare([report(2022), report(2023, received(20)), report(2024, received(30))])
    frame = compared.to_frame(keys=True)
    assert list(frame.columns) == [2022, 2023, 2024, "change", "percent", "share"]
    assert list(frame.loc["applications.received.natural_person"]) == [0, 20, 30, 10, 50.0, 1.0]
    assert isinstance(frame.loc["proactive_disclosure.fees.amount", 2024], Decimal)
    assert frame.index.name == "path"
    assert compared.to_frame().index[0].startswith("二、主动公开政府信息情况")
    assert compared.to_frame().index.name == "place"
    assert frame.loc["applications.received.natural_person", "share"] == 1.0
    earliest = compare([report(2022, received(20)), report(2023), report(2024)]).to_frame(keys=True)
    assert earliest["share"].isna().all()


def test_json_keeps_every_cell_and_rate():
    told = json.loads(compare(report(2024, received(30)), report(2023)).to_json())
    assert told["years"] == [2023, 2024]
    assert told["cells"]["applications.received.natural_person"] == {
        "place": "三、收到和处理政府信息公开申请情况 › 一、本年新收政府信息公开申请数量 › 自然人",
        "numbers": [0, 30],
        "change": 30,
        "percent": None,
        "shares": [None, 1.0],
    }
    fewer = json.loads(compare(report(2024, received(15)), report(2023, received(60))).to_json())
    assert fewer["cells"]["applications.received.natural_person"]["percent"] == -75.0
    assert told["rates"]["received.natural_person"] == [None, 1.0]


def test_rates_are_what_they_say(large_city):
    outcomes, disputes = large_city.applications.outcomes, large_city.disputes
    total = outcomes.total.total
    assert share_granted(large_city) == Fraction(outcomes.granted.total + outcomes.partially_granted.total, total)
    refused = sum(row["total"] for row in outcomes.refused.model_dump().values())
    assert share_refused(large_city) == Fraction(refused, total)
    concluded = disputes.reconsideration.total - disputes.reconsideration.pending
    assert reconsiderations_corrected(large_city) == Fraction(disputes.reconsideration.corrected, concluded)
    suits = [disputes.litigation.direct, disputes.litigation.after_reconsideration]
    assert suits_lost(large_city) == Fraction(
        sum(suit.corrected for suit in suits), sum(suit.total - suit.pending for suit in suits)
    )


def test_rates_do_not_rest_on_stated_totals_that_are_wrong(data):
    right = AnnualReport.model_validate(data)
    for row in (
        data["applications"]["received"],
        data["applications"]["outcomes"]["granted"],
        data["applications"]["outcomes"]["refused"]["state_secret"],
        data["applications"]["outcomes"]["total"],
        data["disputes"]["reconsideration"],
        data["disputes"]["litigation"]["direct"],
    ):
        row["total"] += 1000
    wrong = AnnualReport.model_validate(data)
    assert [rate(wrong) for rate in RATES.values()] == [rate(right) for rate in RATES.values()]
    assert by_applicant(wrong) == by_applicant(right)


def test_the_shares_of_all_kinds_of_applicants_add_up_to_the_whole(large_city):
    shares = by_applicant(large_city)
    received = large_city.applications.received
    assert shares["natural_person"] == Fraction(received.natural_person, received.total)
    assert (len(shares), sum(shares.values())) == (6, 1)


def test_reports_by_another_body_are_told_whatever_their_years():
    def by(agency, year):
        return AnnualReport.blank(agency=agency, year=year)

    found = compare([by("甲局", 2020), by("甲局", 2022), by("乙局", 2023), by("乙局", 2024)]).findings
    assert [(finding.id, finding.message.text("zh")) for finding in found] == [
        ("previous.agency", "2020 年报告的行政机关名称是“甲局”"),
        ("previous.agency", "2022 年报告的行政机关名称是“甲局”"),
    ]
    (finding,) = compare(by("乙局", 2024), by("甲局", 2022)).findings
    assert finding.severity == "warning"
    (finding,) = compare(by("乙局", 2024), by("甲局", 2023)).findings
    assert finding.message.text("zh") == "上一年度报告的行政机关名称是“甲局”"
