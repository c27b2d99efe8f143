"""Numbers in Chinese prose: how offices write them, and which of them count cases of open government information."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from annual_report.checks.findings import Quotation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_FULL_WIDTH = re.compile("[０-９]")
_DIGITS = {character: number for number, character in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2, "○": 0}
_POWERS = {"十": 10, "百": 100, "千": 1000}
_DIGIT = "[一二两三四五六七八九]"
_ROUGH = re.compile(f"^{_DIGIT}{{2}}$|{_DIGIT}{{2}}[十百千万]|[十百千万]{_DIGIT}{{2}}")

NUMBER = r"(?:[0-9]{1,3}(?:[ ,，\u00a0\u2009][0-9]{3})+(?![0-9])|[0-9]+|(?<!数)[〇○零一二两三四五六七八九十百千万]+)"
UNIT = "(?:件次|件|项|份|条|宗|起|例|个)"
COUNTED = rf"(?P<number>{NUMBER})\s*{UNIT}(?!次|以上|以下|左右)"
"""A number that counts cases; approximate ones (`余`, `多`) do not match."""

_CASES = re.compile(rf"[0-9〇○零一二两三四五六七八九十百千万]\s*{UNIT}")

_WORDS = (
    "政府信息公开|政务信息公开|依申请公开|政务公开|信息公开|公开信息|政府信息|申请事项|申请表|申请件|申请|事项"
    "|案件|情况|数量|总量|总数|总计|共计|合计|累计|依法|按时|按期|均已|全部|决定|答复|情形|公开|的|了|为|有|达到|达|共|计|数|量|类|等|：|:|“|”|‘|’|《|》|\\s"
)
GAP = f"(?:{_WORDS}){{0,8}}+"
"""What may stand between what is counted and its number without changing what is counted."""

_DENIAL = re.compile("[未无没]")
_SENTENCE = re.compile("[^。！？；;]+[。！？；;]?")
_BRACKETS = re.compile("[（(][^（）()]*[）)]")
_BLANK = "_"
CLAUSE = re.compile("(?<!其中)[，,、：:]")
_YEAR = re.compile(r"(?<!结转)(?<!结转至)(20[0-9]{2})\s*年(?!度?结转)")
OTHER_TIME = re.compile(
    "(?<![年初])以来|近[^，]{0,2}年|[^一，]年来|历年|期间|季度|半年|年均|月(?!\\s*(?:1|31)\\s*日)|截[止至].*累计"
    r"|20[0-9]{2}\s*年?\s*[-—–~～至到、和与]+\s*20[0-9]{2}\s*年(?!\s*[0-9])"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, with digits made plain and brackets blanked, so that offsets stay.

    Parameters
    ----------
    text
        The sentence.
    start
        Its offset in the paragraph.
    before
        What stands before it in the paragraph.
    counts
        Whether a number of cases may be in it.
    """

    text: str
    start: int
    before: str
    counts: bool

    def follows(self, found: re.Match[str] | None) -> bool:
        """Tell whether something found in the paragraph stands in or before the sentence."""
        return found is not None and found.start() < self.start + len(self.text)


def years(text: str) -> list[int]:
    """Give the years that are named, but for those that applications are carried from or to."""
    return [int(year) for year in _YEAR.findall(text)]


def with_plain_digits(text: str) -> str:
    """Make full-width digits plain; offsets stay."""
    return _FULL_WIDTH.sub(lambda found: str(int(found[0])), text)


def sentences(text: str) -> Iterator[Sentence]:
    """Go through the sentences of a paragraph that count or deny something.

    What stands in brackets is blanked, being a share or an explanation; no number is read across it.
    """
    plain = _BRACKETS.sub(lambda found: _BLANK * len(found[0]), with_plain_digits(text))
    for found in _SENTENCE.finditer(plain):
        counts = _CASES.search(found[0]) is not None
        if counts or _DENIAL.search(found[0]) or "不存在" in found[0]:
            yield Sentence(found[0], found.start(), plain[: found.start()], counts)


def quotation_of(section: str, paragraph: int, text: str, span: tuple[int, int]) -> Quotation:
    """Quote the sentence of a paragraph that a span stands in."""
    for found in _SENTENCE.finditer(text):
        if found.start() <= span[0] < found.end():
            sentence = found[0].strip()
            start = found.start() + found[0].index(sentence)
            return Quotation(section, paragraph, start, start + len(sentence), sentence)
    return Quotation(section, paragraph, *span, text[slice(*span)])


def number_of(text: str) -> int | None:
    """Read a number as offices write it.

    Parameters
    ----------
    text
        Digits, perhaps in groups, or a Chinese numeral.

    Returns
    -------
    int | None
        The number; none where it is a rough one, such as three or four.

    Examples
    --------
    >>> [number_of(text) for text in ("3 119", "3,119", "十二", "两", "一百零三", "二〇二三", "三千一百一十九")]
    [3119, 3119, 12, 2, 103, 2023, 3119]
    >>> number_of("三四十") is None
    True
    """
    digits = re.sub(r"[^0-9]", "", text)
    if digits:
        return int(digits)
    if _ROUGH.search(text):
        return None
    if not set(text) & {*_POWERS, "万"}:
        return int("".join(str(_DIGITS[character]) for character in text))
    whole, ten_thousands, rest = text.partition("万")
    if ten_thousands:
        return (_below_ten_thousand(whole) or 1) * 10_000 + _below_ten_thousand(rest)
    return _below_ten_thousand(text)


def _below_ten_thousand(text: str) -> int:
    total = digit = 0
    for character in text:
        if character in _POWERS:
            total += (digit or 1) * _POWERS[character]
            digit = 0
        else:
            digit = _DIGITS.get(character, 0)
    return total + digit


@cache
def any_of(words: Sequence[str]) -> str:
    """Give the alternatives of a pattern, longest first."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
