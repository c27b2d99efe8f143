"""Corrects the tags of a PDF made by LibreOffice: the title is its first heading, and labels head rows or columns.

LibreOffice 7.4 tags the title as a paragraph, and only those labels as header cells that it repeats on every page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annual_report.writers.docx.styles import label_names
from annual_report.writers.pdf_objects import cross_references, replace

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_ELEMENT = re.compile(
    rb"(?P<number>\d+) 0 obj\s*<</Type/StructElem\s*/S/(?P<type>[^\s/<>\[\]()]+)(?P<rest>.*?)>>\s*endobj", re.DOTALL
)
_KIDS = re.compile(rb"/K\s*\[([^\]]*)\]")
_ATTRIBUTES = re.compile(rb"/A\s*(?:\[([^\]]*)\]|(\d+ 0 R))")
_REFERENCE = re.compile(rb"(\d+) 0 R")
_HEADING = re.compile(rb"H([1-5])")
_LABELS = {name.replace(" ", "#20").encode() for name in label_names()}
_CELLS = (b"TD", b"TH")


@dataclass(frozen=True, slots=True)
class _Element:
    """A structure element: its type, its children, and where its type and the rest of it are in the file."""

    type: bytes
    kids: tuple[int, ...]
    type_at: tuple[int, int]
    rest_at: tuple[int, int]
    rest: bytes


def correct(content: bytes) -> bytes:
    """Correct the tags of a report's PDF.

    Parameters
    ----------
    content
        The file as LibreOffice wrote it.

    Returns
    -------
    bytes
        The file with the title as its only heading of the first level, and each label as a header cell whose scope is
        its row, or its columns if there is no value in the row. A file without the tags of LibreOffice is unchanged.
    """
    table = cross_references(content)
    if table is None:
        return content
    elements = {}
    for offset in table.offsets:
        if found := _ELEMENT.match(content, offset):
            kids = _KIDS.search(found["rest"])
            numbers = tuple(map(int, _REFERENCE.findall(kids[1]))) if kids else ()
            elements[int(found["number"])] = _Element(
                found["type"], numbers, found.span("type"), found.span("rest"), found["rest"]
            )
    return replace(content, table, dict([*_headings(elements), *_headers(elements)]))


def _headings(elements: Mapping[int, _Element]) -> Iterator[tuple[tuple[int, int], bytes]]:
    """Make the title a heading, and the others one level lower."""
    if any(element.type == b"Title" for element in elements.values()):
        for element in elements.values():
            if element.type == b"Title":
                yield element.type_at, b"H1"
            elif level := _HEADING.fullmatch(element.type):
                yield element.type_at, b"H%d" % (int(level[1]) + 1)


def _headers(elements: Mapping[int, _Element]) -> Iterator[tuple[tuple[int, int], bytes]]:
    """Make labels header cells."""
    for row in elements.values():
        if row.type != b"TR":
            continue
        cells = [elements[kid] for kid in row.kids if kid in elements and elements[kid].type in _CELLS]
        styles = [{elements[kid].type for kid in cell.kids if kid in elements} for cell in cells]
        scope = b"Column" if all(style <= _LABELS for style in styles) else b"Row"
        for cell, style in zip(cells, styles, strict=True):
            if cell.type == b"TD" and style and style <= _LABELS:
                yield cell.type_at, b"TH"
                yield cell.rest_at, _with_scope(cell.rest, scope)


def _with_scope(rest: bytes, scope: bytes) -> bytes:
    """Add a scope to the attributes of a cell."""
    added = b"<</O/Table/Scope/%b>>" % scope
    given = _ATTRIBUTES.search(rest)
    if given is None:
        return b"\n/A %b%b" % (added, rest)
    return b"%b/A [ %b %b ]%b" % (rest[: given.start()], given[1] or given[2], added, rest[given.end() :])
