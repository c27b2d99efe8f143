"""A PDF's bytes as blocks, by PDFium in this process; hostile files can keep it busy or bring it down."""

from __future__ import annotations

from ctypes import create_string_buffer
from typing import TYPE_CHECKING, Any

import pypdfium2.raw as pdfium

from annual_report.errors import Problem, UnusableInputError
from annual_report.messages import message
from annual_report.readers.blocks import Content, Location, Remark
from annual_report.readers.published.pdf.content import blocks, page_remarks
from annual_report.readers.published.pdf.grid import TooManyLinesError
from annual_report.readers.published.pdf.layout import lay_out, take_heads
from annual_report.readers.published.pdf.pages import Reader, TooMuchError

if TYPE_CHECKING:
    from annual_report.messages import Message
    from annual_report.readers.published.pdf.layout import Sheet
    from annual_report.readers.published.pdf.pages import Page

MAX_PAGES = 300

_FEW_CHARACTERS = 40
"""What a scan has beside its pictures, at most: page numbers, a stamp."""


class UnreadableError(Exception):
    """The file cannot be read, for a reason in the user's words."""

    def __init__(self, words: Message) -> None:
        self.words = words
        super().__init__(words)


def read(data: bytes, source: str) -> Content:
    """Read a PDF.

    Parameters
    ----------
    data
        The file.
    source
        The name to give in errors.

    Returns
    -------
    Content
        Its blocks.

    Raises
    ------
    UnusableInputError
        It is no PDF, is damaged, encrypted, a scan, or larger than any report.
    """
    try:
        return _read(data)
    except UnreadableError as error:
        words = error.words
    except TooMuchError:
        words = message("there is more text or drawing in the PDF than in any report")
    raise UnusableInputError([Problem(words)], source)


def _read(data: bytes) -> Content:
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        raise UnreadableError(_why())
    try:
        return _content(document)
    finally:
        pdfium.FPDF_CloseDocument(document)


def _why() -> Message:
    """Return why PDFium has not opened a file."""
    if pdfium.FPDF_GetLastError() in {pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY}:
        return message("the PDF is encrypted: save it without a password first")
    return message("this is not a PDF, or it is damaged")


def _content(document: Any) -> Content:
    count = pdfium.FPDF_GetPageCount(document)
    if count > MAX_PAGES:
        raise UnreadableError(
            message("the PDF has {count} pages; at most {limit} are read", count=count, limit=MAX_PAGES)
        )
    reader, pages, sheets, remarks = Reader(document), [], [], []
    for index in range(count):
        page = reader.read(index)
        if page is None:
            remarks.append(Remark("damaged_page", "doubt", message("the page is damaged"), "", Location(index + 1)))
            continue
        sheet, doubts = _laid_out(page)
        pages.append(page)
        sheets.append(sheet)
        remarks += doubts
    _require_text(pages)
    titles = tuple(filter(None, [*take_heads(sheets), _title(document)]))
    found, doubts = blocks(sheets)
    return Content(tuple(found), (*page_remarks(pages), *remarks, *doubts), titles)


def _laid_out(page: Page) -> tuple[Sheet, list[Remark]]:
    try:
        return lay_out(page), []
    except TooManyLinesError:
        words = message("the page has too many lines to find its tables")
        return lay_out(page, ruled=False), [Remark("too_many_lines", "doubt", words, "", Location(page.number))]


def _require_text(pages: list[Page]) -> None:
    characters = sum(not character.text.isspace() for page in pages for character in page.characters)
    pictures = sum(bool(page.pictures) for page in pages)
    if characters <= _FEW_CHARACTERS and pictures:
        raise UnreadableError(
            message(
                "the PDF is a scan, pictures without text: "
                "give the Word file or web page instead, or run text recognition first"
            )
        )
    if not characters:
        raise UnreadableError(message("there is no text in the PDF; its letters may be drawn as shapes"))


def _title(document: Any) -> str:
    """Return the title among the document's properties."""
    size = pdfium.FPDF_GetMetaText(document, b"Title", None, 0)
    text = create_string_buffer(size)
    pdfium.FPDF_GetMetaText(document, b"Title", text, size)
    return text.raw[:size].decode("utf-16-le", "replace").rstrip("\0").strip()
