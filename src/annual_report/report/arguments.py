"""Refuses arguments of functions with a sentence that says what the function takes."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, get_args

from annual_report.errors import Problem, UnusableInputError, refuse, require
from annual_report.messages import message
from annual_report.report.model import AnnualReport

_REPORT = message("a report (AnnualReport; load() reads one from a file)")
_SOURCE = message("a report (AnnualReport) or the path of its file (str or Path)")
_SOURCES = message("reports (AnnualReport) or paths of their files, in a list or another iterable")


def require_report(given: object, argument: str = "report") -> None:
    """Refuse what is not a report.

    Raises
    ------
    ArgumentTypeError
        It is something else.
    """
    require(given, AnnualReport, argument, _REPORT)


def require_source(given: object, argument: str) -> None:
    """Refuse what is neither a report nor a path.

    Raises
    ------
    ArgumentTypeError
        It is something else.
    """
    require(given, (AnnualReport, str, Path), argument, _SOURCE)


def require_sources(given: object, argument: str) -> None:
    """Refuse what is not a collection: a single report or path, which can be iterated too, or no iterable at all.

    Raises
    ------
    ArgumentTypeError
        It is something else.
    """
    if isinstance(given, AnnualReport | str | bytes) or not isinstance(given, Iterable):
        refuse(given, argument, _SOURCES)


def require_choice(given: object, choices: Any, argument: str) -> None:
    """Refuse what is none of the values of a `Literal`.

    Raises
    ------
    UnusableInputError
        It is something else.
    """
    known = get_args(choices)
    if not isinstance(given, str) or given not in known:
        from annual_report.report.problems import shown  # needs difflib, which takes 1 ms to import

        words = message(
            "{argument} should be one of {known}, got {value}",
            argument=argument,
            known=", ".join(known),
            value=shown(given),
        )
        raise UnusableInputError([Problem(words)])
