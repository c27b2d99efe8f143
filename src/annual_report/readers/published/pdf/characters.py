"""The characters that are printed on a page, as PDFium finds them: each with its box, size and direction."""

from __future__ import annotations

import math
from collections import Counter
from ctypes import addressof, byref, c_double, create_string_buffer
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import pypdfium2.raw as pdfium

from annual_report.readers.published.pdf.geometry import Box, turned
from annual_report.readers.published.pdf.ideographs import COMMON

if TYPE_CHECKING:
    from collections.abc import Iterator

UNKNOWN = "\ufffd"
"""Stands for a character whose font does not say what it is."""

_BULLET = "•"
_SAME_PLACE = 0.2
"""How far apart, in sizes, a character is printed twice to look bold."""
_UPRIGHT = 0.12
"""How far from a right angle, in right angles, text is still read along it."""
_INVISIBLE = (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP)
_FILLED_AND_STROKED = pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE
_BOLD = ("bold", "heavy", "black")
_SYMBOLS = ("wingdings", "webdings", "symbol", "dingbats")
_HYPHEN_AT_LINE_END = 2
_SPACE = 0x20
_NO_BREAK_SPACE = 0xA0
_WITHOUT_WIDTH = frozenset({0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF})
_PRIVATE = (range(0xE000, 0xF900), range(0xF0000, 0x110000))
_HIGH, _LOW = range(0xD800, 0xDC00), range(0xDC00, 0xE000)
_GREATEST_SIZE = 2000
_WIDEST = 2.5


@dataclass(slots=True)
class Character:
    """A character, in points to the right and down.

    Parameters
    ----------
    text
        It.
    x0, y0, x1, y1
        Its box.
    x, y
        Its origin on the base line.
    size
        The size of its type.
    turn
        The direction it is read in: 0 to the right, 1 up, 2 to the left, 3 down.
    bold
        Whether it is printed bold.
    """

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    x: float
    y: float
    size: float
    turn: int
    bold: bool

    @property
    def centre(self) -> tuple[float, float]:
        """The middle of its ink, roughly."""
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2 if self.turn else self.y - 0.35 * self.size


class Style(NamedTuple):
    """What the characters of one text object share; the turn is none where they are set at an angle."""

    font: str
    size: float
    turn: int | None
    bold: bool
    painted: bool


class Glyph(NamedTuple):
    """A character in the page's own coordinates, to the right and up."""

    code: int
    style: Style
    x: float
    y: float
    left: float
    bottom: float
    right: float
    top: float


def read_glyphs(text: Any, count: int) -> Iterator[Glyph]:
    """Go through the characters of a text page of PDFium, but for those that PDFium adds."""
    x, y, box = c_double(), c_double(), pdfium.FS_RECTF()
    styles = _Styles(text)
    high = 0
    for index in range(count):
        code = pdfium.FPDFText_GetUnicode(text, index)
        if code <= _SPACE and pdfium.FPDFText_IsGenerated(text, index) == 1:
            continue
        style = styles.of(index)
        if style is None:
            continue
        if code in _HIGH:
            high = code
            continue
        if code in _LOW:
            code, high = 0x10000 + (high - _HIGH[0] << 10) + code - _LOW[0] if high else 0, 0
        pdfium.FPDFText_GetCharOrigin(text, index, x, y)
        pdfium.FPDFText_GetLooseCharBox(text, index, box)
        if pdfium.FPDFText_HasUnicodeMapError(text, index) == 1 or _says_nothing(code):
            code = _meaning(text, index, code, style)
        yield Glyph(code, style, x.value, y.value, box.left, box.bottom, box.right, box.top)


