"""Word as it is written: each feature of the format by a file made by hand."""

from __future__ import annotations

import gc
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from conftest import ROOT, ends_soon
from readers.published.measured import measured
from readers.published.word_parts import NAMESPACES, p, r, tbl, tc, tr, word_file

from annual_report import UnusableInputError
from annual_report.readers.blocks import OBJECT, Location, Paragraph, Table
from annual_report.readers.published.word import parse


def texts(body: str, **parts: str) -> list:
    """Give the paragraphs' texts, and the tables' cells row by row."""
    return [
        block.text if isinstance(block, Paragraph) else rows(block) for block in parse(word_file(body, **parts)).blocks
    ]


def rows(table: Table) -> list[list[str]]:
    height = max(cell.row for cell in table.cells) + 1
    return [[cell.text for cell in table.cells if cell.row == row] for row in range(height)]


def shape(body: str) -> list[tuple]:
    (table,) = parse(word_file(body)).blocks
    return [(cell.row, cell.column, cell.rows, cell.columns, cell.text) for cell in table.cells]


def remarks(body: str, **parts: str) -> list[tuple[str, str, str]]:
    return [(remark.id, remark.severity, remark.found) for remark in parse(word_file(body, **parts)).remarks]


RAISED_STYLE = (
    '<w:style w:type="character" w:styleId="Mark"><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
)


@pytest.mark.parametrize(
    ("properties", "text"),
    [
        ('<w:vertAlign w:val="superscript"/>', "14¹"),
        ('<w:vertAlign w:val="subscript"/>', "14¹"),
        ('<w:position w:val="6"/>', "14¹"),
        ('<w:rStyle w:val="Mark"/>', "14¹"),
        ('<w:rStyle w:val="Mark"/><w:vertAlign w:val="baseline"/>', "141"),
    ],
)
def test_what_is_raised_is_no_digit_of_the_number_beside_it(properties, text):
    cell = p(r("14"), f"<w:r><w:rPr>{properties}</w:rPr><w:t>1</w:t></w:r>")
    body = tbl(tr(tc(p("规章")), tc(cell)))
    assert texts(body, styles=RAISED_STYLE) == [[["规章", text]]]


def field(instruction: str) -> str:
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    return f"{begin}<w:r><w:instrText>{instruction}</w:instrText></w:r>{end}"


@pytest.mark.parametrize(
    "cell",
    [
        p("<w:r><w:drawing/></w:r>"),
        p("<w:r><w:pict/></w:r>"),
        p("<w:r><w:object/></w:r>"),
        p(field(r" eq \\o\\ac(○,5) ")),
        p(field(" FORMDROPDOWN ")),
        p() + tbl(tr("3", "5")) + p(),
    ],
)
def test_a_cell_that_shows_something_but_text_is_not_blank(cell):
    assert texts(tbl(tr("规章", tc(cell), "1"), tr("许可", "", "2")))[0] == [["规章", OBJECT, "1"], ["许可", "", "2"]]


@pytest.mark.parametrize(
    ("properties", "text"), [("<w:strike/>", "5"), ("<w:dstrike/>", "5"), ('<w:strike w:val="0"/>', "35")]
)
def test_what_is_struck_through_is_left_out_and_remarked_on(properties, text):
    body = tbl(tr("规章", tc(p(r("3", properties), r("5")))))
    assert texts(body) == [[["规章", text]]]
    assert remarks(body) == ([("struck_text", "info", "3")] if text == "5" else [])


def test_an_equation_in_a_cell_is_text():
    assert texts(tbl(tr("规章", tc(p("<m:oMath><m:r><m:t>5</m:t></m:r></m:oMath>"))))) == [[["规章", "5"]]]


def test_digits_in_a_style_that_raises_text_are_raised():
    style = '<w:style w:type="paragraph" w:styleId="u"><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
    assert texts(tbl(tr("规章", tc(styled("u", "5")))), styles=style) == [[["规章", "⁵"]]]


