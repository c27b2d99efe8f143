"""The numbers of a table: what each cell says, and which blank cells are zero."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from annual_report.form.base import TOTAL_KEY
from annual_report.messages import message
from annual_report.readers.numbers import whole_number
from annual_report.readers.placement import Note
from annual_report.readers.published.quantities import number_in, other_quantity
from annual_report.readers.published.values import (
    Meaning,
    Number,
    declares_unit,
    meaning,
    other_unit,
    own_units,
    plain_numbers,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from annual_report.form.grid import DataCell, Grid
    from annual_report.messages import Message
    from annual_report.readers.blocks import Cell
    from annual_report.readers.placement import Placement


NONE = "无"
"""What some offices write for zero."""
_NONE_READ = message("“{found}” is read as 0", found=NONE)
_BY_TOTALS = (
    (
        re.compile(r"(?=.*\s)([1-9](?:\s?[0-9])*(?:\s?[,，](?:\s?[0-9]){3})*|0)(?:\s?\.(?:\s?0+)+)?", re.DOTALL),
        "value.broken",
        message("the number is broken by spaces or line ends; put together, it agrees with the totals"),
    ),
    (
        re.compile(r"(0|[1-9][0-9]*)(?:\.0+)?\s?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2}"),
        "value.note_mark",
        message("the raised mark of a note is left out; without it, the number agrees with the totals"),
    ),
    (re.compile(f"({NONE})"), "value.word", _NONE_READ),
)
"""Numbers that are certain only if every printed total that they are part of agrees."""
_WIDE_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")


@dataclass
class Figures:
    """The numbers of a table.

    Parameters
    ----------
    values
        The number of each value by path, none where it is in doubt; a total only where one is printed.
    notes
        What is not as the form has it.
    """

    values: dict[str, Number | None] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)


def figures(
    placement: Placement,
    grid: Grid,
    around: Sequence[str] = (),
    year: int | None = None,
    *,
    none_is_zero: bool = False,
) -> Figures:
    """Read the numbers of a table.

    Parameters
    ----------
    placement
        Where its values are.
    grid
        The table of the form.
    around
        Texts around the table, which may name a unit.
    year
        The year of the report, if it is known.
    none_is_zero
        Whether the office is known to write `NONE` for zero.

    Returns
    -------
    Figures
        Its numbers, and what is not as the form has it.
    """
    result = Figures(notes=list(placement.notes))
    blank: dict[str, DataCell] = {}
    declared = _declared(around)
    for value in grid.values:
        path = value.path
        cell = placement.cells.get(path)
        if path in placement.zeros:
            result.values[path] = 0
        elif cell is None or path in placement.doubtful:
            if cell is not None or not is_total(path):
                result.values[path] = None
        else:
            said = _zero(value) if none_is_zero and cell.text.strip() == NONE else meaning(cell.text, value)
            other = None if placement.has_own_labels else other_quantity(_labels(placement, path), value, year)
            if other:
                words = message("the label says “{words}”, the form's does not", words=other)
                _take(result, path, None, cell, "value.other_quantity", words)
            elif said.is_blank:
                blank[path] = value
            else:
                _take(result, path, said.value, cell, said.id, said.message)
                if said.value:
                    _doubt_unit(result, value, cell, placement, declared)
    _settle_by_totals(result, blank, placement, grid)
    _fill_in_blanks(result, blank, placement, grid)
    return result


def figures_as_printed(texts: Sequence[str], grid: Grid, around: Iterable[str]) -> Figures | None:
    """Read the numbers of a table that has the form's own labels and its numbers as the form prints them.

    Parameters
    ----------
    texts
        The text of each value of the form.
    grid
        The table of the form.
    around
        Texts around the table, which may name a unit.

    Returns
    -------
    Figures or None
        Its numbers, the same as `figures` reads; none where anything is unusual.
    """
    plan = _as_printed(grid)
    if plan.name_other_units or _declared(around):
        return None
    numbers = plain_numbers(texts) if plan.are_plain else _usual_numbers(texts, grid)
    return Figures(dict(zip(plan.paths, numbers, strict=True))) if numbers else None


def _usual_numbers(texts: Iterable[str], grid: Grid) -> list[Number]:
    """Read numbers that are printed as the form prints them; none where one is not."""
    said = [meaning(text, value) for text, value in zip(texts, grid.values, strict=True)]
    numbers = [one.value for one in said if one.value is not None and not one.id]
    return numbers if len(numbers) == len(said) else []


def _declared(around: Iterable[str]) -> list[str]:
    """Choose the texts that say what unit the table's numbers are of."""
    return [text for text in dict.fromkeys(around) if declares_unit(text)]


