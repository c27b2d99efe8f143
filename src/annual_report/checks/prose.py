"""Chinese prose as tokens: numbers and years as offices write them, and the words of the lexicon."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import partial
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from annual_report.checks.findings import Quotation
from annual_report.checks.lexicon import lexicon
from annual_report.checks.masking import masked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from annual_report.checks.lexicon import Lexicon
    from annual_report.form import Edition

MAX_DIGITS = 9
MAX_QUOTED = 200
_LONGEST_NUMBER = 40
"""The length of text around a quotation in which a number that is masked may begin or end."""

_DIGITS = {character: number for number, character in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2, "○": 0}
_NO_DIGIT = re.compile("[^0-9]")
_POWERS = {"十": 10, "百": 100, "千": 1000}
_DIGIT = "[一二两三四五六七八九]"
_ROUGH = re.compile(f"^{_DIGIT}{{2}}$|{_DIGIT}{{2}}[十百千万]|[十百千万]{_DIGIT}{{2}}")

_PLAIN = str.maketrans("０１２３４５６７８９．％", "0123456789.%")
_WIDE = re.compile("[０-９．％]")

UNITS = "件项份条宗起例封"
_UNIT = f"(?:件次|[{UNITS}](?!次))(?![以之]?[上下内外]|左右|工作日|百分点)"
_TIMES = "次(?=[，。；、和及]|$)"
"""A unit of disputes."""
_QUOTES = "“”‘’\"'「」『』"
_LEFT_OUT = re.compile(
    f"[\\s{_QUOTES}（(）)](?:(?<=[{_QUOTES}])|(?<=\\s)(?:\\s+|(?![0-9])|(?<![0-9]\\s))"
    f"|(?<=[（(])(?=[0-9]{{1,9}}[）)]{_UNIT})|(?<=[0-9][）)])(?={_UNIT}))"
)
"""What says nothing: quotation marks, blanks but for one between digits, and the brackets of a number alone.

Like `_COUNT`, it begins with a set of characters, for which `re` searches fast.
"""

_NUMERALS = "〇○零一二两三四五六七八九十百千万"
_ROUGHLY = re.compile("(?:[约近逾超第每]|不[到足]|超过|[低高多少]于|至少|[0-9][-—–~～至到])$")
_ROUGH_NUMERAL = re.compile("(?:[数几上成同某这该任另0-9.])$")
_SINGLE, _DENIED = "一", re.compile("(?:[未无]|没有?)(?:收到|接到|发生|出现|产生|引发|引起|受理|存在|有|过)*$")
_LONGEST_DENIAL = 6
_STOP, _OTHER_STOPS = "。", "！？；;\n"
_STOPS = _STOP + _OTHER_STOPS
_GOING_ON = ("其中", "涉及")


def plain_digits(text: str) -> str:
    """Make full-width digits plain; offsets stay."""
    return text.translate(_PLAIN) if _WIDE.search(text) else text


_HAN = "\u4e00-\u9fff"
_HALF_WIDTH = ".,:;()"
_MARK_BY_HAN = f"[{_HALF_WIDTH}](?:(?<=[{_HAN}%）)”].)|(?<![.])(?=[{_HAN}“]))"
_FULL_WIDTH = str.maketrans(_HALF_WIDTH, "。，：；（）")


def full_width(text: str) -> str:
    """Make half-width punctuation beside Chinese characters full-width; offsets stay.

    Examples
    --------
    >>> full_width("收到申请3,119件(含上年结转2件),办结率99.5%.")
    '收到申请3,119件（含上年结转2件），办结率99.5%。'
    """
    if not any(mark in text for mark in _HALF_WIDTH):  # which saves compiling the pattern too
        return text
    return re.sub(_MARK_BY_HAN, lambda mark: mark[0].translate(_FULL_WIDTH), text)


class Token(NamedTuple):
    """A word, a number or a mark, with its place in the plain text.

    Parameters
    ----------
    group
        The lexicon's group; `count`, `number`, `year`, `month`, `date`, `comma`, `stop`, `open`, `close`; `unknown`
        for what the lexicon does not have; `bracket` for what stands in brackets; `own` and `other` for bodies.
    text
        The characters.
    start, end
        Where they stand.
    cells
        The cells that the word names.
    number
        The year; of a count, which one of the sentence it is, from 1.
    inner
        The words in a bracket.
    """

    group: str
    text: str
    start: int
    end: int
    cells: tuple[str, ...] = ()
    number: int = 0
    inner: tuple[Token, ...] = ()


make_token = partial(tuple.__new__, Token)
"""Makes a token of all its fields, in a third of the time that `Token` takes."""


_group_of = itemgetter(0)


def groups_of(words: Iterable[Token]) -> set[str]:
    """Return the groups that some words are of."""
    return set(map(_group_of, words))


class Prose:
    """A sentence without blanks and quotation marks.

    Parameters
    ----------
    text
        The sentence.
    start
        Where it begins in its paragraph.

    Attributes
    ----------
    text
        What is left of it.
    """

    def __init__(self, text: str, start: int = 0) -> None:
        plain = plain_digits(text)
        self._cuts, self._shifts, pieces, end, shift = [0], [start], [], 0, start
        for begin, stop in [found.span() for found in _LEFT_OUT.finditer(plain)]:
            pieces.append(plain[end:begin])
            end = stop
            shift += stop - begin
            self._shifts.append(shift)
            self._cuts.append(stop + start - shift)
        self.text = "".join((*pieces, plain[end:])) if pieces else plain

    @property
    def wording(self) -> str:
        """The text with every digit of its numbers as 1, which sentences that differ in their numbers share."""
        return _COUNT.sub(lambda found: "1" * len(found[0]), self.text)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the place of tokens in the paragraph as it was written."""
        return self._place(start), self._place(end - 1) + 1

    def _place(self, index: int) -> int:
        return index + self._shifts[bisect_right(self._cuts, index) - 1]


