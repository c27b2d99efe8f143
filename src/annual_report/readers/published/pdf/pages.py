"""Pages of a PDF as they are read: characters, ruled lines and pictures, turned so that the text reads to the right."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

import pypdfium2.raw as pdfium

from annual_report.readers.published.pdf.characters import UNKNOWN, Found, common_turn, read_characters
from annual_report.readers.published.pdf.drawings import THIN, read_drawings
from annual_report.readers.published.pdf.geometry import Box, Rule
from annual_report.readers.published.pdf.strokes import without_strokes

if TYPE_CHECKING:
    from collections import Counter

    from annual_report.readers.published.pdf.characters import Character

MAX_CHARACTERS = 300_000
MAX_OBJECTS = 300_000

_SMALLEST_PICTURE = 57.0
"""Smaller ones are marks and bullets; 2 cm, in points."""
_LAID_OVER = (pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_STAMP, pdfium.FPDF_ANNOT_WIDGET)
_MOST_ANNOTATIONS = 1000


class TooMuchError(Exception):
    """There is more on the pages than on any report's."""


@dataclass(slots=True)
class Page:
    """A page, in points to the right and down.

    Parameters
    ----------
    number
        Its number, from 1.
    box
        Its edges.
    characters
        Its characters, in the file's order.
    slanted
        The characters that are set at an angle, such as a watermark's.
    unknown
        How many of its characters have no Unicode, by the names of their fonts.
    across, down
        Its horizontal and its vertical lines.
    pictures
        Its pictures, but for small ones.
    struck
        The characters that are struck through.
    """

    number: int
    box: Box
    characters: list[Character]
    slanted: str
    unknown: Counter[str]
    across: list[Rule] = field(default_factory=list)
    down: list[Rule] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    struck: str = ""


class Reader:
    """Reads the pages of a document, and counts what it has read.

    Parameters
    ----------
    document
        The document as PDFium has opened it.
    """

    def __init__(self, document: Any) -> None:
        self._document = document
        self._characters = 0
        self._objects = 0

    def read(self, index: int) -> Page | None:
        """Return the page at an index; none where it is damaged.

        Raises
        ------
        TooMuchError
            There are more characters or drawings so far than in any report.
        """
        handle = pdfium.FPDF_LoadPage(self._document, index)
        if handle and _has_additions(handle) and pdfium.FPDFPage_Flatten(handle, pdfium.FLAT_NORMALDISPLAY) == 1:
            pdfium.FPDF_ClosePage(handle)
            handle = pdfium.FPDF_LoadPage(self._document, index)
        if not handle:
            return None
        try:
            return self._read(handle, index + 1)
        finally:
            pdfium.FPDF_ClosePage(handle)

    def _read(self, handle: Any, number: int) -> Page:
        edges = pdfium.FS_RECTF()
        pdfium.FPDF_GetPageBoundingBox(handle, edges)
        paper = Box(edges.left, edges.bottom, edges.right, edges.top)
        found = self._characters_of(handle, paper)
        turn = common_turn(found.characters)
        if turn:
            found.characters = [character.rotated(turn) for character in found.characters]
        page = Page(number, paper.turned(turn), found.characters, found.slanted, found.unknown)
        get = partial(pdfium.FPDFPage_GetObject, handle)
        for box, is_picture in read_drawings(get, pdfium.FPDFPage_CountObjects(handle), self._charge):
            visible = box.within(paper)
            if visible.width >= 0 and visible.height >= 0:
                _add(page, visible.turned(turn), is_picture=is_picture)
        _strike_out(page)
        return page

    def _characters_of(self, handle: Any, paper: Box) -> Found:
        text = pdfium.FPDFText_LoadPage(handle)
        if not text:
            return Found()
        try:
            count = pdfium.FPDFText_CountChars(text)
            self._characters += count
            if self._characters > MAX_CHARACTERS:
                raise TooMuchError
            return read_characters(text, count, paper)
        finally:
            pdfium.FPDFText_ClosePage(text)

    def _charge(self, count: int) -> None:
        self._objects += count
        if self._objects > MAX_OBJECTS:
            raise TooMuchError


def _has_additions(handle: Any) -> bool:
    """Return whether form fields, notes or stamps lie over a page."""
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(handle), _MOST_ANNOTATIONS)):
        annotation = pdfium.FPDFPage_GetAnnot(handle, index)
        kind = pdfium.FPDFAnnot_GetSubtype(annotation) if annotation else None
        pdfium.FPDFPage_CloseAnnot(annotation)
        if kind in _LAID_OVER:
            return True
    return False


def _strike_out(page: Page) -> None:
    """Leave out what is struck through; digits that are become unknown ones, for a number's cell is not blank."""
    page.across, struck = without_strokes(page.across, page.down, page.characters)
    left_out = {id(character) for character in struck if not character.text.isdigit()}
    page.struck = "".join(character.text for character in struck)
    for character in struck:
        character.text = UNKNOWN
    if left_out:
        page.characters = [character for character in page.characters if id(character) not in left_out]


def _add(page: Page, box: Box, *, is_picture: bool) -> None:
    if is_picture:
        if min(box.width, box.height) >= _SMALLEST_PICTURE:
            page.pictures.append(box)
        return
    if box.height <= THIN:
        page.across.append(Rule((box.y0 + box.y1) / 2, box.x0, box.x1))
    if box.width <= THIN:
        page.down.append(Rule((box.x0 + box.x1) / 2, box.y0, box.y1))
