"""PDF files as blocks: what programs write seldom, or in many ways, written by hand."""

from __future__ import annotations

from itertools import pairwise

import pytest
from raw_pdf import FIRST_FREE, FONTS, drawn_font, line, raw_pdf, ruled, stream, text

from annual_report import UnusableInputError
from annual_report.readers.blocks import Paragraph, Table
from annual_report.readers.published import pdf
from annual_report.readers.published.unfold import split

ROW = text(105, 525, "规章") + text(205, 525, "12") + text(105, 505, "许可") + text(205, 505, "345")
TABLE = ruled([100, 200, 300], [500, 520, 540]) + ROW
TWO_BY_TWO = [(0, 0, 1, 1, "规章"), (0, 1, 1, 1, "12"), (1, 0, 1, 1, "许可"), (1, 1, 1, 1, "345")]
FILLER = "全面推进政务公开，依法保障人民群众的知情权、参与权。"


def texts(*pages: str, **options: object) -> list[str]:
    return [block.text for block in pdf.parse(raw_pdf(*pages, **options)).blocks if isinstance(block, Paragraph)]


def tables(*pages: str, **options: object) -> list[list[tuple[int, int, int, int, str]]]:
    return [
        [(cell.row, cell.column, cell.rows, cell.columns, cell.text) for cell in block.cells]
        for block in pdf.parse(raw_pdf(*pages, **options)).blocks
        if isinstance(block, Table)
    ]


def remarks(*pages: str, **options: object) -> list[tuple[str, str, int | None]]:
    content = pdf.parse(raw_pdf(*pages, **options))
    return [(remark.id, remark.severity, remark.location.page) for remark in content.remarks]


def body(*lines: str, top: float = 700, left: float = 100) -> str:
    """Lines of text, 20 points apart."""
    return "".join(text(left, top - 20 * n, words) for n, words in enumerate(lines))


def test_characters_beyond_the_first_65536_are_one_each():
    assert texts(text(100, 700, "𠮷祥")) == ["𠮷祥"]


@pytest.mark.parametrize(
    ("codes", "common"),
    [((0x2ED3, 0x2EDA), "长页"), ((0x2F00, 0x2F8A), "一色"), ((0xF967, 0xFA12), "不晴"), ((0xFE35, 0xFE36), "（）")],
)
def test_radicals_and_compatibility_forms_are_read_as_common_characters(codes, common):
    objects = drawn_font(FIRST_FREE, codes)
    page = "BT /F2 12 Tf 100 700 Td <0102> Tj ET"
    assert texts(page, objects=objects, fonts=f"/F2 {FIRST_FREE} 0 R") == [common]


def test_full_width_digits_and_marks_stay_what_they_are():
    assert texts(text(100, 700, "（１２３），４")) == ["（１２３），４"]


@pytest.mark.parametrize("offset", [0.3, 1.0, 2.0])
def test_what_is_printed_twice_to_look_bold_is_read_once(offset):
    page = body("本年1100件") + text(100 + offset, 700, "本年1100件")
    assert texts(page) == ["本年1100件"]


def test_a_number_printed_over_itself_in_another_size_is_read_once():
    small = text(208, 505, "12", size=9) + text(208, 525, "6789", size=9)
    page = ruled([100, 200, 300], [500, 520, 540]) + text(205, 525, "6789") + text(205, 505, "99")
    assert [cell[4] for cell in tables(page + small)[0] if cell[1]] == ["6789", "\ufffd\ufffd"]


def test_digits_that_are_alike_are_all_read():
    assert texts(text(100, 700, "1111 000")) == ["1111 000"]


@pytest.mark.parametrize("unicodes", [None, (0xE001, 0xE002), (0xFFFD, 0xFFFD)], ids=["none", "private", "unknown"])
def test_characters_without_unicode_are_a_doubt(unicodes):
    page = text(100, 600, "正文") + "BT /F2 12 Tf 100 700 Td <0102> Tj ET"
    options = {"objects": drawn_font(FIRST_FREE, unicodes), "fonts": f"/F2 {FIRST_FREE} 0 R"}
    assert remarks(page, **options) == [("no_unicode", "doubt", 1)]
    assert texts(page, **options) == ["\ufffd\ufffd", "正文"]


