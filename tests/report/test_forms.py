"""The JSON Schema for forms, code generators and validators, as these programs take it."""

from __future__ import annotations

import copy
import json
import runpy
import subprocess
import sys
from importlib.util import find_spec

import pytest
from conftest import FIXTURES, HOUSING_BUREAU, SEED
from hypothesis import given, settings
from jsonschema import Draft7Validator, Draft202012Validator
from programs import NODE_MODULES, require, run
from strategies import reports

from annual_report import AnnualReport, UnusableInputError, json_schema
from annual_report.form import find, known
from annual_report.form.fields import leaves
from annual_report.form.sections import TABLES, TITLES
from annual_report.report.narrative import Narrative

EDITIONS = ["2021", "2019"]
FIXTURE = {"2021": SEED, "2019": HOUSING_BUREAU}


def read(path):
    return json.loads(path.read_text(encoding="utf-8"))


def with_value(data, path, value):
    *above, key = path.split(".")
    changed = part = copy.deepcopy(data)
    for name in above:
        part = part[name]
    part[key] = value
    return changed


def parts(schema):
    """Yield every schema within a schema."""
    if isinstance(schema, dict):
        yield schema
        for value in schema.values():
            yield from parts(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from parts(value)


@pytest.mark.parametrize("edition", EDITIONS)
def test_it_is_flat(edition):
    schema = json_schema(edition)
    assert schema["type"] == "object"
    assert schema["additionalProperties"] is False
    assert [key for key in schema["properties"] if key in TITLES] == list(TITLES)
    for part in parts(schema):
        assert not {"anyOf", "oneOf", "not", "if"} & part.keys()
        assert {*part} != {"$ref", "title"}
    Draft7Validator.check_schema(schema)
    Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_labels_are_the_forms_words_and_nothing_else_is_said(edition):
    schema = json_schema(edition)
    assert schema["title"] == "政府信息公开工作年度报告"
    for path, label in [
        ("agency", "行政机关名称"),
        ("applications", TITLES["applications"]),
        ("Outcomes.refused", "（三）不予公开"),
        ("Refused.security_and_stability", "3.危及“三安全一稳定”"),
        ("Applicants.total", "总计"),
    ]:
        owner, _, key = path.rpartition(".")
        part = schema["$defs"][owner] if owner else schema
        assert part["properties"][key]["title"] == label
    assert [part["description"] for part in parts(schema) if isinstance(part.get("description"), str)] == []


@pytest.mark.parametrize("edition", [*EDITIONS, None])
def test_a_form_fills_in_nothing_but_the_edition(edition):
    filled_in = {part["default"] for part in parts(json_schema(edition)) if "default" in part}
    assert filled_in == ({edition} if edition else {*EDITIONS})


@pytest.mark.parametrize("edition", [*EDITIONS, None])
def test_a_form_asks_for_totals_last(edition):
    totalled = [part["properties"] for part in parts(json_schema(edition)) if "total" in part.get("properties", ())]
    assert totalled
    assert {list(properties)[-1] for properties in totalled} == {"total"}


@pytest.mark.parametrize("edition", [*EDITIONS, None])
def test_labels_can_be_descriptions(edition):
    titled, described = json_schema(edition), json_schema(edition, labels="description")
    assert (described["title"], described["description"]) == ("AnnualReport", titled["title"])
    labels = [part["description"] for part in parts(described) if isinstance(part.get("description"), str)]
    assert labels == [part["title"] for part in parts(titled) if isinstance(part.get("title"), str)]


def test_no_schema_quotes_a_docstring_beyond_its_first_paragraph():
    for mode in ("validation", "serialization"):
        for part in parts(AnnualReport.model_json_schema(mode=mode)):
            if isinstance(part.get("description"), str):
                assert "\n\n" not in part["description"]
                assert ">>>" not in part["description"]


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("key", ["agency", "title", "issued_by"])
def test_what_must_not_be_blank_says_so(edition, key):
    schema = json_schema(edition)
    assert schema["properties"][key]["minLength"] == 1
    for blank in ("", " \n"):
        assert not Draft202012Validator(schema).is_valid(read(FIXTURE[edition]) | {key: blank})
        with pytest.raises(ValueError, match=key):
            AnnualReport.model_validate(read(FIXTURE[edition]) | {key: blank})
    for branch in AnnualReport.model_json_schema()["anyOf"]:
        assert '"minLength": 1' in json.dumps(branch["properties"][key])


def test_what_may_be_left_out_is_not_required():
    data = read(SEED)
    del data["edition"], data["applications"]["outcomes"]["total"], data["disputes"]["reconsideration"]["total"]
    assert Draft202012Validator(json_schema("2021")).is_valid(data)
    assert not Draft202012Validator(json_schema()).is_valid(data)
    assert Draft202012Validator(json_schema()).is_valid(data | {"edition": "2021"})


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_years_are_those_of_the_edition(edition):
    form, schema = find(edition), json_schema(edition)
    year = schema["properties"]["year"]
    assert (year["minimum"], year["maximum"]) == (form.first_year, form.last_year or 2100)
    assert schema["properties"]["edition"]["default"] == edition  # which a form fills in by itself
    report = AnnualReport.blank(agency="某局", year=year["minimum"]).model_dump(mode="json")
    assert Draft202012Validator(schema).is_valid(report)
    assert not Draft202012Validator(schema).is_valid(report | {"year": year["minimum"] - 1})


def plain(report: AnnualReport) -> AnnualReport:
    """Give a report whose texts can all be written as plain text."""
    texts = {key: Narrative.parse(str(text)) for key, text in report.narratives.items()}
    return report.with_values(texts | {"preamble": Narrative.parse(str(report.preamble))})


@given(reports())
@settings(max_examples=40)
def test_what_is_put_out_fits_and_what_fits_validates(data):
    report = plain(AnnualReport.model_validate(data))
    out = json.loads(report.model_dump_json())
    assert AnnualReport.model_validate(out) == report
    if report.year in {year for year in range(2019, 2101) if report.form.covers(year)}:
        assert Draft202012Validator(json_schema(report.edition)).is_valid(out)
        assert Draft202012Validator(json_schema()).is_valid(out)
    (other,) = {*EDITIONS} - {report.edition}
    assert not Draft202012Validator(json_schema(other)).is_valid(out)


WRONG = [
    ("applications.received.natural_person", -1),
    ("applications.outcomes.total.natural_person", "1"),
    ("disputes.litigation.direct.upheld", None),
    ("overview", ["一"]),
    ("proactive_disclosure.fees.amount", "1,5"),
    ("texts", {"applications": {"notes": 3}}),
    ("agency", ""),
    ("year", 2018),
]
"""Wrong values, with their paths; those of `texts` are wrong further down."""


def place(path: str) -> str:
    return "texts.applications.notes" if path == "texts" else path


@pytest.mark.parametrize(("path", "value"), WRONG)
def test_an_error_of_a_validator_is_at_the_field(path, value):
    data = with_value(read(SEED), path, value)
    found = list(Draft202012Validator(json_schema("2021")).iter_errors(data))
    assert {".".join(map(str, error.absolute_path)) for error in found} == {place(path)}


def test_an_unknown_edition_is_refused():
    with pytest.raises(UnusableInputError) as caught:
        json_schema("2031")
    assert caught.value.text("zh") == "没有 2031 版格式；现有：2021, 2019"


def test_parts_that_differ_between_editions_have_the_edition_in_their_names():
    united = json_schema()
    assert united["type"] == "object"
    assert united["discriminator"] == {"propertyName": "edition"}
    assert [branch["$ref"] for branch in united["oneOf"]] == [
        "#/$defs/AnnualReport2021",
        "#/$defs/AnnualReport2019",
    ]
    assert {"Applicants", "Disputes", "Outcomes2019", "Outcomes2021", "Items"} <= united["$defs"].keys()
    assert not {"Outcomes", "Applications", "Documents", "Items2019"} & united["$defs"].keys()
    for edition in known():
        for key in TABLES:
            fields = {leaf.key for leaf in leaves(edition.tables[key])}
            assert fields <= {name for part in united["$defs"].values() for name in part["properties"]}


def in_node(schema, data=()):
    """Give what Ajv says of reports, and the form of RJSF."""
    node = require("node")
    for package in ("ajv", "@rjsf/core", "@rjsf/validator-ajv8", "react-dom"):
        if not (NODE_MODULES / package).is_dir():
            pytest.skip(f"{package} is not installed")
    script = FIXTURES.parent / "tests" / "report" / "forms.mjs"
    given_to_it = json.dumps({"schema": schema, "reports": list(data)})
    return json.loads(run(node, script, input=given_to_it))


@pytest.mark.parametrize("edition", [*EDITIONS, None])
def test_ajv_takes_it_in_strict_mode_and_points_at_the_field(edition):
    given_to_it = [read(FIXTURE[edition or "2021"])]
    wrong = WRONG if edition != "2019" else []
    given_to_it += [with_value(given_to_it[0], path, value) for path, value in wrong]
    right, *others = in_node(json_schema(edition), given_to_it)["errors"]
    assert right == []
    assert [{*paths} for paths in others] == [{f"/{place(path).replace('.', '/')}"} for path, _ in wrong]


@pytest.mark.parametrize("edition", EDITIONS)
def test_rjsf_shows_a_form_in_the_forms_words_without_options(edition):
    form = in_node(json_schema(edition))["form"]
    assert "option" not in form.lower()
    assert "<select" not in form
    assert "Unsupported field" not in form
    for grid in find(edition).grids.values():
        for cell in grid.values:
            assert f">{cell.labels[-1]}<" in form
    assert form.count('type="number"') == len([c for c in find(edition).cells if "amount" not in c]) + 1
    assert 'type="date"' in form


def test_rjsf_lets_choose_between_editions_by_their_names():
    form = in_node(json_schema())["form"]
    for edition in known():
        assert f">{edition.instrument}</option>" in form
    assert "option 1" not in form.lower()


@pytest.mark.parametrize("edition", [*EDITIONS, None])
def test_json2ts_gives_an_interface_for_each_part(edition, tmp_path):
    json2ts, tsc = require("json2ts"), require("tsc")
    path = tmp_path / "schema.json"
    path.write_text(json.dumps(json_schema(edition, labels="description")), encoding="utf-8")
    code = run(json2ts, "-i", path)
    names = [line.split()[2] for line in code.splitlines() if line.startswith("export")]
    schema = json_schema(edition)
    assert sorted(names) == sorted(["AnnualReport", *schema["$defs"]])
    assert "/**\n   * 自然人\n   */\n  natural_person: number;" in code
    assert "/**\n   * （一）予以公开\n   */\n  granted: Applicants;" in code
    (tmp_path / "report.ts").write_text(code, encoding="utf-8")
    report = read(FIXTURE[edition or "2021"])
    use = f"import type {{AnnualReport}} from './report';\nexport const report: AnnualReport = {json.dumps(report)};\n"
    (tmp_path / "use.ts").write_text(use, encoding="utf-8")
    run(tsc, "--noEmit", "--strict", "--skipLibCheck", "use.ts", cwd=tmp_path)
    (tmp_path / "use.ts").write_text(use.replace('"natural_person": ', '"natural_persn": ', 1), encoding="utf-8")
    with pytest.raises(subprocess.CalledProcessError):
        run(tsc, "--noEmit", "--strict", "--skipLibCheck", "use.ts", cwd=tmp_path)


@pytest.mark.parametrize("edition", [*EDITIONS, None])
def test_datamodel_code_generator_gives_a_class_for_each_part(edition, tmp_path):
    if find_spec("datamodel_code_generator") is None:
        pytest.skip("datamodel-code-generator is not installed")
    path = tmp_path / "schema.json"
    path.write_text(json.dumps(json_schema(edition, labels="description")), encoding="utf-8")
    command = [sys.executable, "-m", "datamodel_code_generator", "--input", path, "--input-file-type", "jsonschema"]
    options = ["--output-model-type", "pydantic_v2.BaseModel", "--formatters", "builtin", "--disable-timestamp"]
    code = run(*command, *options)
    names = [line[6:].partition("(")[0] for line in code.splitlines() if line.startswith("class ")]
    assert sorted(names) == sorted(["AnnualReport", *json_schema(edition)["$defs"]])
    (tmp_path / "report.py").write_text(code, encoding="utf-8")
    generated = runpy.run_path(str(tmp_path / "report.py"), run_name="generated")["AnnualReport"]
    data = read(FIXTURE[edition or "2021"])
    report = generated.model_validate(data)
    received = getattr(report, "root", report).applications.received
    assert received.natural_person == data["applications"]["received"]["natural_person"]
