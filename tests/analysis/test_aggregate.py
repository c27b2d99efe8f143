"""A whole's report from its parts': sums, decisions, and what stands in the way."""

from __future__ import annotations

import copy
import json
import pickle
from concurrent.futures import Executor, Future
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import tables

from annual_report import (
    Adjustment,
    AnnualReport,
    ReconciliationError,
    Roster,
    UnusableInputError,
    aggregate,
    check,
    compare,
    explanation,
)
from annual_report.batch import Failure, Processes
from annual_report.checks.parts import Parts
from annual_report.form import registry
from annual_report.form.sections import TABLES

CITY = {"agency": "某市人民政府", "year": 2024}


def bureau(name="甲局", year=2024, edition=None, **values):
    return (
        AnnualReport.blank(agency=name, year=year, edition=edition)
        if not values
        else with_values(AnnualReport.blank(agency=name, year=year, edition=edition), values)
    )


def with_values(report, values):
    data = json.loads(report.model_dump_json())
    drop_totals(data)
    for path, number in values.items():
        *holders, key = path.split("__")
        part = data
        for holder in holders:
            part = part[holder]
        part[key] = number
    return AnnualReport.model_validate(data)


def drop_totals(part):
    if isinstance(part, dict):
        part.pop("total", None)
        for value in part.values():
            drop_totals(value)


def answered(name, number):
    return bureau(
        name, applications__received__natural_person=number, applications__outcomes__granted__natural_person=number
    )


def ids(findings):
    return [finding.id for finding in findings]


consistent = st.fixed_dictionaries(
    {key: tables(registry.find("2021").tables[key], st.just(value=False)) for key in TABLES}
).map(
    lambda found: (
        {"agency": "甲局", "year": 2024, "overview": "", "problems_and_improvements": "", "other_matters": ""} | found
    )
)


@given(st.lists(consistent, min_size=1, max_size=4))
@settings(max_examples=25)
def test_every_cell_that_adds_up_is_the_sum_of_the_parts(found):
    parts = [AnnualReport.model_validate(data | {"agency": f"第{index}局"}) for index, data in enumerate(found)]
    cells = registry.find("2021").cells
    sums = {path: sum(part.values[path] for part in parts) for path, cell in cells.items() if cell.adds_up}
    if max(sums.values()) > 999_999_999 and any(sums[path] > 999_999_999 for path in sums if cells[path].is_count):
        with pytest.raises(UnusableInputError):
            aggregate(parts, **CITY, allow_findings=True)
        return
    whole = aggregate(parts, **CITY, allow_findings=True)
    assert {path: whole.report.values[path] for path in sums} == sums
    for path in sorted(sums)[::40]:
        assert sum(number for *_, number in whole.contributions(path)) == sums[path]


def third(part):
    """Divide the counts of a part, so that the sums of three are no larger than the form allows."""
    if isinstance(part, dict):
        return {key: third(value) for key, value in part.items()}
    return part // 3 if isinstance(part, int) else part


@given(st.lists(consistent, min_size=3, max_size=3), st.permutations(range(3)))
@settings(max_examples=25)
def test_order_and_grouping_of_any_parts_do_not_matter(found, order):
    smaller = [data | {key: third(data[key]) for key in TABLES} for data in found]
    a, b, c = parts = [AnnualReport.model_validate(data | {"agency": f"第{i}局"}) for i, data in enumerate(smaller)]
    together = aggregate(parts, **CITY, allow_findings=True).report
    assert aggregate([parts[i] for i in order], **CITY, allow_findings=True).report == together
    district = aggregate([a, b], agency="某区人民政府", year=2024, allow_findings=True).report
    assert aggregate([district, c], **CITY, allow_findings=True).report == together


def test_order_and_grouping_do_not_matter():
    a, b, c = answered("甲局", 3), answered("乙局", 5), answered("丙局", 7)
    together = aggregate([a, b, c], **CITY).report
    assert aggregate([c, a, b], **CITY).report == together
    district = aggregate([a, b], agency="某区人民政府", year=2024).report
    assert aggregate([district, c], **CITY).report == together
    assert together.applications.outcomes.total.total == 15


