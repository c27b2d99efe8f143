"""The errors that users see: one sentence, or every problem in their input with its place."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NoReturn

from annual_report.messages import LANGUAGES, Language, Message, Place, message, place_in, user_language, using

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MAX_LISTED = 300
"""How many problems an error lists; the others are only counted."""

MAX_SHOWN = 40
"""How many characters of a key or value an error shows."""

MAX_SOURCE = 300
"""How many characters of a source's name an error shows."""

MAX_LINE = 1000
"""How many characters a problem's line has."""

_UNSAFE_IN_A_LINE = "[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"


def one_line(text: str) -> str:
    """Escape line breaks, terminal control sequences and what cannot be encoded, as in names that users chose."""
    return re.sub(_UNSAFE_IN_A_LINE, lambda found: found[0].encode("unicode_escape").decode(), text)


def shortened(text: str, most: int = MAX_SHOWN) -> str:
    """Cut a text to a number of characters, the last of which then is an ellipsis.

    Parameters
    ----------
    text
        The text.
    most
        How many characters it may have.

    Returns
    -------
    str
        The text, or its beginning.

    Examples
    --------
    >>> shortened("政府信息公开", 5)
    '政府信息…'
    """
    return text if len(text) <= most else f"{text[: most - 1]}…"


def located(place: str, path: str, language: Language | None = None) -> str:
    """Name a place in a line of text: its words in a language, and its path in brackets.

    Examples
    --------
    >>> located(Place("报告年度", "year"), "year", "zh"), located(Place("报告年度", "year reported on"), "year", "en")
    ('报告年度 (year)', 'year reported on (报告年度, year)')
    """
    if place == path:
        return path
    if isinstance(place, Place) and place.english != place and (language or user_language()) == "en":
        return f"{place.english} ({place}, {path})"
    return f"{place} ({path})"


class AnnualReportError(Exception):
    """Base class of the errors that this library's functions raise on purpose.

    Attributes
    ----------
    language
        The language of `str(error)`; if it is None, the user's.

    Examples
    --------
    >>> from annual_report import AnnualReportError, load
    >>> try:
    ...     load("report.txt")
    ... except AnnualReportError as error:
    ...     print(type(error).__name__)
    UnusableInputError
    """

    language: Language | None = None

    def text(self, language: Language | None = None) -> str:
        """Describe the error in a language; left out, the error's own, or else the user's."""
        with using(language or self.language):
            return " ".join(map(str, self.args))

    def to_dict(self) -> dict[str, Any]:
        """Return the error as JSON data, in both languages."""
        return {"message": {language: self.text(language) for language in LANGUAGES}}

    def __str__(self) -> str:
        """Describe the error in its own language, or else in the user's."""
        return self.text()


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with the input, and where.

    Parameters
    ----------
    message
        What is wrong.
    place
        Where, in the form's printed words; empty if the whole input is meant.
    path
        Where, as keys joined by dots; empty if the whole input is meant.
    asides
        What was found there, and where in the file, as far as that is known.
    language
        The language of `str(problem)`; if it is None, the user's.

    Examples
    --------
    >>> from annual_report.messages import message
    >>> Problem(message("is missing"), "行政机关名称", "agency").text("en")
    '行政机关名称 (agency): is missing'
    """

    message: Message
    place: str = ""
    path: str = ""
    asides: tuple[Message, ...] = ()
    language: Language | None = field(default=None, compare=False, repr=False)

    def text(self, language: Language | None = None) -> str:
        """Return the problem as one line."""
        language = language or self.language
        words, where = self._words(language), located(self.place, self.path, language)
        return one_line(shortened(f"{where}: {words}" if where else words, MAX_LINE))

    def _words(self, language: Language | None) -> str:
        words, asides = self.message.text(language), [aside.text(language) for aside in self.asides]
        if not asides:
            return words
        is_english = (language or user_language()) == "en"
        return f"{words} ({'; '.join(asides)})" if is_english else f"{words}（{'；'.join(asides)}）"

    def __str__(self) -> str:
        """Return the problem as one line in its own language, or else in the user's."""
        return self.text()

    def to_dict(self) -> dict[str, Any]:
        """Return the problem as JSON data, in both languages."""
        return {
            "path": self.path,
            "place": self.place,
            "place_en": place_in(self.place, "en"),
            "message": {language: self._words(language) for language in LANGUAGES},
        }


