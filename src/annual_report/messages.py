"""What users read, in Chinese or English, from the Babel message catalogues."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from gettext import NullTranslations

Language = Literal["zh", "en"]

LANGUAGES: tuple[Language, ...] = ("zh", "en")
VARIABLE = "ANNUAL_REPORT_LANG"
DOMAIN = "annual_report"

_LOCALES: dict[Language, str] = {"zh": "zh_CN", "en": "en"}


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence to users that is put into their language when it is shown.

    Parameters
    ----------
    id
        The sentence in English, with `{name}` for each parameter; the key of the catalogues.
    parameters
        The parameters' names and values; a value may be a message itself.
    """

    id: str
    parameters: tuple[tuple[str, Any], ...] = ()

    def text(self, language: Language | None = None) -> str:
        """Give the sentence in a language.

        Parameters
        ----------
        language
            `zh` or `en`; left out, the user's.

        Returns
        -------
        str
            The sentence.
        """
        language = language or user_language()
        values = {
            name: value.text(language) if isinstance(value, Message) else value for name, value in self.parameters
        }
        return _catalogue(language).gettext(self.id).format(**values)

    def __str__(self) -> str:
        """Give the sentence in the user's language."""
        return self.text()


def message(template: str, /, **parameters: Any) -> Message:
    """Make a message; the catalogues' tools find its template by this function's name.

    Parameters
    ----------
    template
        The sentence in English, with `{name}` for each parameter.
    parameters
        The parameters.

    Returns
    -------
    Message
        The message, in no language yet.
    """
    return Message(template, tuple(parameters.items()))


def user_language() -> Language:
    """Give the language that `ANNUAL_REPORT_LANG` asks for, Chinese unless it says `en`."""
    return "en" if os.environ.get(VARIABLE, "").lower().startswith("en") else "zh"


@cache
def _catalogue(language: Language) -> NullTranslations:
    from babel.support import Translations  # costs as much as the whole package, and only messages need it

    return Translations.load(str(files("annual_report") / "locale"), [_LOCALES[language]], DOMAIN)
