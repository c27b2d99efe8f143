"""Plain text, and tables pasted with tabs between their cells."""

from __future__ import annotations

from dataclasses import replace

import pytest
from conftest import ROOT
from found_blocks import content, sheets, unmerged

from annual_report import UnusableInputError, read
from annual_report.readers.blocks import Location, Paragraph, Table
from annual_report.readers.published.text import parse


def texts(text: str, encoding: str = "utf-8") -> list:
    blocks = parse(text.encode(encoding)).blocks
    return [block.text if isinstance(block, Paragraph) else rows(block) for block in blocks]


def rows(table: Table) -> list[list[str]]:
    height = max(cell.row for cell in table.cells) + 1
    return [[cell.text for cell in table.cells if cell.row == row] for row in range(height)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\f"])
def test_lines_are_paragraphs(encoding, end):
    assert texts(f"题{end}{end}\u3000\u3000一、总体情况 {end}", encoding) == ["题", "一、总体情况"]


def test_lines_with_tabs_are_a_table():
    assert texts("甲\n规章\t1\t0\n许可\t7\n乙\n\n丙\t2\n") == [
        "甲",
        [["规章", "1", "0"], ["许可", "7"]],
        "乙",
        [["丙", "2"]],
    ]


def test_empty_fields_are_cells_at_either_end():
    assert texts("\t3.其他\t\n\t\t5") == [[["", "3.其他", ""], ["", "", "5"]]]


def test_a_tab_before_or_after_words_alone_makes_a_cell():
    assert texts("第二十条第（八）项\t\n信息内容\t金额") == [[["第二十条第（八）项", ""], ["信息内容", "金额"]]]


def test_one_tab_before_words_indents_them():
    assert texts("\t一、总体情况\n规章\t1") == ["一、总体情况", [["规章", "1"]]]


def test_a_blank_line_ends_a_table():
    assert texts("甲\t1\n\n乙\t2") == [[["甲", "1"]], [["乙", "2"]]]


def test_lines_of_tabs_alone_are_no_table():
    assert texts("甲\n\t\t\n乙") == ["甲", "乙"]


def test_lines_with_bars_are_a_table():
    assert texts("| 信息内容 | 件数 |\n|---|:-:|\n| 规章 | 1 | |\n许可 | | 7 |") == [
        [["信息内容", "件数"], ["规章", "1", ""], ["许可", "", "7"]]
    ]


def test_rules_below_each_row_of_a_head_are_left_out_and_rows_of_strokes_are_not():
    lines = ["| 表一 | |", "|---|---|", "| 信息内容 | 件数 |", "|:---|---:|", "| 规章 | 1 |", "| - | - |", "|---|---|"]
    (table,) = texts("\n".join(lines))
    assert table == [["表一", ""], ["信息内容", "件数"], ["规章", "1"], ["-", "-"], ["---", "---"]]


def test_a_line_may_begin_or_end_with_a_blank_cell_where_lines_do_not_with_a_bar():
    table = [["三、", "（一）", "1", "0"], ["", "（二）", "2", ""], ["", "（三）", "", "4"], ["四、", "", "5", "6"]]
    assert texts("\n".join(" | ".join(row) for row in table)) == [table]
    assert texts("\n".join(" | ".join(row) + " |" for row in table)) == [table]
    assert texts("\n".join("|" + "|".join(row) + "|" for row in table)) == [table]


@pytest.mark.parametrize("text", ["规章 |\n1 |", "规章\n|\n1\n|", "|\n 规章  |\n\n 1  |"])
def test_bars_after_one_cell_a_line_make_no_table(text):
    assert texts(text) == ["规章", "1"]


def test_lines_with_one_bar_are_a_table_if_one_has_a_number():
    text = "第二十条第（六）项\n信息内容| 本年处理决定数量  \n行政处罚| 5  \n行政强制| 0  \n第二十条第（八）项"
    table = [["信息内容", "本年处理决定数量"], ["行政处罚", "5"], ["行政强制", "0"]]
    assert texts(text) == ["第二十条第（六）项", table, "第二十条第（八）项"]
    assert texts("首页 | 政务公开\n网站地图 | 联系我们") == ["首页 | 政务公开", "网站地图 | 联系我们"]
    assert texts("前\n浏览次数 | 7\n后") == ["前", "浏览次数 | 7", "后"]


def test_strokes_in_the_first_row_are_no_rule():
    assert texts("| - | - |\n| 1 | 2 |") == [[["-", "-"], ["1", "2"]]]


def test_one_bar_between_words_is_text():
    assert texts("某局2024年年报 | 某市人民政府") == ["某局2024年年报 | 某市人民政府"]


def test_places_are_lines_of_the_file_and_cells_of_its_tables():
    blocks = parse("\n题\n甲\t1\n".encode()).blocks
    assert [block.location for block in blocks] == [Location(paragraph=2), Location(table=1)]
    assert blocks[1].cells[1].location == Location(table=1, row=1, column=2)


def test_characters_without_width_are_left_out():
    assert texts("信\u200b息\ufeff") == ["信息"]


@pytest.mark.parametrize("text", ["", "\n \n", "\t\n"])
def test_a_file_without_text_is_refused(text):
    with pytest.raises(UnusableInputError, match="没有文字"):
        parse(text.encode())


@pytest.mark.parametrize(("text", "says"), [("甲" * 2_000_000, "过长"), ("甲" + "\t1" * 300, "200 列")])
def test_what_is_too_large_is_refused(text, says):
    with pytest.raises(UnusableInputError, match=says):
        parse(text.encode())


def test_a_pasted_report_has_its_tables_in_pieces():
    path = ROOT.parent / "shared" / "seed" / "shizuishan-civil-affairs-2023.txt"
    if not path.exists():
        pytest.skip("shared/seed/shizuishan-civil-affairs-2023.txt is missing")
    blocks = parse(path.read_bytes()).blocks
    tables = [rows(block) for block in blocks if isinstance(block, Table)]
    assert [len(table) for table in tables] == [11, 3, 25, 3, 4]
    assert tables[1] == [
        ["第二十条第（八）项", ""],
        ["信息内容", "本年收费金额（单位：万元）"],
        ["行政事业性收费", "0"],
    ]
    assert tables[3][0] == ["", "3.其他", "0", "0", "0", "0", "0", "0", "0"]


@pytest.mark.parametrize("bars", ["{} |", "| {} |", "{}"])
@pytest.mark.parametrize("report", ["seed", "large_city"])
def test_a_number_that_is_deleted_with_its_bar_is_never_another_one(report, bars, request):
    report = request.getfixturevalue(report)
    tables = {key: unmerged(sheet, repeat=False) for key, sheet in sheets(report).items()}
    assert read(with_bars(report, tables, bars)).report.values == report.values
    in_doubt = 0
    for key, sheet in tables.items():
        numbers = [box for box in sheet.boxes if box.path]
        for box in numbers[len(bars) :: 5]:
            rest = replace(sheet, boxes=[other for other in sheet.boxes if other is not box])
            reading = read(with_bars(report, {**tables, key: rest}, bars))
            assert reading.report is None, box.path
            in_doubt += 1
    assert in_doubt > 30


def with_bars(report, tables, bars):
    """Give a report as text, with bars between the cells of its tables."""
    lines = []
    for block in content(report, {key: [Paragraph(key)] for key in tables}, marked=False).blocks:
        lines += _rows_of(tables[block.text], bars) if block.text in tables else [block.text]
    return "\n".join(lines).encode()


def _rows_of(sheet, bars):
    rows = [[box.text.replace("\n", "") for box in sheet.row(row)] for row in range(sheet.height)]
    return [bars.format(" | ".join(row)) for row in rows]
