"""`annual-report new`, as JSON and as the workbook, and the commands that take a workbook."""

from __future__ import annotations

import json

import openpyxl
import pytest
from command_line import run
from conftest import LARGE_CITY

from annual_report import AnnualReport, load, render
from annual_report.writers.xlsx import write_report

NEW = ("new", "--agency", "海原县水务局", "--year", "2024")


def test_a_skeleton_has_no_totals_to_contradict(tmp_path):
    assert run(*NEW, "-o", "a.json", cwd=tmp_path).returncode == 0
    assert '"total"' not in (tmp_path / "a.json").read_text(encoding="utf-8")
    data = json.loads((tmp_path / "a.json").read_bytes())
    data["disputes"]["reconsideration"]["upheld"] = 3
    assert AnnualReport.model_validate(data).disputes.reconsideration.total == 3


def test_the_forms_words_may_be_the_keys(tmp_path):
    previous = load(LARGE_CITY).model_dump(mode="json") | {"texts": {"disputes": {"notes": "注。"}}}
    (tmp_path / "last.json").write_text(json.dumps(previous), encoding="utf-8")
    command = ("new", "--agency", "某市人民政府", "--year", str(previous["year"] + 1), "--previous", "last.json")
    done = run(*command, "--keys", "zh", "-o", "a.json", cwd=tmp_path)
    assert done.returncode == 0
    assert "各部分文字取自上一年报告" in done.stderr.decode()
    text = (tmp_path / "a.json").read_text(encoding="utf-8")
    assert not set("abcdefghijklmnopqrstuvwxyz") & {letter for key in _keys(json.loads(text)) for letter in key}
    last, report = AnnualReport.model_validate(previous), load(tmp_path / "a.json")
    assert (report.agency, report.year, report.title) == ("某市人民政府", last.year + 1, None)
    assert report.issued_by == last.issued_by
    assert report.texts == last.texts
    assert report.overview == last.overview
    assert str(report.preamble) == str(last.preamble).replace(f"{last.year}年", f"{last.year + 1}年")
    assert report.applications.carried_in.total == last.applications.carried_forward.total > 0
    assert report.applications.received.total == 0


def _keys(value):
    if isinstance(value, dict):
        for key, item in value.items():
            yield key
            yield from _keys(item)


def test_the_empty_form_is_written_and_told_as_empty(tmp_path):
    assert run(*NEW, "-o", "年报.xlsx", cwd=tmp_path).returncode == 0
    blank = AnnualReport.blank(agency="海原县水务局", year=2024)
    assert (tmp_path / "年报.xlsx").read_bytes() == write_report(blank, empty=True)
    done = run("check", "年报.xlsx", cwd=tmp_path)
    assert done.returncode == 2
    lines = done.stderr.decode().splitlines()
    assert len(lines) == 4
    assert lines[1].startswith(
        "年报.xlsx: 三、收到和处理政府信息公开申请情况 (applications): 尚未填写：144 个单元格都是空的"
    )


def test_last_years_document_fills_the_form_in(tmp_path):
    last = load(LARGE_CITY)
    render(last, tmp_path / "去年.docx")
    command = ("new", "--agency", last.agency, "--year", str(last.year + 1), "--previous", "去年.docx", "--draft")
    assert run(*command, "-o", "年报.xlsx", cwd=tmp_path).returncode == 0
    book = openpyxl.load_workbook(tmp_path / "年报.xlsx")
    fields = dict(book["基本情况"].iter_rows(min_row=3, max_col=2, values_only=True))
    assert (fields["行政机关名称"], fields["报告年度"]) == (last.agency, last.year + 1)
    assert f"自{last.year + 1}年1月1日起至{last.year + 1}年12月31日止" in fields["引言"]
    rows = {row[0]: row[3:9] for row in book["三、收到和处理政府信息公开申请情况"].iter_rows(values_only=True)}
    assert rows["二、上年结转政府信息公开申请数量"] == last.applications.carried_forward.leaves
    assert set(rows["一、本年新收政府信息公开申请数量"]) == {None}
    texts = [row[0] or "" for row in book["文字"].iter_rows(values_only=True)]
    carried = last.applications.carried_forward.total
    assert any(f"上年结转政府信息公开申请{carried}件" in text for text in texts)
    expected = [row[2] for row in book["核对"].iter_rows(values_only=True) if row[1] == "规章 › 现行有效件数"]
    assert str(expected[0]).startswith(f"={last.proactive_disclosure.rules.in_force}+")


def test_a_filled_form_is_checked_rendered_and_batched(tmp_path):
    report = load(LARGE_CITY)
    render(report, tmp_path / "年报.xlsx")
    assert run("check", "年报.xlsx", cwd=tmp_path).returncode == 0
    assert run("render", "年报.xlsx", "-o", "a.docx", cwd=tmp_path).returncode == 0
    assert (tmp_path / "a.docx").read_bytes() == render(report)
    assert run("render", "年报.xlsx", "-o", "a.json", cwd=tmp_path).returncode == 0
    assert load(tmp_path / "a.json") == report
    assert run("batch", "年报.xlsx", "-o", "out", cwd=tmp_path).returncode == 0
    assert (tmp_path / "out" / "年报.docx").read_bytes() == render(report)


@pytest.mark.parametrize("more", [("-o", "a.docx"), ("-o", "a.xlsx", "--keys", "zh"), ("--previous", "missing.docx")])
def test_what_cannot_be_is_refused_and_nothing_is_written(tmp_path, more):
    assert run(*NEW, *more, cwd=tmp_path).returncode == 2
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["年报.doc", "年报.wps", "年报.xls", "年报.docm", "年报"])
def test_a_suffix_that_would_hide_json_is_refused(tmp_path, name):
    done = run(*NEW, "-o", name, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.decode() == f"{name}: 新报告只能是 .json 或 .xlsx 文件\n"
    assert list(tmp_path.iterdir()) == []


def test_the_report_of_another_body_is_told(tmp_path):
    last = load(LARGE_CITY)
    command = ("new", "--year", str(last.year + 1), "--previous", str(LARGE_CITY), "--draft")
    other = run(*command, "--agency", "某县水务局", "-o", "a.xlsx", cwd=tmp_path)
    assert other.returncode == 0
    assert f"上一年度报告的行政机关名称是“{last.agency}”" in other.stderr.decode()
    same = run(*command, "--agency", last.agency, "-o", "b.xlsx", cwd=tmp_path)
    assert same.stderr == b""


def test_another_years_report_is_refused(tmp_path):
    done = run(*NEW, "--previous", LARGE_CITY, cwd=tmp_path)
    assert done.returncode == 2
    assert str(LARGE_CITY) in done.stderr.decode()


@pytest.mark.parametrize("year", ["2019", "2100"])
def test_the_first_and_the_last_year_are_taken(tmp_path, year):
    assert run("new", "--agency", "某局", "--year", year, "-o", "a.json", cwd=tmp_path).returncode == 0
    assert json.loads((tmp_path / "a.json").read_bytes())["year"] == int(year)


@pytest.mark.parametrize(
    ("year", "shown"), [("2018", "2018"), ("2101", "2101"), ("二〇\n二四", "二〇\\n二四"), ("9" * 500, "…")]
)
def test_a_year_without_reports_is_told_in_one_short_line(tmp_path, year, shown):
    done = run("new", "--agency", "某局", "--year", year, cwd=tmp_path)
    told = done.stderr.decode()
    assert (done.returncode, told.count("\n"), len(told) < 200) == (2, 1, True)
    assert told.startswith("--year 应为 2019 到 2100 之间的整数")
    assert shown in told
