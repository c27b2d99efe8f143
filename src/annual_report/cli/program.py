"""Runs the command line, and ends the process with its exit status."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress
from functools import partial
from importlib import import_module
from types import ModuleType
from typing import Any

from annual_report.cli import NOT_RECONCILED
from annual_report.cli.streams import STANDARD, UNREAD, fail, leave_output, prepare, tell
from annual_report.errors import AnnualReportError, MessageError, Problem, UnusableInputError
from annual_report.messages import message

_METADATA = "importlib.metadata"


def run() -> None:
    """Run the command line and exit."""
    prepare()
    status = _status(sys.argv[1:])
    gc.freeze()  # else Python would look at every object twice before it ends
    sys.exit(status)


def _run_command(arguments: list[str]) -> int:
    """Do what the arguments ask for; those that only name a report need no parsing, which takes longer."""
    if arguments and not arguments[0].startswith("-"):
        _import_pydantic()
    if arguments[:1] == ["check"] and len(arguments) == 2 and not arguments[1].startswith("-"):  # noqa: PLR2004
        from annual_report.cli.check_one import check_report, is_many

        if not is_many(arguments[1:]):
            return check_report(arguments[1])
    from annual_report.cli.parsed import run_parsed

    return run_parsed()


def _import_pydantic() -> None:
    """Import pydantic, which every command uses, without what only its search for plugins uses.

    Importing `importlib.metadata` takes longer than checking a report; the stand-in imports it when it is called.
    """
    if _METADATA in sys.modules:
        return
    stand_in = ModuleType(_METADATA)
    for name in ("entry_points", "distributions"):  # releases of pydantic search with one or the other
        setattr(stand_in, name, partial(_search, name))
    sys.modules[_METADATA] = stand_in
    try:
        with suppress(ImportError):  # a pydantic that uses more of it imports it itself
            import_module("pydantic.plugin._loader")
    finally:
        del sys.modules[_METADATA]


def _search(name: str, **named: Any) -> Any:
    return getattr(import_module(_METADATA), name)(**named)


def _status(arguments: list[str]) -> int:
    """Run a command: 0 done, 1 not all reconciles, 2 unusable input, 130 interrupted, 141 output is not read."""
    try:
        status = _run_command(arguments)
        if sys.stdout is not None:
            sys.stdout.flush()
    except (MessageError, UnusableInputError) as error:
        return fail(error.text())
    except AnnualReportError as error:
        status = _show_findings(error)
    except (BrokenPipeError, SystemExit) as error:  # typer ends the process when nobody reads its output
        if isinstance(error, SystemExit) and not error.code:  # and after it has completed a word for a shell
            return 0
        leave_output()
        return UNREAD
    except OSError as error:
        from annual_report.files import describe_os_error

        leave_output()
        return fail(UnusableInputError([Problem(describe_os_error(error))], _name(error)).text())
    return status


def _show_findings(error: AnnualReportError) -> int:
    """Show why a report cannot be rendered."""
    from annual_report.checks import ReconciliationError
    from annual_report.cli.terminal import show

    if not isinstance(error, ReconciliationError):
        raise error
    show(error.findings, sys.stderr)
    tell(message("nothing was written; --force writes the document all the same").text())
    return NOT_RECONCILED


def _name(error: OSError) -> str:
    """Return the file that an error is about, or standard output, which has no name."""
    return os.fsdecode(error.filename) if isinstance(error.filename, str | bytes) else STANDARD
