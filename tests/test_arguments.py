"""What the public functions cannot take is a `TypeError` that says what they take."""

from __future__ import annotations

import io
from functools import partial
from pathlib import Path

import pytest
from conftest import SEED

import annual_report
from annual_report import (
    AnnualReport,
    ArgumentTypeError,
    Roster,
    Style,
    UnusableInputError,
    aggregate,
    check,
    check_many,
    compare,
    draft_narratives,
    explain,
    explanation,
    json_schema,
    load,
    load_style,
    loads,
    read,
    render,
    render_many,
    tables,
    to_document,
)

REPORT = AnnualReport.blank(agency="某局", year=2024)
NO_REPORTS = [None, "report.json", Path("report.json"), b"{}", {"agency": "某局"}, 5, AnnualReport, [REPORT]]
NO_PATHS = [None, 5, REPORT, ["a.json"], io.StringIO("{}")]


def raises(call, argument, *words):
    """Make sure that a call is refused with a sentence that names the argument."""
    with pytest.raises(TypeError) as caught:
        call()
    assert isinstance(caught.value, ArgumentTypeError)
    sentence = caught.value.text("zh")
    assert sentence.startswith(f"参数 {argument} 应为")
    assert caught.value.text("en").startswith(f"{argument} should be ")
    assert all(word in sentence for word in words)


@pytest.mark.parametrize("given", NO_REPORTS, ids=lambda given: type(given).__name__)
@pytest.mark.parametrize(
    "function", [check, render, to_document, draft_narratives], ids=lambda function: function.__name__
)
def test_functions_of_a_report_take_no_other(function, given):
    kind = "None" if given is None else type(given).__name__
    raises(lambda: function(given), "report", "AnnualReport", f"所给的是 {kind}")


@pytest.mark.parametrize("given", NO_REPORTS[:-1], ids=lambda given: type(given).__name__)
def test_comparisons_are_of_reports(given):
    raises(lambda: compare(given), "report", "AnnualReport")
    raises(lambda: compare([REPORT, given]), "report", "AnnualReport")
    if given is not None:
        raises(lambda: compare(REPORT, given), "previous", "AnnualReport")


@pytest.mark.parametrize("given", [*NO_REPORTS[1:], 0, "", False], ids=repr)
def test_last_years_report_is_a_report(given):
    raises(lambda: check(REPORT, previous=given), "previous", "AnnualReport")


@pytest.mark.parametrize(
    "given", [None, "parts.json", Path("parts.json"), b"x", 5, REPORT, [5], [None], [b"{}"]], ids=repr
)
def test_collections_are_of_reports_or_paths(given, tmp_path):
    raises(lambda: check(REPORT, parts=given), "parts", "AnnualReport")
    raises(lambda: aggregate(given, agency="某市", year=2024), "reports", "AnnualReport")
    raises(lambda: list(check_many(given)), "sources", "AnnualReport")
    raises(lambda: tables.to_frame(given), "reports", "AnnualReport")
    raises(lambda: tables.write_table(given, tmp_path / "x.csv"), "reports", "AnnualReport")
    raises(lambda: render_many(given, tmp_path / "out"), "sources", "AnnualReport")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("given", NO_PATHS, ids=lambda given: type(given).__name__)
@pytest.mark.parametrize(
    "function", [load, load_style, Roster.load, tables.read_table], ids=lambda function: function.__name__
)
def test_functions_of_a_file_take_paths(function, given):
    raises(lambda: function(given), "path", "str 或 Path")


def test_other_sources_are_refused():
    for given in (None, 5, REPORT, {"agency": "某局"}, io.StringIO("{}")):
        raises(
            lambda given=given: read(given),
            "source",
            "bytes",
            f"所给的是 {'None' if given is None else type(given).__name__}",
        )
    raises(lambda: read(b"{}", name=5), "name", "str")
    for given in (None, SEED, bytearray(b"{}"), {"agency": "某局"}):
        raises(lambda given=given: loads(given), "data", "bytes")
    raises(lambda: loads(b"{}", None), "source", "str")


