"""The types of the values that cells and texts of the form may hold."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Context, Decimal
from functools import cache
from typing import Annotated, Any, TypeAlias

from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer, WithJsonSchema
from pydantic_core import PydanticCustomError

from annual_report.form.marks import Signed

MAX_COUNT = 999_999_999


MAX_TOTAL = 999_999_999_999


MAX_AMOUNT_DIGITS = 40


EXACT = Context(prec=4 * MAX_AMOUNT_DIGITS)
"""The arithmetic in which no sum of amounts is rounded."""


MAX_NAME = 100
"""The maximum length of the name of a body or typeface, in characters."""


_CREDIT_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_CODE = re.compile(f"^[{_CREDIT_CHARACTERS}]{{18}}$")
_PLAIN_DECIMAL = re.compile(r"(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")


@dataclass(frozen=True, slots=True)
class OddNumber:
    """A number that is valid nowhere in a report: with an exponent, NaN, infinite or endlessly long.

    Parameters
    ----------
    text
        The number as written, for error messages.
    """

    text: str


@cache
def not_printable() -> re.Pattern[str]:
    """Return a pattern of the characters that XML 1.0 or HTML cannot hold, which takes long to compile.

    They are control characters other than white space and line breaks (including U+0085), surrogates, and the 66
    noncharacters of Unicode.
    """
    beyond = "".join(f"{chr(plane << 16)}-{chr((plane << 16) + 0xFFFD)}" for plane in range(1, 17))
    return re.compile(f"[^\t\n\r\u0020-\u007e\u0085\u00a0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd{beyond}]")


def _printable(text: str) -> str:
    # What Python can print, and these two, are a part of what a document can hold.
    is_plain = text.isprintable() or text.replace("\n", "").replace("\u3000", "").isprintable()
    found = None if is_plain else not_printable().search(text)
    if found is None:
        return text
    raise PydanticCustomError(
        "not_printable",
        "character {codepoint} at position {position} is not allowed in a document",
        {"codepoint": f"U+{ord(found[0]):04X}", "position": found.start() + 1},
    )


def printable(value: Any) -> Any:
    """Reject text that XML 1.0 or HTML cannot hold, before any other validation.

    Parameters
    ----------
    value
        Any input; only strings are checked.

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
    lines = [line for part in text.splitlines() if (line := part.strip())]
    if not lines:
        raise PydanticCustomError("blank_text", "must not be blank")
    return "\n".join(lines)


def _amount(value: Any) -> Decimal:
    """Accept a plain decimal of any type, without changing its digits."""
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
    """Format a decimal without an exponent; empty if it needs one or has far more digits than an amount may have."""
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int) or not -MAX_AMOUNT_DIGITS <= exponent <= 0:
        return ""
    return format(value, "f") if value.adjusted() <= MAX_AMOUNT_DIGITS else ""


def _is_plain(value: float) -> bool:
    text = repr(value)
    return text[-1].isdigit() and "e+" not in text


def _credit_code(code: str) -> str:
    """Reject codes that are invalid by GB 32100-2015, whose check digit is a weighted sum modulo 31."""
    if not _CREDIT_CODE.fullmatch(code):
        raise PydanticCustomError("credit_code", "should be an 18-character code")
    total = sum(_CREDIT_CHARACTERS.index(character) * pow(3, index, 31) for index, character in enumerate(code[:-1]))
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
"""A whole number from 0 to 999,999,999."""


Total = Annotated[int, Field(ge=0, le=MAX_TOTAL)]
"""A sum of counts, which may be larger than a count."""


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
"""An amount of money: a plain decimal that keeps its digits as given."""


AmountInput: TypeAlias = Decimal | str | float
"""What a field for an amount takes."""


_NOT_BLANK = Field(json_schema_extra={"minLength": 1, "pattern": r"\S"})

Line = Annotated[str, _NOT_BLANK, BeforeValidator(printable), AfterValidator(_one_line)]
"""One line of text that is not blank; surrounding spaces are stripped."""


Name = Annotated[str, Field(max_length=MAX_NAME), _NOT_BLANK, BeforeValidator(printable), AfterValidator(_one_line)]
"""A line of at most 100 characters."""


Lines = Annotated[str, _NOT_BLANK, BeforeValidator(printable), AfterValidator(_lines)]
"""Text of one or more lines; blank lines, and spaces around a line, are removed."""


CreditCode = Annotated[
    str, AfterValidator(_credit_code), WithJsonSchema({"type": "string", "pattern": _CREDIT_CODE.pattern})
]
"""A 统一社会信用代码 (unified social credit identifier, GB 32100-2015): 18 characters, the last a check digit."""

IsoDate = Annotated[date, BeforeValidator(_iso_date), WithJsonSchema({"type": "string", "format": "date"})]
"""A calendar date, in JSON as `YYYY-MM-DD`."""
