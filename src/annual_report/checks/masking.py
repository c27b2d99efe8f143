"""Identity numbers and mobile telephone numbers in a text, and the text with stars in their place."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from annual_report.messages import message

if TYPE_CHECKING:
    from annual_report.messages import Message

_PLAIN = str.maketrans("０１２３４５６７８９Ｘｘ＋\u3000\xa0－–—‐‑", "0123456789Xx+  -----")
_APART = r"(?<![0-9A-Za-z.])(?<![0-9A-Za-z]-)"
_CODE = "(?<!代码)(?<!代码[：:为])"
# Few texts have such numbers, so `re` compiles the two patterns when they are first needed.
_IDENTITY = rf"{_APART}{_CODE}([0-9](?:[ \-]?[0-9]){{16}}[ \-]?[0-9Xx])(?![0-9A-Za-z])"
"""An identity number, and not a code of an organisation, which has as many digits."""

_MOBILE = (
    rf"{_APART}(?:(?:\+|00)86[ \-]?)?(1[3-9][0-9][ \-]?[0-9]{{4}}[ \-]?[0-9]{{4}})"
    r"(?![0-9]|\.[0-9]|\s*(?:[万亿]?[元条件份项次]|号(?!码)))"
)
"""A telephone number, and not an amount of money, a count or the number of a document."""

_WEIGHTS = tuple(2**power % 11 for power in range(17, 0, -1))
_CHECK_DIGITS = "10X98765432"
_FIRST_YEAR_OF_BIRTH = 1900
_KEPT, _KEPT_OF_IDENTITY, _KEPT_OF_MOBILE = 3, 2, 4


class PersonalNumber(NamedTuple):
    """A number of a person in a text.

    Parameters
    ----------
    start, end
        The half-open range of its characters.
    what
        What it is.
    last
        How many characters at its end are shown.
    """

    start: int
    end: int
    what: Message
    last: int


def personal_numbers(text: str) -> list[PersonalNumber]:
    """Find the identity numbers and mobile telephone numbers in a text, in their order."""
    plain = text.translate(_PLAIN)
    identities = [
        PersonalNumber(*found.span(1), message("an identity number"), _KEPT_OF_IDENTITY)
        for found in re.finditer(_IDENTITY, plain)
        if _is_valid(found[1])
    ]
    rest = re.sub(_IDENTITY, _without_valid, plain) if identities else plain
    mobiles = [
        PersonalNumber(*found.span(1), message("a mobile telephone number"), _KEPT_OF_MOBILE)
        for found in re.finditer(_MOBILE, rest)
    ]
    return sorted(identities + mobiles, key=lambda number: number.start)


def masked(text: str) -> str:
    """Put stars in the place of the middle of identity numbers and mobile telephone numbers.

    Parameters
    ----------
    text
        Any text.

    Returns
    -------
    str
        The text, as long as it was.

    Examples
    --------
    >>> masked("联系电话13800001234。")
    '联系电话138****1234。'
    """
    pieces, end = [], 0
    for number in personal_numbers(text):
        first, last = number.start + _KEPT, number.end - number.last
        pieces += [text[end:first], "*" * (last - first)]
        end = last
    return "".join([*pieces, text[end:]])


def _without_valid(found: re.Match[str]) -> str:
    """Return letters as many as a valid identity number has characters, or what was found if it is none."""
    return "X" * len(found[0]) if _is_valid(found[1]) else found[0]


def _is_valid(number: str) -> bool:
    """Return whether the date of birth exists and the check digit is right."""
    number = re.sub("[ -]", "", number)
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number, strict=False))
    return born.year >= _FIRST_YEAR_OF_BIRTH and _CHECK_DIGITS[total % 11] == number[17].upper()
