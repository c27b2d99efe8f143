"""A table made of the fields of its cells is the table of these cells."""

from __future__ import annotations

import pickle
from dataclasses import replace

import pytest

from annual_report.readers.blocks import Cell, Location, Table

CELLS = tuple(
    Cell(row, column, 1, 2 - column, text, Location(table=3, row=row + 1, column=column + 1))
    for row, texts in enumerate((("甲", "乙"), ("1", "")))
    for column, text in enumerate(texts)
)
PLAIN = Table(CELLS, Location(table=3))


@pytest.fixture
def table():
    return Table.of(PLAIN.fields, Location(table=3))


def test_it_has_the_same_cells_fields_and_texts(table):
    assert table.texts == ("甲", "乙", "1", "")
    assert table.fields == PLAIN.fields
    assert table.cells == CELLS


def test_it_is_the_same_table(table):
    assert table == PLAIN
    assert hash(table) == hash(PLAIN)
    assert repr(table) == repr(PLAIN)


def test_it_can_be_changed_and_sent_to_another_process(table):
    assert replace(table, cells=CELLS[:1]) == Table(CELLS[:1], Location(table=3))
    assert pickle.loads(pickle.dumps(table)) == PLAIN


def test_it_has_nothing_else(table):
    with pytest.raises(AttributeError, match="rows"):
        _ = table.rows


def test_a_table_without_cells_has_empty_fields():
    assert Table(()).fields == ((),) * 5
