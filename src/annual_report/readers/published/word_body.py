"""The body of a Word document in its order, as paragraphs and tables."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from annual_report.messages import message
from annual_report.readers.published.blocks import Alignment, Block, Cell, Location, Paragraph, Remark, Table
from annual_report.readers.published.limits import MAX_COLUMNS, refused, too_many_columns
from annual_report.readers.published.word_markup import (
    DEL,
    INS,
    MOVE_FROM,
    MOVE_TO,
    TBL,
    TC,
    TR,
    Kind,
    P,
    Prepared,
    R,
    T,
    remark,
)
from annual_report.readers.published.word_package import W
from annual_report.readers.published.word_styles import ALIGNMENTS, VAL, ParagraphStyle, Styles, is_on, number, value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from lxml import etree

    from annual_report.readers.published.word_numbering import Numbering

_PPR, _RPR, _TRPR, _TCPR = f"{W}pPr", f"{W}rPr", f"{W}trPr", f"{W}tcPr"
_STYLE, _RUN_STYLE, _ALIGN, _OUTLINE = f"{W}pStyle", f"{W}rStyle", f"{W}jc", f"{W}outlineLvl"
_NUMBER, _BOLD, _HIDDEN, _SEPARATES = f"{W}numPr", f"{W}b", f"{W}vanish", f"{W}specVanish"
_SPAN, _V_MERGE, _H_MERGE = f"{W}gridSpan", f"{W}vMerge", f"{W}hMerge"
_BEFORE, _HIDDEN_ROW = f"{W}gridBefore", f"{W}hidden"
_FIELD, _INSTRUCTION = f"{W}fldChar", f"{W}instrText"
_SYMBOL = f"{W}sym"
_MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_CHARACTERS = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_SYMBOLS = {0xFC: "✓", 0xFE: "☑", 0xA8: "☐", 0x6F: "☐", 0x6C: "●", 0x6E: "■", 0x75: "◆", 0xD8: "➢"}
_DEEPEST = 20
"""How deep tables may be nested in tables; Word itself warns of fewer."""


class _Piece(NamedTuple):
    """Text that is set alike."""

    text: str
    is_bold: bool


@dataclass(slots=True)
class _Line:
    """A paragraph as it is being read."""

    pieces: list[_Piece] = field(default_factory=list)
    level: int | None = None
    align: Alignment | None = None
    lead: int = 0
    joins: bool = False
    is_contents: bool = False

    @property
    def text(self) -> str:
        return "".join([piece.text for piece in self.pieces])

    def after(self, first: _Line) -> _Line:
        """Give the paragraph that this one makes with the one before it, whose mark is hidden or deleted."""
        if first.level is None or not first.pieces:
            return _Line(first.pieces + self.pieces, self.level, self.align, 0, self.joins, self.is_contents)
        lead = first.lead or len(first.text)
        return _Line(first.pieces + self.pieces, first.level, self.align, lead, self.joins, self.is_contents)


class Body:
    """Reads the elements of a body into blocks.

    Parameters
    ----------
    styles
        The document's styles.
    numbering
        Gives the document's numbering when it is first needed.
    prepared
        What has been taken out of the markup.
    source
        The file's name, for errors.
    """

    def __init__(self, styles: Styles, numbering: Callable[[], Numbering], prepared: Prepared, source: str) -> None:
        self.blocks: list[Block] = []
        self.remarks: list[Remark] = []
        self._styles = styles
        self._numbering = numbering
        self._prepared = prepared
        self._source = source
        self._fields: list[str] = []
        self._paragraphs = self._tables = self._depth = 0

    def read(self, container: etree._Element) -> None:
        """Read what a body, a cell or a text box holds.

        Parameters
        ----------
        container
            The element.
        """
        carried: _Line | None = None
        for child in container:
            if child.tag == P:
                place = Location(None, None, None, None, self._paragraphs + 1)
                line = self._line(child, place)
                line = line.after(carried) if carried else line
                carried = line if line.joins else None
                if carried is None:
                    self._emit(line)
                self._boxes(child)
            elif child.tag == TBL:
                self._table(child)
        if carried:
            self._emit(carried)

    def finish(self) -> None:
        """Remark on what has no place, and on what the file leaves open."""
        for kinds in self._prepared.noted.values():
            self.remarks += [remark(kind, text, Location()) for kind, text in kinds.items()]
        if not self._is_shown():
            self.remarks.append(remark("field", "", Location()))

    def _emit(self, line: _Line) -> None:
        text = line.text
        if not text or text.isspace() or line.is_contents:
            return
        self._paragraphs += 1
        place = Location(None, None, None, None, self._paragraphs)
        emphasis = _emphasis(line.pieces)
        self.blocks.append(Paragraph(text, place, line.level, line.lead, emphasis, line.align))

    def _boxes(self, paragraph: etree._Element) -> None:
        """Read the text boxes that are anchored in a paragraph."""
        for box in self._prepared.boxes.pop(paragraph, ()):
            self.read(box)

    def _note(self, element: etree._Element, place: Location) -> None:
        """Remark on what has been taken out of a paragraph or row."""
        for kind, text in self._prepared.noted.pop(element, {}).items():
            self.remarks.append(remark(kind, text, place))

    def _line(self, paragraph: etree._Element, place: Location) -> _Line:
        """Read a paragraph."""
        properties = paragraph[0] if len(paragraph) and paragraph[0].tag == _PPR else ()
        line = _Line()
        identifier, numbered, mark = None, None, None
        for item in properties:
            tag = item.tag
            if tag == _STYLE:
                identifier = item.get(VAL)
            elif tag == _ALIGN:
                line.align = ALIGNMENTS.get(item.get(VAL))
            elif tag == _OUTLINE:
                line.level = number(item.get(VAL), 9)
            elif tag == _NUMBER:
                numbered = item
            elif tag == _RPR:
                mark = item
        style = self._styles.paragraph(identifier)
        line.align = line.align or style.align
        line.level = style.level if line.level is None else line.level + 1 if line.level < 9 else None  # noqa: PLR2004
        line.is_contents = style.is_contents
        if mark is not None:
            self._read_mark(mark, line, paragraph)
        line.pieces = self._pieces(paragraph, style, place)
        if numbered is not None or style.number:
            self._number(line, identifier, style, numbered)
        if self._prepared.noted:
            self._note(paragraph, place)
        return line

    def _read_mark(self, mark: etree._Element, line: _Line, paragraph: etree._Element) -> None:
        """Find out whether a paragraph's mark is hidden or deleted, so that the next paragraph runs on."""
        for item in mark:
            tag = item.tag
            if tag in (_HIDDEN, _SEPARATES) and is_on(item):
                line.joins = True
            elif tag in (DEL, MOVE_FROM):
                line.joins = True
                line.level = None
                self._prepared.note("deleted" if tag == DEL else "moved", paragraph, "")
            elif tag in (INS, MOVE_TO):
                self._prepared.note("inserted" if tag == INS else "moved", paragraph, "")

    def _number(self, line: _Line, identifier: str | None, style: ParagraphStyle, own: etree._Element | None) -> None:
        """Put the label before a numbered paragraph that has any text."""
        given = None if own is None else value(own, "numId")
        of_style, level = style.number or (None, 0)
        name = of_style if given is None else given
        if name is None or not line.pieces:
            return
        numbering = self._numbering()
        if given is None:
            level = numbering.level_of(name, identifier, level)
        if own is not None:
            level = number(value(own, "ilvl"), level)
        label = numbering.label(name, level)
        if label:
            line.pieces.insert(0, _Piece(label, line.pieces[0].is_bold))

    def _pieces(self, paragraph: etree._Element, style: ParagraphStyle, place: Location) -> list[_Piece]:
        """Read a paragraph's text."""
        pieces: list[_Piece] = []
        hidden = ""
        for run in paragraph:
            if run.tag != R:
                pieces += [_Piece(found.text or "", is_bold=False) for found in run.iter(_MATHS)]
                continue
            is_bold, is_hidden = False, style.is_hidden
            for element in run:
                tag = element.tag
                if tag == _RPR:
                    is_bold, is_hidden = self._run(element, style)
                    continue
                text = _text(element, tag)
                if text is None:
                    self._follow(element, tag)
                elif text and self._is_shown():
                    if is_hidden:
                        hidden += text
                    else:
                        pieces.append(_Piece(text, is_bold))
        if hidden.strip():
            self.remarks.append(remark("hidden", hidden, place))
        return pieces

    def _run(self, properties: etree._Element, style: ParagraphStyle) -> tuple[bool, bool]:
        """Tell whether a run stands out, and whether it is hidden."""
        bold, hidden = None, None
        of_style = None
        for item in properties:
            tag = item.tag
            if tag == _RUN_STYLE:
                of_style = self._styles.character(item.get(VAL))
            elif tag == _BOLD:
                bold = is_on(item) and not style.is_bold
            elif tag == _HIDDEN:
                hidden = is_on(item)
        if of_style is not None:
            bold = of_style.bold if bold is None else bold
            hidden = of_style.hidden if hidden is None else hidden
        return bool(bold), style.is_hidden if hidden is None else hidden

    def _is_shown(self) -> bool:
        return not self._fields or all(state == "result" for state in self._fields)

    def _follow(self, element: etree._Element, tag: str) -> None:
        """Follow a field: its instruction is no text, its result is; that of a table of contents is left out."""
        kind = element.get(f"{W}fldCharType")
        if kind == "begin":
            self._fields.append("instruction")
        elif not self._fields:
            return
        elif tag == _INSTRUCTION:
            if (element.text or "").lstrip().startswith("TOC"):
                self._fields[-1] = "contents"
        elif kind == "end":
            self._fields.pop()
        elif kind == "separate" and self._fields[-1] == "instruction":
            self._fields[-1] = "result"

    def _table(self, table: etree._Element) -> None:
        self._tables += 1
        rows = [(row, row.findall(TC)) for row in table.iterchildren(TR)]
        own = sum(len(cells) for _, cells in rows)
        self._depth += 1
        if self._depth > _DEEPEST:
            words = message("the file's elements are nested too deeply or too long")
            raise refused(words, self._source)
        is_one_column = all(len(cells) <= 1 for _, cells in rows)
        if is_one_column or own <= sum(1 for _ in table.iterdescendants(TC)) - own:
            for row, cells in rows:
                self._note(row, Location(None, self._tables))
                for cell in cells:
                    self.read(cell)
        else:
            place, position = Location(None, self._tables), len(self.blocks)
            read = tuple(Cell(*cell) for cell in self._cells(rows, self._tables))
            self.blocks.insert(position, Table(read, place))  # before the tables in its cells
        self._depth -= 1

    def _cells(self, rows: Iterable[tuple[etree._Element, list[etree._Element]]], table: int) -> list[list[Any]]:
        """Place a table's cells in its grid, each as the arguments of `Cell`."""
        cells: list[list[Any]] = []
        above: dict[int, list[Any]] = {}
        height = 0
        for row, own in rows:
            column = self._begin_row(row, Location(None, table, height + 1))
            if column is None:
                continue
            here: dict[int, list[Any]] = {}
            last: list[Any] | None = None
            for cell in own:
                if column >= MAX_COLUMNS:
                    raise too_many_columns(self._source)
                span, down, across = _merged(cell)
                place = Location(None, table, height + 1, column + 1)
                span = min(span, MAX_COLUMNS - column)
                if down == "continue" and column in above:
                    last = above[column]
                    last[2] = height + 1 - last[0]
                    self._hide(cell, place)
                elif across == "continue" and last is not None:
                    last[3] += span
                    self._hide(cell, place)
                else:
                    last = [height, column, 1, span, self._cell_text(cell, place), place]
                    cells.append(last)
                if down:
                    here[column] = last
                column += span
            above = here
            height += 1
        return cells

    def _begin_row(self, row: etree._Element, place: Location) -> int | None:
        """Give the column that a row begins in; none where it is deleted or hidden."""
        column = 0
        kind: Kind | None = None
        properties = row.find(_TRPR)
        for item in () if properties is None else properties:
            if item.tag == _BEFORE:
                column = number(item.get(VAL))
            elif item.tag == DEL:
                kind = "deleted"
            elif item.tag == _HIDDEN_ROW and is_on(item):
                kind = "hidden"
            elif item.tag == INS:
                self._prepared.note("inserted", row, "")
        if kind:
            deleted = [self._prepared.noted.pop(paragraph, {}) for paragraph in row.iter(P)]
            texts = [text for kinds in deleted for text in kinds.values()]
            self._prepared.note(kind, row, "".join([*texts, *(text.text or "" for text in row.iter(T))]))
        if self._prepared.noted:
            self._note(row, place)
        return None if kind else column

    def _hide(self, cell: etree._Element, place: Location) -> None:
        """Remark on text in a cell that is merged into another, where Word does not show it."""
        text = "".join(part.text or "" for part in cell.iter(T))
        if text.strip():
            self.remarks.append(remark("hidden", text, place))

    def _cell_text(self, cell: etree._Element, place: Location) -> str:
        """Give a cell's text, each of its paragraphs a line; a table in it becomes a block of its own."""
        lines: list[str] = []
        carried: _Line | None = None
        for child in cell:
            if child.tag == P:
                line = self._line(child, place)
                line = line.after(carried) if carried else line
                carried = line if line.joins else None
                if carried is None:
                    lines.append(line.text)
                if self._prepared.boxes:
                    self._boxes(child)
            elif child.tag == TBL:
                self._table(child)
        if carried:
            lines.append(carried.text)
        if len(lines) == 1:
            return lines[0]
        return "\n".join(line for line in lines if line and not line.isspace())


