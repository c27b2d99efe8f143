"""How Word files come to be as they are: tracked changes, controls, numbering, hidden text, marks."""

from __future__ import annotations

import re
from copy import deepcopy
from itertools import groupby
from typing import TYPE_CHECKING, Any

from lxml import etree

from publications.press import Press, habit
from publications.word import W, make, paragraph, run, tag

if TYPE_CHECKING:
    from publications.word import Package

BY = {"id": 7, "author": "办公室", "date": "2024-01-10T09:00:00Z"}
DOCX = ("docx",)
PRINTED = ("docx", "pdf")


def _runs(element: Any) -> list[Any]:
    return list(element.iter(tag("r")))


def _split(old: Any, at: int) -> tuple[Any, Any] | None:
    """Split a run of one text in two."""
    text = old.find(tag("t"))
    if len(old.findall(tag("t"))) != 1 or old.find(tag("br")) is not None or len(text.text) < 2:
        return None
    new = deepcopy(old)
    text.text, new.find(tag("t")).text = text.text[:at], text.text[at:]
    old.addnext(new)
    return old, new


@habit(0.25, "docx", formats=PRINTED)
def runs_split(press: Press, package: Package) -> None:
    """Every edit leaves another run."""
    for each in _runs(package.body):
        text = each.findtext(tag("t")) or ""
        if len(text) > 1 and press.rng.random() < 0.5:
            _split(each, press.rng.randint(1, len(text) - 1))


@habit(0.10, "docx", formats=DOCX)
def tracked_numbers(press: Press, package: Package) -> bool:
    cells = package.number_cells()
    for cell, _ in press.rng.sample(cells, min(3, len(cells))):
        target = next(cell.iter(tag("p")))
        for each in _runs(cell):
            inserted = make("ins", **BY)
            each.getparent().replace(each, inserted)
            inserted.append(each)
        old = make("delText")
        old.text = str(press.rng.randint(1, 999))
        target.insert(1, make("del", make("r", old), **BY))
    return bool(cells)


@habit(0.06, "docx", formats=DOCX)
def tracked_words(press: Press, package: Package) -> bool:
    lines = [element for element, line in package.lines if line.kind == "body" and len(line.text) > 20]
    for element in press.rng.sample(lines, min(2, len(lines))):
        old = make("delText")
        old.text = "（此处原文有误，应予删除）"
        element.insert(1, make("del", make("r", old), **BY))
    return bool(lines)


@habit(0.04, "docx", formats=DOCX)
def tracked_row_deleted(press: Press, package: Package) -> bool:
    """A row that was deleted with changes tracked is still in the file."""
    cells = package.number_cells()
    if not cells:
        return False
    row = press.rng.choice(cells)[0].getparent()
    gone = deepcopy(row)
    if any(merge.get(tag("val")) == "restart" for merge in gone.iter(tag("vMerge"))):
        return False
    gone.find(tag("trPr")).append(make("del", **BY))
    for each in _runs(gone):
        for text in each.findall(tag("t")):
            text.tag = tag("delText")
            text.text = re.sub(r"\d", "8", text.text)
        parent = each.getparent()
        if parent.tag == tag("p"):
            deleted = make("del", **BY)
            parent.replace(each, deleted)
            deleted.append(each)
    row.addnext(gone)
    return True


@habit(0.08, "docx", formats=DOCX)
def content_controls(press: Press, package: Package) -> None:
    level = press.rng.choice(["paragraph", "run", "table", "cell"])
    properties = make("sdtPr", make("alias", val="填写"))

    def wrap(element: Any) -> None:
        control = make("sdt", deepcopy(properties))
        element.getparent().replace(element, control)
        control.append(make("sdtContent", element))

    if level == "table":
        wrap(
            press.rng.choice(list(package.body.iterchildren(tag("tbl"))))
            if package.body.find(tag("tbl")) is not None
            else package.body[0]
        )
        return
    cells = package.number_cells()
    for cell, _ in press.rng.sample(cells, min(12, len(cells))):
        if level == "cell":
            wrap(cell)
        else:
            wrap(next(cell.iter(tag("p"))) if level == "paragraph" else _runs(cell)[0])


