"""The journal of a batch: what each document was made from, so that a later run can skip it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Self

from annual_report.batch.storage import LocalLog, RemoteLog, content_of, is_url, opened
from annual_report.database import TemporaryDatabase, key
from annual_report.errors import UnusableInputError
from annual_report.files import save
from annual_report.style import STYLES_KEPT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from annual_report.style import Style

NAME = "annual-report-batch.jsonl"

LINES_PER_DOCUMENT = 4
"""How many lines per document a journal may have before it is rewritten."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the journal.

    Parameters
    ----------
    document
        The document's name in its folder.
    source
        The report's name: its file, its line in a JSON Lines file, or agency and year.
    source_sha256
        The digest of the report's bytes.
    format
        The document's format.
    style_sha256
        The digest of its style.
    version
        The library's version.
    checked
        Whether a report whose numbers do not reconcile would have been refused.
    sha256
        The digest of the document's bytes.
    """

    document: str
    source: str
    source_sha256: str
    format: str
    style_sha256: str
    version: str
    checked: bool
    sha256: str

    def line(self) -> bytes:
        """Return the entry as a line of JSON; names that are not valid UTF-8 are kept as escapes."""
        values = {name: getattr(self, name) for name in self.__slots__}
        return json.dumps(values, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n"


class Journal:
    """The journal in the folder of a batch.

    Parameters
    ----------
    folder
        The folder, or its URL.

    Raises
    ------
    UnusableInputError
        The journal cannot be written.
    """

    def __init__(self, folder: str) -> None:
        self.location = location(folder)
        self.error: UnusableInputError | None = None
        """Why lines could not be written; the batch continues, and a later run renders their documents again."""
        self._known = TemporaryDatabase("CREATE TABLE entries (document BLOB PRIMARY KEY, line BLOB)")
        self._log = self._opened(self._load())

    def __enter__(self) -> Self:
        """Return the journal."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the journal."""
        self._known.close()
        try:
            self._log.close()
        except UnusableInputError as error:
            self.error = self.error or error

    def find(self, document: str) -> Entry | None:
        """Return the last entry of a document, or None."""
        row = self._known.execute("SELECT line FROM entries WHERE document = ?", key(document)).fetchone()
        return _parsed(row[0]) if row else None

    def add(self, entries: Iterable[Entry]) -> None:
        """Add the entries of documents that have been written."""
        lines = b"".join(entry.line() for entry in entries)
        try:
            if lines:
                self._log.append(lines)
        except UnusableInputError as error:
            self.error = self.error or error

    def _load(self) -> int:
        """Read an existing journal and return the number of its lines; damaged lines are skipped."""
        lines = 0
        for line in _lines(self.location):
            lines += 1
            entry = _parsed(line)
            if entry:
                self._known.execute("INSERT OR REPLACE INTO entries VALUES (?, ?)", key(entry.document), line)
        return lines

    def _opened(self, lines: int) -> LocalLog | RemoteLog:
        """Open the journal for appending; it is rewritten first if most of its lines are outdated."""
        (documents,) = self._known.execute("SELECT count(*) FROM entries").fetchone()
        is_long = lines > LINES_PER_DOCUMENT * documents > 0
        if is_url(self.location):
            return RemoteLog(self.location, self._content() if is_long else content_of(self.location) or b"")
        if is_long:
            save(self._content(), Path(self.location))
        return LocalLog(self.location)

    def _content(self) -> bytes:
        return b"".join(line for (line,) in self._known.execute("SELECT line FROM entries ORDER BY rowid"))


def location(folder: str) -> str:
    """Return the location of a folder's journal."""
    return f"{folder.rstrip('/')}/{NAME}"


def documents(folder: str) -> frozenset[str]:
    """Return the names of the documents that batches have written to a folder."""
    entries = map(_parsed, _lines(location(folder)))
    return frozenset(entry.document for entry in entries if entry)


def digest(content: bytes) -> str:
    """Return the digest by which the journal identifies reports and documents."""
    return sha256(content).hexdigest()


@lru_cache(maxsize=STYLES_KEPT)
def style_digest(style: Style) -> str:
    """Return the digest by which the journal identifies styles."""
    return digest(style.model_dump_json().encode())


def _lines(location: str) -> Iterator[bytes]:
    try:
        with opened(location) as file:
            yield from (line for line in file if line.endswith(b"\n"))
    except UnusableInputError:  # there is none, or writing it fails too
        return


def _parsed(line: bytes) -> Entry | None:
    try:
        entry = Entry(**json.loads(line))
    except (ValueError, TypeError, RecursionError):
        return None
    return entry if isinstance(entry.document, str) else None
