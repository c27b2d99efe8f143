"""Many reports at once: rendered by any executor, streamed, each failure kept and none stopping the others."""

from __future__ import annotations

import json
import os
import pickle
import tempfile
import time
from collections import deque
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from glob import glob
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING, Literal, ParamSpec, Self, TypeAlias, TypeVar

from annual_report.errors import AnnualReportError, Problem, UnusableInputError
from annual_report.loading import load, loads
from annual_report.messages import Language, message
from annual_report.model.report import AnnualReport
from annual_report.rendering import format_of, render, save, why

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime
    from types import ModuleType

    from annual_report.style import Style

Source: TypeAlias = AnnualReport | str | Path
OnError: TypeAlias = Literal["collect", "raise"]

P = ParamSpec("P")
T = TypeVar("T")

CHUNK = 16
"""How many reports go to a worker at a time."""

AHEAD = 8
"""How many chunks a worker may have waiting."""

LINES = ".jsonl"


@dataclass(frozen=True, slots=True)
class Failure:
    """A report that was not rendered.

    Parameters
    ----------
    source
        The file's name, with the line of a JSON Lines file, or the report's own name.
    error
        What is wrong; its text is in the user's language when it is asked for.
    """

    source: str
    error: Exception

    def text(self, language: Language | None = None) -> str:
        """Say what is wrong."""
        words = getattr(self.error, "text", None)
        return words(language) if words else f"{type(self.error).__name__}: {self.error}"


Outcome: TypeAlias = Failure | Literal["written", "skipped"]


@dataclass(slots=True)
class BatchResult:
    """What became of many reports.

    Parameters
    ----------
    written, skipped
        How many documents were written, and how many were whole and up to date already.
    failures
        The reports that were not rendered.
    seconds
        How long it took.
    """

    written: int = 0
    skipped: int = 0
    failures: list[Failure] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def done(self) -> int:
        """How many reports were dealt with, one way or another."""
        return self.written + self.skipped + len(self.failures)

    def to_json(self, language: Language | None = None) -> str:
        """Give the result as a JSON object.

        Parameters
        ----------
        language
            The language of what is wrong; left out, the user's.

        Returns
        -------
        str
            Counts, seconds, and each failure with its source and lines of text.
        """
        failures = [
            {"source": failure.source, "problems": failure.text(language).splitlines()} for failure in self.failures
        ]
        counts = {"written": self.written, "skipped": self.skipped, "failed": len(self.failures)}
        return json.dumps(
            counts | {"seconds": round(self.seconds, 3), "failures": failures}, ensure_ascii=False, indent=2
        )


@dataclass(frozen=True, slots=True)
class _Job:
    """One report to render; what it takes is read where it is rendered."""

    source: str
    content: bytes | None
    target: str


@dataclass(frozen=True, slots=True)
class _How:
    """What all jobs of a batch share."""

    format: str
    style: Style | str | None
    resume: bool
    allow_findings: bool


def render_many(  # each is a choice of its own
    sources: Iterable[Source],
    target_dir: str | Path,
    *,
    executor: Executor | None = None,
    format: str = "docx",
    style: Style | str | None = None,
    on_error: OnError = "collect",
    resume: bool = False,
    allow_findings: bool = False,
    progress: Callable[[BatchResult], object] | None = None,
) -> BatchResult:
    """Render many reports.

    Parameters
    ----------
    sources
        Reports, and paths of `.json` files and of `.jsonl` files with one report a line; any iterable, gone through
        once. A path may be a URL where the extra `distributed` is installed.
    target_dir
        The folder that the documents go to, named after their files, or after body and year; it is made where it is
        missing.
    executor
        Where to render; left out, one process per core.
    format
        The documents' format.
    style
        The look: a `Style` or the name of a preset.
    on_error
        `collect` keeps each failure and goes on; `raise` stops at the first.
    resume
        Leave a document alone that is newer than its file.
    allow_findings
        Whether to write reports whose numbers do not reconcile.
    progress
        Called with the result so far, whenever a few more reports are dealt with.

    Returns
    -------
    BatchResult
        Counts, failures and time.

    Raises
    ------
    UnusableInputError
        Two reports would be written to one document, or the folder cannot be made; nothing has been written.

    Examples
    --------
    >>> import tempfile
    >>> from concurrent.futures import ThreadPoolExecutor
    >>> reports = (AnnualReport.blank(agency=name, year=2024) for name in ("甲局", "乙局"))
    >>> with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor() as pool:
    ...     render_many(reports, folder, executor=pool, allow_findings=True).written
    2
    """
    started = time.monotonic()
    how = _How(format_of(None, format), style, resume, allow_findings)
    result = BatchResult()
    with _planned(sources, str(target_dir), how.format, result) as jobs:
        _make_folder(str(target_dir))
        for outcome in _outcomes(jobs, executor, how):
            _count(result, outcome, on_error)
            result.seconds = time.monotonic() - started
            if progress:
                progress(result)
    result.seconds = time.monotonic() - started
    return result


