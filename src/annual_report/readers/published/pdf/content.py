"""Blocks out of pages: their paragraphs and tables, across pages, and what whoever reads them should know."""

from __future__ import annotations

import re
from statistics import median_low
from typing import TYPE_CHECKING

from annual_report.messages import message
from annual_report.readers.blocks import Cell, Location, Paragraph, Remark, Table
from annual_report.readers.published.pdf.joins import Joined, as_table, goes_on, join
from annual_report.readers.published.pdf.layout import page_margins
from annual_report.readers.published.pdf.lines import Line
from annual_report.readers.published.pdf.paragraphs import paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from annual_report.messages import Message
    from annual_report.readers.blocks import Block
    from annual_report.readers.published.pdf.layout import Sheet
    from annual_report.readers.published.pdf.pages import Page
    from annual_report.readers.published.pdf.paragraphs import Margins, Text

_CENTIMETRE = 72 / 2.54
_NOTE_MARK = re.compile("[0-9¹²³⁴⁵⁶⁷⁸⁹①-⑳*※]")
_SMALLER = 0.9
"""How large the type of notes is, at most, beside that of the text."""


def blocks(sheets: Sequence[Sheet]) -> tuple[list[Block], list[Remark]]:
    """Return the paragraphs and tables of all pages in reading order, and what is doubtful about them.

    Parameters
    ----------
    sheets
        The pages, without running heads.

    Returns
    -------
    tuple[list[Block], list[Remark]]
        The blocks, and the remarks about the tables.
    """
    edges = page_margins(sheets)
    found: list[Block] = []
    remarks: list[Remark] = []
    tables = texts = 0
    for run in _runs(sheets):
        if not isinstance(run, Joined):
            for text in paragraphs(run, edges):
                texts += 1
                found.append(_paragraph(text, texts, edges))
        elif len(run.cells) == 1:  # a frame
            for line in run.cells[0].text.splitlines():
                texts += 1
                found.append(Paragraph(line, Location(run.cells[0].page, paragraph=texts)))
        else:
            tables += 1
            table = _table(run, tables)
            found.append(table)
            remarks += _crossing(run, table)
    return found, remarks


def _runs(sheets: Sequence[Sheet]) -> list[Joined | list[Line]]:
    """Put together the lines between tables, and the parts of tables that follow one another on pages."""
    runs: list[Joined | list[Line]] = []
    size = median_low([line.size for sheet in sheets for line in sheet.lines] or [0.0])
    for sheet in sheets:
        for place, item in enumerate(sheet.items):
            last = runs[-1] if runs else None
            if isinstance(item, Line):
                if isinstance(last, list):
                    last.append(item)
                else:
                    runs.append([item])
                continue
            at = -2 if isinstance(last, list) and _are_footnotes(last, size) else -1
            table = runs[at] if len(runs) >= -at else None
            if isinstance(table, Joined) and place == 0 and goes_on(table, item):
                runs[at] = join(table, item)
            else:
                runs.append(as_table(item))
    return runs


def _are_footnotes(lines: Sequence[Line], size: float) -> bool:
    """Return whether lines are notes at a page's foot, which end no table: smaller than most, the first marked."""
    return _NOTE_MARK.match(lines[0].text) is not None and all(line.size < _SMALLER * size for line in lines)


def _table(table: Joined, number: int) -> Table:
    cells = tuple(
        Cell(
            cell.row,
            cell.column,
            cell.rows,
            cell.columns,
            cell.text,
            Location(cell.page, number, cell.row + 1, cell.column + 1),
        )
        for cell in sorted(table.cells, key=lambda cell: (cell.row, cell.column))
    )
    return Table(cells, Location(cells[0].location.page, number))


def _crossing(printed: Joined, table: Table) -> Iterator[Remark]:
    crossed = {(cell.row, cell.column) for cell in printed.cells if cell.is_crossed}
    for cell in table.cells:
        if (cell.row, cell.column) in crossed:
            words = message("a number is printed across the line between two cells")
            yield Remark("number_across_cells", "doubt", words, cell.text, cell.location)


def _paragraph(text: Text, number: int, edges: Mapping[int, Margins]) -> Paragraph:
    first = text.lines[0]
    settings = {edges[line.page].alignment(line) for line in text.lines}
    return Paragraph(
        text.text,
        Location(first.page, paragraph=number),
        emphasis=text.emphasis(),
        align=settings.pop() if len(settings) == 1 else None,
        lines=tuple(text.starts),
    )


def page_remarks(pages: Sequence[Page]) -> list[Remark]:
    """Return what is not, or not surely, what a reader of the pages sees."""
    return [remark for page in pages for remark in _remarks(page)]


def _remarks(page: Page) -> Iterator[Remark]:
    place = Location(page.number)

    def doubt(kind: str, words: Message) -> Remark:
        return Remark(kind, "doubt", words, "", place)

    if not all(character.painted or character.text.isspace() for character in page.characters):
        yield doubt(
            "invisible_text", message("the page has text that is not visible, as text recognition puts it over a scan")
        )
    for font, count in page.unknown.items():
        words = message(
            "the font {font} does not say which characters these are: {count}", font=font or "?", count=count
        )
        yield doubt("no_unicode", words)
    if any(map(str.isdigit, page.struck)):
        yield Remark("struck_number", "doubt", message("a number is struck through"), page.struck, place)
    elif page.struck.strip():
        words = message("text that is struck through is left out")
        yield Remark("struck_text", "info", words, page.struck, place)
    if page.pictures and not page.characters:
        yield doubt("picture_page", message("the page is a picture without text"))
    elif page.pictures:
        widest = max(page.pictures, key=lambda box: box.width * box.height)
        size = " × ".join(f"{length / _CENTIMETRE:.0f}" for length in (widest.width, widest.height))
        words = message("the page has a picture of {size} cm, in which nothing is read", size=size)
        yield Remark("picture", "info", words, "", place)
    if page.slanted.strip():
        words = message("text at an angle is left out, such as a watermark")
        yield Remark("slanted_text", "info", words, page.slanted, place)
