"""Characters that no report may hold, replaced in the blocks of a file."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from annual_report.form.values import not_printable
from annual_report.messages import message
from annual_report.readers.blocks import Content, Remark, Table

if TYPE_CHECKING:
    from annual_report.readers.blocks import Block

REPLACEMENT = "\ufffd"

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NO_CHARACTER = "\ufdd0"


def printable(content: Content) -> Content:
    r"""Replace the characters that no report may hold, one by one, so that places in a text stay what they are.

    Parameters
    ----------
    content
        A file's blocks.

    Returns
    -------
    Content
        The same, with U+0080 to U+009F as Windows-1252, which web pages mean by them, and other such characters as
        U+FFFD; the latter with a remark.

    Examples
    --------
    >>> from annual_report.readers.blocks import Paragraph
    >>> printable(Content((Paragraph("\x93年报\x94\x00"),))).blocks[0].text
    '“年报”�'
    """
    found = set(not_printable().findall("".join([text for text in _texts(content) if not text.isprintable()])))
    if not found:
        return content
    remarks = content.remarks
    if REPLACEMENT in map(_text, found):
        words = message("some characters are damaged and shown as �")
        remarks = (*remarks, Remark("damaged_text", "info", words))
    return replace(
        content,
        blocks=tuple(map(_block, content.blocks)),
        titles=tuple(map(_text, content.titles)),
        remarks=remarks,
    )


def for_tree(text: str) -> str:
    r"""Replace the characters that lxml gives of a page and does not take back.

    Parameters
    ----------
    text
        The text of a page, or an attribute's.

    Returns
    -------
    str
        The same, with a space for a form feed, and for the others a character that `printable` replaces too.

    Examples
    --------
    >>> for_tree("1\f2\x02")
    '1 2\ufdd0'
    """
    return _NOT_IN_XML.sub(lambda found: " " if found[0] == "\f" else _NO_CHARACTER, text)


def _texts(content: Content) -> list[str]:
    texts = list(content.titles)
    for block in content.blocks:
        texts += block.texts if isinstance(block, Table) else [block.text]
    return texts


def _block(block: Block) -> Block:
    if isinstance(block, Table):
        cells = tuple(cell._replace(text=_text(cell.text)) for cell in block.cells)
        return replace(block, cells=cells)
    return replace(block, text=_text(block.text))


def _text(text: str) -> str:
    return not_printable().sub(_replacement, text)


def _replacement(found: re.Match[str]) -> str:
    return bytes([ord(found[0])]).decode("cp1252", "replace") if "\x80" <= found[0] <= "\x9f" else REPLACEMENT
