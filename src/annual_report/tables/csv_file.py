"""Tables as CSV files: UTF-8 with a byte order mark, which Excel opens as such; GBK is read too."""

from __future__ import annotations

import codecs
import csv
from contextlib import contextmanager
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from annual_report.errors import Problem, UnusableInputError
from annual_report.files import describe_os_error, seems_gbk, whole_file
from annual_report.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from annual_report.messages import Message

_LIKE_A_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n", "'")  # Excel takes both widths
_LONGEST_CELL = 10_000_000
_CHUNK = 1 << 20


def written(value: Any, *, is_text: bool) -> str:
    """Write a value as a cell's text; users' text that looks like a formula gets an apostrophe.

    Examples
    --------
    >>> written("=1+1", is_text=True), written(-3, is_text=False)
    ("'=1+1", '-3')
    """
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return format(value, "f")
    text = str(value)
    return f"'{text}" if is_text and text.startswith(_LIKE_A_FORMULA) else text


def unescaped(text: Any) -> Any:
    """Take off the apostrophe that `written` puts before text.

    Examples
    --------
    >>> unescaped("'=1+1"), unescaped("'quoted'")
    ('=1+1', "'quoted'")
    """
    is_escaped = isinstance(text, str) and text.startswith("'") and text[1:].startswith(_LIKE_A_FORMULA)
    return text[1:] if is_escaped else text


@contextmanager
def csv_writer(path: Path) -> Iterator[Any]:
    """Open a CSV file to write rows of texts to; it takes its place when all are written."""
    with whole_file(path) as beside, beside.open("w", encoding="utf-8-sig", newline="") as file:
        yield csv.writer(file)


def csv_rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Iterate over the rows of a CSV file that are not blank, each with its number, as Excel counts.

    Parameters
    ----------
    path
        The file, in UTF-8 or GBK.

    Yields
    ------
    tuple[int, list[str]]
        A row's number, counted from 1, and its cells.

    Raises
    ------
    UnusableInputError
        The file cannot be read, is in neither encoding, or is not CSV.
    """
    csv.field_size_limit(max(csv.field_size_limit(), _LONGEST_CELL))
    try:
        with path.open(encoding=_encoding(path), newline="") as file:
            rows = csv.reader(file, strict=True)
            try:
                yield from ((number, row) for number, row in enumerate(rows, 1) if any(map(str.strip, row)))
            except csv.Error as error:
                words = message("not valid CSV (line {line}: {reason})", line=rows.line_num, reason=str(error))
                raise _unusable(path, words) from None
    except OSError as error:
        raise _unusable(path, describe_os_error(error)) from error
    except ValueError as error:
        if isinstance(error, UnusableInputError):
            raise
        raise UnusableInputError([Problem(message("this is not a path"))], repr(str(path))) from None


def _unusable(path: Path, words: Message) -> UnusableInputError:
    return UnusableInputError([Problem(words)], str(path))


def _encoding(path: Path) -> str:
    """Find the encoding that the whole file is in."""
    with path.open("rb") as file:
        start = file.read(_CHUNK)
        if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            raise _unusable(path, message("the file is UTF-16, save it as UTF-8"))
    line = _undecodable(path, "utf-8-sig")
    if line is None:
        return "utf-8-sig"
    if seems_gbk(start) and _undecodable(path, "gb18030") is None:
        return "gb18030"
    raise _unusable(path, message("the file is not UTF-8 (line {line}), save it as UTF-8", line=line))


def _undecodable(path: Path, encoding: str) -> int | None:
    """Return the line that is not in an encoding, or none."""
    decoder = codecs.getincrementaldecoder(encoding)()
    line = 1
    with path.open("rb") as file:
        while True:
            chunk = file.read(_CHUNK)
            try:
                decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                return line + error.object.count(b"\n", 0, error.start)
            if not chunk:
                return None
            line += chunk.count(b"\n")
