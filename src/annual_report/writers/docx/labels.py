"""Lays out the labels of tables and the name that signs, so that their lines end between words."""

from __future__ import annotations

from typing import NamedTuple

from annual_report.document.line_breaks import boundaries, name_boundaries
from annual_report.writers.docx.columns import SLACK
from annual_report.writers.docx.units import ems


class Label(NamedTuple):
    """A label laid out in its cell.

    Parameters
    ----------
    parts
        The label in parts, each with the space after it that leaves no room for the next part's first character, in
        points. Usually it is one part with no space, whose lines are as long as fit.
    indent
        The indent that shortens the lines, in points.
    lines
        The number of its lines.
    """

    parts: tuple[tuple[str, float], ...]
    indent: float
    lines: int


def laid_out(text: str, room: float, size: float) -> Label:
    """Lay out a label.

    Parameters
    ----------
    text
        The label.
    room
        The available width, in points.
    size
        The type size, in points.

    Returns
    -------
    Label
        With the least indent that adds at most one line and makes every line end between words; if there is none,
        with spaces that end the lines between words. A label with a word longer than a line is left as it is.

    Examples
    --------
    >>> laid_out("3.危及“三安全一稳定”", 84, 10).parts
    (('3.危及', 54.0), ('“三安全一稳定”', 0.0))
    """
    allowed = set(boundaries(text))
    fewest = len(_breaks(text, room / size))
    for quarters in range(int((room / size - 1.5) * 4)):
        narrower = quarters / 4 * size
        breaks = _breaks(text, (room - narrower) / size)
        if len(breaks) > fewest + 1:
            break
        if allowed.issuperset(breaks) and breaks == _breaks(text, (room + SLACK - narrower) / size):
            return Label(((text, 0.0),), narrower, 1 + len(breaks))
    lines = _split(text, room / size)
    if not lines:
        return Label(((text, 0.0),), 0.0, 1 + fewest)
    spaces = [max(0.0, room - (ems(line) + _NO_ROOM) * size) for line in lines[:-1]]
    return Label(tuple(zip(lines, [*spaces, 0.0], strict=True)), 0.0, len(lines))


_NO_ROOM = 0.25
"""The width in which no character fits, in widths of a Chinese character."""


def name_width(name: str, capacity: float) -> float:
    """Find the width of the lines in which a name is set.

    Parameters
    ----------
    name
        The name.
    capacity
        The available width, in widths of a Chinese character.

    Returns
    -------
    float
        The width of the name if it fits on one line. Otherwise the least width at which it takes no more lines than
        necessary, if possible one at which they end between words.

    Examples
    --------
    >>> name_width("新疆维吾尔自治区克孜勒苏柯尔克孜自治州阿克陶县人民政府", 26)
    19.0
    """
    fewest = len(_breaks(name, capacity))
    if not fewest:
        return ems(name)
    broken = {half / 2: _breaks(name, half / 2) for half in range(2, int(capacity * 2) + 1)}
    widths = [width for width, breaks in broken.items() if len(breaks) == fewest]
    allowed = set(name_boundaries(name))
    return next((width for width in widths if allowed.issuperset(broken[width])), widths[0])


def _breaks(text: str, capacity: float) -> list[int]:
    """Find where a text breaks if every line is filled with as many characters as fit."""
    breaks: list[int] = []
    filled = 0.0
    for offset, character in enumerate(text):
        width = ems(character)
        if filled + width > capacity:
            breaks.append(offset)
            filled = 0.0
        filled += width
    return breaks


def _split(text: str, capacity: float) -> list[str]:
    """Split a text between words into as few lines as fit; empty if a word does not fit."""
    lines: list[str] = []
    start = end = 0
    for offset in [*boundaries(text), len(text)]:
        if ems(text[start:offset]) > capacity:
            lines.append(text[start:end])
            start = end
        if ems(text[start:offset]) > capacity:
            return []
        end = offset
    return [*lines, text[start:]]
