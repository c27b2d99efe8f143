"""Composed documents, and reports as data, as files: one module or folder per format, imported when first used."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    from annual_report.analysis.compare import Comparison
    from annual_report.document.blocks import Document
    from annual_report.report.model import AnnualReport
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

DATA_FORMATS = ("xlsx", "json")
"""The formats that have the form's fields instead of pages, and no style."""


class Writer(Protocol):
    """A module that writes a composed document."""

    def write(self, document: Document, style: Style, **options: bool | str) -> bytes:
        """Return the whole file."""
        ...


class DataWriter(Protocol):
    """A module that writes the data of a report or a comparison."""

    def write(self, report: AnnualReport | Comparison) -> bytes:
        """Return the whole file."""
        ...


def writer(format: str) -> Writer:
    """Return the writer of a format that has pages.

    Raises
    ------
    KeyError
        There is none.
    """
    return cast("Writer", import_module(FORMATS[format]))


def data_writer(format: str) -> DataWriter:
    """Return the writer of one of `DATA_FORMATS`.

    Raises
    ------
    KeyError
        There is none.
    """
    return cast("DataWriter", import_module(FORMATS[format]))
