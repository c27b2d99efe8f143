"""Lines drawn under words or through them, which are not the rules of tables."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from operator import attrgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from annual_report.readers.published.pdf.characters import Character
    from annual_report.readers.published.pdf.geometry import Rule

# Distances from the base line, in sizes of the type.
_UNDER = 0.16
"""How far below it a line under a word is, at most; a table's rule is further away."""
_THROUGH = (0.15, 0.6)
"""How far above it a line through a word is."""
_SAME_END = 2.0
"""How exactly such a line begins and ends where the word does, in points."""
_TOUCH = 1.5
"""How far a cell's border ends from those beside it, at most, in points."""


def without_strokes(
    across: Iterable[Rule], down: Sequence[Rule], characters: Sequence[Character]
) -> tuple[list[Rule], list[Character]]:
    """Tell the rules of tables from lines under words and through them.

    Parameters
    ----------
    across, down
        A page's horizontal and vertical lines.
    characters
        Its characters.

    Returns
    -------
    tuple[list[Rule], list[Character]]
        The other horizontal lines, and the characters that are struck through.
    """
    level = sorted((character for character in characters if not character.turn), key=attrgetter("y"))
    bases = [character.y for character in level]
    largest = max((character.size for character in level), default=0.0)
    kept, struck = [], []
    for rule in across:
        first = bisect_left(bases, rule.at - _UNDER * largest)
        last = bisect_right(bases, rule.at + _THROUGH[1] * largest)
        word = _word(rule, level[first:last])
        if not word or (_meets(rule.start, rule.at, down) and _meets(rule.end, rule.at, down)):
            kept.append(rule)
        elif word[0].y > rule.at:
            struck += word
    return kept, struck


def _word(rule: Rule, near: Sequence[Character]) -> list[Character]:
    """Return the characters that a line is drawn under or through, if it begins and ends where they do."""
    word = [
        character
        for character in near
        if rule.start < character.centre[0] < rule.end and _is_stroke(character.y - rule.at, character.size)
    ]
    if not word:
        return []
    start, end = min(character.x0 for character in word), max(character.x1 for character in word)
    return word if abs(start - rule.start) < _SAME_END and abs(end - rule.end) < _SAME_END else []


def _meets(x: float, y: float, down: Iterable[Rule]) -> bool:
    return any(abs(line.at - x) < _TOUCH and line.start - _TOUCH < y < line.end + _TOUCH for line in down)


def _is_stroke(height: float, size: float) -> bool:
    return -_UNDER * size < height < 0 or _THROUGH[0] * size < height < _THROUGH[1] * size
