"""The page as a Word file, its XML written as Word and WPS write it."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from lxml import etree

from publications.pages import Box, Line, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from publications.pages import Block

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
DECLARATION = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
LEVELS = {"title": (44, "center"), "heading": (32, "both"), "signature": (32, "right"), "date": (32, "right")}
FACES = {"title": "方正小标宋简体", "heading": "黑体", "subheading": "楷体", "caption": "黑体"}
PIXEL = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00:~\x9bU\x00\x00\x00\nIDATx"
    b"\x9cc\xb8\x03\x00\x00\xba\x00\xb9\xbd\x95\x9e\x81\x00\x00\x00\x00IEND\xaeB`\x82"
)


def tag(name: str) -> str:
    return f"{{{W}}}{name}"


def make(name: str, /, *children: Any, **attributes: Any) -> Any:
    """Make an element of WordprocessingML; an attribute `from_` is `w:from`."""
    element = etree.Element(tag(name), {tag(key.rstrip("_")): str(value) for key, value in attributes.items()})
    element.extend(child for child in children if child is not None)
    return element


def run(
    text: str, *, bold: bool = False, size: int = 0, face: str = "仿宋", vanish: bool = False, raised: bool = False
) -> Any:
    properties = make(
        "rPr", make("rFonts", hint="eastAsia", ascii="Times New Roman", hAnsi="Times New Roman", eastAsia=face)
    )
    if bold:
        properties.append(make("b"))
    if vanish:
        properties.append(make("vanish"))
    if size:
        properties.append(make("sz", val=size))
    if raised:
        properties.append(make("vertAlign", val="superscript"))
    return make("r", properties, *_text(text))


def _text(text: str, name: str = "t") -> Iterator[Any]:
    for nth, line in enumerate(text.split("\n")):
        if nth:
            yield make("br")
        if line:
            element = make(name)
            element.text = line
            element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            yield element


@dataclass
class Package:
    """A document in the making, with the parts that habits add to it."""

    body: Any
    made: list[tuple[Any, Box]] = field(default_factory=list)
    lines: list[tuple[Any, Line]] = field(default_factory=list)
    numbering: list[Any] = field(default_factory=list)
    footnotes: list[str] = field(default_factory=list)
    header: str = ""
    footer: bool = False
    paragraphs_in_cells: bool = False
    font_size: int = 21
    column_share: float = 1

    def number_cells(self) -> list[tuple[Any, Box]]:
        return [(cell, box) for cell, box in self.made if box.path and box.text.strip()]

    def save(self) -> bytes:
        files = {
            "[Content_Types].xml": self._types(),
            "_rels/.rels": _relations(("officeDocument", "word/document.xml")),
        }
        document = make("document", self.body)
        section = self._section()
        self.body.append(section)
        files["word/document.xml"] = etree.tostring(document)
        files["word/styles.xml"] = etree.tostring(_styles())
        files["word/media/image1.png"] = PIXEL
        targets = [("styles", "styles.xml"), ("image", "media/image1.png")]
        for name, part in self._parts().items():
            files[f"word/{name}.xml"] = etree.tostring(part)
            targets.append((name.rstrip("1"), f"{name}.xml"))
        files["word/_rels/document.xml.rels"] = _relations(*targets)
        return _zip(files)

    def _parts(self) -> dict[str, Any]:
        parts = {}
        if self.numbering:
            order = {"abstractNum": 0, "num": 1}
            parts["numbering"] = make(
                "numbering", *sorted(self.numbering, key=lambda item: order[etree.QName(item).localname])
            )
        if self.header:
            parts["header1"] = make("hdr", paragraph(run(self.header, size=18)))
        if self.footer:
            field_ = make("fldSimple", make("r", *_text("1")), instr=" PAGE ")
            parts["footer1"] = make("ftr", make("p", run("— "), field_, run(" —")))
        if self.footnotes:
            notes = [make("footnote", paragraph(run(text)), id=nth) for nth, text in enumerate(self.footnotes, 1)]
            parts["footnotes"] = make("footnotes", *notes)
        return parts

    def _section(self) -> Any:
        section = make("sectPr")
        names = ["styles", "image", *[name.rstrip("1") for name in self._parts()]]
        for name in ("header", "footer"):
            if name in names:
                reference = make(f"{name}Reference", type="default")
                reference.set(f"{{{R}}}id", f"rId{names.index(name) + 1}")
                section.append(reference)
        section.append(make("pgSz", w=11906, h=16838))
        section.append(make("pgMar", top=2098, right=1474, bottom=1984, left=1587, header=851, footer=992, gutter=0))
        return section

    def _types(self) -> bytes:
        kinds = {"document": "document.main", "styles": "styles"}
        kinds |= {name: name.rstrip("1") for name in self._parts()}
        overrides = "".join(
            f'<Override PartName="/word/{name}.xml" ContentType="{MAIN}.{kind}+xml"/>' for name, kind in kinds.items()
        )
        return (
            f'<Types xmlns="{TYPES}"><Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
            f'ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>{overrides}</Types>'
        ).encode()


def _relations(*targets: tuple[str, str]) -> bytes:
    items = "".join(
        f'<Relationship Id="rId{nth}" Type="{R}/{kind}" Target="{target}"/>'
        for nth, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{RELS}">{items}</Relationships>'.encode()


def _zip(files: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            text = content if name.endswith("png") else DECLARATION + content
            archive.writestr(zipfile.ZipInfo(name, (2024, 1, 15, 9, 0, 0)), text, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _styles() -> Any:
    def style(identifier: str, name: str, kind: str = "paragraph", **default: str) -> Any:
        return make("style", make("name", val=name), type=kind, styleId=identifier, **default)

    headings = []
    for level in (1, 2):
        heading = style(f"{level + 1}", f"heading {level}")
        heading.append(make("pPr", make("outlineLvl", val=level - 1)))
        headings.append(heading)
    return make(
        "styles", style("1", "Normal", default="1"), *headings, style("9", "Normal Table", "table", default="1")
    )


def paragraph(*children: Any, align: str = "both", indent: bool = False, style: str = "") -> Any:
    properties = make("pPr", make("pStyle", val=style) if style else None)
    if indent:
        properties.append(make("ind", firstLineChars=200, firstLine=640))
    properties.append(make("jc", val=align))
    return make("p", properties, *children)


def pack(package: Package, blocks: list[Block], *, styled: bool) -> None:
    """Write lines and tables into the package, headings by styles or by hand."""
    for block in blocks:
        if isinstance(block, Sheet):
            table = _table(package, block)
            if block.nested:
                cell = make("tc", make("tcPr", make("tcW", w=8800, type="dxa")), table, paragraph())
                table = make("tbl", make("tblPr"), make("tblGrid", make("gridCol", w=8800)), make("tr", cell))
            package.body.append(table)
        elif block.kind == "picture":
            package.body.append(_picture())
        else:
            element = _line(block, styled=styled)
            package.lines.append((element, block))
            package.body.append(element)


def _line(line: Line, *, styled: bool) -> Any:
    size, align = LEVELS.get(line.kind, (32, "both"))
    face = FACES.get(line.kind, "仿宋")
    style = {"heading": "2", "subheading": "3"}.get(line.kind, "") if styled else ""
    edges = sorted({0, line.lead, len(line.text), *(edge for pair in line.bold for edge in pair)})
    runs = []
    for start, stop in pairwise(edges):
        bold = any(first <= start < last for first, last in line.bold)
        words = "楷体" if stop <= line.lead else face
        runs.append(run(line.text[start:stop], bold=bold, size=size, face=words))
    return paragraph(*runs, align=align, indent=line.kind in ("body", "heading", "subheading", "note"), style=style)


def _picture() -> Any:
    a, pic = (
        "http://schemas.openxmlformats.org/drawingml/2006/main",
        "http://schemas.openxmlformats.org/drawingml/2006/picture",
    )
    drawing = etree.fromstring(
        f'<w:drawing xmlns:w="{W}" xmlns:r="{R}" xmlns:a="{a}" xmlns:wp="http://schemas.openxmlformats.org/drawingml/'
        '2006/wordprocessingDrawing"><wp:inline><wp:extent cx="5400000" cy="3000000"/><wp:docPr id="1" name="图片 1"/>'
        f'<a:graphic><a:graphicData uri="{pic}"><pic:pic xmlns:pic="{pic}"><pic:nvPicPr><pic:cNvPr id="1" name="1.png"/>'
        '<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="rId2"/><a:stretch><a:fillRect/></a:stretch>'
        '</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="5400000" cy="3000000"/></a:xfrm>'
        '<a:prstGeom prst="rect"/></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>'
    )
    return make("p", make("r", drawing))


def _widths(sheet: Sheet, share: float) -> list[int]:
    total = int(8800 * share)
    values = {box.column for box in sheet.values()}
    labels = [column for column in range(sheet.width) if column not in values] or [0]
    if len(labels) == sheet.width or len(values) + len(labels) != sheet.width or sheet.section != "applications":
        return [total // sheet.width] * sheet.width
    widths = [total // 12] * sheet.width
    for column in labels:
        widths[column] = (total - total // 12 * len(values)) // len(labels)
    if len(labels) == 3:
        widths[labels[0]] //= 2
        widths[labels[2]] += widths[labels[0]]
    return widths


def _table(package: Package, sheet: Sheet) -> Any:
    share = min(package.column_share, 0.9) if sheet.nested else package.column_share  # printers clip what is wider
    widths = _widths(sheet, share)
    borders = make(
        "tblBorders",
        *(
            make(side, val="single", sz=4, color="000000")
            for side in ("top", "left", "bottom", "right", "insideH", "insideV")
        ),
    )
    table = make(
        "tbl", make("tblPr", make("tblW", w=sum(widths), type="dxa"), borders, make("tblLayout", type="fixed"))
    )
    table.append(make("tblGrid", *(make("gridCol", w=width) for width in widths)))
    for row in range(sheet.height):
        line = make("tr", make("trPr", make("trHeight", val=340)))
        column = 0
        while column < sheet.width:
            box = sheet.at(row, column)
            spans = box.columns if box else 1
            line.append(_cell(package, box, row, sum(widths[column : column + spans])))
            column += spans
        table.append(line)
    return table


def _cell(package: Package, box: Box | None, row: int, width: int) -> Any:
    properties = make("tcPr", make("tcW", w=width, type="dxa"))
    if box and box.columns > 1:
        properties.append(make("gridSpan", val=box.columns))
    if box and box.rows > 1:
        properties.append(make("vMerge", val="restart") if row == box.row else make("vMerge"))
    if box and box.role == "band":
        properties.append(make("shd", val="clear", color="auto", fill="C6D9F1"))
    properties.append(make("vAlign", val="center"))
    text = box.text if box and row == box.row else ""
    align = "left" if box and box.role in ("row", "band") else "center"
    pieces = text.split("\n") if package.paragraphs_in_cells else [text]
    cell = make("tc", properties)
    for piece in pieces:
        cell.append(paragraph(*([run(piece, size=package.font_size, face="宋体")] if piece else []), align=align))
    if box and row == box.row:
        package.made.append((cell, box))
    return cell