class TestText:
    def test_runs_of_a_paragraph_are_one_text(self):
        assert texts(p("2023", "年", "报告")) == ["2023年报告"]

    def test_blank_paragraphs_are_none(self):
        assert texts(p() + p("甲") + p(" ") + "<w:p/>") == ["甲"]

    def test_tabs_breaks_and_hyphens_are_characters(self):
        run = "<w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t><w:noBreakHyphen/><w:softHyphen/><w:t>丁</w:t>"
        assert texts(p(f"<w:r>{run}</w:r>")) == ["甲\t乙\n丙-丁"]

    def test_a_tab_stop_is_no_tab(self):
        assert texts(p("甲", properties='<w:tabs><w:tab w:val="left" w:pos="420"/></w:tabs>')) == ["甲"]

    def test_a_break_of_the_page_parts_lines_and_leaves_nothing_at_the_ends(self):
        page = '<w:r><w:br w:type="page"/></w:r>'
        assert texts(p(page, "甲", page, "乙", page)) == ["甲\n乙"]

    def test_space_counts_where_the_file_says_so(self):
        assert texts("<w:p><w:r><w:t> 甲 </w:t></w:r>" + r(" 乙") + "</w:p>") == ["甲 乙"]

    def test_symbols_are_characters(self):
        run = '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:sym w:font="宋体" w:char="25CB"/></w:r>'
        assert texts(p(run)) == ["☑○"]
        assert texts(p('<w:r><w:sym w:font="宋体" w:char="216F"/><w:sym w:font="x" w:char="zz"/></w:r>', "件")) == [
            "Ⅿ件"
        ]

    def test_what_stands_in_maths_links_and_smart_tags_is_text(self):
        maths = "<m:oMath><m:r><m:t>5</m:t></m:r></m:oMath>"
        link = f'<w:hyperlink w:anchor="a">{r("乙")}</w:hyperlink>'
        tag = f'<w:smartTag w:uri="u" w:element="e"><w:smartTag w:element="f">{r("丙")}</w:smartTag></w:smartTag>'
        assert texts(p("甲", link, tag, r("有"), maths, r("件"))) == ["甲乙丙有5件"]

    def test_of_characters_with_small_ones_above_only_the_base_is_read(self):
        ruby = f"<w:ruby><w:rubyPr/><w:rt>{r('hàn')}</w:rt><w:rubyBase>{r('汉')}</w:rubyBase></w:ruby>"
        assert texts(p("甲", f"<w:r>{ruby}</w:r>", "乙")) == ["甲汉乙"]

    def test_the_marks_of_notes_are_left_out_and_remarked_on(self):
        mark = '<w:r><w:footnoteReference w:id="2"/></w:r>'
        own = '<w:r><w:endnoteReference w:customMarkFollows="1" w:id="3"/><w:t>*</w:t></w:r>'
        body = tbl(tr("甲", tc(p("5", mark))), tr("乙", tc(p("6", own))))
        assert texts(body) == [[["甲", "5"], ["乙", "6"]]]
        assert remarks(body) == [("note", "info", ""), ("note", "info", "")]

    def test_places_are_counted_in_the_file(self):
        content = parse(word_file(p("甲") + p() + tbl(tr("乙", "丙")) + p("丁")))
        assert [block.location for block in content.blocks] == [
            Location(paragraph=1),
            Location(table=1),
            Location(paragraph=2),
        ]
        assert content.blocks[1].cells[1].location == Location(table=1, row=1, column=2)


STYLES = """
<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/><w:basedOn w:val="a"/><w:rPr><w:b/></w:rPr>
</w:style>
<w:style w:type="paragraph" w:styleId="21"><w:name w:val="小标题"/><w:basedOn w:val="2"/></w:style>
<w:style w:type="paragraph" w:styleId="t"><w:name w:val="Title"/><w:pPr><w:jc w:val="center"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="o"><w:name w:val="节"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="c"><w:name w:val="toc 1"/></w:style>
<w:style w:type="paragraph" w:styleId="loop"><w:name w:val="环"/><w:basedOn w:val="loop"/></w:style>
<w:style w:type="character" w:styleId="s"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="character" w:styleId="h"><w:name w:val="藏"/><w:rPr><w:vanish/></w:rPr></w:style>
"""


def styled(style: str, *content: str, more: str = "") -> str:
    return p(*content, properties=f'<w:pStyle w:val="{style}"/>{more}')


