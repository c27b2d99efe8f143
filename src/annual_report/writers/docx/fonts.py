"""The font table of the Word document: every typeface that a style names, with its alternatives."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from annual_report.writers.typefaces import typeface

if TYPE_CHECKING:
    from annual_report.style import Style


def font_table(style: Style) -> str:
    """Return the document's font table.

    Parameters
    ----------
    style
        The style; every typeface that it names is listed once.

    Returns
    -------
    str
        The XML of `word/fontTable.xml`.
    """
    roles = [getattr(style.fonts, role) for role in type(style.fonts).model_fields]
    names = dict.fromkeys(name for font in roles for name in (font.east_asian, style.latin_of(font)))
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f"{''.join(map(_font, names))}</w:fonts>"
    )


def _font(name: str) -> str:
    known = typeface(name)
    alternative = f"<w:altName w:val={quoteattr(','.join(known.alternatives))}/>" if known.alternatives else ""
    pitch = "fixed" if known.family == "modern" else "variable"
    return (
        f'<w:font w:name={quoteattr(name)}>{alternative}<w:panose1 w:val="{known.panose}"/>'
        f'<w:charset w:val="{known.charset}"/><w:family w:val="{known.family}"/><w:pitch w:val="{pitch}"/></w:font>'
    )
