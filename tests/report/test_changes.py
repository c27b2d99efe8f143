"""Changed copies: `with_values`, `model_copy`, `__replace__`, and parts made with `of`."""

from __future__ import annotations

import copy
import sys
from datetime import date

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from strategies import reports

from annual_report import AnnualReport, ArgumentTypeError, UnusableInputError, check
from annual_report.errors import MAX_LISTED
from annual_report.form import edition_2019, edition_2021, known
from annual_report.form.applications import Applicants, ApplicantTotals, Refused
from annual_report.form.disputes import Disputes, Litigation, Results
from annual_report.form.fields import walk
from annual_report.form.values import MAX_COUNT
from annual_report.report.narrative import Narrative, Paragraph, Run

BLANK = AnnualReport.blank(agency="某局", year=2024)
GRANTED = "applications.outcomes.granted"
TOTALS = "applications.outcomes.total"


def problems(report, values) -> list[str]:
    with pytest.raises(UnusableInputError) as caught:
        report.with_values(values)
    return caught.value.text("zh").splitlines()


def cells(report, path) -> dict[str, int]:
    return {key.removeprefix(f"{path}."): value for key, value in report.values.items() if key.startswith(f"{path}.")}


def test_values_are_changed_by_path_and_validated():
    fees, notes = "proactive_disclosure.fees.amount", "texts.applications.notes"
    changed = BLANK.with_values(
        {"applications.received.natural_person": 5, "year": 2025, "overview": "一", fees: "1.50", notes: ["甲", "乙"]}
    )
    assert changed.applications.received.total == 5
    assert (changed.year, str(changed.overview), str(changed.values[fees])) == (2025, "一", "1.50")
    assert str(changed.texts.applications.notes) == "甲\n乙"
    assert BLANK.applications.received.total == 0
    data = BLANK.model_dump(mode="json") | {
        "year": 2025,
        "overview": "一",
        "texts": {"applications": {"notes": "甲\n乙"}},
    }
    data["applications"]["received"] |= {"natural_person": 5, "total": 5}
    data["proactive_disclosure"]["fees"]["amount"] = "1.50"
    assert changed == AnnualReport.model_validate(data)


def test_a_part_is_replaced_as_a_whole_by_an_object_or_by_data():
    received = Applicants.of(other_organization=2)
    whole = BLANK.with_values({"applications.received": received})
    assert whole == BLANK.with_values({"applications.received": received.model_dump()})
    assert whole == BLANK.with_values({"applications": whole.applications})
    (problem,) = problems(BLANK, {"disputes.reconsideration": {"upheld": 1, "corrected": 0, "other": 0}})
    assert problem.endswith("尚未审结 (disputes.reconsideration.pending): 缺少这一项")


def test_no_change_is_no_change(seed_as_published):
    assert seed_as_published.with_values({}) == seed_as_published
    assert seed_as_published.model_copy(update={}) == seed_as_published


def test_a_misspelt_path_is_told_with_the_right_one():
    suggested = {
        "applications.recieved.natural_person": "applications.received.natural_person",
        "aplications.recieved.naturl_person": "applications.received.natural_person",
        "applications.received.自然人": "applications.received.natural_person",
        "received.natural_person": "applications.received.natural_person",
        "yaer": "year",
        "applications.outcomes.totl": TOTALS,
        "text.disputes.note": "texts.disputes.notes",
        "三、收到和处理政府信息公开申请情况.received.total": "applications.received.total",
    }
    for line, (path, right) in zip(problems(BLANK, dict.fromkeys(suggested, 1)), suggested.items(), strict=True):
        assert (
            line.endswith(f"{path}): 没有这一项；是否应为“{right}”？")
            or line == f"{path}: 没有这一项；是否应为“{right}”？"
        )


@pytest.mark.parametrize(
    "path",
    [
        *("", ".", "overview.paragraphs", "year.x", "applications..received", "applications.received.", "stated_total"),
        *("applications.received.stated_total", "applications.received.total.x", "__class__", "model_fields"),
        *("form.id", "natural_person", "texts.overview.notes.x"),
    ],
)
def test_what_leads_nowhere_is_refused(path):
    (line,) = problems(BLANK, {path: 1})
    assert line.endswith("没有这一项") or "没有这一项；是否应为" in line


