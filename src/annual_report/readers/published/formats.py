"""What format a file is in: its content decides, whatever its name says."""

from __future__ import annotations

import codecs
import re
import zlib
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

from annual_report.messages import message
from annual_report.readers.published.encodings import decode

if TYPE_CHECKING:
    from annual_report.messages import Message

_SIGNATURES = {
    b"{\\rtf": "rtf",
    **dict.fromkeys((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\x00", b"MM\x00*"), "picture"),
    **dict.fromkeys((b"\x00\x00\x00\x0cjP  ", b"\xffO\xffQ"), "picture"),
    **dict.fromkeys((b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh"), "archive"),
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STREAMS = {"EncryptedPackage": "encrypted", "WordDocument": "doc", "Workbook": "xls", "Book": "xls"}
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_PARTS = {
    "word/": "docx",
    "xl/": "xlsx",
    "ppt/": "presentation",
    "OFD.xml": "ofd",
}
_MIMETYPES = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
}
_LOOKED_AT = 65_536
_START = 1024
_GLANCED_AT = 4096
_WEB_ARCHIVE = re.compile(r"\s*(?:from|date|subject|mime-version|content-type|message-id):", re.IGNORECASE)
_MARKUP = re.compile(
    r"<!doctype html|</?(?:html|head|body|meta|title|div|p|span|table|tr|td|br|article|section|style|h[1-6])\b",
    re.IGNORECASE,
)
_JSON = re.compile(r"\{|\[\s*[{\]]")
_XML = re.compile(r"\s*<\?xml\b")
_WORD_XML = (
    "http://schemas.microsoft.com/office/word/2003/wordml",
    "http://schemas.microsoft.com/office/2006/xmlPackage",
)

_REFUSED = {
    "ofd": message("OFD files are not read: save the document as PDF or Word"),
    "picture": message(
        "pictures and scans are not read: take the Word file, or recognise the text and save it as Word"
    ),
    "encrypted": message("the file is protected by a password: remove the password and save it again"),
    "presentation": message("presentations are not read: save the text as Word"),
    "archive": message("archives are not read: unpack the archive and read the file in it"),
    "unknown": message("the file's format is not known: save the document as Word or PDF"),
}


def recognise(data: bytes) -> str:
    """Find a file's format.

    Parameters
    ----------
    data
        The file's bytes.

    Returns
    -------
    str
        `docx`, `doc`, `odt`, `rtf`, `wordml` (Word as one XML file), `pdf`, `html`, `mhtml` (a web page saved as one
        file), `json`, `text`, `xlsx`, `xls` or `ods`; or what no reader takes: `ofd`, `picture`, `encrypted`,
        `presentation`, `archive`, `unknown`. Empty bytes are `text`.

    Examples
    --------
    >>> recognise(b"%PDF-1.7"), recognise(b'{"agency": ""}'), recognise("<p>年度报告</p>".encode("gb18030"))
    ('pdf', 'json', 'html')
    """
    start = data[:_START]
    if start.startswith(_ZIP):
        return _zipped(data)
    if start.startswith(_OLE):
        return _compound(data)
    if b"%PDF-" in start:
        return "pdf"
    first = start.lstrip()
    found = next((kind for signature, kind in _SIGNATURES.items() if first.startswith(signature)), None)
    return found or ("picture" if _is_newer_picture(start) else _textual(data))


def refusal(format: str) -> Message | None:
    """Describe why a format is not read, and what to do instead.

    Parameters
    ----------
    format
        What `recognise` gives.

    Returns
    -------
    Message or None
        The sentence; none for a format that can be read.
    """
    return _REFUSED.get(format)


def _is_newer_picture(start: bytes) -> bool:
    """Return whether a file is a picture whose kind stands after its length."""
    if start.startswith(b"RIFF"):
        return start[8:12] == b"WEBP"
    if start.startswith(b"BM"):
        return start[6:10] == bytes(4)
    return start[4:8] == b"ftyp" and start[8:12] in (b"heic", b"heix", b"mif1", b"avif")


def _zipped(data: bytes) -> str:
    try:
        with ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()
            if "mimetype" in names and archive.getinfo("mimetype").file_size < _START:
                kind = _MIMETYPES.get(archive.read("mimetype").strip())
                if kind:
                    return kind
    except (BadZipFile, EOFError, ValueError, NotImplementedError, RuntimeError, zlib.error):
        return _damaged_zip(data)
    return next((kind for part, kind in _PARTS.items() if any(name.startswith(part) for name in names)), "archive")


def _damaged_zip(data: bytes) -> str:
    """Name a broken archive by the names of parts in it, so that its reader says that it is broken."""
    found = (kind for part, kind in _PARTS.items() if part.encode() in data)
    return next(found, "archive")


def _compound(data: bytes) -> str:
    """Name a file of Office's older kind by the first of its streams, since it may hold others' within it."""
    places = {data.find(name.encode("utf-16-le") + b"\x00\x00"): kind for name, kind in _STREAMS.items()}
    places.pop(-1, None)
    return places[min(places)] if places else "unknown"


def _is_page(data: bytes) -> bool:
    """Return whether the start of a file is enough to see that it is a web page, as it is nearly always."""
    try:
        text, _ = codecs.utf_8_decode(data, "strict", False)  # noqa: FBT003  # it may end within a character
    except UnicodeDecodeError:
        return False
    start = text.lstrip("\ufeff \t\r\n")
    is_other = any(pattern.match(start) for pattern in (_JSON, _WEB_ARCHIVE, _XML))
    return not is_other and _MARKUP.search(text) is not None


def _textual(data: bytes) -> str:
    if _is_page(data[:_GLANCED_AT]):
        return "html"
    text, remarks = decode(data[:_LOOKED_AT])
    start = text.lstrip("\ufeff \t\r\n")
    if _JSON.match(start):
        return "json"
    if _WEB_ARCHIVE.match(start) and "mime-version:" in start[:_START].lower():
        return "mhtml"
    if _XML.match(start) and any(name in text for name in _WORD_XML):
        return "wordml"
    if _MARKUP.search(text):
        return "html"
    is_damaged = "\x00" in text or (remarks and text.count("\ufffd") * 10 > len(text))
    return "unknown" if is_damaged else "text"
