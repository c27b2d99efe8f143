"""Pages' numbers in text without pages, told by their running on from one line to the next."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING

from annual_report.readers.published.boilerplate import LONGEST_PAGE
from annual_report.readers.published.dates import number_below_100

if TYPE_CHECKING:
    from collections.abc import Sequence

_LEAST = 3
"""How many numbers of one kind run on at least; of those that say that they are of pages, one less."""

_SIGNS = r"[-–—―−─~_*=·•∙●○◆.\s]*"
_SCRIPTS = {"digits": "0123456789", "chinese": "一二三四五六七八九十", "roman": "IVXivx"}
_NUMBER = "(?P<number>[0-9]{1,3}|[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九]|[IVX]{1,6})"
_NUMBERED = re.compile(
    rf"(?P<before>{_SIGNS})(?P<words>(?:第\s*)?|p(?:age|\.)?\s*|页[码次]\s*:?\s*){_NUMBER}"
    r"(?P<page>\s*页)?(?P<of>[\s,、(]*(?:/|of|共)\s*(?:共\s*)?[0-9]{1,3}\s*页?\s*\)?)?"
    rf"(?P<after>{_SIGNS})",
    re.IGNORECASE | re.ASCII,
)


def without_page_numbers(lines: Sequence[str]) -> list[str]:
    """Blank the lines that are pages' numbers.

    Parameters
    ----------
    lines
        The lines of a text.

    Returns
    -------
    list[str]
        The same lines, but for those of one kind that have a number each, and these one after the other: `— 3 —`,
        `第3页，共9页`, `III`. Digits alone are kept, since they may be cells of a table, as are those in brackets.

    Examples
    --------
    >>> without_page_numbers(["一", "— 1 —", "二", "— 2 —", "三", "— 3 —"])
    ['一', '', '二', '', '三', '']
    """
    kinds: dict[str, dict[int, int]] = {}
    for place, line in enumerate(lines):
        if found := _numbered(line):
            kind, number = found
            kinds.setdefault(kind, {})[place] = number
    places = {place for kind, numbers in kinds.items() if _run_on(kind, numbers, lines) for place in numbers}
    return ["" if place in places else line for place, line in enumerate(lines)]


def _numbered(line: str) -> tuple[str, int] | None:
    """Return the kind of a line that is nothing but a number with a page number's signs, and the number."""
    if not line or len(line) > LONGEST_PAGE or "\t" in line:
        return None
    text = unicodedata.normalize("NFKC", line.strip())
    found = _NUMBERED.fullmatch(text)
    number = _value(found["number"]) if found else None
    if found is None or number is None:
        return None
    script = next(script for script, letters in _SCRIPTS.items() if found["number"][0] in letters)
    is_between = bool(found["before"].strip() and found["after"].strip())
    if not (found["words"] or found["page"] or found["of"] or is_between or script == "roman"):
        return None
    around = text[: found.start("number")], text[found.end("number") :]
    return script.join("".join(part.split()) for part in around), number


def _run_on(kind: str, numbers: dict[int, int], lines: Sequence[str]) -> bool:
    """Return whether numbers of one kind follow each other, with text between them."""
    least = _LEAST - 1 if re.search("页|page|of", kind) else _LEAST
    values = list(numbers.values())
    if len(values) < least or values != list(range(values[0], values[0] + len(values))):
        return False
    return all(any(map(str.strip, lines[one + 1 : other])) for one, other in pairwise(numbers))


def _value(text: str) -> int | None:
    """Read a number in digits, Chinese numerals or Roman ones."""
    if text[0] in _SCRIPTS["roman"]:
        return next((number for number in range(1, 40) if _roman(number) == text.upper()), None)
    return number_below_100(text)


def _roman(number: int) -> str:
    tens, ones = divmod(number, 10)
    return "X" * tens + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[ones]
