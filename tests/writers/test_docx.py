"""The Word document, read back with python-docx."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Length, Mm
from extremes import extremes
from extremes import render_anyway as render
from hypothesis import given, settings
from strategies import reports

from annual_report import AnnualReport, Style, to_document
from annual_report.form.sections import SECTIONS, TABLES
from annual_report.report.places import section_title
from annual_report.style import PRESETS, STYLES_KEPT
from annual_report.writers.docx.package import package


def read(content: bytes):
    return docx.Document(BytesIO(content))


def cells(table) -> list[list[str]]:
    """Give the text at every place of a table's grid, merged cells at each place they cover."""
    return [[cell.text for cell in row.cells] for row in table.rows]


def expected(report: AnnualReport, key: str) -> list[list[str]]:
    grid = report.form.grids[key]
    values = iter(grid.print(getattr(report, key)))
    places = [[""] * grid.width for _ in range(grid.height)]
    for cell in grid.cells:
        text = next(values) if cell.is_value else cell.text
        for row in range(cell.row, cell.row + cell.rows):
            for column in range(cell.column, cell.column + cell.columns):
                places[row][column] = text
    return places


def assert_tables_agree(report: AnnualReport, content: bytes) -> None:
    document = read(content)
    for table, key in zip(document.tables, TABLES, strict=True):
        assert cells(table) == expected(report, key)


@pytest.mark.parametrize("name", ["seed", "seed_as_published", "large_city", "housing_bureau"])
def test_every_cell_of_every_table_is_the_reports(name, request):
    report = request.getfixturevalue(name)
    assert_tables_agree(report, render(report))


def test_the_large_citys_numbers_stand_where_the_form_has_them(large_city):
    tables = [cells(table) for table in read(render(large_city)).tables]
    assert tables[0][6][:2] == ["行政许可", "11398889"]
    assert [len(tables[1]), len(tables[1][0]), len(tables[2]), len(tables[2][0])] == [28, 10, 4, 15]
    assert tables[1][5][:4] == ["三、本年度办理结果", "（一）予以公开", "（一）予以公开", "5345"]
    assert tables[1][26][-1] == "13810"
    numbers = "376 97 196 121 790 16 1 12 27 56 74 1 30 51 156"
    assert " ".join(tables[2][3]) == numbers


def test_the_trial_form_prints_changes_with_their_sign_and_money_in_yuan(housing_bureau):
    disclosed, applications, _ = [cells(table) for table in read(render(housing_bureau)).tables]
    assert [row for row in disclosed if row[0] in {"行政许可", "其他对外管理服务事项", "行政强制"}] == [
        ["行政许可", "14", "-1", "236"],
        ["其他对外管理服务事项", "9", "+2", "1318"],
        ["行政强制", "3", "0", "0"],
    ]
    assert disclosed[-1] == ["政府集中采购", "6", "1873420.50元", "1873420.50元"]
    assert [len(applications), len(applications[0])] == [26, 10]
    assert applications[-3] == ["三、本年度办理结果", "（六）其他处理", "（六）其他处理", *"000001", "1"]


@pytest.mark.parametrize("name", extremes())
def test_tables_at_the_extremes(name):
    report = extremes()[name]
    assert_tables_agree(report, render(report))


@given(reports())
@settings(max_examples=40)
def test_nothing_of_a_report_is_lost(data):
    report = AnnualReport.model_validate(data)
    content = render(report)
    assert_tables_agree(report, content)
    words = "".join("".join(paragraph.text for paragraph in read(content).paragraphs).split())
    for narrative in (report.preamble, report.overview, report.problems_and_improvements, report.other_matters):
        for paragraph in narrative:
            assert "".join(paragraph.text.split()) in words


def test_the_document_begins_with_title_and_introduction(seed):
    paragraphs = [(paragraph.style.name, paragraph.text) for paragraph in read(render(seed)).paragraphs]
    assert paragraphs[0] == ("Title", "石嘴山市民政局\n2023年政府信息公开工作年度报告")
    assert paragraphs[1] == ("Body Text", str(seed.preamble))
    assert paragraphs[2] == ("Heading 1", "一、总体情况")


def test_headings_are_real_and_in_the_forms_words(seed):
    headings = [
        (paragraph.style.name, paragraph.text)
        for paragraph in read(render(seed)).paragraphs
        if paragraph.style.name.startswith("Heading")
    ]
    assert [text for name, text in headings if name == "Heading 1"] == [section_title(key) for key in SECTIONS]
    assert ("Heading 2", "（一）主动公开情况") in headings
    assert ("Heading 2", "（二）信息处理费收取情况") in headings
    styles = to_document(seed).styles
    assert [
        styles[f"Heading {level}"].element.pPr.find(qn("w:outlineLvl")).get(qn("w:val")) for level in (1, 2, 3, 4)
    ] == ["0", "1", "2", "3"]


