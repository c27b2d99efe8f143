"""Plans a batch: names every document before any is written, and keeps the list on disk."""

from __future__ import annotations

import os
import pickle
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, TypeAlias
from unicodedata import normalize

from pydantic_core import from_json

from annual_report.batch import journal
from annual_report.batch.result import Failure
from annual_report.batch.storage import is_url, local_path, opened
from annual_report.database import TemporaryDatabase, from_key, key
from annual_report.errors import Problem, UnusableInputError
from annual_report.loading import loads
from annual_report.messages import message
from annual_report.report.arguments import require_source
from annual_report.report.model import AnnualReport
from annual_report.tables.files import TableFile, is_table_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Source: TypeAlias = AnnualReport | str | Path

LINES = ".jsonl"

_SCHEMA = """
CREATE TABLE jobs (name BLOB UNIQUE, target BLOB, job BLOB);
CREATE TABLE sources (identity TEXT UNIQUE, source BLOB);
"""

_HEAD = 1000
"""The first bytes of a line, which usually contain agency and year; this avoids parsing the whole line twice."""

_SEPARATORS = '/\\:*?"<>|'


@dataclass(frozen=True, slots=True)
class Job:
    """One report to render; a file is read where it is rendered.

    Parameters
    ----------
    source
        The report's name in messages: its file, with its line's number, or agency and year.
    target
        The document's path or URL.
    file
        The file that has the report; empty for an object.
    span
        The offset and length in bytes of the report's line in the file; None if the report is the whole file.
    content
        The report's JSON, for an object or a line of a remote file.
    """

    source: str
    target: str
    file: str = ""
    span: tuple[int, int] | None = None
    content: bytes | None = None

    @property
    def document(self) -> str:
        """The document's name in its folder."""
        return self.target.rpartition("/")[2]

    @property
    def is_line(self) -> bool:
        """Whether the report is a line of a JSON Lines file."""
        return bool(self.file) and (self.span is not None or self.content is not None)

    def read(self) -> bytes:
        """Return the report's bytes.

        Raises
        ------
        UnusableInputError
            The file cannot be read.
        """
        if self.content is not None:
            return self.content
        start, length = self.span or (0, -1)
        with opened(self.file) as file:
            if start:
                file.seek(start)
            return file.read(length)


@dataclass(frozen=True, slots=True)
class Plan:
    """The jobs of a batch, in order, and what cannot even be planned.

    Parameters
    ----------
    jobs
        The jobs, read from disk as they are taken.
    failures
        JSON Lines files and tables that cannot be read, rows of tables that are no reports, and lines without a report
        whose names are taken.
    total
        How many of both there are.
    """

    jobs: Iterator[Job]
    failures: list[Failure]
    total: int


@contextmanager
def planned(sources: Iterable[Source], folder: str, format: str) -> Iterator[Plan]:
    """Name every document.

    Parameters
    ----------
    sources
        Reports, and paths or URLs of reports.
    folder
        The folder that the documents go to, a path or a URL.
    format
        Their format, which is their suffix.

    Yields
    ------
    Plan
        The jobs; memory does not grow with their number.

    Raises
    ------
    UnusableInputError
        Two reports would be written to one document, or a document over a report; all such are named.
    """
    failures: list[Failure] = []
    with TemporaryDatabase(_SCHEMA) as disk:
        problems: list[Problem] = []
        file = ""
        for job in _jobs(sources, folder, format, failures):
            if job.file != file and (identity := _identity(job.file)):
                disk.execute("INSERT OR IGNORE INTO sources VALUES (?, ?)", identity, key(job.file))
            file = job.file
            problems.extend(_add(disk, job, failures))
        problems.extend(_overwritten_sources(disk, folder))
        if problems:
            raise UnusableInputError(problems)
        (total,) = disk.execute("SELECT count(*) FROM jobs").fetchone()
        yield Plan(_stored(disk), failures, total + len(failures))


def _stored(disk: TemporaryDatabase) -> Iterator[Job]:
    for (job,) in disk.execute("SELECT job FROM jobs ORDER BY rowid"):
        yield pickle.loads(job)  # noqa: S301  # our own


def _add(disk: TemporaryDatabase, job: Job, failures: list[Failure]) -> Iterator[Problem]:
    """Add a job, unless its document's name is taken; a line that has no report leaves its name to others."""
    name = key(_comparable(job.document))
    if disk.execute("INSERT OR IGNORE INTO jobs VALUES (?, ?, ?)", name, key(job.target), pickle.dumps(job)).rowcount:
        return
    if error := _line_error(job):
        failures.append(Failure(job.source, error))
        return
    (row,) = disk.execute("SELECT job FROM jobs WHERE name = ?", name).fetchone()
    other: Job = pickle.loads(row)  # noqa: S301  # our own
    if error := _line_error(other):
        failures.append(Failure(other.source, error))
        disk.execute("UPDATE jobs SET target = ?, job = ? WHERE name = ?", key(job.target), pickle.dumps(job), name)
    elif job.document == other.document:
        reason = message(
            "would be written to the same document as {other}: {target}", other=other.source, target=job.target
        )
        yield Problem(reason, job.source, job.source)
    else:
        reason = message(
            "would be written to {target}, whose name many systems take for that of {other}",
            target=job.target,
            other=other.target,
        )
        yield Problem(reason, job.source, job.source)


