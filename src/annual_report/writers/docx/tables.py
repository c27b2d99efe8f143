"""Writes the mandated tables as WordprocessingML: templates are compiled once per grid and style, then filled in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from annual_report.style import STYLES_KEPT
from annual_report.writers.docx import styles
from annual_report.writers.docx.columns import Columns, columns, fits_a_page, indent, value_sizes
from annual_report.writers.docx.text import paragraph, run
from annual_report.writers.docx.units import twips

if TYPE_CHECKING:
    from annual_report.document.blocks import Table
    from annual_report.form.grid import Cell, Grid
    from annual_report.style import Style

_SLOT = "\x00"


@dataclass(frozen=True, slots=True)
class Skeleton:
    """A table without its values.

    Parameters
    ----------
    by_length
        The XML around the values, for values of at most 1, 2, 3 … characters: one piece more than there are values.
    """

    by_length: tuple[tuple[str, ...], ...]

    def fill(self, table: Table) -> str:
        """Fill in a table's values, title and description."""
        longest = max(map(len, table.values))
        first, *pieces = self.by_length[min(longest, len(self.by_length)) - 1]
        caption = f"<w:tblCaption w:val={quoteattr(table.title)}/>"
        description = f"<w:tblDescription w:val={quoteattr(table.description)}/>"
        parts = ["<w:tbl><w:tblPr>", first, caption, description, "</w:tblPr>", pieces[0]]
        for value, piece in zip(table.values, pieces[1:], strict=True):
            parts += (value, piece)
        return "".join(parts)


@lru_cache(maxsize=8 * STYLES_KEPT)
def skeleton(grid: Grid, style: Style) -> Skeleton:
    """Compile a table.

    Parameters
    ----------
    grid
        The table's grid; each edition has one per section.
    style
        The style.

    Returns
    -------
    Skeleton
        The table without its values.
    """
    measured = columns(grid, style)
    opening = (
        f'<w:tblStyle w:val="{styles.TABLE}"/><w:tblW w:w="{sum(measured.widths)}" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar>'
        f'<w:left w:w="{twips(measured.padding)}" w:type="dxa"/><w:right w:w="{twips(measured.padding)}" w:type="dxa"/>'
        '</w:tblCellMar><w:tblLook w:val="0000" w:firstRow="0" w:lastRow="0" w:firstColumn="0" w:lastColumn="0"'
        ' w:noHBand="1" w:noVBand="1"/>'
    )
    widths = "".join(f'<w:gridCol w:w="{width}"/>' for width in measured.widths)
    compiled: dict[str, tuple[str, ...]] = {}
    by_length = []
    for size in value_sizes(grid, measured, style):
        identifier = styles.value_style(style, size, banded=measured.banded)
        if identifier not in compiled:
            rows = _Rows(grid, measured, style, identifier, measured.banded or fits_a_page(grid, measured, style))
            content = f"<w:tblGrid>{widths}</w:tblGrid>{''.join(map(rows.row, range(grid.height)))}</w:tbl>"
            compiled[identifier] = (opening, *content.split(_SLOT))
        by_length.append(compiled[identifier])
    return Skeleton(tuple(by_length))


@dataclass(frozen=True, slots=True)
class _Rows:
    """Writes the rows of one table with one style for its values."""

    grid: Grid
    columns: Columns
    style: Style
    value_style: str
    fits_a_page: bool

    def row(self, number: int) -> str:
        """Write a row: the cells that begin in it, and the continuation of those merged from above."""
        properties = "<w:cantSplit/>"
        if self.columns.banded:
            properties += f'<w:trHeight w:val="{twips(self.style.tables.row_height)}" w:hRule="atLeast"/>'
        if number < self.grid.header_rows:
            properties += "<w:tblHeader/>"
        here = (cell for cell in self.grid.cells if cell.row <= number < cell.row + cell.rows)
        keep = '<w:keepNext w:val="0"/>' if self._may_end_page(number) else ""
        cells = "".join(self._cell(cell, number, keep) for cell in sorted(here, key=lambda cell: cell.column))
        return f"<w:tr><w:trPr>{properties}</w:trPr>{cells}</w:tr>"

    def _may_end_page(self, number: int) -> bool:
        """Return whether a page may end after a row: the last one, one before a band, or any row of a tall table."""
        if not self.fits_a_page and number >= self.grid.header_rows:
            return True
        bands = {cell.row for cell in self.grid.cells if cell.role == "band"}
        return number == self.grid.height - 1 or number + 1 in bands

    def _cell(self, cell: Cell, number: int, keep: str) -> str:
        properties = f'<w:tcW w:w="{self.columns.width(cell)}" w:type="dxa"/>'
        if cell.columns > 1:
            properties += f'<w:gridSpan w:val="{cell.columns}"/>'
        if cell.rows > 1:
            properties += '<w:vMerge w:val="restart"/>' if cell.row == number else "<w:vMerge/>"
        if cell.role == "band" and self.style.band_shading:
            properties += f'<w:shd w:val="clear" w:color="auto" w:fill="{self.style.band_shading.upper()}"/>'
        if cell.role == "spine" and self.fits_a_page:
            properties += '<w:textDirection w:val="tbRlV"/>'
        align = "top" if cell.role in {"spine", "stub"} and cell.rows > 1 and not self.fits_a_page else "center"
        content = self._content(cell, keep) if cell.row == number else paragraph(self._label_style(cell), "", keep)
        return f'<w:tc><w:tcPr>{properties}<w:vAlign w:val="{align}"/></w:tcPr>{content}</w:tc>'

    def _content(self, cell: Cell, keep: str) -> str:
        if cell.is_value:
            return paragraph(self.value_style, f"<w:r><w:t>{_SLOT}</w:t></w:r>", keep)
        room, size = self.columns.room(cell), self.columns.font.size
        narrower = 0.0 if cell.role == "spine" else twips(indent(cell.text, room, size))
        if narrower and cell.role == "heading":
            keep += f'<w:ind w:left="{narrower // 2}" w:right="{narrower // 2}"/>'
        elif narrower:
            keep += f'<w:ind w:right="{narrower}"/>'
        return paragraph(self._label_style(cell), run(cell.text), keep)

    def _label_style(self, cell: Cell) -> str:
        centred = cell.role in {"heading", "spine"}
        return styles.label_style(banded=self.columns.banded, centred=centred)