def test_a_stated_total_of_a_part_is_not_added():
    part = json.loads(answered("甲局", 3).model_dump_json())
    part["applications"]["received"]["total"] = 4
    with pytest.raises(ReconciliationError) as caught:
        aggregate([AnnualReport.model_validate(part)], **CITY)
    (finding,) = caught.value.findings
    assert finding.place == "甲局 › 三、收到和处理政府信息公开申请情况 › 一、本年新收政府信息公开申请数量 › 总计"
    assert finding.message.text("zh") == "总计应为 3，现为 4；汇总按 3 计"
    allowed = aggregate([AnnualReport.model_validate(part)], **CITY, allow_findings=True)
    assert allowed.report.applications.received.total == 3
    assert ids(allowed.findings) == ["applications.total"]


@pytest.mark.parametrize(
    ("cell", "difference"),
    [("applications__received__natural_person", "-3"), ("applications__outcomes__granted__natural_person", "+3")],
)
def test_a_part_out_of_balance_is_told_with_what_it_does_to_the_whole(cell, difference):
    part = bureau("甲局", **{cell: 3})
    whole = aggregate([part], **CITY, allow_findings=True)
    (finding,) = whole.findings
    assert finding.id == "applications.balance"
    assert f"汇总也因此相差 {difference}" in finding.message.text("zh")
    assert "applications.balance" in ids(check(whole.report).errors)


def test_the_text_is_the_bases_and_empty_without_one(seed):
    whole = aggregate([answered("甲局", 3)], agency="石嘴山市人民政府", year=2024, base=seed)
    assert whole.report.overview == seed.overview
    assert (whole.report.agency, whole.report.year) == ("石嘴山市人民政府", 2024)
    assert whole.report.applications.received.total == 3
    assert not len(aggregate([answered("甲局", 3)], **CITY).report.overview)


def test_all_that_the_base_says_apart_from_its_tables_name_and_year_is_the_wholes(data):
    said = {
        "agency_code": CODE,
        "title": "某市年度报告",
        "preamble": "本报告依法编制。",
        "issued_by": "某市人民政府办公室",
        "issued_on": "2025-01-20",
        "texts": {"disputes": {"notes": "注：一。"}},
    }
    base = AnnualReport.model_validate(data | said)
    whole = aggregate([answered("甲局", 3)], **CITY, base=base).report.model_dump(mode="json")
    assert {key: whole[key] for key in said} == said
    assert whole["other_matters"] == data["other_matters"]
    assert (whole["agency"], whole["year"], whole["applications"]["received"]["total"]) == ("某市人民政府", 2024, 3)


@pytest.mark.parametrize("path", ["applications.received.total", "applications.recieved.natural_person", ""])
def test_a_total_and_what_the_form_does_not_have_have_no_contributions(path):
    whole = aggregate([answered("甲局", 3)], **CITY)
    with pytest.raises(KeyError):
        list(whole.contributions(path))


def test_what_the_whole_counts_itself_replaces_the_sum_and_adjustments_are_recorded():
    parts = [
        bureau("甲局", proactive_disclosure__rules__in_force=4, disputes__litigation__direct__upheld=2),
        bureau("乙局", proactive_disclosure__rules__in_force=5),
    ]
    rules = "proactive_disclosure.rules"
    direct = "disputes.litigation.direct.upheld"
    whole = aggregate(
        parts,
        **CITY,
        own={rules: {"issued": 1, "in_force": 20}},
        adjustments=[Adjustment(direct, -1, "复议机关为共同被告，只计一次")],
    )
    assert whole.report.values[f"{rules}.in_force"] == 20
    assert whole.report.values[direct] == 1
    assert list(whole.contributions(f"{rules}.in_force")) == [("own", "", 20)]
    assert list(whole.contributions(direct)) == [
        ("甲局", "", 2),
        ("乙局", "", 0),
        ("复议机关为共同被告，只计一次", "", -1),
    ]
    frame = whole.parts(direct)
    assert (list(frame.columns), frame["value"].sum()) == (["agency", "source", "value"], 1)


