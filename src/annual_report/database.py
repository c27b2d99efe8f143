"""A database in a temporary file, so that memory use does not grow with the number of reports."""

from __future__ import annotations

import sqlite3
import tempfile
import weakref
from contextlib import closing
from typing import Any, Self

from annual_report.errors import Problem, UnusableInputError
from annual_report.messages import message


class TemporaryDatabase:
    """An SQLite database in an unnamed file, deleted when it is closed or no longer used.

    Parameters
    ----------
    schema
        The statement that creates its tables.
    """

    def __init__(self, schema: str) -> None:
        self._open()
        self._connection.executescript(schema)

    def _open(self) -> None:
        # In whatever thread this object ends, its connection is closed.
        self._connection = sqlite3.connect("", check_same_thread=False)
        weakref.finalize(self, self._connection.close)

    def __getstate__(self) -> bytes:
        """Return the content, for a copy in another process."""
        self._connection.commit()  # or it could not be copied
        return self._connection.serialize()

    def __setstate__(self, content: bytes) -> None:
        """Create a database with the same content."""
        self._open()
        with closing(sqlite3.connect(":memory:")) as memory:
            memory.deserialize(content)
            memory.backup(self._connection)

    def __enter__(self) -> Self:
        """Return the database."""
        return self

    def __exit__(self, *_: object) -> None:
        """Remove the database."""
        self.close()

    def close(self) -> None:
        """Remove the database."""
        self._connection.close()

    def execute(self, statement: str, *parameters: Any) -> sqlite3.Cursor:
        """Execute a statement.

        Raises
        ------
        UnusableInputError
            The temporary file cannot be written.
        """
        try:
            return self._connection.execute(statement, parameters)
        except sqlite3.OperationalError as error:
            reason = message("temporary files cannot be written ({reason})", reason=str(error))
            raise UnusableInputError([Problem(reason)], tempfile.gettempdir()) from error


def key(name: str) -> bytes:
    """Return a name as stored in the database; file names need not be valid Unicode."""
    return name.encode("utf-8", "surrogatepass")


def from_key(key: bytes) -> str:
    """Return the name of a key."""
    return key.decode("utf-8", "surrogatepass")
