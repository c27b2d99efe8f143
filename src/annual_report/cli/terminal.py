"""Show findings and progress: in colours on a terminal, plain in a pipe."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, TextIO

from annual_report.messages import message, place_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from annual_report.batch import BatchResult
    from annual_report.checks import Findings

PIPE_WIDTH = 160
"""How many columns a table has if there is no terminal."""

COLOURS = {"error": "bold red", "warning": "yellow"}
"""The colour of each severity."""


def show(findings: Findings, file: TextIO) -> None:
    """Show findings as a table, worst first, and their number.

    Parameters
    ----------
    findings
        The findings.
    file
        Where to; only a terminal gets colours.
    """
    if findings:
        _show_table(findings, file)
    counted = message(
        "{errors} errors, {warnings} warnings", errors=len(findings.errors), warnings=len(findings.warnings)
    )
    print(counted.text(), file=file)  # what the command is for


def _show_table(findings: Findings, file: TextIO) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from annual_report.checks.severity import NAMES

    table = Table(show_lines=True, expand=False)
    for title in (message("Severity"), message("Place"), message("Finding"), message("Rule")):
        table.add_column(title.text(), overflow="fold")
    for finding in findings:
        colour = COLOURS[finding.severity]
        table.add_row(
            Text(NAMES[finding.severity].text(), style=colour),
            Text(place_in(finding.place)),
            Text(finding.message.text()),
            Text(finding.id, style="dim"),
        )
    Console(file=file, width=None if file.isatty() else PIPE_WIDTH, highlight=False).print(table)


@contextmanager
def progress(file: TextIO) -> Iterator[Callable[[BatchResult], None]]:
    """Show how far a batch has come: a bar on a terminal, a line at every tenth in a pipe.

    Parameters
    ----------
    file
        Where to.

    Yields
    ------
    Callable[[BatchResult], None]
        To be called with the result so far.
    """
    if not file.isatty():
        yield lambda result: _tell(result, file)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"), TimeRemainingColumn())
    with Progress(*columns, console=Console(file=file)) as bar:
        task = bar.add_task("", total=None)

        def update(result: BatchResult) -> None:
            failed = message("{failed} failed", failed=len(result.failures)).text() if result.failures else ""
            if result.done < bar.tasks[0].completed:
                bar.reset(task)  # last year's reports are read, and now this year's
            bar.update(task, total=result.total, completed=result.done, description=failed)

        yield update


def _tell(result: BatchResult, file: TextIO) -> None:
    """Write a line when another tenth is done."""
    if result.done * 10 // result.total > (result.done - 1) * 10 // result.total:
        line = message(
            "{done} of {total} done, {failed} failed",
            done=result.done,
            total=result.total,
            failed=len(result.failures),
        )
        with suppress(OSError):  # nobody reads it, which is no reason to stop
            file.write(f"{line}\n")
            file.flush()
