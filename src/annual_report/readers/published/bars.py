"""Tables in text in which a bar follows each cell, as programs write them that take the text out of pages.

Blank cells break a row into several lines, or each cell is a line. Rows with merged cells are filled up with bars at
their ends, so that all rows but the last have as many, which tells where each ends.
"""

from __future__ import annotations

import re
from itertools import accumulate
from typing import TYPE_CHECKING

from annual_report.readers.lines import is_figure

if TYPE_CHECKING:
    from collections.abc import Sequence

_FILLING = re.compile(r"(?:^|(?<=\| ))\|{2,}$")
_FILLED_UP = re.compile(r"(?<=\| )\|+$")
_BLANK = re.compile(r"\|\s+\|")


def is_end_of_cell(line: str) -> bool:
    """Return whether a line has nothing but bars, so that the line before may be the text of a cell."""
    return bool(line.strip()) and not line.strip().strip("|")


def rows_across_lines(lines: Sequence[str]) -> list[list[str]] | None:
    r"""Return the rows of a table that has a bar after each cell.

    Parameters
    ----------
    lines
        The lines of the table.

    Returns
    -------
    list[list[str]] | None
        The cells of each row, without the bars that it is filled up with; nothing if the lines are no such table, or
        where its rows end is not certain.

    Examples
    --------
    >>> rows_across_lines(["信息内容 |", "|||", "规章 | 1 |", "| 2 |"])
    [['信息内容'], ['规章', '1', '', '2']]
    """
    stripped = [line.strip() for line in lines]
    if stripped[0].startswith("|") or any(map(_has_blank_before_words, stripped)):
        return None
    ends = list(accumulate(line.count("|") for line in stripped))
    width = _width(stripped, ends)
    if width is None:
        return None
    rows: list[list[str]] = []
    start = 0
    for end, (line, bars) in enumerate(zip(stripped, ends, strict=True), 1):
        if (line.endswith("|") and bars % width == 0) or end == len(ends):
            rows.append(_cells(stripped[start:end]))
            start = end
    return None if len(rows[-1]) == 1 and is_figure(rows[-1][0]) else rows  # some row has a number too many


def _has_blank_before_words(line: str) -> bool:
    """Return whether a blank cell does not break its row, so that bars at a row's end could be blank cells too."""
    blank = _BLANK.search(line)
    return blank is not None and bool(line[blank.end() :].replace("|", "").strip())


def _width(lines: Sequence[str], ends: Sequence[int]) -> int | None:
    """Return how many bars each row has, if only one number lets rows end where lines do and where they are full."""
    filled_up = [bars for line, bars in zip(lines, ends, strict=True) if _FILLING.search(line)]
    if not filled_up or any("||" in _FILLING.sub("", line) for line in lines):
        return None
    at, total = set(ends), ends[-1]
    widths = [
        width
        for width in range(2, min(filled_up) + 1)
        if all(bars % width == 0 for bars in filled_up) and all(bars in at for bars in range(width, total + 1, width))
    ]
    return widths[0] if len(widths) == 1 else None


def _cells(lines: Sequence[str]) -> list[str]:
    """Take the cells of a row, without the bars that it is filled up with."""
    whole = lines[:-1] if _FILLING.fullmatch(lines[-1]) else lines
    text = _FILLED_UP.sub("", "\n".join(whole))
    return [part.strip() for part in text.split("|")[:-1]]
