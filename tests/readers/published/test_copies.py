"""A report that a page holds twice is read once, and nothing else is left out."""

from __future__ import annotations

from dataclasses import replace

import pytest
from found_blocks import content

from annual_report.readers.blocks import Content, Location, Paragraph, Remark, Table
from annual_report.readers.published.copies import without_copy

SAID = Remark("page.said", "info", "x")


@pytest.fixture
def blocks(seed):
    return content(seed, marked=False).blocks


def at(blocks, kind):
    return [index for index, block in enumerate(blocks) if isinstance(block, kind)]


@pytest.mark.parametrize("between", ["发布日期：2024-01-15", "【关闭窗口】", "联系我们"])
def test_lines_of_the_page_between_the_copies_and_after_them_are_kept(blocks, between):
    line, last = Paragraph(between), Paragraph("其他文字。")
    assert without_copy(Content((*blocks, line, *blocks, last))).blocks == (*blocks, line, last)


def test_the_remark_has_the_place_of_what_is_left_out_and_others_stay(blocks):
    place = Location(paragraph=99)
    copy = (replace(blocks[0], location=place), *blocks[1:])
    found = without_copy(Content((*blocks, *copy), remarks=(SAID,)))
    assert [(remark.id, remark.location) for remark in found.remarks] == [
        (SAID.id, SAID.location),
        ("report.twice", place),
    ]


def test_spaces_and_line_breaks_make_no_difference(blocks):
    spaced = [
        replace(block, text=f" {block.text[:1]}\n{block.text[1:]}")
        if isinstance(block, Paragraph)
        else replace(block, cells=tuple(cell._replace(text=f"{cell.text} ") for cell in block.cells))
        for block in blocks
    ]
    assert without_copy(Content((*blocks, *spaced))).blocks == blocks


def test_what_follows_the_copies_is_kept_even_if_it_begins_like_them(blocks):
    assert without_copy(Content((*blocks, *blocks, blocks[0]))).blocks == (*blocks, blocks[0])


def test_tables_with_the_same_words_in_other_places_are_no_copies(blocks):
    last = at(blocks, Table)[-1]
    cells = blocks[last].cells
    moved = replace(blocks[last], cells=(*cells[:-1], cells[-1]._replace(row=cells[-1].row + 1)))
    whole = Content((*blocks, *blocks[:last], moved, *blocks[last + 1 :]))
    assert without_copy(whole) is whole


@pytest.mark.parametrize("kind", [Paragraph, Table])
def test_what_is_not_a_whole_report_is_not_left_out(blocks, kind):
    """Without a heading, or with section three's table once more in place of section four's."""
    headings = [index for index in at(blocks, Paragraph) if blocks[index].text.startswith("五、")]
    tables = at(blocks, Table)
    part = list(blocks)
    if kind is Table:
        part[tables[-1]] = part[tables[1]]
    else:
        del part[headings[0]]
    whole = Content((*part, *part))
    assert without_copy(whole) is whole


@pytest.mark.parametrize("between", ["另一段文字。", "2024年1月15日"])
def test_other_text_between_the_copies_is_doubtful(blocks, between):
    whole = Content((*blocks, Paragraph(between), *blocks))
    assert without_copy(whole) is whole
