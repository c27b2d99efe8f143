"""Pages as lines of text and tables from top to bottom, without page numbers and running heads."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from statistics import median_low
from typing import TYPE_CHECKING, TypeAlias

from annual_report.readers.published.pdf.grid import grids
from annual_report.readers.published.pdf.lines import Line, lines, lines_in_any_direction
from annual_report.readers.published.pdf.paragraphs import Margins, are_apart, margins, usual_leading
from annual_report.readers.published.pdf.tables import Piece, take_tables

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from annual_report.readers.published.pdf.geometry import Box
    from annual_report.readers.published.pdf.pages import Page

Item: TypeAlias = Line | Piece

_EDGE = 0.15
"""How much of a page's height its head takes, at most, and its foot."""
_SAME_HEIGHT = 4.0
"""How exactly running heads are at the same height, in points."""
_OFTEN = 0.3
"""On what share of the pages they are; odd and even pages may have different ones."""
_SAME_EDGE = 3.0
"""How exactly lines begin at the margin, in points."""
_FULL = 0.7
"""How wide lines are that tell where the margins are, compared with the widest."""
_ENOUGH_LINES = 6
_NUMBER = r"(?:[0-9０-９]{1,3}|[ivxIVX]{1,5}|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅰⅱⅲⅳⅴⅵⅶⅷⅸⅹ])"
_CHINESE = "[一二三四五六七八九十百]{1,4}"
_STROKES = r"[-‐‑‒–—―－−─~～·•●\s]"
_SIGNS = r"[-‐‑‒–—―－−─~～·•●◆■★*=_<>《》\[\]【】〔〕()（）|｜\s]"
_LONGEST_NUMBER = len("— Page 100 of 100 —") + 5
_PAGE_NUMBER = re.compile(
    rf"{_STROKES}+{_CHINESE}{_STROKES}+"
    rf"|{_SIGNS}*(?:(?:第\s*)?{_NUMBER}(?:\s*页)?|第\s*{_CHINESE}\s*页)"
    rf"(?:\s*[/／,，、|｜]?\s*(?:[/／共|｜]|of)\s*{_NUMBER}(?:\s*页)?)?{_SIGNS}*"
    rf"|{_SIGNS}*(?:[Pp]age|[Pp]\.?|页码[:：]?)\s*{_NUMBER}(?:\s*(?:[/／]|of)\s*{_NUMBER})?{_SIGNS}*"
)
_BARE = re.compile("[0-9０-９]{1,3}")
_FARTHEST = 2
"""How far a number without signs may be from its page's, where no other page has one as far from its own."""
_DIGITS = re.compile(r"\d+|(?<=第)[一二三四五六七八九十百]+(?=页\W*$)")


@dataclass(slots=True)
class Sheet:
    """A page's contents in reading order.

    Parameters
    ----------
    number
        The page's number.
    box
        Its edges.
    items
        Its lines and tables.
    """

    number: int
    box: Box
    items: list[Item]

    @property
    def lines(self) -> list[Line]:
        """Its lines of text."""
        return [item for item in self.items if isinstance(item, Line)]


def lay_out(page: Page, *, ruled: bool = True) -> Sheet:
    """Return a page's lines of text and tables from top to bottom; text beside the page's own direction comes last.

    Parameters
    ----------
    page
        The page.
    ruled
        Whether its lines are those of tables.

    Raises
    ------
    TooManyLinesError
        Its ruled lines are too many to be those of tables.
    """
    found = grids(page.across, page.down) if ruled else []
    pieces, rest = take_tables(page.characters, found, page.number)
    items: list[Item] = [*lines([character for character in rest if not character.turn], page.number), *pieces]
    items.sort(key=lambda item: item.y - item.size if isinstance(item, Line) else item.grid.box.y0)
    for turn in (1, 2, 3):
        beside = lines_in_any_direction([character for character in rest if character.turn == turn], page.number)
        items += [line for line in beside if not _is_page_number(line)]
    return Sheet(page.number, page.box, items)