CELL = "disputes.litigation.direct.upheld"


@pytest.mark.parametrize("reason", ["own", "", "甲局"])
def test_an_adjustment_changes_the_sum_whatever_its_reason(reason):
    parts = [bureau(name, disputes__litigation__direct__upheld=10) for name in ("甲局", "乙局")]
    whole = aggregate(parts, **CITY, adjustments=[Adjustment(CELL, 5, reason), Adjustment(CELL, -1, reason)])
    assert whole.report.values[CELL] == 24
    assert [*whole.contributions(CELL)] == [("甲局", "", 10), ("乙局", "", 10), (reason, "", 5), (reason, "", -1)]
    assert (whole.own, [one.reason for one in whole.adjustments]) == ({}, [reason] * 2)


def test_an_adjustment_changes_a_number_of_the_wholes_own():
    part = bureau("甲局", disputes__litigation__direct__upheld=10)
    whole = aggregate([part], **CITY, own={CELL: 7}, adjustments=[Adjustment(CELL, 5, "own")])
    assert whole.report.values[CELL] == 12
    assert [*whole.contributions(CELL)] == [("own", "", 7), ("own", "", 5)]
    assert [*whole.decisions()] == [(CELL, "own", 7), (CELL, "own", 5)]
    assert (whole.own, whole.adjustments) == ({CELL: 7}, (Adjustment(CELL, 5, "own"),))


@pytest.mark.parametrize(
    "own",
    [
        {"applications.received": {"natural_person": 1}, "applications.received.natural_person": 2},
        {"applications": {"received": {"natural_person": 1}}, "applications.received.natural_person": 1},
        {"applications": {"received": {"natural_person": 1}, "received.natural_person": 2}},
        {"applications": {"received.natural_person": 1}, "applications.received": {"legal_person": {}}},
    ],
)
def test_own_numbers_whose_paths_overlap_are_refused(own):
    with pytest.raises(UnusableInputError) as caught:
        aggregate([bureau("甲局")], **CITY, own=own)
    (problem,) = caught.value.problems
    assert problem.message.text("zh").endswith("不能与其同时给出")


@pytest.mark.parametrize("mapping", [dict, MappingProxyType])
def test_own_numbers_are_any_mapping(mapping):
    own = mapping({"proactive_disclosure": mapping({"rules": mapping({"issued": 1})}), CELL: 2})
    assert aggregate([bureau("甲局")], **CITY, own=own).own == {"proactive_disclosure.rules.issued": 1, CELL: 2}


@pytest.mark.parametrize("options", [{}, {"own": {CELL: 1}}, {"allow_findings": True}])
def test_no_reports_at_all_are_refused(options):
    with pytest.raises(UnusableInputError) as caught:
        aggregate(iter([]), **CITY, **options)
    assert caught.value.text("zh") == "没有可以汇总的报告"


def test_decisions_are_looked_at_before_any_file_is_read():
    with pytest.raises(UnusableInputError) as caught:
        aggregate(["nowhere.json"], **CITY, own={"nothing": 1})
    assert [problem.path for problem in caught.value.problems] == ["nothing"]


def test_an_aggregation_is_shown_in_a_line_and_can_be_pickled():
    whole = aggregate(
        [answered("甲局", 3), answered("乙局", 5), answered("甲局", 1)],
        **CITY,
        own={CELL: 7},
        adjustments=[Adjustment(CELL, 1, "补报")],
        roster=Roster.parse("name\n甲局\n乙局\n"),
        allow_findings=True,
    )
    assert repr(whole) == "<Aggregation: 某市人民政府, 2024, 2 reports, 1 errors, 0 warnings>"
    for other in (pickle.loads(pickle.dumps(whole)), copy.deepcopy(whole)):
        assert repr(other) == repr(whole)
        assert (other.report, other.findings, other.left_out) == (whole.report, whole.findings, whole.left_out)
        assert [*other.rows()] == [*whole.rows()]
        assert [*other.decisions()] == [*whole.decisions()]
        assert [*other.contributions("applications.received.natural_person")] == [("甲局", "", 3), ("乙局", "", 5)]


