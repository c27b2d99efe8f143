"""The one walk over the classes of a table."""

from __future__ import annotations

import pytest

from annual_report.form import registry
from annual_report.form.fields import leaves, rows, trail, walk

EDITIONS = registry.known()


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda edition: edition.id)
def test_leaves_are_the_values_of_the_grid_in_its_order(edition):
    for key, grid in edition.grids.items():
        walked = [(leaf.path, leaf.labels) for leaf in leaves(edition.tables[key])]
        assert walked == [(value.path, value.labels) for value in grid.values]


def test_a_total_comes_last_wherever_it_is_declared():
    for edition in EDITIONS:
        for model in edition.tables.values():
            nodes = list(walk(model))
            while nodes:
                node = nodes.pop()
                nodes += node.children
                assert [child.key for child in node.children].count("total") <= 1
                assert not node.children or "total" not in [child.key for child in node.children[:-1]]


def test_rows_are_what_has_a_total_of_counts():
    assert [row.path for row in rows(registry.find("2021").disputes)] == [
        "reconsideration",
        "litigation.direct",
        "litigation.after_reconsideration",
    ]
    assert len(list(rows(registry.find("2021").applications))) == 25


def test_everything_in_a_row_of_totals_is_a_total():
    totals = {leaf.path for leaf in leaves(registry.find("2021").applications) if leaf.is_total}
    assert {"outcomes.total.natural_person", "outcomes.total.total", "received.total"} <= totals
    assert "received.natural_person" not in totals


def test_a_trail_ends_where_the_form_does():
    model = registry.find("2021").applications
    assert [node.key for node in trail(model, ["outcomes", "refused", "state_secret", "total"])] == [
        "outcomes",
        "refused",
        "state_secret",
        "total",
    ]
    assert [node.key for node in trail(model, ["outcomes", "recieved", "total"])] == ["outcomes"]
    assert trail(model, ["recieved"]) == ()
