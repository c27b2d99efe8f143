"""The values of a table's cells: what a report's text is written as, and what a cell means."""

from __future__ import annotations

import json
import re
from datetime import date, datetime
from decimal import Decimal
from numbers import Integral, Rational, Real
from typing import TYPE_CHECKING, Any, Literal
from unicodedata import normalize

from annual_report.report.narrative import Narrative

if TYPE_CHECKING:
    from collections.abc import Callable

    from annual_report.tables.columns import Kind

_NOTHING = {"", "/", "-", "--", "—", "——", "–"}
"""What people write into a cell for a number that there is none of."""

_WHOLE = re.compile(r"([+-]?[0-9]{1,15}|[+-]?[0-9]{1,3}(?:,[0-9]{3}){1,4})(?:\.0+)?")
_DECIMAL = re.compile(r"(?:[0-9]{1,40}|[0-9]{1,3}(?:,[0-9]{3}){1,12})(?:\.[0-9]{1,40})?")
_BEYOND = 10**40
"""More than any number of a report."""

_YEAR = re.compile(r"([0-9]{4})(?:年|年度)?(?:\.0)?")
_DATE = re.compile(r"([0-9]{4})(?:年|[-/.])([0-9]{1,2})(?:月|[-/.])([0-9]{1,2})日?(?:[ T]00:00(?::00)?)?")
_MIDNIGHT = datetime.min.time()


def narrative_cell(narrative: Narrative) -> str:
    """Return a narrative as a cell's text: plain, or as JSON where plain text would be read as something else."""
    text = str(narrative)
    if Narrative.model_validate(_narrative(text)) == narrative:
        return text
    parts = [paragraph.model_dump(exclude_defaults=True) for paragraph in narrative.paragraphs]
    return json.dumps(parts, ensure_ascii=False)


def is_nothing(value: Any) -> bool:
    """Return whether a cell is blank; NaN and the like are equal to nothing, not even themselves."""
    return value is None or (isinstance(value, str) and not value.strip()) or bool(value != value)  # noqa: PLR0124


def meaning_of(kind: Kind | Literal["total"]) -> Callable[[Any], Any]:
    """Return the function that reads a cell of a kind; what it cannot read it gives back, for validation to refuse.

    Examples
    --------
    >>> read = meaning_of("count")
    >>> read(7.0), read("７"), read("1,234"), read("-"), read("几件")
    (7, 7, 1234, 0, '几件')
    """
    return _MEANINGS[kind]


def _count(value: Any) -> Any:
    if type(value) is int:
        return value
    if type(value) is float and value.is_integer():
        return int(value)
    if isinstance(value, str):
        return _count_of(value)
    return 0 if is_nothing(value) else _whole(value)


def _count_of(given: str) -> Any:
    text = normalize("NFKC", given).strip()
    if text.isascii() and text.isdecimal() and len(text) < 16:  # noqa: PLR2004  # more digits than any count has
        return int(text)
    if text in _NOTHING:
        return 0
    whole = _WHOLE.fullmatch(text)
    return int(whole[1].replace(",", "")) if whole else given


def _total(value: Any) -> Any:
    """Return None for a blank total, which is then derived."""
    is_blank = is_nothing(value) or (isinstance(value, str) and normalize("NFKC", value).strip() in _NOTHING)
    return None if is_blank else _count(value)


def _year(value: Any) -> Any:
    if is_nothing(value):
        return None
    found = _YEAR.fullmatch(normalize("NFKC", value).strip()) if isinstance(value, str) else None
    return int(found[1]) if found else _whole(value)


def _whole(value: Any) -> Any:
    """Return a number without a fraction as an integer, whatever its type."""
    if isinstance(value, bool):
        return value
    if isinstance(value, Integral):
        return int(value)
    if isinstance(value, Real) and not isinstance(value, float | Rational):  # of NumPy, in less than double precision
        value = float(str(value))
    if isinstance(value, Decimal | float):
        number = Decimal(value)
        return int(number) if abs(number) < _BEYOND and number == int(number) else value
    return value


def _amount(value: Any) -> Any:
    """Return an amount's digits as they were written, or of the shortest decimal where a binary number was."""
    if isinstance(value, str):
        text = normalize("NFKC", value).strip()
        if text in _NOTHING:
            return 0
        return text.replace(",", "") if _DECIMAL.fullmatch(text) else value
    if is_nothing(value):
        return 0
    if isinstance(value, bool | Decimal):
        return value
    whole = _whole(value)
    if type(whole) is int:
        return whole
    return Decimal(str(value)) if isinstance(value, Real) else value


def _date(value: Any) -> Any:
    if isinstance(value, datetime) and not is_nothing(value):
        return value.date() if value.time() == _MIDNIGHT else value
    if isinstance(value, str):
        found = _DATE.fullmatch(normalize("NFKC", value).strip())
        if found:
            try:
                return date(*map(int, found.groups()))
            except ValueError:
                return value
    return None if is_nothing(value) else value


def _line(value: Any) -> Any:
    if is_nothing(value):
        return None
    whole = _whole(value)
    return str(whole) if type(whole) is int else value


def _narrative(value: Any) -> Any:
    """Read a narrative: a list of paragraphs as JSON, or else plain text."""
    if is_nothing(value):
        return ""
    if isinstance(value, str) and value.startswith("[{") and value.endswith("}]"):
        try:
            return Narrative.model_validate(json.loads(value))
        except ValueError:  # of JSON, or of validation
            return value
    return value


def _edition(value: Any) -> Any:
    return _line(value.strip() if isinstance(value, str) else value)


_MEANINGS: dict[str, Callable[[Any], Any]] = {
    "line": _line,
    "narrative": _narrative,
    "edition": _edition,
    "date": _date,
    "year": _year,
    "count": _count,
    "total": _total,
    "amount": _amount,
}