class UnusableInputError(AnnualReportError, ValueError):
    """A file, value or path that cannot be used as a report, a style or a target; nothing has been written.

    Parameters
    ----------
    problems
        Everything that is wrong, in the form's order.
    source
        The file's name, `-` for standard input; empty if there is no file.

    Examples
    --------
    >>> from annual_report import loads
    >>> try:
    ...     loads(b"[]", "report.json")
    ... except UnusableInputError as error:
    ...     print(error.text("en"))
    report.json: should be a JSON object
    """

    def __init__(self, problems: Iterable[Problem], source: str = "") -> None:
        self.problems = tuple(problems)
        self.source = source
        super().__init__(self.problems, source)

    def text(self, language: Language | None = None) -> str:
        """Return one line per problem, each beginning with the source's name; of very many, only the first."""
        return "\n".join(self._lines(language or self.language))

    def to_dict(self) -> dict[str, Any]:
        """Return the source and every problem as JSON data, in both languages."""
        return {"source": self.source, "problems": [problem.to_dict() for problem in self.problems]}

    def _lines(self, language: Language | None) -> Iterator[str]:
        name = self.source if len(self.source) <= MAX_SOURCE else f"…{self.source[1 - MAX_SOURCE :]}"
        lead = one_line(f"{name}: ") if name else ""
        for problem in self.problems[:MAX_LISTED]:
            yield lead + problem.text(language)
        others = len(self.problems) - MAX_LISTED
        if others > 0:
            yield lead + message("and {number} more problems", number=others).text(language)


class MessageError(AnnualReportError):
    """An error that one sentence explains; nothing has been written.

    Parameters
    ----------
    message
        The sentence.

    Examples
    --------
    >>> from annual_report.messages import message
    >>> MessageError(message("the JSON is nested too deeply")).text("en")
    'the JSON is nested too deeply'
    """

    def __init__(self, message: Message) -> None:
        self.message = message
        super().__init__(message)


class ConversionError(MessageError):
    """The program that converts a document is not installed, or failed.

    Examples
    --------
    >>> from annual_report import render
    >>> def pdf_or_word(report):
    ...     try:
    ...         return render(report, format="pdf")
    ...     except ConversionError:
    ...         return render(report, format="docx")
    """


class ArgumentTypeError(MessageError, TypeError):
    """A function was given something of a kind that it does not take.

    Examples
    --------
    >>> from annual_report import check
    >>> try:
    ...     check("report.json")
    ... except TypeError as error:
    ...     print(error.text("en"))
    report should be a report (AnnualReport; load() reads one from a file), got str
    """


class MissingExtraError(MessageError, ImportError):
    """A feature was used whose optional packages are not installed.

    Examples
    --------
    >>> from annual_report import AnnualReport
    >>> try:
    ...     frame = AnnualReport.blank(agency="某局", year=2024).disputes.to_frame()
    ... except MissingExtraError as error:
    ...     print(error)
    """


PATH = message("a path (str or Path)")
TEXT = message("text (str)")


def require(given: object, kinds: type | tuple[type, ...], argument: str, expected: Message) -> None:
    """Refuse an argument of a type that a function does not take.

    Parameters
    ----------
    given
        The argument.
    kinds
        The types that it may have.
    argument
        Its name.
    expected
        What it may be, in the caller's words.

    Raises
    ------
    ArgumentTypeError
        It has another type.
    """
    if not isinstance(given, kinds):
        refuse(given, argument, expected)


def refuse(given: object, argument: str, expected: Message) -> NoReturn:
    """Raise the error about an argument that a function does not take; see `require`."""
    kind = "None" if given is None else type(given).__name__
    raise ArgumentTypeError(
        message("{argument} should be {expected}, got {kind}", argument=argument, expected=expected, kind=kind)
    )


def missing_extra(feature: Message, *packages: str) -> MissingExtraError:
    """Make the error about a feature whose optional packages are not installed.

    Parameters
    ----------
    feature
        The feature, as the user would call it.
    packages
        The packages that it needs, by the names that pip installs them under.

    Returns
    -------
    MissingExtraError
        The error, to be raised by the caller; it names the command that installs the packages.

    Examples
    --------
    >>> from annual_report.messages import message
    >>> print(missing_extra(message("data frames"), "pandas").text("en"))
    packages for data frames are not installed; install them with: pip install pandas
    """
    command = " ".join(["pip install", *packages])
    return MissingExtraError(
        message(
            "packages for {feature} are not installed; install them with: {command}", feature=feature, command=command
        )
    )
