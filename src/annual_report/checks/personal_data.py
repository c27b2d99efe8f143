"""What a report must not publish: people's identity numbers and mobile telephones."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from annual_report.checks.findings import Finding
from annual_report.checks.prose import plain_digits, quotation_of
from annual_report.messages import message
from annual_report.report.places import section_title

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annual_report.checks.texts import ReportTexts
    from annual_report.messages import Message

_IDENTITY = re.compile("[0-9]{17}(?:[0-9]+|[Xx])")
_MOBILE = re.compile(r"1[3-9][0-9](?:[0-9]{8}|[ \-][0-9]{4}[ \-][0-9]{4})(?![0-9]|\.[0-9])")
_LONG = re.compile(r"[0-9０-９][0-9０-９ \-]{10}")
_STEP, _REACH = 4, 15
_PERHAPS_LONG = re.compile("[0-9０-９]{2}")
"""What is left of a long number in every fourth character of a text, which takes a fourth of the time to search."""

_JOINED_BEFORE = re.compile(r"[0-9A-Za-z.\-]")
_WEIGHTS = tuple(2**power % 11 for power in range(17, 0, -1))
_CHECK_DIGITS = "10X98765432"
_LENGTH_OF_IDENTITY = 18
_KEPT, _KEPT_OF_IDENTITY, _KEPT_OF_MOBILE = 3, 2, 4


def findings(texts: ReportTexts) -> Iterator[Finding]:
    """Find identity numbers and mobile telephones in the texts of a report."""
    if not _has_long(texts.whole):
        return
    for key, paragraphs in texts.sections.items():
        for index, (written, _) in enumerate(paragraphs):
            if not _has_long(written):
                continue
            text = plain_digits(written)
            for span, what in _numbers(text):
                quotation = quotation_of(key, index, text, span)
                quotation = quotation._replace(text=masked(quotation.text))
                words = message("{what} should not be published: “{sentence}”", what=what, sentence=quotation.text)
                yield Finding("narrative.personal_data", "warning", key, section_title(key), words, quotation=quotation)


def _has_long(text: str) -> bool:
    """Tell whether a text has as many digits in a row as a telephone number."""
    places = [found.start() * _STEP for found in _PERHAPS_LONG.finditer(text[::_STEP])]
    return any(_LONG.search(text, max(0, place - _REACH), place + _REACH) for place in places)


def masked(text: str) -> str:
    """Put stars in the place of the middle of identity numbers and mobile telephones.

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
    for (start, stop), _ in _numbers(text):
        kept = _KEPT_OF_IDENTITY if stop - start == _LENGTH_OF_IDENTITY else _KEPT_OF_MOBILE
        pieces += [text[end : start + _KEPT], "*" * (stop - start - _KEPT - kept), text[stop - kept : stop]]
        end = stop
    return "".join([*pieces, text[end:]])


def _numbers(text: str) -> list[tuple[tuple[int, int], Message]]:
    """Find the numbers of persons in a text, in their order."""
    found = [
        (match.span(), what)
        for pattern, what in (
            (_IDENTITY, message("an identity number")),
            (_MOBILE, message("a mobile telephone number")),
        )
        for match in pattern.finditer(text)
        if not _JOINED_BEFORE.match(text[match.start() - 1 : match.start()])
        and (pattern is _MOBILE or _is_valid(match[0]))
    ]
    return sorted(found, key=lambda item: item[0])


def _is_valid(number: str) -> bool:
    """Tell whether the date of birth exists and the check digit is right."""
    if len(number) != _LENGTH_OF_IDENTITY:
        return False
    try:
        date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number, strict=False))
    return _CHECK_DIGITS[total % 11] == number[17].upper()
