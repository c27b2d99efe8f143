"""The grids that are derived from the model classes, against the form as the state words it."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, strategies
from strategies import amounts

from annual_report.form import registry
from annual_report.form.grid import Role
from annual_report.form.sections import SECTIONS, TOPICS
from annual_report.form.values import MAX_COUNT
from annual_report.report.places import section_title

BANDS = {
    name: tomllib.loads(Path(__file__).with_name(f"edition-{name}.toml").read_text(encoding="utf-8"))[
        "proactive_disclosure"
    ]
    for name in ("2019", "2021")
}


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
    assert edition.must_report == form["sections"][-1].get("must_report", "")
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


def test_labels_lead_to_one_value_of_all_398():
    total = 0
    for edition in registry.known():
        for grid in edition.grids.values():
            chains = [value.labels for value in grid.values]
            assert len(set(chains)) == len(chains)
            total += len(chains)
    assert total == 398


def test_a_cell_says_what_it_is(edition):
    for key, grid in edition.grids.items():
        roles = {role: sum(cell.role == role for cell in grid.cells) for role in get_args(Role)}
        assert grid.layout == {"proactive_disclosure": "banded", "applications": "crossed", "disputes": "spread"}[key]
        assert roles["band"] == (len({item["band"] for item in BANDS[edition.id]}) if grid.layout == "banded" else 0)
        assert roles["spine"] == (grid.layout == "crossed")
        assert roles["total"] == sum(not value.adds_up for value in grid.values)
        assert roles["data"] == sum(value.adds_up for value in grid.values)


@given(strategies.data())
def test_a_cell_reads_what_it_prints(data):
    edition = data.draw(strategies.sampled_from(registry.known()))
    grid = data.draw(strategies.sampled_from(list(edition.grids.values())))
    cell = data.draw(strategies.sampled_from(grid.values))
    low = -MAX_COUNT if cell.signed else 0
    value = data.draw(strategies.integers(low, MAX_COUNT)) if cell.is_count else Decimal(data.draw(amounts))
    assert cell.parse(cell.print(value)) == value
    assert cell.print(cell.parse(cell.print(value))) == cell.print(value)


@pytest.mark.parametrize("text", ["", " 1", "1 ", "01", "１", "1.0", "+1", "-1", "1元", "1,000", "一", "1" * 5000])
def test_a_count_reads_nothing_else(text):
    cell = registry.find("2021").grids["applications"].values[0]
    with pytest.raises(ValueError, match="not printed"):
        cell.parse(text)


def test_units_and_signs_must_be_as_printed():
    cells = {cell.path: cell for cell in registry.find("2019").grids["proactive_disclosure"].values}
    assert cells["fees.items_change"].parse("+3") == 3
    assert cells["central_procurement.amount"].parse("12.50元") == Decimal("12.50")
    for path, text in [
        ("fees.items_change", "3"),
        ("central_procurement.amount", "12.50"),
        ("fees.items_change", "+0"),
    ]:
        with pytest.raises(ValueError, match="not printed"):
            cells[path].parse(text)
