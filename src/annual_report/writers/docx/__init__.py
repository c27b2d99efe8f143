"""Composed documents as Word files: a package prepared once per style, and the report's text laid in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annual_report.writers.docx.body import body_xml
from annual_report.writers.docx.package import package

if TYPE_CHECKING:
    from annual_report.document.blocks import Document
    from annual_report.style import Style


def write(document: Document, style: Style, *, latin_language: str = "zh-CN") -> bytes:
    """Give a composed document as a Word file.

    Parameters
    ----------
    document
        The document.
    style
        Its look.
    latin_language
        The language of Latin letters and digits; LibreOffice 7.4 parts numbers at a line's end where it is Chinese.

    Returns
    -------
    bytes
        The whole `.docx`; the same document and style give the same bytes.
    """
    return package(style, latin_language).fill(body_xml(document, style), document)
