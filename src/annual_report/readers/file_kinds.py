"""Kinds of files told by their first bytes, for errors about files whose names promise another kind."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from annual_report.messages import message

if TYPE_CHECKING:
    from annual_report.messages import Message

_PACKAGES = (
    (b"word/document.xml", message("a Word document")),
    (b"xl/workbook.xml", message("an Excel workbook")),
    (b"content.xml", message("an OpenDocument file")),
)
_BEGINNINGS = (
    (b"%PDF-", message("a PDF file")),
    (b"{\\rtf", message("an RTF document")),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        message("a document of an older Office or WPS version (such as .doc or .xls)"),
    ),
    (b"PK\x03\x04", message("a ZIP archive")),
    (b"\x1f\x8b", message("a compressed file")),
    (b"\x89PNG", message("a picture")),
    (b"\xff\xd8\xff", message("a picture")),
)
_WEB_PAGE = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html|\?xml)\b", re.IGNORECASE)
_BYTE_ORDER_MARKS = (
    (b"\xff\xfe\0\0", "UTF-32"),
    (b"\0\0\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)
_ZEROS: dict[tuple[bool, ...], str] = {
    (False, True, True, True): "UTF-32",
    (True, True, True, False): "UTF-32",
    (False, True, False, True): "UTF-16",
    (True, False, True, False): "UTF-16",
}
"""Which of the first four bytes are zero in text that begins with two ASCII characters."""


def kind_of(data: bytes) -> Message | None:
    """Tell what kind of file bytes are, unless they may be plain text.

    Parameters
    ----------
    data
        The whole file.

    Returns
    -------
    Message | None
        The kind, with its article; none if it is not known.

    Examples
    --------
    >>> print(kind_of(b"%PDF-1.7 ...").text("en"))
    a PDF file
    """
    if data.startswith(b"PK\x03\x04"):
        for part, words in _PACKAGES:
            if part in data:
                return words
    for beginning, words in _BEGINNINGS:
        if data.startswith(beginning):
            return words
    return message("a web page or other XML") if _WEB_PAGE.match(data) else None


def wide_encoding(data: bytes) -> str | None:
    """Tell whether text is in UTF-16 or UTF-32, by its byte order mark or by where its first bytes are zero.

    Parameters
    ----------
    data
        The text, which begins with two ASCII characters.

    Returns
    -------
    str | None
        The encoding's name, none if it is neither.

    Examples
    --------
    >>> wide_encoding('{"agency": "某局"}'.encode("utf-16-be"))
    'UTF-16'
    """
    for mark, name in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return name
    return _ZEROS.get(tuple(byte == 0 for byte in data[:4]))
