"""Text that a file lays out in tables is text."""

from __future__ import annotations

from itertools import accumulate

import pytest
from conftest import ends_soon

from annual_report.readers.blocks import Cell, Paragraph, Table
from annual_report.readers.published.unfold import split, unfolded


def grid(*rows):
    return Table(
        tuple(Cell(row, column, 1, 1, text) for row, cells in enumerate(rows) for column, text in enumerate(cells))
    )


@pytest.mark.parametrize(
    "rows",
    [
        [["", "云川县水利局"], ["", "2024年1月18日"]],
        [["", "云川县水利局\n2024年1月18日"]],
        [["云川县水利局"], ["2024年1月18日"]],
    ],
)
def test_a_table_with_one_cell_of_words_in_a_row_is_paragraphs(rows):
    found = list(unfolded([grid(*rows)]))
    assert [block.text for block in found] == ["云川县水利局", "2024年1月18日"]
    assert all(isinstance(block, Paragraph) for block in found)


@pytest.mark.parametrize("rows", [[["局", "12"], ["", ""]], [["", "12"]], [["", ""]], [["甲", "乙"], ["", "丙"]]])
def test_a_table_with_numbers_or_cells_beside_each_other_stays_one(rows):
    table = grid(*rows)
    assert list(unfolded([table])) == [table]


def test_short_lines_between_headings_in_one_table_are_kept():
    rows = [["一、总体情况"], ["本局依法公开。"], ["（一）公开"], ["六、其他需要报告的事项"], ["无。"]]
    found = list(unfolded([grid(*(["", *row] for row in rows))]))
    assert [block.text for block in found] == [text for (text,) in rows]


def in_lines(*lines, **options):
    *starts, _ = accumulate(map(len, lines))
    return Paragraph("".join(lines), lines=tuple(starts), **options)


@pytest.mark.parametrize("title", ["主动公开政府信息情况", "总体情况"])
@pytest.mark.parametrize("number", ["二、", "第二部分 ", "（二）", "2."])
@pytest.mark.parametrize(("before", "after"), [(["甲乙", "丙"], []), (["甲乙"], ["丙", "丁"]), ([], ["丙"])])
def test_a_line_that_is_a_sections_heading_is_a_paragraph_of_its_own(number, title, before, after):
    heading = number + title
    found = split([in_lines(*before, heading, *after)])
    expected = ["".join(before), heading, "".join(after)]
    assert [block.text for block in found] == [text for text in expected if text]


@pytest.mark.parametrize("rest", ["情况", "况"])
def test_a_heading_on_two_lines_is_one_paragraph(rest):
    heading = "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况"
    found = split([in_lines("甲乙", heading.removesuffix(rest), rest)])
    assert [block.text for block in found] == ["甲乙", heading]


@ends_soon
def test_very_many_lines_like_numbered_headings_are_text():
    assert len(list(split([in_lines(*["一、"] * 300_000)]))) == 1


def test_emphasis_stays_where_it_is_when_a_paragraph_is_split_at_a_heading():
    lines = ["甲乙", "一、总体情况", "丙丁"]
    found = list(split([in_lines(*lines, emphasis=((1, 2), (9, 10)))]))
    assert [(block.text, block.emphasis) for block in found] == [
        ("甲乙", ((1, 2),)),
        ("一、总体情况", ()),
        ("丙丁", ((1, 2),)),
    ]


@pytest.mark.parametrize("line", ["二、三产业", "二、主动公开政府信息情况，", "主动公开政府信息情况", "（二）其他工作"])
def test_other_lines_within_a_paragraph_stay_in_it(line):
    paragraph = in_lines("推进", line, "发展")
    assert list(split([paragraph])) == [paragraph]
