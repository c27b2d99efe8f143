"""Renders many reports on any executor; results are streamed, and a failure does not stop the others."""

from __future__ import annotations

import time
from concurrent.futures import Executor
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

from annual_report.batch.checking import Checked, check_many
from annual_report.batch.inputs import expanded
from annual_report.batch.journal import Entry, Journal
from annual_report.batch.plan import Source, planned
from annual_report.batch.processes import Processes
from annual_report.batch.result import BatchResult, Failure, Outcome, log_failure
from annual_report.batch.sources import Sources
from annual_report.batch.storage import is_url, local_path, make_folder
from annual_report.batch.work import RenderOptions, outcomes
from annual_report.errors import PATH, TEXT, Problem, UnusableInputError, refuse, require
from annual_report.files import describe_os_error
from annual_report.logs import logger
from annual_report.messages import message
from annual_report.rendering import format_of, style_named
from annual_report.report.arguments import require_choice, require_sources
from annual_report.scratch import remove_leftovers, scratch_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from annual_report.style import Style

__all__ = ["BatchResult", "Checked", "Failure", "Processes", "Sources", "check_many", "expanded", "render_many"]

_LOG = logger(__name__)

OnError: TypeAlias = Literal["collect", "raise"]


def render_many(
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
        Reports, or paths of readable files, of `.jsonl` files with one report per line, or of tables of reports
        (`.csv`, `.xlsx`); the iterable is consumed once. Except for tables, a path may be a URL if the extra
        `distributed` is installed.
    target_dir
        The folder for the documents, which are named after their files, or after agency and year. It is created if
        necessary. The file `annual-report-batch.jsonl` in it records what each document was made from.
    executor
        Where to render; by default, in one process per core.
    format
        The documents' format.
    style
        The look: a `Style` or the name of a preset.
    on_error
        `collect` records each failure and continues; `raise` stops at the first.
    resume
        Whether to skip documents that were made from the same report, in the same style and format, by the same
        version, and have not changed since.
    allow_findings
        Whether to render reports whose numbers do not reconcile.
    progress
        Called with the result so far, each time a report is finished.

    Returns
    -------
    BatchResult
        Counts, failures and time.

    Raises
    ------
    UnusableInputError
        Two reports would be written to the same document, a document would overwrite a report, the folder cannot be
        written to, or the format or style is unknown. Nothing has been written.
    ArgumentTypeError
        An argument is of another kind; a `TypeError`.
    MessageError
        No worker process can be started.

    Examples
    --------
    >>> import tempfile
    >>> from annual_report import AnnualReport
    >>> reports = (AnnualReport.blank(agency=name, year=2024) for name in ("甲局", "乙局"))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     render_many(reports, folder, allow_findings=True).written
    2
    """
    started = time.monotonic()
    _require_arguments(sources, target_dir, executor, on_error, progress)
    require(format, str, "format", TEXT)
    chosen, look = format_of(None, format), style_named(style)
    if not str(target_dir):
        raise UnusableInputError([Problem(message("the name of the folder is empty"))])
    folder = local_path(str(target_dir))
    with ExitStack() as stack:
        plan = stack.enter_context(planned(sources, folder, chosen))
        result = BatchResult(plan.total)

        def finish(outcome: Outcome) -> None:
            _count(result, outcome, on_error)
            result.seconds = time.monotonic() - started
            if progress:
                progress(result)

        _LOG.info("rendering %d reports as %s into %s%s", plan.total, chosen, folder, ", resumed" if resume else "")
        options = RenderOptions(chosen, look, allow_findings, _prepared(folder, stack))
        journal = stack.enter_context(Journal(folder))
        workers = executor or stack.enter_context(Processes())
        if isinstance(workers, Processes):
            stack.push(workers.kill_on_error)
        for failure in plan.failures:
            finish(failure)
        known = journal.find if resume else _nothing
        for chunk in stack.enter_context(closing(outcomes(plan.jobs, workers, options, known))):
            journal.add(outcome for outcome in chunk if isinstance(outcome, Entry))
            for outcome in chunk:
                finish(outcome)
    if journal.error:
        result.total += 1
        finish(Failure(journal.location, journal.error))
    result.seconds = time.monotonic() - started
    told = (result.written, result.skipped, len(result.failures), result.seconds)
    _LOG.info("%d documents written, %d up to date, %d failed, in %.2f s", *told)
    return result


def _require_arguments(
    sources: object, target_dir: object, executor: object, on_error: object, progress: object
) -> None:
    """Refuse arguments of other kinds than `render_many` takes."""
    require_sources(sources, "sources")
    require(target_dir, (str, Path), "target_dir", PATH)
    require(executor, (Executor, type(None)), "executor", message("an executor (concurrent.futures.Executor)"))
    if not (progress is None or callable(progress)):
        refuse(progress, "progress", message("a function"))
    require_choice(on_error, OnError, "on_error")


def _prepared(folder: str, stack: ExitStack) -> Path | None:
    """Create the folder, remove the remains of killed runs, and yield a subfolder for unfinished documents."""
    make_folder(folder)
    if is_url(folder):
        return None
    remove_leftovers(Path(folder))
    try:
        return stack.enter_context(scratch_folder(Path(folder)))
    except OSError as error:
        raise UnusableInputError([Problem(describe_os_error(error))], folder) from error


def _nothing(_: str) -> None:
    """Return no entry for any document."""


def _count(result: BatchResult, outcome: Outcome, on_error: OnError) -> None:
    if isinstance(outcome, Failure):
        log_failure(outcome)
        if on_error == "raise":
            raise outcome.error
        result.failures.append(outcome)
    elif outcome == "skipped":
        result.skipped += 1
    else:
        _LOG.debug("%s: written as %s", outcome.source, outcome.document)
        result.written += 1
