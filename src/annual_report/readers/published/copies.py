"""A report that a page holds twice, for wide screens and for phones or for printing: one copy is left out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from annual_report.form.sections import SECTIONS, TABLES
from annual_report.messages import message
from annual_report.readers.align import SURE
from annual_report.readers.blocks import Block, Content, Paragraph, Remark, Table
from annual_report.readers.published.boilerplate import is_after, is_before
from annual_report.readers.published.dates import as_date
from annual_report.readers.published.sections import kind_of, section_of

if TYPE_CHECKING:
    from collections.abc import Sequence


def without_copy(content: Content) -> Content:
    """Leave out a second copy of a report, if the two are alike word for word.

    Parameters
    ----------
    content
        What the file's reader found in it.

    Returns
    -------
    Content
        The same without the copy, and with a remark if there was one.
    """
    blocks = content.blocks
    if sum(isinstance(block, Table) for block in blocks) < 2 * len(TABLES):
        return content
    tables = [index for index, block in enumerate(blocks) if isinstance(block, Table) and kind_of(block)]
    if len(tables) < 2 * len(TABLES):
        return content
    first = tables[0]
    words = _words(blocks[first])
    second = next((index for index in tables[1:] if _words(blocks[index]) == words), None)
    if second is None:
        return content
    begin, end = _alike(blocks, first, second)
    copy, after = begin + second - first, end + second - first
    if not (_is_report(blocks[begin:end]) and all(map(_is_around, blocks[end:copy]))):
        return content
    said = message("the file has the same report twice; the second one is left out")
    remark = Remark("report.twice", "info", said, location=blocks[copy].location)
    return replace(content, blocks=(*blocks[:copy], *blocks[after:]), remarks=(*content.remarks, remark))


def _alike(blocks: Sequence[Block], first: int, second: int) -> tuple[int, int]:
    """Find where blocks around the first place begin and end to be those around the second."""
    begin, end = first, first + 1
    while begin > 0 and _are_alike(blocks, begin - 1, second - first):
        begin -= 1
    while end < begin + second - first and _are_alike(blocks, end, second - first):
        end += 1
    return begin, end


def _are_alike(blocks: Sequence[Block], index: int, distance: int) -> bool:
    return index + distance < len(blocks) and _words(blocks[index]) == _words(blocks[index + distance])


def _words(block: Block) -> tuple[object, ...]:
    """Return a paragraph's words, or where each of a table's cells is with its words."""
    if isinstance(block, Paragraph):
        return ("".join(block.text.split()),)
    return tuple((cell[:4], "".join(cell.text.split())) for cell in block.cells)


def _is_around(block: Block) -> bool:
    """Return whether a block between the copies is the page's; a day alone may be the first one's signature."""
    if not isinstance(block, Paragraph) or as_date(block.text) is not None:
        return False
    return is_before(block.text) or is_after(block.text)


def _is_report(blocks: Sequence[Block]) -> bool:
    """Return whether blocks have all sections' headings and tables."""
    headings = {section_of(block.text, SURE) for block in blocks if isinstance(block, Paragraph)}
    kinds = {kind_of(block) for block in blocks if isinstance(block, Table)}
    return headings.issuperset(SECTIONS) and kinds.issuperset(TABLES)
