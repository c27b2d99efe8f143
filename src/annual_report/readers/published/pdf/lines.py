"""Lines of text, in reading order, out of characters."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter
from typing import TYPE_CHECKING

from annual_report.readers.published.pdf.characters import UNKNOWN, Character
from annual_report.readers.published.superscripts import raised

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

# Distances in sizes of the type.
_SAME_LINE = 0.5
"""How far apart base lines are on one line, with superscripts and digits of another typeface."""
_SAME_COLUMN = 0.45
"""How far apart the middles of characters are that are set below one another."""
_SPACE = 0.2
"""From which gap on a reader sees a space between letters where there is no such character."""
_SPACE_IN_NUMBER = 0.5
"""The same between digits, which justified lines move apart."""
_COLUMN = 1.5
"""From which gap on two characters are not read together."""
_WITHIN_WORD = 0.12
"""How far apart characters of one word are."""
_SAME_PLACE = 0.2
"""How far apart a character is printed twice to look bold."""
_OVERPRINTED = 0.4
"""How much of a digit's width another one covers where they are printed over each other."""
_RAISED = 0.15
"""How far a smaller digit is raised that is the mark of a note."""
_SMALLER = 0.9
"""How large its type is, at most, beside that of the line."""

_ENDS_NO_LINE = frozenset("（([《〈「『“‘【〔")
_STARTS_NO_LINE = frozenset("，。、；：？！）》〉」』”’】〕…％%),.;:?!")


@dataclass(slots=True)
class Line:
    """A line of text, in points to the right and down.

    Parameters
    ----------
    page
        The page's number.
    text
        Its characters, without white space at its ends; a tab stands for a wide gap.
    bold
        For each character, whether it is bold.
    x0, x1
        Where it begins and ends.
    y
        Its base line.
    size
        The size of its type.
    first_word
        The width of what is not divided at its start.
    """

    page: int
    text: str
    bold: list[bool]
    x0: float
    x1: float
    y: float
    size: float
    first_word: float


def lines(characters: Sequence[Character], page: int) -> list[Line]:
    """Put characters that are read to the right into lines, from top to bottom.

    Parameters
    ----------
    characters
        The characters.
    page
        The page's number.

    Returns
    -------
    list[Line]
        The lines; those of white space alone are left out.
    """
    rows: list[list[Character]] = []
    base = -math.inf
    for character in sorted(characters, key=attrgetter("y")):
        below = character.y - base
        if below and (not rows or below > _SAME_LINE * max(character.size, rows[-1][0].size)):
            rows.append([])
            base = character.y
        rows[-1].append(character)
    return [line for row in rows if (line := _line(row, page))]


def lines_in_any_direction(characters: Sequence[Character], page: int) -> list[Line]:
    """Put the characters of a table's cell into lines, also where they are turned or set in columns.

    Parameters
    ----------
    characters
        The characters, in the file's order.
    page
        The page's number.

    Returns
    -------
    list[Line]
        The lines in reading order, as they would be on a page turned so that they read to the right.
    """
    turns = {character.turn for character in characters}
    if turns == {0}:
        return _columns(characters, page) if _are_stacked(characters) else lines(characters, page)
    if len(turns) == 1:
        return lines([character.rotated(character.turn) for character in characters], page)
    return _columns(characters, page)


def words(characters: Iterable[Character]) -> Iterator[list[Character]]:
    """Yield the characters that are printed next to one another, word by word.

    Parameters
    ----------
    characters
        The characters, in the file's order.

    Yields
    ------
    list[Character]
        The characters of a word.
    """
    word: list[Character] = []
    for character in characters:
        if word and not _is_next(word[-1], character):
            yield word
            word = []
        word.append(character)
    if word:
        yield word


def _is_next(before: Character, after: Character) -> bool:
    near = _WITHIN_WORD * after.size
    return abs(after.x0 - before.x1) < near and abs(after.y - before.y) < near and before.turn == after.turn == 0


def _are_stacked(characters: Sequence[Character]) -> bool:
    """Return whether most characters are below the one before; digits are numbers of their own there."""
    beside = below = 0
    for before, after in pairwise(characters):
        if abs(after.y - before.y) < _SAME_LINE * after.size:
            beside += 1
        elif after.y > before.y and abs(after.centre[0] - before.centre[0]) < _SAME_COLUMN * after.size:
            if before.text.isdigit() and after.text.isdigit():
                return False
            below += 1
    return below > beside


