"""What every rule and every deviation means, with an example of right and of wrong, and how to fix it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from annual_report.errors import TEXT, MessageError, require
from annual_report.messages import message, user_language

if TYPE_CHECKING:
    from annual_report.messages import Language, Message

Severity = Literal["error", "warning", "doubt", "info"]

SEVERITIES = {
    "error": message("error"),
    "warning": message("warning"),
    "doubt": message("in doubt"),
    "info": message("remark"),
}


class Words(NamedTuple):
    """A text in both languages.

    Parameters
    ----------
    zh, en
        The text in Chinese and in English.
    """

    zh: str
    en: str

    def text(self, language: Language | None = None) -> str:
        """Return the text in a language, by default the user's."""
        return self.zh if (language or user_language()) == "zh" else self.en


class Explanation(NamedTuple):
    """What a rule or a deviation means.

    Parameters
    ----------
    id
        The identifier in findings and deviations, such as `applications.balance`.
    severity
        `error` or `warning` for rules of the checks; `doubt` or `info` for deviations that readers find.
    what
        What it means.
    right, wrong
        An example that is as it should be, and one that is not.
    mend
        What to do about it.

    Examples
    --------
    >>> explanation("narrative.fees").wrong.text()
    '无其他需要报告的事项。'
    """

    id: str
    severity: Severity
    what: Words
    right: Words
    wrong: Words
    mend: Words

    def text(self, language: Language | None = None) -> str:
        """Format the explanation as lines.

        Parameters
        ----------
        language
            `zh` or `en`; by default, the user's.

        Returns
        -------
        str
            The identifier with its severity, the explanation, both examples and the advice.

        Examples
        --------
        >>> print(explanation("value.unit").text("en"))
        value.unit (remark)
        The unit after the number is left out.
        Right: 22
        Wrong: 22件
        What to do: write the number only
        """
        severity = SEVERITIES[self.severity].text(language)
        lines: list[Words | Message] = [
            message("{id} ({severity})", id=self.id, severity=severity),
            self.what,
            message("Right: {example}", example=shown(self.right, language)),
            message("Wrong: {example}", example=shown(self.wrong, language)),
            message("What to do: {advice}", advice=self.mend.text(language)),
        ]
        return "\n".join(line.text(language) for line in lines)


class UnknownIdError(MessageError, LookupError):
    """No rule and no deviation has this identifier.

    Examples
    --------
    >>> try:
    ...     explanation("application.balance")
    ... except UnknownIdError as error:
    ...     print(error.text("en"))
    there is no rule or deviation application.balance; did you mean “applications.balance”?
    """


@cache
def explanations() -> dict[str, Explanation]:
    """Return every explanation, rules first.

    Returns
    -------
    dict
        The explanations by their identifiers.

    Examples
    --------
    >>> [id for id in explanations() if id.startswith("disputes.")]
    ['disputes.total']
    """
    import tomllib  # checks import this module for the severities' names only
    from importlib.resources import files

    return {
        key: _explanation(key, entry)
        for name in ("rules", "deviations")
        for key, entry in tomllib.loads((files(__name__) / f"{name}.toml").read_text(encoding="utf-8")).items()
    }


def explanation(id: str) -> Explanation:
    """Return the explanation of a rule or a deviation.

    Parameters
    ----------
    id
        The identifier of a finding or a deviation.

    Returns
    -------
    Explanation
        What it means, and what to do about it.

    Raises
    ------
    UnknownIdError
        There is no such rule or deviation.

    Examples
    --------
    >>> explanation("applications.balance").mend.text("en")
    'check the numbers of this column: both sides must be equal'
    """
    require(id, str, "id", TEXT)
    known = explanations()
    if id in known:
        return known[id]
    from difflib import get_close_matches

    near = get_close_matches(id, known, n=1)
    if near:
        raise UnknownIdError(message("there is no rule or deviation {id}; did you mean “{near}”?", id=id, near=near[0]))
    raise UnknownIdError(message("there is no rule or deviation {id}", id=id))


def _explanation(id: str, entry: dict[str, Any]) -> Explanation:
    words = {key: _words(entry[key]) for key in ("what", "right", "wrong", "mend")}
    return Explanation(id, entry["severity"], **words)


def _words(text: str | dict[str, str]) -> Words:
    return Words(text, text) if isinstance(text, str) else Words(**text)


def shown(example: Words, language: Language | None = None) -> str:
    """Show a line break as a sign, and say what is blank."""
    return example.text(language).replace("\n", "↵") or message("(blank)").text(language)
