"""The elements of a web page in their order, as paragraphs and tables."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from annual_report.readers.blocks import OBJECT, Alignment, Block, Paragraph, Table, at
from annual_report.readers.numbers import whole_number
from annual_report.readers.published.css import declarations
from annual_report.readers.published.limits import MAX_COLUMNS, too_many_columns
from annual_report.readers.published.superscripts import raised

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

OWN = "annual-report"
"""The class of the element that holds a report written by this library."""

_OWN_RUN_IN = "ar-run-in"
_OWN_LEVEL = re.compile(r"\bar-level-([1-4])\b")

_HEADINGS = {f"h{rank}": rank - 1 for rank in range(1, 7)}
_BLOCKS = frozenset(
    (
        *("html", "body", "head", "p", "div", "ul", "ol", "li", "dl", "dt", "dd", "section", "article", "main"),
        *("header", "footer", "aside", "nav", "form", "fieldset", "legend", "blockquote", "pre", "center", "hr"),
        *("address", "figure", "figcaption", "details", "summary", "table", "caption", "thead", "tbody", "tfoot"),
        *("tr", "td", "th", *_HEADINGS),
    )
)
_BOLD = frozenset(("b", "strong", "em"))
_CELLS = ("td", "th")
_RAISED_TAGS = ("sup", "sub", "rt")
_TABLE_PARTS = frozenset(("table", "thead", "tbody", "tfoot", "tr", *_CELLS))
_NOT_SHOWN = frozenset(("title", "meta", "link"))
_UNLIKE = _BOLD | _NOT_SHOWN
_NOT_ONE_LINE = ("br", "table", *_RAISED_TAGS, *(_BLOCKS - _TABLE_PARTS - {"p"}))

_BREAK = "\x00"
_SPACES = re.compile(r"[ \t\n\r\f]+")
_AROUND_BREAK = re.compile(f" *{_BREAK} *")
_ODD = re.compile("[\u00a0\u00ad\u200b-\u200d\u2060\ufeff]")
_PLAIN = str.maketrans({"\u00a0": " "} | dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_ALIGNMENTS: dict[str, Alignment] = {"left": "left", "center": "centre", "right": "right"}
_NUMBER = re.compile(r"\s*([0-9]{1,9})")
_STRAY = etree.XPath("(. | .//tbody | .//thead | .//tfoot | .//tr)/text()[normalize-space()]")
_STRAY_IN_ROWS = etree.XPath("(. | .//tr)/text()[normalize-space()]")
_STRAY_HERE = etree.XPath("text()[normalize-space()]")


class _Look(NamedTuple):
    """What a style attribute says; none where it says nothing."""

    bold: bool | None = None
    align: Alignment | None = None
    is_pre: bool | None = None
    is_listed: bool = True
    is_raised: bool = False


PLAIN_LOOK = _Look()


class Flow:
    """Reads elements into blocks.

    Parameters
    ----------
    source
        The file's name, for errors.
    """

    def __init__(self, source: str) -> None:
        self.source = source
        self.blocks: list[Block] = []
        self._pieces: list[tuple[str, bool]] = []
        self._bold = False
        self._align: Alignment | None = None
        self._is_pre = False
        self._level: int | None = None
        self._lead = 0
        self._paragraphs = self._tables = 0
        self._mixed: set[etree._Element] = set()

    def read(self, element: etree._Element, styles: Collection[str]) -> None:
        """Read an element and all that it holds.

        Parameters
        ----------
        element
            The element.
        styles
            Every style attribute of the page.
        """
        self._mixed = _mixed(element, styles)
        self._block(element)
        self._end()

    def _content(self, element: etree._Element) -> None:
        text = element.text
        if text:
            self._pieces.append((text, self._bold))
        for child in element:
            tag = child.tag
            if tag in _BLOCKS:
                self._end()
                self._block(child)
                self._end()
            elif tag == "br":
                self._pieces.append((_BREAK, self._bold))
            elif tag not in _NOT_SHOWN:
                outer, start, style = self._bold, len(self._pieces), child.get("style")
                self._bold = _is_bold(tag, style, outer)
                self._content(child)
                self._bold = outer
                if tag in _RAISED_TAGS or (style and look_of(style).is_raised):
                    self._pieces[start:] = [(raised(text), is_bold) for text, is_bold in self._pieces[start:]]
            text = child.tail
            if text:
                self._pieces.append((text, self._bold))

    def _block(self, element: etree._Element) -> None:
        tag = element.tag
        outer = self._bold, self._align, self._is_pre, self._level
        self._apply(element)
        if tag == "table":
            self._table(element)
        elif element.get("class") == _OWN_RUN_IN and len(element) == len(("heading", "paragraph")):
            self._run_in(element)
        else:
            if tag in _HEADINGS:
                own = _OWN_LEVEL.search(element.get("class", ""))
                self._level = int(own[1]) if own else _HEADINGS[tag]
            elif tag == "li":
                self._number(element)
            if self._bold or tag in _TABLE_PARTS or element in self._mixed:
                self._content(element)
            else:
                self._pieces.append((_text(element), False))
            self._end()
        self._bold, self._align, self._is_pre, self._level = outer

    def _apply(self, element: etree._Element) -> None:
        """Take over how a block is set; what it holds is set alike."""
        align = element.get("align")
        if align:
            self._align = _ALIGNMENTS.get(align.lower(), self._align)
        elif element.tag == "center":
            self._align = "centre"
        style = element.get("style")
        if style:
            look = look_of(style)
            self._align = look.align or self._align
            self._bold = self._bold if look.bold is None else look.bold
            self._is_pre = self._is_pre if look.is_pre is None else look.is_pre
        if element.tag == "pre" or element.get("class") == OWN:
            self._is_pre = True

    def _run_in(self, element: etree._Element) -> None:
        """Read a heading and the paragraph that runs in after it."""
        heading, body = element
        own = _OWN_LEVEL.search(heading.get("class", ""))
        self._level = int(own[1]) if own else None
        self._content(heading)
        self._lead = sum(len(text) for text, _ in self._pieces)
        self._content(body)
        self._end()

    def _number(self, item: etree._Element) -> None:
        """Give a list's item the number that a browser shows before it."""
        parent = item.getparent()
        if parent is None or parent.tag != "ol" or parent.get("type", "1") != "1":
            return
        if not (look_of(parent.get("style", "")).is_listed and look_of(item.get("style", "")).is_listed):
            return
        start = parent.get("start", "1")
        number = (1 if (first := whole_number(start)) is None else first) + len(
            list(item.itersiblings("li", preceding=True))
        )
        self._pieces.append((f"{number}.", self._bold))

    def _end(self) -> None:
        """End the paragraph that is being read, if it has any text."""
        if not self._pieces:
            return
        text, emphasis = _joined(self._pieces, is_pre=self._is_pre)
        self._pieces = []
        lead, self._lead = self._lead, 0
        if text and not text.isspace():
            self._paragraphs += 1
            place = at(None, None, None, None, self._paragraphs)
            self.blocks.append(Paragraph(text, place, self._level, min(lead, len(text)), emphasis, self._align))

    def _table(self, table: etree._Element) -> None:
        self._tables += 1
        parts = list(table.iterdescendants("table", "tr", "td", "th"))
        own = [element for element in parts if element.tag != "table"]
        within = len(own)
        if within < len(parts):
            own = [element for element in own if next(element.iterancestors("table")) is table]
        within -= len(own)
        height = [element.tag for element in own].count("tr")
        if _arranges(own, height, within):
            self._content(table)
            self._end()
            return
        for caption in table.iterchildren("caption"):
            self._block(caption)
        for text in _stray(table):
            self._pieces.append((text, self._bold))
            self._end()
        place, position = at(None, self._tables), len(self.blocks)
        fields = tuple(zip(*self._cells(own, height), strict=True))
        self.blocks.insert(position, Table.of(fields, place))  # before the tables in its cells

    def _cells(self, own: list[etree._Element], height: int) -> Iterator[tuple[int, int, int, int, str]]:
        """Place a table's own cells in its grid: give the row, the column, the spans and the text of each."""
        row, column = -1, 0
        if own[0].tag != "tr":  # cells before any row make one
            row, height = 0, height + 1
        taken = [0] * MAX_COLUMNS  # by column, the first row that is free again
        mixed = self._mixed
        for element in own:
            if element.tag == "tr":
                row += 1
                column = 0
                continue
            while column < MAX_COLUMNS and taken[column] > row:
                column += 1
            if column >= MAX_COLUMNS:
                raise too_many_columns(self.source)
            rows = columns = 1
            if value := element.get("colspan"):  # it ends where a cell reaches down from above
                columns = min(_span(value) or 1, MAX_COLUMNS - column)
                ahead = enumerate(taken[column : column + columns])
                columns = next((offset for offset, until in ahead if until > row), columns)
            if value := element.get("rowspan"):
                rows = min(_span(value) or height, height - row)
            if columns == 1:
                taken[column] = row + rows
            else:
                taken[column : column + columns] = [row + rows] * columns
            text = self._lines(element) if element in mixed else self._line(element)
            if not text and len(element) and _shows_something(element):
                text = OBJECT
            yield row, column, rows, columns, text
            column += columns

    def _line(self, cell: etree._Element) -> str:
        """Return the text of a cell that has one line."""
        text = _text(cell)
        return text if self._is_pre else _tidied(text.strip()).strip()

    def _lines(self, cell: etree._Element) -> str:
        """Return a cell's text, each of its paragraphs a line; a table in it becomes a block of its own."""
        inner = Flow(self.source)
        inner._is_pre, inner._tables, inner._mixed = self._is_pre, self._tables, self._mixed
        inner._content(cell)
        inner._end()
        self._tables = inner._tables
        self.blocks += [block for block in inner.blocks if isinstance(block, Table)]
        return "\n".join(block.text for block in inner.blocks if isinstance(block, Paragraph))