class TestStyles:
    @pytest.mark.parametrize(
        ("paragraph", "level"),
        [
            (styled("t", "甲"), 0),
            (styled("o", "甲"), 1),
            (styled("2", "甲"), 2),
            (styled("21", "甲"), 2),
            (p("甲", properties='<w:outlineLvl w:val="2"/>'), 3),
            (styled("o", "甲", more='<w:outlineLvl w:val="9"/>'), None),
            (styled("loop", "甲"), None),
            (styled("missing", "甲"), None),
            (p("甲"), None),
        ],
    )
    def test_a_headings_level_is_its_outline_or_its_styles(self, paragraph, level):
        assert [block.level for block in parse(word_file(paragraph, styles=STYLES)).blocks] == [level]

    @pytest.mark.parametrize(
        ("run", "stands_out"),
        [
            (r("乙", "<w:b/>"), True),
            (r("乙", '<w:b w:val="0"/>'), False),
            (r("乙", '<w:rStyle w:val="s"/>'), True),
            (r("乙", '<w:rStyle w:val="s"/><w:b w:val="false"/>'), False),
            (r("乙", "<w:bCs/>"), False),
        ],
    )
    def test_bold_runs_stand_out(self, run, stands_out):
        (block,) = parse(word_file(p("甲", run, run, "丙"), styles=STYLES)).blocks
        assert block.emphasis == (((1, 3),) if stands_out else ())

    def test_in_a_bold_style_bold_runs_do_not_stand_out(self):
        (block,) = parse(word_file(styled("2", "甲", r("乙", "<w:b/>")), styles=STYLES)).blocks
        assert block.emphasis == ()

    @pytest.mark.parametrize(
        ("value", "align"),
        [("center", "centre"), ("right", "right"), ("end", "right"), ("left", "left"), ("both", None)],
    )
    def test_paragraphs_are_aligned_as_they_or_their_styles_say(self, value, align):
        own = p("甲", properties=f'<w:jc w:val="{value}"/>')
        blocks = parse(word_file(own + styled("t", "乙"), styles=STYLES)).blocks
        assert [block.align for block in blocks] == [align, "centre"]

    def test_a_table_of_contents_is_left_out(self):
        gallery = '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        control = f"{gallery}<w:sdtContent>{p('目录')}{p('一、总体情况 1')}</w:sdtContent></w:sdt>"
        assert texts(control + styled("c", "一、总体情况 1") + p("甲"), styles=STYLES) == ["甲"]


class TestTrackedChanges:
    def test_insertions_count_and_deletions_do_not(self):
        deleted = '<w:del w:id="1"><w:r><w:delText>7</w:delText></w:r></w:del>'
        body = p("共", deleted, f'<w:ins w:id="2">{r("8")}</w:ins>', "件")
        assert texts(body) == ["共8件"]
        assert remarks(body) == [("tracked_change", "info", "7"), ("tracked_change", "info", "8")]

    def test_there_is_a_remark_for_each_kind_and_place(self):
        change = f'<w:ins w:id="2">{r("8")}</w:ins>'
        content = parse(word_file(p(change, "甲", change) + tbl(tr(tc(p(change)), "乙"))))
        assert [(remark.found, remark.location) for remark in content.remarks] == [
            ("88", Location(paragraph=1)),
            ("8", Location(table=1, row=1, column=1)),
        ]

    def test_moved_text_is_read_where_it_went(self):
        body = p("甲", f'<w:moveFrom w:id="1">{r("丙")}</w:moveFrom>') + p(
            f'<w:moveTo w:id="2">{r("丙")}</w:moveTo>', "乙"
        )
        assert texts(body) == ["甲", "丙乙"]
        assert {(identifier, severity) for identifier, severity, _ in remarks(body)} == {("tracked_change", "info")}

    def test_a_deleted_mark_joins_two_paragraphs(self):
        mark = '<w:rPr><w:del w:id="1"/></w:rPr>'
        assert texts(p("甲", properties=mark) + p("乙")) == ["甲乙"]

    @pytest.mark.parametrize("mark", ['<w:del w:id="1"/>', '<w:moveFrom w:id="1"/>', "<w:vanish/>"])
    def test_a_last_paragraph_whose_mark_is_gone_is_read(self, mark):
        last = p("乙", properties=f"<w:rPr>{mark}</w:rPr>")
        assert texts(p("甲") + last) == ["甲", "乙"]
        assert texts(tbl(tr(tc(p("甲") + last), "1"))) == [[["甲\n乙", "1"]]]

    def test_moved_text_is_remarked_on_where_it_came_from(self):
        away = f'<w:moveFrom w:id="1">{r("丙")}</w:moveFrom>'
        here = f'<w:moveTo w:id="2">{r("丙")}</w:moveTo>'
        assert remarks(p("甲", away) + p(here, "乙")) == [
            ("tracked_change", "info", "丙"),
            ("tracked_change", "info", ""),
        ]

    def test_a_paragraph_after_a_deleted_heading_is_no_heading(self):
        heading = styled("2", "", more='<w:rPr><w:del w:id="1"/></w:rPr>')
        (block,) = parse(word_file(heading + p("甲"), styles=STYLES)).blocks
        assert (block.text, block.level) == ("甲", None)

    def test_a_wholly_deleted_paragraph_leaves_nothing(self):
        deleted = '<w:del w:id="1"><w:r><w:delText>旧</w:delText></w:r></w:del>'
        assert texts(p(deleted, properties='<w:rPr><w:del w:id="1"/></w:rPr>') + p("乙")) == ["乙"]

    def test_deleted_rows_and_cells_are_left_out_and_inserted_ones_count(self):
        gone = tr(
            tc(p('<w:del w:id="1"><w:r><w:delText>旧</w:delText></w:r></w:del>')), "x", properties='<w:del w:id="1"/>'
        )
        cell = tc("y", '<w:cellDel w:id="3"/>')
        body = tbl(tr("甲", "1"), gone, tr("乙", cell, "2", properties='<w:ins w:id="2"/>'))
        assert texts(body) == [[["甲", "1"], ["乙", "2"]]]
        assert remarks(body) == [
            ("tracked_change", "info", "旧x"),
            ("tracked_change", "info", "y"),
            ("tracked_change", "info", ""),
        ]

    def test_older_properties_do_not_count(self):
        older = '<w:pPrChange w:id="1"><w:pPr><w:pStyle w:val="2"/><w:jc w:val="right"/></w:pPr></w:pPrChange>'
        (block,) = parse(word_file(p("甲", properties=older), styles=STYLES)).blocks
        assert (block.level, block.align) == (None, None)
        cell = tc("乙", '<w:tcPrChange w:id="2"><w:tcPr><w:gridSpan w:val="3"/></w:tcPr></w:tcPrChange>')
        assert shape(tbl(tr(cell, "丙"))) == [(0, 0, 1, 1, "乙"), (0, 1, 1, 1, "丙")]