@pytest.mark.parametrize("path", ["natural_person", "upheld", "commercial_enterprise"])
def test_nothing_is_suggested_where_several_cells_may_be_meant(path):
    (line,) = problems(BLANK, {path: 1})
    assert line.endswith("没有这一项")


def test_all_problems_are_told_at_once():
    wrong = {
        "applications.recieved": 1,
        "agency": "",
        "year": "2024",
        f"{GRANTED}.natural_person": -1,
        f"{TOTALS}.natural_person": "x",
        "issued_on": "2024-02-30",
        "overview": 5,
    }
    told = problems(BLANK, wrong)
    assert len(told) == len(wrong)
    for path, line in zip(["applications.recieved", "agency", "year", "overview"], told, strict=False):
        assert f"({path}): " in line


def test_a_path_within_another_that_is_given_is_refused():
    told = problems(BLANK, {"applications.received": Applicants.of(), "applications.received.natural_person": 5})
    place = "三、收到和处理政府信息公开申请情况 › 一、本年新收政府信息公开申请数量 › 自然人"
    told_of = "(applications.received.natural_person): 属于 applications.received，不能与其同时给出"
    assert told == [f"{place} {told_of}"]


def test_the_edition_follows_the_year_as_it_did_before():
    assert [line.rpartition(": ")[2] for line in problems(BLANK, {"year": 2020})] == ["是另一版格式的表"] * 2
    old = AnnualReport.blank(agency="某局", year=2020)
    tables = {"proactive_disclosure": old.proactive_disclosure, "applications": old.applications}
    assert BLANK.with_values({"year": 2020, **tables}).edition == "2019"
    named = AnnualReport.blank(agency="某局", year=2020, edition="2021")
    assert named.with_values({"year": 2019}).edition == "2021"
    assert BLANK.with_values({"edition": "2021", "year": 2020}).edition == "2021"
    for wrong in ("2020", 1999, None, 2020.0):
        assert len(problems(old, {"year": wrong})) == 1


def test_a_stated_total_of_a_row_lasts_as_long_as_the_row():
    wrong = BLANK.with_values({"applications.received.total": 7})
    assert wrong.applications.received.total == 7
    assert wrong.with_values({"applications.carried_in.natural_person": 1}).applications.received.total == 7
    assert wrong.with_values({"applications.received.natural_person": 0}).applications.received.total == 7
    assert wrong.with_values({"applications.received.natural_person": 2}).applications.received.total == 2
    moved = {"natural_person": 3, "other_organization": 4}
    stated = {f"applications.received.{key}": value for key, value in moved.items()} | {
        "applications.received.total": 9
    }
    assert wrong.with_values(stated).applications.received.total == 9
    assert wrong.with_values({"applications.received.total": None}) == BLANK


def test_a_row_that_changes_to_the_same_sum_has_no_stated_total_any_more():
    row = Applicants.of(natural_person=1, total=5)
    assert row.model_copy(update={"natural_person": 0, "other_organization": 1}).total == 1


def test_a_stated_row_of_totals_keeps_the_cells_of_columns_that_do_not_change():
    stated = BLANK.with_values({TOTALS: ApplicantTotals.of(natural_person=9, other_organization=8, total=100)})
    assert cells(stated, TOTALS)["total"] == 100
    changed = stated.with_values({f"{GRANTED}.other_organization": 3})
    assert {key: value for key, value in cells(changed, TOTALS).items() if value} == {
        "natural_person": 9,
        "other_organization": 3,
        "total": 12,
    }
    kept = stated.with_values({f"{GRANTED}.other_organization": 3, f"{TOTALS}.other_organization": 8})
    assert cells(kept, TOTALS)["other_organization"] == 8
    assert (
        stated.with_values({"applications.received.natural_person": 1}).applications.outcomes
        == stated.applications.outcomes
    )
    swapped = {f"{GRANTED}.research_institution": 1, "applications.outcomes.partially_granted.research_institution": 0}
    assert cells(stated.with_values(swapped), TOTALS)["research_institution"] == 1