def test_emphasis_is_a_style(seed):
    strong = [
        run.text for paragraph in read(render(seed)).paragraphs for run in paragraph.runs if run.style.name == "Strong"
    ]
    assert strong == ["积极推动政策落地落细落实", "持续完善决策政民互动机制", "不断提高标准化"]


def test_a_run_in_sub_heading_is_a_heading_with_its_mark_hidden(large_city):
    paragraphs = read(render(large_city)).paragraphs
    lead = next(paragraph for paragraph in paragraphs if paragraph.text == "（一）主动公开。")
    assert lead.style.name == "Heading 2"
    assert lead._p.pPr.find(qn("w:rPr")).find(qn("w:specVanish")) is not None


@pytest.mark.parametrize("sub_headings", ["as-written", "run-in", "own-line"])
def test_sub_headings_run_in_or_stand_alone_as_the_style_says(seed, large_city, sub_headings):
    style = Style(sub_headings=sub_headings)
    for report, run_in in ((seed, sub_headings == "run-in"), (large_city, sub_headings != "own-line")):
        paragraphs = read(render(report, style=style)).paragraphs
        heading = next(paragraph for paragraph in paragraphs if paragraph.text.startswith("（一）主动公开"))
        assert heading.text.endswith("。") == run_in
        assert (heading._p.find(f".//{qn('w:specVanish')}") is not None) == run_in


def test_the_page_is_the_standards(seed):
    section = read(render(seed)).sections[0]
    sides = [section.page_width, section.page_height, section.top_margin, section.bottom_margin]
    sides += [section.left_margin, section.right_margin]
    assert [side.twips for side in sides] == [11906, 16838, 2098, 1984, 1587, 1474]


def test_styles_name_the_standards_faces(seed):
    styles = to_document(seed).styles
    faces = {
        name: (
            styles[name].element.rPr.rFonts.get(qn("w:eastAsia")),
            styles[name].font.name,
            styles[name].font.size.pt,
        )
        for name in ("Title", "Normal", "Heading 1", "Heading 2", "Heading 3", "Heading 4", "Footer")
    }
    assert faces == {
        "Title": ("方正小标宋简体", "Times New Roman", 22),
        "Normal": ("仿宋_GB2312", "Times New Roman", 16),
        "Heading 1": ("黑体", "Times New Roman", 16),
        "Heading 2": ("楷体_GB2312", "Times New Roman", 16),
        "Heading 3": ("仿宋_GB2312", "Times New Roman", 16),
        "Heading 4": ("仿宋_GB2312", "Times New Roman", 16),
        "Footer": ("宋体", "宋体", 14),
    }


def test_pages_are_numbered_right_on_odd_and_left_on_even_ones(seed):
    document = read(render(seed))
    section = document.sections[0]
    assert document.settings.odd_and_even_pages_header_footer
    for footer, align in ((section.footer, "RIGHT"), (section.even_page_footer, "LEFT")):
        (paragraph,) = footer.paragraphs
        assert paragraph.style.paragraph_format.alignment.name == align
        assert paragraph.text == "— 1 —"
        assert "PAGE" in paragraph._p.xml
    assert round((section.bottom_margin - section.footer_distance) / Mm(1), 1) >= 7


def test_tables_are_true_merged_grids(large_city):
    table = read(render(large_city, style=Style(tables={"keep_whole": ["applications"]}))).tables[1]
    xml = table._tbl.xml
    assert xml.count('w:vMerge w:val="restart"') == 8
    assert len(table._tbl.findall(f".//{qn('w:tblHeader')}")) == 3
    assert len(table._tbl.findall(f".//{qn('w:cantSplit')}")) == 28
    widths = [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid]
    assert sum(widths) == 11906 - 1587 - 1474


def test_tables_have_a_title_and_a_description(seed):
    for table, key in zip(read(render(seed)).tables, TABLES, strict=True):
        properties = table._tbl.tblPr
        assert properties.find(qn("w:tblCaption")).get(qn("w:val")) == section_title(key)[2:]
        assert "石嘴山市民政局" in properties.find(qn("w:tblDescription")).get(qn("w:val"))


def test_core_properties_never_look_at_the_clock(seed, data):
    core = read(render(seed)).core_properties
    assert (core.title, core.author) == ("石嘴山市民政局2023年政府信息公开工作年度报告", "石嘴山市民政局")
    assert (core.subject, core.language) == ("政府信息公开工作年度报告", "zh-CN")
    assert core.created.date().isoformat() == "2023-12-31"
    issued = AnnualReport.model_validate(data | {"issued_on": "2026-01-25"})
    assert read(render(issued)).core_properties.created.date().isoformat() == "2026-01-25"


def test_signature_and_date_stand_as_the_standard_has_them(data):
    report = AnnualReport.model_validate(data | {"issued_by": "某市人民政府", "issued_on": "2026-01-25"})
    name, date = read(render(report)).paragraphs[-2:]
    assert (name.text, name.style.name, date.text, date.style.name) == (
        "某市人民政府",
        "Signature",
        "2026年1月25日",
        "Date",
    )
    # The date, 2026年1月25日, is 6.5 characters wide and the name 6: the date stands two in, the name further.
    assert date.paragraph_format.right_indent.pt == 32
    assert name.paragraph_format.right_indent.pt == 4 * 16 + 0.5 * 16


