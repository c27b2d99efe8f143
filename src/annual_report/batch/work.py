"""Renders the jobs of a batch on any executor."""

from __future__ import annotations

from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from annual_report import __version__
from annual_report.batch.chunks import worked_through
from annual_report.batch.journal import Entry, digest, style_digest
from annual_report.batch.result import Failure, Outcome
from annual_report.batch.storage import content_of, write
from annual_report.errors import Problem, UnusableInputError
from annual_report.loading import loads
from annual_report.messages import message
from annual_report.rendering import render
from annual_report.style import STYLES_KEPT

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator
    from concurrent.futures import Executor

    from annual_report.batch.plan import Job
    from annual_report.style import Style

REPORTS_PER_CHUNK = 16
"""How many reports go to a worker together, since handing one over can cost more than rendering it."""


@dataclass(frozen=True, slots=True)
class RenderOptions:
    """The options that all jobs of a batch share.

    Parameters
    ----------
    format, style
        The documents' format and look.
    allow_findings
        Whether to write reports whose numbers do not reconcile.
    scratch
        A folder beside the documents to write them in first; None for remote storage.
    """

    format: str
    style: Style
    allow_findings: bool
    scratch: Path | None

    @property
    def reports_per_chunk(self) -> int:
        """How many reports are sent to a worker at once; few for PDFs, which take seconds each."""
        return 1 if self.format == "pdf" else REPORTS_PER_CHUNK


@dataclass(frozen=True, slots=True)
class Task:
    """A job, and the journal's entry for its document.

    Parameters
    ----------
    job
        The job.
    entry
        The document's entry; None if there is none, or if the document is to be written in any case.
    """

    job: Job
    entry: Entry | None


def outcomes(
    jobs: Iterator[Job], workers: Executor, options: RenderOptions, known: Callable[[str], Entry | None]
) -> Generator[list[Outcome], None, None]:
    """Render jobs on workers, and yield their outcomes in order.

    Parameters
    ----------
    jobs
        The jobs.
    workers
        The workers that render them.
    options
        The options that they share.
    known
        Returns the journal's entry for a document.

    Yields
    ------
    list[Outcome]
        The outcomes of some finished jobs: for every job an entry for the journal, skipped, or a failure, even if a
        worker dies.
    """
    tasks = (Task(job, known(job.document)) for job in jobs)
    return worked_through(tasks, workers, options.reports_per_chunk, partial(render_all, options=options), _died)


def _died(task: Task) -> Outcome:
    source = task.job.source
    return Failure(source, UnusableInputError([Problem(message("the process that rendered it died"))], source))


def render_all(chunk: list[Task], options: RenderOptions) -> list[Outcome]:
    """Render some jobs, in the worker."""
    with _scratch_of_chunk(options.scratch) as scratch:
        here = replace(options, style=_kept(options.style), scratch=scratch)
        return [_outcome(task, here) for task in chunk]


@lru_cache(maxsize=STYLES_KEPT)
def _kept(style: Style) -> Style:
    """Return the first of equal styles: caches would compare every setting of another one, several times a document."""
    return style


@contextmanager
def _scratch_of_chunk(scratch: Path | None) -> Iterator[Path | None]:
    """Make a folder for a chunk, since processes that create files in the same folder wait for each other."""
    try:
        folder = TemporaryDirectory(dir=scratch, ignore_cleanup_errors=True) if scratch else nullcontext(None)
    except OSError:
        folder = nullcontext(None)  # writing the document will report the error
    with folder as name:
        yield Path(name) if name else None


def _outcome(task: Task, options: RenderOptions) -> Outcome:
    """Render one report and return the journal's entry, or what is wrong."""
    try:
        return _rendered(task.job, task.entry, options)
    except Exception as error:  # noqa: BLE001  # no failure stops the others
        error.__context__ = None
        return Failure(task.job.source, error.with_traceback(None))  # whose frames would keep the report


def _rendered(job: Job, known: Entry | None, options: RenderOptions) -> Outcome:
    data = job.read()
    if known and _is_current(job, known, digest(data), options):
        return "skipped"
    report = loads(data, job.source)
    content = render(report, format=options.format, style=options.style, allow_findings=options.allow_findings)
    write(content, job.target, options.scratch)
    return Entry(
        document=job.document,
        source=job.source,
        source_sha256=digest(data),
        format=options.format,
        style_sha256=style_digest(options.style),
        version=__version__,
        checked=not options.allow_findings,
        sha256=digest(content),
    )


def _is_current(job: Job, known: Entry, source_sha256: str, options: RenderOptions) -> bool:
    """Return whether a document is identical to what rendering its report now would give."""
    made_of = (known.source_sha256, known.format, known.style_sha256, known.version)
    if made_of != (source_sha256, options.format, style_digest(options.style), __version__):
        return False
    if not (known.checked or options.allow_findings):
        return False
    content = content_of(job.target)
    return content is not None and digest(content) == known.sha256