@habit(0.10, "docx", formats=PRINTED)
def headings_numbered_automatically(press: Press, package: Package) -> bool:
    headings = [(element, line) for element, line in package.lines if line.kind == "heading"]
    if [line.text[:2] for _, line in headings] != [f"{numeral}、" for numeral in "一二三四五六"[: len(headings)]]:
        return False
    _numbering(package, 90, "chineseCountingThousand", "%1、", 1)
    for element, _ in headings:
        _number(element, 90, len("一、"))
    return True


@habit(0.08, "docx", formats=PRINTED)
def labels_numbered_automatically(press: Press, package: Package) -> bool:
    labels = [(cell, box) for cell, box in package.made if box.role != "value"]
    labels = [(cell, box) for cell, box in labels if re.match(r"\d\.\S", box.text) and "\n" not in box.text]
    labels = [(cell, box) for cell, box in labels if len(_runs(cell)) == 1]
    lists = []
    for cell, box in labels:
        if not lists or int(box.text[0]) != int(lists[-1][-1][1].text[0]) + 1:
            lists.append([])
        lists[-1].append((cell, box))
    for nth, members in enumerate(lists):
        _numbering(package, 100 + nth, "decimal", "%1.", int(members[0][1].text[0]))
        for cell, _ in members:
            _number(next(cell.iter(tag("p"))), 100 + nth, 2)
    return bool(lists)


def _numbering(package: Package, identifier: int, style: str, text: str, start: int) -> None:
    level = make(
        "lvl",
        make("start", val=start),
        make("numFmt", val=style),
        make("suff", val="nothing"),
        make("lvlText", val=text),
        ilvl=0,
    )
    package.numbering.append(make("abstractNum", level, abstractNumId=identifier))
    package.numbering.append(make("num", make("abstractNumId", val=identifier), numId=identifier))


def _number(element: Any, identifier: int, length: int) -> None:
    """Take typed numbering off a paragraph and number it by the list."""
    properties = element.find(tag("pPr"))
    style = properties.find(tag("pStyle"))
    properties.insert(0 if style is None else 1, make("numPr", make("ilvl", val=0), make("numId", val=identifier)))
    left = length
    for each in element.iter(tag("t")):
        cut = min(left, len(each.text))
        each.text, left = each.text[cut:], left - cut


@habit(0.08, "docx", formats=PRINTED)
def hidden_text(press: Press, package: Package) -> bool:
    cells = package.number_cells()
    for cell, _ in press.rng.sample(cells, min(2, len(cells))):
        _runs(cell)[-1].addnext(run(str(press.rng.randint(1, 99)), vanish=True, size=21))
    lines = [element for element, line in package.lines if line.kind == "body"]
    press.rng.choice(lines).append(run("（内部批注：请核实）", vanish=True))
    return bool(cells)


@habit(0.05, "docx", formats=PRINTED)
def raised_note_marks(press: Press, package: Package) -> bool:
    """A note's number is set small and raised behind a number."""
    cells = package.number_cells()
    for cell, _ in press.rng.sample(cells, min(1, len(cells))):
        _runs(cell)[-1].addnext(run("1", raised=True, size=21))
    return bool(cells)


@habit(0.06, "docx", formats=PRINTED)
def footnotes(press: Press, package: Package) -> bool:
    package.footnotes = ["不含垂直管理部门。", "其中1件为2022年申请。"]
    cells = package.number_cells()
    lines = [element for element, line in package.lines if line.kind == "body"]
    places = [press.rng.choice(lines), next(press.rng.choice(cells)[0].iter(tag("p")))] if cells else [lines[0]]
    for nth, place in enumerate(places, 1):
        place.append(make("r", make("rPr", make("vertAlign", val="superscript")), make("footnoteReference", id=nth)))
    return True


