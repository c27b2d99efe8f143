"""An edition made up in the docs goes all the way from JSON to every format, without a change to the package."""

from __future__ import annotations

import ast
import json
import re
import sys
import types
from contextlib import contextmanager
from io import BytesIO

import docx
import pytest
from conftest import ROOT
from found_blocks import content
from jsonschema import Draft202012Validator
from lxml import html
from pydantic import ValidationError

from annual_report import AnnualReport, check, json_schema, loads, render
from annual_report.form import in_force, known, register, unregister
from annual_report.readers.published.recognise import recognise
from annual_report.tables import read_table, write_table


@contextmanager
def registered(change=lambda code: code):
    """Register the edition of the docs, perhaps with its code changed."""
    page = (ROOT / "docs" / "adding-an-edition.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    module = types.ModuleType("edition_2031")
    sys.modules[module.__name__] = module
    exec(change(code), module.__dict__)  # noqa: S102  # the docs' own code
    register(module.EDITION)
    try:
        yield module
    finally:
        unregister("2031")
        del sys.modules[module.__name__]


@pytest.fixture
def third():
    with registered() as module:
        yield module


@pytest.fixture
def report(third):  # noqa: ARG001  # it has to be known
    data = AnnualReport.blank(agency="某局", year=2031).model_dump(mode="json")
    topics = "主动公开、依申请公开、政府信息管理、平台建设、监督保障各项工作均已完成。全年收到政府信息公开申请2件。"
    data |= {"overview": topics, "problems_and_improvements": "无。", "other_matters": "未收取信息处理费。"}
    data["proactive_disclosure"]["guides"]["online"] = 77
    data["applications"]["received"]["natural_person"] = 2
    data["applications"]["outcomes"]["other_handling"]["overdue"]["natural_person"] = 2
    del data["applications"]["received"]["total"], data["applications"]["outcomes"]["total"], data["edition"]
    data["applications"]["outcomes"]["other_handling"]["overdue"].pop("total")
    return AnnualReport.model_validate(data)


def test_it_is_in_force_for_its_years(third):
    assert in_force(2031) is third.EDITION
    assert in_force(2030).id == "2021"


def test_it_validates(third, report):
    assert report.edition == "2031"
    assert isinstance(report.proactive_disclosure, third.ProactiveDisclosure)
    assert AnnualReport.model_validate_json(report.model_dump_json()) == report
    old = AnnualReport.blank(agency="某局", year=2024).model_dump(mode="json") | {"edition": "2031"}
    with pytest.raises(ValidationError):
        AnnualReport.model_validate(old)
    assert "网上可查件数" in json.dumps(AnnualReport.model_json_schema(), ensure_ascii=False)


@pytest.mark.usefixtures("third")
def test_it_has_a_schema_for_forms(report):
    data = report.model_dump(mode="json")
    for schema in (json_schema("2031"), json_schema()):
        assert Draft202012Validator(schema).is_valid(data)
        assert "网上可查件数" in json.dumps(schema, ensure_ascii=False)
    assert not Draft202012Validator(json_schema("2021")).is_valid(data)
    assert json_schema("2021")["properties"]["year"]["maximum"] == 2030
    assert {"AnnualReport2031", "OtherHandling2031", "OtherHandling2021"} <= json_schema()["$defs"].keys()


def test_its_errors_have_its_words(report):
    data = report.model_dump(mode="json")
    data["proactive_disclosure"]["guides"]["online"] = -1
    with pytest.raises(ValueError, match="办事指南 › 网上可查件数"):
        loads(json.dumps(data).encode())


def test_it_is_checked(report):
    assert list(check(report)) == []
    data = report.model_dump(mode="json")
    data["applications"]["outcomes"]["other_handling"]["overdue"]["natural_person"] = 3
    found = check(AnnualReport.model_validate(data)).errors
    assert {finding.id for finding in found} == {
        "applications.balance",
        "applications.outcomes",
        "applications.total",
    }
    text = report.model_dump(mode="json") | {"overview": "依申请公开情况：全年收到政府信息公开申请5件。"}
    assert "narrative.applications" in {finding.id for finding in check(AnnualReport.model_validate(text))}


def test_it_is_rendered(report):
    tables = docx.Document(BytesIO(render(report))).tables
    assert [cell.text for cell in tables[0].rows[-1].cells] == ["办事指南", "0", "77"]
    assert [len(tables[1].rows), len(tables[1].columns)] == [27, 10]
    page = html.fromstring(render(report, format="html"))
    assert "网上可查件数" in page.text_content()
    assert page.get_element_by_id("proactive_disclosure.guides.online").text_content() == "77"


@pytest.mark.usefixtures("third")
def test_it_is_read_back_and_does_not_keep_others_from_being_read(report, large_city, housing_bureau):
    for given in (report, large_city, housing_bureau):
        reading = recognise(content(given, marked=False), "年报.docx")
        assert reading.report == given
        assert reading.deviations == ()


@pytest.mark.parametrize("layout", ["wide", "long"])
def test_a_value_under_another_key_but_in_the_same_words_has_a_column_of_its_own(tmp_path, large_city, layout):
    path, words = "proactive_disclosure.rules.in_force", "现行有效件数"
    write_table([large_city], tmp_path / "old.csv", layout)
    with registered(lambda code: code.replace("in_force:", "valid:")):
        report = AnnualReport.blank(agency="某局", year=2031).with_values({path.replace("in_force", "valid"): 5})
        reports = [large_city, report]
        write_table(reports, tmp_path / "both.csv", layout)
        write_table([report], tmp_path / "new.csv", layout)
        assert list(read_table(tmp_path / "both.csv")) == reports
        assert [*read_table(tmp_path / "old.csv"), *read_table(tmp_path / "new.csv")] == reports
        headings = (tmp_path / "both.csv").read_text(encoding="utf-8-sig").splitlines()[0]
    assert layout == "long" or f"{words} ({path})" in headings


def test_nothing_outside_the_editions_asks_which_edition_it_is():
    """No other module names an edition, the module of one, or a year in which one follows another."""
    oldest, *later = known()
    names = {edition.id for edition in known()} | {edition.first_year for edition in later} | {oldest.last_year}
    package = ROOT / "src" / "annual_report"
    for path in package.rglob("*.py"):
        if path.parent != package / "form":
            source = path.read_text(encoding="utf-8")
            constants = {node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant)}
            assert not constants & names, path
            assert not re.search(r"edition_[0-9]|\bedition(?:\.id)? *[=!]=", source), path
