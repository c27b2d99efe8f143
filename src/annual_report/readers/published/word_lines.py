"""The paragraphs of a Word document, read from their elements in document order."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from annual_report.readers.published.superscripts import raised
from annual_report.readers.published.word_markup import DEL, INS, MOVE_FROM, MOVE_TO, TC, Kind, Prepared, R, T
from annual_report.readers.published.word_package import W
from annual_report.readers.published.word_styles import (
    ALIGNMENTS,
    BODY_TEXT,
    NOT_ON_THE_LINE,
    RAISED,
    VAL,
    Style,
    Styles,
    is_on,
    number,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml import etree

    from annual_report.readers.blocks import Alignment
    from annual_report.readers.published.word_numbering import Numbering

_RPR, _TCPR = f"{W}rPr", f"{W}tcPr"
_STYLE, _RUN_STYLE, _ALIGN, _BOLD = f"{W}pStyle", f"{W}rStyle", f"{W}jc", f"{W}b"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_OBJECTS = (f"{W}drawing", f"{W}pict", f"{W}object")
_SHOWS = ("EQ", "FORMDROPDOWN", "INCLUDEPICTURE")
"""Fields that show something that is no text of theirs."""
_PLAIN = {R, T, _STYLE, _ALIGN, _BOLD}
"""What a cell's text does not depend on beyond the words themselves, unless a style hides or numbers."""

_CHARACTERS = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_BLANK = " \t\r\n"
_NEW_PAGES = ("page", "column")
_NEW_PAGE = "\f"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_SYMBOLS = {0xFC: "✓", 0xFE: "☑", 0xA8: "☐", 0x6F: "☐", 0x6C: "●", 0x6E: "■", 0x75: "◆", 0xD8: "➢"}
_PRIVATE = 0xF0


class Line:
    """A paragraph.

    Parameters
    ----------
    element
        Its element.
    style
        Its style.
    """

    identifier: str | None = None  # of its style
    own_level: int | None = None
    own_align: str | None = None
    numbering: str | None = None
    number_level: int | None = None
    hidden = ""
    struck = ""
    has_object = False  # a picture, an embedded object or a field that shows more than text
    joins = False  # the next paragraph runs on from it
    has_new_page = False
    lead = 0

    def __init__(self, element: etree._Element, style: Style) -> None:
        self.element = element
        self.style = style
        self.pieces: list[tuple[str, bool]] = []

    @property
    def text(self) -> str:
        """The whole text."""
        return self.pieces[0][0] if len(self.pieces) == 1 else "".join([text for text, _ in self.pieces])

    @property
    def level(self) -> int | None:
        """The heading level, as the paragraph says or else its style."""
        level = self.style.level if self.own_level is None else self.own_level
        return None if level is None or level > BODY_TEXT else level

    @property
    def align(self) -> Alignment | None:
        """How it is set, as it says or else its style."""
        return ALIGNMENTS.get(self.own_align or self.style.align)

    def emphasis(self) -> tuple[tuple[int, int], ...]:
        """Find what stands out in the text."""
        spans: list[tuple[int, int]] = []
        length = 0
        for text, is_bold in self.pieces:
            if is_bold and text:
                start = spans.pop()[0] if spans and spans[-1][1] == length else length
                spans.append((start, length + len(text)))
            length += len(text)
        return tuple(spans)

    def run_on(self, first: Line) -> None:
        """Join this paragraph to the one before it, whose mark is hidden or deleted."""
        if first.level is not None and first.pieces:
            self.own_level, self.lead = first.level, first.lead or len(first.text)
        self.pieces = first.pieces + self.pieces

    def trim_pages(self) -> None:
        """Drop breaks of the page at either end, and make those between lines line breaks."""
        while self.pieces and self.pieces[0][0] == _NEW_PAGE:
            self.pieces.pop(0)
        while self.pieces and self.pieces[-1][0] == _NEW_PAGE:
            self.pieces.pop()
        self.pieces = [("\n" if text == _NEW_PAGE else text, is_bold) for text, is_bold in self.pieces]


