"""Every rule and every deviation is explained, and the examples are what the explanations say."""

from __future__ import annotations

import ast
import re
from datetime import date

import pytest
from conftest import ROOT

from annual_report import UnknownIdError, check, explanation
from annual_report.explanations import SEVERITIES, explanations
from annual_report.form import find
from annual_report.form.registry import known
from annual_report.readers.published.values import meaning
from annual_report.readers.published.word_markup import _REMARKS

SOURCE = ROOT / "src" / "annual_report"
PACKAGES = ("form", "checks", "readers")
NO_IDS = {"dc.title", "lexicon.toml"}
"""Strings of two words with a dot that are the names of an element and a file."""

FILES = [path for package in PACKAGES for path in sorted((SOURCE / package).rglob("*.py"))]
TREES = [ast.parse(path.read_text(encoding="utf-8")) for path in FILES]
PATHS = " ".join(path for edition in known() for path in edition.cells)
CALLS = [node for tree in TREES for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args]


def strings(node):
    return [part.value for part in ast.walk(node) if isinstance(part, ast.Constant) and isinstance(part.value, str)]


def called(call):
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


def emitted():
    """Collect every string of the source that can be an identifier, and the names of remarks, which have no dot."""
    dotted = {text for tree in TREES for text in strings(tree) if re.fullmatch(r"[a-z]+\.[a-z_]+", text)}
    remarks = {text for call in CALLS if called(call) in {"Remark", "doubt"} for text in strings(call.args[0])}
    rules = {text for text in dotted - NO_IDS if f".{text}" not in PATHS}
    return rules | remarks | {name for name, _, _ in _REMARKS.values()}


def test_every_identifier_of_the_source_is_explained_and_no_other():
    assert explanations().keys() == emitted()


def test_the_severities_are_those_of_the_source():
    found = {(name, severity) for name, severity, _ in _REMARKS.values()}
    for call in CALLS:
        first = [text for text in strings(call.args[0]) if text in explanations()]
        if called(call) in {"doubt", "info"}:
            found |= {(name, called(call)) for name in first}
        elif len(call.args) > 1:
            found |= {(name, text) for name in first for text in strings(call.args[1]) if text in SEVERITIES}
    assert len(found) > 50
    assert found == {(name, explanation(name).severity) for name, _ in found}


@pytest.mark.parametrize("id", explanations())
def test_every_explanation_is_in_both_languages(id):
    explained = explanation(id)
    assert re.search("[\u4e00-\u9fff]", explained.what.zh + explained.mend.zh)
    assert re.fullmatch("[\x00-\x7f’“”�\u4e00-\u9fff（）]+", explained.what.en + explained.mend.en)
    assert explained.right != explained.wrong
    assert explained.text("zh").count("\n") == explained.text("en").count("\n") == 4


CELLS = {cell.path: cell for cell in find("2021").grids["proactive_disclosure"].values}
OF_A_CELL = ["dash", "word", "note_mark", "other_unit", "out_of_range", "remark", "unit", "written", "not_a_number"]


@pytest.mark.parametrize("kind", OF_A_CELL)
def test_the_examples_of_cells_are_read_as_they_say(kind):
    explained = explanation(f"value.{kind}")
    cell = CELLS["fees.amount" if kind == "other_unit" else "rules.issued"]
    assert meaning(explained.right.zh, cell).id == ""
    assert meaning(explained.wrong.zh, cell).id == explained.id


def quoted(example):
    """Give what an example quotes, or all of it."""
    return (re.findall("“(.*?)”", example) or [example])[-1]


def ids(seed, **changes):
    return {finding.id for finding in check(seed.model_copy(update=changes))}


@pytest.mark.parametrize(
    ("id", "section"),
    [
        ("narrative.fees", "other_matters"),
        ("narrative.empty", "other_matters"),
        ("narrative.unfinished", "other_matters"),
        ("narrative.year", "preamble"),
        ("narrative.agency", "title"),
        ("narrative.applications", "overview"),
        ("narrative.personal_data", "other_matters"),
    ],
)
def test_the_examples_of_texts_are_checked_as_they_say(large_city, id, section):
    data = large_city.model_dump(mode="json")
    data |= {"agency": "某市民政局", "year": 2024, "title": None, "preamble": "", "issued_on": None}
    for row in ("received", "carried_in"):
        data["applications"][row] = {"natural_person": 12 if row == "received" else 0} | {
            key: 0 for key in data["applications"][row] if key not in {"natural_person", "total"}
        }
    explained = explanation(id)
    report = type(large_city).model_validate
    assert id not in {finding.id for finding in check(report(data | {section: quoted(explained.right.zh)}))}
    assert id in {finding.id for finding in check(report(data | {section: quoted(explained.wrong.zh)}))}


def test_the_example_of_a_date_is_checked_as_it_says(large_city):
    year = large_city.year
    assert "narrative.date" not in ids(large_city, issued_on=date(year + 1, 1, 20))
    assert "narrative.date" in ids(large_city, issued_on=date(year, 1, 20))


def test_an_unknown_identifier_is_answered_with_the_nearest():
    with pytest.raises(UnknownIdError, match="applications\\.balance"):
        explanation("applications.balanc")
    with pytest.raises(UnknownIdError) as raised:
        explanation("？")
    assert raised.value.text("en") == "there is no rule or deviation ？"


@pytest.mark.parametrize(
    ("id", "language", "line"),
    [
        ("applications.balance", "zh", "applications.balance（错误）"),
        ("narrative.fees", "en", "narrative.fees (warning)"),
        ("value.not_a_number", "zh", "value.not_a_number（存疑）"),
        ("value.unit", "zh", "value.unit（提示）"),
    ],
)
def test_an_explanation_begins_with_its_identifier_and_severity(id, language, line):
    assert explanation(id).text(language).splitlines()[0] == line


@pytest.mark.parametrize(("language", "line"), [("zh", "（空白）"), ("en", "(blank)")])
def test_an_example_of_a_blank_cell_says_that_it_is_blank(language, line):
    assert explanation("value.blank").text(language).splitlines()[3].endswith(line)
