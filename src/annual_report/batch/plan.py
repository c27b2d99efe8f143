"""What a batch will write: every document named before any is written, the list of them kept on disk."""

from __future__ import annotations

import pickle
import sqlite3
from contextlib import closing, contextmanager
from dataclasses import dataclass
from glob import glob
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, TypeAlias

from pydantic_core import from_json

from annual_report.batch.result import Failure
from annual_report.batch.storage import is_url, opened
from annual_report.errors import Problem, UnusableInputError
from annual_report.messages import message
from annual_report.report.model import AnnualReport
from annual_report.tables.files import TableFile, is_table_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Source: TypeAlias = AnnualReport | str | Path

LINES = ".jsonl"
SUFFIXES = (".json", LINES)

_HEAD = 1000
"""Within how many bytes of a line body and year usually stand, which saves reading all of it twice."""

_SEPARATORS = '/\\:*?"<>|'


@dataclass(frozen=True, slots=True)
class Job:
    """One report to render; a file is read where it is rendered.

    Parameters
    ----------
    source
        What the user calls it.
    target
        The document's place.
    file
        The file that it is or stands in; empty where it came as an object.
    span
        Where in the file it stands: the offset of its first byte, and how many there are; none where it is all of it.
    content
        Its JSON, where it came as an object, or in a file that is far away.
    """

    source: str
    target: str
    file: str = ""
    span: tuple[int, int] | None = None
    content: bytes | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """The jobs of a batch, in order, and what cannot even be planned.

    Parameters
    ----------
    jobs
        The jobs, read from disk as they are taken.
    failures
        JSON Lines files and tables that cannot be read, and rows of tables that are no reports.
    total
        How many of both there are.
    """

    jobs: Iterator[Job]
    failures: list[Failure]
    total: int


@contextmanager
def planned(sources: Iterable[Source], target_dir: str, format: str) -> Iterator[Plan]:
    """Name every document.

    Parameters
    ----------
    sources
        Reports and places of reports.
    target_dir
        The folder that the documents go to.
    format
        Their format, which is their suffix.

    Yields
    ------
    Plan
        The jobs; memory does not grow with their number.

    Raises
    ------
    UnusableInputError
        Two reports would be written to one document; all such are named.
    """
    failures: list[Failure] = []
    clashes: list[Problem] = []
    total = 0
    with closing(sqlite3.connect("")) as disk:  # a file without a name, which goes with its connection
        disk.execute("CREATE TABLE jobs (target BLOB UNIQUE, source BLOB, job BLOB)")
        for job in _jobs(sources, target_dir, format, failures):
            target, source = (name.encode("utf-8", "surrogatepass") for name in (job.target, job.source))
            row = (target, source, pickle.dumps(job))
            if disk.execute("INSERT OR IGNORE INTO jobs VALUES (?, ?, ?)", row).rowcount:
                total += 1
            else:
                (other,) = disk.execute("SELECT source FROM jobs WHERE target = ?", (target,)).fetchone()
                clashes.append(_clash(job, other.decode("utf-8", "surrogatepass")))
        if clashes:
            raise UnusableInputError(clashes)
        rows = disk.execute("SELECT job FROM jobs ORDER BY rowid")
        yield Plan((pickle.loads(row) for (row,) in rows), failures, total + len(failures))  # noqa: S301  # our own


def _clash(job: Job, other: str) -> Problem:
    words = message("would be written to the same document as {other}: {target}", other=other, target=job.target)
    return Problem(words, job.source, job.source)


def _jobs(sources: Iterable[Source], target_dir: str, format: str, failures: list[Failure]) -> Iterator[Job]:
    for source in sources:
        if isinstance(source, AnnualReport):
            name = f"{source.agency}-{source.year}"
            content = source.model_dump_json().encode()
            yield Job(name, _target(target_dir, name, format), content=content)
        elif str(source).lower().endswith(LINES):
            try:
                yield from _lines(str(source), target_dir, format)
            except UnusableInputError as error:
                failures.append(Failure(str(source), error))
        elif is_table_file(source):
            try:
                yield from _rows(str(source), target_dir, format, failures)
            except UnusableInputError as error:
                failures.append(Failure(str(source), error))
        else:
            name = PurePosixPath(str(source)).stem if is_url(source) else Path(source).stem
            yield Job(str(source), _target(target_dir, name, format), str(source))


def _lines(source: str, target_dir: str, format: str) -> Iterator[Job]:
    """Take each line of a JSON Lines file as a report, named after its body and year."""
    end = 0
    with opened(source) as file:
        for number, line in enumerate(file, 1):
            start, end = end, end + len(line)
            if line.strip():
                name = _name(line) or f"{Path(source).stem}-{number}"
                place = (f"{source}:{number}", _target(target_dir, name, format), source)
                yield Job(*place, content=line) if is_url(source) else Job(*place, (start, len(line)))


def _rows(source: str, target_dir: str, format: str, failures: list[Failure]) -> Iterator[Job]:
    """Take each report of a table, named after its body and year."""
    for row, report in TableFile(source).outcomes():
        name = f"{source}:{row}"
        if isinstance(report, AnnualReport):
            target = _target(target_dir, f"{report.agency}-{report.year}", format)
            yield Job(name, target, content=report.model_dump_json().encode())
        else:
            failures.append(Failure(name, report))


def _name(line: bytes) -> str:
    """Give body and year; nothing where the line is no report, which is told when it is rendered."""
    for part in (line[:_HEAD], line):
        try:
            value = from_json(part.removeprefix(b"\xef\xbb\xbf"), allow_partial=part is not line)
            if part is line or next(reversed(value)) != "year":  # whose last digits may be cut off
                return f"{value['agency']}-{value['year']}"
        except (ValueError, KeyError, TypeError, StopIteration):
            pass
    return ""


def _target(target_dir: str, name: str, format: str) -> str:
    return f"{target_dir.rstrip('/')}/{''.join(map(_safe, name))}.{format}"


def _safe(character: str) -> str:
    """Replace what no file's name should have; bytes of names that are no UTF-8 stay."""
    is_byte = "\udc80" <= character <= "\udcff"
    return character if is_byte or (character.isprintable() and character not in _SEPARATORS) else "-"


def expanded(inputs: Iterable[str]) -> list[str]:
    """Give the files that a command line's inputs name: files, folders, and globs.

    Parameters
    ----------
    inputs
        Paths, patterns with `*`, `?` or `[`, and URLs, which stand as they are.

    Returns
    -------
    list[str]
        Each file once, in the order of the inputs and, within a folder, of their names.

    Raises
    ------
    UnusableInputError
        Nothing is there by one of these names.
    """
    found: dict[str, None] = {}
    missing: list[Problem] = []
    for name in inputs:
        path = Path(name)
        if is_url(name) or path.is_file():
            files = [name]
        elif path.is_dir():
            files = sorted(str(file) for file in path.iterdir() if file.suffix.lower() in SUFFIXES)
        else:
            files = sorted(glob(name, recursive=True))  # noqa: PTH207  # a pattern may be absolute
        if not files:
            missing.append(Problem(message("there are no reports here"), name, name))
        found.update(dict.fromkeys(files))
    if missing:
        raise UnusableInputError(missing)
    return list(found)
