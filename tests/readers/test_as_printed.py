"""What is found in a table as the form prints it is what comparing its labels finds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annual_report.form import registry
from annual_report.readers import match
from annual_report.readers.as_printed import filled_in, is_as_printed, with_whole_spines
from annual_report.readers.blocks import Cell, Table
from annual_report.readers.published.figures import figures, figures_as_printed
from annual_report.readers.published.quantities import other_quantity

TABLES = [(key, grid) for edition in registry.known() for key, grid in edition.grids.items()]
every_table = pytest.mark.parametrize(("section", "grid"), TABLES)
every_grid = pytest.mark.parametrize("grid", [grid for _, grid in TABLES])


def with_values(grid, texts):
    """A table as the form prints it, with a text for each of its values."""
    values = iter(texts)
    cells = zip(grid.cells, filled_in(grid).cells, strict=True)
    return Table(tuple(cell._replace(text=next(values)) if own.is_value else cell for own, cell in cells))


@every_table
@settings(max_examples=15)
@given(data=st.data())
def test_the_cells_are_those_that_the_labels_tell(section, grid, data):
    numbers = st.sampled_from(["0", "7", "12", "+3", "-", "／", "1.5", "22（其中修订16件）", "３", "5件", "", " "])
    count = len(grid.values)
    table = with_values(grid, data.draw(st.lists(numbers, min_size=count, max_size=count)))
    if is_as_printed([table], grid):
        assert match.place([table], grid, section) == match.place_by_labels([table], grid, section)


@every_table
@settings(max_examples=15)
@given(data=st.data())
def test_numbers_as_the_form_prints_them_are_read_as_cell_by_cell(section, grid, data):
    numbers = data.draw(st.lists(st.integers(0, 999_999_999), min_size=len(grid.values), max_size=len(grid.values)))
    texts = [value.print(number) for value, number in zip(grid.values, numbers, strict=True)]
    table = with_values(grid, texts)
    assert match.texts_as_printed(table, grid, section) == texts
    assert figures_as_printed(texts, grid, []) == figures(match.place([table], grid, section), grid, [], 2024)


@every_grid
@pytest.mark.parametrize(
    "odd", ["", "-", "05", "３", "1\n2", "+ 5", "7[1]", "①", "约20", "9999999999999", "22（其中修订16件）"]
)
def test_a_table_with_anything_unusual_is_not_read_as_printed(grid, odd):
    texts = [value.print(1) for value in grid.values]
    assert figures_as_printed([odd, *texts[1:]], grid, []) is None


@every_table
def test_a_table_whose_unit_or_labels_are_stated_otherwise_is_not_read_as_printed(section, grid):
    assert figures_as_printed([value.print(1) for value in grid.values], grid, ["单位：万元"]) is None
    reworded = with_values(grid, ["1"] * len(grid.values))
    spaced = Table(tuple(cell._replace(text=cell.text + " ") for cell in reworded.cells))
    assert is_as_printed([spaced], grid)
    assert match.texts_as_printed(spaced, grid, section) == []


@every_table
def test_labels_may_have_other_widths_and_spaces(section, grid):
    table = filled_in(grid)
    spaced = Table(tuple(cell._replace(text=" ".join(cell.text).replace("（", "(\n")) for cell in table.cells))
    assert is_as_printed([spaced], grid)
    assert match.place([spaced], grid, section) == match.place_by_labels([spaced], grid, section)


@every_table
def test_the_form_s_own_labels_name_no_other_quantity(section, grid):
    own = match.place([filled_in(grid)], grid, section)
    assert own.has_own_labels
    for value in grid.values:
        stub = own.stubs.get(value.path)
        labels = [cell.text for cell in (*own.headings[value.path], *([stub] if stub else []))]
        assert all(other_quantity(labels, value, year) is None for year in (None, 2019, 2024))


@every_table
def test_labels_with_more_than_the_form_s_are_not_its_own(section, grid):
    for mark in ("²⁰²³", "\u200b", " "):
        more = Table(tuple(cell._replace(text=cell.text + mark) for cell in filled_in(grid).cells))
        assert not match.place([more], grid, section).has_own_labels


@every_grid
def test_another_label_span_or_text_is_compared(grid):
    table = filled_in(grid)
    label = next(index for index, cell in enumerate(grid.cells) if cell.text)
    value = next(index for index, cell in enumerate(grid.cells) if cell.path)
    for index, change in ((label, {"text": "其他"}), (label, {"columns": 99}), (value, {"text": "见附件"})):
        cells = list(table.cells)
        cells[index] = cells[index]._replace(**change)
        assert not is_as_printed([Table(tuple(cells))], grid)
    assert not is_as_printed([Table(table.cells[:-1])], grid)
    assert not is_as_printed([table, table], grid)
    assert not is_as_printed([], grid)


@every_grid
def test_a_row_without_a_number_is_compared(grid):
    """Such a row may be mistaken for one of labels."""
    last = max(cell.row for cell in grid.cells if cell.path)
    cells = zip(grid.cells, filled_in(grid).cells, strict=True)
    blank = tuple(cell._replace(text="") if own.path and own.row == last else cell for own, cell in cells)
    assert not is_as_printed([Table(blank)], grid)


def test_a_label_that_is_repeated_within_its_rows_is_one():
    spine = [Cell(0, 0, 2, 1, "三、本年度办理结果"), Cell(0, 1, 1, 1, "1"), Cell(1, 1, 1, 1, "1")]
    rest = [Cell(2, 0, 2, 1, "三、本年度办理结果"), Cell(2, 1, 1, 1, "1"), Cell(3, 1, 1, 1, "1")]
    whole = with_whole_spines(Table((*spine, *rest))).cells
    assert [cell[:5] for cell in whole if cell.column == 0] == [(0, 0, 4, 1, "三、本年度办理结果")]
    assert [cell.text for cell in whole if cell.column == 1] == ["1"] * 4
