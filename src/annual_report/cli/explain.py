"""`annual-report explain`: what a finding or a deviation means, and how to mend it."""

from __future__ import annotations

from typing import Annotated

import typer

from annual_report.cli.completion import complete_rules
from annual_report.cli.streams import STANDARD, write
from annual_report.messages import message


def register(app: typer.Typer, cls: type, lang: object) -> None:
    """Add the command to the command line.

    Parameters
    ----------
    app
        The command line.
    cls
        The class of its commands.
    lang
        The type of the option that every command has.
    """
    words = message("Explain a finding or a deviation, and how to mend it.").text()

    def command(
        id: Annotated[
            str | None,
            typer.Argument(
                metavar="[ID]",
                autocompletion=complete_rules,
                help=message("The identifier of a finding or a deviation; without it, all are listed").text(),
            ),
        ] = None,
        lang: object = None,  # noqa: ARG001  # settled before the command runs
    ) -> None:
        from annual_report.explanations import explanation

        text = _listed() if id is None else explanation(id).text()
        write(f"{text}\n".encode(), STANDARD)

    command.__annotations__["lang"] = lang
    app.command("explain", cls=cls, help=words)(command)


def _listed() -> str:
    """Give a line for every rule and deviation."""
    from annual_report.explanations import explanations

    known = explanations()
    widest = max(map(len, known))
    return "\n".join(f"{key:{widest}}  {each.what.text()}" for key, each in known.items())
