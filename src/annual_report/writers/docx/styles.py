"""The styles of the Word document: their identifiers, and their definitions from a house style."""

from __future__ import annotations

from math import floor
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from annual_report.writers.docx.columns import smaller_sizes
from annual_report.writers.docx.units import half_points, twips

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annual_report.style import Font, Style

TABLE = "ReportTable"
LEADING = 1.25
"""The minimum line height, as a multiple of the type size."""


def value_style(style: Style, size: float, *, banded: bool) -> str:
    """Name the style of a table's numbers at a size."""
    base = "ItemNumber" if banded else "TableNumber"
    return base if size >= _table_font(style, banded=banded).size else f"{base}{half_points(size)}"


def label_style(*, banded: bool, centred: bool) -> str:
    """Name the style of a table's labels."""
    return ("Item" if banded else "Table") + ("Header" if centred else "Label")


def label_names() -> tuple[str, ...]:
    """Return the names that the styles of labels have in the styles pane."""
    return tuple(f"{prefix} {name}" for prefix in ("Item", "Table") for name in ("Label", "Header"))


def defaults(style: Style) -> str:
    """Return the content of `w:docDefaults`: the body's type, and the languages of Latin and Chinese text.

    Digits are marked as English, as in Word's own Chinese documents: LibreOffice 7.4 would break Chinese-language
    digits at the end of a line.
    """
    return (
        f"<w:rPrDefault><w:rPr>{_typefaces(style, style.fonts.body)}{_size(style.fonts.body)}"
        f'<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/>"
    )


def definitions(style: Style) -> Iterator[str]:
    """Yield every `w:style`, in the order of the styles pane."""
    fonts = style.fonts
    body = twips(fonts.body.size + style.character_spacing)
    indent = f'<w:ind w:firstLineChars="{100 * style.indent}" w:firstLine="{style.indent * body}"/>'
    pitch = _leading(style.line_pitch)
    fitted = _fitted(style, fonts.body)
    yield _style(
        "Normal",
        "Normal",
        f'<w:widowControl w:val="0"/>{_CHINESE}{pitch}<w:jc w:val="both"/>',
        _type(style, fonts.body),
        default=True,
    )
    yield (
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:semiHidden/></w:style>'
    )
    title_leading = _leading(
        max(style.line_pitch, fonts.title.size * LEADING), around=style.title_space * style.line_pitch
    )
    yield _style(
        "Title",
        "Title",
        f'<w:keepNext/><w:keepLines/><w:snapToGrid w:val="0"/>{title_leading}<w:jc w:val="center"/>',
        _type(style, fonts.title),
        following="BodyText",
    )
    yield _style("BodyText", "Body Text", indent, fitted)
    for level, font in enumerate((fonts.heading_1, fonts.heading_2, fonts.heading_3, fonts.heading_4), 1):
        properties = f'<w:keepNext/>{indent}<w:outlineLvl w:val="{level - 1}"/>'
        yield _style(
            f"Heading{level}",
            f"heading {level}",
            properties,
            _type(style, font, _fitted(style, font)),
            following="BodyText",
        )
    right = f'{_CLOSE}<w:jc w:val="right"/>'
    yield _style("Signature", "Signature", f"<w:keepNext/>{right}", fitted, following="Date")
    yield _style("Date", "Date", right, fitted)
    yield _style("Strong", "Strong", "", "<w:b/><w:bCs/>", kind="character")
    yield from _footers(style)
    yield from _tables(style)


_CLOSE = '<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
"""No extra space between Chinese characters and digits, where the layout depends on computed widths."""

_CHINESE = (
    '<w:kinsoku/><w:overflowPunct/><w:topLinePunct w:val="0"/><w:autoSpaceDE/><w:autoSpaceDN/>'
    "<w:adjustRightInd/><w:snapToGrid/>"
)


def _footers(style: Style) -> Iterator[str]:
    """Yield the styles of the page number; at the outer edge, it is indented by one character."""
    font = style.fonts.page_number
    centre = style.page_number.position == "centre"
    inset = twips(font.size)
    leading = _leading(font.size * LEADING)
    for identifier, name, side in (("Footer", "footer", "right"), ("FooterEven", "footer even", "left")):
        indent = "" if centre else f'<w:ind w:{side}Chars="100" w:{side}="{inset}"/>'
        align = "center" if centre else side
        yield _style(
            identifier,
            name,
            f'<w:snapToGrid w:val="0"/>{leading}{indent}<w:jc w:val="{align}"/>',
            _type(style, font),
            custom=identifier != "Footer",
        )


