"""What the text of a cell in a published table means: a number, or why it is not one."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from annual_report.form.base import TOTAL_KEY
from annual_report.form.values import MAX_AMOUNT_DIGITS, MAX_COUNT, MAX_TOTAL
from annual_report.messages import message
from annual_report.readers.lines import ZERO_IN_WORDS, is_blank, is_dash

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from annual_report.form.grid import DataCell
    from annual_report.messages import Message

Number: TypeAlias = int | Decimal

MAX_TEXT = 200
"""How many characters a cell with a number may have, its remark included."""

_CELL = re.compile(
    r"(?P<number>(?:[+\-]\s*)?[0-9](?:[0-9,. ]*[0-9])?)\s*(?P<unit>[\u4e00-\u9fff]{1,3})?"
    r"\s*(?P<mark>\[[0-9⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2}\]|[*※]{1,3})?"
    r"\s*(?P<remark>\(.*\)|\[.*\]|【.*】)?",
    re.DOTALL,
)
_SIGN = re.compile(r"([+\-])\s+")

_MOST_DIGITS = len(str(MAX_COUNT))
_PLAIN = re.compile(f"0|[1-9][0-9]{{0,{_MOST_DIGITS - 1}}}")
_GROUPED = re.compile(r"[+\-]?[0-9]{1,3}(?:([, ])[0-9]{3})(?:\1[0-9]{3})*(?:\.[0-9]+)?")
_MONEY = re.compile("[亿千百十]?万?元|亿元|千元|百元")
_MANY = re.compile("[十百千万亿]+(?=件)|^[十百千万亿]+$")
_MANY_COUNTED = re.compile("[十百千万亿]+件")
_SAID = re.compile("(?:单位[为是]|以)(人民币)?(?P<unit>[亿万千百十]*(?:元|件))(?:为单位)?(?=$|[,。;、)])")
_DECLARED = re.compile(r"单位\s*[::]\s*([^\W\d_]+)")
_DECLARATION = re.compile(r"\(?\s*(?:计量|金额)?单位\s*[::]\s*[^\W\d_]+(?:[、,/][^\W\d_]+)*\s*\)?")
_COUNTED = "件"
_ONE_WIDTH = {
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)},
    **dict.fromkeys(map(ord, "\u3000\u00a0\u2002\u2003\u2009\u202f"), " "),
    **dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff")),
    ord("−"): "-",
}
"""To full-width characters their plain ones; a raised ² or a circled ② is no digit of a number."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a cell's text means.

    Parameters
    ----------
    value
        The number; none where it is in doubt, or where the cell is blank.
    id
        How the text differs from what the form prints, `value.remark`; empty where it does not.
    message
        The same in words.
    """

    value: Number | None
    id: str = ""
    message: Message | None = None

    @property
    def is_blank(self) -> bool:
        """Whether the cell says nothing."""
        return self.value is None and not self.id


BLANK = Meaning(None)


def meaning(text: str, value: DataCell) -> Meaning:
    """Return what a cell's text means.

    Parameters
    ----------
    text
        The text.
    value
        The value of the form that it is.

    Returns
    -------
    Meaning
        The number with what is unusual about it, or why there is none.

    Examples
    --------
    >>> from annual_report.form import find
    >>> issued = find("2021").grids["proactive_disclosure"].values[0]
    >>> meaning("２２（其中修订16件）", issued).value
    22
    >>> meaning("约20", issued).id
    'value.not_a_number'
    """
    if value.is_plain and len(text) <= _MOST_DIGITS and (plain := _plain(text)):
        return plain
    if is_blank(text):
        return BLANK
    if is_dash(text) or text.strip() in ZERO_IN_WORDS:
        zero = 0 if value.is_count else Decimal(0)
        kind = "value.dash" if is_dash(text) else "value.word"
        return Meaning(zero, kind, message("“{found}” is read as 0", found=text.strip()))
    found = _CELL.fullmatch(text.translate(_ONE_WIDTH).strip()) if len(text) <= MAX_TEXT else None
    number = _digits(_SIGN.sub(r"\1", found["number"]), value) if found else None
    if found is None or number is None:
        return _no_number()
    unit, remark = found["unit"] or "", found["remark"] or ""
    doubt = _doubt(number, unit, remark, value)
    if found["mark"] and doubt is None:
        return Meaning(number, "value.note_mark", message("the mark of a note beside the number is left out"))
    return doubt or _unusual(number, unit, remark, text, value)


@lru_cache(maxsize=4096)
def _plain(text: str) -> Meaning | None:
    """Return the number that digits alone are, which nearly every cell holds."""
    return Meaning(int(text)) if _PLAIN.fullmatch(text) else None


def plain_numbers(texts: Collection[str]) -> list[int]:
    """Return the numbers that texts of digits alone are; none where any text is another."""
    return [*map(int, texts)] if all(map(_PLAIN.fullmatch, set(texts))) else []


def _doubt(number: Number, unit: str, remark: str, value: DataCell) -> Meaning | None:
    """Describe why a number is in doubt for what stands beside it, or for its size; nothing where it is not."""
    own = own_units(value)
    other = next((word for word in (unit, *units_in(remark)) if word and word not in own), "")
    if other and (number or not _MONEY.fullmatch(other)):  # nought is nought in any
        words = message("the unit is “{unit}”, the form's is “{own}”", unit=other, own="/".join(own))
        return Meaning(None, "value.other_unit", words)
    if remark and not any(character.isalpha() for character in remark):
        return _no_number()
    if not _fits(number, value):
        return Meaning(None, "value.out_of_range", message("the number is not one that the form takes here"))
    return None


def _unusual(number: Number, unit: str, remark: str, text: str, value: DataCell) -> Meaning:
    """Describe what is unusual about how a number is written, if anything is."""
    if remark:
        return Meaning(number, "value.remark", message("the remark beside the number is left out"))
    if unit and unit != value.unit:
        return Meaning(number, "value.unit", message("the unit beside the number is left out"))
    if text.strip() not in _usual(number, value):
        return Meaning(number, "value.written", message("the number is written in another way"))
    return Meaning(number)


def _no_number() -> Meaning:
    return Meaning(None, "value.not_a_number", message("this is not a number"))


def _digits(text: str, value: DataCell) -> Number | None:
    """Read digits: separators only between thousands, a decimal point only where the form has one."""
    if "," in text or " " in text:
        if _GROUPED.fullmatch(text) is None:
            return None
        text = text.replace(",", "").replace(" ", "")
    if value.is_count:
        whole, _, rest = text.partition(".")
        return int(whole) if whole.lstrip("+-").isdigit() and not rest.strip("0") and text[-1] != "." else None
    if re.fullmatch(r"\+?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?", text) is None:
        return None
    return Decimal(text)


def _fits(number: Number, value: DataCell) -> bool:
    if isinstance(number, Decimal):
        return len(format(number, "f")) <= MAX_AMOUNT_DIGITS
    most = MAX_TOTAL if TOTAL_KEY in value.path.split(".") else MAX_COUNT
    return (-most if value.signed else 0) <= number <= most


def _usual(number: Number, value: DataCell) -> set[str]:
    """Return the ways of writing a number that need no remark."""
    digits = format(number, "f") if isinstance(number, Decimal) else str(number)
    return {value.print(number), digits, digits + value.unit}


@lru_cache(maxsize=1024)
def own_units(value: DataCell) -> tuple[str, ...]:
    """Return the units that a value has in the form, printed beside it or named in its column's label."""
    named = _DECLARED.search(unicodedata.normalize("NFKC", value.labels[-1]))
    units = [value.unit, named[1] if named else "", _COUNTED if value.is_count else ""]
    return tuple(unit for unit in units if unit)


def units_in(text: str) -> list[str]:
    """Find units of money, and units that are named as such, in a label or a remark."""
    text = unicodedata.normalize("NFKC", text)
    named = [unit for unit in _DECLARED.findall(text) if not _MONEY.fullmatch(unit)]
    return [*_MONEY.findall(text), *named, *_MANY.findall(text.strip("()[]【】 "))]


def declares_unit(text: str) -> bool:
    """Return whether a text is nothing but the unit of a table, 单位：元, or a sentence says what it is."""
    return len(text) <= MAX_TEXT and _declares_unit(text)


@lru_cache(maxsize=4096)
def _declares_unit(text: str) -> bool:
    plain = unicodedata.normalize("NFKC", text).strip()
    return _DECLARATION.fullmatch(plain) is not None or _SAID.search(plain) is not None


def other_unit(texts: Iterable[str], value: DataCell) -> str | None:
    """Find a unit of money in labels that is not the form's for a value; for a count, one of many at a time."""
    own = own_units(value)
    kind = _MANY_COUNTED if value.is_count else _MONEY
    return next((unit for text in texts for unit in kind.findall("".join(text.split())) if unit not in own), None)
