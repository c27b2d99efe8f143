"""Bytes as text, whatever encoding an office's software wrote."""

from __future__ import annotations

import codecs
import re
from contextlib import suppress

from annual_report.files import damaged_share
from annual_report.messages import message
from annual_report.readers.blocks import Remark

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_DECLARED_WITHIN = 16_384
_PIECE = 16_384
_GB, _BIG5 = "gb18030", "big5hkscs"
"""The widest of the encodings that pages call GB2312 or GBK, and Big5."""
_SHOWN = 20
_FEW = 0.05


def decode(data: bytes) -> tuple[str, tuple[Remark, ...]]:
    """Decode text.

    UTF-8 is believed before what the file declares: text in another encoding is next to never valid UTF-8.

    Parameters
    ----------
    data
        The bytes, perhaps with a byte order mark, perhaps HTML that declares its encoding.

    Returns
    -------
    tuple[str, tuple[Remark, ...]]
        The text, and a remark where bytes are damaged.

    Examples
    --------
    >>> decode("年度报告".encode("gb18030"))
    ('年度报告', ())
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _replacing(data[len(mark) :], encoding)
    for encoding in _candidates(data):
        try:
            return data.decode(encoding), ()
        except UnicodeDecodeError:
            if encoding == "utf-8" and _is_damaged_utf8(data):
                break
    else:
        encoding = min(_candidates(data), key=lambda name: data.decode(name, "replace").count("\ufffd"))
    return _replacing(data, encoding)


def as_utf8(data: bytes) -> tuple[bytes, tuple[Remark, ...]]:
    """Recode text in UTF-8.

    Parameters
    ----------
    data
        The bytes; see `decode`.

    Returns
    -------
    tuple[bytes, tuple[Remark, ...]]
        The same bytes where they are UTF-8 already, and a remark where bytes are damaged.

    Examples
    --------
    >>> as_utf8("年度报告".encode("gb18030"))[0].decode()
    '年度报告'
    """
    if is_utf8(data):
        return data, ()
    text, remarks = decode(data)
    return text.encode(), remarks


def is_utf8(data: bytes) -> bool:
    """Return whether text is UTF-8 without a mark, piece by piece, which needs little memory and so half the time."""
    if data.startswith(codecs.BOM_UTF8) or _utf_16(data[:_DECLARED_WITHIN]):
        return False
    start = 0
    with suppress(UnicodeDecodeError):
        while start < len(data):
            end = start + _PIECE
            start += codecs.utf_8_decode(data[start:end], "strict", end >= len(data))[1]
        return True
    return False


def _candidates(data: bytes) -> list[str]:
    """Return the encodings to try, best first: UTF-16 by its zero bytes, or UTF-8, GB 18030 and Big5.

    A page that declares Big5 is tried as Big5 before GB 18030; no other declaration makes a difference.
    """
    start = data[:_DECLARED_WITHIN]
    if utf_16 := _utf_16(start):
        return [utf_16]
    declared = _DECLARED.search(start)
    is_big5 = declared is not None and b"big5" in declared[1].lower()
    return ["utf-8", *((_BIG5, _GB) if is_big5 else (_GB, _BIG5))]


def _utf_16(start: bytes) -> str:
    """Return the kind of UTF-16 that text is by its zero bytes; empty where it is none."""
    if start.count(0) <= len(start) // 10:
        return ""
    return "utf-16-le" if start[1::2].count(0) > start[0::2].count(0) else "utf-16-be"


def _is_damaged_utf8(data: bytes) -> bool:
    """Return whether next to all characters beyond ASCII are UTF-8; as GB 18030 they would be others."""
    return damaged_share(data, "utf-8") < _FEW


def _replacing(data: bytes, encoding: str) -> tuple[str, tuple[Remark, ...]]:
    """Decode with U+FFFD for what is damaged, and say where it is."""
    text = data.decode(encoding, "replace")
    place = text.find("\ufffd")
    own = "\ufffd".encode(encoding, "ignore")  # Big5 has none
    if place < 0 or (own and own in data):
        return text, ()
    found = text[max(0, place - _SHOWN) : place + _SHOWN].strip()
    return text, (Remark("damaged_text", "info", message("some characters are damaged and shown as �"), found),)
