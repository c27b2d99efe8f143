"""JSON text of a report, parsed without loss: repeated keys are refused, and amounts keep all their digits."""

from __future__ import annotations

import codecs
import json
from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from annual_report.errors import Problem, UnusableInputError
from annual_report.files import decode
from annual_report.form.values import OddNumber
from annual_report.messages import Message, message
from annual_report.readers.json_syntax import syntax_problem
from annual_report.readers.numbers import MAX_DIGITS
from annual_report.report.places import problem_at

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_DEPTH = 50
"""How deep a value may be nested; a report is ten levels deep."""

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
_ZEROS: dict[tuple[bool, ...], str] = {
    (False, True, True, True): "UTF-32",
    (True, True, True, False): "UTF-32",
    (False, True, False, True): "UTF-16",
    (True, False, True, False): "UTF-16",
}
"""Which of the first four bytes are zero in text that begins with two ASCII characters."""


_HOLDERS = (dict, list)


def parse_plain(data: bytes) -> Any:
    """Read JSON in UTF-8 without looking for what is wrong with it, in half the time of `parse`.

    Parameters
    ----------
    data
        The file's bytes.

    Returns
    -------
    Any
        The same as from `parse` if a valid report can be made of it; otherwise any value, or None.

    Examples
    --------
    >>> parse_plain(b'{"amount": 59237.2449}')
    {'amount': Decimal('59237.2449')}
    >>> parse_plain(b'{"amount": 1, "amount": 2}') is None
    True
    """
    try:
        return json.loads(data.decode(), object_pairs_hook=_unrepeated, parse_float=_decimal, parse_constant=OddNumber)
    except (ValueError, RecursionError):
        return None


def _unrepeated(items: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(items)
    if len(value) < len(items):
        raise ValueError
    return value


def parse(data: bytes, source: str = "") -> dict[str, Any]:
    """Read one JSON object.

    Parameters
    ----------
    data
        The file's bytes: UTF-8, with or without byte order mark, or GBK.
    source
        The file's name, which errors give.

    Returns
    -------
    dict[str, Any]
        The object, with numbers that have a decimal point as `Decimal`.

    Raises
    ------
    UnusableInputError
        The bytes are empty, in another encoding, not JSON or not an object, or an object has the same key twice.

    Examples
    --------
    >>> parse(b'{"amount": 59237.2449}')
    {'amount': Decimal('59237.2449')}
    """
    text = _text(data, source)
    repeated: list[tuple[dict[str, Any], list[str]]] = []

    has_escapes = "\\u" in text

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        if has_escapes:
            items = [(_readable(key), item) for key, item in items]
        value = dict(items)
        if len(value) < len(items):
            given = Counter(key for key, _ in items)
            repeated.append((value, [key for key, times in given.items() if times > 1]))
        return value

    try:
        value = json.loads(
            text, object_pairs_hook=pairs, parse_int=_whole, parse_float=_decimal, parse_constant=OddNumber
        )
    except json.JSONDecodeError as error:
        raise _unusable(source, syntax_problem(error)) from None
    except RecursionError:
        raise _unusable(source, _too_deep()) from None
    if not isinstance(value, dict):
        raise _unusable(source, message("should be a JSON object"))
    if _is_deep(value):
        raise _unusable(source, _too_deep())
    if repeated:
        raise UnusableInputError(_repetitions(value, repeated), source)
    return value


def _repetitions(value: dict[str, Any], repeated: list[tuple[dict[str, Any], list[str]]]) -> Iterator[Problem]:
    """Name the repeated keys by their places; an object that a later key replaced is not among them."""
    from annual_report.report.problems import form_of  # which takes as long to import as a report to load

    form = form_of(value)
    keys_of = {id(holder): keys for holder, keys in repeated}
    pending: list[tuple[tuple[str, ...], Any]] = [((), value)]
    while pending:
        path, item = pending.pop()
        for key in keys_of.get(id(item), ()):
            yield problem_at((*path, key), message("this key is given twice"), form)
        if isinstance(item, dict | list):
            below = item.items() if isinstance(item, dict) else enumerate(item)
            pending.extend(reversed([((*path, str(key)), part) for key, part in below]))


def _unusable(source: str, words: Message) -> UnusableInputError:
    return UnusableInputError([Problem(words)], source)


def _too_deep() -> Message:
    return message("the JSON is nested too deeply")


def _text(data: bytes, source: str) -> str:
    encoding = _wide_encoding(data)
    if encoding is not None:
        raise _unusable(source, message("the file is {encoding}, save it as UTF-8", encoding=encoding))
    if b"\0" in data:
        line = data.count(b"\n", 0, data.index(b"\0")) + 1
        raise _unusable(source, message("the file has zero bytes from line {line} on and is damaged", line=line))
    try:
        text = decode(data)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _unusable(source, message("the file is not UTF-8 (line {line}), save it as UTF-8", line=line)) from None
    if not text.strip():
        raise _unusable(source, message("the file is empty"))
    return text


def _wide_encoding(data: bytes) -> str | None:
    """Recognise UTF-16 and UTF-32 by their byte order marks, or by the zeros in text that begins with ASCII."""
    marked = next((name for mark, name in _BYTE_ORDER_MARKS if data.startswith(mark)), None)
    return marked or _ZEROS.get(tuple(byte == 0 for byte in data[:4]))


def _readable(key: str) -> str:
    """Escape lone surrogates, which only escapes in the JSON can write, and validation cannot name."""
    return key.encode("utf-8", "backslashreplace").decode()


def _is_deep(value: Any) -> bool:
    """Return whether a value is nested deeper than any report, without recursion."""
    level = [value]
    for _ in range(MAX_DEPTH - 1):
        level = [
            item
            for holder in level
            for item in (holder.values() if isinstance(holder, dict) else holder)
            if isinstance(item, _HOLDERS)
        ]
    return any(level)


def _whole(number: str) -> int | OddNumber:
    return int(number) if len(number) <= MAX_DIGITS else OddNumber(number)


def _decimal(number: str) -> Decimal | OddNumber:
    """Keep a number's digits; a number with an exponent is neither a count nor an amount."""
    return Decimal(number) if len(number) <= MAX_DIGITS and "e" not in number.lower() else OddNumber(number)