class _Styles:
    """The styles of a text page's characters, each worked out once for all that share it."""

    def __init__(self, text: Any) -> None:
        self._text = text
        self._fonts: dict[int, str] = {}
        self._object: int | None = None
        self._style: Style | None = None

    def of(self, index: int) -> Style | None:
        """Give a character's style; none for what PDFium adds."""
        drawn = pdfium.FPDFText_GetTextObject(self._text, index)
        if not drawn:
            return None
        address = addressof(drawn.contents)
        if address != self._object:
            self._object, self._style = address, self._read(index, drawn)
        return self._style

    def _read(self, index: int, drawn: Any) -> Style:
        font = self._font(pdfium.FPDFTextObj_GetFont(drawn))
        matrix = pdfium.FS_MATRIX()
        pdfium.FPDFText_GetMatrix(self._text, index, matrix)
        size = pdfium.FPDFText_GetFontSize(self._text, index) * math.hypot(matrix.c, matrix.d)
        quarters = math.atan2(matrix.b, matrix.a) / (math.pi / 2)
        turn = round(quarters) % 4 if abs(quarters - round(quarters)) < _UPRIGHT else None
        mode = pdfium.FPDFTextObj_GetTextRenderMode(drawn)
        bold = mode == _FILLED_AND_STROKED or any(word in font.lower() for word in _BOLD)
        return Style(font, min(abs(size), _GREATEST_SIZE) or 1.0, turn, bold, mode not in _INVISIBLE)

    def _font(self, font: Any) -> str:
        """Give a font's name without the mark of a subset."""
        address = addressof(font.contents) if font else 0
        if address not in self._fonts:
            name = create_string_buffer(128)
            pdfium.FPDFFont_GetBaseFontName(font, name, len(name))
            self._fonts[address] = name.value.decode("utf-8", "replace").rpartition("+")[2]
        return self._fonts[address]


def _says_nothing(code: int) -> bool:
    return code < _SPACE or code == ord(UNKNOWN) or any(code in codes for codes in _PRIVATE)


def _meaning(text: Any, index: int, code: int, style: Style) -> int:
    """Tell what a character is whose font does not say: a space where nothing is printed."""
    if code == _HYPHEN_AT_LINE_END:
        return ord("-")
    left, right, bottom, top = c_double(), c_double(), c_double(), c_double()
    pdfium.FPDFText_GetCharBox(text, index, left, right, bottom, top)
    if right.value <= left.value or top.value <= bottom.value:
        return _SPACE
    return ord(_BULLET if any(name in style.font.lower() for name in _SYMBOLS) else UNKNOWN)


def common_turn(glyphs: list[Glyph]) -> int:
    """Give the direction that most of the text is read in."""
    turns = Counter(glyph.style.turn for glyph in glyphs)
    return max((turn for turn in turns if turn is not None), key=turns.__getitem__, default=0)


def printed(glyphs: list[Glyph], paper: Box, turn: int) -> Iterator[tuple[Character, Style]]:
    """Go through the characters that are on the paper, turned, each once where it is printed twice to look bold."""
    seen: dict[tuple[int, int, int], Character] = {}
    for glyph in glyphs:
        code, style = glyph.code, glyph.style
        if style.turn is None or code in _WITHOUT_WIDTH or not paper.holds((glyph.left + glyph.right) / 2, glyph.y):
            continue
        character = _character(glyph, turn)
        if code != _SPACE:
            before = _printed_before(seen, code, character)
            if before:
                before.bold = True
                continue
        yield character, style


def _character(glyph: Glyph, turn: int) -> Character:
    code, style, x, y, *sides = glyph
    x0, y0, x1, y1 = Box(*sides).turned(turn)
    own_turn = ((style.turn or 0) - turn) % 4
    if x1 - x0 > _WIDEST * style.size and not own_turn % 2:
        x1 = x0 + style.size  # PDFium gives the boxes of fonts for vertical text in a wrong unit
    text = COMMON.get(code) or (chr(code) if code != _NO_BREAK_SPACE else " ")
    return Character(text, x0, y0, x1, y1, *turned(x, y, turn), style.size, own_turn, style.bold)


def _printed_before(seen: dict[tuple[int, int, int], Character], code: int, new: Character) -> Character | None:
    """Find the same character at the same place, or note this one."""
    x, y, near = new.x / new.size, new.y / new.size, _SAME_PLACE
    for column in {math.floor(x - near), math.floor(x + near)}:
        for row in {math.floor(y - near), math.floor(y + near)}:
            old = seen.get((code, column, row))
            if old and abs(old.x - new.x) < near * new.size and abs(old.y - new.y) < near * new.size:
                return old
    seen[code, math.floor(x), math.floor(y)] = new
    return None