def _stray(table: etree._Element) -> list[str]:
    """Return a table's text that is in none of its cells."""
    beside_rows = any(map(_STRAY_HERE, table.iter("tbody", "thead", "tfoot")))
    texts: list[str] = _STRAY(table) if beside_rows else _STRAY_IN_ROWS(table)
    return texts


def _shows_something(cell: etree._Element) -> bool:
    """Return whether a cell without text shows a picture, a form's field or a table."""
    return any(
        element.tag != "input" or element.get("type") != "hidden" for element in cell.iter("img", "input", "table")
    )


def _arranges(own: list[etree._Element], rows: int, within: int) -> bool:
    """Return whether a table only arranges other text: it has one column, or the tables in it have more cells."""
    cells = len(own) - rows
    if not cells or len(own) <= within:
        return True
    return cells <= rows and max(Counter(cell.getparent() for cell in own if cell.tag != "tr").values()) == 1


def _mixed(root: etree._Element, styles: Collection[str]) -> set[etree._Element]:
    """Find what is not one line of text in one look: blocks that hold others or bold text, cells with several lines."""
    found: set[etree._Element] = set()
    unlike: list[etree._Element] = []
    for element in root.iter("p", *_NOT_ONE_LINE, *_UNLIKE):
        tag, parent = element.tag, element.getparent()
        if tag in _UNLIKE:
            unlike.append(element)
        elif tag != "p" or parent.tag not in _CELLS or not _is_alone(element, parent):
            _add(found, parent)
    raised_styles = {style for style in styles if look_of(style).is_raised}
    bold_styles = {style for style in styles if look_of(style).bold is not None}
    for element in root.iter() if raised_styles or bold_styles else ():
        style = element.get("style")
        if style in raised_styles:
            _add(found, element.getparent())
        if style in bold_styles:
            unlike.append(element)
    for element in unlike:  # which makes no difference in a cell
        _add(found, element.getparent(), _CELLS)
    return found


