"""Standard input and output, which may be closed or have nobody at the other end."""

from __future__ import annotations

import io
import json
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from annual_report.cli import UNUSABLE
from annual_report.errors import Problem, UnusableInputError, one_line
from annual_report.messages import message

if TYPE_CHECKING:
    from annual_report.report.model import AnnualReport

STANDARD = "-"
"""The name by which users mean standard input or output."""

UNREAD = 141
"""The exit status when nobody reads standard output any more, as a shell gives it."""


def prepare() -> None:
    """Make the standard streams safe to use, however the command was started."""
    for descriptor in (0, 1, 2):
        try:
            os.fstat(descriptor)
        except OSError:  # else the first file that is opened would take its number, and what is printed
            os.open(os.devnull, os.O_RDWR)
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115  # open as long as the process
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def tell(text: str) -> None:
    """Write a line to standard error; if nobody can read it, that is no reason to stop."""
    with suppress(OSError, ValueError):
        sys.stderr.write(f"{text}\n")
        sys.stderr.flush()


def fail(text: str) -> int:
    """Print why the command cannot do its work, and return its exit status."""
    tell(text)
    return UNUSABLE


def read(source: str) -> AnnualReport:
    """Read a report from a file, or from standard input."""
    from annual_report.loading import load, loads

    return loads(read_input(), STANDARD) if source == STANDARD else load(source)


def read_all(names: list[str]) -> list[AnnualReport]:
    """Read reports; every one that cannot be read is named before the command ends."""
    reports, errors = read_usable(names)
    if errors:
        refuse(errors)
    return reports


def read_usable(names: list[str]) -> tuple[list[AnnualReport], list[UnusableInputError]]:
    """Read the reports that can be read, and return the errors of the others."""
    reports, errors = [], []
    for name in names:
        try:
            reports.append(read(name))
        except UnusableInputError as error:
            errors.append(error)
    return reports, errors


def refuse(errors: list[UnusableInputError]) -> NoReturn:
    """End the command with one or more errors."""
    *others, last = errors
    for other in others:
        tell(other.text())
    raise last


def read_input() -> bytes:
    """Read standard input, unless it is closed."""
    if sys.stdin is None:
        raise UnusableInputError([Problem(message("standard input is closed"))], STANDARD)
    return sys.stdin.buffer.read()


def require_output() -> None:
    """Refuse to go on if standard output is closed."""
    if sys.stdout is None:
        raise UnusableInputError([Problem(message("standard output is closed"))], STANDARD)


def write(content: bytes, target: str) -> None:
    """Write to a file, and say so, or to standard output."""
    if target == STANDARD:
        require_output()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    else:
        import typer

        from annual_report.files import save
        from annual_report.scratch import remove_leftovers

        remove_leftovers(Path(target).parent)
        save(content, Path(target))
        typer.echo(one_line(message("written: {target}", target=target).text()))


def leave_output() -> None:
    """Keep Python from writing at its end what standard output has refused."""
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def json_text(value: Any) -> bytes:
    """Return JSON as people read it."""
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()
