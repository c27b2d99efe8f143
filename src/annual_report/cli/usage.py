"""What typer says of the command line, in the user's language: its help and its errors."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from typer.core import TyperCommand, TyperGroup

from annual_report.errors import one_line
from annual_report.messages import Message, message

if TYPE_CHECKING:
    import typer

PROGRAM = "annual-report"

_FIXED_TEXTS = (
    message("Usage:"),
    message("[OPTIONS]"),
    message("COMMAND [ARGS]..."),
    message("Arguments:"),
    message("Options:"),
    message("Commands:"),
    message("[required]"),
    message("[default:"),
    message("Show this message and exit."),
)
"""What typer's help has in English only."""


def _translated(page: str) -> str:
    for text in _FIXED_TEXTS:
        page = page.replace(text.id, text.text())
    return page


class Group(TyperGroup):
    """The command line, with help in the user's language throughout."""

    def get_help(self, ctx: Any) -> str:
        """Give typer's help with its fixed texts translated."""
        return _translated(super().get_help(ctx))


class Command(TyperCommand):
    """A command, with help in the user's language throughout."""

    def get_help(self, ctx: Any) -> str:
        """Give typer's help with its fixed texts translated."""
        return _translated(super().get_help(ctx))


def usage_error(error: typer.TyperException) -> str:
    """Say in the user's language what is wrong with the arguments, and where to read about them."""
    kind = type(error).__name__
    if kind == "NoArgsIsHelpError":
        return error.format_message()
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else PROGRAM
    hint = message("see {command}", command=f"{command} --help")
    return f"{one_line(_misuse(error, kind).text())}\n{hint}"


def _misuse(error: typer.TyperException, kind: str) -> Message:
    parameter = getattr(error, "param", None)
    option = " / ".join(getattr(parameter, "opts", []))
    if kind == "MissingParameter":
        name = option if option.startswith("-") else getattr(parameter, "metavar", "")
        return message("{name} is missing", name=name)
    if kind == "NoSuchOption":
        return message("there is no option {name}", name=getattr(error, "option_name", ""))
    if kind == "BadParameter":
        return message("{name} is not given a usable value", name=option)
    text = error.format_message()
    for pattern, template in _MISUSES.items():
        if found := re.fullmatch(pattern, text):
            return Message(template.id, (("name", found[1]),))
    return message("these arguments cannot be used ({reason})", reason=text)


_MISUSES = {
    r"No such command '(.*?)'\..*": message("there is no command {name}"),
    r"Got unexpected extra argument\(?s?\)? \((.*)\)": message("there is no place for {name}"),
    r"Option '(.*)' requires an argument\.": message("{name} needs a value"),
    r"Option '(.*)' does not take a value\.": message("{name} takes no value"),
    r"(Missing command)\.": message("a command is missing"),
}
"""The errors that typer has in English only, by their text."""