def _count(result: BatchResult, outcome: Outcome, on_error: OnError) -> None:
    if isinstance(outcome, Failure):
        if on_error == "raise":
            raise outcome.error
        result.failures.append(outcome)
    elif outcome == "written":
        result.written += 1
    else:
        result.skipped += 1


@contextmanager
def _planned(sources: Iterable[Source], target_dir: str, format: str, result: BatchResult) -> Iterator[Iterator[_Job]]:
    """Name every document before any is written; the jobs wait on disk, so that memory does not grow with them."""
    first: dict[str, str] = {}
    clashes: list[Problem] = []
    with tempfile.TemporaryFile() as spool:
        for job in _jobs(sources, target_dir, format, result):
            other = first.setdefault(job.target, job.source)
            if other is not job.source:
                words = message(
                    "would be written to the same document as {other}: {target}", other=other, target=job.target
                )
                clashes.append(Problem(words, job.source, job.source))
            pickle.dump(job, spool)
        if clashes:
            raise UnusableInputError(clashes)
        first.clear()
        spool.seek(0)
        yield _spooled(spool)


def _spooled(spool: IO[bytes]) -> Iterator[_Job]:
    while True:
        try:
            yield pickle.load(spool)  # noqa: S301  # what this process has just written
        except EOFError:
            return


def _jobs(sources: Iterable[Source], target_dir: str, format: str, result: BatchResult) -> Iterator[_Job]:
    for source in sources:
        if isinstance(source, AnnualReport):
            name = f"{source.agency}-{source.year}"
            content = source.model_dump_json().encode()
            yield _Job(name, content, _target(target_dir, name, format))
        elif str(source).lower().endswith(LINES):
            try:
                yield from _lines(str(source), target_dir, format)
            except UnusableInputError as error:
                result.failures.append(Failure(str(source), error))
        else:
            name = PurePosixPath(str(source)).stem if is_url(source) else Path(source).stem
            yield _Job(str(source), None, _target(target_dir, name, format))


def _lines(source: str, target_dir: str, format: str) -> Iterator[_Job]:
    """Take each line of a JSON Lines file as a report, named after its body and year."""
    with opened(source) as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            try:
                value = json.loads(line)
                name = f"{value['agency']}-{value['year']}"
            except (ValueError, KeyError, TypeError, RecursionError):
                name = f"{Path(source).stem}-{number}"
            yield _Job(f"{source}:{number}", line, _target(target_dir, name, format))


def _target(target_dir: str, name: str, format: str) -> str:
    safe = "".join("-" if character in '/\\:*?"<>|' or not character.isprintable() else character for character in name)
    file = f"{safe.encode('utf-8', 'replace').decode()}.{format}"
    return f"{target_dir.rstrip('/')}/{file}" if is_url(target_dir) else str(Path(target_dir, file))


def _outcomes(jobs: Iterator[_Job], pool: Executor | None, how: _How) -> Iterator[Outcome]:
    """Keep the workers busy with a bounded number of chunks, and give what became of each job in order."""
    with _Processes() if pool is None else nullcontext(pool) as workers:
        waiting: deque[tuple[list[_Job], Future[list[Outcome]]]] = deque()
        limit = AHEAD * (getattr(workers, "_max_workers", None) or os.cpu_count() or 1)
        while chunk := list(islice(jobs, CHUNK)):
            waiting.append((chunk, workers.submit(_render_all, chunk, how)))
            if len(waiting) >= limit:
                yield from _finished(*waiting.popleft(), how)
        while waiting:
            yield from _finished(*waiting.popleft(), how)


def _finished(chunk: list[_Job], future: Future[list[Outcome]], how: _How) -> Iterator[Outcome]:
    try:
        yield from future.result()
    except BrokenExecutor:
        yield from (_alone(job, how) for job in chunk)