def test_the_font_whose_characters_have_no_unicode_is_named():
    parts = [
        f"<< /Type /Font /Subtype /Type0 /BaseFont /ABCDEF+Secret /Encoding /Identity-H"
        f" /DescendantFonts [{FIRST_FREE + 1} 0 R] >>".encode(),
        (
            b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /ABCDEF+Secret /DW 1000 /FontDescriptor 5 0 R"
            b" /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>"
        ),
    ]
    page = text(100, 700, "正文") + "BT /F2 12 Tf 100 600 Td <00300031> Tj ET"
    (remark,) = pdf.parse(raw_pdf(page, objects=parts, fonts=f"/F2 {FIRST_FREE} 0 R")).remarks
    assert remark.message.text("zh") == "字体 Secret 没有字符编码信息，有 2 个字无法辨认"


def test_text_that_is_not_painted_is_a_doubt():
    assert remarks(text(100, 700, "一"), text(100, 700, "二", extra="3 Tr")) == [("invisible_text", "doubt", 2)]
    assert remarks(text(100, 700, "一") + text(100, 600, " ", extra="3 Tr")) == []


def test_text_beyond_the_paper_is_not_read():
    assert texts(text(100, 700, "看得见") + text(700, 700, "看不见")) == ["看得见"]


def test_a_watermark_is_left_out_and_said_to_be():
    watermark = text(200, 500, "内部资料", size=40, matrix="0.7 0.7 -0.7 0.7")
    assert texts(TABLE + text(100, 700, "正文") + watermark) == ["正文"]
    assert tables(TABLE + watermark) == [TWO_BY_TWO]
    assert remarks(TABLE + watermark) == [("slanted_text", "info", 1)]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_rotated_pages_are_read_like_others(turn):
    assert tables(TABLE, page=f"/Rotate {turn}") == [TWO_BY_TWO]


@pytest.mark.parametrize(
    "turned", ["0 1 -1 0 600 0 cm", "-1 0 0 -1 600 800 cm", "0 -1 1 0 0 800 cm"], ids=["up", "over", "down"]
)
def test_pages_whose_text_is_set_sideways_are_read_in_its_direction(turned):
    assert tables(f"q {turned} {TABLE} Q") == [TWO_BY_TWO]


@pytest.mark.parametrize("matrix", ["0 1 -1 0", "0 -1 1 0"], ids=["up", "down"])
def test_turned_text_in_a_cell_is_read_in_its_direction(matrix):
    lines = ruled([100, 140, 300], [400, 520])
    y = 405 if matrix.startswith("0 1") else 515
    label = text(125, y, "三、本年度办理结果", matrix=matrix)
    assert tables(body(FILLER) + lines + label + text(150, 450, "公开"))[0][0][4] == "三、本年度办理结果"


def test_a_column_of_characters_in_a_cell_is_one_text():
    label = "".join(text(110, 505 - 13 * n, sign) for n, sign in enumerate("三、本年度办理结果"))
    assert tables(ruled([100, 140, 300], [380, 520]) + label + text(150, 450, "公开"))[0][0][4] == "三、本年度办理结果"


def test_numbers_one_above_the_other_are_not_one():
    page = ruled([100, 140, 300], [480, 520]) + text(110, 505, "1") + text(110, 490, "2")
    assert tables(page)[0][0][4] == "1\n2"


NESTED = stream(
    TABLE,
    "/Type /XObject /Subtype /Form /BBox [0 0 600 800] /Matrix [1 0 0 1 9 0] /Resources << /Font << /F1 3 0 R >> >>",
)


