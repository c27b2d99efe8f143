"""Estimates where a document's pages end, so that a table's labels are repeated only where it breaks."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import floor
from typing import TYPE_CHECKING, Any, TypeAlias

from annual_report.document.blocks import Heading, Paragraph, Table, Title
from annual_report.document.line_breaks import balanced
from annual_report.writers.docx.pages import Rows, rows
from annual_report.writers.docx.styles import LEADING
from annual_report.writers.docx.units import ems

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from annual_report.document.blocks import Block
    from annual_report.report.narrative import Run
    from annual_report.style import Style

_MORE_LINES = (0, 1, -1)
"""By how many lines the text before a table may be longer than estimated, the likeliest first."""
_SURE = 4
"""How many lines must be left below a table's first rows to be sure that these fit on the page."""
_ROUNDING = 0.5
"""By how much content may seem too high for its page, in points."""
_HANGING = "、。，"
_NOT_FIRST = "、。，；：？！）》〉」』】〕”’…—"
_NOT_LAST = "（《〈「『【〔“‘"
_JOINED = "0"
_WORD = re.compile("[!-~](?:(?<![!-~].)|[!-~]?)")
"""The first character of a number or of a Latin word, and then every two. Two are as wide as one of `_JOINED`; what the
first is too wide is as much as the quarters that programs add around a word, or the spaces written there."""
_SPACE = re.compile("(?<![!-~]) | (?![!-~])")
"""A space beside a Chinese character, which is as wide as such a quarter, or beside ›, which is narrow."""
_CHARACTER = "字"


def expected_breaks(blocks: Sequence[Block], style: Style) -> tuple[int, ...]:
    """Estimate where the first crossed table of a document breaks over pages.

    Parameters
    ----------
    blocks
        The document's blocks, with sub-headings arranged.
    style
        The style.

    Returns
    -------
    tuple[int, ...]
        In ascending order: the rows that begin a page as LibreOffice or Word sets the document, also if the text before
        the tables, or between them, takes one line more or less than estimated. Where two rows leave a label too little
        room between them, the less likely one is left out.
    """
    tables = [(place, block) for place, block in enumerate(blocks) if isinstance(block, Table)]
    place, table = next((found for found in tables if found[1].grid.layout == "crossed"), (0, None))
    if table is None:
        return ()
    first, measure = tables[0][0], _Measure(style)
    measured = measure.rows(table)
    pages = [measure.page.after(pieces) for pieces in measure.both(blocks[:first])]
    between = measure.both(blocks[first:place])
    with_text = any(isinstance(block, Paragraph) for block in blocks[first:place])
    found: tuple[int, ...] = ()
    for page in _likely(pages, between, with_text=with_text):
        for row in [row for row in page.add_table(measured) if row not in found]:
            both = tuple(sorted((*found, row)))
            found = both if measured.room_for_labels(both) else found
    return found


def headings_of_long_tables(blocks: Sequence[Block], style: Style) -> Iterator[tuple[int, Heading, bool]]:
    """Find the headings directly above tables that take more than a page.

    LibreOffice 7.4 may cut off the last row of merged cells of such a table if it keeps the table with its heading.

    Parameters
    ----------
    blocks
        The document's blocks, with sub-headings arranged.
    style
        The style.

    Yields
    ------
    tuple[int, Heading, bool]
        Its place, the heading, and whether it should begin a page, since the first rows might not fit below it.
    """
    measure = _Measure(style)
    for place, (heading, table) in enumerate(pairwise(blocks)):
        if isinstance(heading, Heading) and isinstance(table, Table):
            measured = measure.rows(table)
            if measured.starts and measured.tops[-1] > style.text_height:
                libreoffice, _ = measure.both(blocks[: place + 1])
                page = measure.page.after(libreoffice).moved(_SURE)
                yield place, heading, not page.has_room(measured.tops[measured.starts[0]])


def _likely(pages: Iterable[_Page], between: Iterable[Pieces], *, with_text: bool) -> Iterator[_Page]:
    """Add what is between the tables, and yield the pages that the next one may begin on, the likeliest first."""
    libreoffice, word = zip(pages, between, strict=True)
    for more in _MORE_LINES:
        for page, pieces in (libreoffice,) if libreoffice == word else (libreoffice, word):
            yield page.moved(more).after(pieces)
            if more and with_text:
                yield page.after(pieces).moved(more)


