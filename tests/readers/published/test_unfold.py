"""Text that a file lays out in tables is text."""

from __future__ import annotations

import pytest

from annual_report.readers.blocks import Cell, Paragraph, Table
from annual_report.readers.published.unfold import unfolded


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
