"""The labels that Word numbers by itself: computed, since no text of the file has them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from annual_report.readers.published.word_package import W
from annual_report.readers.published.word_styles import number, value

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml import etree

_DIGITS = "零一二三四五六七八九"
_LEGAL_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_ROMAN = tuple(
    zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"),
        strict=True,
    )
)
_LEVELS = 9
_LARGEST = 9999


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level of a list is numbered."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    is_spaced: bool = True
    restart: int | None = None
    is_legal: bool = False


@dataclass(slots=True)
class _List:
    """A list's levels, and how far each has been counted."""

    levels: dict[int, _Level]
    counts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Counts the numbered paragraphs of a document.

    Parameters
    ----------
    root
        The root of the numbering's part; none where there is no such part.
    """

    def __init__(self, root: etree._Element | None) -> None:
        self._lists: dict[str, _List] = {}
        self._numbers: dict[str, tuple[_List, dict[int, int]]] = {}
        self._by_style: dict[tuple[str, str], int] = {}
        if root is None:
            return
        links = {value(element, "styleLink"): element for element in root.iter(f"{W}abstractNum")}
        for element in root.iter(f"{W}abstractNum"):
            defined = links.get(value(element, "numStyleLink"), element)
            self._lists[element.get(f"{W}abstractNumId", "")] = _List(_levels(defined))
        for element in root.iterchildren(f"{W}num"):
            self._add(element, root)

    def _add(self, element: etree._Element, root: etree._Element) -> None:
        identifier, abstract = element.get(f"{W}numId", ""), value(element, "abstractNumId") or ""
        counted = self._lists.get(abstract)
        if counted is None:
            return
        starts = {}
        changed = {}
        for override in element.iterchildren(f"{W}lvlOverride"):
            index = number(override.get(f"{W}ilvl"))
            start = value(override, "startOverride")
            if start is not None:
                starts[index] = number(start)
            changed.update(_levels(override))
        if changed:
            counted = _List(counted.levels | changed, counted.counts)
        self._numbers[identifier] = (counted, starts)
        for level in root.iterfind(f"{W}abstractNum[@{W}abstractNumId='{abstract}']/{W}lvl[{W}pStyle]"):
            self._by_style[identifier, value(level, "pStyle") or ""] = number(level.get(f"{W}ilvl"))

    def level_of(self, identifier: str, style: str | None, otherwise: int) -> int:
        """Find the level of a numbering that a style's paragraphs are of."""
        return self._by_style.get((identifier, style or ""), otherwise)

    def label(self, identifier: str, index: int) -> str:
        """Count a paragraph, and give its label.

        Parameters
        ----------
        identifier
            The numbering's identifier.
        index
            Its level, counted from 0.

        Returns
        -------
        str
            The label, with the space after it; empty for a bullet.
        """
        if identifier not in self._numbers:
            return ""
        counted, starts = self._numbers[identifier]
        level = counted.levels.get(index)
        if level is None:
            return ""
        counts = counted.counts
        if index in starts:
            counts[index] = starts.pop(index)
        else:
            counts[index] = counts[index] + 1 if index in counts else level.start
        for deeper in range(index + 1, _LEVELS):
            restart = counted.levels.get(deeper, level).restart
            if restart is None or index < restart:
                counts.pop(deeper, None)
        if level.format == "bullet":
            return ""
        label = re.sub("%([1-9])", lambda found: _printed(counted, int(found[1]) - 1, level), level.text)
        return f"{label} " if level.is_spaced and label[-1:].isalnum() else label


def _levels(element: etree._Element) -> dict[int, _Level]:
    return {number(level.get(f"{W}ilvl")): _level(level) for level in element.iterchildren(f"{W}lvl")}


