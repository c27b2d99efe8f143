"""`annual-report explain`: what a finding or a deviation means, and how to fix it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from annual_report.cli.completion import complete_rules
from annual_report.cli.options import Lang
from annual_report.cli.streams import STANDARD, write
from annual_report.messages import message

if TYPE_CHECKING:
    from annual_report.explanations import Explanation


def explain_command(
    id: Annotated[
        str | None,
        typer.Argument(
            metavar="ID",
            autocompletion=complete_rules,
            help=message(
                "The identifier of a finding or a deviation, or a word to search for; without it, all are listed"
            ).text(),
        ),
    ] = None,
    lang: Lang = None,
) -> None:
    """Explain a finding or a deviation."""
    from annual_report.explanations import explanation, explanations

    known = explanations()
    found = _search(known, id or "") if id not in known else {}
    text = _listed(found) if found else explanation(id or "").text()
    write(f"{text}\n".encode(), STANDARD)


def _search(known: dict[str, Explanation], word: str) -> dict[str, Explanation]:
    """Return those that have the word in their meaning or as a part of their identifier; all without a word."""
    return {key: each for key, each in known.items() if word in key.split(".") or word in each.what.text()}


def _listed(known: dict[str, Explanation]) -> str:
    """Return a line for each."""
    widest = max(map(len, known))
    return "\n".join(f"{key:{widest}}  {each.what.text()}" for key, each in known.items())