def test_tables_in_nested_drawings_are_found_where_they_are_drawn():
    wrapped = stream(
        "q 1 0 0 1 0 50 cm /X Do Q",
        f"/Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources << /XObject << /X {FIRST_FREE} 0 R >> >>",
    )
    page = "q 0.5 0 0 0.5 100 100 cm /Y Do Q" + text(100, 300, "正文")
    options = {"objects": [NESTED, wrapped], "resources": f"/XObject << /Y {FIRST_FREE + 1} 0 R >>"}
    assert tables(page, **options) == [TWO_BY_TWO]
    assert texts(page, **options) == ["正文"]


def rectangles(xs: list[float], ys: list[float], *, gap: float = 0, width: float = 0.5) -> str:
    """Every edge of every cell as a thin filled rectangle."""
    across = [(x + gap, y, nx - x - 2 * gap, width) for x, nx in pairwise(xs) for y in ys]
    down = [(x, y + gap, width, ny - y - 2 * gap) for y, ny in pairwise(ys) for x in xs]
    return "".join(f"{x} {y} {w} {h} re f\n" for x, y, w, h in across + down)


LINES = {
    "rectangles": rectangles([100, 200, 300], [500, 520, 540]),
    "one path": rectangles([100, 200, 300], [500, 520, 540]).replace("re f", "re") + "f\n",
    "gaps": rectangles([100, 200, 300], [500, 520, 540], gap=1.2),
    "double": ruled([100, 200, 300], [500, 520, 540]) + ruled([102, 202, 302], [502, 522, 542]),
    "stroked boxes": "".join(f"{x} {y} 100 20 re S\n" for x in (100, 200) for y in (500, 520)),
    "open at the sides": "".join(line(100, y, 300, y) for y in (500, 520, 540)) + line(200, 500, 200, 540),
    "open below": ruled([100, 200, 300], [520, 540]) + "".join(line(x, 500, x, 520) for x in (100, 200, 300)),
    "shaded": "0.9 g 100 500 200 40 re f 0 g " + ruled([100, 200, 300], [500, 520, 540]),
    "underlined": ruled([100, 200, 300], [500, 520, 540]) + line(206, 523, 220, 523),
}


@pytest.mark.parametrize("lines", LINES)
def test_cells_are_found_between_lines_however_they_are_drawn(lines):
    assert tables(LINES[lines] + ROW) == [TWO_BY_TWO]


def test_a_shape_that_is_no_rectangle_falls_into_rectangles():
    lines = ruled([100, 300], [500, 540]) + line(200, 520, 200, 540) + line(200, 520, 300, 520)
    assert tables(lines + ROW) == [[(0, 0, 2, 1, "规章\n许可"), (0, 1, 1, 1, "12"), (1, 1, 1, 1, "345")]]


def test_a_frame_around_text_is_no_table():
    page = ruled([50, 550], [100, 750]) + body("框内正文") + TABLE
    assert tables(page) == [TWO_BY_TWO]
    assert texts(page) == ["框内正文"]


def test_a_line_with_hooks_at_its_ends_is_no_table():
    hooks = line(100, 297, 100, 303) + line(500, 297, 500, 303)
    assert tables(TABLE + line(99, 300, 501, 300) + hooks) == [TWO_BY_TWO]


def test_the_space_between_a_table_and_its_frame_is_no_row_or_column():
    assert tables(TABLE + ruled([94.5, 301], [494.5, 541.5])) == [TWO_BY_TWO]
    assert tables(TABLE + ruled([98.5, 305.5], [498.5, 545.5])) == [TWO_BY_TWO]


def test_columns_that_begin_near_each_other_in_tables_above_one_another_are_kept():
    page = line(100, 500, 300, 500) + line(100, 520, 300, 520) + line(100, 540, 300, 540) + ROW
    page += "".join(line(x, 500, x, 540) for x in (100, 300)) + line(199, 520, 199, 540) + line(204, 500, 204, 520)
    cells = [(0, 0, 1, 1, "规章"), (0, 1, 1, 2, "12"), (1, 0, 1, 2, "许可"), (1, 2, 1, 1, "345")]
    assert tables(page) == [cells]