def _level(element: etree._Element) -> _Level:
    restart = value(element, "lvlRestart")
    kind = element.find(f".//{W}numFmt")
    legal = element.find(f"{W}isLgl")
    return _Level(
        start=number(value(element, "start"), 0),
        format="decimal" if kind is None else kind.get(f"{W}val", "decimal"),
        text=value(element, "lvlText") or "",
        is_spaced=value(element, "suff") != "nothing",
        restart=None if restart is None else number(restart),
        is_legal=legal is not None and legal.get(f"{W}val") not in ("0", "false", "off"),
    )


def _printed(counted: _List, index: int, of: _Level) -> str:
    """Print one level's number within a label; a level that nothing has been counted at shows its start."""
    level = counted.levels.get(index, _Level())
    count = counted.counts.get(index, level.start)
    return numeral(count, "decimal" if of.is_legal else level.format)


def numeral(count: int, format: str) -> str:
    """Print a number in one of Word's formats.

    Parameters
    ----------
    count
        The number.
    format
        The format's name in the file, `chineseCounting`; an unknown one is printed in digits.

    Returns
    -------
    str
        The numeral.

    Examples
    --------
    >>> numeral(12, "chineseCounting"), numeral(3, "decimalEnclosedCircle")
    ('十二', '③')
    """
    printer = _PRINTERS.get(format)
    return printer(count) if printer and 0 <= count <= _LARGEST else str(count)


def _chinese(count: int, digits: str = _DIGITS, units: str = "千百十") -> str:
    """Print a number up to 9999 as it is said."""
    if not count:
        return digits[0]
    said = ""
    for position, digit in enumerate(map(int, f"{count:04d}")):
        if digit:
            said += digits[digit] + (units[position] if position < len(units) else "")
        elif said and not said.endswith(digits[0]):
            said += digits[0]
    said = said.rstrip(digits[0])
    return said[1:] if said.startswith("一十") else said


def _roman(count: int) -> str:
    said = ""
    for worth, letters in _ROMAN:
        times, count = divmod(count, worth)
        said += letters * times
    return said


def _letters(count: int) -> str:
    """Print a, b … z, aa, bb …."""
    if not count:
        return "0"
    times, index = divmod(count - 1, 26)
    return chr(ord("a") + index) * (times + 1)


def _from(first: str, last: int) -> Callable[[int], str]:
    """Print by characters that follow one another in Unicode, up to a number."""
    return lambda count: chr(ord(first) + count - 1) if 1 <= count <= last else str(count)


def _of(characters: str) -> Callable[[int], str]:
    return lambda count: characters[(count - 1) % len(characters)] if count else "0"


def _digit_by_digit(digits: str) -> Callable[[int], str]:
    return lambda count: "".join(digits[int(digit)] for digit in str(count))


_PRINTERS: dict[str, Callable[[int], str]] = {
    "none": lambda _: "",
    "decimalZero": lambda count: f"{count:02d}",
    "upperRoman": _roman,
    "lowerRoman": lambda count: _roman(count).lower(),
    "upperLetter": lambda count: _letters(count).upper(),
    "lowerLetter": _letters,
    **dict.fromkeys(("decimalFullWidth", "decimalFullWidth2"), _digit_by_digit("０１２３４５６７８９")),
    **dict.fromkeys(("decimalEnclosedCircle", "decimalEnclosedCircleChinese"), _from("①", 20)),
    "decimalEnclosedParen": _from("⑴", 20),
    "decimalEnclosedFullstop": _from("⒈", 20),
    "ideographEnclosedCircle": _from("㊀", 10),
    "ideographTraditional": _of("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _of("子丑寅卯辰巳午未申酉戌亥"),
    **dict.fromkeys(
        ("ideographDigital", "taiwaneseDigital", "japaneseDigitalTenThousand"), _digit_by_digit("〇一二三四五六七八九")
    ),
    **dict.fromkeys(
        (
            *("chineseCounting", "chineseCountingThousand", "japaneseCounting"),
            *("taiwaneseCounting", "taiwaneseCountingThousand"),
        ),
        _chinese,
    ),
    **dict.fromkeys(
        ("chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal"),
        lambda count: _chinese(count, _LEGAL_DIGITS, "仟佰拾"),
    ),
}