def _comparable(name: str) -> str:
    """Return a name as compared by file systems that ignore case and Unicode normalisation."""
    return normalize("NFC", normalize("NFD", name).casefold())


def _line_error(job: Job) -> UnusableInputError | None:
    """Return what is wrong with a line of a JSON Lines file; None for other sources, which are named by their file."""
    if job.is_line:
        try:
            loads(job.read(), job.source)
        except UnusableInputError as error:
            return error
    return None


def _overwritten_sources(disk: TemporaryDatabase, folder: str) -> Iterator[Problem]:
    """Find documents that would overwrite a source, also through links or names in another case."""
    if disk.execute("SELECT 1 FROM sources").fetchone() is None:
        return
    targets = (from_key(target) for (target,) in disk.execute("SELECT target FROM jobs ORDER BY rowid"))
    for target in chain([journal.location(folder)], targets):
        row = disk.execute("SELECT source FROM sources WHERE identity = ?", _identity(target)).fetchone()
        if row:
            source = from_key(row[0])
            yield Problem(message("would be overwritten by {target}", target=target), source, source)


def _identity(path: str) -> str:
    """Identify a file by device and inode; empty for URLs and missing files."""
    with suppress(OSError, ValueError):
        if path and not is_url(path):
            found = os.stat(path)  # noqa: PTH116  # as quick as can be, for each report of a batch
            return f"{found.st_dev}:{found.st_ino}"
    return ""


def _jobs(sources: Iterable[Source], folder: str, format: str, failures: list[Failure]) -> Iterator[Job]:
    for source in sources:
        require_source(source, "sources")
        if isinstance(source, AnnualReport):
            name = f"{source.agency}-{source.year}"
            content = source.model_dump_json().encode()
            yield Job(name, _target(folder, name, format), content=content)
        elif str(source).lower().endswith(LINES):
            try:
                yield from _lines(str(source), folder, format)
            except UnusableInputError as error:
                failures.append(Failure(str(source), error))
        elif is_table_file(source):
            try:
                yield from _rows(str(source), folder, format, failures)
            except UnusableInputError as error:
                failures.append(Failure(str(source), error))
        else:
            name = PurePosixPath(str(source)).stem if is_url(source) else Path(source).stem
            yield Job(str(source), _target(folder, name, format), _file(str(source)))


def _file(source: str) -> str:
    """Return the path of a source; URLs that cannot be used fail where they are read."""
    with suppress(UnusableInputError):
        return local_path(source)
    return source


def _lines(source: str, folder: str, format: str) -> Iterator[Job]:
    """Take each line of a JSON Lines file as a report, named after its agency and year."""
    end = 0
    location = _file(source)
    with opened(location) as file:
        for number, line in enumerate(file, 1):
            start, end = end, end + len(line)
            if line.strip():
                name = _name(line) or f"{Path(source).stem}-{number}"
                target = _target(folder, name, format)
                span, content = (None, line) if is_url(location) else ((start, len(line)), None)
                yield Job(f"{source}:{number}", target, location, span, content)


def _rows(source: str, folder: str, format: str, failures: list[Failure]) -> Iterator[Job]:
    """Take each report of a table, named after its body and year."""
    for row, report in TableFile(source).outcomes():
        name = f"{source}:{row}"
        if isinstance(report, AnnualReport):
            target = _target(folder, f"{report.agency}-{report.year}", format)
            yield Job(name, target, content=report.model_dump_json().encode())
        else:
            failures.append(Failure(name, report))


def _name(line: bytes) -> str:
    """Return agency and year; empty if the line is not a report, which rendering will report."""
    for part in (line[:_HEAD], line):
        try:
            value = from_json(part.removeprefix(b"\xef\xbb\xbf"), allow_partial=part is not line, cache_strings="keys")
            if part is line or next(reversed(value)) != "year":  # whose last digits may be cut off
                return f"{value['agency']}-{value['year']}"
        except (ValueError, KeyError, TypeError, StopIteration):
            pass
    return ""


def _target(folder: str, name: str, format: str) -> str:
    return f"{folder.rstrip('/')}/{file_name(name, format)}"


def file_name(name: str, format: str) -> str:
    """Name a document's file.

    Parameters
    ----------
    name
        What it is about.
    format
        Its format.

    Returns
    -------
    str
        A name that is no path, and that every system takes.

    Examples
    --------
    >>> file_name("../某局-2024", "docx")
    '..-某局-2024.docx'
    """
    return f"{''.join(map(_safe, name))}.{format}"


def _safe(character: str) -> str:
    """Replace characters that file names should not have; bytes that are not UTF-8 are kept."""
    is_byte = "\udc80" <= character <= "\udcff"
    return character if is_byte or (character.isprintable() and character not in _SEPARATORS) else "-"
