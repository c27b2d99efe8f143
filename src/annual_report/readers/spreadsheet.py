"""Workbooks (.xlsx) as sheets of typed cells, with what is calculated, merged and named; parsed within bounds."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import inf, isinf
from typing import TYPE_CHECKING

from annual_report.messages import message
from annual_report.readers.numbers import whole_number
from annual_report.readers.published.dates import as_date
from annual_report.readers.published.limits import MAX_COLUMNS, refused
from annual_report.readers.published.word_package import Package

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

MAX_ROWS = 20_000
"""The rows that a sheet may have; the form's have 1,000 at most."""

_MOST_PLACES = 400_000
"""The places that a sheet's cells may spread over, and that its merged areas may cover together."""

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_PART = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
_BUILT_IN_DATES = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_EPOCH = {False: date(1899, 12, 30), True: date(1904, 1, 1)}


@dataclass(frozen=True, slots=True)
class SheetCell:
    """A cell that holds something.

    Parameters
    ----------
    value
        Text, a number, a truth value or a date; none for an error value, a formula whose result is not stored, and what
        a damaged file has instead.
    is_formula
        Whether it is calculated.
    """

    value: str | float | bool | date | None
    is_formula: bool = False


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of cells, counted from 0, its ends included."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook.

    Parameters
    ----------
    name
        Its name.
    cells
        Its cells that hold something, by row and column, counted from 0.
    merged
        Its merged areas.
    is_hidden
        Whether it is hidden.
    """

    name: str
    cells: dict[tuple[int, int], SheetCell] = field(default_factory=dict)
    merged: tuple[Area, ...] = ()
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Spreadsheet:
    """A workbook.

    Parameters
    ----------
    sheets
        Its sheets in order, by name.
    names
        Its defined names that are one area, and where that is; none for a name whose cells were deleted.
    """

    sheets: dict[str, Sheet]
    names: dict[str, Area | None]


def parse(data: bytes, source: str = "") -> Spreadsheet:
    """Read a workbook.

    Parameters
    ----------
    data
        The `.xlsx`.
    source
        The name to give in errors.

    Raises
    ------
    UnusableInputError
        The workbook is damaged, or larger than an annual report's can be.
    """
    damaged = message("the workbook is damaged or incomplete")
    return _Reader(Package(data, source, damaged), source).spreadsheet()


class _Reader:
    def __init__(self, package: Package, source: str) -> None:
        self.package = package
        self.source = source
        self.book = package.parse(package.main)
        self.texts = self._shared_texts()
        self.date_styles = self._date_styles()
        properties = None if self.book is None else self.book.find(f"{_S}workbookPr")
        self.from_1904 = properties is not None and properties.get("date1904") in {"1", "true"}

    def spreadsheet(self) -> Spreadsheet:
        sheets: dict[str, Sheet] = {}
        targets = self.package.targets(self.package.main)
        for element in () if self.book is None else self.book.iter(f"{_S}sheet"):
            name = element.get("name", "")
            part = targets.get(element.get(_R, ""), "")
            sheets[name] = self._sheet(name, part, is_hidden=element.get("state", "visible") != "visible")
        return Spreadsheet(sheets, self._names())

    def _names(self) -> dict[str, Area | None]:
        """Return the names; one of the whole workbook counts before those that a copied sheet has of its own."""
        found = [] if self.book is None else list(self.book.iter(f"{_S}definedName"))
        return dict(map(_named, sorted(found, key=lambda element: "localSheetId" not in element.attrib)))

    def _shared_texts(self) -> list[str]:
        part = next(self.package.related(self.package.main, "sharedStrings"), "")
        root = self.package.parse(part) if part else None
        return [] if root is None else [_text(item) for item in root.iter(f"{_S}si")]

    def _date_styles(self) -> frozenset[int]:
        """Return the numbers of the styles that show a number as a date."""
        part = next(self.package.related(self.package.main, "styles"), "")
        root = self.package.parse(part) if part else None
        if root is None:
            return frozenset()
        own = {
            whole_number(item.get("numFmtId", "")): re.search(
                "[ymdhs]", _QUOTED.sub("", item.get("formatCode", "")).lower()
            )
            for item in root.iter(f"{_S}numFmt")
        }
        styles = root.find(f"{_S}cellXfs")
        kinds = [] if styles is None else [item.get("numFmtId", "0") for item in styles.iter(f"{_S}xf")]
        numbers = [whole_number(kind) or 0 for kind in kinds]
        return frozenset(
            index for index, number in enumerate(numbers) if own.get(number) or (number in _BUILT_IN_DATES)
        )

    def _sheet(self, name: str, part: str, *, is_hidden: bool) -> Sheet:
        root = self.package.parse(part) if part else None
        cells: dict[tuple[int, int], SheetCell] = {}
        for row, column, element in () if root is None else self._placed(root):
            cell = self._cell(element)
            if cell is None:
                continue
            if row >= MAX_ROWS or column >= MAX_COLUMNS:
                raise self._too_large(name)
            cells[row, column] = cell
        height, width = (1 + max((place[axis] for place in cells), default=-1) for axis in (0, 1))
        areas = () if root is None else root.iter(f"{_S}mergeCell")
        merged = tuple(area for item in areas if (area := _area(name, item.get("ref", ""))) is not None)
        covered = sum(_places(area, height) for area in merged)
        if max(height * width, covered) > _MOST_PLACES:
            raise self._too_large(name)
        return Sheet(name, cells, merged, is_hidden)

    def _too_large(self, name: str) -> Exception:
        return refused(message("sheet {name} is larger than an annual report's can be", name=name), self.source)

    def _placed(self, root: etree._Element) -> Iterator[tuple[int, int, etree._Element]]:
        """Yield the cells with their rows and columns; one that does not name its own is the next."""
        row = -1
        for line in root.iter(f"{_S}row"):
            row, column = (whole_number(line.get("r", "")) or row + 2) - 1, -1
            for element in line.iter(f"{_S}c"):
                column += 1
                given = element.get("r")
                place = _PART.fullmatch(given) if given else None
                if place is not None:
                    row, column = int(place[2]) - 1, column_number(place[1])
                elif given:
                    raise refused(self.package.damaged, self.source)
                yield row, column, element

    def _cell(self, element: etree._Element) -> SheetCell | None:
        """Return a cell's value; nothing where it is empty."""
        formula = element.find(f"{_S}f") is not None
        kind, given = element.get("t", "n"), element.findtext(f"{_S}v")
        if kind == "inlineStr":
            return SheetCell(_text(element), formula)
        if given is None:
            return SheetCell(None, formula) if formula else None
        if kind == "s":
            index = whole_number(given)
            return SheetCell(self.texts[index] if index is not None and index < len(self.texts) else None, formula)
        if kind == "d":
            return SheetCell(as_date(given[: len("2025-01-15")]), formula)
        if kind in {"str", "b", "e"}:
            return SheetCell({"str": given, "b": given in {"1", "true"}, "e": None}[kind], formula)
        return SheetCell(self._number(given, element.get("s", "0")), formula)

    def _number(self, given: str, style: str) -> float | date | None:
        number = float(given) if _NUMBER.fullmatch(given.strip()) else inf
        if isinf(number):
            return None
        epoch = _EPOCH[self.from_1904]
        if whole_number(style) in self.date_styles and 0 < number < (date.max - epoch).days + 1:
            return epoch + timedelta(days=int(number))
        return number


