"""The rendering of a batch's jobs by any executor, whose workers may die without a report being lost."""

from __future__ import annotations

import os
import signal
from collections import deque
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from annual_report.batch.places import content_of, is_newer, is_url, opened, scratch, write
from annual_report.batch.result import Failure, Outcome
from annual_report.errors import Problem, UnusableInputError
from annual_report.loading import load, loads
from annual_report.messages import message
from annual_report.rendering import render
from annual_report.writers import writer

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator
    from pathlib import Path

    from annual_report.batch.plan import Job
    from annual_report.model.report import AnnualReport
    from annual_report.style import Style

P = ParamSpec("P")
T = TypeVar("T")

AT_A_TIME = 16
"""How many reports go to a worker together, lest handing them over cost more than rendering them."""

AHEAD = 128
"""How many such lots may wait for workers, which bounds memory."""


@dataclass(frozen=True, slots=True)
class How:
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
    def at_a_time(self) -> int:
        """How many reports go to a worker together; a PDF takes LibreOffice seconds."""
        return 1 if self.format == "pdf" else AT_A_TIME


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


def outcomes(jobs: Iterator[Job], workers: Executor, how: How) -> Generator[Outcome, None, None]:
    """Keep workers busy with a bounded number of jobs, and give what became of each, in order.

    Parameters
    ----------
    jobs
        The jobs.
    workers
        Where they are rendered.
    how
        What they share.

    Yields
    ------
    Outcome
        Written, skipped, or a failure; of every job, whatever happens to a worker.
    """
    waiting: deque[tuple[list[Job], Future[list[Outcome]]]] = deque()
    try:
        while lot := list(islice(jobs, how.at_a_time)):
            waiting.append((lot, _submitted(workers, lot, how)))
            if len(waiting) >= AHEAD:
                yield from _finished(*waiting.popleft(), how)
        while waiting:
            yield from _finished(*waiting.popleft(), how)
    finally:
        for _, future in waiting:
            future.cancel()


def _submitted(workers: Executor, lot: list[Job], how: How) -> Future[list[Outcome]]:
    try:
        return workers.submit(render_all, lot, how)
    except BrokenExecutor as error:
        refused: Future[list[Outcome]] = Future()
        refused.set_exception(error)
        return refused


def _finished(lot: list[Job], future: Future[list[Outcome]], how: How) -> list[Outcome]:
    try:
        return future.result()
    except Exception:  # noqa: BLE001  # executors tell in exceptions of their own that a worker died
        return _apart(lot, how)


def _apart(lot: list[Job], how: How) -> list[Outcome]:
    """Render a lot whose worker died in a process of its own, halving it until the one at fault is alone."""
    with Processes(1) as pool:
        try:
            return pool.submit(render_all, lot, how).result()
        except BrokenExecutor:
            pass
    if len(lot) == 1:
        words = message("the process that rendered it died")
        return [Failure(lot[0].source, UnusableInputError([Problem(words)], lot[0].source))]
    half = len(lot) // 2
    return _apart(lot[:half], how) + _apart(lot[half:], how)


def render_all(lot: list[Job], how: How) -> list[Outcome]:
    """Render some jobs, in the worker."""
    with scratch(lot[0].target) as folder:
        return [_rendered(job, how, folder) for job in lot]


def _rendered(job: Job, how: How, folder: Path | None) -> Outcome:
    """Render one report: whether it was written, or what was wrong."""
    try:
        if how.resume and job.file and is_newer(job.target, job.file) and _is_whole(job, how):
            return "skipped"
        content = render(_read(job), format=how.format, style=how.style, allow_findings=how.allow_findings)
        if how.resume and not job.file and content_of(job.target) == content:
            return "skipped"
        write(content, job.target, folder)
    except Exception as error:  # noqa: BLE001  # no failure stops the others
        error.__context__ = None
        return Failure(job.source, error.with_traceback(None))  # whose frames would keep the report
    return "written"


def _is_whole(job: Job, how: How) -> bool:
    return writer(how.format).is_whole(content_of(job.target))


def _read(job: Job) -> AnnualReport:
    if job.content is not None:
        return loads(job.content, job.source)
    if job.span is None and not is_url(job.file):
        return load(job.file)
    start, length = job.span or (0, -1)
    with opened(job.file) as file:
        file.seek(start)
        return loads(file.read(length), job.source)
