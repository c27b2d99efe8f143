"""The characters that are printed on a page, as PDFium finds them: each with its box, size and direction."""

from __future__ import annotations

import math
from collections import Counter
from ctypes import addressof, c_double, create_string_buffer
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import pypdfium2.raw as pdfium

from annual_report.readers.published.pdf import calls
from annual_report.readers.published.pdf.geometry import Box, around, turned
from annual_report.readers.published.pdf.ideographs import COMMON

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

UNKNOWN = "\ufffd"
"""Stands for a character whose font does not say what it is."""

_BULLET = "•"
_UPRIGHT = 0.12
"""How far from a right angle, in right angles, text is still read along it."""
_INVISIBLE = (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP)
_FILLED_AND_STROKED = pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE
_BOLD = ("bold", "heavy", "black")
_SYMBOLS = ("wingdings", "webdings", "symbol", "dingbats")
_SPACE = 0x20
_SURROGATES = 0xD800
_LOW_SURROGATES = 0xDC00
_PRIVATE = 0xE000
_AFTER_PRIVATE = 0xF900
_PRIVATE_PLANES = 0xF0000
_WITHOUT_WIDTH = (0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF)
_GREATEST_SIZE = 2000.0
_WIDEST = 2.5
"""How wide a character is, at most, in sizes of its type."""
_SAME_BASE_LINE = 0.5
"""How far apart the boxes of one text object's characters are while they have one base line, in sizes of the type."""


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
        The origin, on the base line, of it, or of the characters that it belongs to.
    size
        The size of its type.
    turn
        The direction it is read in: 0 to the right, 1 up, 2 to the left, 3 down.
    bold
        Whether it is printed bold.
    painted
        Whether it is visible.
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
    painted: bool

    @property
    def centre(self) -> tuple[float, float]:
        """The middle of its ink, roughly."""
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2 if self.turn else self.y - 0.35 * self.size

    def rotated(self, turn: int) -> Character:
        """Return it as it is for who reads in a direction."""
        box = around(turned(self.x0, -self.y0, turn), turned(self.x1, -self.y1, turn))
        origin = turned(self.x, -self.y, turn)
        return Character(self.text, *box, *origin, self.size, (self.turn - turn) % 4, self.bold, self.painted)


@dataclass(slots=True)
class Found:
    """The characters of a page.

    Parameters
    ----------
    characters
        Those that are on the paper and read along its edges, in the file's order.
    slanted
        Those that are set at an angle.
    unknown
        How many have no Unicode, by the names of their fonts.
    """

    characters: list[Character] = field(default_factory=list)
    slanted: str = ""
    unknown: Counter[str] = field(default_factory=Counter)


class _Texts(dict[int, str]):
    """What codes are read as; most are the characters themselves."""

    def __missing__(self, code: int) -> str:
        text = self[code] = chr(code)
        return text


_TEXTS = _Texts(COMMON | {0xA0: " "} | dict.fromkeys(_WITHOUT_WIDTH, ""))


class _Style(NamedTuple):
    """What the characters of one text object share; the turn is none where they are set at an angle."""

    font: str
    size: float
    turn: int | None
    bold: bool
    painted: bool


