"""The values that cells and texts of the form may hold."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer, WithJsonSchema
from pydantic_core import PydanticCustomError

from annual_report.form.marks import Signed

MAX_COUNT = 999_999_999


MAX_TOTAL = 999_999_999_999


MAX_AMOUNT_DIGITS = 40


MAX_NAME = 100
"""The most characters that a body's name or a typeface's may have."""


_ASTRAL = "".join(f"{chr(plane << 16)}-{chr((plane << 16) + 0xFFFD)}" for plane in range(1, 17))

# What XML 1.0 and HTML both hold: no control character but the white space and line breaks, U+0085 among them, no
# surrogate, and none of the 66 code points that Unicode reserves for a program's own use.
NOT_PRINTABLE = re.compile(f"[^\t\n\r\u0020-\u007e\u0085\u00a0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd{_ASTRAL}]")


_CREDIT_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_CODE = re.compile(f"^[{_CREDIT_CHARACTERS}]{{18}}$")
_PLAIN_DECIMAL = re.compile(r"(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")


@dataclass(frozen=True, slots=True)
class OddNumber:
    """A number that no place of a report takes: with an exponent, NaN, infinite or without end.

    Parameters
    ----------
    text
        The number as written, which is what an error shows.
    """

    text: str


def _printable(text: str) -> str:
    found = NOT_PRINTABLE.search(text)
    if found is None:
        return text
    raise PydanticCustomError(
        "not_printable",
        "character {codepoint} at position {position} cannot stand in a document",
        {"codepoint": f"U+{ord(found[0]):04X}", "position": found.start() + 1},
    )


def printable(value: Any) -> Any:
    """Refuse text that neither XML 1.0 nor HTML can hold, before any other validation sees it.

    Parameters
    ----------
    value
        Any input; only strings are looked at.

    Returns
    -------
    Any
        The value itself.

    Raises
    ------
    PydanticCustomError
        `not_printable`, with the code point and its one-based position.
    """
    return _printable(value) if isinstance(value, str) else value


def _one_line(text: str) -> str:
    if not text.strip():
        raise PydanticCustomError("blank_text", "must not be blank")
    if any(mark in text for mark in "\t\n\r\x85\u2028\u2029"):
        raise PydanticCustomError("not_one_line", "must be a single line")
    return text.strip()


def _lines(text: str) -> str:
    if not text.strip():
        raise PydanticCustomError("blank_text", "must not be blank")
    return text


def _amount(value: Any) -> Decimal:
    """Accept a plain decimal in any spelling that keeps its digits."""
    if isinstance(value, Decimal):
        digits = _digits(value)
    elif isinstance(value, bool):
        digits = ""
    elif isinstance(value, float):
        digits = format(Decimal(repr(value)), "f") if _is_plain(value) else ""
    elif isinstance(value, int | str):
        digits = str(value) if isinstance(value, str) or abs(value) < 10**MAX_AMOUNT_DIGITS else ""
    else:
        digits = ""
    if _PLAIN_DECIMAL.fullmatch(digits) is None or len(digits) > MAX_AMOUNT_DIGITS:
        raise PydanticCustomError("amount", "should be a plain decimal not less than 0")
    return Decimal(digits)


def _digits(value: Decimal) -> str:
    """Write a decimal out, unless that takes an exponent or far more digits than an amount has."""
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int) or not -MAX_AMOUNT_DIGITS <= exponent <= 0:
        return ""
    return format(value, "f") if value.adjusted() <= MAX_AMOUNT_DIGITS else ""


def _is_plain(value: float) -> bool:
    text = repr(value)
    return text[-1].isdigit() and "e+" not in text


def _credit_code(code: str) -> str:
    """Refuse what is no identifier of GB 32100-2015: a weighted sum modulo 31 gives the last character."""
    if not _CREDIT_CODE.fullmatch(code):
        raise PydanticCustomError("credit_code", "should be an 18-character code")
    total = sum(_CREDIT_CHARACTERS.index(character) * pow(3, place, 31) for place, character in enumerate(code[:-1]))
    if code[-1] != _CREDIT_CHARACTERS[-total % 31]:
        raise PydanticCustomError("credit_code_check", "does not match its check digit")
    return code


def _iso_date(value: Any) -> Any:
    if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    if type(value) is date:
        return value
    raise PydanticCustomError("iso_date", "should be a date, YYYY-MM-DD")


Count = Annotated[int, Field(ge=0, le=MAX_COUNT)]
"""A whole number of things, from 0 to 999,999,999."""


Total = Annotated[int, Field(ge=0, le=MAX_TOTAL)]
"""A sum of counts, which may have more digits than any of them."""


SignedCount = Annotated[int, Field(ge=-MAX_COUNT, le=MAX_COUNT), Signed()]
"""A signed whole number, printed with its sign."""


Amount = Annotated[
    Decimal,
    BeforeValidator(_amount),
    PlainSerializer(lambda value: format(value, "f"), return_type=str, when_used="json"),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "pattern": f"^{_PLAIN_DECIMAL.pattern}$", "maxLength": MAX_AMOUNT_DIGITS},
                {"type": "number", "minimum": 0},
            ]
        }
    ),
]
"""A sum of money: a plain decimal that keeps the digits given."""


Line = Annotated[str, BeforeValidator(printable), AfterValidator(_one_line)]
"""One line of text that is not blank; spaces around it do not count."""


Name = Annotated[str, Field(max_length=MAX_NAME), BeforeValidator(printable), AfterValidator(_one_line)]
"""A line of at most 100 characters."""


Lines = Annotated[str, BeforeValidator(printable), AfterValidator(_lines)]
"""Text that is not blank and may break into lines."""


CreditCode = Annotated[
    str, AfterValidator(_credit_code), WithJsonSchema({"type": "string", "pattern": _CREDIT_CODE.pattern})
]
"""A 统一社会信用代码 (unified social credit identifier) of 18 characters, the last a check digit: GB 32100-2015."""

IsoDate = Annotated[date, BeforeValidator(_iso_date), WithJsonSchema({"type": "string", "format": "date"})]
"""A calendar date, in JSON as `YYYY-MM-DD`."""
