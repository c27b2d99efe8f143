"""Sentences without their numbers, and what was read of them, kept because offices repeat their sentences."""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias

from annual_report.checks.phrases import Phrase
from annual_report.checks.prose import tokens, value_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from annual_report.checks.prose import Token
    from annual_report.checks.statements import Statement
    from annual_report.form import Edition

    IsOwn: TypeAlias = Callable[[str], bool]
    State: TypeAlias = tuple[Any, ...]
    Reading: TypeAlias = tuple[tuple[Statement, ...], State]

_LONGEST = 300
"""How many characters a wording may have to be kept."""

_MOST_READINGS = 64


class Wording:
    """A sentence whatever its numbers are, and what was read of it.

    What is read depends on what is understood before it, and on which of the names in it are the body's own.

    Parameters
    ----------
    tokens
        Its tokens.
    is_kept
        Whether it may be read again, so that its readings are worth remembering.
    """

    def __init__(self, tokens: Sequence[Token], *, is_kept: bool) -> None:
        self.tokens = tokens
        self._is_kept = is_kept
        self._names: dict[str, None] = {}
        self._readings: dict[tuple[Any, ...], Reading] = {}

    @cached_property
    def phrase(self) -> Phrase:
        """All its words."""
        return Phrase(self.tokens)

    @cached_property
    def _counts(self) -> list[slice]:
        return [slice(token.start, token.end) for token in self.tokens if token.group == "count"]

    def numbers(self, text: str) -> tuple[int, ...]:
        """Read the counts of a sentence with this wording; 0 is before the first, for what is denied."""
        return (0, *[value_of(text[place]) or 0 for place in self._counts])

    def recall(self, before: State, is_own: IsOwn) -> Reading | None:
        """Return what was read, if it was read in the same context with the same names being the body's own."""
        return self._readings.get(self._key(before, is_own))

    def asking(self, is_own: IsOwn) -> IsOwn:
        """Return a function that tells whether a name is the body's own, and remembers that it matters here."""

        def ask(name: str) -> bool:
            self._names[name] = None
            return is_own(name)

        return ask if self._is_kept else is_own

    def keep(self, reading: Reading, before: State, is_own: IsOwn) -> None:
        """Keep what was read."""
        if not self._is_kept:
            return
        if len(self._readings) >= _MOST_READINGS:
            self._readings.clear()
        self._readings[self._key(before, is_own)] = reading

    def _key(self, before: State, is_own: IsOwn) -> tuple[Any, ...]:
        return before, *map(is_own, tuple(self._names))


def wording_of(form: Edition, year: int, text: str) -> Wording:
    """Return the wording of a sentence, from those kept if it is not very long.

    Parameters
    ----------
    form, year
        The report's, from which other years are told apart.
    text
        The sentence, with other digits in its numbers.
    """
    return kept(form, year, text) if len(text) <= _LONGEST else _new(form, year, text, is_kept=False)


def _new(form: Edition, year: int, text: str, *, is_kept: bool = True) -> Wording:
    dated = [_dated(token, year) if token.group == "year" else token for token in tokens(text, form)]
    return Wording(dated, is_kept=is_kept)


kept = lru_cache(maxsize=1024)(_new)


def _dated(token: Token, year: int) -> Token:
    if token.number == year:
        return token
    return token._replace(group="last_year" if token.number < year else "next_year")
