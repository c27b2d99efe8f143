"""What users are told of reports with very many or very large mistakes."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from conftest import ends_soon
from memory import memory_at_most
from pydantic import ValidationError

from annual_report import AnnualReport, Style, UnusableInputError, explain, loads
from annual_report.errors import MAX_LISTED, MAX_SOURCE, Problem, shortened
from annual_report.messages import message
from annual_report.report.problems import shown


def refused(data, source="年报.json") -> UnusableInputError:
    with pytest.raises(UnusableInputError) as caught:
        loads(json.dumps(data).encode(), source)
    return caught.value


@ends_soon
@pytest.mark.parametrize(
    "mistakes",
    [
        {f"proactive_disclosur{number}": 1 for number in range(30_000)},
        {"applications": {f"recieved{number}": 1 for number in range(30_000)}},
        {"overview": [3] * 30_000},
        {"overview": [{"body": []}] * 30_000},
    ],
    ids=["unknown keys", "unknown keys of a table", "paragraphs that are none", "empty paragraphs"],
)
def test_of_very_many_problems_the_first_are_listed_and_the_others_counted(data, mistakes):
    error = refused(data | mistakes)
    lines = error.text("zh").splitlines()
    assert len(error.problems) >= 30_000
    assert len(lines) == MAX_LISTED + 1
    assert lines[-1] == f"年报.json: 另有 {len(error.problems) - MAX_LISTED} 处问题未列出"
    assert lines[0] == f"年报.json: {error.problems[0].text('zh')}"


@pytest.mark.parametrize(("model", "key"), [(AnnualReport, "proactive_disclosur"), (Style, "lines")])
def test_keys_are_suggested_for_as_many_problems_as_are_listed(model, key):
    with pytest.raises(ValidationError) as caught:
        model.model_validate({f"{key}{number}": 1 for number in range(2 * MAX_LISTED)})
    suggested = ["是否应为" in problem.text("zh") for problem in explain(caught.value, model)]
    assert suggested.count(True) == sum(suggested[:MAX_LISTED]) > 0


def test_as_many_problems_as_are_listed_are_all_listed():
    error = UnusableInputError([Problem(message("is missing"), "", str(number)) for number in range(MAX_LISTED)])
    assert len(error.text("zh").splitlines()) == MAX_LISTED
    assert "未列出" not in error.text("zh")


def test_a_single_problem_that_is_not_listed_is_counted():
    error = UnusableInputError([Problem(message("is missing"), "", str(number)) for number in range(MAX_LISTED + 1)])
    assert error.text("zh").splitlines()[MAX_LISTED:] == ["另有 1 处问题未列出"]


@pytest.mark.parametrize("inside", [(), ("applications",), ("applications", "received"), ("overview",)])
def test_keys_of_any_length_are_shown_cut(data, inside):
    holder = data
    for key in inside:
        holder[key] = {} if isinstance(holder[key], str) else holder[key]
        holder = holder[key]
    holder["recieved" * 1_000_000] = 1
    error = refused(data)
    assert len(error.text("zh")) < 2000
    (problem,) = [problem for problem in error.problems if "recieved" in problem.path]
    assert problem.path == ".".join([*inside, shortened("recieved" * 10)])
    assert problem.place.endswith(shortened("recieved" * 10))


def test_a_key_given_twice_is_shown_cut():
    key = "x" * 1_000_000
    with pytest.raises(UnusableInputError) as caught:
        loads(f'{{"{key}": 1, "{key}": 2}}'.encode())
    assert len(str(caught.value)) < 200


def test_the_end_of_a_long_source_is_shown():
    text = UnusableInputError([Problem(message("is missing"))], "目录/" * 100_000 + "年报.json").text("zh")
    assert text.startswith("…")
    assert text.endswith("目录/年报.json: 缺少这一项")
    assert len(text) < MAX_SOURCE + 20


def test_a_problem_with_many_long_keys_is_one_line_of_bounded_length():
    path = ("甲" * 5000 + "\n") * 10
    text = UnusableInputError([Problem(message("is missing"), path, path)]).text("zh")
    assert len(text) <= 1000
    assert "\n" not in text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("甲" * 10_000_000, '"' + "甲" * 38 + "…"),
        (["甲" * 1_000_000], '["' + "甲" * 37 + "…"),
        ([[1] * 10_000_000], "[[" + "1, " * 12 + "1…"),
        ("x" * 38, '"' + "x" * 38 + '"'),
        ("x" * 39, '"' + "x" * 38 + "…"),
        ("\ud800", '"\\ud800"'),
        (Decimal("1E+999999999"), "1E+999999999"),
        (Decimal("1E-999999999"), "1E-999999999"),
        (Decimal("100.50"), "100.50"),
        (Decimal("NaN"), "NaN"),
        (10**5000, "int"),
        ({(1, 2): 3}, "dict"),
        (float("inf"), "Infinity"),
    ],
    ids=lambda value: str(type(value).__name__),
)
def test_a_refused_value_is_shown_cut_and_not_written_out(value, text):
    with memory_at_most(16 << 20):
        assert shown(value) == text


def nested(depth: int, around: str = "") -> object:
    value: object = "甲"
    for _ in range(depth):
        value = {around: value} if around else [value]
    return value


def cyclic(around: str = "") -> object:
    value: object = {} if around else []
    if isinstance(value, dict):
        value[around] = [value]
    else:
        value.append(value)
    return value


@pytest.mark.parametrize("key", ["edition", "agency", "year", "title", "overview", "applications", "issued_on"])
@pytest.mark.parametrize(
    "value",
    [nested(100_000), nested(100_000, "body"), nested(7, "paragraphs"), cyclic(), cyclic("body"), cyclic("paragraphs")],
    ids=["deep list", "deep object", "paragraphs in paragraphs", "cyclic list", "cyclic object", "cyclic paragraphs"],
)
@pytest.mark.parametrize("depth", [0, 1, 2, 3])
def test_cyclic_and_deeply_nested_values_are_refused_in_words(data, key, value, depth):
    data[key] = [[value], [{"body": value}], [{"body": [{"text": value}]}], value][depth]
    with pytest.raises(ValidationError) as caught:
        AnnualReport.model_validate(data)
    problems = explain(caught.value, AnnualReport, data)
    assert {problem.path.partition(".")[0] for problem in problems} <= {key, "applications"}
    assert str(caught.value)
    assert str(UnusableInputError(problems))