def test_an_aggregation_in_an_edition_that_is_not_registered_cannot_be_unpickled():
    trial = registry.register(replace(registry.find("2021"), id="2030", first_year=2030))
    try:
        pickled = pickle.dumps(aggregate([bureau("甲局", year=2030)], "某市", 2030))
    finally:
        registry.unregister(trial.id)
    with pytest.raises(LookupError, match="2030"):
        pickle.loads(pickled)


def test_a_decision_about_no_cell_is_refused_with_its_place():
    with pytest.raises(UnusableInputError) as caught:
        aggregate(
            [],
            **CITY,
            own={"proactive_disclosure.rules": {"isued": 1, "issued": "3", "in_force": True}},
            adjustments=[Adjustment("applications.received.total", 1, "x")],
        )
    assert [problem.path for problem in caught.value.problems] == [
        "proactive_disclosure.rules.isued",
        "proactive_disclosure.rules.issued",
        "proactive_disclosure.rules.in_force",
        "applications.received.total",
    ]


@pytest.mark.parametrize(
    ("path", "number", "words"),
    [
        ("proactive_disclosure.rules.issued", 1.5, "应为整数（int），现为 1.5"),
        ("proactive_disclosure.rules.issued", "5", '应为整数（int），现为 "5"'),
        ("proactive_disclosure.rules.issued", True, "应为整数（int），现为 true"),
        ("proactive_disclosure.fees.amount", 1.5, "应为数字（int 或 Decimal），现为 1.5"),
        ("proactive_disclosure.fees.amount", True, "应为数字（int 或 Decimal），现为 true"),
    ],
)
def test_a_number_of_another_type_is_told_with_the_type_that_is_taken(path, number, words):
    with pytest.raises(UnusableInputError) as caught:
        aggregate([bureau("甲局")], **CITY, own={path: number})
    assert caught.value.text("zh").endswith(f"({path}): {words}")


def test_a_sum_beyond_the_form_names_its_cell():
    parts = [answered(name, 600_000_000) for name in ("甲局", "乙局")]
    with pytest.raises(UnusableInputError) as caught:
        aggregate(parts, **CITY)
    assert {problem.path for problem in caught.value.problems} == {
        "applications.received.natural_person",
        "applications.outcomes.granted.natural_person",
    }


def test_amounts_keep_their_digits():
    parts = [
        bureau(name, proactive_disclosure__fees__amount=amount) for name, amount in (("甲", "0.10"), ("乙", "1.2345"))
    ]
    assert aggregate(parts, **CITY).report.proactive_disclosure.fees.amount == Decimal("1.3345")
    long = [bureau("甲", proactive_disclosure__fees__amount=f"{10**21}.0123456789"), bureau("乙")]
    city = aggregate(long, **CITY).report
    assert city.proactive_disclosure.fees.amount == Decimal(f"{10**21}.0123456789")
    (finding,) = [finding for finding in check(bureau("某市"), parts=long) if finding.id == "parts.sum"]
    assert f"-{10**21}.0123456789" in finding.message.text("zh")
    cell = compare(city, bureau("某市", year=2023)).cells["proactive_disclosure.fees.amount"]
    assert cell.change == city.proactive_disclosure.fees.amount


ROSTER = Roster.parse(
    "name,former_names,parent,counted\n甲县,,,是\n甲县教育局,,甲县,是\n乙局,旧乙局,,是\n丙局,,,是\n烟草专卖局,,,否\n"
)


