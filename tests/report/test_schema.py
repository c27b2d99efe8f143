"""The JSON Schema, as a validator that knows nothing of this project applies it: one branch per edition."""

from __future__ import annotations

import json

import pytest
from conftest import FIXTURES, HOUSING_BUREAU, SEED
from extremes import extremes
from hypothesis import given, settings
from jsonschema import Draft202012Validator
from pydantic import TypeAdapter
from strategies import reports

from annual_report import AnnualReport
from annual_report.form import known
from annual_report.form.sections import TABLES
from annual_report.report.narrative import Narrative
from annual_report.report.texts import Texts

SCHEMA = AnnualReport.model_json_schema()
WHOLE = Draft202012Validator(SCHEMA)
OUTPUT = Draft202012Validator(AnnualReport.model_json_schema(mode="serialization"))
BRANCHES = {
    branch["properties"]["edition"]["const"]: Draft202012Validator(branch | {"$defs": SCHEMA["$defs"]})
    for branch in SCHEMA["anyOf"]
}


def read(path):
    return json.loads(path.read_text(encoding="utf-8"))


def branches(data) -> list[str]:
    """Name the editions whose branch a report's JSON fits."""
    fitting = [edition for edition, branch in BRANCHES.items() if branch.is_valid(data)]
    assert WHOLE.is_valid(data) == bool(fitting)
    return fitting


def test_it_is_a_schema_with_one_branch_per_edition():
    Draft202012Validator.check_schema(SCHEMA)
    assert sorted(BRANCHES) == [edition.id for edition in known()]


@pytest.mark.parametrize("path", sorted(FIXTURES.glob("*.json")), ids=lambda path: path.stem)
def test_a_report_fits_the_branch_of_its_edition_alone(path):
    data = read(path)
    assert branches(data) == [data["edition"]]
    del data["edition"]
    assert branches(data) == [AnnualReport.model_validate(data).edition]


@pytest.mark.parametrize("name", extremes())
def test_the_extremes_fit(name):
    report = extremes()[name]
    assert branches(report.model_dump(mode="json")) == [report.edition]


@given(reports())
@settings(max_examples=40)
def test_what_is_given_and_what_is_put_out_fit(data):
    assert branches(data) == [data["edition"]]
    assert branches(AnnualReport.model_validate(data).model_dump(mode="json")) == [data["edition"]]


@given(reports())
@settings(max_examples=20)
def test_what_is_put_out_fits_the_schema_of_what_is_put_out(data):
    assert OUTPUT.is_valid(AnnualReport.model_validate(data).model_dump(mode="json"))


@pytest.mark.parametrize("mode", ["validation", "serialization"])
@pytest.mark.parametrize(
    "part", [*(table for edition in known() for table in edition.tables.values()), Texts, Narrative]
)
def test_every_part_has_a_schema(part, mode):
    Draft202012Validator.check_schema(TypeAdapter(part).json_schema(mode=mode))


@pytest.mark.parametrize(("path", "other"), [(HOUSING_BUREAU, SEED), (SEED, HOUSING_BUREAU)], ids=["2019", "2021"])
@pytest.mark.parametrize("key", [key for key in TABLES if key != "disputes"])
def test_the_tables_of_another_edition_fit_no_branch(path, other, key):
    assert branches(read(path) | {key: read(other)[key]}) == []


@pytest.mark.parametrize(("path", "edition", "year"), [(HOUSING_BUREAU, "2021", 2021), (SEED, "2019", 2020)])
def test_a_table_of_another_edition_than_the_one_named_or_of_the_year_does_not_fit(path, edition, year):
    data = read(path)
    assert branches(data | {"edition": edition}) == []
    assert branches(data | {"year": year}) == [data["edition"]]
    del data["edition"]
    assert branches(data | {"year": year}) == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("licensing.items_change", "-1"),
        ("licensing.items_change", 1.5),
        ("licensing.items_last_year", -1),
        ("central_procurement.amount", "251000元"),
        ("central_procurement.amount", -1),
        ("fees.amount", "0"),
    ],
)
def test_what_does_not_validate_fits_no_branch(path, value):
    data = read(HOUSING_BUREAU)
    row, _, column = path.partition(".")
    data["proactive_disclosure"][row][column] = value
    assert branches(data) == []
    with pytest.raises(ValueError, match=column):
        AnnualReport.model_validate(data)