_YEAR, _TO = f"(?:20[0-9]{{2}}|二[〇○零][{_NUMERALS}]{{2}})", "[-—–~～至到、和与及]"
_DIGITAL = r"(?:[0-9]{1,3}(?:[\s,，][0-9]{3})+(?![0-9])|[0-9]+(?:\.[0-9]+)?)"
_KINDS = {
    "other_time": (
        f"(?:{_YEAR}(?:学?年度?)?{_TO}+)?{_YEAR}学年度?|{_YEAR}年?度?{_TO}+{_YEAR}年(?!度?[0-9])|近[0-9{_NUMERALS}几]{{0,2}}年来?|(?!一年来)[0-9{_NUMERALS}]{{1,2}}年来"
    ),
    "date": (
        f"{_YEAR}年(?:[0-9]{{1,2}}月[0-9]{{1,2}}日起?)?(?:正式)?(?=[新《]?修订|施行|实施|印发|公布|颁布|出台|制定)|[0-9]{{1,2}}月(?:1日|31日(?:期间)?)(?![0-9])|12月[底末]"
        f"|1月?{_TO}12月"
    ),
    "month": "[0-9]{1,2}月(?:份|[0-9]{1,2}日|[底末初])?",
    "year": f"{_YEAR}年度?",
    "count": (
        f"(?:{_DIGITAL}|[{_NUMERALS}]{{1,20}})\\s*{_UNIT}|(?<=为)[0-9]{{1,9}}(?=[，。；]|$)"
        f"|(?<=复议|诉讼)[0-9]{{1,9}}{_TIMES}"
    ),
    "number": _DIGITAL,
}
_PATTERN = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _KINDS.items()))
_COUNT = re.compile(
    f"[0-9](?:(?<![0-9.].)(?<![0-9][\\s,，].)[0-9]{{0,{MAX_DIGITS - 1}}}(?=\\s*{_UNIT})"
    f"|(?<=为.)[0-9]{{0,{MAX_DIGITS - 1}}}(?=[，。；]|$)|(?<=复议.|诉讼.)[0-9]{{0,{MAX_DIGITS - 1}}}(?={_TIMES}))"
)
"""The digits of a count, none of which tells anything else than how many there are."""

_MARKS = {
    character: group
    for group, characters in {"stop": "。！？；!?;\n", "comma": "，,：:", "open": "（([【", "close": "）)]】"}.items()
    for character in characters
}
_ONE = (1,)
_NUMERIC = {*f"0123456789{_NUMERALS}近"}
"""The characters that anything of `_KINDS` begins with."""


