from __future__ import annotations

import pytest

from annual_report import AnnualReport
from annual_report.analysis.beginning import begin
from annual_report.checks import PreviousReportError, check
from annual_report.form import registry


def test_without_last_year_it_is_a_skeleton():
    assert begin(agency="某局", year=2024) == AnnualReport.blank(agency="某局", year=2024)


def test_what_was_carried_forward_is_carried_in_and_nothing_else(large_city):
    report = begin(agency=large_city.agency, year=large_city.year + 1, previous=large_city)
    forward = large_city.applications.carried_forward
    assert report.applications.carried_in.leaves == forward.leaves
    assert sum(report.values.values()) == 2 * sum(forward.leaves)  # the cells and their total
    assert [finding.id for finding in check(report, previous=large_city) if finding.id == "previous.carried_in"] == []


def test_last_years_text_is_taken_over_with_the_new_year_in_preamble_and_title(data):
    data |= {"title": "某市2025年政府信息公开工作年度报告", "preamble": "统计期限为**2025年**1月1日至2025年12月31日。"}
    previous = AnnualReport.model_validate(data)
    report = begin(agency=previous.agency, year=2026, previous=previous)
    assert report.title == "某市2026年政府信息公开工作年度报告"
    assert str(report.preamble) == "统计期限为**2026年**1月1日至2026年12月31日。"
    assert report.overview == previous.overview


def test_the_body_keeps_its_code_its_signature_and_its_texts_but_not_the_date(data):
    kept = {
        "agency_code": "11100000000013338W",
        "issued_by": "某市人民政府办公室",
        "texts": {"applications": {"before": "见下表。"}, "disputes": {"notes": "注：含派出机构。"}},
        "overview": "去年的总体情况。",
        "problems_and_improvements": "去年的问题。",
        "other_matters": "去年的其他事项。",
    }
    previous = AnnualReport.model_validate(data | kept | {"issued_on": "2026-01-20"})
    report = begin(agency=previous.agency, year=previous.year + 1, previous=previous)
    dumped = report.model_dump(mode="json")
    assert {key: dumped[key] for key in kept} == kept
    assert report.issued_on is None


def test_drafts_take_the_place_of_text(large_city):
    report = begin(agency=large_city.agency, year=large_city.year + 1, previous=large_city, draft=True)
    assert f"上年结转政府信息公开申请{large_city.applications.carried_forward.total}件" in str(report.overview)
    assert "narrative.unfinished" in {finding.id for finding in check(report)}


@pytest.mark.parametrize("year", [2020, 2024])
def test_a_draft_leaves_the_numbers_open_that_are_not_known_yet(year):
    overview = str(begin(agency="某局", year=year, draft=True).overview)
    proactive = overview.splitlines()[1].removeprefix(f"{year}年")
    assert proactive.count("（待填写）") == 1 + sum(
        cell.adds_up for path, cell in registry.in_force(year).cells.items() if path.startswith("proactive_disclosure.")
    )
    assert not any(letter.isdigit() for letter in proactive)
    assert "未收到政府信息公开申请" in overview


def test_a_report_over_the_change_of_editions_is_carried_in(housing_bureau):
    report = begin(agency=housing_bureau.agency, year=2021, previous=housing_bureau)
    assert report.edition == "2021"
    assert report.applications.carried_in.leaves == housing_bureau.applications.carried_forward.leaves


def test_a_report_of_another_year_is_refused(large_city):
    with pytest.raises(PreviousReportError):
        begin(agency="某局", year=large_city.year, previous=large_city)