def test_a_table_in_a_cell_follows_as_a_table_of_its_own():
    outer = ruled([50, 400, 550], [300, 750]) + text(60, 720, "外") + text(410, 720, "侧")
    assert tables(outer + TABLE) == [[(0, 0, 1, 1, "外"), (0, 1, 1, 1, "侧")], TWO_BY_TWO]


def test_lines_under_text_and_an_unfilled_grid_are_no_tables():
    assert tables(text(100, 700, "标题") + line(100, 695, 300, 695) + ruled([100, 200], [500, 520, 540])) == []


def test_a_number_across_a_line_is_a_doubt_in_both_cells():
    page = ruled([100, 140, 180], [500, 520]) + text(120, 505, "1234567")
    content = pdf.parse(raw_pdf(page))
    places = [(remark.id, remark.severity, remark.location.column) for remark in content.remarks]
    assert places == [("number_across_cells", "doubt", 1), ("number_across_cells", "doubt", 2)]


def test_a_line_under_a_number_is_no_rule_of_its_table():
    page = ruled([100, 203, 225], [500, 520, 540]) + ROW
    assert tables(page + line(205, 503.5, 223, 503.5) + line(205, 523.8, 217, 523.8)) == [TWO_BY_TWO]


def test_a_number_that_is_struck_through_is_a_doubt():
    page = TABLE + line(205, 508.5, 223, 508.5)
    assert tables(page) == [[*TWO_BY_TWO[:3], (1, 1, 1, 1, "\ufffd" * 3)]]
    assert remarks(page) == [("struck_number", "doubt", 1)]
    assert remarks(TABLE + line(205, 508.5, 300, 508.5)) == []


def test_words_that_are_struck_through_are_left_out():
    page = body("全面推进政务公开") + line(124, 704, 148, 704)
    assert texts(page) == ["全面\t政务公开"]
    assert remarks(page) == [("struck_text", "info", 1)]


def test_a_rule_right_below_a_number_as_wide_as_its_cell_parts_two():
    page = ruled([100, 200, 212], [500, 528]) + line(100, 514, 200, 514) + line(200, 514, 212, 514)
    page += text(105, 515, "规章") + text(200, 515, "12") + text(105, 501, "许可") + text(200, 501, "56")
    assert tables(page) == [[*TWO_BY_TWO[:3], (1, 1, 1, 1, "56")]]


def test_marks_for_zero_close_to_each_other_are_in_their_own_cells():
    page = ruled([100, 160, 172.5, 185], [500, 520]) + text(105, 505, "规章") + text(160.5, 505, "－－")
    assert [cell[4] for cell in tables(page)[0]] == ["规章", "－", "－"]
    close = ruled([100, 160, 172.5, 185], [500, 520]) + text(136, 505, "规章－")
    assert remarks(close) == [("number_across_cells", "doubt", 1)] * 2


def test_text_in_columns_without_lines_is_a_line_with_tabs():
    assert texts(text(100, 700, "行政许可") + text(300, 700, "12") + text(400, 700, "34")) == ["行政许可\t12\t34"]


@pytest.mark.parametrize(("gap", "between"), [(1, ""), (4, ""), (9, " "), (30, "\t")])
def test_numbers_apart_are_parted(gap, between):
    assert texts(text(100, 600, "12") + text(113 + gap, 600, "34")) == [f"12{between}34"]


def test_lines_are_joined_to_paragraphs_by_indents_ends_and_distances():
    lines = ["　　" + FILLER[:24], FILLER[:26], "到此为止。", "　　又一段，" + FILLER[:20], FILLER[:26], "完。"]
    indented = "".join(
        text(124 if words[0] == "　" else 100, 700 - 20 * n, words.strip()) for n, words in enumerate(lines)
    )
    assert texts(indented) == ["".join(lines[:3]).strip(), "".join(lines[3:]).strip()]
    apart = body(FILLER[:26], FILLER[:26]) + body(FILLER[:26], FILLER[:26], top=645)
    assert texts(apart) == [FILLER[:26] * 2] * 2


