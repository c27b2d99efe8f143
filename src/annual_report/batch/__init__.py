"""Many reports at once: rendered by any executor, streamed, each failure kept and none stopping the others."""

from __future__ import annotations

import time
from contextlib import closing, nullcontext
from itertools import chain
from typing import TYPE_CHECKING, Literal, TypeAlias

from annual_report.batch.checking import Checked, check_many
from annual_report.batch.plan import Source, expanded, planned
from annual_report.batch.result import BatchResult, Failure, Outcome
from annual_report.batch.sources import Sources
from annual_report.batch.storage import make_folder
from annual_report.batch.work import Processes, RenderOptions, outcomes
from annual_report.rendering import format_of, style_named

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from concurrent.futures import Executor
    from pathlib import Path

    from annual_report.style import Style

__all__ = ["BatchResult", "Checked", "Failure", "Processes", "Sources", "check_many", "expanded", "render_many"]

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
        Reports, and paths of `.json` files, of `.jsonl` files with one report a line, and of tables of reports
        (`.csv`, `.xlsx`); any iterable, gone through once. A path of a `.json` or `.jsonl` file may be a URL where the
        extra `distributed` is installed.
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
        Leave a document alone that is whole and newer than its file or, of a report that is no file, the same already.
    allow_findings
        Whether to write reports whose numbers do not reconcile.
    progress
        Called with the result so far, each time a report is dealt with.

    Returns
    -------
    BatchResult
        Counts, failures and time.

    Raises
    ------
    UnusableInputError
        Two reports would be written to one document, the folder cannot be made, or there is no such format or style;
        nothing has been written.

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
    options = RenderOptions(format_of(None, format), style_named(style), resume, allow_findings)
    with planned(sources, str(target_dir), options.format) as plan:
        make_folder(str(target_dir))
        result = BatchResult(plan.total)
        with (
            nullcontext(executor) if executor else Processes() as workers,
            closing(outcomes(plan.jobs, workers, options)) as rendered,
        ):
            for outcome in chain(plan.failures, rendered):
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
