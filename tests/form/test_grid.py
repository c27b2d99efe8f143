"""The grids that are derived from the model classes, against the form as the state words it."""

from __future__ import annotations

import tomllib
from itertools import product
from pathlib import Path

import pytest

from annual_report.form import registry
from annual_report.form.sections import SECTIONS, TOPICS
from annual_report.report.places import section_title


@pytest.fixture(params=["2019", "2021"])
def form(request):
    return tomllib.loads(Path(__file__).with_name(f"edition-{request.param}.toml").read_text(encoding="utf-8"))


@pytest.fixture
def edition(form):
    return registry.find(form["edition"])


def test_the_sections_are_the_forms(form, edition):
    assert [(section["key"], section["title"]) for section in form["sections"]] == [
        (key, section_title(key)) for key in SECTIONS
    ]
    assert form["sections"][0]["expected_topics"] == list(TOPICS)
    assert (form["authority"], form["instrument"]) == (edition.document_number, edition.instrument)


def test_section_two_is_the_forms(form, edition):
    grid = edition.grids["proactive_disclosure"]
    expected = []
    for band in form["proactive_disclosure"]:
        expected += [[band["band"]], band["header"]]
        expected += [[row["label"], *(f"{row['key']}.{field}" for field in band["fields"])] for row in band["rows"]]
    assert rows(grid) == expected
    assert grid.width == 4


def test_section_three_is_the_forms(form, edition):
    grid = edition.grids["applications"]
    table, columns = form["applications"], form["applications"]["columns"]
    assert rows(grid)[:3] == [
        [table["corner"], table["heading"]],
        [columns[0]["label"], columns[1]["group"], columns[-1]["label"]],
        [column["label"] for column in columns if "group" in column],
    ]
    seen: set[str] = set()
    expected = []
    for row in table["rows"]:
        new = [label for depth, label in enumerate(row["labels"]) if str(row["labels"][: depth + 1]) not in seen]
        seen |= {str(row["labels"][: depth + 1]) for depth in range(len(row["labels"]))}
        expected.append([*new, *(f"{row['path']}.{column['key']}" for column in columns)])
    assert rows(grid)[3:] == expected
    assert grid.width == 10


def test_section_four_is_the_forms(form, edition):
    grid = edition.grids["disputes"]
    table = form["disputes"]
    labels = [column["label"] for column in table["columns"]]
    groups = [group["labels"] for group in table["groups"]]
    assert rows(grid) == [
        ["行政复议", "行政诉讼"],
        [*labels, groups[1][1], groups[2][1]],
        [*labels, *labels],
        [f"{group['path']}.{column['key']}" for group in table["groups"] for column in table["columns"]],
    ]
    assert (grid.height, grid.width) == (4, 15)


def test_cells_cover_every_place_once(edition):
    for grid in edition.grids.values():
        places = [
            place
            for cell in grid.cells
            for place in product(range(cell.row, cell.row + cell.rows), range(cell.column, cell.column + cell.columns))
        ]
        assert sorted(places) == list(product(range(grid.height), range(grid.width)))


def test_values_stand_in_the_order_of_their_cells(edition):
    for grid in edition.grids.values():
        assert [cell.path for cell in grid.cells if cell.is_value] == [value.path for value in grid.values]


def test_the_large_table_is_28_rows_by_10_columns():
    grid = registry.find("2021").grids["applications"]
    assert (grid.height, grid.width) == (28, 10)
    spine = next(cell for cell in grid.cells if cell.text == "三、本年度办理结果")
    assert (spine.rows, spine.columns) == (22, 1)


def rows(grid):
    return [[cell.text or cell.path for cell in grid.cells if cell.row == row] for row in range(grid.height)]
