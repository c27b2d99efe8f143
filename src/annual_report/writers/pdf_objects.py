"""The objects of a PDF file: where they are, and the file with parts of them replaced."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import accumulate

_POINTER = re.compile(rb"startxref\s+(\d{1,12})\s+%%EOF\s*\Z")
_TABLE = re.compile(rb"xref\s+0 \d+\s+((?:\d{10} \d{5} [nf]\s{1,2})+)trailer\b")


def pointer(content: bytes) -> re.Match[bytes] | None:
    """Find the digits at the end of a PDF that say where its table of objects begins; they are the match's group."""
    return _POINTER.search(content, max(0, len(content) - 100))


@dataclass(frozen=True, slots=True)
class CrossReferences:
    """The table at the end of a PDF that says where its objects begin.

    Parameters
    ----------
    start, end
        Where its entries are.
    pointer
        Where the digits are that say where the table begins.
    offsets
        Where the objects begin.
    """

    start: int
    end: int
    pointer: tuple[int, int]
    offsets: tuple[int, ...]


def cross_references(content: bytes) -> CrossReferences | None:
    """Find the table of objects of a PDF.

    Parameters
    ----------
    content
        The file's bytes.

    Returns
    -------
    CrossReferences or None
        The table; none if the end of the file does not lead to one, which is so if the table is compressed.
    """
    end = pointer(content)
    table = end and _TABLE.match(content, int(end[1]))
    if end is None or table is None:
        return None
    offsets = tuple(int(entry[:10]) for entry in re.findall(rb"\d{10} \d{5} n", table[1]))
    return CrossReferences(*table.span(1), end.span(1), offsets)


def replace(content: bytes, table: CrossReferences, changes: dict[tuple[int, int], bytes]) -> bytes:
    """Replace parts of a PDF's objects.

    Parameters
    ----------
    content
        The file's bytes.
    table
        Its table of objects.
    changes
        The new bytes for each range of the old ones; the ranges do not overlap, and end before the table.

    Returns
    -------
    bytes
        The file, whose table gives the objects' new places.
    """
    ranges = sorted(changes)
    grown = [0, *accumulate(len(changes[part]) - (part[1] - part[0]) for part in ranges)]
    starts = [start for start, _ in ranges]

    def moved(offset: int) -> int:
        return offset + grown[bisect_left(starts, offset)]

    entries = re.sub(
        rb"(\d{10})( \d{5} n)",
        lambda entry: b"%010d%b" % (moved(int(entry[1])), entry[2]),
        content[table.start : table.end],
    )
    start_of_table = moved(int(content[slice(*table.pointer)]))
    everything = changes | {(table.start, table.end): entries, table.pointer: b"%d" % start_of_table}
    parts: list[bytes] = []
    position = 0
    for (start, end), new in sorted(everything.items()):
        parts += (content[position:start], new)
        position = end
    return b"".join((*parts, content[position:]))
