"""The rendering of a batch's jobs by any executor, whose workers may die without a report being lost."""

from __future__ import annotations

import os
import signal
from collections import deque
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from annual_report.batch.result import Failure, Outcome
from annual_report.batch.storage import content_of, is_newer, is_url, opened, scratch, write
from annual_report.errors import Problem, UnusableInputError
from annual_report.loading import load, loads
from annual_report.messages import message
from annual_report.rendering import render
from annual_report.writers import writer

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator
    from pathlib import Path

    from annual_report.batch.plan import Job
    from annual_report.report.model import AnnualReport
    from annual_report.style import Style

P = ParamSpec("P")
T = TypeVar("T")

REPORTS_PER_CHUNK = 16
"""How many reports go to a worker together, lest handing them over cost more than rendering them."""

CHUNKS_AHEAD = 128
"""How many such chunks may wait for workers, which bounds memory."""


@dataclass(frozen=True, slots=True)
class RenderOptions:
    """What all jobs of a batch share.

    Parameters
    ----------
    format, style
        The documents' format and look.
    resume
        Whether to leave alone what is up to date.
    allow_findings
        Whether to write reports whose numbers do not reconcile.
    """

    format: str
    style: Style
    resume: bool
    allow_findings: bool

    @property
    def reports_per_chunk(self) -> int:
        """How many reports go to a worker together; a PDF takes LibreOffice seconds."""
        return 1 if self.format == "pdf" else REPORTS_PER_CHUNK


class Processes(Executor):
    """Processes that are replaced when they die, and leave Ctrl-C to the process that has them.

    Parameters
    ----------
    count
        How many; left out, one per core that may be used.

    Examples
    --------
    >>> with Processes(2) as pool:
    ...     pool.submit(abs, -3).result()
    3
    """

    def __init__(self, count: int | None = None) -> None:
        self._count = count or _cores()
        self._pool = self._started()

    def _started(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(self._count, initializer=signal.signal, initargs=(signal.SIGINT, signal.SIG_IGN))

    def submit(self, function: Callable[P, T], /, *arguments: P.args, **named: P.kwargs) -> Future[T]:
        """Hand over one call."""
        try:
            return self._pool.submit(function, *arguments, **named)
        except BrokenExecutor:
            self._pool = self._started()
            return self._pool.submit(function, *arguments, **named)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002  # as Executor has it
        """End the processes."""
        self._pool.shutdown(wait, cancel_futures=cancel_futures)


def _cores() -> int | None:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()


def outcomes(jobs: Iterator[Job], workers: Executor, options: RenderOptions) -> Generator[Outcome, None, None]:
    """Keep workers busy with a bounded number of jobs, and give what became of each, in order.

    Parameters
    ----------
    jobs
        The jobs.
    workers
        Where they are rendered.
    options
        What they share.

    Yields
    ------
    Outcome
        Written, skipped, or a failure; of every job, whatever happens to a worker.
    """
    waiting: deque[tuple[list[Job], Future[list[Outcome]]]] = deque()
    try:
        while chunk := list(islice(jobs, options.reports_per_chunk)):
            waiting.append((chunk, _submitted(workers, chunk, options)))
            if len(waiting) >= CHUNKS_AHEAD:
                yield from _finished(*waiting.popleft(), options)
        while waiting:
            yield from _finished(*waiting.popleft(), options)
    finally:
        for _, future in waiting:
            future.cancel()


def _submitted(workers: Executor, chunk: list[Job], options: RenderOptions) -> Future[list[Outcome]]:
    try:
        return workers.submit(render_all, chunk, options)
    except BrokenExecutor as error:
        refused: Future[list[Outcome]] = Future()
        refused.set_exception(error)
        return refused


def _finished(chunk: list[Job], future: Future[list[Outcome]], options: RenderOptions) -> list[Outcome]:
    try:
        return future.result()
    except Exception:  # noqa: BLE001  # executors tell in exceptions of their own that a worker died
        return _apart(chunk, options)


def _apart(chunk: list[Job], options: RenderOptions) -> list[Outcome]:
    """Render a chunk whose worker died in a process of its own, halving it until the one at fault is alone."""
    with Processes(1) as pool:
        try:
            return pool.submit(render_all, chunk, options).result()
        except BrokenExecutor:
            pass
    if len(chunk) == 1:
        words = message("the process that rendered it died")
        return [Failure(chunk[0].source, UnusableInputError([Problem(words)], chunk[0].source))]
    half = len(chunk) // 2
    return _apart(chunk[:half], options) + _apart(chunk[half:], options)


def render_all(chunk: list[Job], options: RenderOptions) -> list[Outcome]:
    """Render some jobs, in the worker."""
    with scratch(chunk[0].target) as folder:
        return [_rendered(job, options, folder) for job in chunk]


def _rendered(job: Job, options: RenderOptions, folder: Path | None) -> Outcome:
    """Render one report: whether it was written, or what was wrong."""
    try:
        if options.resume and job.file and is_newer(job.target, job.file) and _is_complete(job, options):
            return "skipped"
        content = render(_read(job), format=options.format, style=options.style, allow_findings=options.allow_findings)
        if options.resume and not job.file and content_of(job.target) == content:
            return "skipped"
        write(content, job.target, folder)
    except Exception as error:  # noqa: BLE001  # no failure stops the others
        error.__context__ = None
        return Failure(job.source, error.with_traceback(None))  # whose frames would keep the report
    return "written"


def _is_complete(job: Job, options: RenderOptions) -> bool:
    return writer(options.format).is_complete(content_of(job.target))


def _read(job: Job) -> AnnualReport:
    if job.content is not None:
        return loads(job.content, job.source)
    if job.span is None and not is_url(job.file):
        return load(job.file)
    start, length = job.span or (0, -1)
    with opened(job.file) as file:
        file.seek(start)
        return loads(file.read(length), job.source)
