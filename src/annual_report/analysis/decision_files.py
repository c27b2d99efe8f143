"""Reads what an office decides about a whole from CSV files: a line for each number."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from annual_report.errors import Problem, shortened
from annual_report.messages import message
from annual_report.report.lists import at, read_text, rows
from annual_report.report.places import SEPARATOR, place

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from annual_report.checks.parts import Number
    from annual_report.form import Edition
    from annual_report.messages import Message

OWN = {"位置": "path", "路径": "path", "数值": "number"}
"""The columns of a file of own numbers."""

ADJUSTMENTS = OWN | {"理由": "reason"}
"""The columns of a file of adjustments."""

_REQUIRED = {
    "path": message("the column “path” (位置) is missing"),
    "number": message("the column “number” (数值) is missing"),
    "reason": message("the column “reason” (理由) is missing"),
}
_BETWEEN = re.compile(r"\s*[›>＞?]\s*")
"""What is between the parts of a place: a workbook that is saved as CSV in GBK, which has no `›`, gets `?` instead."""

_COUNT, _AMOUNT = re.compile("-?[0-9]{1,30}"), re.compile(r"-?[0-9]{1,30}(\.[0-9]{1,30})?")


def read_decisions(
    file: str | Path, edition: Edition, columns: dict[str, str], problems: list[Problem]
) -> Iterator[tuple[str, Number, str]]:
    """Read the decisions in a file.

    Parameters
    ----------
    file
        A CSV file in UTF-8 or GBK.
    edition
        The edition of the whole.
    columns
        `OWN` or `ADJUSTMENTS`.
    problems
        Gets what is wrong with the file.

    Yields
    ------
    tuple[str, int | decimal.Decimal, str]
        The path, the number, and the reason of each line that is in order.

    Raises
    ------
    UnusableInputError
        The file cannot be read or is not CSV.
    """
    paths = {str(place(edition, path.split("."))): path for path, cell in edition.cells.items() if cell.adds_up}
    paths |= {path: path for path in paths.values()}
    required = {key: msg for key, msg in _REQUIRED.items() if key in columns.values()}
    given: set[str] = set()
    found: list[Problem] = []
    for line, cells in rows(read_text(file), columns, required, found, str(file)):
        path = paths.get(_BETWEEN.sub(SEPARATOR, cells["path"]), "")
        number = _number(cells["number"], is_count=path in edition.cells and edition.cells[path].is_count)
        wrong = list(_wrong(cells, path, number, is_given=path in given))
        found += (at(line, msg) for msg in wrong)
        if number is not None and not wrong:
            yield path, number, cells.get("reason", "")
        if columns is OWN and path:
            given.add(path)
    problems += (Problem(problem.message, str(file), str(file)) for problem in found)


def _number(text: str, *, is_count: bool) -> Number | None:
    if is_count:
        return int(text) if _COUNT.fullmatch(text) else None
    return Decimal(text) if _AMOUNT.fullmatch(text) else None


def _wrong(cells: dict[str, str], path: str, number: Number | None, *, is_given: bool) -> Iterator[Message]:
    """Describe what is wrong with a line."""
    if not cells["path"]:
        yield message("the place is missing")
    elif not path:
        yield message("the form has no cell “{name}” that adds up", name=shortened(cells["path"]))
    if is_given:
        yield message("this cell is given more than once")
    if not cells["number"]:
        yield message("the number is missing")
    elif number is None:
        if _AMOUNT.fullmatch(cells["number"]):
            yield message("should be a whole number, got {value}", value=cells["number"])
        else:
            yield message("should be a number, got {value}", value=cells["number"])
    if cells.get("reason") == "":
        yield message("the adjustment has no reason")
