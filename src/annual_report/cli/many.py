"""Many files, as several commands read them: by worker processes, with the progress on standard error."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from annual_report.cli.interruption import interruptible
from annual_report.cli.streams import tell
from annual_report.cli.terminal import progress
from annual_report.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annual_report.batch import Failure, Processes
    from annual_report.report.model import AnnualReport

_WORTH_WORKERS = 100
"""The number of files from which starting worker processes saves time."""


_NAMED = 5
"""How many of the files that are not read are named."""


def files_of(inputs: list[str], target: str = "") -> list[str]:
    """Return the files that a command line names, and tell which files of its folders are not read."""
    from annual_report.batch import expanded
    from annual_report.batch.inputs import not_taken

    files = expanded(inputs, target)
    if others := not_taken(inputs):
        names = ", ".join(others[:_NAMED]) + (" …" if len(others) > _NAMED else "")
        tell(message("{number} files that are not taken for reports: {names}", number=len(others), names=names).text())
    return files


@contextmanager
def workers(files: list[str]) -> Iterator[Processes | None]:
    """Start worker processes if there are enough files; a signal ends the command in order."""
    from annual_report.batch import Processes

    with interruptible():
        if len(files) < _WORTH_WORKERS:
            yield None
        else:
            with Processes() as pool:
                yield pool


def readable(files: list[str], failures: list[Failure]) -> Iterator[tuple[str, AnnualReport]]:
    """Yield the reports that can be read, each with its name; at the end, the failures are told and listed."""
    from annual_report.batch import Failure, Sources

    with workers(files) as pool, progress(sys.stderr) as step:
        for name, report in Sources(files, pool).followed(step):
            if isinstance(report, Failure):
                failures.append(report)
            else:
                yield name, report
    for failure in failures:
        tell(failure.text())
