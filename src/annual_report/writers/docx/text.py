"""Writes prose as WordprocessingML: runs and paragraphs, formatted by styles."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape as _escape

if TYPE_CHECKING:
    from collections.abc import Iterable

    from annual_report.report.narrative import Run

BREAK = "<w:r><w:br/></w:r>"
WRAP = '<w:r><w:br w:type="textWrapping"/></w:r>'
"""A break that is none of the text's own: to Word both are the same, but readers can tell them apart."""


def escape(text: str) -> str:
    """Escape text for XML; parsers turn a plain carriage return into a line feed, so it is written as a reference."""
    return _escape(text).replace("\r", "&#13;")


def run(text: str, properties: str = "") -> str:
    """Return a run of text.

    Parameters
    ----------
    text
        The text; tab characters become `w:tab` elements.
    properties
        The run's properties, as the content of `w:rPr`.
    """
    content = escape(text)
    if "\t" in content:
        content = content.replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">')
    is_spaced = text[:1].isspace() or text[-1:].isspace() or "  " in text or "\t" in text
    space = ' xml:space="preserve"' if is_spaced else ""
    wrapped = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f"<w:r>{wrapped}<w:t{space}>{content}</w:t></w:r>"


def runs(parts: Iterable[Run], properties: str = "") -> str:
    """Return runs of text, with emphasis where they have it."""
    return "".join(
        run(part.text, f'<w:rStyle w:val="Strong"/>{properties}' if part.emphasis else properties) for part in parts
    )


def paragraph(style: str, content: str, properties: str = "") -> str:
    """Return a paragraph.

    Parameters
    ----------
    style
        The identifier of its style.
    content
        Its runs.
    properties
        Other elements of its `w:pPr`, in the order of the schema.
    """
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{content}</w:p>'
