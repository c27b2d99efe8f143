"""Blocks from PDF files: characters and ruled lines, by PDFium, as paragraphs and tables of cells with spans."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

from annual_report.errors import MissingExtraError, Problem, UnusableInputError
from annual_report.messages import message
from annual_report.readers.published.pdf.helper import helper

if TYPE_CHECKING:
    from annual_report.readers.blocks import Content

MAX_SIZE = 64
"""How large a file may be, in MiB."""


def parse(data: bytes, source: str = "") -> Content:
    """Read the paragraphs and tables of a PDF.

    Tables are those with ruled lines; what is only aligned in columns comes as paragraphs with tabs. Pieces of a table
    on pages that follow one another are one table, and paragraphs go on from page to page; page numbers and what is
    repeated at the top and bottom of pages are left out.

    Parameters
    ----------
    data
        The file.
    source
        The name to give in errors.

    Returns
    -------
    Content
        Its blocks, and a remark on each text whose characters are not surely those that are seen.

    Raises
    ------
    UnusableInputError
        It is no PDF, is damaged or encrypted, is a scan, or is larger than any report.
    MissingExtraError
        The package pypdfium2 is not installed.
    """
    if find_spec("pypdfium2") is None:
        raise MissingExtraError(
            message("PDF files are read with a package: {command}", command="pip install pypdfium2")
        )
    if len(data) > MAX_SIZE << 20:
        raise UnusableInputError([Problem(message("the PDF is larger than {size} MiB", size=MAX_SIZE))], source)
    return helper.read(data, source)