class TestHiddenText:
    def test_it_is_left_out_and_remarked_on(self):
        body = p("共", r("藏", "<w:vanish/>"), r("匿", '<w:rStyle w:val="h"/>'), "件")
        assert texts(body, styles=STYLES) == ["共件"]
        assert remarks(body, styles=STYLES) == [("hidden_text", "info", "藏匿")]

    def test_what_is_not_hidden_after_all_is_read(self):
        assert texts(p(r("甲", '<w:vanish w:val="0"/>'))) == ["甲"]

    def test_a_heading_with_a_hidden_mark_runs_in(self):
        mark = "<w:rPr><w:vanish/><w:specVanish/></w:rPr>"
        (block,) = parse(word_file(styled("2", "（一）甲。", more=mark) + p("乙"), styles=STYLES)).blocks
        assert (block.text, block.level, block.lead) == ("（一）甲。乙", 2, 5)

    def test_a_hidden_row_is_left_out(self):
        body = tbl(tr("甲", "1"), tr("乙", "2", properties="<w:hidden/>"))
        assert texts(body) == [[["甲", "1"]]]
        assert remarks(body) == [("hidden_text", "info", "乙2")]


class TestFields:
    FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'

    def field(self, instruction: str, result: str) -> str:
        begin, separate, end = map(self.FIELD.format, ("begin", "separate", "end"))
        return f"{begin}{instruction}{separate}{result}{end}"

    def instruction(self, text: str) -> str:
        return f"<w:r><w:instrText>{text}</w:instrText></w:r>"

    def test_of_a_field_only_the_result_is_text(self):
        inner = self.field(self.instruction("MERGEFIELD a"), r("内"))
        assert texts(p("甲", self.field(self.instruction("IF ") + inner, r("5")), "件")) == ["甲5件"]
        assert texts(p("甲", f'<w:fldSimple w:instr="DATE">{r("5")}</w:fldSimple>')) == ["甲5"]

    def test_a_table_of_contents_over_several_paragraphs_is_left_out(self):
        first = self.FIELD.format("begin") + self.instruction(' TOC \\o "1-3" ') + self.FIELD.format("separate")
        assert texts(p(first, "一 1") + p("二 2") + p(self.FIELD.format("end")) + p("甲")) == ["甲"]

    def test_a_field_without_end_is_a_doubt(self):
        body = p("甲", self.FIELD.format("begin")) + p("乙")
        assert remarks(body) == [("open_field", "doubt", "")]


