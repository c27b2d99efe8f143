"""Estimates where a document's pages end, so that a table's labels are repeated only where it breaks."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from math import floor
from typing import TYPE_CHECKING

from annual_report.document.blocks import Block, Heading, Paragraph, Table, Title
from annual_report.document.line_breaks import balanced
from annual_report.writers.docx.pages import Rows, rows
from annual_report.writers.docx.styles import LEADING
from annual_report.writers.docx.units import ems

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

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
_WORD = re.compile("[!-~]+")
_JOINED = "0"
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
    place = next((place for place, block in enumerate(blocks) if _is_crossed(block)), None)
    if place is None:
        return ()
    tables = {block.key: _rows(block, style) for block in blocks[: place + 1] if isinstance(block, Table)}
    measured = list(tables.values())[-1]
    first = next(place for place, block in enumerate(blocks) if isinstance(block, Table))
    pages = [_first_page(style, tables, libreoffice=libreoffice).after(blocks[:first]) for libreoffice in (True, False)]
    found: tuple[int, ...] = ()
    for page in _likely(pages, blocks[first:place]):
        for row in page.add_table(measured):
            both = tuple(sorted({*found, row}))
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
    tables = {block.key: _rows(block, style) for block in blocks if isinstance(block, Table)}
    for place, (heading, table) in enumerate(pairwise(blocks)):
        if isinstance(heading, Heading) and isinstance(table, Table):
            tops, starts = tables[table.key].tops, tables[table.key].starts
            if starts and tops[-1] > style.text_height:
                page = _first_page(style, tables, libreoffice=True).after(blocks[: place + 1])
                yield place, heading, page.moved(_SURE).is_left_by(tops[starts[0]])


def _likely(pages: Sequence[_Page], blocks: Sequence[Block]) -> Iterator[_Page]:
    """Add blocks, and yield the pages that the next one may begin on, the likeliest first."""
    with_text = any(isinstance(block, Paragraph) for block in blocks)
    for more in _MORE_LINES:
        for page in pages:
            yield page.moved(more).after(blocks)
            if more and with_text:
                yield page.moved(0).after(blocks).moved(more)


def _is_crossed(block: Block) -> bool:
    return isinstance(block, Table) and block.grid.layout == "crossed"


def _rows(table: Table, style: Style) -> Rows:
    return rows(table.grid, style, whole=table.key in style.tables.keep_whole)


def _first_page(style: Style, tables: Mapping[str, Rows], *, libreoffice: bool) -> _Page:
    return _Page(style, tables, libreoffice, _line(style.characters, hanging=not libreoffice), style.text_height)


@dataclass(slots=True)
class _Page:
    """The page that a document's next block begins on.

    Parameters
    ----------
    style
        The style.
    tables
        The rows of the tables, by section.
    libreoffice
        Whether LibreOffice sets it, which has neither hanging punctuation nor run-in headings, rather than Word.
    line
        What matches a line of text.
    height
        The height of the type area, in points.
    used
        The height of what is on the page, in points.
    kept
        The height of the headings that are kept with what follows and are not on the page yet.
    """

    style: Style
    tables: Mapping[str, Rows]
    libreoffice: bool
    line: re.Pattern[str]
    height: float
    used: float = 0.0
    kept: float = 0.0

    def moved(self, lines: int) -> _Page:
        """Return the page with more lines on it."""
        return replace(self, used=max(0.0, self.used + lines * self.style.line_pitch))

    def after(self, blocks: Iterable[Block]) -> _Page:
        """Add blocks, and return the page."""
        for block in blocks:
            if isinstance(block, Title):
                self._add_title(block)
            elif isinstance(block, Heading):
                self.kept += self._lines(block.runs) * self.style.line_pitch
            elif isinstance(block, Paragraph):
                apart = self.libreoffice and block.lead
                for runs in (block.lead, block.runs) if apart else ((*block.lead, *block.runs),):
                    self._add_lines(self._lines(runs))
            elif isinstance(block, Table):
                self.add_table(self.tables[block.key])
        return self

    def add_table(self, measured: Rows) -> list[int]:
        """Add a table, and return the rows that begin a page below its first ones."""
        tops = measured.tops
        units = pairwise((0, *measured.starts, len(tops) - 1))
        head = tops[measured.header_rows]
        begun = [begin for begin, end in units if self._add_unit(tops[end] - tops[begin], head if begin else 0.0)]
        return [row for row in begun if row]

    def is_left_by(self, height: float) -> bool:
        """Tell whether what is not parted goes to the next page, with the headings kept with it."""
        return self.used + self.kept + height > self.height + _ROUNDING

    def _add_title(self, title: Title) -> None:
        style = self.style
        capacity = style.text_width / style.fonts.title.size
        lines = sum(len(balanced(line, capacity, ems)) for line in title.lines)
        pitch = max(style.line_pitch, style.fonts.title.size * LEADING)
        self.used += lines * pitch + 2 * style.title_space * style.line_pitch

    def _add_lines(self, lines: int) -> None:
        pitch = self.style.line_pitch
        self._add_unit(pitch)
        more = lines - 1
        fitting = floor((self.height - self.used + _ROUNDING) / pitch)
        if more > fitting:
            more = (more - fitting - 1) % self.style.lines + 1
            self.used = 0.0
        self.used += more * pitch

    def _add_unit(self, height: float, repeated: float = 0.0) -> bool:
        """Add what is not parted, below the headings kept with it, and tell whether it begins a page."""
        new = self.is_left_by(height)
        height += self.kept
        self.used = height + (repeated if new else self.used)
        self.kept = 0.0
        return new

    def _lines(self, runs: Sequence[Run]) -> int:
        """Count the lines of a paragraph."""
        text = "".join([run.text for run in runs])
        return len(self.line.findall(_CHARACTER * self.style.indent + _WORD.sub(_as_wide, text))) or 1


@cache
def _line(characters: int, *, hanging: bool) -> re.Pattern[str]:
    """Return what matches a line with at most so many characters, and a mark that may hang over its end."""
    ends = f"(?<![{_NOT_LAST}])(?![{_NOT_FIRST}])(?!(?<={_JOINED}){_JOINED})"
    hangs = f"[{_HANGING}](?![{_NOT_FIRST}])|" if hanging else ""
    return re.compile(f"(?s:.{{1,{characters}}}(?:{hangs}{ends})|.{{1,{characters}}})")


def _as_wide(word: re.Match[str]) -> str:
    """Replace a number or a Latin word by characters of its width, with the quarters that programs add around it."""
    return _JOINED * (len(word[0]) // 2 + 1)
