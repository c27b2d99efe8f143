"""Builds the empty Word document of a style: python-docx's package with our page, styles, fonts and settings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Twips

from annual_report.writers.docx.fonts import font_table
from annual_report.writers.docx.styles import LEADING, defaults, definitions
from annual_report.writers.docx.units import mm_to_twips, twips

if TYPE_CHECKING:
    from docx.document import Document
    from docx.section import _Footer

    from annual_report.style import Style

_KEPT = {
    RELATIONSHIP_TYPE.STYLES,
    RELATIONSHIP_TYPE.SETTINGS,
    RELATIONSHIP_TYPE.FONT_TABLE,
    RELATIONSHIP_TYPE.OFFICE_DOCUMENT,
    RELATIONSHIP_TYPE.CORE_PROPERTIES,
}
_FONT_TABLE = "/word/fontTable.xml"
_PUNCTUATION = "，。、；：！？）》〉”’」』】〕％"


def build(style: Style) -> Document:
    """Build the document.

    Parameters
    ----------
    style
        The look.

    Returns
    -------
    docx.document.Document
        A document without text, with every style that a report may use and without the rest of python-docx's template.
    """
    document = docx.Document()
    for part in (document.part, document.part.package):
        for identifier, relationship in list(part.rels.items()):
            if relationship.reltype not in _KEPT:
                del part.rels[identifier]
    _set_page(document, style)
    _set_styles(document, style)
    _set_settings(document, style)
    fonts = document.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    fonts._blob = font_table(style).encode()  # python-docx does not model the font table
    return document


def _set_page(document: Document, style: Style) -> None:
    section = document.sections[0]
    margins = style.margins
    section.page_width, section.page_height = (Twips(mm_to_twips(side)) for side in style.paper)
    section.top_margin = Twips(mm_to_twips(margins.top))
    section.bottom_margin = Twips(mm_to_twips(margins.bottom))
    section.left_margin = Twips(mm_to_twips(margins.left))
    section.right_margin = Twips(mm_to_twips(margins.right))
    section.header_distance = Twips(mm_to_twips(margins.top / 2))
    number = mm_to_twips(style.page_number.below) + twips(style.fonts.page_number.size * LEADING / 2)
    section.footer_distance = Twips(max(0, mm_to_twips(margins.bottom) - number))
    section.gutter = Twips(0)
    grid = section._sectPr.find(f"{{{_W}}}docGrid")
    if grid is not None:
        section._sectPr.remove(grid)
    section._sectPr.append(
        parse_xml(f'<w:docGrid {nsdecls("w")} w:type="lines" w:linePitch="{twips(style.line_pitch)}"/>')
    )
    document.settings.odd_and_even_pages_header_footer = True
    _set_number(section.footer, "Footer", style)
    _set_number(section.even_page_footer, "FooterEven", style)


_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def _set_number(footer: _Footer, identifier: str, style: Style) -> None:
    before, after = style.page_number.form.split("{page}")
    fields = "".join(
        f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>{content}'
        for kind, content in (
            ("begin", '<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'),
            ("separate", "<w:r><w:t>1</w:t></w:r>"),
            ("end", ""),
        )
    )
    texts = [f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else "" for text in (before, after)]
    footer.is_linked_to_previous = False
    element = footer._element
    for child in list(element):
        element.remove(child)
    element.append(
        parse_xml(
            f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="{identifier}"/></w:pPr>{texts[0]}{fields}{texts[1]}</w:p>'
        )
    )


def _set_styles(document: Document, style: Style) -> None:
    element = document.styles.element
    _fill(element, [f"<w:docDefaults>{defaults(style)}</w:docDefaults>", *definitions(style)])


def _set_settings(document: Document, style: Style) -> None:
    compatibility = "".join(
        f'<w:compatSetting w:name="{name}" w:uri="http://schemas.microsoft.com/office/word" w:val="{value}"/>'
        for name, value in (
            ("compatibilityMode", 15),
            ("overrideTableStyleFontSizeAndJustification", 1),
            ("enableOpenTypeFeatures", 1),
            ("doNotFlipMirrorIndents", 1),
            ("differentiateMultirowTableHeaders", 1),
        )
    )
    _fill(
        document.settings.element,
        [
            '<w:zoom w:percent="100"/>',
            "<w:bordersDoNotSurroundHeader/><w:bordersDoNotSurroundFooter/>",
            f'<w:defaultTabStop w:val="{twips(2 * style.fonts.body.size)}"/>',
            "<w:evenAndOddHeaders/>",
            '<w:drawingGridVerticalSpacing w:val="156"/>',
            '<w:characterSpacingControl w:val="compressPunctuation"/>',
            f"<w:noLineBreaksAfter w:lang={quoteattr('zh-CN')} w:val={quoteattr(_OPENING)}/>",
            f"<w:noLineBreaksBefore w:lang={quoteattr('zh-CN')} w:val={quoteattr(_PUNCTUATION)}/>",
            f"<w:compat>{_FOR_CHINESE}{compatibility}</w:compat>",
            '<w:themeFontLang w:val="zh-CN" w:eastAsia="zh-CN"/>',
            '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/>',
        ],
    )


_FOR_CHINESE = (
    "<w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/><w:ulTrailSpace/>"
    "<w:doNotExpandShiftReturn/><w:adjustLineHeightInTable/><w:useFELayout/>"
)
_OPENING = "（《〈“‘「『【〔"


def _fill(element: Any, children: list[str]) -> None:
    """Replace the children of an element."""
    for child in list(element):
        element.remove(child)
    for child in parse_xml(f"<w:children {nsdecls('w')}>{''.join(children)}</w:children>"):
        element.append(child)
