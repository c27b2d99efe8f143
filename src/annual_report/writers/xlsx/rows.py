"""Worksheets that are written row by row: a header that stays, filters, and widths that fit."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from unicodedata import east_asian_width

from annual_report.errors import missing_extra
from annual_report.files import whole_file
from annual_report.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from typing import BinaryIO

MAX_ROWS = 1_048_576
MAX_TEXT = 32_767
"""How many rows a worksheet has, and how many UTF-16 units of text a cell holds."""

_MAX_DIGITS = 15
"""How many digits of a number Excel keeps."""

_FIRST_DATE = date(1900, 3, 1)
"""The first date that every program reads as the same day."""

_MIN_WIDTH, _WIDEST = 9, 36
_HEADING_LINES = 6
_LINE_HEIGHT, _MAX_HEIGHT = 18, 400
_A4 = 9


def width_of(text: str) -> int:
    """Return the width of a text's longest line, in Latin characters."""
    return max(sum(2 if east_asian_width(mark) in "WF" else 1 for mark in line) for line in text.split("\n"))


def fits(text: str) -> bool:
    """Return whether a cell holds a text."""
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
    widest
        How wide a column may be, in Latin characters.
    """

    def __init__(
        self,
        book: Any,
        name: str,
        headings: Sequence[str],
        widths: Sequence[int],
        *,
        wraps: bool = False,
        widest: int = _WIDEST,
    ) -> None:
        self._book = book
        self._sheet = book.add_worksheet(name)
        self._formats: dict[tuple[str, bool], Any] = {}
        self._row = 0
        self._wraps = wraps
        least = [max(_MIN_WIDTH, -(-width_of(text) // _HEADING_LINES) + 4) for text in headings]
        self._widths = [min(max(width + 2, low), widest) for width, low in zip(widths, least, strict=True)]
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
        """Return the height of a row whose texts break into lines."""
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

    @property
    def room(self) -> int:
        """How many more rows it holds."""
        return MAX_ROWS - 1 - self._row

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
    with whole_file(path) as beside:
        book = open_workbook(str(beside), constant_memory=True)
        yield book
        from xlsxwriter.exceptions import FileCreateError

        try:
            book.close()
        except FileCreateError as error:
            raise OSError(*error.args[0].args) from error


def open_workbook(file: str | BinaryIO, *, constant_memory: bool) -> Any:
    """Open a workbook to write, in which text is text; its caller closes it.

    Parameters
    ----------
    file
        The path or file.
    constant_memory
        Whether rows are kept on the disk; each worksheet must then be written from its first row to its last.

    Raises
    ------
    MissingExtraError
        XlsxWriter is not installed.
    """
    try:
        from xlsxwriter import Workbook
    except ModuleNotFoundError:
        raise missing_extra(message("Excel workbooks"), "xlsxwriter") from None
    options = dict.fromkeys(("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False)
    return Workbook(file, options | {"constant_memory": constant_memory, "in_memory": not constant_memory})