def test_single_cells_of_a_derived_row_of_totals_can_be_stated():
    stated = BLANK.with_values({f"{GRANTED}.natural_person": 2, f"{TOTALS}.commercial_enterprise": 1})
    assert cells(stated, TOTALS) == dict.fromkeys(cells(stated, TOTALS), 0) | {
        "natural_person": 2,
        "commercial_enterprise": 1,
        "total": 3,
    }
    assert {finding.id for finding in check(stated).errors} >= {"applications.outcomes"}


@given(reports(), st.data())
@settings(max_examples=40)
def test_values_read_are_values_that_can_be_given(data, drawn):
    report = AnnualReport.model_validate(data)
    numbers = drawn.draw(st.dictionaries(st.sampled_from(sorted(report.form.cells)), st.integers(0, 99), max_size=5))
    given_values = {path: str(value) if "amount" in path else value for path, value in numbers.items()}
    changed = report.with_values(given_values)
    for path, value in numbers.items():
        assert changed.values[path] == value
    leaves = report.form.cells.keys() - report.form.leaves
    untouched = leaves - numbers.keys()
    assert {path: changed.values[path] for path in untouched} == {path: report.values[path] for path in untouched}
    assert AnnualReport.model_validate(changed.model_dump()) == changed
    assert report.with_values(report.values) == report


@given(reports(), st.data())
@settings(max_examples=40)
def test_totals_are_as_if_the_report_had_been_made_with_the_new_values(data, drawn):
    """Every total that is computed from a changed cell is derived; every other is as it was."""
    report = AnnualReport.model_validate(data)
    leaves = [path for path in report.form.cells if path not in report.form.leaves and "amount" not in path]
    path = drawn.draw(st.sampled_from(leaves))
    value = drawn.draw(st.integers(0, MAX_COUNT))
    assume(value != report.values[path])
    changed = report.with_values({path: value})
    for total, below in report.form.leaves.items():
        if total != f"{TOTALS}.total":  # which adds up the row of totals, whose other cells may be stated
            expected = sum(changed.values[leaf] for leaf in below) if path in below else report.values[total]
            assert changed.values[total] == expected


def test_model_copy_validates_and_refuses(seed):
    with pytest.raises(ValidationError):
        seed.model_copy(update={"overview": 5})
    with pytest.raises(ValidationError):
        seed.model_copy(update={"agancy": "某局"})
    with pytest.raises(ValidationError):
        seed.applications.received.model_copy(update={"natural_person": "5"})
    with pytest.raises(ValidationError):
        seed.applications.received.model_copy(update={"stated_total": 5})
    changed = seed.model_copy(update={"overview": "（一）主动公开情况\n公开1条。", "issued_on": "2024-01-02"})
    assert isinstance(changed.overview, Narrative)
    assert changed.issued_on == date(2024, 1, 2)
    assert list(check(changed))
    assert changed == AnnualReport.model_validate(changed.model_dump())


def test_copies_are_copies(seed):
    for deep in (False, True):
        assert seed.model_copy(deep=deep) == seed
        assert seed.model_copy(update={"year": 2022}, deep=deep).year == 2022
    assert seed.model_copy(deep=True).applications is not seed.applications
    assert seed.model_copy(update={"year": 2022}, deep=True).applications is not seed.applications


def test_every_part_can_be_replaced():
    assert BLANK.__replace__(year=2025, other_matters="无。") == BLANK.with_values(
        {"year": 2025, "other_matters": "无。"}
    )
    assert Results.of(upheld=1).__replace__(total=2).total == 2
    assert Run(text="一").__replace__(emphasis=True) == Run(text="一", emphasis=True)
    with pytest.raises(ValidationError):
        Paragraph(body=(Run(text="一"),)).__replace__(level=2)
    if sys.version_info >= (3, 13):
        assert copy.replace(BLANK, year=2025).year == 2025