def tokens(text: str, form: Edition) -> list[Token]:
    """Return the tokens of a plain text; what stands between those that are known is a token too.

    Parameters
    ----------
    text
        The text, or its wording.
    form
        The edition whose names the lexicon has.
    """
    words, end, counts = lexicon(form), 0, 0
    initials = words.initials
    found: list[Token] = []
    for start, character in enumerate(text):
        if start < end:
            continue
        token = None
        if character in _MARKS:
            token = make_token((_MARKS[character], character, start, start + 1, (), 0, ()))
        elif character in _NUMERIC:
            token = _number(words, text, start, counts + 1)
        elif character in initials:
            token = _word(words, text, start)
        if token is None:
            continue
        if start > end:
            found.append(make_token(("unknown", text[end:start], end, start, (), 0, ())))
        if token.group == "count":
            counts += 1
        found.append(token)
        end = token.end
    if end < len(text):
        found.append(make_token(("unknown", text[end:], end, len(text), (), 0, ())))
    return found


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """Iterate over the sentences of a paragraph, each with its place.

    Brackets of some length are not split, nor what begins with 其中 or 涉及 from the sentence before it.
    """
    stopped = text
    for other in _OTHER_STOPS:
        stopped = stopped.replace(other, _STOP)
    has_brackets = "（" in text
    begin = end = 0
    for piece in stopped.split(_STOP):
        end += len(piece) + 1
        if piece:
            if text.startswith(_GOING_ON, end) and end - begin < MAX_QUOTED:
                continue
            sentence = text[begin:end]
            if not (has_brackets and len(sentence) < MAX_QUOTED and sentence.count("（") > sentence.count("）")):
                yield begin, sentence
                begin = end
        elif begin == end - 1:
            begin = end
    if begin < len(text):
        yield begin, text[begin:]


def _number(words: Lexicon, text: str, start: int, place: int) -> Token | None:
    """Return the number or time that begins at a place, or else the word; a count has its place among the counts."""
    found = _PATTERN.match(text, start)
    kind = "number" if found is None else found.lastgroup
    if found is None or kind == "number":
        word = _word(words, text, start)
        if word is not None or found is None:
            return word
    number, end = 0, found.end()
    if kind == "year":
        number = number_of(found[0].rstrip("年度")) or 0
    elif kind == "count":
        kind, number = ("count", place) if _is_exact(text, start, end) else ("number", 0)
    return make_token((kind, found[0], start, end, (), number, ()))


def _word(words: Lexicon, text: str, start: int) -> Token | None:
    """Return the longest word that begins at a place."""
    meaning_of = words.meanings.get
    for length in words.lengths.get(text[start : start + 2], _ONE):
        word = text[start : start + length]
        meaning = meaning_of(word)
        if meaning is not None:
            group, cells = meaning
            return make_token((group, word, start, start + len(word), cells, 0, ()))
    return None


def _is_exact(text: str, start: int, end: int) -> bool:
    """Return whether a number with its unit says exactly how many there are."""
    before = text[max(0, start - 2) : start]
    if text[start] == _SINGLE and _DENIED.search(text, max(0, start - _LONGEST_DENIAL), start):
        return False  # 未发生一起
    if _ROUGHLY.search(before) or (text[start] in _NUMERALS and _ROUGH_NUMERAL.search(before)):
        return False
    return value_of(text[start:end]) is not None


def value_of(count: str) -> int | None:
    """Read the number of a count; none where it is a rough one."""
    return number_of(count.rstrip(f"{UNITS}次").rstrip())


def quotation_of(section: str, paragraph: int, text: str, span: tuple[int, int]) -> Quotation:
    """Quote the sentence around a span, or what is nearest of a very long one, without personal data."""
    first, last = max(0, span[0] - MAX_QUOTED), min(len(text), span[1] + MAX_QUOTED)
    begin = max(0, first - 1)
    marked, before, after = full_width(text[begin : last + 1]), span[0] - begin, span[1] - begin
    start = max(first, *(marked.rfind(stop, first - begin, before) + 1 + begin for stop in _STOPS))
    ends = [marked.find(stop, after, last - begin) for stop in _STOPS]
    end = min([last, *(begin + end + 1 for end in ends if end >= 0)])
    sentence = text[start:end].strip()
    start += text[start:end].index(sentence)
    end = start + len(sentence)
    begin = max(0, start - _LONGEST_NUMBER)
    shown = masked(text[begin : end + _LONGEST_NUMBER])[start - begin : end - begin]
    return Quotation(section, paragraph, start, end, shown)


def number_of(text: str) -> int | None:
    """Read a number as offices write it.

    Parameters
    ----------
    text
        Digits, perhaps in groups, or a Chinese numeral.

    Returns
    -------
    int | None
        The number; none where it is a rough one, such as three or four, or too large to count anything.

    Examples
    --------
    >>> [number_of(text) for text in ("3 119", "3,119", "十二", "两", "一百零三", "二〇二三", "三千一百一十九")]
    [3119, 3119, 12, 2, 103, 2023, 3119]
    >>> number_of("三四十"), number_of("9" * 5000)
    (None, None)
    """
    if len(text) > 2 * MAX_DIGITS or "." in text:
        return None
    digits = text if text.isdecimal() else _NO_DIGIT.sub("", text)
    if digits:
        return int(digits) if len(digits) <= MAX_DIGITS else None
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
