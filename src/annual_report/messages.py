"""Messages to users, in Chinese or English, from gettext message catalogues."""

from __future__ import annotations

import os
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Self

if TYPE_CHECKING:
    from collections.abc import Iterator
    from gettext import NullTranslations

Language = Literal["zh", "en"]

LANGUAGES: tuple[Language, ...] = ("zh", "en")
VARIABLE = "ANNUAL_REPORT_LANG"
DOMAIN = "annual_report"

_LOCALES: dict[Language, str] = {"zh": "zh_CN", "en": "en"}

_chosen: ContextVar[Language | None] = ContextVar("annual_report_language", default=None)


@dataclass(frozen=True, slots=True)
class Message:
    """A message that is translated when it is shown.

    Parameters
    ----------
    id
        The text in English, with `{name}` for each parameter; also its key in the catalogues.
    parameters
        The parameters' names and values; a value may itself be a message.
    """

    id: str
    parameters: tuple[tuple[str, Any], ...] = ()

    def text(self, language: Language | None = None) -> str:
        """Return the text in a language.

        Parameters
        ----------
        language
            `zh` or `en`; by default, the user's.

        Returns
        -------
        str
            The text.
        """
        language = user_language() if language is None else _known(language)
        values = {
            name: value.text(language) if isinstance(value, Message) else value for name, value in self.parameters
        }
        return _catalogue(language).gettext(self.id).format(**values)

    def to_dict(self) -> dict[Language, str]:
        """Return the text in both languages."""
        return {language: self.text(language) for language in LANGUAGES}

    def __str__(self) -> str:
        """Return the text in the user's language."""
        return self.text()


def message(template: str, /, **parameters: Any) -> Message:
    """Make a message; the extraction tools find templates by this function's name.

    Parameters
    ----------
    template
        The text in English, with `{name}` for each parameter.
    parameters
        The parameters.

    Returns
    -------
    Message
        The message, to be translated later.
    """
    return Message(template, tuple(parameters.items()))


class Place(str):
    """A place in a report: a string of the form's printed words, which also has an English name.

    Parameters
    ----------
    words
        The form's printed words.
    english
        The place in English.

    Examples
    --------
    >>> place = Place("报告年度", "year")
    >>> place, place.text("zh"), place.text("en")
    ('报告年度', '报告年度', 'year (报告年度)')
    """

    __slots__ = ("english",)

    english: str

    def __new__(cls, words: str, english: str) -> Self:
        """Make a string of the form's words, and keep the English name beside it."""
        place = super().__new__(cls, words)
        place.english = english
        return place

    def __reduce__(self) -> tuple[type[Place], tuple[str, str]]:
        """Return what a copy is made of."""
        return Place, (str(self), self.english)

    def text(self, language: Language | None = None) -> str:
        """Return the place in a language; in English, with the form's words in brackets."""
        is_english = (language or user_language()) == "en" and self.english != self
        return f"{self.english} ({self})" if is_english else str(self)


def place_in(place: str, language: Language | None = None) -> str:
    """Return a place in a language, if its English name is known."""
    return place.text(language) if isinstance(place, Place) else place


@contextmanager
def using(language: Language | None) -> Iterator[None]:
    """Show messages in a language within a block of code.

    The language holds for the current context only: other threads and asynchronous tasks are not affected, and tasks
    and `asyncio.to_thread` calls that the block starts take it over. It overrides `ANNUAL_REPORT_LANG`. An error that
    leaves the block stays in its language.

    Parameters
    ----------
    language
        `zh` or `en`; None changes nothing.

    Yields
    ------
    None

    Raises
    ------
    ValueError
        The language is neither.

    Examples
    --------
    >>> from annual_report import check, AnnualReport
    >>> finding = check(AnnualReport.blank(agency="某局", year=2024))[0]
    >>> with using("en"):
    ...     print(finding.message)
    this section is empty
    """
    if language is None:
        yield
        return
    token = _chosen.set(_known(language))
    try:
        yield
    except Exception as error:
        if getattr(error, "language", language) is None:
            error.language = language  # type: ignore[attr-defined]  # an error of this library
        raise
    finally:
        _chosen.reset(token)


def _known(language: Language) -> Language:
    """Refuse a language that there are no messages in."""
    if language not in LANGUAGES:
        raise ValueError(str(message("there is no language “{language}”; known are zh and en", language=language)))
    return language


def user_language() -> Language:
    """Return the language that `using` has set, or else `ANNUAL_REPORT_LANG`: Chinese unless that begins with `en`."""
    return _chosen.get() or ("en" if os.environ.get(VARIABLE, "").lower().startswith("en") else "zh")


@cache
def _catalogue(language: Language) -> NullTranslations:
    from gettext import GNUTranslations, NullTranslations

    path = Path(__file__).parent / "locale" / _LOCALES[language] / "LC_MESSAGES" / f"{DOMAIN}.mo"
    if not path.exists():  # a copy of the source whose catalogues are not compiled has English messages
        return NullTranslations()
    with path.open("rb") as file:
        return GNUTranslations(file)
