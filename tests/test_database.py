"""A database in a temporary file: it ends with what uses it, and says why it cannot be written."""

from __future__ import annotations

import pickle
import sqlite3
import tempfile
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annual_report import UnusableInputError
from annual_report.database import TemporaryDatabase, from_key, key

SCHEMA = "CREATE TABLE names (name BLOB)"


def test_a_database_that_is_no_longer_used_is_closed():
    connection = TemporaryDatabase(SCHEMA)._connection
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        connection.execute("SELECT 1")


def test_a_database_is_closed_at_the_end_of_its_block():
    with TemporaryDatabase(SCHEMA) as disk:
        disk.execute("INSERT INTO names VALUES (?)", b"x")
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        disk.execute("SELECT 1")


def test_a_database_may_be_used_and_ended_in_another_thread():
    found = []

    def use(disk):
        disk.execute("INSERT INTO names VALUES (?)", b"x")
        found.extend(disk.execute("SELECT name FROM names"))
        disk.close()

    thread = threading.Thread(target=use, args=[TemporaryDatabase(SCHEMA)])
    thread.start()
    thread.join()
    assert found == [(b"x",)]


def test_a_database_that_cannot_grow_names_the_folder_of_temporary_files():
    with TemporaryDatabase(SCHEMA) as disk:
        disk.execute("PRAGMA max_page_count = 2")
        with pytest.raises(UnusableInputError) as caught:
            disk.execute("INSERT INTO names VALUES (?)", b"x" * 1_000_000)
    assert caught.value.text("zh").startswith(f"{tempfile.gettempdir()}: 无法写临时文件（")


def test_a_pickled_database_is_another_one_with_the_same_content():
    with TemporaryDatabase(SCHEMA) as disk:
        disk.execute("INSERT INTO names VALUES (?)", b"x" * 1_000_000)
        disk.execute("INSERT INTO names VALUES (?)", b"\xff")
        copied = pickle.loads(pickle.dumps(disk))
        disk.execute("DELETE FROM names")
    copied.execute("INSERT INTO names VALUES (?)", b"y")
    assert [name for (name,) in copied.execute("SELECT name FROM names")] == [b"x" * 1_000_000, b"\xff", b"y"]
    assert copied.execute("PRAGMA database_list").fetchone()[2] == ""  # a temporary file


@given(st.text(st.characters()))
def test_a_name_comes_back_from_its_key_even_if_it_is_not_unicode(name):
    assert from_key(key(name)) == name
