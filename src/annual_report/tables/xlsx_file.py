"""Tables as Excel workbooks: a header that stays, filters, and widths that fit."""

from __future__ import annotations

import posixpath
import re
import zipfile
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from unicodedata import east_asian_width

from annual_report.errors import Problem, UnusableInputError, missing_extra
from annual_report.files import describe_os_error, whole_file
from annual_report.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from annual_report.messages import Message

MAX_ROWS = 1_048_576
MAX_TEXT = 32_767
"""How many rows a worksheet has, and how many UTF-16 units of text a cell holds."""

_MAX_DIGITS = 15
"""How many digits of a number Excel keeps."""

_FIRST_DATE = date(1900, 3, 1)
"""The first date that every program reads as the same day."""

_MIN_WIDTH, _MAX_WIDTH = 9, 36
_HEADING_LINES = 6
_LINE_HEIGHT, _MAX_HEIGHT = 15, 400
_A4 = 9
_CELLS = 60_000_000
"""How many cells a table may span, empty ones included, since the reader of workbooks makes room for all."""

_BYTES = 1 << 31
"""How many bytes a workbook may have when it is unpacked."""

_CHUNK = 1 << 20
_SHEET = re.compile(rb'<(?:\w+:)?sheet\s[^>]*?\w+:id="([^"]+)"')
_RELATIONSHIP = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
_ATTRIBUTE = re.compile(rb'(\w+)="([^"]*)"')
_REFERENCE = re.compile(rb'<(?:\w+:)?c\s(?:[^>]*?\s)?r="([A-Z]{1,3})([0-9]{1,7})"[^>]*(?<!/)>')
_UNCALCULATED = re.compile(
    rb'\br="([A-Z]{1,3}[0-9]{1,7})"[^>]*>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*(?:<(?:\w+:)?v\s*/>\s*)?</'
    rb"(?:\w+:)?c>"
)
_ERROR = re.compile(rb'<(?:\w+:)?c\s(?=[^>]*\bt="e")[^>]*\br="([A-Z]{1,3}[0-9]{1,7})"')


def _missing(package: str) -> Exception:
    return missing_extra(message("Excel workbooks"), package)


def width_of(text: str) -> int:
    """Give the width of a text's longest line, in Latin characters."""
    return max(sum(2 if east_asian_width(mark) in "WF" else 1 for mark in line) for line in text.split("\n"))


def fits(text: str) -> bool:
    """Tell whether a cell holds a text."""
    return len(text) <= MAX_TEXT // 2 or len(text.encode("utf-16-le")) // 2 <= MAX_TEXT


