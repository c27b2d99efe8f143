"""Runs the command line, and ends the process with its exit status."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

import typer

from annual_report.cli import INTERRUPTED, UNUSABLE
from annual_report.cli.commands import NOT_RECONCILED, app
from annual_report.cli.completion import PROGRAM, keep_help_on_one_line
from annual_report.cli.streams import STANDARD, UNREAD, leave_output, prepare, tell
from annual_report.cli.usage import usage_error
from annual_report.errors import AnnualReportError, MessageError, Problem, UnusableInputError

if TYPE_CHECKING:
    from typer.models import CommandInfo


def run() -> None:
    """Run the command line and exit."""
    prepare()
    keep_help_on_one_line()
    if _keep_only_named(sys.argv[1:]):
        _import_pydantic()
    status = _status()
    gc.freeze()  # else Python would look at every object twice before it ends
    sys.exit(status)


def _keep_only_named(arguments: list[str]) -> bool:
    """Keep the one command whose name comes first, if any: typer would build the others too, which takes longer."""
    named = [command for command in app.registered_commands if _name_of(command) in arguments[:1]]
    app.registered_commands = named or app.registered_commands
    return bool(named)


def _import_pydantic() -> None:
    """Import pydantic, which every command uses, without what only its search for plugins uses.

    Importing `importlib.metadata` takes longer than checking a report; the stand-in imports it when it is called.
    """
    metadata = "importlib.metadata"
    if metadata in sys.modules:
        return
    stand_in = ModuleType(metadata)
    vars(stand_in)["entry_points"] = lambda **named: import_module(metadata).entry_points(**named)
    sys.modules[metadata] = stand_in
    with suppress(ImportError):  # a pydantic that uses more of it imports it itself
        import_module("pydantic.plugin._loader")
    del sys.modules[metadata]


def _name_of(command: CommandInfo) -> str:
    return command.name or command.callback.__name__  # type: ignore[union-attr]  # every command has one


def _status() -> int:
    """Run the command line: 0 done, 1 not all reconciles, 2 unusable input, 130 interrupted, 141 output is not read."""
    try:
        status = app(prog_name=PROGRAM, standalone_mode=False)
        if sys.stdout is not None:
            sys.stdout.flush()
    except (MessageError, UnusableInputError) as error:
        return _fail(error.text())
    except AnnualReportError as error:
        status = _show_findings(error)
    except typer.TyperException as error:
        return _fail(usage_error(error))
    except (BrokenPipeError, SystemExit) as error:  # typer ends the process when nobody reads its output
        if isinstance(error, SystemExit) and not error.code:  # and after it has completed a word for a shell
            return 0
        leave_output()
        return UNREAD
    except OSError as error:
        from annual_report.files import describe_os_error

        leave_output()
        return _fail(UnusableInputError([Problem(describe_os_error(error))], _name(error)).text())
    except typer.Abort:
        status = INTERRUPTED
    return status if isinstance(status, int) else 0


def _show_findings(error: AnnualReportError) -> int:
    """Show why a report cannot be rendered."""
    from annual_report.checks import ReconciliationError
    from annual_report.cli.terminal import show

    if not isinstance(error, ReconciliationError):
        raise error
    show(error.findings, sys.stderr)
    return NOT_RECONCILED


def _fail(text: str) -> int:
    tell(text)
    return UNUSABLE


def _name(error: OSError) -> str:
    """Give the file that an error is about, or standard output, which has no name."""
    return os.fsdecode(error.filename) if isinstance(error.filename, str | bytes) else STANDARD
