"""Word's older files (.doc, .wps) and others that LibreOffice opens, as blocks by way of a Word file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annual_report import libreoffice
from annual_report.errors import ConversionError
from annual_report.messages import message
from annual_report.readers.published import word
from annual_report.readers.published.formats import recognise, refusal
from annual_report.readers.published.limits import refused

if TYPE_CHECKING:
    from annual_report.readers.blocks import Content

TIME_LIMIT = 60.0
"""How long LibreOffice may take for a file, in seconds."""

_SUFFIXES = {"doc": "doc", "rtf": "rtf", "odt": "odt", "wordml": "xml"}
_LARGEST = 64_000_000
_WORD_97 = b"\xec\xa5"
_SECTOR = 512
_FLAGS = 11
_ENCRYPTED = 1


def parse(data: bytes, source: str = "") -> Content:
    """Read a file that LibreOffice turns into a Word file.

    Parameters
    ----------
    data
        Word 97 bytes (`.doc`, and `.wps` as WPS saves it), RTF, OpenDocument text, or Word as one XML file.
    source
        The name to give in errors.

    Returns
    -------
    Content
        Its blocks.

    Raises
    ------
    UnusableInputError
        The file is protected, too large, or LibreOffice is not installed or cannot convert it.
    """
    kind = recognise(data)
    words = refusal("encrypted" if _is_encrypted(data) else kind)
    if words is not None:
        raise refused(words, source)
    if len(data) > _LARGEST:
        raise refused(message("the file is too large for an annual report: it has too many elements"), source)
    try:
        converted = libreoffice.convert(data, _SUFFIXES.get(kind, "doc"), "docx", time_limit=TIME_LIMIT)
    except ConversionError as error:
        raise refused(error.message, source) from error
    return word.parse(converted, source)


def _is_encrypted(data: bytes) -> bool:
    """Return whether a Word 97 file whose text stands in its first sector says that it is encrypted."""
    head = data[_SECTOR : _SECTOR + _FLAGS + 1]
    return head.startswith(_WORD_97) and bool(head[_FLAGS] & _ENCRYPTED)
