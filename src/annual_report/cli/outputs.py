"""The file that `-o` means, which may be named by its folder."""

from __future__ import annotations

import os
from pathlib import Path

from annual_report.cli.streams import STANDARD, write
from annual_report.errors import Problem, UnusableInputError
from annual_report.messages import message

REVIEW, SUMMARY, COMPARISON = message("review"), message("summary"), message("comparison")
"""The names of files whose folder alone is given."""


def is_folder(output: str) -> bool:
    """Return whether `-o` names a folder: one that is there, or one to be made, which ends in a separator."""
    return output.endswith(("/", os.sep)) or (output != STANDARD and os.path.isdir(output))  # noqa: PTH112  # never raises


def in_folder(output: str, name: str) -> str:
    """Return the path of the file that `-o` means: in a folder, the file of this name."""
    return str(Path(output, name)) if is_folder(output) else output


def write_as(content: bytes, target: str, output: str | None) -> None:
    """Write a file, or to standard output, and make the folder that `-o` asks for."""
    make_folder(output or "")
    write(content, target)


def body_name(agency: str, year: int) -> str:
    """Name a file after a body and a year."""
    return f"{agency.replace('/', '-')}-{year}"


def named_after(source: str, suffix: str) -> str:
    """Name a file after the report that it is made from; standard input has no name."""
    return f"{'report' if source == STANDARD else Path(source).stem}.{suffix}"


def make_folder(output: str) -> None:
    """Make the folder that `-o` names, unless it is there.

    Raises
    ------
    UnusableInputError
        It cannot be made.
    """
    if is_folder(output):
        try:
            Path(output).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            from annual_report.files import describe_os_error

            raise UnusableInputError([Problem(describe_os_error(error))], output) from error


def refuse_sources(target: str | None, *sources: str | None) -> None:
    """Refuse a target that is one of the files read, whatever links or cases of letters lead to it.

    Raises
    ------
    UnusableInputError
        It is.
    """
    if target is None or target == STANDARD or not os.path.exists(target):  # noqa: PTH110  # pathlib raises for names that are too long
        return
    for source in sources:
        if source and os.path.exists(source) and os.path.samefile(source, target):  # noqa: PTH110, PTH121
            raise UnusableInputError([Problem(message("this would overwrite {source}", source=source))], target)
