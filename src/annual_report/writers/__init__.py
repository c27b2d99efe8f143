"""Composed documents as files: one module or folder per format, each imported when first used."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    from annual_report.document.blocks import Document
    from annual_report.style import Style

FORMATS = {
    "docx": "annual_report.writers.docx",
    "html": "annual_report.writers.html",
    "pdf": "annual_report.writers.pdf",
    "xlsx": "annual_report.writers.xlsx",
    "json": "annual_report.writers.json_data",
    "txt": "annual_report.writers.plain_text",
}
"""The formats, which are the files' suffixes too, and the modules that write them."""

DEFAULT_FORMAT = "docx"


class Writer(Protocol):
    """A module of this folder."""

    def write(self, document: Document, style: Style, **options: bool | str) -> bytes:
        """Give the whole file."""
        ...


def writer(format: str) -> Writer:
    """Give the writer of a format.

    Raises
    ------
    KeyError
        There is none.
    """
    return cast("Writer", import_module(FORMATS[format]))