def test_what_a_document_is_made_with_is_refused_before_it_is_written(tmp_path):
    raises(lambda: render(REPORT, 5), "target", "二进制")
    raises(lambda: render(REPORT, io.StringIO(), allow_findings=True), "target", "二进制", "StringIO")
    raises(lambda: render(REPORT, tmp_path / "x.docx", format=5), "format", "str")
    raises(lambda: render(REPORT, tmp_path / "x.docx", style={"lines": 20}, allow_findings=True), "style", "Style")
    raises(lambda: render(REPORT, tmp_path / "x.html", findings=True), "findings", "Findings")
    raises(lambda: render(REPORT, tmp_path / "x.html", findings=["错误"]), "findings", "Findings")
    raises(lambda: to_document(REPORT, "gbt9704"), "style", "Style")
    assert list(tmp_path.iterdir()) == []


def test_what_a_batch_is_made_with_is_refused_before_it_starts(tmp_path):
    out = tmp_path / "out"
    raises(lambda: render_many([REPORT], None), "target_dir", "str 或 Path")
    raises(lambda: render_many([REPORT], out, format=None), "format", "str")
    raises(lambda: render_many([REPORT], out, style=5), "style", "Style")
    raises(lambda: render_many([REPORT], out, executor=4), "executor", "Executor")
    raises(lambda: render_many([REPORT], out, progress=5), "progress", "函数")
    assert not out.exists()


def test_what_a_sum_is_made_with_is_refused():
    raises(lambda: aggregate([REPORT], agency=None, year=2024), "agency", "str")
    raises(lambda: aggregate([REPORT], agency="某市", year="2024"), "year", "int")
    raises(lambda: aggregate([REPORT], agency="某市", year=2024, base=5), "base", "AnnualReport")
    raises(lambda: aggregate([REPORT], agency="某市", year=2024, own=[5]), "own", "dict")
    for changes in (["x"], 5, None):
        raises(partial(aggregate, [REPORT], "某市", 2024, adjustments=changes), "adjustments", "Adjustment")
    raises(lambda: aggregate([REPORT], agency="某市", year=2024, roster=5), "roster", "Roster")
    raises(lambda: check(REPORT, roster=5), "roster", "Roster")
    raises(lambda: check_many([], roster=5), "roster", "Roster")


def test_a_data_frame_is_one_of_pandas():
    raises(lambda: tables.from_frame(5), "frame", "DataFrame")


@pytest.mark.parametrize(
    ("function", "sentence"),
    [
        (lambda: tables.to_frame([REPORT], "tall"), '参数 layout 应为 wide, long 之一，所给的是 "tall"'),
        (lambda: tables.write_table([REPORT], "a.csv", "tall"), '参数 layout 应为 wide, long 之一，所给的是 "tall"'),
        (lambda: render_many([], "out", on_error="stop"), '参数 on_error 应为 collect, raise 之一，所给的是 "stop"'),
        (lambda: json_schema(labels=["title"]), '参数 labels 应为 title, description 之一，所给的是 ["title"]'),
    ],
)
def test_what_is_none_of_several_values_is_refused_with_them(function, sentence, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UnusableInputError) as caught:
        function()
    assert caught.value.text("zh") == sentence
    assert not any(tmp_path.iterdir())


def test_what_is_explained_is_a_validation_error():
    raises(lambda: explain(ValueError("x"), AnnualReport), "error", "ValidationError")
    with pytest.raises(ValueError, match="lines") as caught:
        Style(lines="x")
    raises(lambda: explain(caught.value, REPORT), "model", "AnnualReport")


def test_the_sentence_is_in_the_calls_language():
    with pytest.raises(TypeError) as caught:
        check(5, lang="en")
    assert str(caught.value) == "report should be a report (AnnualReport; load() reads one from a file), got int"
    with pytest.raises(TypeError) as caught:
        explain(5, AnnualReport, lang="en")
    assert str(caught.value) == "error should be a ValidationError of pydantic, got int"
    assert issubclass(ArgumentTypeError, annual_report.AnnualReportError)


def test_identifiers_are_text():
    raises(lambda: explanation(5), "id", "str")
    raises(lambda: json_schema(2021), "edition", "str")
