"""Paragraphs out of lines, by their indents, ends and distances."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from annual_report.readers.blocks import Alignment
    from annual_report.readers.published.pdf.geometry import Box
    from annual_report.readers.published.pdf.lines import Line

# Distances in sizes of the type.
_INDENT = 0.8
"""How far a paragraph's first line begins to the right of the others, at least."""
_SLACK = 0.6
"""How much of a full line is free although the next word has no room on it, by justification and hanging marks."""
_OFF_CENTRE = 0.6
"""How far a centred line is off the middle, at most."""
_FIRST_LINE = 2
"""How far the first lines of paragraphs are indented by custom."""

_LEADING = 1.35
"""How much larger the distance is between paragraphs, where it is larger, than between lines."""
_WIDEST_LEADING = 2.5
_SAME_SIZE = 0.15
"""How much the sizes of a paragraph's lines differ, at most."""
_SAME_EDGE = 3.0
"""How exactly lines begin and end at the margins, in points."""
_RIGHT_HALF = 0.3
_LONG = 0.6
"""How wide lines are whose ends may be at the margin, compared with the widest."""


_ENDS = "。；：！？"
_NUMBERED = re.compile("[一二三四五六七八九十]{1,3}、")
"""Numbers of headings, which begin a paragraph if a sentence ends before them."""
_LONG_WORD = 4.0
"""How wide a word is before which a numbered line ends as a heading, not because the word has no room on it."""


class Margins(NamedTuple):
    """Where lines begin and end."""

    left: float
    right: float

    def hold(self, line: Line) -> bool:
        """Return whether a line is between the margins."""
        return line.x0 > self.left - _SAME_EDGE and line.x1 < self.right + _SAME_EDGE

    def indents(self, x: float, size: float) -> bool:
        """Return whether a line that begins at a place is indented as a paragraph's first one."""
        return abs((x - self.left) / size - _FIRST_LINE) < _OFF_CENTRE / 2

    def centres(self, line: Line) -> bool:
        """Return whether a line is between the margins with as much room to its left as to its right."""
        left, right = (line.x0 - self.left) / line.size, (self.right - line.x1) / line.size
        return left > _INDENT and abs(left - right) < 2 * _OFF_CENTRE and not self.indents(line.x0, line.size)

    def alignment(self, line: Line) -> Alignment | None:
        """Return how a paragraph is set that is a single line."""
        if self.centres(line):
            return "centre"
        if line.x0 - self.left > _RIGHT_HALF * (self.right - self.left) and self.right - line.x1 < _SLACK * line.size:
            return "right"
        return None


@dataclass(slots=True)
class Text:
    """A paragraph.

    Parameters
    ----------
    lines
        Its lines.
    text
        Its characters.
    bold
        For each character, whether it is bold.
    starts
        Where the second line begins in the text, the third, and so on.
    """

    lines: list[Line]
    text: str
    bold: list[bool]
    starts: list[int] = field(default_factory=list)

    def emphasis(self) -> tuple[tuple[int, int], ...]:
        """Return the bold parts; none where all is bold, which is a heading.

        Digits and marks are bold where the letters around them are: often only one of two typefaces is a bold one.
        """
        letters = [place for place, character in enumerate(self.text) if character.isalpha()]
        parts = [list(places) for bold, places in groupby(letters, self.bold.__getitem__) if bold]
        if parts == [letters]:
            return ()
        return tuple((self._reach(part[0], -1), self._reach(part[-1], 1) + 1) for part in parts)

    def _reach(self, place: int, step: int) -> int:
        """Return the last of the bold marks and digits before or after a bold letter."""
        following = place + step
        while 0 <= following < len(self.text) and self.bold[following] and not self.text[following].isalpha():
            place, following = following, following + step
        return place


def margins(lines: Sequence[Line], paper: Box) -> Margins:
    """Find the margins of pages of text: the outermost places where more than one long line begins and ends.

    Parameters
    ----------
    lines
        The lines on the pages.
    paper
        The pages' edges; where no lines end together, the right margin is taken to be as wide as the left one.

    Returns
    -------
    Margins
        Where lines begin and end.
    """
    starts = sorted(line.x0 for line in lines) or [paper.x0]
    widest = max((line.x1 - line.x0 for line in lines), default=0.0)
    middle = (paper.x0 + paper.x1) / 2
    ends = [line.x1 for line in lines if line.x1 > middle and line.x1 - line.x0 > _LONG * widest] or [paper.x0]
    ends.sort(reverse=True)
    left = next((a for a, b in pairwise(starts) if b - a < _SAME_EDGE), starts[0])
    right = next((a for a, b in pairwise(ends) if a - b < _SAME_EDGE), None)
    return Margins(left, max(ends[0], paper.x1 - (left - paper.x0)) if right is None else right)


def paragraphs(lines: Sequence[Line], edges: Mapping[int, Margins]) -> list[Text]:
    """Put lines into paragraphs.

    Parameters
    ----------
    lines
        The lines in reading order; those at a page's end and start follow one another.
    edges
        The margins, by the pages' numbers.

    Returns
    -------
    list[Text]
        The paragraphs.
    """
    usual = usual_leading(lines)
    found: list[Text] = []
    for line in lines:
        if found and _continues(found[-1].lines[-1], line, edges, usual):
            _append(found[-1], line)
        else:
            found.append(Text([line], line.text, list(line.bold)))
    return found


def usual_leading(lines: Sequence[Line]) -> float:
    """Return the distance of the lines within paragraphs, in sizes of the type; there are few smaller ones."""
    distances = sorted((b.y - a.y) / b.size for a, b in pairwise(lines) if a.page == b.page and b.y > a.y)
    return min(distances[len(distances) // 4], _WIDEST_LEADING) if distances else 0.0


def are_apart(line: Line, following: Line, usual: float) -> bool:
    """Return whether two lines are of different sizes, or further apart on a page than the lines of a paragraph."""
    if abs(line.size - following.size) > _SAME_SIZE * line.size:
        return True
    return line.page == following.page and (following.y - line.y) / following.size > _LEADING * usual


def _continues(line: Line, following: Line, edges: Mapping[int, Margins], usual: float) -> bool:
    """Return whether a line goes on with the paragraph of the line before."""
    if are_apart(line, following, usual) or (line.text[-1] in _ENDS and _NUMBERED.match(following.text)):
        return False
    before, after = edges[line.page], edges[following.page]
    left = min(line.x0, after.left) if line.page == following.page else after.left
    room = before.right - line.x1
    if before.centres(line) and after.centres(following):
        room += line.x0 - before.left
    elif following.x0 - left > _INDENT * following.size:
        return False
    word = min(following.first_word, _LONG_WORD * line.size) if _NUMBERED.match(line.text) else following.first_word
    return room < word + _SLACK * line.size


def _append(text: Text, line: Line) -> None:
    before, after = text.text[-1], line.text[0]
    joint = " " if before.isascii() and after.isascii() and before.isalpha() and after.isalpha() else ""
    text.starts.append(len(text.text) + len(joint))
    text.text += joint + line.text
    text.bold += [False] * len(joint) + line.bold
    text.lines.append(line)