def _merged(cell: etree._Element) -> tuple[int, str, str]:
    """Give how many columns a cell spans, and whether it begins or continues a merger down or across."""
    span, down, across = 1, "", ""
    if len(cell) and cell[0].tag == _TCPR:
        for item in cell[0]:
            tag = item.tag
            if tag == _SPAN:
                span = max(1, number(item.get(VAL), 1))
            elif tag == _V_MERGE:
                down = item.get(VAL, "continue")
            elif tag == _H_MERGE:
                across = item.get(VAL, "continue")
    return span, down, across


def _text(element: etree._Element, tag: str) -> str | None:
    """Give the text of a run's element; none where it belongs to a field."""
    if tag == T:
        text = element.text or ""
        if text and (text[0].isspace() or text[-1].isspace()) and element.get(_SPACE) != "preserve":
            return text.strip(" \t\r\n")
        return text
    if tag in (_FIELD, _INSTRUCTION):
        return None
    if tag == _SYMBOL:
        code = element.get(f"{W}char", "")
        return _symbol(int(code, 16)) if re.fullmatch("[0-9A-Fa-f]{1,4}", code) else ""
    return _CHARACTERS.get(tag, "")


def _symbol(code: int) -> str:
    """Give the character of a symbol font that other fonts have too, else the font's own."""
    return _SYMBOLS.get(code & 0xFF, chr(code)) if code >> 8 == 0xF0 else chr(code)  # noqa: PLR2004


def _emphasis(pieces: list[_Piece]) -> tuple[tuple[int, int], ...]:
    """Find what stands out in the joined text."""
    spans: list[tuple[int, int]] = []
    length = 0
    for text, is_bold in pieces:
        if is_bold and text:
            start = spans.pop()[0] if spans and spans[-1][1] == length else length
            spans.append((start, length + len(text)))
        length += len(text)
    return tuple(spans)
