"""Whole numbers in other people's files, which may be longer than Python converts."""

from __future__ import annotations

MAX_DIGITS = 100
"""How many digits are converted: no number of a report has as many, and `int` refuses more than 4,300."""


def whole_number(text: str) -> int | None:
    """Return the number that decimal digits write; None for any other text, and for more digits than `MAX_DIGITS`.

    Examples
    --------
    >>> whole_number("７"), whole_number("7件"), whole_number("9" * 5000)
    (7, None, None)
    """
    return int(text) if text.isdecimal() and len(text) <= MAX_DIGITS else None