def _add(found: set[etree._Element], element: etree._Element | None, until: Collection[str] = ()) -> None:
    """Add an element and those that it is in, as far as they are not there yet."""
    while element is not None and element not in found and element.tag not in until:
        found.add(element)
        element = element.getparent()


def _is_alone(paragraph: etree._Element, cell: etree._Element) -> bool:
    if paragraph.getprevious() is not None or paragraph.getnext() is not None:
        return False
    before, after = cell.text, paragraph.tail
    return not (before and not before.isspace()) and not (after and not after.isspace())


def _span(value: str) -> int:
    """Return how far a cell spans; 0 is as far as there are rows."""
    found = _NUMBER.match(value)
    return int(found[1]) if found else 1


@lru_cache(maxsize=4096)
def _is_bold(tag: str, style: str | None, outer: bool) -> bool:  # noqa: FBT001
    """Return whether an element within a line is bold: by its style, or else by its kind, or else as what it is in."""
    bold = look_of(style).bold if style else None
    return (outer or tag in _BOLD) if bold is None else bold


@lru_cache(maxsize=4096)
def look_of(style: str) -> _Look:
    """Return how a style attribute has text look."""
    bold = align = is_pre = None
    is_listed, is_raised = True, False
    for name, value in declarations(style).items():
        if name == "font-weight":
            bold = value in ("bold", "bolder") or value[:1] in "6789"
        elif name == "text-align":
            align = _ALIGNMENTS.get(value)
        elif name == "vertical-align":
            is_raised = value in ("super", "sub")
        elif name == "white-space":
            is_pre = value.startswith(("pre", "break"))
        elif name in ("list-style", "list-style-type"):
            is_listed = not value.startswith("none")
    return _Look(bold, align, is_pre, is_listed, is_raised)


def _text(element: etree._Element) -> str:
    text: str = etree.tostring(element, method="text", encoding="unicode", with_tail=False)
    return text


def _tidied(text: str) -> str:
    """Set spaces as a browser does, line breaks as line feeds, and leave out characters without width."""
    if text.isprintable() and "  " not in text:
        return text
    text = _SPACES.sub(" ", text)
    if _BREAK in text:
        text = _AROUND_BREAK.sub("\n", text)
    return text.translate(_PLAIN) if _ODD.search(text) else text


def _joined(pieces: list[tuple[str, bool]], *, is_pre: bool) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Join a paragraph's pieces, and find what stands out in the joined text."""
    if not is_pre and not any(bold for _, bold in pieces):
        return _tidied("".join([text for text, _ in pieces])).strip(), ()
    parts: list[str] = []
    spans: list[tuple[int, int]] = []
    length, last = 0, " "
    for piece, bold in pieces:
        text = piece.replace(_BREAK, "\n") if is_pre else _tidied(piece)
        if not is_pre and last.isspace():
            text = text.lstrip() if not length else text.lstrip(" ")
        if not text:
            continue
        if bold:
            start = spans.pop()[0] if spans and spans[-1][1] == length else length
            spans.append((start, length + len(text)))
        parts.append(text)
        length += len(text)
        last = text[-1]
    joined = "".join(parts)
    if not is_pre:
        joined = joined.rstrip()
    return joined, tuple((start, min(end, len(joined))) for start, end in spans if start < len(joined))
