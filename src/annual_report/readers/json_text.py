"""A report's JSON, read so that nothing is lost: no key twice, no digit of an amount."""

from __future__ import annotations

import json
from collections import Counter
from decimal import Decimal
from typing import Any, NoReturn

from annual_report.errors import Problem, UnusableInputError, problem_at
from annual_report.messages import Message, message

_BOMS = (b"\xff\xfe", b"\xfe\xff")


class _BadNumberError(Exception):
    """A number that JSON does not know, such as NaN."""


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
    if not data.strip():
        raise _unusable(source, message("the file is empty"))
    repeated: list[tuple[dict[str, Any], str]] = []

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        value = dict(items)
        if len(value) < len(items):
            given = Counter(key for key, _ in items)
            repeated.extend((value, key) for key, times in given.items() if times > 1)
        return value

    try:
        value = json.loads(
            _text(data, source), object_pairs_hook=pairs, parse_float=_decimal, parse_constant=_bad_number
        )
    except json.JSONDecodeError as error:
        raise _unusable(source, _syntax(error)) from None
    except _BadNumberError as error:
        raise _unusable(source, message("{number} is no number that JSON knows", number=str(error))) from None
    except RecursionError:
        raise _unusable(source, message("the JSON is nested too deeply")) from None
    except ValueError:
        raise _unusable(source, message("the JSON has a number of too many digits")) from None
    if repeated:
        places = ((*_path_to(value, holder), key) for holder, key in repeated)
        raise UnusableInputError((problem_at(keys, message("this key is given twice")) for keys in places), source)
    if not isinstance(value, dict):
        raise _unusable(source, message("should be a JSON object"))
    return value


def _unusable(source: str, words: Message) -> UnusableInputError:
    return UnusableInputError([Problem(words)], source)


def _text(data: bytes, source: str) -> str:
    if not data.startswith(_BOMS):
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            raise _unusable(source, message("the file is not UTF-8 (line {line})", line=line)) from None
    raise _unusable(source, message("the file is UTF-16, save it as UTF-8"))


def _syntax(error: json.JSONDecodeError) -> Message:
    return message("not valid JSON (line {line}, column {column})", line=error.lineno, column=error.colno)


def _path_to(value: Any, holder: dict[str, Any]) -> tuple[str, ...]:
    """Find the keys that lead to an object inside a value."""
    if value is holder or not isinstance(value, dict | list):
        return ()
    for key, item in value.items() if isinstance(value, dict) else enumerate(value):
        if item is holder:
            return (str(key),)
        if below := _path_to(item, holder):
            return (str(key), *below)
    return ()


def _decimal(number: str) -> Decimal | str:
    """Keep a number's digits; one with an exponent stays text, which is neither a count nor an amount."""
    return number if "e" in number.lower() else Decimal(number)


def _bad_number(name: str) -> NoReturn:
    raise _BadNumberError(name)
