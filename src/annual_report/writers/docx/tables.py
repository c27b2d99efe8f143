"""Writes the mandated tables as WordprocessingML: templates are compiled once per grid and style, then filled in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from annual_report.style import STYLES_KEPT
from annual_report.writers.docx import styles
from annual_report.writers.docx.columns import Columns, columns, value_sizes
from annual_report.writers.docx.labels import laid_out
from annual_report.writers.docx.pages import SPINE_LENGTH, divided, rows
from annual_report.writers.docx.text import paragraph, run
from annual_report.writers.docx.units import twips

if TYPE_CHECKING:
    from annual_report.document.blocks import Table
    from annual_report.form.grid import Cell, Grid
    from annual_report.style import Style

_SLOT = "\x00"
_DOWNWARDS = '<w:textDirection w:val="tbRlV"/>'
_SPINE = re.compile(
    f'{_DOWNWARDS}(<w:vAlign w:val="center"/></w:tcPr><w:p><w:pPr><w:pStyle w:val="[A-Za-z]+"/>'
    '(?:<w:keepNext w:val="0"/>)?)'.encode()
)


@dataclass(frozen=True, slots=True)
class Skeleton:
    """A table without its values.

    Parameters
    ----------
    by_length
        The XML around the values, for values of at most 1, 2, 3 … characters: one piece more than there are values.
    fitting
        How many characters fit at the table's own size.
    """

    by_length: tuple[tuple[bytes, ...], ...]
    fitting: int

    def fill(self, table: Table) -> bytes:
        """Fill in a table's values, title and description."""
        longest = max(map(len, table.values))
        first, *pieces = self.by_length[min(longest, len(self.by_length)) - 1]
        caption = f"<w:tblCaption w:val={quoteattr(table.title)}/>"
        description = f"<w:tblDescription w:val={quoteattr(table.description)}/>"
        parts = [b""] * (2 * len(pieces) - 1)
        parts[::2] = pieces
        parts[1::2] = map(str.encode, table.values)
        return b"".join((b"<w:tbl><w:tblPr>", first, (caption + description).encode(), b"</w:tblPr>", *parts))


@lru_cache(maxsize=16 * STYLES_KEPT)
def skeleton(
    grid: Grid, style: Style, *, whole: bool = False, breaks: tuple[int, ...] = (), digits: tuple[int, ...] = ()
) -> Skeleton:
    """Compile a table.

    Parameters
    ----------
    grid
        The table's grid; each edition has one per section.
    style
        The style.
    whole
        Whether the table is kept on one page, if it fits.
    breaks
        The rows with which a page is expected to begin; labels that go on there are repeated.
    digits
        The length of each column's longest number, if columns are to be as wide as these need.

    Returns
    -------
    Skeleton
        The table without its values.
    """
    measured = columns(grid, style, digits)
    starts = rows(grid, style, whole=whole).starts
    cells = tuple(divided(grid.cells, breaks))
    last_rows = frozenset(row - 1 for row in (*starts, grid.height))
    opening = (
        f'<w:tblStyle w:val="{styles.TABLE}"/><w:tblW w:w="{sum(measured.widths)}" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar>'
        f'<w:left w:w="{twips(measured.padding)}" w:type="dxa"/><w:right w:w="{twips(measured.padding)}" w:type="dxa"/>'
        '</w:tblCellMar><w:tblLook w:val="0000" w:firstRow="0" w:lastRow="0" w:firstColumn="0" w:lastColumn="0"'
        ' w:noHBand="1" w:noVBand="1"/>'
    )
    widths = "".join(f'<w:gridCol w:w="{width}"/>' for width in measured.widths)
    compiled: dict[str, tuple[bytes, ...]] = {}
    by_length = []
    sizes = value_sizes(grid, measured, style, digits)
    for size in sizes:
        identifier = styles.value_style(style, size, banded=measured.banded)
        if identifier not in compiled:
            written = _Rows(cells, last_rows, grid.header_rows, measured, style, identifier)
            content = f"<w:tblGrid>{widths}</w:tblGrid>{''.join(map(written.row, range(grid.height)))}</w:tbl>"
            compiled[identifier] = tuple(piece.encode() for piece in (opening, *content.split(_SLOT)))
        by_length.append(compiled[identifier])
    return Skeleton(tuple(by_length), sizes.count(measured.font.size))