def _text(element: etree._Element) -> str:
    """Return the text of a string item, without phonetic guides."""
    parts = (item for item in element.iter(f"{_S}t") if item.getparent().tag != f"{_S}rPh")
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), "".join(item.text or "" for item in parts))


_ESCAPED = re.compile("_x(?![Dd][89A-Fa-f])([0-9A-Fa-f]{4})_")
"""A character as its number, but half of one, which is no text."""


def _named(element: etree._Element) -> tuple[str, Area | None]:
    sheet, found, ref = (element.text or "").rpartition("!")
    return element.get("name", ""), _area(sheet.strip("'").replace("''", "'"), ref) if found else None


def _area(sheet: str, ref: str) -> Area | None:
    first, _, last = ref.partition(":")
    start, end = _PART.fullmatch(first), _PART.fullmatch(last or first)
    if start is None or end is None:
        return None
    return Area(sheet, int(start[2]) - 1, column_number(start[1]), int(end[2]) - 1, column_number(end[1]))


def _places(area: Area, height: int) -> int:
    """Count the places of an area in the rows that hold something."""
    return max(0, min(area.bottom + 1, height) - area.top) * (area.right + 1 - area.left)


def column_number(letters: str) -> int:
    """Return the number of a column, counted from 0.

    Examples
    --------
    >>> column_number("A"), column_number("AA")
    (0, 26)
    """
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