def take_heads(sheets: Sequence[Sheet]) -> list[str]:
    """Take page numbers, and what is repeated at the top or the bottom of pages apart from the text, out of them.

    Parameters
    ----------
    sheets
        The pages, which are changed.

    Returns
    -------
    list[str]
        The running heads and feet, each once, without the page numbers.
    """
    taken: dict[str, None] = {}
    usual = usual_leading([line for sheet in sheets for line in sheet.lines])
    often = max(2, _OFTEN * len(sheets))
    for is_foot in (False, True):
        edges = [list(_edge(sheet, is_foot=is_foot)) for sheet in sheets]
        numbers = _page_numbers(edges)
        heights: dict[str, list[float]] = defaultdict(list)
        for sheet, edge in zip(sheets, edges, strict=True):
            for line in edge:
                heights[_without_digits(line)].append(line.y - sheet.box.y0)
        for sheet, edge in zip(sheets, edges, strict=True):
            heads: list[Line] = []
            for line in edge:
                height, others = line.y - sheet.box.y0, heights[_without_digits(line)]
                if not (id(line) in numbers or _is_repeated(height, others, often)):
                    break
                heads.append(line)
            sure = next((count for count, line in enumerate(heads, 1) if id(line) in numbers), 0)
            count = _count_apart(heads, sure, sheet, usual, is_foot=is_foot)
            taken |= dict.fromkeys(line.text for line in heads[:count] if id(line) not in numbers)
            sheet.items = sheet.items[: len(sheet.items) - count] if is_foot else sheet.items[count:]
    return list(taken)


def _page_numbers(edges: Sequence[Sequence[Line]]) -> set[int]:
    """Find the page numbers among the lines at pages' edges, by their identities.

    A number without signs is one where it is near its page's own, or as far from it as another page's.
    """
    found = {id(line): line for edge in edges for line in edge if _is_page_number(line)}
    apart = {key: int(line.text) - line.page for key, line in found.items() if _BARE.fullmatch(line.text)}
    often = Counter(apart.values())
    is_far = {key for key, distance in apart.items() if abs(distance) > _FARTHEST and often[distance] == 1}
    return found.keys() - (is_far if len(edges) > 1 else set())


def _count_apart(heads: list[Line], sure: int, sheet: Sheet, usual: float, *, is_foot: bool) -> int:
    """Count the lines at a page's edge that are no text: a line of text is as near to the next as usual."""
    items = sheet.items[::-1] if is_foot else sheet.items
    while len(heads) > sure:
        following = items[len(heads)] if len(heads) < len(items) else None
        if not isinstance(following, Line):
            break
        above, below = (following, heads[-1]) if is_foot else (heads[-1], following)
        if are_apart(above, below, usual):
            break
        heads.pop()
    return len(heads)


def _without_digits(line: Line) -> str:
    return _DIGITS.sub("0", line.text)


def _is_page_number(line: Line) -> bool:
    return len(line.text) <= _LONGEST_NUMBER and _PAGE_NUMBER.fullmatch(line.text) is not None


def _is_repeated(height: float, heights: Sequence[float], often: float) -> bool:
    return sum(abs(other - height) < _SAME_HEIGHT for other in heights) >= often


def _edge(sheet: Sheet, *, is_foot: bool) -> Iterator[Line]:
    """Yield the lines at a page's top or bottom, from its edge on."""
    for item in reversed(sheet.items) if is_foot else sheet.items:
        if not isinstance(item, Line):
            return
        distance = sheet.box.y1 - item.y if is_foot else item.y - sheet.box.y0
        if not 0 <= distance <= _EDGE * sheet.box.height:
            return
        yield item


def page_margins(sheets: Sequence[Sheet]) -> dict[int, Margins]:
    """Return each page's margins, by its number: its own where its text keeps to them, else those of its size."""
    sizes: dict[tuple[int, int], list[Sheet]] = defaultdict(list)
    for sheet in sheets:
        sizes[round(sheet.box.width), round(sheet.box.height)].append(sheet)
    found = {}
    for alike in sizes.values():
        common = _beside_tables(margins([line for sheet in alike for line in sheet.lines], alike[0].box), alike)
        for sheet in alike:
            full = sum(line.x1 - line.x0 > _FULL * (common.right - common.left) for line in sheet.lines)
            own = margins(sheet.lines, sheet.box)
            is_kept = full >= _ENOUGH_LINES and all(own.hold(line) for line in sheet.lines)
            found[sheet.number] = own if is_kept else common
    return found


def _beside_tables(found: Margins, sheets: Sequence[Sheet]) -> Margins:
    """Return margins as tables have them, if most lines begin at a first line's indent from these and few are full."""
    lines = [line for sheet in sheets for line in sheet.lines]
    full = sum(line.x1 > found.right - line.size for line in lines)
    if not lines or 2 * full > len(lines):
        return found
    size, start = median_low(line.size for line in lines), min(line.x0 for line in lines)
    boxes = [item.grid.box for sheet in sheets for item in sheet.items if isinstance(item, Piece)]
    wider = (Margins(box.x0, max(box.x1, found.right)) for box in boxes if start > box.x0 - _SAME_EDGE)
    return next((edges for edges in wider if edges.indents(found.left, size)), found)