@habit(0.06, "docx", formats=PRINTED)
def text_box(press: Press, package: Package) -> None:
    """A box of text floats beside the page; Word keeps it twice, for new and for old readers."""
    words = press.rng.choice(["内部资料 注意保存", "咨询电话：0517-80000000", "政务公开"])
    content = make("txbxContent", paragraph(run(words)))
    text = etree.tostring(content).decode()
    shape = (
        f'<w:r xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
        'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml">'
        '<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor behindDoc="0" locked="0" layoutInCell="1" '
        'allowOverlap="1" simplePos="0" relativeHeight="1" distT="0" distB="0" distL="0" distR="0"><wp:simplePos x="0" '
        'y="0"/><wp:positionH relativeFrom="page"><wp:posOffset>200000</wp:posOffset></wp:positionH><wp:positionV '
        'relativeFrom="page"><wp:posOffset>200000</wp:posOffset></wp:positionV><wp:extent cx="2000000" cy="400000"/>'
        '<wp:wrapNone/><wp:docPr id="5" name="文本框 1"/><a:graphic><a:graphicData uri="http://schemas.microsoft.com/'
        'office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/>'
        '<a:ext cx="2000000" cy="400000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr>'
        f"<wps:txbx>{text}</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>"
        '</mc:Choice><mc:Fallback><w:pict><v:shape style="position:absolute;width:150pt;height:30pt"><v:textbox>'
        f"{text}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    press.rng.choice([element for element, _ in package.lines]).append(etree.fromstring(shape))


@habit(0.06, "docx", formats=PRINTED)
def grid_before(press: Press, package: Package) -> bool:
    """Rows begin one column later instead of continuing the merged spine."""
    done = False
    for row in package.body.iter(tag("tr")):
        first = row.find(tag("tc"))
        merge = None if first is None else first.find(f"{tag('tcPr')}/{tag('vMerge')}")
        if (
            merge is not None
            and merge.get(tag("val")) is None
            and first.find(f"{tag('tcPr')}/{tag('gridSpan')}") is None
        ):
            width = first.find(f"{tag('tcPr')}/{tag('tcW')}").get(tag("w"))
            row.find(tag("trPr")).insert(0, make("gridBefore", val=1))
            row.find(tag("trPr")).insert(1, make("wBefore", w=width, type="dxa"))
            row.remove(first)
            done = True
    return done


@habit(0.05, "docx", formats=DOCX)
def merged_across_the_old_way(press: Press, package: Package) -> bool:
    """Cells merged by w:hMerge, as old files have it."""
    spans = list(package.body.iter(tag("gridSpan")))
    for span in spans:
        cell, count = span.getparent().getparent(), int(span.get(tag("val")))
        merge = span.getparent().find(tag("vMerge"))
        span.getparent().replace(span, make("hMerge", val="restart"))
        for _ in range(count - 1):
            blank = make(
                "tc",
                make("tcPr", make("tcW", w=700, type="dxa"), make("hMerge", val="continue"), deepcopy(merge)),
                paragraph(),
            )
            cell.addnext(blank)
    return bool(spans)


@habit(0.05, "docx", formats=DOCX)
def words_in_continued_cells(press: Press, package: Package) -> bool:
    """A merge hides what stood in the lower cells; the file keeps it."""
    done = False
    for merge in package.body.iter(tag("vMerge")):
        if merge.get(tag("val")) is None and press.rng.random() < 0.3:
            next(merge.getparent().getparent().iter(tag("p"))).append(run("合并前的文字", size=21))
            done = True
    return done


@habit(0.35, "docx", formats=PRINTED)
def page_numbers(press: Press, package: Package) -> None:
    package.footer = True


@habit(0.12, "docx", formats=PRINTED)
def running_head(press: Press, package: Package) -> None:
    package.header = press.rng.choice([press.source.agency, f"{press.source.agency}文件", "政府信息公开工作年度报告"])


@habit(0.12, "docx", formats=DOCX)
def traces_of_editing(press: Press, package: Package) -> None:
    """Bookmarks, proofing marks, rendered page breaks, comments' ranges, fields."""
    for nth, element in enumerate([element for element, _ in package.lines][:40]):
        element.append(make("bookmarkStart", id=nth, name=f"_Toc{nth}"))
        element.append(make("bookmarkEnd", id=nth))
        element.insert(1, make("proofErr", type="spellStart"))
        for each in _runs(element)[:1]:
            each.insert(1, make("lastRenderedPageBreak"))
    for _, same in groupby(package.number_cells(), key=lambda item: item[0].getparent()):
        cell = next(same)[0]
        target = next(cell.iter(tag("p")))
        instruction = make("instrText")
        instruction.text = " =SUM(LEFT) "
        begin, middle, end = (make("r", make("fldChar", fldCharType=kind)) for kind in ("begin", "separate", "end"))
        target.insert(1, begin)
        begin.addnext(make("r", instruction))
        target[2].addnext(middle)
        target.append(end)
        break
