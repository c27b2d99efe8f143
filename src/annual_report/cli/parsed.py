"""Runs the command line that typer parses."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import typer

from annual_report.cli import INTERRUPTED
from annual_report.cli.commands import app
from annual_report.cli.completion import PROGRAM, keep_help_on_one_line
from annual_report.cli.streams import fail
from annual_report.cli.usage import usage_error

if TYPE_CHECKING:
    from typer.models import CommandInfo


def run_parsed() -> int:
    """Run the command that the arguments name, and return the exit status."""
    keep_help_on_one_line()
    _keep_only_named(sys.argv[1:])
    try:
        status = app(prog_name=PROGRAM, standalone_mode=False)
    except typer.TyperException as error:
        return fail(usage_error(error))
    except typer.Abort:
        return INTERRUPTED
    return status if isinstance(status, int) else 0


def _keep_only_named(arguments: list[str]) -> None:
    """Keep the one command whose name comes first: typer would build the others too, which takes longer than this."""
    named = [command for command in app.registered_commands if _name_of(command) in arguments[:1]]
    app.registered_commands = named or app.registered_commands


def _name_of(command: CommandInfo) -> str:
    return command.name or command.callback.__name__  # type: ignore[union-attr]  # every command has one