def _alone(job: _Job, how: _How) -> Outcome:
    """Render one report of a chunk whose process died, in a process of its own, to find the one at fault."""
    with ProcessPoolExecutor(1) as pool:
        try:
            return pool.submit(_render_all, [job], how).result()[0]
        except BrokenExecutor:
            return Failure(job.source, UnusableInputError([Problem(message("the process that rendered it died"))]))


class _Processes:
    """One process per core, with new ones in place of those that died."""

    def __enter__(self) -> Self:
        self._pool = ProcessPoolExecutor()
        self._max_workers = os.cpu_count() or 1
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(cancel_futures=True)

    def submit(self, function: Callable[P, T], *arguments: P.args, **named: P.kwargs) -> Future[T]:
        try:
            return self._pool.submit(function, *arguments, **named)
        except BrokenExecutor:
            self._pool = ProcessPoolExecutor()
            return self._pool.submit(function, *arguments, **named)


def _render_all(jobs: list[_Job], how: _How) -> list[Outcome]:
    return [_render(job, how) for job in jobs]


def _render(job: _Job, how: _How) -> Outcome:
    """Render one report: whether it was written, or what was wrong."""
    try:
        if how.resume and job.content is None and _is_up_to_date(job):
            return "skipped"
        if job.content is not None:
            report = loads(job.content, job.source)
        elif is_url(job.source):
            with opened(job.source) as file:
                report = loads(file.read(), job.source)
        else:
            report = load(job.source)
        content = render(report, format=how.format, style=how.style, allow_findings=how.allow_findings)
        _save(content, job.target)
    except AnnualReportError as error:
        return Failure(job.source, error)
    except OSError as error:
        return Failure(job.source, UnusableInputError([Problem(why(error))], job.source))
    return "written"


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
            files = sorted(str(file) for file in path.iterdir() if file.suffix.lower() in {".json", LINES})
        else:
            files = sorted(glob(name, recursive=True))  # noqa: PTH207  # a pattern may be absolute
        if not files:
            missing.append(Problem(message("there are no reports here"), name, name))
        found.update(dict.fromkeys(files))
    if missing:
        raise UnusableInputError(missing)
    return list(found)


def is_url(place: object) -> bool:
    """Tell whether a place is a URL, which fsspec opens, rather than a path."""
    return isinstance(place, str) and "://" in place


@contextmanager
def opened(place: str) -> Iterator[IO[bytes]]:
    """Open a file or a URL for reading.

    Raises
    ------
    UnusableInputError
        It cannot be opened, or URLs need the extra.
    """
    try:
        if is_url(place):
            with _fsspec(place).open(place, "rb") as remote:
                yield remote
        else:
            with Path(place).open("rb") as local:
                yield local
    except OSError as error:
        raise UnusableInputError([Problem(why(error))], place) from error


def _save(content: bytes, target: str) -> None:
    """Write a document whole or not at all; a store that is no file system does so by itself."""
    if not is_url(target):
        save(content, Path(target))
        return
    files, path = _fsspec(target).core.url_to_fs(target)
    if "file" in files.protocol:
        save(content, Path(path))
    else:
        files.pipe_file(path, content)


def _fsspec(place: str) -> ModuleType:
    try:
        import fsspec
    except ImportError:
        words = message("URLs need an extra: {command}", command='pip install "annual-report[distributed]"')
        raise UnusableInputError([Problem(words)], place) from None
    module: ModuleType = fsspec
    return module


def _make_folder(target_dir: str) -> None:
    try:
        if is_url(target_dir):
            files, path = _fsspec(target_dir).core.url_to_fs(target_dir)
            files.makedirs(path, exist_ok=True)
        else:
            Path(target_dir).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UnusableInputError([Problem(why(error))], target_dir) from error


def _is_up_to_date(job: _Job) -> bool:
    """Tell whether a document is newer than its file; one that is there is whole, since it was moved into place."""
    written, read = _modified(job.target), _modified(job.source)
    return written is not None and read is not None and written >= read


def _modified(place: str) -> float | None:
    """Give when a file was changed, in seconds since 1970; none where there is no such file."""
    try:
        if not is_url(place):
            return Path(place).stat().st_mtime
        files, path = _fsspec(place).core.url_to_fs(place)
        changed: datetime = files.modified(path)
        return changed.timestamp()
    except OSError:
        return None