def test_of_fills_in_zeros():
    assert Applicants.of(natural_person=1).leaves == (1, 0, 0, 0, 0, 0)
    assert Refused.of(state_secret=Applicants.of(natural_person=1)).internal_affairs.total == 0
    assert Disputes.of().litigation == Litigation.of(direct=Results.of())
    assert edition_2021.Fees.of().amount == 0
    assert edition_2019.Items.of(items_change=-3).items_last_year == 0
    assert Results.of(total=1).total == 1
    for edition in known():
        for key, table in edition.tables.items():
            year = edition.first_year
            assert table.of() == getattr(AnnualReport.blank(agency="某局", year=year), key)


@pytest.mark.parametrize("values", [{"natural_persn": 1}, {"natural_person": "1"}, {"natural_person": -1}])
def test_of_validates(values):
    with pytest.raises(ValidationError):
        Applicants.of(**values)


def test_json_has_to_give_every_number():
    with pytest.raises(ValidationError):
        Applicants.model_validate({"natural_person": 1})
    with pytest.raises(ValidationError):
        Applicants(natural_person=1)


def test_a_row_is_shown_with_its_total_and_without_what_is_stated():
    for row in (Results.of(upheld=1), Results.of(upheld=1, total=5)):
        assert dict(row) == row.model_dump()
        assert "stated_total" not in repr(row)
        assert repr(row) == f"Results(upheld=1, corrected=0, other=0, pending=0, total={row.total})"
        assert Results(**dict(row)) == row
    outcomes = BLANK.applications.outcomes
    assert list(dict(outcomes)) == [node.key for node in walk(type(outcomes))]
    assert "stated_total" not in repr(BLANK)


def cyclic():
    value: dict[str, object] = {}
    value["natural_person"] = value
    listed: list[object] = []
    listed.append(listed)
    return [value, listed]


@pytest.mark.parametrize(
    "value",
    [*cyclic(), object(), 10**5000, float("nan"), b"x", {1: 2}, "\ud800", "x" * 3_000_000],
    ids=lambda value: type(value).__name__,
)
@pytest.mark.parametrize(
    "path", ["applications.received", "applications.received.natural_person", "year", "applications"]
)
def test_hostile_values_are_a_short_error(path, value):
    told = problems(BLANK, {path: value})
    assert told
    assert max(map(len, told)) < 1100


@pytest.mark.parametrize(
    "path",
    ["applications." * 500_000, "x" * 3_000_000, "." * 3_000_000, "\ud800", "\n", "a\x1b[31m"],
    ids=["keys", "a long key", "dots", "surrogate", "line feed", "escape"],
)
def test_hostile_paths_are_a_short_error(path):
    (line,) = problems(BLANK, {path: 1})
    assert len(line) < 1100
    assert line.isprintable()


def test_of_very_many_unknown_paths_the_first_are_listed_with_what_is_probably_meant():
    with pytest.raises(UnusableInputError) as caught:
        BLANK.with_values({f"applications.recieved{number}": 1 for number in range(20_000)})
    lines = [problem.text("zh") for problem in caught.value.problems]
    assert ["是否应为" in line for line in lines] == [number < MAX_LISTED for number in range(20_000)]
    assert len(caught.value.text("zh").splitlines()) == MAX_LISTED + 1


@pytest.mark.parametrize("values", [None, 5, "year", [("year", 2024)], {5: 1}, {None: 1}, {("year",): 1}])
def test_what_is_no_mapping_of_paths_is_a_type_error(values):
    with pytest.raises(TypeError, match=r"参数 (values 应为路径和值的字典|path 应为文字).*，所给的是 "):
        BLANK.with_values(values)


@pytest.mark.parametrize("update", [5, "year", [("year", 2024)], False, ()], ids=repr)
@pytest.mark.parametrize("part", [BLANK, BLANK.applications.received], ids=["report", "part"])
def test_a_copy_is_updated_with_a_mapping_only(part, update):
    with pytest.raises(ArgumentTypeError, match="参数 update 应为键和值的字典"):
        part.model_copy(update=update)