def test_paragraphs_go_on_on_the_next_page_around_page_numbers():
    first = body(*[FILLER[:26]] * 30) + text(280, 40, "— 1 —")
    second = body(FILLER[:26], "完。", "　　下一段。") + text(280, 40, "第2页 共2页")
    assert texts(first, second)[0] == FILLER[:26] * 31 + "完。"


def test_words_and_numbers_that_lines_part_are_joined_as_they_are_read():
    letters = body("Open Government Information Disclosure", "Regulations of 20", top=600)
    assert texts(letters + text(100, 560, "Open Government Information Disclos2"))[0].startswith("Open Gov")
    assert "Disclosure Regulations" in texts(letters + text(100, 560, "Open Government Information Disclosure"))[0]


@pytest.mark.parametrize(
    "number",
    [
        *("1", "- 1 -", "—1—", "第1页", "1/3", "第 1 页 共 3 页", "· 1 ·", "‐3‐", "·3·", "【3】", "[3]", "（3）"),
        *("〔3〕", "<3>", "* 3 *", "●3●", "─3─", "~3~", "Page 3", "page 3 of 12", "P3", "p.3", "页码：3", "３"),
        *("３/１２", "3 | 12", "第三页", "— 三 —", "第3页，共12页", "Ⅲ"),
    ],
)
@pytest.mark.parametrize("y", [40, 760])
def test_page_numbers_are_left_out(number, y):
    page = text(290, y, number) + body(FILLER)
    assert texts(page) == [FILLER]


@pytest.mark.parametrize("number", ["100", "3。", "三", "3,119", "（三）", "2024", "3.", "3件", "第三", "P", "1 2 3"])
def test_other_short_lines_at_a_pages_edge_are_text(number):
    first = body("推进公开。") + text(280, 40, "— 1 —")
    second = text(300, 760, number) + body("依法办理。") + text(280, 40, "— 2 —")
    assert texts(first, second) == ["推进公开。", number, "依法办理。"]


def test_a_paragraph_tells_where_its_lines_begin():
    page = body(FILLER[:26], FILLER[:26], "完。", "甲。")
    blocks = pdf.parse(raw_pdf(page)).blocks
    assert [(block.text[26:28], block.lines) for block in blocks] == [(FILLER[:2], (26, 52)), ("", ())]


def test_a_sections_heading_is_a_paragraph_after_a_full_line_without_a_full_stop():
    full = FILLER[:26].replace("。", "，")
    page = body("一、总体情况", full, "二、主动公开政府信息情况", full, "五、存在的主要问题及改进情况", full)
    found = split(pdf.parse(raw_pdf(page)).blocks)
    assert [block.text for block in found][::2] == [
        "一、总体情况",
        "二、主动公开政府信息情况",
        "五、存在的主要问题及改进情况",
    ]


def test_page_numbers_may_begin_at_any_number():
    pages = [text(290, 40, str(number)) + body(words) for number, words in ((57, "甲。"), (58, "乙。"))]
    assert texts(*pages) == ["甲。", "乙。"]


def test_a_running_head_may_hold_the_page_s_number():
    pages = [text(200, 760, f"某市年报　第{n}页") + body(f"第{n}次公开。", top=700) for n in "一二三"]
    assert texts(*pages) == ["第一次公开。", "第二次公开。", "第三次公开。"]


def test_a_number_that_ends_a_page_s_text_is_no_page_number():
    page = body(*[FILLER[:26]] * 32, "295") + text(280, 30, "— 1 —")
    assert "".join(texts(page)).endswith(f"{FILLER[:26]}295")


def test_a_page_number_as_near_to_the_text_as_its_lines_is_left_out():
    page = body(*[FILLER[:26]] * 33) + text(280, 40, "1")
    assert texts(page) == [FILLER[:26] * 33]


