"""Findings and progress as a terminal shows them: coloured there, plain in a pipe."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from annual_report.messages import message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from annual_report.batch import BatchResult
    from annual_report.checks import Findings

PIPE_WIDTH = 160
"""How many columns a table takes where there is no terminal."""

_COLOURS = {"error": "bold red", "warning": "yellow"}


def show(findings: Findings, file: TextIO) -> None:
    """Show findings as a table, worst first, and how many there are.

    Parameters
    ----------
    findings
        The findings.
    file
        Where to; colours are used on a terminal alone.
    """
    console = Console(file=file, width=None if file.isatty() else PIPE_WIDTH, highlight=False)
    if findings:
        table = Table(show_lines=True, expand=False)
        for title in (message("Severity"), message("Place"), message("Finding"), message("Rule")):
            table.add_column(title.text(), overflow="fold")
        names = {"error": message("error"), "warning": message("warning")}
        for finding in findings:
            colour = _COLOURS[finding.severity]
            table.add_row(
                Text(names[finding.severity].text(), style=colour),
                Text(finding.place),
                Text(finding.message.text()),
                Text(finding.id, style="dim"),
            )
        console.print(table)
    counted = message(
        "{errors} errors, {warnings} warnings", errors=len(findings.errors), warnings=len(findings.warnings)
    )
    console.print(Text(counted.text()))


@contextmanager
def progress(total: int | None) -> Iterator[Callable[[BatchResult], None]]:
    """Show how far a batch has come: a bar on a terminal, nothing in a pipe.

    Parameters
    ----------
    total
        How many reports there are, where that is known.
    """
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.progress import Progress

    with Progress(console=Console(file=sys.stderr)) as bar:
        task = bar.add_task("", total=total)
        yield lambda result: bar.update(task, completed=result.done)
