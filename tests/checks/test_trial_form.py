"""The rules on a report that follows the trial form of 2019: those that apply run, in its words, and no others."""

from __future__ import annotations

import json
from functools import reduce

import pytest
from conftest import HOUSING_BUREAU

from annual_report import AnnualReport, check


@pytest.fixture
def trial():
    """The county bureau's report with its totals given, to be changed at will."""
    report = AnnualReport.model_validate_json(HOUSING_BUREAU.read_bytes())
    return json.loads(report.model_dump_json())


def raised(data, path, by=1):
    *holders, key = path.split(".")
    reduce(dict.__getitem__, holders, data)[key] += by
    return check(AnnualReport.model_validate(data))


def leaves(data, path=""):
    for key, value in data.items():
        if isinstance(value, dict):
            yield from leaves(value, f"{path}{key}.")
        else:
            yield f"{path}{key}"


def test_a_change_of_any_number_of_sections_three_and_four_is_found(trial):
    paths = [*leaves({key: trial[key] for key in ("applications", "disputes")})]
    assert len(paths) == 23 * 7 + 15
    for path in paths:
        findings = raised(json.loads(json.dumps(trial)), path)
        assert path in {cell.path for finding in findings.errors for cell in finding.cells}


def test_no_rule_reads_the_numbers_of_section_two(trial):
    for path in leaves(trial["proactive_disclosure"]):
        if not path.endswith("amount"):
            assert list(raised(json.loads(json.dumps(trial)), f"proactive_disclosure.{path}")) == []


def test_other_handling_is_one_row_and_is_called_so(trial):
    (finding,) = raised(trial, "applications.outcomes.other_handling.total")
    assert (finding.id, finding.path) == ("applications.total", "applications.outcomes.other_handling.total")
    assert finding.place == "三、收到和处理政府信息公开申请情况 › （六）其他处理 › 总计"
    assert (finding.expected, finding.actual) == (1, 2)


@pytest.mark.parametrize(
    ("claim", "found"),
    [
        ("其他处理1件", []),
        ("其他处理4件", ["narrative.applications"]),
        ("不予公开2件", []),
        ("不予公开7件", ["narrative.applications"]),
    ],
)
def test_what_the_narrative_says_is_held_against_this_forms_rows(trial, claim, found):
    trial["overview"] += f"\n全年办结政府信息公开申请24件，其中{claim}。"
    assert [finding.id for finding in check(AnnualReport.model_validate(trial))] == found


@pytest.mark.parametrize(
    ("year", "edition", "in_force"), [(2021, "2019", "2021"), (2023, "2019", "2021"), (2020, "2021", "2019")]
)
def test_the_old_form_filed_late_and_the_new_one_filed_early_are_one_warning(trial, year, edition, in_force):
    data = AnnualReport.blank(agency="某局", year=year, edition=edition).model_dump(mode="json")
    data |= {key: trial[key] for key in ("overview", "problems_and_improvements", "other_matters")}
    data["overview"] = "全年主动公开信息312条，做好依申请公开、信息管理、平台建设和监督保障工作。"
    (finding,) = check(AnnualReport.model_validate(data))
    assert (finding.id, finding.severity, finding.path) == ("edition.year", "warning", "edition")
    assert str(year) in finding.message.text("zh")
    assert in_force in finding.message.text("zh")
