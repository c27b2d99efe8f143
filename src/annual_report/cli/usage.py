"""What typer says of the command line, in the user's language: its help and its errors."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from typer.core import TyperCommand, TyperGroup

from annual_report.cli.completion import PROGRAM, translate_options
from annual_report.cli.interruption import Interrupted, end_at_once
from annual_report.errors import one_line
from annual_report.messages import Message, message

if TYPE_CHECKING:
    from collections.abc import Sequence

    import typer

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

    def main(self, *arguments: Any, **named: Any) -> Any:
        """Run the command line, with the options of completion in the user's language too."""
        translate_options(self.params)
        return super().main(*arguments, **named)

    def get_help(self, ctx: Any) -> str:
        """Return typer's help with its fixed texts translated."""
        return _translated(super().get_help(ctx))


class Command(TyperCommand):
    """A command, with help in the user's language throughout, which ends at once when a signal asks it to."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command; the end of Python would wait for workers that were killed while they answered."""
        try:
            return super().invoke(ctx)
        except Interrupted as error:
            end_at_once(error.number)

    def get_help(self, ctx: Any) -> str:
        """Return typer's help with its fixed texts translated."""
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
        near = getattr(error, "possibilities", None) or ()
        return _unknown(message("there is no option {name}", name=getattr(error, "option_name", "")), near)
    if kind == "BadParameter":
        return _unusable_value(option, getattr(parameter, "type_descriptor", None))
    text = error.format_message()
    if found := re.fullmatch(r"No such command '(.*?)'\.(?: Did you mean (.*)\?)?", text):
        return _unknown(message("there is no command {name}", name=found[1]), re.findall("'(.*?)'", found[2] or ""))
    for pattern, template in _MISUSES.items():
        if found := re.fullmatch(pattern, text):
            return Message(template.id, (("name", found[1]),))
    return message("these arguments cannot be used ({reason})", reason=text)


def _unknown(words: Message, near: Sequence[str]) -> Message:
    """Add the best of the known names that may be meant."""
    return message("{words}; did you mean “{name}”?", words=words, name=near[0]) if near else words


def _unusable_value(option: str, takes: Any) -> Message:
    """Describe what values an option takes."""
    if choices := getattr(takes, "choices", None):
        return message("{name} should be one of {known}", name=option, known=", ".join(map(str, choices)))
    if getattr(takes, "annotation", None) is int:
        least, most = takes.parameter_info.min or 0, takes.parameter_info.max
        if most is None:
            return message("{name} should be a whole number not less than {least}", name=option, least=least)
        return message("{name} should be a whole number from {least} to {most}", name=option, least=least, most=most)
    return message("{name} is not given a usable value", name=option)


_MISUSES = {
    r"Got unexpected extra argument\(?s?\)? \((.*)\)": message("unexpected argument: {name}"),
    r"Option '(.*)' requires an argument\.": message("{name} needs a value"),
    r"Option '(.*)' does not take a value\.": message("{name} takes no value"),
    r"(Missing command)\.": message("a command is missing"),
}
"""The errors that typer has in English only, by their text."""
