"""How alike a printed label is to one of the form's: brackets, numbering and spaces aside, slips of the pen allowed."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

MAX_LABEL = 120
"""How many characters of a cell are looked at; the form's longest label has 40."""

EXPLAINED = 0.98
"""How alike a label is that has an explanation in brackets beside the form's words."""

PART = 0.86
"""How alike a label is of which words are left out, or which has words besides."""

_PART = 3
"""How many characters a part of a label has at least."""

_NUMBERING = re.compile(
    r"\([一二三四五六七八九十]{1,3}\)|[一二三四五六七八九十]{1,3}[、.,:]|\(?[0-9]{1,2}\)|[0-9]{1,2}[、.,:]?(?=[^0-9.])"
)
_BRACKETS = re.compile(r"\([^()]*\)|\[[^][]*\]")
_WITHOUT_NOTE_MARKS = dict.fromkeys(map(ord, "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾"))
_NOT_WORDS = re.compile(r"[\W_]+")


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """Return a text in one width and spelling, without spaces and without marks of notes."""
    text = text[:MAX_LABEL]
    plain = unicodedata.normalize("NFKC", text.translate(_WITHOUT_NOTE_MARKS).strip() or text)
    return "".join(plain.split()).replace("\u200b", "").replace("[]", "").replace("其它", "其他")


def numbered(text: str) -> bool:
    """Return whether a text begins with a numbering."""
    return _NUMBERING.match(folded(text)) is not None


@lru_cache(maxsize=4096)
def core(text: str) -> str:
    r"""Return a label's words alone.

    Parameters
    ----------
    text
        The label as printed.

    Returns
    -------
    str
        Its words without numbering, punctuation and spaces.

    Examples
    --------
    >>> core("（三） 不予\n公开") == core("(三)不予公开") == "不予公开"
    True
    """
    text = folded(text)
    found = _NUMBERING.match(text)
    return _NOT_WORDS.sub("", text[found.end() :] if found else text)


@lru_cache(maxsize=4096)
def bare(text: str) -> str:
    """Return a label's words without what brackets explain."""
    text = folded(text)
    found = _NUMBERING.match(text)
    return _NOT_WORDS.sub("", _BRACKETS.sub("", text[found.end() :] if found else text))


@lru_cache(maxsize=65536)
def similarity(found: str, label: str) -> float:
    """Measure how alike a printed label is to one of the form's.

    Parameters
    ----------
    found
        The label as printed.
    label
        The form's label.

    Returns
    -------
    float
        From 0 to 1: 1 for the same words.

    Examples
    --------
    >>> similarity("1、属于 国家秘密", "1.属于国家秘密")
    1.0
    >>> similarity("2.其他法律行政止公开", "2.其他法律行政法规禁止公开") > similarity("重复申请", "反复申请") > 0.7
    True
    """
    one, other = core(found), core(label)
    if one == other:
        return 1.0 if one else 0.0
    if 2 * len(_letters(one) & _letters(other)) < min(len(_letters(one)), len(_letters(other))):
        return 0.0
    short, known = bare(found), bare(label)
    if short and short == known:
        return EXPLAINED
    return max(_likeness(one, other), _likeness(short, known))


@lru_cache(maxsize=4096)
def _letters(words: str) -> frozenset[str]:
    return frozenset(words)


def _likeness(one: str, other: str) -> float:
    """Compare words: the longest common subsequence, and whether one is a part of the other."""
    if not one or not other:
        return 0.0
    common = _common(one, other)
    ratio = 2 * common / (len(one) + len(other))
    least = min(len(one), len(other))
    whole = one in other or other in one
    part = least >= _PART and (whole or (common == least and ratio >= 0.5))  # noqa: PLR2004
    return max(ratio, PART) if part else min(ratio, PART)


def _common(one: str, other: str) -> int:
    """Count the characters of the longest common subsequence, a bit for each character of the first."""
    places: dict[str, int] = {}
    for index, character in enumerate(one):
        places[character] = places.get(character, 0) | 1 << index
    full = (1 << len(one)) - 1
    row = full
    for character in other:
        hit = row & places.get(character, 0)
        row = ((row + hit) | (row - hit)) & full
    return len(one) - row.bit_count()
