"""A report as data again, and as plain text for pasting."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from strategies import reports

from annual_report import AnnualReport, loads, render
from annual_report.readers.blocks import Cell, Content, Paragraph, Table
from annual_report.readers.published.recognise import recognise


def pasted(text):
    """The blocks that a text has: lines with tabs are rows of a table."""
    blocks: list[Paragraph | Table] = []
    rows: list[list[str]] = []
    for line in [*text.splitlines(), ""]:
        if "\t" in line:
            rows.append(line.split("\t"))
            continue
        if rows:
            blocks.append(
                Table(tuple(Cell(r, c, 1, 1, text) for r, row in enumerate(rows) for c, text in enumerate(row)))
            )
            rows = []
        if line.strip():
            blocks.append(Paragraph(line))
    return Content(tuple(blocks))


@settings(max_examples=25)
@given(reports())
def test_data_are_the_same_report(data):
    report = AnnualReport.model_validate(data)
    content = render(report, format="json", allow_findings=True)
    assert loads(content) == report


def test_data_are_laid_out_for_people(seed, tmp_path):
    render(seed, tmp_path / "x.json", allow_findings=True)
    text = (tmp_path / "x.json").read_text(encoding="utf-8")
    assert text.startswith('{\n  "edition": "2021",\n  "agency": "石嘴山市民政局",\n')
    assert json.loads(text) == seed.model_dump(mode="json")


@pytest.mark.parametrize("name", ["seed", "large_city", "housing_bureau"])
def test_plain_text_reads_back(name, request):
    report = request.getfixturevalue(name)
    content = render(report, format="txt", allow_findings=True)
    reading = recognise(pasted(content.decode()), "x.txt")
    assert reading.report == report


def test_plain_text_is_a_paragraph_a_line_and_a_tab_between_cells(seed):
    lines = render(seed, format="txt", allow_findings=True).decode().splitlines()
    assert lines[:2] == ["石嘴山市民政局", "2023年政府信息公开工作年度报告"]
    assert "规章\t0\t0\t0" in lines
    assert "行政许可\t7\t\t" in lines
    assert "\t（三）不予公开\t1.属于国家秘密\t0\t0\t0\t0\t0\t0\t0" in lines


def test_breaks_within_a_paragraph_become_spaces(seed):
    narrative = [{"body": [{"text": "甲\t乙\n丙"}, {"text": "丁", "emphasis": True}]}]
    report = AnnualReport.model_validate(seed.model_dump() | {"overview": narrative})
    assert "甲 乙 丙**丁**" in render(report, format="txt", allow_findings=True).decode().splitlines()