class _AsPrinted(NamedTuple):
    """The paths of a table's values, whether all are printed as digits, and whether a label names another unit."""

    paths: tuple[str, ...]
    are_plain: bool
    name_other_units: bool


@lru_cache(maxsize=64)
def _as_printed(grid: Grid) -> _AsPrinted:
    return _AsPrinted(
        paths=tuple(value.path for value in grid.values),
        are_plain=all(value.is_plain for value in grid.values),
        name_other_units=any(other_unit(value.labels, value) for value in grid.values),
    )


def _zero(value: DataCell) -> Meaning:
    return Meaning(0 if value.is_count else Decimal(0), "value.word", _NONE_READ)


def writes_none_for_zero(placement: Placement, grid: Grid) -> bool:
    """Return whether a table has `NONE` in cells, and its totals say of each of them that it is zero."""
    paths = {path for path, cell in placement.cells.items() if cell.text.strip() == NONE}
    return bool(paths) and all(figures(placement, grid).values.get(path) == 0 for path in paths)


@lru_cache(maxsize=4096)
def is_total(path: str) -> bool:
    """Return whether a value is a total."""
    return TOTAL_KEY in path.split(".")


def _take(result: Figures, path: str, number: Number | None, cell: Cell, id: str, words: Message | None) -> None:
    result.values[path] = number
    if words is not None:
        result.notes.append(Note(id, "doubt" if number is None else "info", path, words, (cell,)))


def _labels(placement: Placement, path: str) -> list[str]:
    """Return the labels found above and beside a value."""
    labels = [heading.text for heading in placement.headings.get(path, ())]
    if stub := placement.stubs.get(path):
        labels.append(stub.text)
    return labels


def _doubt_unit(result: Figures, value: DataCell, cell: Cell, placement: Placement, declared: list[str]) -> None:
    """Doubt a number other than zero whose labels or whose table name another unit."""
    unit = other_unit(_labels(placement, value.path), value)
    own = own_units(value)
    if unit is None and not cell.text.rstrip().endswith(own):  # what the number itself says counts for more
        unit = other_unit(declared, value)
    if unit is not None:
        words = message("the unit is “{unit}”, the form's is “{own}”", unit=unit, own="/".join(own))
        _take(result, value.path, None, cell, "value.other_unit", words)


def _settle_by_totals(result: Figures, blank: dict[str, DataCell], placement: Placement, grid: Grid) -> None:
    """Read numbers that are broken up or have a raised mark, where every printed total of theirs agrees."""
    likely = {
        path: said
        for path, cell in placement.cells.items()
        if path not in placement.doubtful and result.values.get(path) is None and (said := _likely(cell.text))
    }
    if not likely:
        return
    numbers = {path: number for path, (number, _, _) in likely.items()}
    assumed = {**dict.fromkeys(blank, 0), **result.values, **numbers}
    agrees: dict[str, bool] = {}
    for total, parts in (*sums(grid).items(), *_corners(grid).items()):
        found = [number for part in parts if (number := assumed.get(part)) is not None]
        if total in blank or assumed.get(total) is None or len(found) < len(parts):
            continue
        for path in likely.keys() & {total, *parts}:
            agrees[path] = agrees.get(path, True) and assumed[total] == sum(found)
    settled = {path for path, holds in agrees.items() if holds}
    result.notes = [note for note in result.notes if note.id != "value.not_a_number" or note.path not in settled]
    for path in settled:
        number, kind, words = likely[path]
        _take(result, path, number, placement.cells[path], kind, words)


def _likely(text: str) -> tuple[int, str, Message] | None:
    """Return the number that a text is if the totals say so, and what to remark then."""
    for pattern, kind, words in _BY_TOTALS:
        found = pattern.fullmatch(text.translate(_WIDE_DIGITS))
        if found:
            digits = re.sub(r"[\s,，]", "", found[1])
            number = 0 if digits == NONE else whole_number(digits)
            return None if number is None else (number, kind, words)
    return None


