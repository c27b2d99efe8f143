"""Files people already have, as reports: one module per format, each imported when first used."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    from annual_report.readers.published.blocks import Content

JSON = "json"

PUBLISHED = {
    "docx": "annual_report.readers.published.word",
    "html": "annual_report.readers.published.html",
    "htm": "annual_report.readers.published.html",
    "pdf": "annual_report.readers.published.pdf",
    "doc": "annual_report.readers.published.legacy",
    "wps": "annual_report.readers.published.legacy",
    "txt": "annual_report.readers.published.text",
}
"""The formats that reports are published in, which are the files' suffixes too, and the modules that read them."""

FORMATS = (JSON, *PUBLISHED)
"""All formats that reports are read from."""


class Reader(Protocol):
    """A module that reads a format that reports are published in."""

    def parse(self, data: bytes, source: str = "") -> Content:
        """Give the blocks that a file's bytes hold."""
        ...


def reader(format: str) -> Reader:
    """Give the reader of a format that reports are published in.

    Raises
    ------
    KeyError
        There is none.
    """
    return cast("Reader", import_module(PUBLISHED[format]))