def test_running_heads_are_left_out():
    pages = [text(200, 760, "某市人民政府年报") + body(f"第{n}页正文。", top=700) for n in "一二三"]
    assert texts(*pages) == ["第一页正文。", "第二页正文。", "第三页正文。"]


def test_identical_lines_of_text_at_the_top_of_pages_are_kept():
    page = body(*[FILLER[:26]] * 33, top=730)
    assert texts(page, page, page) == [FILLER[:26] * 99]


def test_tables_on_pages_that_follow_are_one_and_their_header_comes_once():
    header = text(105, 725, "内容") + text(205, 725, "件数")
    first = ruled([100, 200, 300], [60, 80, 100]) + text(105, 85, "内容") + text(205, 85, "件数")
    first += text(105, 65, "规章") + text(205, 65, "12") + text(290, 30, "1")
    second = ruled([100, 200, 300], [700, 720, 740]) + header + text(105, 705, "许可") + text(205, 705, "345")
    assert tables(first, second) == [
        [(0, 0, 1, 1, "内容"), (0, 1, 1, 1, "件数"), *[(row + 1, *rest) for row, *rest in TWO_BY_TWO]]
    ]
    assert len(tables(first, body("另表", top=760) + second)) == 2


def test_a_row_that_the_page_s_end_cuts_is_one_again():
    first = ruled([100, 200, 300], [60, 80, 100]) + text(105, 85, "1.公开") + text(205, 85, "5")
    first += text(105, 65, "2.部分公开（只计这") + text(205, 65, "12")
    second = ruled([100, 200, 300], [700, 720, 740]) + text(105, 725, "一情形）") + text(105, 705, "3.其他")
    cells = [(0, 0, 1, 1, "1.公开"), (0, 1, 1, 1, "5"), (1, 0, 1, 1, "2.部分公开（只计这一情形）"), (1, 1, 1, 1, "12")]
    assert tables(first, second) == [[*cells, (2, 0, 1, 1, "3.其他"), (2, 1, 1, 1, "")]]


def test_a_head_that_the_page_s_end_cuts_within_a_row_is_one_again():
    xs = [100, 150, 200, 250]
    first = line(100, 60, 250, 60) + line(100, 100, 250, 100) + line(150, 80, 250, 80)
    first += "".join(line(x, 60, x, 100) for x in (100, 150, 250)) + text(105, 65, "自") + text(155, 85, "其他组织")
    second = ruled(xs, [680, 700, 720]) + text(105, 705, "然人") + text(155, 705, "企业") + text(205, 705, "机构")
    second += text(105, 685, "12") + text(155, 685, "3") + text(205, 685, "—")
    labels = [(0, 0, 3, 1, "自然人"), (0, 1, 1, 2, "其他组织"), (1, 1, 2, 1, "企业"), (1, 2, 2, 1, "机构")]
    assert [cell[4] for cell in tables(first, second)[0]] == [*(cell[4] for cell in labels), "12", "3", "—"]


def test_a_mark_for_zero_after_a_page_s_end_is_no_part_of_the_label_above():
    second = ruled([100, 137, 174], [700, 720]) + text(105, 705, "—") + text(142, 705, "—")
    first = line(100, 60, 174, 60) + line(100, 100, 174, 100) + line(137, 80, 174, 80)
    first += "".join(line(x, 60, x, 100) for x in (100, 137, 174)) + text(100, 65, "自然人") + text(140, 65, "企业")
    assert [cell[4] for cell in tables(first, second)[0]] == ["自然人", "", "企业", "—", "—"]


def test_a_table_goes_on_after_the_notes_at_a_page_s_foot():
    first = body(*[FILLER] * 3) + ruled([100, 200, 300], [80, 100]) + text(105, 85, "规章") + text(205, 85, "12")
    note = text(100, 50, "1不含垂直管理部门。", size=9)
    second = ruled([100, 200, 300], [700, 720]) + text(105, 705, "许可") + text(205, 705, "345")
    assert tables(first + note, second) == [TWO_BY_TWO]
    assert texts(first + note, second)[-1] == "1不含垂直管理部门。"
    assert len(tables(first + text(100, 50, "2另一张表"), second)) == 2


