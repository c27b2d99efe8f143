"""Labels that name another quantity than the form's: another year's number, a share, a change, or the number itself."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from annual_report.readers.labels import bare

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from annual_report.form.grid import DataCell

_WORDS = r"(?:上一?|去|前)年|占比|比例|百分比|同比|环比|增长|增幅|增减|[%％‰]"
_YEAR = r"(?<![0-9])(?P<year>(?:19|20)[0-9]{2})年?(?![0-9])"
_OTHER = re.compile(f"{_WORDS}|{_YEAR}")
_ALONE = re.compile(rf"(?:{_YEAR}|{_WORDS})+度?")
_BRACKETS = re.compile(r"\(([^()]*)\)|\[([^][]*)\]")
_DIGITS = re.compile("[0-9]+")
_INNER_NUMBERING = re.compile(r"(?<![0-9.])[0-9]{1,2}[.、．](?=[^\W\d])")
"""The numbering of a label that another one is before in the same cell."""


def other_quantity(labels: Iterable[str], value: DataCell, year: int | None) -> str | None:
    """Find words in a value's labels that make another quantity of it.

    Parameters
    ----------
    labels
        The labels as printed. What they explain in brackets counts only if the brackets hold nothing else.
    value
        The value of the form.
    year
        The year of the report, if it is known.

    Returns
    -------
    str | None
        The words: another year, a share or a change that the form's own labels do not speak of.

    Examples
    --------
    >>> from annual_report.form import find
    >>> issued = find("2021").grids["proactive_disclosure"].values[0]
    >>> other_quantity(["制发件数（2023年）"], issued, 2024)
    '2023年'
    >>> other_quantity(["本年制发件数（含2023年起草的）"], issued, 2024) is None
    True
    """
    for label in labels:
        for words, named in _others(label):
            if words not in "".join(value.labels) and not (named and year in (None, int(named))):
                return words
    return None


@lru_cache(maxsize=4096)
def _others(label: str) -> tuple[tuple[str, str | None], ...]:
    """Find words in a label that may make another quantity of a value, each with the year that it is, if it is one."""
    return tuple((found[0], found["year"]) for text in _parts(label) for found in _OTHER.finditer(text))


def _parts(label: str) -> Iterator[str]:
    """Yield a label without its brackets, and what is in those that explain nothing."""
    text = "".join(unicodedata.normalize("NFKC", label).split())
    yield _BRACKETS.sub("", text)
    for found in _BRACKETS.finditer(text):
        inner = found[1] or found[2] or ""
        if _ALONE.fullmatch(inner):
            yield inner


def number_in(labels: Iterable[str], value: DataCell) -> str | None:
    """Find a number in a value's labels, numbering and brackets aside, that the form's do not have."""
    own = "".join(map(bare, value.labels))
    words = (bare(_INNER_NUMBERING.sub("", label)) for label in labels)
    return next((digits for label in words for digits in _DIGITS.findall(label) if digits not in own), None)
