"""Files people already have, as reports: one module per format, each imported when first used."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    from annual_report.report.model import AnnualReport

FORMATS = {"json": "annual_report.readers.json_file"}
"""The formats, which are the files' suffixes too, and the modules that read them."""


class Reader(Protocol):
    """A module of this folder."""

    def parse(self, data: bytes, source: str = "") -> AnnualReport:
        """Give the report that a file's bytes hold."""
        ...


def reader(format: str) -> Reader:
    """Give the reader of a format.

    Raises
    ------
    KeyError
        There is none.
    """
    return cast("Reader", import_module(FORMATS[format]))