def _tables(style: Style) -> Iterator[str]:
    """Yield the styles of tables, labels and numbers."""
    tables = style.tables
    rules = "".join(
        f'<w:{side} w:val="single" w:sz="{round(tables.rule * 8)}" w:space="0" w:color="{tables.rule_colour.upper()}"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    yield (
        f'<w:style w:type="table" w:customStyle="1" w:styleId="{TABLE}"><w:name w:val="Report Table"/><w:qFormat/>'
        f"<w:tblPr><w:tblBorders>{rules}</w:tblBorders></w:tblPr></w:style>"
    )
    for prefix, banded in (("Item", True), ("Table", False)):
        font = _table_font(style, banded=banded)
        plain = f'<w:keepNext/>{_CLOSE}<w:snapToGrid w:val="0"/>'
        plain += _leading(font.size * tables.leading, around=tables.row_space)
        for name, align in (("Label", "left"), ("Header", "center"), ("Number", "center")):
            inset = f'<w:ind w:left="{twips(tables.label_inset)}"/>' if name == "Label" and not banded else ""
            properties = f'{plain}{inset}<w:jc w:val="{align}"/>'
            yield _style(f"{prefix}{name}", f"{prefix} {name}", properties, _type(style, font), custom=True)
        for size in () if banded else smaller_sizes(font.size):
            half = half_points(size)
            yield _style(
                f"{prefix}Number{half}",
                f"{prefix} Number {size:g}",
                "",
                f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>',
                base=f"{prefix}Number",
                custom=True,
                shown=_UNLISTED,
            )


_UNLISTED = '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/>'
"""Where a style is shown that the writer alone applies: only in the list of styles in use."""


def _style(
    identifier: str,
    name: str,
    paragraph: str,
    run: str,
    *,
    kind: str = "paragraph",
    base: str = "Normal",
    following: str = "",
    default: bool = False,
    custom: bool = False,
    shown: str = "<w:qFormat/>",
) -> str:
    """Return one `w:style`, by default one that Word's style gallery shows."""
    attributes = ' w:default="1"' * default + ' w:customStyle="1"' * custom
    based = "" if default or kind != "paragraph" else f'<w:basedOn w:val="{base}"/>'
    after = f'<w:next w:val="{following}"/>' if following else ""
    return (
        f'<w:style w:type="{kind}"{attributes} w:styleId="{identifier}"><w:name w:val="{name}"/>{based}{after}'
        f"{shown}{f'<w:pPr>{paragraph}</w:pPr>' if paragraph else ''}{f'<w:rPr>{run}</w:rPr>' if run else ''}"
        "</w:style>"
    )


def _table_font(style: Style, *, banded: bool) -> Font:
    return style.fonts.item_table if banded else style.fonts.table


def _leading(points: float, around: float = 0.0) -> str:
    space = twips(around)
    return f'<w:spacing w:before="{space}" w:after="{space}" w:line="{twips(points)}" w:lineRule="exact"/>'


def _fitted(style: Style, font: Font) -> str:
    """Return the letter spacing that fits the style's characters into a line, for type of the body's size."""
    spacing = floor(style.character_spacing * 20)
    return f'<w:spacing w:val="{spacing}"/>' if font.size == style.fonts.body.size and spacing else ""


def _type(style: Style, font: Font, fitted: str = "") -> str:
    bold = "<w:b/><w:bCs/>" if font.bold else '<w:b w:val="0"/><w:bCs w:val="0"/>'
    return f"{_typefaces(style, font)}{bold}{fitted}{_size(font)}"


def _typefaces(style: Style, font: Font) -> str:
    """Return `w:rFonts` with Latin and East Asian typefaces; quotation marks and dashes use the latter."""
    latin, east_asian = quoteattr(style.latin_of(font)), quoteattr(font.east_asian)
    return f'<w:rFonts w:hint="eastAsia" w:ascii={latin} w:hAnsi={latin} w:eastAsia={east_asian} w:cs={latin}/>'


def _size(font: Font) -> str:
    size = half_points(font.size)
    return f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
