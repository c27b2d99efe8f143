"""Prose as WordprocessingML: runs and paragraphs, whose look is in their styles."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape as _escape

if TYPE_CHECKING:
    from collections.abc import Iterable

    from annual_report.report.narrative import Run

BREAK = "<w:r><w:br/></w:r>"


def escape(text: str) -> str:
    """Escape text for XML; a carriage return would be read back as a line feed, so it is written as a reference."""
    return _escape(text).replace("\r", "&#13;")


def run(text: str, properties: str = "") -> str:
    """Give a run of words.

    Parameters
    ----------
    text
        The words; a tab becomes a tab.
    properties
        The run's properties, as the content of `w:rPr`.
    """
    words = escape(text)
    if "\t" in words:
        words = words.replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">')
    space = ' xml:space="preserve"' if text[:1].isspace() or text[-1:].isspace() or "  " in text else ""
    wrapped = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f"<w:r>{wrapped}<w:t{space}>{words}</w:t></w:r>"


def runs(parts: Iterable[Run], properties: str = "") -> str:
    """Give runs of words, with the style of emphasis where they have it."""
    return "".join(
        run(part.text, f'<w:rStyle w:val="Strong"/>{properties}' if part.emphasis else properties) for part in parts
    )


def paragraph(style: str, content: str, properties: str = "") -> str:
    """Give a paragraph.

    Parameters
    ----------
    style
        The identifier of its style.
    content
        Its runs.
    properties
        What else its `w:pPr` holds, in the order of the schema.
    """
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{content}</w:p>'