def test_the_longer_name_stands_two_characters_in(data):
    report = AnnualReport.model_validate(data | {"issued_by": "某某省某某市人民政府", "issued_on": "2026-01-25"})
    name, date = read(render(report)).paragraphs[-2:]
    right, left = name.paragraph_format.right_indent.pt, date.paragraph_format.right_indent.pt
    assert right == 32
    assert right + 10 * 16 - (left + 6.5 * 16) == 2 * 16


def test_the_same_report_gives_the_same_bytes(seed):
    code = (
        "import hashlib, annual_report as a;"
        "print(hashlib.sha256(a.render(a.load('fixtures/shizuishan-civil-affairs-2023.json'))).hexdigest())"
    )
    hashes = {
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, check=True, env={"PYTHONHASHSEED": seed_}
        ).stdout
        for seed_ in ("0", "1")
    }
    assert len(hashes) == 1
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(lambda _: render(seed), range(32)))) == 1


def test_what_is_kept_prepared_does_not_grow_with_the_styles_tried(seed):
    for tenths in range(STYLES_KEPT + 3):
        render(seed, style=Style(margins={"top": 35 + tenths / 10}))
    assert package.cache_info().currsize <= STYLES_KEPT


@pytest.mark.parametrize("preset", PRESETS)
def test_the_package_holds_nothing_but_what_it_needs(seed, preset):
    content = render(seed, style=preset)
    assert len(content) < 25_000
    with ZipFile(BytesIO(content)) as archive:
        assert sorted(archive.namelist()) == [
            "[Content_Types].xml",
            "_rels/.rels",
            "docProps/core.xml",
            "word/_rels/document.xml.rels",
            "word/document.xml",
            "word/fontTable.xml",
            "word/footer1.xml",
            "word/footer2.xml",
            "word/settings.xml",
            "word/styles.xml",
        ]
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_python_docx_can_go_on_from_the_document(seed):
    document = to_document(seed, style=Style())
    document.add_paragraph("附件", style="Body Text")
    buffer = BytesIO()
    document.save(buffer)
    assert read(buffer.getvalue()).paragraphs[-1].text == "附件"


def test_a_page_has_22_lines_of_28_characters_by_arithmetic(seed):
    document = to_document(seed)
    section = document.sections[0]
    height = Length(section.page_height - section.top_margin - section.bottom_margin).twips
    width = Length(section.page_width - section.left_margin - section.right_margin).twips
    body = document.styles["Body Text"].element.rPr
    pitch = document.styles["Normal"].paragraph_format.line_spacing.twips
    character = 16 * 20 + int(body.find(qn("w:spacing")).get(qn("w:val")))
    assert height // pitch == 22
    assert width // character == 28


def test_what_an_office_sets_is_what_it_gets(seed):
    style = Style(
        indent=0,
        title_space=3,
        tables={"rule": 1, "rule_colour": "ff0000", "row_height": 30, "label_share": 0.5},
        band_shading="ABCDEF",
        margins={"left": 30, "right": 30},
    )
    document = to_document(seed, style=style)
    assert document.styles["Body Text"].element.pPr.ind.get(qn("w:firstLineChars")) == "0"
    assert document.styles["Title"].paragraph_format.space_before.pt == pytest.approx(3 * style.line_pitch, abs=0.1)
    rules = document.styles["Report Table"].element.find(qn("w:tblPr")).find(qn("w:tblBorders"))
    assert {(rule.get(qn("w:sz")), rule.get(qn("w:color"))) for rule in rules} == {("8", "FF0000")}
    table = document.tables[0]
    assert {row.height.pt for row in table.rows} == {30}
    assert "ABCDEF" in table._tbl.xml
    widths = [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid]
    assert widths[0] == round(sum(widths) / 2)


def test_every_style_is_one_that_a_report_may_use(seed):
    names = {style.style_id for style in to_document(seed).styles}
    assert not [name for name in names if name.startswith("ItemNumber") and name != "ItemNumber"]
    assert {"Title", "BodyText", "Heading1", "Strong", "ReportTable"} <= names


@pytest.mark.parametrize(("lines", "kept"), [(1, True), (6, True), (9, None), (50, None)])
def test_a_short_last_paragraph_is_kept_with_the_signature(data, lines, kept):
    text = {"other_matters": "第一段。\n" + "文" * 28 * lines, "issued_by": "某市人民政府"}
    before, last, _ = read(render(AnnualReport.model_validate(data | text))).paragraphs[-3:]
    assert (before.paragraph_format.keep_with_next, last.paragraph_format.keep_with_next) == (None, kept)


def test_the_last_paragraph_is_as_the_others_without_a_signature(data):
    report = AnnualReport.model_validate(data | {"issued_by": None, "issued_on": None})
    assert read(render(report)).paragraphs[-1].paragraph_format.keep_with_next is None