def test_a_roster_finds_what_is_missing_double_unknown_and_counted_twice():
    parts = [
        answered("甲县", 1),
        answered("甲县教育局", 1),
        answered("旧乙局", 2),
        answered("乙局", 4),
        answered("丁局", 8),
        answered("烟草专卖局", 16),
    ]
    whole = aggregate(parts, **CITY, roster=ROSTER, allow_findings=True)
    assert [(finding.id, finding.place.split(" › ")[0]) for finding in whole.findings] == [
        ("parts.duplicate", "乙局"),
        ("parts.agency", "丁局"),
        ("parts.missing", "丙局"),
        ("parts.counted", "甲县教育局"),
    ]
    assert [agency for agency, _ in whole.left_out] == ["乙局", "烟草专卖局"]
    assert "计入" in explanation("parts.agency").what.zh
    assert "没有计入" not in explanation("parts.agency").what.zh
    with pytest.raises(ReconciliationError):
        aggregate(parts, **CITY, roster=ROSTER)


def test_a_part_of_another_year_is_an_error_and_not_added():
    whole = aggregate([answered("甲局", 1), bureau("乙局", year=2023)], **CITY, allow_findings=True)
    (finding,) = whole.findings
    assert (finding.id, finding.path, finding.expected, finding.actual) == ("parts.year", "year", 2024, 2023)
    assert whole.report.applications.received.total == 1


def test_a_report_on_another_year_is_not_taken_for_the_bodys_first():
    whole = aggregate([bureau("甲局", year=2023), answered("甲局", 1)], **CITY, allow_findings=True)
    assert ids(whole.findings) == ["parts.year"]
    assert whole.report.applications.received.total == 1


def test_a_part_of_another_edition_adds_what_both_have_and_says_what_has_no_counterpart():
    part = bureau(
        "甲局",
        edition="2019",
        applications__received__natural_person=2,
        applications__outcomes__granted__natural_person=1,
        applications__outcomes__other_handling__natural_person=1,
    )
    whole = aggregate([part], **CITY, allow_findings=True)
    (finding,) = whole.findings
    assert finding.id == "parts.edition"
    assert [cell.path for cell in finding.cells] == ["applications.outcomes.other_handling.natural_person"]
    assert whole.report.applications.received.natural_person == 2


def test_files_are_read_and_named(tmp_path):
    paths = []
    for name, number in (("甲局", 1), ("乙局", 2)):
        paths.append(tmp_path / f"{name}.json")
        paths[-1].write_text(answered(name, number).model_dump_json(), encoding="utf-8")
    whole = aggregate(paths, **CITY)
    assert list(whole.contributions("applications.received.natural_person")) == [
        ("甲局", str(paths[0]), 1),
        ("乙局", str(paths[1]), 2),
    ]


def test_files_may_have_names_that_are_not_unicode():
    parts = Parts(registry.find("2021"), 2024)
    name = "\udcbc\udcd7.json"
    for _ in range(2):
        parts.add(AnnualReport.blank(agency="甲局", year=2024), name)
    assert [source for _, source, _ in parts.rows()] == [name]
    assert [source for _, source, _ in parts.contributions("applications.received.natural_person")] == [name]
    assert parts.left_out == (("甲局", name),)


def test_a_city_is_checked_against_its_parts():
    parts = [answered("甲局", 3), answered("乙局", 5)]
    city = aggregate(parts, **CITY).report
    assert not [finding for finding in check(city, parts=parts) if finding.id.startswith("parts")]
    wrong = with_values(city, {"applications__received__natural_person": 9})
    (finding,) = [finding for finding in check(wrong, parts=parts) if finding.id.startswith("parts")]
    assert (finding.id, finding.severity, finding.path) == (
        "parts.sum",
        "warning",
        "applications.received.natural_person",
    )
    assert (finding.expected, finding.actual) == (8, 9)
    assert finding.message.text("zh") == "各单位合计为 8，本报告为 9，相差 +1"


