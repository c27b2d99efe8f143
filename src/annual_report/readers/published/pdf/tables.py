"""Tables as they are printed on a page: the grid of their lines, with the text of each cell."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from annual_report.readers.published.pdf.lines import lines_in_any_direction, words
from annual_report.readers.published.pdf.paragraphs import Margins, paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from annual_report.readers.published.pdf.characters import Character
    from annual_report.readers.published.pdf.geometry import Box
    from annual_report.readers.published.pdf.grid import Grid
    from annual_report.readers.published.pdf.lines import Line

_UPPER_PART = 0.3
"""How far down in a character the point is that tells its cell."""
_TOP = 0.75
"""How far above the base line that point is, at most, in sizes of the type: some fonts' boxes are high above it."""
_HIGHEST = 2.0
"""How high the box of a single character is, at most, in sizes of the type."""
_JUST_BELOW = 0.3
"""How far from a table's lower edge the top of a line is that a page's end has cut off, in sizes of the type."""
_JUST_ABOVE = 1.5
"""How far above the edge the base line of the last line inside is, at most."""
_LEADING = 1.7
"""How far apart the base lines of the two are, at most."""
_OFF_CENTRE = 0.3
"""How far apart the middles of centred lines are, at most."""
_MARKS = frozenset("-－−–—―/／\\")
"""What stands for zero."""
_PADDING = 6.0
"""How far from its edges a cell's text is, at most, in points."""


@dataclass(slots=True)
class PrintedCell:
    """A cell.

    Parameters
    ----------
    row, column
        Its upper left place, counted from 0.
    rows, columns
        How many rows and columns it spans.
    page
        The page it is printed on.
    text
        Its text; a line feed parts paragraphs, and two lines that may be one number or two.
    is_full
        Whether its last line has no room for more.
    is_crossed
        Whether a number is printed across one of its edges.
    """

    row: int
    column: int
    rows: int
    columns: int
    page: int
    text: str
    is_full: bool
    is_crossed: bool


@dataclass(slots=True)
class Piece:
    """A table, or what a page has of it.

    Parameters
    ----------
    page
        The page's number.
    grid
        Its lines.
    cells
        Its cells, row by row.
    """

    page: int
    grid: Grid
    cells: list[PrintedCell]


def take_tables(characters: list[Character], grids: Sequence[Grid], page: int) -> tuple[list[Piece], list[Character]]:
    """Give each character to the table that it is in.

    Parameters
    ----------
    characters
        The page's characters, in the file's order.
    grids
        The page's tables, the smaller before the larger that they may be in.
    page
        The page's number.

    Returns
    -------
    tuple[list[Piece], list[Character]]
        The tables that hold text, and the characters in none.
    """
    pieces = []
    for grid in grids:
        left, top, right, bottom = grid.box
        inside: list[Character] = []
        outside: list[Character] = []
        for character in characters:
            x, y = _place(character)
            (inside if left <= x <= right and top <= y <= bottom else outside).append(character)
        cut = _cut_off(inside, outside, grid.box)
        if cut:
            taken = set(map(id, cut))
            inside += cut
            outside = [character for character in outside if id(character) not in taken]
        if any(not character.text.isspace() for character in inside):
            pieces.append(_fill(grid, inside, page))
            characters = outside
    return pieces, characters


def _place(character: Character) -> tuple[float, float]:
    """Return the point that tells the cell of a character; one that reaches down over a line is of the cell above."""
    x, y = character.centre
    height = character.y1 - character.y0
    is_usual = height < _HIGHEST * character.size  # that of a column of characters may be as high as the column
    return x, max(character.y0 + _UPPER_PART * height, character.y - _TOP * character.size) if is_usual else y


def _cut_off(inside: Sequence[Character], outside: Sequence[Character], box: Box) -> list[Character]:
    """Find the lines below a table that go on from several of its last cells, which a page's end has cut."""
    cut: list[Character] = []
    above, bottom = list(inside), box.y1
    while line := _line_below(above, outside, box._replace(y1=bottom), least=1 if cut else 2):
        cut += line
        above, bottom = line, max(character.y1 for character in line)
    return cut


