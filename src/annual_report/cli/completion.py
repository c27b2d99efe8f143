"""Completion in shells: how it is installed, and the values that it offers."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import typer

from annual_report.errors import MessageError, one_line
from annual_report.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterable

PROGRAM = "annual-report"

_FIRST_USE = f"""
if [[ $funcstack[1] == _{PROGRAM} ]]; then
  _annual_report_completion "$@"
fi
"""
"""Completes in zsh when it loads typer's script, which otherwise only begins with the second press of the key."""

_SHELLS = {"bash", "zsh", "fish", "powershell", "pwsh"}


VARIABLE = "_ANNUAL_REPORT_COMPLETE"
"""The environment's variable by which a shell's script asks for completions."""


def keep_help_on_one_line() -> None:
    """Let rich, which formats the help of completions, not break it at the terminal's width: a shell reads lines."""
    if VARIABLE in os.environ:
        os.environ["COLUMNS"] = "10000"


def translate_options(options: Iterable[Any]) -> None:
    """Put typer's options of completion, which a command line may have, into the user's language."""
    for option in options:
        if option.name == "install_completion":
            option.callback = _install
            option.help = message("Install completion for the shell that this is run in.").text()
        elif option.name == "show_completion":
            option.help = message("Show the completion script for the shell that this is run in.").text()


def _install(context: Any, _: Any, wanted: bool | None) -> None:  # noqa: FBT001  # as typer calls it
    """Install completion as typer does, and say so in the user's language."""
    if not wanted or context.resilient_parsing:
        return
    import shellingham
    from typer.completion import install  # type: ignore[attr-defined]

    try:
        shell, _path = shellingham.detect_shell()
    except shellingham.ShellDetectionFailure:
        shell = ""
    if shell not in _SHELLS:
        raise MessageError(message("completion is for bash, zsh, fish and PowerShell, and this shell is none of them"))
    _, path = install(shell, prog_name=PROGRAM)
    if shell == "zsh":
        with path.open("a", encoding="utf-8") as script:
            script.write(_FIRST_USE)
    words = message(
        "completion for {shell} is written to {path}; open a new terminal to use it", shell=shell, path=path
    )
    typer.echo(one_line(words.text()))
    raise typer.Exit


def complete_formats() -> list[str]:
    """List the formats of documents."""
    from annual_report.writers import FORMATS

    return list(FORMATS)


def complete_styles() -> list[str]:
    """List the presets; a shell completes the names of files where none fits."""
    from annual_report.style import PRESETS

    return list(PRESETS)


def complete_editions() -> list[str]:
    """List the editions of the form, newest first."""
    from annual_report.form import registry

    return [edition.id for edition in reversed(registry.known())]


def complete_rules() -> list[tuple[str, str]]:
    """List the rules and deviations, each with what it means."""
    from annual_report.explanations import explanations

    return [(key, each.what.text()) for key, each in explanations().items()]
