"""A report's JSON, read so that nothing is lost: no key twice, no digit of an amount."""

from __future__ import annotations

import json
from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from annual_report.errors import Problem, UnusableInputError
from annual_report.form.values import OddNumber
from annual_report.messages import Message, message
from annual_report.report.places import problem_at

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_DEPTH = 50
"""How deep a value may be nested; a report is ten levels deep."""

MAX_DIGITS = 100
"""How many digits a number may have; none of a report's has as many, and Python refuses far longer ones."""

_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def parse(data: bytes, source: str = "") -> dict[str, Any]:
    """Read one JSON object.

    Parameters
    ----------
    data
        The file's bytes: UTF-8, with or without byte order mark.
    source
        The file's name, for errors.

    Returns
    -------
    dict[str, Any]
        The object, with numbers that have a decimal point as `Decimal`.

    Raises
    ------
    UnusableInputError
        The bytes are empty, not UTF-8, not JSON or no object, or an object has the same key twice.

    Examples
    --------
    >>> parse(b'{"amount": 59237.2449}')
    {'amount': Decimal('59237.2449')}
    """
    text = _text(data, source)
    repeated: list[tuple[dict[str, Any], str]] = []

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        value = {_readable(key): item for key, item in items}
        if len(value) < len(items):
            given = Counter(_readable(key) for key, _ in items)
            repeated.extend((value, key) for key, times in given.items() if times > 1)
        return value

    try:
        value = json.loads(
            text, object_pairs_hook=pairs, parse_int=_whole, parse_float=_decimal, parse_constant=OddNumber
        )
    except json.JSONDecodeError as error:
        raise _unusable(source, _syntax(error)) from None
    except RecursionError:
        raise _unusable(source, _too_deep()) from None
    if not isinstance(value, dict):
        raise _unusable(source, message("should be a JSON object"))
    if _is_deep(value):
        raise _unusable(source, _too_deep())
    if repeated:
        raise UnusableInputError(_repetitions(value, repeated), source)
    return value


def _repetitions(value: dict[str, Any], repeated: list[tuple[dict[str, Any], str]]) -> Iterator[Problem]:
    from annual_report.report.problems import form_of  # which knows this module's numbers

    for holder, key in repeated:
        path = _path_to(value, holder)
        if path is not None:
            yield problem_at((*path, key), message("this key is given twice"), form_of(value))


def _unusable(source: str, words: Message) -> UnusableInputError:
    return UnusableInputError([Problem(words)], source)


def _too_deep() -> Message:
    return message("the JSON is nested too deeply")


def _text(data: bytes, source: str) -> str:
    if data.startswith(_UTF_16) or b"\0" in data:
        raise _unusable(source, message("the file is UTF-16, save it as UTF-8"))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _unusable(source, message("the file is not UTF-8 (line {line})", line=line)) from None
    if not text.strip():
        raise _unusable(source, message("the file is empty"))
    return text


def _syntax(error: json.JSONDecodeError) -> Message:
    return message("not valid JSON (line {line}, column {column})", line=error.lineno, column=error.colno)


def _readable(key: str) -> str:
    """Write out half characters, which validation cannot even name."""
    return key.encode("utf-8", "backslashreplace").decode()


def _is_deep(value: Any) -> bool:
    """Tell whether a value is nested deeper than any report, without going as deep by recursion."""
    level = [value]
    for _ in range(MAX_DEPTH):
        level = [
            item
            for holder in level
            if isinstance(holder, dict | list)
            for item in (holder.values() if isinstance(holder, dict) else holder)
        ]
    return bool(level)


def _path_to(value: Any, holder: dict[str, Any]) -> tuple[str, ...] | None:
    """Find the keys that lead to an object inside a value; none where a later key took its place."""
    if value is holder:
        return ()
    if isinstance(value, dict | list):
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            below = _path_to(item, holder)
            if below is not None:
                return (str(key), *below)
    return None


def _whole(number: str) -> int | OddNumber:
    return int(number) if len(number) <= MAX_DIGITS else OddNumber(number)


def _decimal(number: str) -> Decimal | OddNumber:
    """Keep a number's digits; one with an exponent is neither a count nor an amount."""
    return OddNumber(number) if "e" in number.lower() else Decimal(number)