class _Measure:
    """Measures blocks in a style."""

    def __init__(self, style: Style) -> None:
        self._style = style
        self.pitch = style.line_pitch
        self.page = _Page(style.text_height, self.pitch, style.lines)
        self._indent = _CHARACTER * style.indent
        self._libreoffice, self._word = (_line(style.characters, hanging=hanging) for hanging in (False, True))

    def both(self, blocks: Iterable[Block]) -> tuple[Pieces, Pieces]:
        """Measure blocks as LibreOffice sets them, which hangs no marks and runs no headings in, and as Word does."""
        libreoffice: Pieces = []
        word: Pieces = []
        for block in blocks:
            if isinstance(block, Paragraph):
                parts = [self._wide(runs) for runs in (block.lead, block.runs) if runs]
                whole = self._wide((*block.lead, *block.runs)) if block.lead else parts[0]
                libreoffice += [(_Page.add_lines, self._lines(part, self._libreoffice)) for part in parts]
                word.append((_Page.add_lines, self._lines(whole, self._word)))
            elif isinstance(block, Heading):
                text = self._wide(block.runs)
                libreoffice.append((_Page.add_heading, self._lines(text, self._libreoffice)))
                word.append((_Page.add_heading, self._lines(text, self._word)))
            else:
                alike = self._other(block)
                libreoffice += alike
                word += alike
        return libreoffice, word

    def rows(self, table: Table) -> Rows:
        """Measure a table."""
        return rows(table.grid, self._style, whole=table.key in self._style.tables.keep_whole)

    def _other(self, block: Block) -> Pieces:
        if isinstance(block, Table):
            return [(_Page.add_table, self.rows(block))]
        if not isinstance(block, Title):
            return []
        style = self._style
        capacity = style.text_width / style.fonts.title.size
        lines = sum(len(balanced(line, capacity, ems)) for line in block.lines)
        pitch = max(self.pitch, style.fonts.title.size * LEADING)
        return [(_Page.add_space, lines * pitch + 2 * style.title_space * self.pitch)]

    def _wide(self, runs: Iterable[Run]) -> str:
        """Return the text of a paragraph, with characters as wide as its numbers and Latin words in their place."""
        text = "".join([run.text for run in runs])
        if " " in text:
            text = _SPACE.sub("", text)
        return self._indent + _WORD.sub(_JOINED, text)

    def _lines(self, text: str, line: re.Pattern[str]) -> int:
        """Count the lines of a paragraph."""
        return 1 if len(text) <= self._style.characters else len(line.findall(text))


@cache
def _line(characters: int, *, hanging: bool) -> re.Pattern[str]:
    """Return what matches a line with at most so many characters, and a mark that may hang over its end."""
    ends = f"(?<![{_NOT_LAST}])(?![{_NOT_FIRST}])(?!(?<={_JOINED}){_JOINED})"
    hangs = f"[{_HANGING}](?![{_NOT_FIRST}])|" if hanging else ""
    return re.compile(f"(?s:.{{1,{characters}}}(?:{hangs}{ends})|.{{1,{characters}}})")


@dataclass(slots=True)
class _Page:
    """The page that a document's next block begins on.

    Parameters
    ----------
    height
        The height of the type area, in points.
    pitch
        The distance between lines, in points.
    lines
        The number of lines of a full page.
    used
        The height of what is on the page, in points.
    kept
        The height of the headings that are kept with what follows and are not on the page yet.
    """

    height: float
    pitch: float
    lines: int
    used: float = 0.0
    kept: float = 0.0

    def moved(self, lines: int) -> _Page:
        """Return the page with more lines on it."""
        return _Page(self.height, self.pitch, self.lines, max(0.0, self.used + lines * self.pitch), self.kept)

    def after(self, pieces: Pieces) -> _Page:
        """Return the page that some blocks end on."""
        page = self.moved(0)
        for add, measured in pieces:
            add(page, measured)
        return page

    def has_room(self, height: float) -> bool:
        """Return whether what is not parted fits on the page, below the headings kept with it."""
        return self.used + self.kept + height <= self.height + _ROUNDING

    def add_space(self, height: float) -> None:
        """Add what takes some space at the top of the first page."""
        self.used += height

    def add_heading(self, lines: int) -> None:
        """Add a heading."""
        self.kept += lines * self.pitch

    def add_table(self, table: Rows) -> list[int]:
        """Add a table, and return the rows that begin a page below its first ones."""
        tops, begun = table.tops, []
        ends = [*map(tops.__getitem__, table.starts), tops[-1]]
        top, unit = self.used + self.kept, -1
        # Each turn finds the first unit that does not fit: it begins a page, below the repeated head.
        while (unit := max(bisect_right(ends, self.height + _ROUNDING - top), unit + 1)) < len(ends):
            row = table.starts[unit - 1] if unit else 0
            top = tops[table.header_rows] - tops[row] if row else self.kept
            begun += [row] if row else []
        self.used, self.kept = top + tops[-1], 0.0
        return begun

    def add_lines(self, lines: int) -> None:
        """Add a paragraph, the first line of which is on the page of the headings before it."""
        self.used = (self.used if self.has_room(self.pitch) else 0.0) + self.kept + self.pitch
        self.kept = 0.0
        more = lines - 1
        fitting = floor((self.height - self.used + _ROUNDING) / self.pitch)
        if more > fitting:
            more = (more - fitting - 1) % self.lines + 1
            self.used = 0.0
        self.used += more * self.pitch


Pieces: TypeAlias = "list[tuple[Callable[[_Page, Any], object], Any]]"
"""What is added to a page, each with the lines, the height or the rows that it was measured to have."""