def _line_below(inside: Sequence[Character], outside: Sequence[Character], box: Box, *, least: int) -> list[Character]:
    below = [
        character
        for character in outside
        if box.x0 <= character.x0 <= box.x1 and abs(character.y0 - box.y1) < _JUST_BELOW * character.size
    ]
    printed = [word for word in words(below) if not all(character.text.isspace() for character in word)]
    near = [character for character in inside if box.y1 - character.y < _JUST_ABOVE * character.size]
    above = list(words(near))
    apart = all(after[0].x0 - before[-1].x1 > after[0].size for before, after in pairwise(printed))
    is_cut = apart and all(any(_is_under(word, other) for other in above) for word in printed)
    return below if is_cut and len(printed) >= least and not any(map(_has_digit, printed)) else []


def _is_under(word: Sequence[Character], above: Sequence[Character]) -> bool:
    """Return whether one word's line may be the one after another's: they begin or are centred at the same place."""
    first, other = word[0], above[0]
    return (
        not _has_digit(above)
        and abs(first.size - other.size) < 1
        and (abs(first.x0 - other.x0) < 1 or abs(_middle(word) - _middle(above)) < _OFF_CENTRE * first.size)
        and 0 < first.y - other.y < _LEADING * first.size
    )


def _middle(word: Sequence[Character]) -> float:
    return (word[0].x0 + word[-1].x1) / 2


def _fill(grid: Grid, characters: Sequence[Character], page: int) -> Piece:
    owner = {
        (row, column): index
        for index, area in enumerate(grid.areas)
        for row in range(area.row, area.row + area.rows)
        for column in range(area.column, area.column + area.columns)
    }
    boxes = [grid.box_of(area) for area in grid.areas]
    contents: list[list[Character]] = [[] for _ in grid.areas]
    crossed: set[int] = set()
    for word in _by_cells(characters):
        middle = owner[grid.place(*_place(word[len(word) // 2]))]
        contents[middle] += word
        ends = (word[0].centre, word[-1].centre)
        if not (boxes[middle].x0 <= ends[0][0] and ends[1][0] <= boxes[middle].x1) and _has_figure(word):
            crossed |= {middle, *(owner[grid.place(*_place(end))] for end in (word[0], word[-1]))}
    cells = [
        PrintedCell(*area, *_read(content, box, page), index in crossed)
        for index, (area, content, box) in enumerate(zip(grid.areas, contents, boxes, strict=True))
    ]
    return Piece(page, grid, cells)


def _by_cells(characters: Sequence[Character]) -> Iterator[list[Character]]:
    """Yield words, each in one cell, and marks for zero one by one, since neighbouring cells may have them."""
    for word in words(characters):
        if all(character.text in _MARKS for character in word):
            yield from ([character] for character in word)
        else:
            yield word


def _has_figure(word: Sequence[Character]) -> bool:
    return any(character.text.isdigit() or character.text in _MARKS for character in word)


def _has_digit(word: Sequence[Character]) -> bool:
    return any(character.text.isdigit() for character in word)


def _read(characters: Sequence[Character], box: Box, page: int) -> tuple[int, str, bool]:
    """Return a cell's page, its text, and whether its last line is full."""
    lines = lines_in_any_direction(characters, page) if characters else []
    if not lines:
        return page, "", False
    last = lines[-1]
    padding = min(max(min(last.x0 - box.x0, box.x1 - last.x1), 0), _PADDING)
    is_full = box.width - (last.x1 - last.x0) < 2 * padding + last.size
    if len(lines) == 1:
        return page, last.text, is_full
    edges = {page: _margins(lines, characters[0].turn, box)}
    return page, "\n".join(_joined(text.lines) for text in paragraphs(lines, edges)), is_full


def _margins(lines: Sequence[Line], turn: int, box: Box) -> Margins:
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    if turn or not box.holds(left, lines[0].y):
        return Margins(left, right)
    padding = min(max(left - box.x0, 0), _PADDING)
    return Margins(box.x0 + padding, max(right, box.x1 - padding))


def _joined(lines: Sequence[Line]) -> str:
    text = lines[0].text
    for before, after in pairwise(lines):
        ends = before.text[-1] + after.text[0]
        text += "\n" * ends.isdigit() + " " * (ends.isascii() and ends.isalpha()) + after.text
    return text
