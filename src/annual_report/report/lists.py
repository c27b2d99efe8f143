"""Reads lists that offices keep as CSV files, with headings in Chinese or English; every problem names its line."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING

from annual_report.errors import Problem, UnusableInputError
from annual_report.files import decode, read_bytes
from annual_report.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from annual_report.messages import Message


def read_text(path: str | Path) -> str:
    """Read a CSV file in UTF-8 or GBK.

    Raises
    ------
    UnusableInputError
        It cannot be read, or is in neither.
    """
    try:
        return decode(read_bytes(path))
    except UnicodeDecodeError:
        raise UnusableInputError([Problem(message("the file is not UTF-8, save it as UTF-8"))], str(path)) from None


def rows(
    text: str, headings: Mapping[str, str], required: Mapping[str, Message], problems: list[Problem], source: str
) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the rows of a list, if its heading is in order.

    Parameters
    ----------
    text
        CSV text.
    headings
        The keys of the columns by their Chinese headings; a key is a heading too.
    required
        What is wrong if a column is missing, by its key.
    problems
        Gets the problems with the heading, and with rows that have too many cells.
    source
        The name of the file.

    Yields
    ------
    tuple[int, dict[str, str]]
        The number of the line, and the cells by key without spaces around them; blank rows are left out.

    Raises
    ------
    UnusableInputError
        The text is not CSV.
    """
    table = csv.DictReader(StringIO(text, newline=""), strict=True)
    try:
        names = table.fieldnames = _names(table.fieldnames or (), headings)
        found = list(_header_problems(names, headings, required))
        problems += found
        for row in () if found else table:
            cells = {key: (row.get(key) or "").strip() for key in headings.values()}
            beyond = "".join(row.get(None) or ()).strip()
            if beyond:
                msg = message("the line has more cells than there are columns: {text}", text=beyond)
                problems.append(at(table.line_num, msg))
            if any(cells.values()):
                yield table.line_num, cells
    except csv.Error as error:
        words = message("not valid CSV (line {line}: {reason})", line=table.reader.line_num, reason=str(error))
        raise UnusableInputError([Problem(words)], source) from None


def at(line: int, msg: Message) -> Problem:
    """Return a problem with a line."""
    return Problem(message("line {line}: {words}", line=line, words=msg))


def _names(heading: Iterable[str], headings: Mapping[str, str]) -> list[str]:
    """Name the columns by their keys; blank ones at the end, as Excel may save them, are none."""
    names = [headings.get(name.strip(), name.strip()) for name in heading]
    while names and not names[-1]:
        names.pop()
    return names


def _header_problems(
    names: list[str], headings: Mapping[str, str], required: Mapping[str, Message]
) -> Iterator[Problem]:
    for name, msg in required.items():
        if name not in names:
            yield Problem(msg)
    for name in names:
        if name not in headings.values():
            known = ", ".join(f"{chinese} ({key})" for chinese, key in headings.items())
            yield at(1, message("there is no column “{name}”; known are {known}", name=name, known=known))
    for name in dict.fromkeys(headings.values()):
        if names.count(name) > 1:
            yield at(1, message("the column “{name}” is there more than once", name=name))