def _columns(characters: Sequence[Character], page: int) -> list[Line]:
    """Read columns, from right to left, as lines."""
    columns: list[list[Character]] = []
    for character in sorted(characters, key=lambda character: -character.centre[0]):
        if not columns or columns[-1][0].centre[0] - character.centre[0] > _SAME_COLUMN * character.size:
            columns.append([])
        columns[-1].append(character)
    return [line for column in columns if (line := _line([_laid_down(character) for character in column], page))]


def _laid_down(old: Character) -> Character:
    """Return a column's character as it would be in a line."""
    start = old.y0 if old.turn else old.centre[1] - old.size / 2
    end = old.y1 if old.turn else start + old.size
    return Character(old.text, start, old.x0, end, old.x1, start, old.x0, old.size, 0, old.bold, old.painted)


def _line(characters: list[Character], page: int) -> Line | None:
    row = _each_once(characters)
    while row and row[-1].text.isspace():
        row.pop()
    if not row:
        return None
    while row[0].text.isspace():
        del row[0]
    _raise_marks(row)
    pieces, bold = [row[0].text], [row[0].bold] * len(row[0].text)
    for before, after in pairwise(row):
        piece = _gap(before, after) + after.text
        pieces.append(piece)
        bold += [after.bold] * len(piece)
    sizes = sorted([character.size for character in row])
    end = max([character.x1 for character in row])
    size = sizes[len(sizes) // 2]
    return Line(page, "".join(pieces), bold, row[0].x0, end, row[-1].y, size, _first_word(row) - row[0].x0)


def _each_once(characters: Sequence[Character]) -> list[Character]:
    """Order characters from left to right, and make those that are printed twice to look bold one bold one.

    Digits that are printed over others are unknown.
    """
    row: list[Character] = []
    hidden: list[Character] = []
    for new in sorted(characters, key=attrgetter("x0")):
        last = row[-1] if row else None
        over = last is not None and last.text.isdigit() and new.text.isdigit() and _covers(last, new)
        if last is None or new.text.isspace():
            row.append(new)
        elif last.text == new.text and (over or new.x0 - last.x0 < _SAME_PLACE * new.size):
            last.bold = True
        elif over:
            hidden.append(last)
        else:
            row.append(new)
    if hidden and len(once := _without_copies(characters)) < len(characters):
        return _each_once(once)
    for character in hidden:
        character.text = UNKNOWN
    return row


def _without_copies(characters: Sequence[Character]) -> list[Character]:
    """Leave out words that are printed over the same word in another size, as a whole."""
    kept: list[list[Character]] = []
    for word in words(characters):
        if not any(_are_copies(word, other) for other in kept):
            kept.append(word)
    return [character for word in kept for character in word]


def _are_copies(one: Sequence[Character], other: Sequence[Character]) -> bool:
    (x0, x1), (y0, y1) = ((word[0].x0, word[-1].x1) for word in (one, other))
    slack = _SAME_PLACE * one[0].size
    is_within = (x0 > y0 - slack and x1 < y1 + slack) or (y0 > x0 - slack and y1 < x1 + slack)
    return is_within and [character.text for character in one] == [character.text for character in other]


def _covers(one: Character, other: Character) -> bool:
    return one.x1 - other.x0 > _OVERPRINTED * min(one.x1 - one.x0, other.x1 - other.x0) > 0


def _raise_marks(row: list[Character]) -> None:
    """Read small raised digits as such, so that the mark of a note is no digit of the number before it."""
    largest = max(row, key=attrgetter("size"))
    for character in row:
        if character.size < _SMALLER * largest.size and character.y < largest.y - _RAISED * largest.size:
            character.text = raised(character.text)


def _gap(before: Character, after: Character) -> str:
    """Return the white space that a reader sees between two neighbours."""
    gap = (after.x0 - before.x1) / after.size
    if gap <= _SPACE or before.text.isspace() or after.text.isspace():
        return ""
    if gap > _COLUMN:
        return "\t"
    if not (before.text.isascii() and after.text.isascii() and before.text.isalnum() and after.text.isalnum()):
        return ""
    return " " if gap > _SPACE_IN_NUMBER or not (before.text + after.text).isdigit() else ""


def _first_word(row: list[Character]) -> float:
    """Return where what is not divided at a line's start ends."""
    for before, after in pairwise(row):
        word = before.text.isascii() and after.text.isascii() and not (before.text + after.text).isspace()
        if not (word or before.text in _ENDS_NO_LINE or after.text in _STARTS_NO_LINE):
            return before.x1
    return row[-1].x1
