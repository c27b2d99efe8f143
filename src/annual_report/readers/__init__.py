"""Files people already have, as reports: one module per format, each imported when first used."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    from annual_report.readers.blocks import Content

JSON = "json"

PUBLISHED = {
    "docx": "annual_report.readers.published.word",
    "doc": "annual_report.readers.published.legacy",
    "rtf": "annual_report.readers.published.legacy",
    "odt": "annual_report.readers.published.legacy",
    "wordml": "annual_report.readers.published.legacy",
    "html": "annual_report.readers.published.html",
    "mhtml": "annual_report.readers.published.mhtml",
    "pdf": "annual_report.readers.published.pdf",
    "text": "annual_report.readers.published.text",
}
"""The formats that reports are published in, and the modules that read them."""

SPREADSHEETS = ("xlsx", "xls", "ods")
"""The formats of workbooks."""

SUFFIXES = {
    **dict.fromkeys(("xlsx", "xlsm"), "xlsx"),
    **dict.fromkeys(("xls", "et"), "xls"),
    "ods": "ods",
    "json": JSON,
    "docx": "docx",
    "doc": "doc",
    "wps": "doc",
    "rtf": "rtf",
    "odt": "odt",
    "html": "html",
    "htm": "html",
    "mht": "mhtml",
    "mhtml": "mhtml",
    "pdf": "pdf",
    "txt": "text",
}
"""The suffixes of the files that reports are read from, and their formats."""


class Reader(Protocol):
    """A module that reads a format that reports are published in."""

    def parse(self, data: bytes, source: str = "") -> Content:
        """Return the blocks that a file's bytes hold."""
        ...


def reader(format: str) -> Reader:
    """Return the reader of a format that reports are published in.

    Raises
    ------
    KeyError
        There is none.
    """
    return cast("Reader", import_module(PUBLISHED[format]))