def _fill_in_blanks(result: Figures, blank: dict[str, DataCell], placement: Placement, grid: Grid) -> None:
    """Read blank cells as zero where nothing printed is against it; a blank total is no total."""
    said = any(number is not None for path, number in result.values.items() if path in placement.cells)
    leaves = [path for path in blank if not is_total(path)]
    if leaves and not said:
        result.notes.append(Note("table.blank", "doubt", "", message("every cell of the table is blank")))
        result.values.update(dict.fromkeys(leaves))
        return
    in_doubt = dict.fromkeys((path for path in placement.doubtful if is_total(path)), None)
    assumed = {**in_doubt, **result.values, **dict.fromkeys(leaves, 0)}
    for path in leaves:
        number = number_in(_labels(placement, path), blank[path])
        words = _against(path, assumed, blank, grid)
        if number:
            words = message("the cell is blank, but its label has the number {number}", number=number)
        cells = (placement.cells[path],)
        if words is None:
            result.notes.append(Note("value.blank", "info", path, message("the cell is blank, read as 0"), cells))
            result.values[path] = 0 if blank[path].is_count else Decimal(0)
        else:
            result.notes.append(Note("value.contradicted", "doubt", path, words, cells))
            result.values[path] = None


def _against(path: str, assumed: dict[str, Number | None], blank: dict[str, DataCell], grid: Grid) -> Message | None:
    """Describe what printed total a blank cell does not agree with, if it is zero."""
    for total, parts in sums(grid).items():
        if path not in parts or total not in assumed or total in blank:
            continue
        stated = assumed[total]
        numbers = [assumed[part] for part in parts if part in assumed]
        if stated is None or any(number is None for number in numbers) or len(numbers) < len(parts):
            return message("the cell is blank, and no total that could be checked says that it is 0")
        found = sum(number for number in numbers if number is not None)
        if found != stated:
            return message(
                "the cell is blank, but the total is {total} and the rest is {rest}", total=stated, rest=found
            )
    return None


@lru_cache(maxsize=64)
def sums(grid: Grid) -> dict[str, tuple[str, ...]]:
    """Return the parts of each total that is a sum of values."""
    leaves = [tuple(value.path.split(".")) for value in grid.values if not is_total(value.path)]
    found: dict[str, tuple[str, ...]] = {}
    for value in grid.values:
        keys = value.path.split(".")
        if keys.count(TOTAL_KEY) != 1:
            continue
        at = keys.index(TOTAL_KEY)
        before, after = tuple(keys[:at]), tuple(keys[at + 1 :])
        found[value.path] = tuple(
            ".".join(leaf)
            for leaf in leaves
            if leaf[:at] == before and len(leaf) > at + len(after) and leaf[len(leaf) - len(after) :] == after
        )
    return found


@lru_cache(maxsize=64)
def _corners(grid: Grid) -> dict[str, tuple[str, ...]]:
    """Return the parts of each total of totals."""
    paths = [value.path for value in grid.values]
    corners = {path: path.partition(f"{TOTAL_KEY}.")[0] for path in paths if path.split(".").count(TOTAL_KEY) > 1}
    return {
        corner: tuple(path for path in paths if path.startswith(above) and not is_total(path))
        for corner, above in corners.items()
    }


def with_whole_totals(values: dict[str, Number | None], grid: Grid) -> dict[str, Number | None]:
    """Fill in a row of totals of which only some are printed, as a report holds all of them or none.

    Parameters
    ----------
    values
        A table's numbers by path.
    grid
        The table of the form.

    Returns
    -------
    dict[str, Number | None]
        The same numbers, and the sums that are not printed beside others that are.
    """
    blank = [path for path in sums(grid) if path not in values]
    printed = {path.rpartition(".")[0] for path in values if is_total(path.rpartition(".")[0])} if blank else set()
    whole = dict(values)
    for total in blank:
        numbers = [values.get(part) for part in sums(grid)[total]]
        if total.rpartition(".")[0] in printed and None not in numbers:
            whole[total] = sum(number for number in numbers if number is not None)
    return whole