@pytest.mark.parametrize(
    ("above", "below"),
    [
        (["1.部分公开", "1"], ["", "1"]),
        (["", "1"], ["1.部分公开", "1"]),
        (["1.部分公开（只计这", "1"], ["一情形）", "1"]),
    ],
)
def test_digits_of_a_number_that_the_page_s_end_cuts_are_in_one_cell(above, below):
    first = ruled([100, 200, 215, 230], [60, 80]) + text(105, 65, above[0]) + text(202, 65, above[1])
    second = ruled([100, 200, 215, 230], [680, 700, 720]) + text(105, 705, below[0]) + text(202, 705, below[1])
    second += text(105, 685, "2.其他") + text(202, 685, "7") + text(217, 685, "8")
    cells = tables(first + text(217, 65, "3"), second)[0]
    assert [cell[4] for cell in cells] == [above[0] + below[0], "1\n1", "3", "2.其他", "7", "8"]


def test_rows_on_both_sides_of_a_page_s_end_are_kept_apart():
    first = ruled([100, 200, 300], [60, 80, 100]) + text(105, 65, "处罚") + text(205, 65, "12") + text(105, 85, "内容")
    second = ruled([100, 200, 300], [700, 720, 740]) + text(105, 725, "强制") + text(105, 705, "其他")
    assert [cell[4] for cell in tables(first, second)[0]] == ["内容", "", "处罚", "12", "强制", "", "其他", ""]


IMAGE = stream(
    b"\0" * 100, "/Type /XObject /Subtype /Image /Width 10 /Height 10 /ColorSpace /DeviceGray /BitsPerComponent 8"
)
WITH_IMAGE = {"objects": [IMAGE], "resources": f"/XObject << /I {FIRST_FREE} 0 R >>"}


def picture(width: float, height: float) -> str:
    return f"q {width} 0 0 {height} 50 50 cm /I Do Q\n"


def test_a_scan_is_refused_with_advice():
    with pytest.raises(UnusableInputError, match=r"扫描件.*请改用 Word 文件或网页"):
        pdf.parse(raw_pdf(picture(500, 700), picture(500, 700) + text(290, 30, "— 2 —"), **WITH_IMAGE))


def test_a_page_that_is_a_picture_is_a_doubt_and_a_picture_on_a_page_an_info():
    pages = [
        body(*[FILLER] * 5),
        picture(500, 700),
        body(*[FILLER] * 5) + picture(300, 200),
        picture(20, 20) + body("完"),
    ]
    assert remarks(*pages, **WITH_IMAGE) == [("picture_page", "doubt", 2), ("picture", "info", 3)]


def test_pages_without_any_text_are_refused():
    with pytest.raises(UnusableInputError, match="没有文字"):
        pdf.parse(raw_pdf(ruled([100, 200], [100, 200])))


def test_what_is_filled_into_form_fields_is_read():
    appearance = stream(
        "BT /F1 12 Tf 2 4 Td <003700350034> Tj ET",
        "/Type /XObject /Subtype /Form /BBox [0 0 90 18] /Resources << /Font << /F1 3 0 R >> >>",
    )
    field = (
        f"<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) /F 4 /Rect [205 501 295 519] /AP << /N {FIRST_FREE} 0 R >> >>"
    )
    page = ruled([100, 200, 300], [500, 520]) + text(105, 505, "许可")
    options = {"objects": [appearance, field.encode()], "page": f"/Annots [{FIRST_FREE + 1} 0 R]"}
    assert tables(page, **options) == [[(0, 0, 1, 1, "许可"), (0, 1, 1, 1, "754")]]


def test_the_lines_of_cells_that_a_pages_end_cuts_off_stay_in_them():
    cut = ruled([100, 146, 192], [100, 120]) + text(105, 105, "结果维") + text(151, 105, "结果纠")
    cut += text(105, 89, "持") + text(151, 89, "正")
    assert tables(body(FILLER) + cut) == [[(0, 0, 1, 1, "结果维持"), (0, 1, 1, 1, "结果纠正")]]


