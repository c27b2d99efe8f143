"""A report as data again, and as plain text for pasting."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from strategies import reports

from annual_report import AnnualReport, Style, loads, render
from annual_report.document.blocks import Table as TableBlock
from annual_report.document.compose import compose
from annual_report.readers.blocks import Cell, Content, Paragraph, Table
from annual_report.readers.published.recognise import recognise
from annual_report.writers.json_data import without_totals
from annual_report.writers.plain_text import write


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


@pytest.mark.parametrize(
    ("name", "day", "end"),
    [
        ("某局", "2025-01-05", ["六、其他需要报告的事项", "", "无。", "", "某局", "2025年1月5日"]),
        (None, "2025-01-05", ["六、其他需要报告的事项", "", "无。", "", "2025年1月5日"]),
        ("某局", None, ["六、其他需要报告的事项", "", "无。", "", "某局"]),
        (None, None, ["", "六、其他需要报告的事项", "", "无。"]),
    ],
)
def test_plain_text_sets_titles_sections_and_the_signature_apart(name, day, end):
    said = {
        "overview": "（一）主动公开情况\n（二）培训。开展3次。",
        "other_matters": "无。",
        "issued_by": name,
        "issued_on": day,
    }
    report = AnnualReport.model_validate(AnnualReport.blank(agency="某局", year=2024).model_dump(mode="json") | said)
    text = render(report, format="txt", allow_findings=True).decode()
    lines = text.split("\n")
    assert lines[:6] == ["某局", "2024年政府信息公开工作年度报告", "", "", "一、总体情况", ""]
    assert lines[6:9] == ["（一）主动公开情况", "（二）培训。开展3次。", ""]
    assert lines[-len(end) - 1 :] == [*end, ""]


def test_data_end_with_a_line_break_and_amounts_are_plain_digits(seed):
    report = seed.with_values({"proactive_disclosure.fees.amount": "0.0000001"})
    assert render(report, format="json").endswith(b"}\n")
    assert without_totals(report)["proactive_disclosure"]["fees"] == {"amount": "0.0000001"}


def test_breaks_within_a_paragraph_become_spaces(seed):
    narrative = [{"body": [{"text": "甲\t乙\n丙"}, {"text": "丁", "emphasis": True}]}]
    report = AnnualReport.model_validate(seed.model_dump() | {"overview": narrative})
    assert "甲 乙 丙**丁**" in render(report, format="txt", allow_findings=True).decode().splitlines()


def test_a_tab_in_the_title_becomes_a_space(seed):
    report = seed.with_values({"title": "某局\t年度报告"})
    assert render(report, format="txt").decode().splitlines()[0] == "某局 年度报告"


def test_a_label_of_several_lines_is_within_its_row(seed):
    document = compose(seed)
    (disputes,) = (block for block in document.blocks if isinstance(block, TableBlock) and block.key == "disputes")
    label, *others = disputes.grid.cells
    grid = replace(disputes.grid, cells=(label._replace(text="行政\n复议"), *others))
    lines = write(replace(document, blocks=(replace(disputes, grid=grid),)), Style()).decode().splitlines()
    assert len(lines) == disputes.grid.height
    assert lines[0].startswith("行政 复议\t")