class LineReader:
    """Reads paragraphs.

    Parameters
    ----------
    styles
        The document's styles.
    numbering
        Gives the document's numbering when it is first needed.
    prepared
        What has been taken out of the markup.
    """

    def __init__(self, styles: Styles, numbering: Callable[[], Numbering], prepared: Prepared) -> None:
        self._styles = styles
        self._numbering = numbering
        self._prepared = prepared
        self._line: Line | None = None
        self._in_run = self._is_bold = self._is_hidden = self._is_struck = self._is_raised = False
        self._fields: list[str] = []

    @property
    def is_shown(self) -> bool:
        """Whether text here is shown, rather than part of a field's instruction or of a table of contents."""
        return not self._fields or all(state == "result" for state in self._fields)

    def read(self, paragraph: etree._Element) -> Line:
        """Read a paragraph.

        Parameters
        ----------
        paragraph
            Its element.

        Returns
        -------
        Line
            The paragraph, with the label that it is numbered with.
        """
        self._line = line = Line(paragraph, self._styles.default)
        self._in_run = False
        for element in paragraph.iter():
            handler = self._HANDLERS.get(element.tag)
            if handler is not None:
                handler(self, element)
        if line.has_new_page:
            line.trim_pages()
        if line.numbering or line.style.number:
            self._number(line)
        return line

    def plain_texts(self, table: etree._Element) -> dict[etree._Element, str]:
        """Return the texts of the cells that hold but one paragraph of words, which need not be read by its elements.

        Parameters
        ----------
        table
            The table's element, which has no other table in it.

        Returns
        -------
        dict[lxml.etree._Element, str]
            The text by the cell's element, of those cells of which it can be told.
        """
        if self._fields or self._prepared.noted:
            return {}
        tags = self._HANDLERS.keys() - _PLAIN | ({_STYLE} if self._styles.hide_or_number else set())
        others = {cell for element in table.iter(*tags) for cell in element.iterancestors(TC)}
        texts = {table: ""}
        cell = table
        for element in table.iter(TC, T):
            if element.tag == TC:
                cell = element
                texts[cell] = ""
            else:
                texts[cell] += element.text or ""
        return {
            cell: text
            for cell, text in texts.items()
            if text.isprintable() and " " not in text and cell not in others and _has_one_paragraph(cell)
        }

    def _on_style(self, element: etree._Element) -> None:
        if self._line is not None:
            self._line.identifier = element.get(VAL)
            self._line.style = self._styles.find(self._line.identifier)

    def _on_align(self, element: etree._Element) -> None:
        if self._line is not None and not self._in_run:
            self._line.own_align = element.get(VAL)

    def _on_outline(self, element: etree._Element) -> None:
        if self._line is not None:
            self._line.own_level = number(element.get(VAL), BODY_TEXT) + 1

    def _on_numbering(self, element: etree._Element) -> None:
        if self._line is not None:
            self._line.numbering = element.get(VAL)

    def _on_number_level(self, element: etree._Element) -> None:
        if self._line is not None:
            self._line.number_level = number(element.get(VAL))

    def _on_change(self, element: etree._Element) -> None:
        """Follow a tracked change of a paragraph's mark: where it is deleted, the next paragraph runs on."""
        parent = element.getparent()
        if self._line is None or self._in_run or parent is None or parent.tag != _RPR:
            return
        kinds: dict[str, Kind] = {INS: "inserted", DEL: "deleted"}
        self._prepared.note(kinds.get(element.tag, "moved"), self._line.element, "")
        if element.tag in (DEL, MOVE_FROM):
            self._line.joins = True
            self._line.own_level = BODY_TEXT + 1

    def _on_vanish(self, element: etree._Element) -> None:
        """Hide a run, or a paragraph's mark, so that the next paragraph runs on."""
        if self._line is not None and self._in_run:
            self._is_hidden = is_on(element)
        elif self._line is not None and is_on(element):
            self._line.joins = True

    def _on_run(self, _element: etree._Element) -> None:
        self._in_run = True
        self._is_bold = self._is_struck = False
        self._is_hidden = self._line is not None and bool(self._line.style.hidden)
        self._is_raised = self._line is not None and bool(self._line.style.raised)

    def _on_run_style(self, element: etree._Element) -> None:
        if self._in_run:
            style = self._styles.find(element.get(VAL))
            self._is_bold = bool(style.bold)
            self._is_hidden = self._is_hidden if style.hidden is None else style.hidden
            self._is_raised = self._is_raised if style.raised is None else style.raised

    def _on_bold(self, element: etree._Element) -> None:
        if self._in_run and self._line is not None:
            self._is_bold = is_on(element) and not self._line.style.bold

    def _on_strike(self, element: etree._Element) -> None:
        if self._in_run:
            self._is_struck = self._is_struck or is_on(element)

    def _on_object(self, _element: etree._Element) -> None:
        if self._line is not None:
            self._line.has_object = True

    def _on_raised(self, element: etree._Element) -> None:
        if self._in_run:
            self._is_raised = element.get(VAL) in NOT_ON_THE_LINE

    def _on_position(self, element: etree._Element) -> None:
        if self._in_run:
            self._is_raised = self._is_raised or number(element.get(VAL)) > 0

    def _on_text(self, element: etree._Element) -> None:
        text = element.text
        if text:
            if (text[0] in _BLANK or text[-1] in _BLANK) and element.get(_SPACE) != "preserve":
                text = text.strip(_BLANK)
            self._add(text)

    def _on_character(self, element: etree._Element) -> None:
        self._add(_CHARACTERS[element.tag])

    def _on_break(self, element: etree._Element) -> None:
        if element.get(f"{W}type") not in _NEW_PAGES:
            self._add("\n")
        elif self._line is not None:
            self._line.has_new_page = True
            self._add(_NEW_PAGE)

    def _on_symbol(self, element: etree._Element) -> None:
        """Read a character of a symbol font: the one that other fonts have too, else the font's own."""
        text = element.get(f"{W}char", "")
        if re.fullmatch("[0-9A-Fa-f]{1,4}", text):
            code = int(text, 16)
            self._add(_SYMBOLS.get(code & 0xFF, chr(code)) if code >> 8 == _PRIVATE else chr(code))

    def _add(self, text: str) -> None:
        line = self._line
        if line is None or not self._in_run or (self._fields and not self.is_shown):
            return
        if self._is_hidden:
            line.hidden += text
        elif self._is_struck:
            line.struck += text
        else:
            line.pieces.append((raised(text) if self._is_raised else text, self._is_bold))

    def _on_field(self, element: etree._Element) -> None:
        """Follow a field: its instruction is no text, its result is."""
        kind = element.get(f"{W}fldCharType")
        if kind == "begin":
            self._fields.append("instruction")
        elif kind == "separate" and self._fields and self._fields[-1] == "instruction":
            self._fields[-1] = "result"
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _on_instruction(self, element: etree._Element) -> None:
        """Leave a table of contents out: it is none of the document's own text."""
        name = (element.text or "").lstrip().upper()
        if self._fields and name.startswith("TOC"):
            self._fields[-1] = "contents"
        elif self._line is not None and name.startswith(_SHOWS):
            self._line.has_object = True

    def _number(self, line: Line) -> None:
        """Put the label before a numbered paragraph that has any text."""
        identifier, level = line.numbering or line.style.number, line.style.number_level
        if identifier is None or not line.pieces:
            return
        numbering = self._numbering()
        if line.numbering is None:
            level = numbering.level_of(identifier, line.identifier, level)
        label = numbering.label(identifier, level if line.number_level is None else line.number_level)
        if label:
            line.pieces.insert(0, (label, line.pieces[0][1]))

    _HANDLERS: ClassVar[dict[str, Callable[[LineReader, etree._Element], None]]] = {
        **dict.fromkeys(_CHARACTERS, _on_character),
        **dict.fromkeys((INS, DEL, MOVE_TO, MOVE_FROM), _on_change),
        **dict.fromkeys(_OBJECTS, _on_object),
        **dict.fromkeys((R, f"{_M}r"), _on_run),
        **dict.fromkeys((T, f"{_M}t"), _on_text),
        **dict.fromkeys((f"{W}strike", f"{W}dstrike"), _on_strike),
        f"{W}br": _on_break,
        f"{W}sym": _on_symbol,
        _STYLE: _on_style,
        _ALIGN: _on_align,
        f"{W}outlineLvl": _on_outline,
        f"{W}numId": _on_numbering,
        f"{W}ilvl": _on_number_level,
        _RUN_STYLE: _on_run_style,
        _BOLD: _on_bold,
        RAISED: _on_raised,
        f"{W}position": _on_position,
        f"{W}vanish": _on_vanish,
        f"{W}specVanish": _on_vanish,
        f"{W}fldChar": _on_field,
        f"{W}instrText": _on_instruction,
    }
    """What to do at each element within a paragraph, by its tag."""


def _has_one_paragraph(cell: etree._Element) -> bool:
    """Return whether a cell holds one element besides its properties."""
    elements = len(cell)
    return elements in (1, 2) and elements == 1 + (cell[0].tag == _TCPR)
