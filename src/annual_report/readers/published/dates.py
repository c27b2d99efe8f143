"""Years and dates as offices write them, in digits of any kind or in Chinese numerals."""

from __future__ import annotations

import re
from datetime import date

DIGITS = str.maketrans("０１２３４５６７８９〇○零一二三四五六七八九", "0123456789000123456789")
YEAR = r"(?:(?:20|２０|二[〇○零０0])[0-9０-９〇○零一二三四五六七八九]{2}|2100)"
"""A year that a report may be on."""

_LONGEST = 60
"""How many characters a line with a date may have."""

_CHINESE = "〇○零一二三四五六七八九十"
DATE = re.compile(
    rf"(?P<year>[0-9０-９{_CHINESE}]{{4}}(?=\s*[年/.-])|[0-9]{{1,3}}(?=年))\s*(?:年|[-/.])\s*(?P<month>[0-9０-９{_CHINESE}]{{1,3}})\s*(?:月|[-/.])"
    rf"\s*(?P<day>[0-9０-９{_CHINESE}]{{1,3}})\s*日?"
)


def as_date(text: str) -> date | None:
    """Read a date that is all of a text.

    Parameters
    ----------
    text
        The text: `2025年1月15日`, `2025/1/15`, `2025-1-5`, `二〇二五年一月十五日`.

    Returns
    -------
    date | None
        The date; none where it is none.

    Examples
    --------
    >>> as_date("二〇二五年一月十五日")
    datetime.date(2025, 1, 15)
    """
    found = DATE.fullmatch(re.sub(r"\s+", "", text)) if len(text) <= _LONGEST else None
    if found is None:
        return None
    try:
        return date(
            int(found["year"].translate(DIGITS)), number_below_100(found["month"]), number_below_100(found["day"])
        )
    except ValueError:
        return None


def number_below_100(text: str) -> int:
    """Read a number below 100 in digits or in words, 二十三."""
    tens, ten, ones = text.translate(DIGITS).partition("十")
    if not ten:
        return int(tens)
    return int(tens or 1) * 10 + int(ones or 0)