def test_a_city_without_parts_but_with_a_roster_misses_them_all():
    found = check(bureau("某市人民政府", applications__received__natural_person=3), roster=ROSTER)
    assert [finding.id for finding in found if finding.id.startswith("parts")] == [
        *["parts.missing"] * 4,
        "parts.counted",
    ]


CODE, OTHER = "11100000000013127D", "11110000000021338A"


def with_code(report, code):
    return report.model_copy(update={"agency_code": code})


@pytest.mark.parametrize(
    ("bodies", "duplicates"),
    [
        ([("旧局", CODE), ("新局", CODE)], ["新局"]),
        ([("甲局", CODE), ("甲局", OTHER)], []),
        ([("甲局", CODE), ("甲局", None)], ["甲局"]),
        ([("甲局", None), ("甲局", CODE)], ["甲局"]),
        ([("甲局", None), ("乙局", CODE)], []),
    ],
)
def test_a_body_is_known_by_its_code_or_else_by_its_name(bodies, duplicates):
    parts = [with_code(answered(name, 1), code) for name, code in bodies]
    whole = aggregate(parts, **CITY, allow_findings=True)
    assert [(finding.id, finding.place.split(" › ")[0]) for finding in whole.findings] == [
        ("parts.duplicate", name) for name in duplicates
    ]
    assert whole.report.applications.received.total == 2 - len(duplicates)


@pytest.mark.parametrize(
    ("name", "code", "words"),
    [
        ("别名局", CODE, "统一社会信用代码在名单上属于 新局，单位名称不一致"),
        ("新局", OTHER, f"统一社会信用代码为 {OTHER}，名单上为 {CODE}"),
        ("别名局", None, "名单上没有这个单位"),
    ],
)
def test_a_body_under_another_name_or_code_than_the_rosters_is_named(name, code, words):
    roster = Roster.parse(f"code,name,former_names\n{CODE},新局,旧局\n")
    part = with_code(answered(name, 1), code)
    found = [finding for finding in check(bureau("某市"), parts=[part], roster=roster) if finding.id == "parts.agency"]
    assert [(finding.place.split(" › ")[0], finding.message.text("zh")) for finding in found] == [(name, words)]
    assert not aggregate([with_code(answered("旧局", 1), CODE)], **CITY, roster=roster).findings
    with pytest.raises(ReconciliationError):
        aggregate([part], **CITY, roster=roster)


def test_files_are_read_in_the_workers_of_an_executor(tmp_path):
    paths = []
    for number in range(1, 10):
        paths.append(tmp_path / f"{number}.json")
        paths[-1].write_text(answered(f"第{number}局", number).model_dump_json(), encoding="utf-8")
    here = aggregate(paths, **CITY)
    with Processes(2) as workers:
        there = aggregate(paths, **CITY, executor=workers)
        nameless = json.dumps(json.loads(answered("甲局", 1).model_dump_json()) | {"agency": ""})
        for name, content in (("a", "[]"), ("b", nameless)):
            paths.append(tmp_path / f"{name}.json")
            paths[-1].write_text(content, encoding="utf-8")
        with pytest.raises(UnusableInputError) as caught:
            aggregate(paths, **CITY, executor=workers)
    assert there.report == here.report
    assert list(there.rows()) == list(here.rows())
    assert caught.value.text("zh").splitlines() == [
        f"{paths[-2]}: 应为 JSON 对象",
        f"{paths[-1]} › 行政机关名称 (agency): 不能为空",
    ]


class Broken(Executor):
    """Workers in which reading fails for a reason that is not in the file."""

    def submit(self, _function, /, files):
        future = Future()
        future.set_result([(file, Failure(file, RuntimeError("broken"))) for file in files])
        return future


def test_what_fails_in_a_worker_for_another_reason_than_its_file_is_raised(tmp_path):
    (tmp_path / "a.json").write_text(answered("甲局", 1).model_dump_json(), encoding="utf-8")
    with pytest.raises(RuntimeError, match="broken"):
        aggregate([tmp_path / "a.json"], **CITY, executor=Broken(), allow_findings=True)