def read_characters(text: Any, count: int, paper: Box) -> Found:
    """Read the characters of a text page of PDFium, but for those that PDFium adds.

    Parameters
    ----------
    text
        The text page.
    count
        How many characters it has.
    paper
        The page's edges, in its own coordinates, upwards.

    Returns
    -------
    Found
        The characters.
    """
    handle = calls.address(text)
    found, styles, style, last = Found(), _Styles(handle), None, None
    x, y, box, base = c_double(), c_double(), pdfium.FS_RECTF(), math.inf
    x_address, y_address, box_address = addressof(x), addressof(y), addressof(box)
    x0, y0, x1, y1 = paper
    for index, code in _codes(handle, count):
        drawn = calls.text_object(handle, index)
        if drawn != last:
            last, base = drawn, math.inf
            style = styles.read(drawn, index) if drawn else None
        if style is None:
            continue
        font, size, turn, bold, painted = style
        calls.box(handle, index, box_address)
        if turn or abs(box.bottom - base) > _SAME_BASE_LINE * size:
            calls.origin(handle, index, x_address, y_address)
            base = box.bottom
        if calls.has_no_unicode(handle, index) == 1 or (not _SPACE <= code < _PRIVATE and _says_nothing(code)):
            code = _meaning(text, index, style)  # noqa: PLW2901  # what it would have been
            if code == ord(UNKNOWN):
                found.unknown[font] += 1
        shown = _TEXTS[code]
        left, right, origin = box.left, box.right, y.value
        if turn is None:
            found.slanted += shown
        elif shown and x0 <= (left + right) / 2 <= x1 and y0 <= origin <= y1:
            if right - left > _WIDEST * size and not turn % 2:
                right = left + size  # PDFium gives the boxes of fonts for vertical text in a wrong unit
            found.characters.append(
                Character(shown, left, -box.top, right, -box.bottom, x.value, -origin, size, turn, bold, painted)
            )
    return found


def _codes(handle: int, count: int) -> Iterator[tuple[int, int]]:
    """Iterate over the codes of characters, the two halves of one beyond the first 65,536 put together."""
    high = 0
    for index in range(count):
        code = calls.unicode(handle, index)
        if code <= _SPACE and calls.is_added(handle, index) == 1:
            continue
        if not _SURROGATES <= code < _PRIVATE:
            yield index, code
        elif code < _LOW_SURROGATES:
            high = code - _SURROGATES
        else:
            yield index, 0x10000 + (high << 10) + code - _LOW_SURROGATES


def _says_nothing(code: int) -> bool:
    """Return whether a code is a control character, a private one, or one that stands for an unknown one."""
    return code < _AFTER_PRIVATE or code >= _PRIVATE_PLANES or code == ord(UNKNOWN)


def _meaning(text: Any, index: int, style: _Style) -> int:
    """Return what a character is whose font does not say: a space where nothing is printed."""
    if pdfium.FPDFText_IsHyphen(text, index) == 1:
        return ord("-")
    left, right, bottom, top = c_double(), c_double(), c_double(), c_double()
    pdfium.FPDFText_GetCharBox(text, index, left, right, bottom, top)
    if right.value <= left.value or top.value <= bottom.value:
        return _SPACE
    return ord(_BULLET if any(name in style.font.lower() for name in _SYMBOLS) else UNKNOWN)


class _Styles:
    """Reads the styles of a text page's objects, and remembers its fonts."""

    def __init__(self, handle: int) -> None:
        self._handle = handle
        self._matrix = pdfium.FS_MATRIX()
        self._fonts: dict[int, tuple[str, bool]] = {}

    def read(self, drawn: int, index: int) -> _Style:
        """Return the style of a text object, of which a character's index is known."""
        name, is_bold = self._font(calls.font(drawn))
        matrix = self._matrix
        calls.matrix(self._handle, index, addressof(matrix))
        size = calls.size(self._handle, index) * math.hypot(matrix.c, matrix.d)
        quarters = math.atan2(matrix.b, matrix.a) / (math.pi / 2)
        turn = round(quarters) % 4 if abs(quarters - round(quarters)) < _UPRIGHT else None
        mode = calls.render_mode(drawn)
        size = min(abs(size), _GREATEST_SIZE) or 1.0
        return _Style(name, size, turn, is_bold or mode == _FILLED_AND_STROKED, mode not in _INVISIBLE)

    def _font(self, font: int) -> tuple[str, bool]:
        """Return a font's name, without the mark of a subset, and whether that is a bold one's."""
        if font not in self._fonts:
            raw = create_string_buffer(128)
            calls.font_name(font, addressof(raw), len(raw))
            name = raw.value.decode("utf-8", "replace").rpartition("+")[2]
            self._fonts[font] = name, any(word in name.lower() for word in _BOLD)
        return self._fonts[font]


def common_turn(characters: Sequence[Character]) -> int:
    """Return the direction that most of the text is read in."""
    turns = Counter(character.turn for character in characters)
    return max(turns, key=turns.__getitem__, default=0)
