"""Writes the blocks of a composed document as WordprocessingML."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from annual_report.document.blocks import Document, Heading, Paragraph, Signature, Table, Title
from annual_report.document.line_breaks import balanced
from annual_report.document.subheadings import arranged
from annual_report.writers.docx.breaks import expected_breaks, headings_of_long_tables
from annual_report.writers.docx.columns import longest_numbers
from annual_report.writers.docx.labels import name_width
from annual_report.writers.docx.pages import LARGEST_UNIT
from annual_report.writers.docx.tables import skeleton, stacked
from annual_report.writers.docx.text import BREAK, WRAP, paragraph, run, runs
from annual_report.writers.docx.units import ems, twips

if TYPE_CHECKING:
    from collections.abc import Callable

    from annual_report.style import Style

HIDDEN_MARK = "<w:rPr><w:vanish/><w:specVanish/></w:rPr>"
"""The paragraph mark of a run-in heading: Word's style separator."""

_KEPT = "<w:keepNext/>"
_NOT_KEPT = '<w:keepNext w:val="0"/>'
_NEW_PAGE = "<w:pageBreakBefore/>"


def body_xml(document: Document, style: Style, *, for_libreoffice: bool = False) -> bytes:
    """Return the content of `w:body` without its section properties.

    Parameters
    ----------
    document
        The composed document.
    style
        Its look.
    for_libreoffice
        Whether what LibreOffice does not lay out reliably is avoided.

    Returns
    -------
    bytes
        WordprocessingML.
    """
    blocks = tuple(arranged(document.blocks, style.sub_headings))
    breaks = expected_breaks(blocks, style)
    written = [
        _table(block, style, breaks) if isinstance(block, Table) else _WRITERS[type(block)](block, style).encode()
        for block in blocks
    ]
    if isinstance(blocks[-1], Signature) and isinstance(last := blocks[-2], Paragraph) and _is_short(last, style):
        written[-2] = _paragraph(last, style, _KEPT).encode()
    if not for_libreoffice:
        return b"".join(written)
    for place, heading, begins_page in headings_of_long_tables(blocks, style):
        written[place] = _heading(heading, style, _NOT_KEPT + _NEW_PAGE * begins_page).encode()
    return stacked(b"".join(written), style)


def _is_short(block: Paragraph, style: Style) -> bool:
    """Return whether a paragraph may move to the page of the signature, so that no page has the signature alone."""
    lines = sum(ems(part.text) for part in block.runs) / style.characters
    return lines <= style.lines * LARGEST_UNIT


def _title(block: Title, style: Style) -> str:
    font = style.fonts.title
    capacity = style.text_width / font.size
    lines = (WRAP.join(map(run, balanced(line, capacity, ems))) for line in block.lines)
    return paragraph("Title", BREAK.join(lines))


def _heading(block: Heading, _style: Style, properties: str = "") -> str:
    return paragraph(f"Heading{block.level}", runs(block.runs), properties)


def _paragraph(block: Paragraph, _style: Style, kept: str = "") -> str:
    text = paragraph("BodyText", runs(block.runs), kept)
    return paragraph(f"Heading{block.level}", runs(block.lead), HIDDEN_MARK) + text if block.level else text


def _table(block: Table, style: Style, breaks: tuple[int, ...]) -> bytes:
    breaks = breaks if block.grid.layout == "crossed" else ()
    table = skeleton(block.grid, style, whole=block.key in style.tables.keep_whole, breaks=breaks)
    if block.grid.layout == "spread" and max(map(len, block.values)) > table.fitting:
        table = skeleton(block.grid, style, digits=longest_numbers(block))
    return table.fill(block)


def _signature(block: Signature, style: Style) -> str:
    """Indent name and date as GB/T 9704-2012, 7.3.5.2 requires, depending on which is longer."""
    size = style.fonts.body.size
    wrapped = name_width(block.name, style.text_width / size - 2)
    name, date = wrapped * size, ems(block.date) * size
    name_indent = date_indent = 2 * size
    if block.name and date >= name:
        name_indent = min(4 * size + date - name, style.text_width - name)
    elif block.name:
        date_indent = name - date
    left = 0.0
    if wrapped < ems(block.name):
        left = style.text_width - name_indent - (wrapped * (size + style.character_spacing) + size / 4)
    parts = [("Signature", block.name, left, name_indent), ("Date", block.date, 0.0, date_indent)]
    return "".join(
        paragraph(identifier, run(text), f'<w:ind w:left="{twips(left)}" w:right="{twips(right)}"/>')
        for identifier, text, left, right in parts
        if text
    )


_WRITERS: dict[type, Callable[[Any, Style], str]] = {
    Title: _title,
    Heading: _heading,
    Paragraph: _paragraph,
    Signature: _signature,
}
