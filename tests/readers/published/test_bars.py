"""Tables with a bar after each cell, whose rows blank cells break, or whose cells are lines."""

from __future__ import annotations

import random

import pytest
from conftest import ends_soon
from found_blocks import sheet

from annual_report.form import registry
from annual_report.readers.blocks import Paragraph, Table
from annual_report.readers.match import place
from annual_report.readers.published.bars import rows_across_lines
from annual_report.readers.published.figures import sums
from annual_report.readers.published.text import parse

SECTIONS = ("proactive_disclosure", "applications", "disputes")
every_table = pytest.mark.parametrize(
    ("edition", "section"),
    [
        (edition, section)
        for edition in ("2019", "2021")
        for section in ("proactive_disclosure", "applications", "disputes")
    ],
)


def with_bars(found, *, is_line_each: bool) -> str:
    """Write a table as text: a bar after each cell, a line before it where it is blank, and bars up to the width."""
    text = ""
    for number in range(found.height):
        row = found.row(number)
        for box in row:
            text += f"{box.text} |" + ("\n" if is_line_each else " ") if box.text else "\n| "
        text += "|" * (found.width - len(row)) + "\n"
    lines = [line.strip() for line in text.splitlines()]
    return "\n".join(line for line in lines if line).rstrip("|").rstrip() + " |"


def placed(text: str, edition: str, section: str):
    tables = [block for block in parse(text.encode()).blocks if isinstance(block, Table)]
    return place(tables, registry.find(edition).grids[section], section)


def numbers(edition: str, section: str, blank: float) -> list[str]:
    """Draw numbers and add them up, and leave some blank."""
    rng = random.Random(f"{edition} {section} {blank}")
    grid = registry.find(edition).grids[section]
    drawn = {value.path: 0 if rng.random() < blank else rng.randint(1, 999) for value in grid.values}
    drawn |= {total: sum(drawn[part] for part in parts) for total, parts in sums(grid).items()}
    return [str(drawn[value.path] or "") for value in grid.values]


@every_table
@pytest.mark.parametrize("is_line_each", [True, False], ids=["a cell a line", "a row a line"])
@pytest.mark.parametrize("blank", [0.0, 0.5, 0.9])
def test_every_cell_is_read(edition, section, is_line_each, blank):
    grid = registry.find(edition).grids[section]
    printed = numbers(edition, section, blank)
    placement = placed(with_bars(sheet(section, grid, printed), is_line_each=is_line_each), edition, section)
    for value, text in zip(grid.values, printed, strict=True):
        assert value.path in placement.doubtful or placement.cells[value.path].text == text
    if not blank:
        assert not placement.doubtful
    elif section != "disputes":  # one bar that fills up a row and is a line of its own may be a blank cell
        begin_groups = {"granted", "state_secret", "not_held", "petition_or_complaint", "correction_overdue"}
        rows = {path.split(".")[-2] for path in placement.doubtful if is_line_each}
        assert rows <= begin_groups


def test_rows_end_where_they_are_filled_up_and_the_last_where_the_table_does():
    lines = ["第二十条 |", "|||", "规章 |", "1 |", "|", "2 |", "许可 |", "7 |", "||", "强制 |", "9 |"]
    assert rows_across_lines(lines) == [["第二十条"], ["规章", "1", "", "2"], ["许可", "7"], ["强制", "9"]]


def test_a_single_bar_that_fills_up_a_row_is_no_cell():
    lines = ["甲 | 乙 | ||", "丙 | 1 |", "| |", "丁 | 2 | 3 | |"]
    assert rows_across_lines(lines) == [["甲", "乙"], ["丙", "1", ""], ["丁", "2", "3"]]


@pytest.mark.parametrize(
    "lines",
    [
        ["甲 | 1 |", "乙 | 2 |"],
        ["甲 |", "1 |", "乙 |", "2 |"],
        ["| 甲 | |||", "| 1 | 2 | 3 | 4 |"],
        ["甲 | |||", "乙 | | | 2 | "],
        ["甲 | |||", "乙 | 1 | 2 | 3 | 4 |", "丙 | |||"],
        ["甲 | || 乙 |", "丙 | |||"],
        ["甲|||", "乙|1|2|"],
        ["甲 |", "||", "1 |", "2 |", "3 |", "4 |"],
    ],
    ids=[
        *("equal", "a cell a line", "bar first", "blank cell", "a cell too many", "filled up within", "without spaces"),
        "a number too many",
    ],
)
def test_nothing_is_guessed_where_rows_may_end_elsewhere(lines):
    assert rows_across_lines(lines) is None


def test_a_word_alone_in_the_last_row_is_kept():
    assert rows_across_lines(["甲 |", "|||", "乙 | 1 | 2 | 3 |", "注 |"])[-1] == ["注"]


def test_the_text_of_a_cell_may_stand_above_its_bar():
    blocks = parse("前言\n甲 |\n|||\n行政规范性文件\n|\n1 |\n2 |\n3 |\n后记\n".encode()).blocks
    assert [block.text for block in blocks if isinstance(block, Paragraph)] == ["前言", "后记"]
    (table,) = (block for block in blocks if isinstance(block, Table))
    assert [cell.text for cell in table.cells] == ["甲", "行政规范性文件", "1", "2", "3"]


@ends_soon
def test_a_very_long_line_of_blank_cells_is_a_row():
    assert len(rows_across_lines(["甲 |", "| " * 500_000, "|||"])) == 1
