"""Messages to users, in Chinese or English, from gettext message catalogues."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path
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
        language = language or user_language()
        values = {
            name: value.text(language) if isinstance(value, Message) else value for name, value in self.parameters
        }
        return _catalogue(language).gettext(self.id).format(**values)

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


def user_language() -> Language:
    """Return the language set by `ANNUAL_REPORT_LANG`: Chinese unless it begins with `en`."""
    return "en" if os.environ.get(VARIABLE, "").lower().startswith("en") else "zh"


@cache
def _catalogue(language: Language) -> NullTranslations:
    from gettext import translation

    folder = Path(__file__).with_name("locale")
    return translation(DOMAIN, folder, [_LOCALES[language]], fallback=True)
