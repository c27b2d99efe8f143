"""Comparisons that this library wrote are refused in one sentence, and told by their form, not by marks."""

from __future__ import annotations

import pytest
from command_line import run
from found_blocks import content
from programs import require

from annual_report import UnusableInputError, compare, read, render
from annual_report.readers.blocks import Cell, Content, Table
from annual_report.readers.published.recognise import recognise

FORMATS = ["docx", "html", "txt", "xlsx", "json", "pdf"]


@pytest.fixture(params=[2, 3])
def comparison(seed, request):
    return compare([seed.model_copy(update={"year": seed.year - back}) for back in range(request.param)])


@pytest.mark.parametrize("format", FORMATS)
def test_a_comparison_is_refused_in_one_sentence(comparison, format):
    if format == "pdf":
        require("soffice")
    with pytest.raises(UnusableInputError) as caught:
        read(render(comparison, format=format), name=f"对比.{format}")
    assert [problem.message.text("zh") for problem in caught.value.problems] == [
        "这是历年数据对比，不是年度报告：请分别使用各年度的报告原件"
    ]


@pytest.mark.parametrize("command", ["check", "read"])
@pytest.mark.parametrize("format", ["docx", "json"])
def test_commands_refuse_a_comparison(comparison, command, format, tmp_path):
    render(comparison, tmp_path / f"对比.{format}")
    ran = run(command, f"对比.{format}", cwd=tmp_path)
    assert ran.returncode == 2
    assert ran.stderr.decode().strip().splitlines() == [
        f"对比.{format}: 这是历年数据对比，不是年度报告：请分别使用各年度的报告原件"
    ]


@pytest.mark.parametrize(
    "rows",
    [
        [["项目", "2022年", "2023年", "增减"], ["新收申请", "1", "2", "+1"]],
        [["年度", "新收申请"], ["2022年", "1"], ["2023年", "2"], ["增减", "+1"]],
    ],
)
def test_a_report_with_a_table_that_compares_years_is_read(seed, rows):
    cells = [Cell(row, column, 1, 1, text) for row, texts in enumerate(rows) for column, text in enumerate(texts)]
    blocks = content(seed).blocks
    reading = recognise(Content((*blocks[:3], Table(tuple(cells)), *blocks[3:])), "x.docx")
    assert reading.report == seed
    assert {one.id for one in reading.infos} == {"table.extra"}
