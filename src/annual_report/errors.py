"""What can be wrong with a user's input, in the user's words: every problem with its place, all at once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annual_report.messages import Language, Message, user_language

if TYPE_CHECKING:
    from collections.abc import Iterable


_BREAKS_A_LINE = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def one_line(text: str) -> str:
    """Write out what breaks a line, steers a terminal or cannot be encoded; names and keys are the user's."""
    return _BREAKS_A_LINE.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


class AnnualReportError(Exception):
    """Base of every error that this library raises for its users."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, with its place.

    Parameters
    ----------
    message
        What is wrong.
    place
        Where, in the form's printed words; empty where it concerns the whole.
    path
        Where, as keys joined by dots; empty where it concerns the whole.
    """

    message: Message
    place: str = ""
    path: str = ""

    def text(self, language: Language | None = None) -> str:
        """Give the problem as one line."""
        words = self.message.text(language)
        where = f"{self.place} ({self.path})" if self.place != self.path else self.path
        return one_line(f"{where}: {words}" if where else words)

    def __str__(self) -> str:
        """Give the problem as one line in the user's language."""
        return self.text()


class UnusableInputError(AnnualReportError, ValueError):
    """Input that cannot be a report, a style or a target; nothing has been written.

    Parameters
    ----------
    problems
        Everything that is wrong, in the form's order.
    source
        The file's name, `-` for standard input; empty where there is no file.
    """

    def __init__(self, problems: Iterable[Problem], source: str = "") -> None:
        self.problems = tuple(problems)
        self.source = source
        super().__init__(self.problems, source)

    def text(self, language: Language | None = None) -> str:
        """Give one line per problem, each beginning with the source's name."""
        lead = one_line(f"{self.source}: ") if self.source else ""
        return "\n".join(lead + problem.text(language) for problem in self.problems)

    def __str__(self) -> str:
        """Give one line per problem in the user's language."""
        return self.text(user_language())


class MessageError(AnnualReportError):
    """An error that is one sentence to the user; nothing has been written.

    Parameters
    ----------
    message
        The sentence.
    """

    def __init__(self, message: Message) -> None:
        self.message = message
        super().__init__(message)

    def text(self, language: Language | None = None) -> str:
        """Give the sentence in a language."""
        return self.message.text(language)

    def __str__(self) -> str:
        """Give the sentence in the user's language."""
        return self.text(user_language())


class ConversionError(MessageError):
    """A document that another program was to convert and did not."""


class MissingExtraError(MessageError, ImportError):
    """A package that is not installed, without which something cannot be done."""