def test_a_note_under_a_table_stays_outside_it():
    page = TABLE + text(105, 489, "注：以上数据含结转。")
    assert tables(page) == [TWO_BY_TWO]
    assert texts(page) == ["注：以上数据含结转。"]


def test_a_character_that_reaches_down_over_a_line_is_of_the_cell_above():
    page = ruled([100, 200, 300], [500, 520, 540]) + text(105, 514, "维持") + text(205, 505, "12")
    assert tables(page) == [[(0, 0, 1, 1, "维持"), (0, 1, 1, 1, ""), (1, 0, 1, 1, ""), (1, 1, 1, 1, "12")]]


def test_a_font_whose_boxes_are_high_is_read_in_its_own_row():
    first = FIRST_FREE
    high = [font.replace(b"[4 0 R]", f"[{first + 1} 0 R]".encode()) for font in FONTS]
    high = [font.replace(b"/FontDescriptor 5 0 R", f"/FontDescriptor {first + 2} 0 R".encode()) for font in high]
    high = [font.replace(b"/Ascent 880", b"/Ascent 1800").replace(b"1000 880]", b"1000 1800]") for font in high]
    page = ruled([100, 200, 300], [500, 513, 526]) + text(105, 516, "规章") + text(205, 516, "12")
    page += text(105, 503, "许可").replace("/F1", "/F2") + text(205, 503, "345").replace("/F1", "/F2")
    assert tables(page, objects=high, fonts=f"/F2 {first} 0 R") == [TWO_BY_TWO]


@pytest.mark.parametrize("end", ["。", "；"])
def test_a_numbered_line_after_a_sentence_begins_a_paragraph(end):
    assert texts(body(FILLER.removesuffix("。") + end, "二、主动公开政府信息情况"))[-1] == "二、主动公开政府信息情况"


@pytest.mark.parametrize(
    "start", ["67306334628600342413,119" + FILLER[:13], "https://www.example.gov.cn" + FILLER[:12]]
)
def test_a_heading_ends_before_a_line_that_begins_with_a_long_word(start):
    heading = "五、存在的主要问题及改进情况"
    assert texts(body(heading, start, FILLER[1:])) == [heading, start + FILLER[1:]]


def test_margins_are_not_where_a_title_and_a_line_happen_to_end_together():
    words = FILLER + FILLER
    ends = [26, 20, 22, 20, 21, 20]
    page = text(208, 740, "年度报告情况", size=30) + text(100, 680, "好。")  # both end where the third line ends
    page += "".join(text(124, 700 - 20 * (n + (n > 0)), words[:end]) for n, end in enumerate(ends))
    page += text(124, 560, "一、总体情况")
    found = texts(page, body(*[words[:28]] * 4))
    assert "一、总体情况" in found
    assert words[:22] in found


def test_tables_tell_the_margins_where_every_paragraph_is_a_line():
    page = body(FILLER[:25], FILLER[:20], FILLER[:25], "四、政府信息公开行政复议情况", left=124)
    assert texts(page + TABLE)[-1] == "四、政府信息公开行政复议情况"
    longer = text(124, 620, FILLER + FILLER[:6]) + text(100, 600, "好。")
    assert texts(page + longer + TABLE)[-2:] == ["四、政府信息公开行政复议情况", FILLER + FILLER[:6] + "好。"]


def test_a_line_right_of_the_only_one_at_the_margin_begins_a_paragraph():
    lines = [(124, FILLER[:23]), (100, FILLER[:25]), (124, "六、其他需要报告的事项"), (124, "无。")]
    page = "".join(text(left, 700 - 20 * n, words) for n, (left, words) in enumerate(lines))
    assert texts(page) == [FILLER[:23] + FILLER[:25], "六、其他需要报告的事项", "无。"]