class TestContainers:
    def test_content_controls_are_opened_wherever_they_stand(self):
        control = "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>".format
        cell = control(tc(p(control(r("5")))))
        body = control(control(p("甲", control(r("乙"))))) + control(tbl(control(tr("丙", cell))))
        assert texts(body) == ["甲乙", [["丙", "5"]]]

    def test_a_text_box_is_read_once_after_its_paragraph(self):
        inside = f"<w:txbxContent>{p('框内')}</w:txbxContent>"
        box = (
            f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><wps:txbx>{inside}</wps:txbx></mc:Choice>'
            f"<mc:Fallback><w:pict><v:textbox>{inside}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        )
        assert texts(p("甲", box) + p("乙")) == ["甲", "框内", "乙"]
        assert texts(tbl(tr(tc(p("丙", box)), "丁"))) == [[["丙", "丁"]], "框内"]

    @pytest.mark.parametrize(
        ("name", "order"), [("Frame1", [[["丙", "丁"]], "甲"]), ("文本框 1", ["甲", [["丙", "丁"]]])]
    )
    def test_a_floating_table_that_libreoffice_made_a_box_of_stands_before_its_paragraph(self, name, order):
        wp = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
        inside = f"<w:txbxContent>{tbl(tr('丙', '丁'))}{p('')}</w:txbxContent>"
        drawing = f'<wp:anchor xmlns:wp="{wp}"><wp:docPr id="1" name="{name}"/>{inside}</wp:anchor>'
        box = f"<w:r><w:drawing>{drawing}</w:drawing></w:r>"
        assert texts(p("甲", box)) == order

    def test_where_no_choice_is_known_the_fallback_is_read(self):
        body = (
            '<w:r xmlns:new="urn:unknown"><mc:AlternateContent><mc:Choice Requires="new"><w:t>新</w:t></mc:Choice>'
            "<mc:Fallback><w:t>旧</w:t></mc:Fallback></mc:AlternateContent></w:r>"
        )
        assert texts(p("甲", body)) == ["甲旧"]

    def test_embedded_objects_and_documents_are_remarked_on(self):
        body = p("甲", "<w:r><w:object/></w:r>") + '<w:altChunk r:id="x"/>'
        assert remarks(body) == [("embedded_object", "info", ""), ("unread_part", "doubt", "")]


def numbering(*levels: str, more: str = "") -> str:
    defined = "".join(f'<w:lvl w:ilvl="{index}">{level}</w:lvl>' for index, level in enumerate(levels))
    return (
        f'<w:abstractNum w:abstractNumId="7">{defined}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>{more}'
    )


def level(format: str, text: str, start: int = 1, more: str = "") -> str:
    return f'<w:start w:val="{start}"/><w:numFmt w:val="{format}"/>{more}<w:lvlText w:val="{text}"/>'


def item(text: str, index: int = 0, number: int = 1) -> str:
    return p(text, properties=f'<w:numPr><w:ilvl w:val="{index}"/><w:numId w:val="{number}"/></w:numPr>')


class TestNumbering:
    def test_labels_are_counted_and_put_before_the_text(self):
        levels = numbering(level("chineseCountingThousand", "%1、"), level("chineseCounting", "（%2）"))
        body = item("甲") + item("乙", 1) + item("丙", 1) + item("丁") + item("戊", 1)
        assert texts(body, numbering=levels) == ["一、甲", "（一）乙", "（二）丙", "二、丁", "（一）戊"]

    def test_a_label_may_show_several_levels_and_start_later(self):
        levels = numbering(level("upperRoman", "%1.", 4), level("lowerLetter", "%1.%2", more="<w:isLgl/>"))
        assert texts(item("甲") + item("乙", 1), numbering=levels) == ["IV.甲", "4.1 乙"]

    def test_a_level_that_was_passed_over_shows_its_start(self):
        levels = numbering(level("decimal", "%1."), level("decimal", "%1.%2."))
        assert texts(item("乙", 1), numbering=levels) == ["1.1.乙"]

    def test_numbering_may_start_anew(self):
        more = (
            '<w:num w:numId="2"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/>'
            "</w:lvlOverride></w:num>"
        )
        body = item("甲") + item("乙") + item("丙", number=2) + item("丁", number=2)
        assert texts(body, numbering=numbering(level("decimal", "%1、"), more=more)) == [
            "1、甲",
            "2、乙",
            "1、丙",
            "2、丁",
        ]

    def test_a_label_may_have_no_space_after_it(self):
        levels = numbering(level("decimal", "第%1条", more='<w:suff w:val="nothing"/>'))
        assert texts(item("甲"), numbering=levels) == ["第1条甲"]
        assert texts(item("甲"), numbering=numbering(level("decimal", "第%1条"))) == ["第1条 甲"]

    def test_a_level_that_is_changed_for_one_list_counts_on(self):
        changed = level("upperLetter", "%1.")
        more = (
            '<w:num w:numId="2"><w:abstractNumId w:val="7"/>'
            f'<w:lvlOverride w:ilvl="0"><w:lvl w:ilvl="0">{changed}</w:lvl></w:lvlOverride></w:num>'
        )
        body = item("甲") + item("乙", number=2) + item("丙")
        levels = numbering(level("decimal", "%1."), more=more)
        assert texts(body, numbering=levels) == ["1.甲", "B.乙", "3.丙"]

    def test_an_override_starts_a_list_anew_once(self):
        more = (
            '<w:num w:numId="2"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/>'
            "</w:lvlOverride></w:num>"
        )
        body = item("甲") + item("乙", number=2) + item("丙", number=2) + item("丁")
        levels = numbering(level("decimal", "%1."), more=more)
        assert texts(body, numbering=levels) == ["1.甲", "5.乙", "6.丙", "7.丁"]

    def test_a_level_may_count_on(self):
        levels = numbering(level("decimal", "%1."), level("decimal", "（%2）", more='<w:lvlRestart w:val="0"/>'))
        body = item("甲") + item("乙", 1) + item("丙") + item("丁", 1)
        assert texts(body, numbering=levels) == ["1.甲", "（1）乙", "2.丙", "（2）丁"]

    def test_a_style_may_number_and_a_paragraph_may_not_be(self):
        style = (
            '<w:style w:type="paragraph" w:styleId="n"><w:name w:val="节"/>'
            '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        )
        levels = numbering(level("decimal", "%1."), level("decimal", "（%2）", more='<w:pStyle w:val="n"/>'))
        body = styled("n", "甲") + styled("n", "乙", more='<w:numPr><w:numId w:val="0"/></w:numPr>')
        assert texts(body, styles=style, numbering=levels) == ["（1）甲", "乙"]

    def test_labels_in_cells_count_on(self):
        levels = numbering(level("decimal", "%1."))
        assert texts(tbl(tr(tc(item("甲")), tc(item("乙")))), numbering=levels) == [[["1.甲", "2.乙"]]]

    def test_bullets_unknown_lists_and_empty_items_have_no_label(self):
        assert texts(item("甲") + item("乙", number=9), numbering=numbering(level("bullet", "\uf0b7"))) == ["甲", "乙"]
        assert texts(item("") + item("乙"), numbering=numbering(level("decimal", "%1."))) == ["1.乙"]

    @pytest.mark.parametrize(
        ("format", "numerals"),
        [
            ("decimalZero", ["01", "10", "21", "105"]),
            ("decimalFullWidth", ["１", "１０", "２１", "１０５"]),
            ("decimalEnclosedCircleChinese", ["①", "⑩", "21", "105"]),
            ("upperLetter", ["A", "J", "U", "AAAAA"]),
            ("lowerRoman", ["i", "x", "xxi", "cv"]),
            ("chineseCounting", ["一", "十", "二十一", "一百零五"]),
            ("chineseLegalSimplified", ["壹", "壹拾", "贰拾壹", "壹佰零伍"]),
            ("ideographDigital", ["一", "一〇", "二一", "一〇五"]),
            ("ideographTraditional", ["甲", "癸", "甲", "戊"]),
            ("of a later version", ["1", "10", "21", "105"]),
        ],
    )
    def test_numerals_are_printed_as_word_does(self, format, numerals):
        printed = [
            texts(item("x"), numbering=numbering(level(format, "%1、", start)))[0].removesuffix("、x")
            for start in (1, 10, 21, 105)
        ]
        assert printed == numerals


class TestTables:
    def test_cells_span_columns_and_rows(self):
        body = tbl(
            tr(tc("甲", '<w:gridSpan w:val="2"/>'), tc("乙", '<w:vMerge w:val="restart"/>')),
            tr("丙", "丁", tc("", "<w:vMerge/>")),
            tr("戊", "己", tc("", '<w:vMerge w:val="continue"/>')),
        )
        assert shape(body) == [
            (0, 0, 1, 2, "甲"),
            (0, 2, 3, 1, "乙"),
            (1, 0, 1, 1, "丙"),
            (1, 1, 1, 1, "丁"),
            (2, 0, 1, 1, "戊"),
            (2, 1, 1, 1, "己"),
        ]

    def test_a_merger_that_continues_nothing_or_a_wider_cell_is_a_cell(self):
        body = tbl(tr("甲", "乙"), tr(tc("丙", "<w:vMerge/>"), "丁"))
        assert shape(body)[2] == (1, 0, 1, 1, "丙")
        wide = tc("甲", '<w:gridSpan w:val="2"/><w:vMerge w:val="restart"/>')
        assert shape(tbl(tr(wide, "乙"), tr(tc("丙", "<w:vMerge/>"), "丁", "戊")))[2] == (1, 0, 1, 1, "丙")

    def test_a_row_that_begins_with_a_merger_across_is_not_merged_into_the_row_above(self):
        body = tbl(tr("甲", "乙"), tr(tc("丙", "<w:hMerge/>"), "丁"))
        assert shape(body) == [(0, 0, 1, 1, "甲"), (0, 1, 1, 1, "乙"), (1, 0, 1, 1, "丙"), (1, 1, 1, 1, "丁")]

    def test_a_merger_across_adds_columns(self):
        body = tbl(tr(tc("甲", '<w:hMerge w:val="restart"/>'), tc("", "<w:hMerge/>"), "乙"), tr("丙", "丁", "戊"))
        assert shape(body)[:2] == [(0, 0, 1, 2, "甲"), (0, 2, 1, 1, "乙")]

    def test_text_in_a_cell_that_continues_a_merger_is_remarked_on(self):
        body = tbl(tr(tc("甲", '<w:vMerge w:val="restart"/>'), "1"), tr(tc("藏", "<w:vMerge/>"), "2"))
        assert remarks(body) == [("hidden_text", "info", "藏")]

    def test_rows_may_begin_and_end_later(self):
        row = tr("甲", properties='<w:gridBefore w:val="2"/><w:gridAfter w:val="1"/>')
        assert shape(tbl(tr("a", "b", "c", "d"), row))[4] == (1, 2, 1, 1, "甲")

    def test_paragraphs_in_a_cell_are_lines(self):
        assert texts(tbl(tr(tc(p("商业") + p() + p("企业")), "1"))) == [[["商业\n企业", "1"]]]

    def test_a_table_in_a_cell_follows(self):
        inner = tbl(tr("子", "丑"))
        body = tbl(tr("甲", "乙", "丙"), tr("丁", tc(p("戊") + inner + p("己")), "庚")) + p("后")
        assert texts(body) == [[["甲", "乙", "丙"], ["丁", "戊\n己", "庚"]], [["子", "丑"]], "后"]

    def test_a_table_that_only_arranges_is_paragraphs(self):
        inner = tbl(tr("子", "丑"), tr("寅", "卯"))
        assert texts(tbl(tr(tc(p("题") + inner + p("尾"))))) == ["题", [["子", "丑"], ["寅", "卯"]], "尾"]
        assert texts(tbl(tr("左", tc(inner + p())))) == ["左", [["子", "丑"], ["寅", "卯"]]]
        assert texts(tbl(tr("题"), tr("文"))) == ["题", "文"]


class TestPackage:
    def test_titles_are_the_files_own_and_the_pages_head(self):
        content = parse(word_file(p("甲"), title="某局年报", header=p("某局") + p("2023年年报")))
        assert content.titles == ("某局年报", "某局", "2023年年报")
        assert [block.text for block in content.blocks] == ["甲"]

    def test_strict_files_are_read_alike(self):
        body = tbl(tr("甲", tc(p("<m:oMath><m:r><m:t>5</m:t></m:r></m:oMath>"))))
        read = parse(word_file(body, strict=True))
        assert read == parse(word_file(body))
        assert [cell.text for cell in read.blocks[0].cells] == ["甲", "5"]

    def test_parts_in_utf_16_are_read_alike(self):
        body = tbl(tr("甲", "乙"))
        for strict in (False, True):
            assert parse(word_file(body, strict=strict, encoding="utf-16")) == parse(word_file(body))

    def test_the_blank_form_of_a_city_is_read_whole(self):
        path = ROOT.parent / "shared" / "real" / "form-2021-blank.docx"
        if not path.exists():
            pytest.skip("shared/real/form-2021-blank.docx is missing")
        blocks = parse(path.read_bytes()).blocks
        assert [len(block.cells) for block in blocks if isinstance(block, Table)] == [30, 215, 34]
        assert sum(isinstance(block, Paragraph) for block in blocks) == 10


def zipped(**parts: str | bytes) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return buffer.getvalue()


def document(content: str | bytes, before: str = "", encoding: str = "utf-8") -> bytes:
    start, end = f"{before}<w:document {NAMESPACES}><w:body>", "</w:body></w:document>"
    if isinstance(content, str):
        return zipped(**{"word__document.xml": (start + content + end).encode(encoding)})
    return zipped(**{"word__document.xml": start.encode() + content + end.encode()})


ENTITIES = "".join(f'<!ENTITY e{index + 1} "{f"&e{index};" * 10}">' for index in range(12))
BILLION = f'<!DOCTYPE d [<!ENTITY e0 "笑">{ENTITIES}]>'
UNMARKED = '<?xml version="1.0" encoding="UTF-16LE"?>'
OUTSIDE = '<!DOCTYPE d [<!ENTITY e0 SYSTEM "file:///etc/hostname">]>'
HOSTILE = {
    "no zip": lambda: b"PK\x03\x04" + bytes(100),
    "cut off": lambda: word_file(p("甲"))[:-40],
    "no word file": lambda: zipped(a="b"),
    "no body": lambda: zipped(**{"word__document.xml": f"<w:document {NAMESPACES}/>"}),
    "no xml": lambda: document("<w:p>"),
    "zip bomb": lambda: document(b"<w:p/>" * 5_000_000),
    "million elements": lambda: document("<w:p/>" * 1_000_000),
    "million attributes": lambda: document("<w:p " + " ".join(f'a{n}=""' for n in range(900_000)) + "/>"),
    "long text": lambda: document(p("甲" * 4_000_000)),
    "entity bomb": lambda: document("<w:p><w:r><w:t>&e12;</w:t></w:r></w:p>", BILLION),
    "outside entity": lambda: document("<w:p><w:r><w:t>&e0;</w:t></w:r></w:p>", OUTSIDE),
    "entities in UTF-16": lambda: document("<w:p><w:r><w:t>&e12;</w:t></w:r></w:p>", BILLION, "utf-16"),
    "an entity in UTF-16": lambda: document(p("甲&e0;乙"), BILLION, "utf-16"),
    "an entity in UTF-16 without a mark": lambda: document(p("甲&e0;乙"), UNMARKED + BILLION, "utf-16-le"),
    "half a character": lambda: zipped(**{"word__document.xml": b"\xff\xfe<\x00\x00"}),
    "nested tables": lambda: document("<w:tbl><w:tr><w:tc/><w:tc>" * 60 + "</w:tc></w:tr></w:tbl>" * 60),
    "deep nesting": lambda: document("<w:sdt>" * 100_000 + "</w:sdt>" * 100_000),
    "wide table": lambda: document(tbl(tr(*["1"] * 300))),
    "many parts": lambda: zipped(**{f"p{n}": "" for n in range(20_000)}),
}


@ends_soon
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused_within_bounds(name):
    said, size = measured("word", HOSTILE[name]())
    assert said.startswith("x: ")
    assert size < 300


@ends_soon
def test_the_largest_file_that_is_read_stays_within_bounds():
    said, size = measured("word", document(p("甲") * 60_000))
    assert said == ""
    assert size < 300


def test_wide_spans_are_cut():
    assert shape(tbl(tr("甲", tc("乙", '<w:gridSpan w:val="999999999"/>'))))[1] == (0, 1, 1, 199, "乙")


def test_references_outside_the_file_are_not_followed():
    data = word_file('<w:p><w:r><w:t>甲</w:t></w:r></w:p><w:subDoc r:id="r0"/>')
    assert [block.text for block in parse(data).blocks] == ["甲"]


def test_a_protected_file_is_refused_with_advice():
    names = b"".join(name.encode("utf-16-le").ljust(128, b"\x00") for name in ("Root Entry", "EncryptedPackage"))
    with pytest.raises(UnusableInputError, match="取消密码"):
        parse(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + names)


def test_a_file_that_has_been_read_is_freed_at_once():
    data = word_file(tbl(tr(tc(p("规章")), tc(p("5"))), tr(tc(p("许可")), tc(p(r("3", "<w:b/>"))))) + p("甲"))
    parse(data)
    gc.collect()
    gc.disable()
    gc.set_debug(gc.DEBUG_SAVEALL)
    try:
        parse(data)
        gc.collect()
        kept = [found for found in gc.garbage if type(found).__module__.startswith(("annual_report", "lxml"))]
    finally:
        gc.set_debug(0)
        gc.garbage.clear()
        gc.enable()
    assert kept == []  # other threads of the tests may leave something else


def test_an_error_names_the_file():
    with pytest.raises(UnusableInputError, match=r"年报\.docx"):
        parse(b"PK\x03\x04", "年报.docx")