class Sheet:
    """One worksheet that is written row by row, its columns as wide as their values but within bounds.

    Parameters
    ----------
    book
        The workbook.
    name
        The worksheet's name.
    headings
        The headings of its columns.
    widths
        How wide their values are, in Latin characters.
    wraps
        Whether text breaks into lines within its cell, for a table to be printed, rather than a table of many columns.
    """

    def __init__(
        self, book: Any, name: str, headings: Sequence[str], widths: Sequence[int], *, wraps: bool = False
    ) -> None:
        self._book = book
        self._sheet = book.add_worksheet(name)
        self._formats: dict[tuple[str, bool], Any] = {}
        self._row = 0
        self._wraps = wraps
        least = [max(_MIN_WIDTH, -(-width_of(text) // _HEADING_LINES) + 4) for text in headings]
        self._widths = [min(max(width + 2, low), _MAX_WIDTH) for width, low in zip(widths, least, strict=True)]
        looks = {
            "bold": True,
            "text_wrap": True,
            "valign": "vcenter",
            "align": "center",
            "bg_color": "#E7EDF3",
            "border": 1,
        }
        heading = book.add_format(looks)
        self._sheet.set_row(0, self._height(headings) + _LINE_HEIGHT)
        for column, (text, width) in enumerate(zip(headings, self._widths, strict=True)):
            self._sheet.set_column(column, column, width)
            self._sheet.write_string(0, column, text, heading)

    def _height(self, values: Sequence[Any]) -> int:
        """Give the height of a row whose texts break into lines."""
        texts = [(value, width) for value, width in zip(values, self._widths, strict=True) if isinstance(value, str)]
        lines = [sum(-(-max(width_of(line), 1) // (width - 2)) for line in text.split("\n")) for text, width in texts]
        return min(_LINE_HEIGHT * max(lines, default=1), _MAX_HEIGHT)

    def add(self, values: Sequence[Any], marked: Sequence[bool] = ()) -> None:
        """Write a row; marked cells are red."""
        self._row += 1
        if self._wraps:
            self._sheet.set_row(self._row, self._height(values))
        for column, value in enumerate(values):
            is_marked = bool(marked) and marked[column]
            if value == "" and self._wraps:
                self._sheet.write_blank(self._row, column, None, self._format("", is_marked=is_marked))
            elif value is not None and value != "":
                self._write(column, value, is_marked=is_marked)

    def _write(self, column: int, value: Any, *, is_marked: bool) -> None:
        if isinstance(value, str):
            self._write_text(column, value, self._format("", is_marked=is_marked))
        elif isinstance(value, date) and value < _FIRST_DATE:
            self._write_text(column, value.isoformat(), self._format("", is_marked=is_marked))
        elif isinstance(value, date):
            self._sheet.write_datetime(self._row, column, value, self._format("yyyy-mm-dd", is_marked=is_marked))
        elif isinstance(value, Decimal) and len(value.as_tuple().digits) > _MAX_DIGITS:
            self._write_text(column, format(value, "f"), self._format("", is_marked=is_marked))
        else:
            digits = -int(value.as_tuple().exponent) if isinstance(value, Decimal) else 0
            pattern = "0." + "0" * digits if digits > 0 else "0"
            self._sheet.write_number(self._row, column, float(value), self._format(pattern, is_marked=is_marked))

    def _write_text(self, column: int, text: str, cell_format: Any) -> None:
        if text.startswith("<r>") and text.endswith("</r>"):  # which XlsxWriter would take for markup of its own
            plain = self._format("", is_marked=False)
            self._sheet.write_rich_string(self._row, column, plain, text[:1], plain, text[1:], cell_format)
        else:
            self._sheet.write_string(self._row, column, text, cell_format)

    def _format(self, pattern: str, *, is_marked: bool) -> Any:
        key = (pattern, is_marked)
        if key not in self._formats:
            looks: dict[str, Any] = {"valign": "top"}
            if is_marked:
                looks |= {"font_color": "#9C0006", "bg_color": "#FFC7CE"}
            if self._wraps:
                looks |= {"text_wrap": True, "border": 1}
            if pattern:
                looks["num_format"] = pattern
            self._formats[key] = self._book.add_format(looks)
        return self._formats[key]

    def finish(self, *, frozen: int) -> None:
        """Let the header and the first columns stay, and add filters."""
        self._sheet.freeze_panes(1, frozen)
        self._sheet.autofilter(0, 0, max(self._row, 1), len(self._widths) - 1)
        self._sheet.repeat_rows(0)
        self._sheet.set_landscape()
        self._sheet.set_paper(_A4)
        if self._wraps:
            self._sheet.fit_to_pages(1, 0)


@contextmanager
def workbook(path: Path) -> Iterator[Any]:
    """Open a workbook to write; it takes its place when it is whole, and no row stays in memory.

    Raises
    ------
    MissingExtraError
        XlsxWriter is not installed.
    UnusableInputError
        The file cannot be written.
    """
    try:
        from xlsxwriter import Workbook
        from xlsxwriter.exceptions import FileCreateError
    except ModuleNotFoundError:
        raise _missing("xlsxwriter") from None
    with whole_file(path) as beside:
        book = Workbook(str(beside), {"constant_memory": True})
        yield book
        try:
            book.close()
        except FileCreateError as error:
            raise OSError(*error.args[0].args) from error


def sheets(path: Path) -> Iterator[Any]:
    """Go through the visible worksheets of a workbook, as python-calamine gives them.

    Raises
    ------
    MissingExtraError
        Python-calamine is not installed.
    UnusableInputError
        The file cannot be read, is no workbook, is locked by a password, has cells too far apart, or has formulas
        without values.
    """
    try:
        from python_calamine import CalamineError, PasswordError, SheetVisibleEnum, load_workbook
    except ModuleNotFoundError:
        raise _missing("python-calamine") from None
    try:
        with zipfile.ZipFile(path) as archive, load_workbook(path) as book:
            parts = _worksheets(archive, path)
            for index, sheet in enumerate(book.sheets_metadata):
                if sheet.visible == SheetVisibleEnum.Visible:
                    _look_through(archive, parts[index], sheet.name, path)
                    yield book.get_sheet_by_name(sheet.name)
    except PasswordError:
        raise _unusable(path, message("the workbook has a password")) from None
    except (CalamineError, zipfile.BadZipFile, EOFError, LookupError, NotImplementedError, RuntimeError):
        raise _unusable(path, message("the file is not an Excel workbook (.xlsx)")) from None
    except OSError as error:
        raise _unusable(path, describe_os_error(error)) from error


def _unusable(path: Path, words: Message, place: str = "") -> UnusableInputError:
    return UnusableInputError([Problem(words, place, place)], str(path))


def _worksheets(archive: zipfile.ZipFile, path: Path) -> list[str]:
    """Find the parts of the worksheets, in the workbook's order."""
    if sum(part.file_size for part in archive.infolist()) > _BYTES:
        raise _unusable(path, message("the workbook is too large"))
    links = _RELATIONSHIP.findall(archive.read("xl/_rels/workbook.xml.rels"))
    attributes = (dict(_ATTRIBUTE.findall(link)) for link in links)
    targets = {link[b"Id"]: link[b"Target"].decode() for link in attributes}
    identifiers = _SHEET.findall(archive.read("xl/workbook.xml"))
    return [posixpath.normpath(posixpath.join("/xl", targets[identifier]))[1:] for identifier in identifiers]


def _look_through(archive: zipfile.ZipFile, part: str, sheet: str, path: Path) -> None:
    """Refuse a worksheet that would not fit into memory, or with formulas that have no value."""
    last_row = last_column = 0
    for text in _texts(archive, part):
        references = _REFERENCE.findall(text)
        last_row = max([last_row, *(int(row) for row in {row for _, row in references})])
        last_column = max([last_column, *map(_number, {column for column, _ in references})])
        if last_row * last_column > _CELLS:
            raise _unusable(path, message("the cells of a worksheet are too far apart"), sheet)
        if found := _UNCALCULATED.search(text):
            words = message("the formula has no value; open the workbook in Excel or WPS and save it")
            raise _unusable(path, words, f"{sheet}!{found[1].decode()}")
        if found := _ERROR.search(text):
            raise _unusable(path, message("the formula gives an error"), f"{sheet}!{found[1].decode()}")


def _texts(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """Go through a worksheet's XML in parts that end between rows."""
    rest = b""
    with archive.open(name) as file:
        while chunk := file.read(_CHUNK):
            whole, separator, rest = (rest + chunk).rpartition(b"row>")
            yield whole + separator
    yield rest


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def letter(index: int) -> str:
    """Give the letters of a column.

    Examples
    --------
    >>> letter(0), letter(25), letter(26), letter(16383)
    ('A', 'Z', 'AA', 'XFD')
    """
    index += 1
    letters = ""
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
