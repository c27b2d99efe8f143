"""The worksheets of an Excel workbook, read within bounds."""

from __future__ import annotations

import posixpath
import re
import zipfile
from typing import TYPE_CHECKING, Any

from annual_report.errors import Problem, UnusableInputError, missing_extra
from annual_report.files import describe_os_error
from annual_report.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from annual_report.messages import Message

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


def sheets(path: Path) -> Iterator[Any]:
    """Iterate over the visible worksheets of a workbook, as python-calamine gives them.

    Raises
    ------
    MissingExtraError
        Python-calamine is not installed.
    UnusableInputError
        The file cannot be read, is no workbook, is locked by a password, has cells too far apart, or has formulas
        without values.
    """
    try:
        from python_calamine import CalamineError, SheetVisibleEnum, load_workbook
    except ModuleNotFoundError:
        raise missing_extra(message("Excel workbooks"), "python-calamine") from None
    try:
        with zipfile.ZipFile(path) as archive, load_workbook(path) as book:
            parts = _worksheets(archive, path)
            for index, sheet in enumerate(book.sheets_metadata):
                if sheet.visible == SheetVisibleEnum.Visible:
                    _look_through(archive, parts[index], sheet.name, path)
                    yield book.get_sheet_by_name(sheet.name)
    except (CalamineError, zipfile.BadZipFile, EOFError, LookupError, NotImplementedError, RuntimeError):
        raise _unusable(path, _why_not(path.read_bytes())) from None
    except OSError as error:
        raise _unusable(path, describe_os_error(error)) from error


def _why_not(data: bytes) -> Message:
    """Say why a file is no workbook that can be read: one with a password is a file of another format."""
    from annual_report.readers.published.formats import recognise, refusal  # only for files that cannot be used

    kind = recognise(data)
    locked = refusal(kind) if kind == "encrypted" else None
    return locked or message("the file is not an Excel workbook (.xlsx)")


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
    """Iterate over a worksheet's XML in parts that end between rows."""
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
    """Return the letters of a column.

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