@dataclass(frozen=True, slots=True)
class _Rows:
    """Writes the rows of one table with one style for its values."""

    cells: tuple[Cell, ...]
    last_rows: frozenset[int]
    header_rows: int
    columns: Columns
    style: Style
    value_style: str

    def row(self, number: int) -> str:
        """Write a row: the cells that begin in it, and the continuation of those merged from above."""
        properties = "<w:cantSplit/>"
        if self.columns.banded:
            properties += f'<w:trHeight w:val="{twips(self.style.tables.row_height)}" w:hRule="atLeast"/>'
        if number < self.header_rows:
            properties += "<w:tblHeader/>"
        here = (cell for cell in self.cells if cell.row <= number < cell.row + cell.rows)
        keep = '<w:keepNext w:val="0"/>' if number in self.last_rows else ""
        cells = "".join(self._cell(cell, number, keep) for cell in sorted(here, key=lambda cell: cell.column))
        return f"<w:tr><w:trPr>{properties}</w:trPr>{cells}</w:tr>"

    def _cell(self, cell: Cell, number: int, keep: str) -> str:
        properties = f'<w:tcW w:w="{self.columns.width(cell)}" w:type="dxa"/>'
        if cell.columns > 1:
            properties += f'<w:gridSpan w:val="{cell.columns}"/>'
        if cell.rows > 1:
            properties += '<w:vMerge w:val="restart"/>' if cell.row == number else "<w:vMerge/>"
        if cell.role == "band" and self.style.band_shading:
            properties += f'<w:shd w:val="clear" w:color="auto" w:fill="{self.style.band_shading.upper()}"/>'
        if cell.role == "spine":
            properties += _DOWNWARDS
        content = self._content(cell, keep) if cell.row == number else paragraph(self._label_style(cell), "", keep)
        return f'<w:tc><w:tcPr>{properties}<w:vAlign w:val="center"/></w:tcPr>{content}</w:tc>'

    def _content(self, cell: Cell, keep: str) -> str:
        if cell.is_value:
            return paragraph(self.value_style, f"<w:r><w:t>{_SLOT}</w:t></w:r>", keep)
        if cell.role == "spine":
            return paragraph(self._label_style(cell), run(cell.text), keep)
        label = laid_out(cell.text, self.columns.room(cell), self.columns.font.size)
        narrower = twips(label.indent)
        if narrower and cell.role == "heading":
            keep += f'<w:ind w:left="{narrower // 2}" w:right="{narrower // 2}"/>'
        elif narrower:
            keep += f'<w:ind w:right="{narrower}"/>'
        return paragraph(self._label_style(cell), "".join(_spaced(*part) for part in label.parts), keep)

    def _label_style(self, cell: Cell) -> str:
        centred = cell.role in {"heading", "spine"}
        return styles.label_style(banded=self.columns.banded, centred=centred)


def stacked(body: bytes, style: Style) -> bytes:
    """Set labels that run downwards with a character a line, in a column that has room for one.

    Where a table goes over pages, LibreOffice 7.4 may cut off merged cells whose text runs downwards.

    Parameters
    ----------
    body
        The content of `w:body`.
    style
        The style that it was written in.

    Returns
    -------
    bytes
        The content with such labels changed.
    """
    line = f'<w:spacing w:line="{twips(style.fonts.table.size * SPINE_LENGTH)}" w:lineRule="exact"/>'
    return _SPINE.sub(rf'\1<w:kinsoku w:val="0"/><w:overflowPunct w:val="0"/>{line}'.encode(), body)


def _spaced(text: str, space: float) -> str:
    """Write text with a space after its last character."""
    if not space:
        return run(text)
    return run(text[:-1]) + run(text[-1], f'<w:spacing w:val="{twips(space)}"/>')
