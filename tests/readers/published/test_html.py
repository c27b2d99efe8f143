"""Web pages as content systems write them."""

from __future__ import annotations

import json

import pytest
from conftest import ROOT, ends_soon
from readers.published.measured import measured

from annual_report import UnusableInputError
from annual_report.readers.blocks import OBJECT, Location, Paragraph, Table
from annual_report.readers.published.html import parse


def texts(page: str, encoding: str = "utf-8") -> list:
    """Give the paragraphs' texts, and the tables' cells row by row."""
    blocks = parse(page.encode(encoding)).blocks
    return [block.text if isinstance(block, Paragraph) else rows(block) for block in blocks]


def rows(table: Table) -> list[list[str]]:
    height = max(cell.row for cell in table.cells) + 1
    return [[cell.text for cell in table.cells if cell.row == row] for row in range(height)]


def shape(page: str) -> list[tuple]:
    (table,) = parse(page.encode()).blocks
    return [(cell.row, cell.column, cell.rows, cell.columns, cell.text) for cell in table.cells]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("14<sup>1</sup>", "14¹"),
        ('14<sup><a href="#n">[1]</a></sup>', "14[¹]"),
        ('<p>14<span style="vertical-align: super">1</span></p>', "14¹"),
        ("<sup>5</sup>", "⁵"),
        ("14<sub>1</sub>", "14¹"),
        ('14<span style="vertical-align:sub">1</span>', "14¹"),
        ("<ruby>14<rt>1</rt></ruby>", "14¹"),
        ('14<span style="vertical-align: baseline">1</span>', "141"),
    ],
)
def test_what_is_raised_is_no_digit_of_the_number_beside_it(cell, text):
    assert texts(f"<table><tr><td>规章</td><td>{cell}</td></tr></table>") == [[["规章", text]]]


@pytest.mark.parametrize(
    "cell",
    [
        '<img src="5.png">',
        '<p><img src="5.png" alt="5"></p>',
        '<input value="5">',
        "<textarea>5</textarea>",
        "<select><option>5</option></select>",
        "<svg><text>5</text></svg>",
        "<canvas></canvas>",
        "<button>5</button>",
        "<table><tr><td>3</td><td>5</td></tr></table>",
    ],
)
def test_a_cell_that_shows_something_but_text_is_not_blank(cell):
    page = f"<table><tr><td>规章</td><td>{cell}</td><td>1</td></tr><tr><td>许可</td><td></td><td>2</td></tr></table>"
    assert texts(page)[0] == [["规章", OBJECT, "1"], ["许可", "", "2"]]


@pytest.mark.parametrize(
    "cell", ['<input type="hidden" value="5">', "<!--5-->", "<script>5</script>", "<br>", "<p>&nbsp;</p>"]
)
def test_a_cell_that_shows_nothing_is_blank(cell):
    page = f"<p>{'文' * 200}</p><table><tr><td>规章</td><td>{cell}</td></tr></table>"
    assert texts(page)[1:] == [[["规章", ""]]]


@pytest.mark.parametrize("shown", ["<button>查看</button>", "<select><option>3</option></select>", "<svg></svg>"])
def test_text_after_what_a_cell_shows_is_read(shown):
    assert texts(f"<table><tr><td>规章</td><td>{shown}5</td></tr></table>") == [[["规章", "5"]]]


@pytest.mark.parametrize(
    "three",
    [
        *("<s>3</s>", "<strike>3</strike>", "<del>3</del>", '<span style="text-decoration: line-through">3</span>'),
        '<span style="text-decoration-line: line-through">3</span>',
    ],
)
def test_what_is_struck_through_is_left_out_and_remarked_on(three):
    content = parse(f"<table><tr><td>规章</td><td>{three}5</td></tr></table>".encode())
    assert rows(content.blocks[0]) == [["规章", "5"]]
    assert [(remark.id, remark.severity, remark.found) for remark in content.remarks] == [("struck_text", "info", "3")]


@pytest.mark.parametrize(
    "style",
    [
        *("font-size:0", "font-size: 0px;", "opacity:0", "position:absolute;left:-9999px"),
        *("DISPLAY :  NONE", "display&#58;none", "font-size :0", "color:red;visibility:hidden"),
        *("display/**/:none", "dis\\70lay:none", "display:n\\6f ne", "display:none!important;display:block"),
        *("visibility:collapse", "font-size:0 !important", "font-size:.0em", "font:0/0 a", "opacity:0%", "opacity:.0"),
        *("color:transparent", "color:rgba(0,0,0,0)", "color:#0000", "position:absolute;left:-10000px"),
        *("width:0;overflow:hidden", "clip:rect(1px, 1px, 1px, 1px)", "clip-path:inset(50%)", "transform:scale(0)"),
        *("content-visibility:hidden", "overflow:clip;height:0", "position:absolute;margin-top:-9999px"),
        *("display:none;display", "display:none;display:inline\\9", "display:none;display:inline\\110000"),
    ],
)
def test_what_cannot_be_seen_is_left_out_and_remarked_on(style):
    content = parse(f'<table><tr><td>规章</td><td><span style="{style}">3</span>5</td></tr></table>'.encode())
    assert rows(content.blocks[0]) == [["规章", "5"]]
    assert [(remark.id, remark.found) for remark in content.remarks] == [("hidden_text", "3")]


@pytest.mark.parametrize(
    "style",
    [
        *("display:none;display:inline", "/*display:none*/", "background:url(;display:none)", "--display:none"),
        *("content:';display:none;'", "mso-display:none", "opacity:0.5", "font-size:0.8em", "left:-9px", "color:red"),
        *("color:rgb(0,0,0)", "color:rgba(0,0,0,1)", "color:#000", "font:10px a", "clip:rect(0,9px,9px,0)"),
        *("background:url(a;display:none;b)", "left:-500px", "display:none\\9", "display:none\\9 !important"),
    ],
)
def test_what_can_be_seen_is_read(style):
    content = parse(f'<table><tr><td>规章</td><td><span style="{style}">3</span>5</td></tr></table>'.encode())
    assert (rows(content.blocks[0]), content.remarks) == ([["规章", "35"]], ())


@pytest.mark.parametrize("style", ["visibility:hidden", "opacity:0", "font-size:0", "text-decoration:line-through"])
def test_a_cell_whose_text_is_hidden_keeps_its_place(style):
    content = parse(f'<table><tr><td>规章</td><td style="{style}"><b>3</b></td><td>5</td></tr></table>'.encode())
    assert rows(content.blocks[0]) == [["规章", "", "5"]]
    assert [remark.found for remark in content.remarks] == ["3"]


@pytest.mark.parametrize(
    "cell",
    [
        '<i style="visibility:hidden">1<b style="visibility:visible">3</b>2</i>',
        '<i style="font-size:0">1<b style="font-size:9pt">3</b>2<b style="font-family:a">4</b></i>',
        '<i style="font-size:0">1<b style="font:9pt a">3</b><b style="font-size:1.2em">4</b></i>',
        '<i style="font-size:0">1<b style="font-size:1rem">3</b></i>',
        '<i style="color:transparent">1<b style="color:red">3</b></i>',
    ],
)
def test_what_is_shown_again_within_hidden_text_is_read(cell):
    assert texts(f"<table><tr><td>规章</td><td>{cell}</td></tr></table>") == [[["规章", "3"]]]


@pytest.mark.parametrize("tag", ["template", "noscript", "noframes", "noembed", "rp", "dialog", "datalist"])
def test_what_browsers_never_show_is_left_out(tag):
    assert texts(f"<table><tr><td>规章</td><td>3<{tag}>5</{tag}></td></tr></table>") == [[["规章", "3"]]]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('7<span style="color:#FFF">5</span>', "7\u202e5"),
        ('<font style="color:white">5</font>7', "\u202e57"),
        ('<span style="color:white">57</span>', "57"),
    ],
)
def test_white_text_beside_other_text_in_a_cell_is_no_part_of_a_number(cell, text):
    assert texts(f"<table><tr><td>规章</td><td>{cell}</td></tr></table>") == [[["规章", text]]]


@pytest.mark.parametrize(
    ("rule", "text", "remark"),
    [
        (".x { display: none }", "5", "hidden_text"),
        ("p, span.x{visibility:hidden}", "5", "hidden_text"),
        ("#y{text-decoration:line-through;color:red}", "5", "struck_text"),
        ("/* .x */ i.x{vertical-align:super} .x{font-size:6pt;vertical-align:super}", "³5", None),
        ("@media print { .x { display: none } } .z{display:none}", "35", None),
    ],
)
def test_a_style_sheet_of_the_page_counts_in_cells(rule, text, remark):
    cell = '<span class="w x" id="y">3</span>5'
    content = parse(f"<style>{rule}</style><table><tr><td>规章</td><td>{cell}</td></tr></table>".encode())
    assert rows(content.blocks[0]) == [["规章", text]]
    assert [one.id for one in content.remarks] == ([remark] if remark else [])


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('<span style="display:block">3</span>5', "3\n5"),
        ('<span style="float:right">3</span>5', "3\n5"),
        ('<bdo dir="rtl">35</bdo>', "\u202e35"),
        ('<span style="direction:rtl;unicode-bidi:bidi-override">35</span>', "\u202e35"),
    ],
)
def test_text_that_a_style_sets_elsewhere_is_not_one_number(cell, text):
    assert texts(f"<table><tr><td>规章</td><td>{cell}</td></tr></table>") == [[["规章", text]]]


@pytest.mark.parametrize(
    ("paragraph", "text", "emphasis"),
    [
        ("<p>甲<span><font>乙</font></span>丙</p>", "甲乙丙", ()),
        ("<p>甲<span><b>乙</b></span>丙</p>", "甲乙丙", ((1, 2),)),
        ('<p>甲<span><font style="font-weight: 700">乙</font></span>丙</p>', "甲乙丙", ((1, 2),)),
        ('<p style="font-weight:bold">甲<span style="font-weight:normal">乙</span></p>', "甲乙", ((0, 1),)),
        ("<div><strong>甲<br>乙</strong></div>", "甲\n乙", ((0, 3),)),
    ],
)
def test_what_stands_out_in_a_paragraph_is_told(paragraph, text, emphasis):
    beside = "<table><tr><td><p><b>规章</b></p></td><td><b>1</b><br>2</td></tr></table>"
    first, table = parse(f"{paragraph}{beside}".encode()).blocks
    assert (first.text, first.emphasis) == (text, emphasis)
    assert rows(table) == [["规章", "1\n2"]]


def test_text_with_a_size_of_its_own_in_an_element_of_no_size_is_read():
    assert texts('<div style="font-size:0"><span style="font-size:16px">甲</span></div>') == ["甲"]


class TestEncodings:
    @pytest.mark.parametrize("declared", ["gb2312", "GBK", "utf-8", "iso-8859-1", "nonsense"])
    @pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-8-sig", "utf-16"])
    def test_a_page_is_read_whatever_it_declares(self, declared, encoding):
        head = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">'
        page = f"{head}<p>㐂石嘴山市民政局2023年年度报告</p>"
        assert texts(page, encoding) == ["㐂石嘴山市民政局2023年年度报告"]

    def test_a_declared_encoding_is_believed_where_it_fits(self):
        assert texts('<meta charset="big5"><p>政府資訊公開年度報告</p>', "big5") == ["政府資訊公開年度報告"]

    @pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
    def test_damaged_characters_are_remarked_on(self, encoding):
        data = ("<p>政府信息公开年度报告</p>" * 20).encode(encoding) + b"\xff\xff" + "<p>甲</p>".encode(encoding)
        content = parse(data)
        assert [(remark.id, remark.severity) for remark in content.remarks] == [("damaged_text", "info")]
        assert content.blocks[0].text == "政府信息公开年度报告"
        assert "\ufffd" in content.remarks[0].found


class TestText:
    def test_space_collapses_and_line_breaks_count(self):
        assert texts("<p>\n 2023\n  年 <span>度 </span> 报告<br>  第二行\n</p>") == ["2023 年 度 报告\n第二行"]

    def test_space_that_does_not_break_is_space_and_characters_without_width_are_none(self):
        assert texts("<p>&nbsp;&nbsp;信&#8203;息&nbsp;公开\ufeff\u3000</p>") == ["信息 公开"]

    def test_space_counts_where_the_page_says_so(self):
        assert texts("<pre>甲  乙\n丙</pre><p style='white-space: pre-wrap'> 丁  戊</p>") == ["甲  乙\n丙", " 丁  戊"]

    def test_lines_with_tabs_in_text_that_keeps_its_spaces_are_a_table(self):
        assert texts("<pre>甲\n乙\t1\n丙\t\t2\n丁</pre>") == ["甲", [["乙", "1"], ["丙", "", "2"]], "丁"]
        assert texts("<p>甲\t乙\n丙</p>") == ["甲 乙 丙"]

    def test_space_counts_in_cells_where_the_page_says_so(self):
        page = "<table style='white-space: pre'><tr><td>甲  乙<td>丙  丁<br>戊</table>"
        assert texts(page) == [[["甲  乙", "丙  丁\n戊"]]]

    def test_blocks_within_inline_elements_are_paragraphs(self):
        assert texts("<font>甲<div>乙</div>丙</font><custom:tag><p>丁</p></custom:tag>") == ["甲", "乙", "丙", "丁"]

    def test_what_is_no_text_is_left_out(self):
        page = (
            "<head><title>题</title><style>p{}</style></head><body><!-- 注 --><script>var 甲</script><nav>导航</nav>"
            "<noscript>请启用</noscript><template><p>模板</p></template><p>正文<select><option>选</option></select></p>"
            f"<![if !vml]>余<![endif]><p>{'长' * 200}"
        )
        assert texts(page) == ["正文", "余", "长" * 200]

    @pytest.mark.parametrize("hidden", ["hidden", 'style="DISPLAY: none"', "style='visibility:hidden;color:red'"])
    def test_hidden_text_is_left_out_and_remarked_on(self, hidden):
        content = parse(f"<p>甲<span {hidden}>藏 匿</span>乙</p>".encode())
        assert [block.text for block in content.blocks] == ["甲乙"]
        assert [(remark.id, remark.severity, remark.found) for remark in content.remarks] == [
            ("hidden_text", "info", "藏 匿")
        ]

    def test_hidden_rows_and_cells_are_left_out(self):
        page = '<table><tr><td>甲<td>1<tr style="display:none"><td>乙<td>2<tr><td>丙<td hidden>9<td>3</table>'
        assert texts(page) == [[["甲", "1"], ["丙", "3"]]]

    def test_a_form_around_the_page_a_header_and_a_footer_lose_nothing_of_the_report(self):
        page = (
            "<form><header><h1>年度报告</h1></header><header>网站导航</header><article><p>正文</p>"
            "<footer>某局 2024年1月25日</footer></article><footer>主办单位</footer></form>"
        )
        assert texts(page) == ["年度报告", "正文", "某局 2024年1月25日"]

    def test_headings_have_levels(self):
        blocks = parse("<h1>题</h1><h2>一、甲</h2><h3>（一）乙</h3><p>丙</p>".encode()).blocks
        assert [block.level for block in blocks] == [0, 1, 2, None]

    @pytest.mark.parametrize(
        ("words", "emphasis"),
        [
            ("<b>甲乙</b>丙", ((0, 2),)),
            ("<strong>甲</strong><em>乙</em>丙", ((0, 2),)),
            ('丙 <span style="font-weight: bold">甲乙 </span>', ((2, 4),)),
            ('丙<b style="font-weight:normal">甲</b><span style="font-weight:700">乙</span>', ((2, 3),)),
            ("<i>甲</i><u>乙</u>丙", ()),
        ],
    )
    def test_bold_words_stand_out(self, words, emphasis):
        (block,) = parse(f"<p>{words}</p>".encode()).blocks
        assert block.emphasis == emphasis

    @pytest.mark.parametrize(
        ("paragraph", "align"),
        [
            ("<p align=right>甲", "right"),
            ('<p style="TEXT-ALIGN: center">甲', "centre"),
            ("<center><p>甲</center>", "centre"),
            ('<div style="text-align:right"><p style="text-align:left">甲', "left"),
            ('<p style="text-align:justify" align="">甲', None),
        ],
    )
    def test_paragraphs_are_aligned(self, paragraph, align):
        assert [block.align for block in parse(paragraph.encode()).blocks] == [align]

    def test_items_have_the_numbers_that_a_browser_shows(self):
        page = '<ol start="3"><li>甲<li>乙</ol><ul><li>丙</ul><ol style="list-style:none"><li>丁</ol>'
        assert texts(page) == ["3.甲", "4.乙", "丙", "丁"]
        page = '<ol type="a"><li>甲</ol><ol><li style="list-style-type: none">乙<li>丙</ol><ol start="0"><li>丁</ol>'
        assert texts(page) == ["甲", "乙", "2.丙", "0.丁"]

    @pytest.mark.parametrize("before", ["甲<tr>", "<tbody>甲<tr>", "<tr>甲"])
    def test_text_in_no_cell_of_a_table_is_a_paragraph(self, before):
        assert texts(f"<table>{before}<td>1<td>2</table>") == ["甲", [["1", "2"]]]

    def test_several_spaces_are_one_as_in_a_browser(self):
        assert texts("<p>甲  乙</p><table><tr><td>丙  丁<td>1</table>") == ["甲 乙", [["丙 丁", "1"]]]

    def test_the_first_of_several_titles_counts(self):
        metas = "".join(f'<meta name="ArticleTitle" content="{text}">' for text in ("某局年报", "其他"))
        page = f"{metas}<title>年报</title><p>甲<svg><title>图标</title></svg></p>"
        assert parse(page.encode()).titles == ("某局年报", "年报")

    def test_titles_are_the_articles_and_the_windows(self):
        page = '<meta name="ArticleTitle" content="某局 年报"><title>某局\n年报-某市政府</title><p>甲</p>'
        assert parse(page.encode()).titles == ("某局 年报", "某局 年报-某市政府")

    def test_places_are_counted_in_the_page(self):
        blocks = parse("<p>甲</p><p></p><table><tr><td>1<td>2</table><p>乙</p>".encode()).blocks
        assert [block.location for block in blocks] == [Location(paragraph=1), Location(table=1), Location(paragraph=2)]
        assert blocks[1].cells[1].location == Location(table=1, row=1, column=2)


class TestTables:
    def test_cells_span_columns_and_rows(self):
        page = "<table><tr><td colspan=2>甲<td rowspan=3>乙<tr><td>丙<td>丁<tr><th>戊<th>己</table>"
        assert shape(page) == [
            (0, 0, 1, 2, "甲"),
            (0, 2, 3, 1, "乙"),
            (1, 0, 1, 1, "丙"),
            (1, 1, 1, 1, "丁"),
            (2, 0, 1, 1, "戊"),
            (2, 1, 1, 1, "己"),
        ]

    @pytest.mark.parametrize(
        ("span", "size"),
        [
            ("rowspan=999999999", (2, 1)),
            ("rowspan=0", (2, 1)),
            ("colspan=999999999", (1, 200)),
            ("colspan=0", (1, 1)),
            ("colspan='-2' rowspan=x", (1, 1)),
            ("colspan=' 2 '", (1, 2)),
        ],
    )
    def test_odd_spans_are_bounded_by_the_table(self, span, size):
        assert shape(f"<table><tr><td {span}>甲<tr><td>乙<td>丙</table>")[0][2:4] == size

    def test_a_cell_ends_where_one_reaches_down_from_above(self):
        page = "<table><tr><td>甲<td rowspan=2>乙<td>丙<tr><td colspan=3>丁<td>戊</table>"
        assert shape(page)[3:] == [(1, 0, 1, 1, "丁"), (1, 2, 1, 1, "戊")]

    def test_paragraphs_in_a_cell_are_lines(self):
        cells = "<td> <p>商业</p><p>&nbsp;</p> <p>企业</p><td>科研<br>机构<td>甲<p>乙</p><td><ul><li>丙</ul>"
        page = f"<table><tr>{cells}</table>"
        assert texts(page) == [[["商业\n企业", "科研\n机构", "甲\n乙", "丙"]]]

    def test_a_caption_and_stray_words_stand_before_their_table(self):
        page = "<table><caption>表一</caption>散<tr><td>甲<td>1</tr></table>"
        assert texts(page) in (["表一", "散", [["甲", "1"]]], ["散", "表一", [["甲", "1"]]])

    def test_rows_and_cells_left_open_are_rows_and_cells(self):
        assert texts("<table><td>甲<td>1<tr><td>乙<td>2") == [[["甲", "1"], ["乙", "2"]]]

    def test_a_cell_before_any_row_may_span_the_row_after_it(self):
        (table,) = parse("<table><td rowspan=2>甲<td>1<tr><td>2".encode()).blocks
        assert [(cell.text, cell.row, cell.column) for cell in table.cells] == [("甲", 0, 0), ("1", 0, 1), ("2", 1, 1)]

    def test_a_table_in_a_cell_follows(self):
        inner = "<table><tr><td>子<td>丑</table>"
        page = f"<table><tr><td>甲<td>乙<td>丙<tr><td>丁<td>戊{inner}己<td>庚</table><p>后"
        assert texts(page) == [[["甲", "乙", "丙"], ["丁", "戊\n己", "庚"]], [["子", "丑"]], "后"]

    def test_of_nested_tables_that_arrange_the_page_the_innermost_comes_out(self):
        data = "<table><tr><td>规章<td>1<tr><td>许可<td>2</table>"
        middle = f"<table><tr><td>左栏<td><h1>年报</h1><p>一、总体情况</p>{data}<p>尾</p></table>"
        assert texts(f"<table><tr><td>顶<tr><td>{middle}</table>") == [
            *("顶", "左栏", "年报", "一、总体情况"),
            [["规章", "1"], ["许可", "2"]],
            "尾",
        ]


class TestPages:
    @pytest.mark.parametrize("page", ["", " \n", "<p></p>", "<html><body></body></html>", "<!-- 注 -->"])
    def test_a_page_without_text_is_refused(self, page):
        with pytest.raises(UnusableInputError, match="没有文字"):
            parse(page.encode())

    @pytest.mark.parametrize("shell", ["<div id=app></div><script src=a.js></script>", "<iframe src=b.html></iframe>"])
    def test_a_page_that_loads_its_content_says_so(self, shell):
        with pytest.raises(UnusableInputError, match="脚本或框架"):
            parse(f"<title>年报</title><p>某局</p>{shell}".encode())

    def test_a_countys_page_is_read_whole(self):
        folder = ROOT.parent / "shared" / "real"
        if not (folder / "shuyang-drc-2023.html").exists():
            pytest.skip("shared/real/shuyang-drc-2023.html is missing")
        content = parse((folder / "shuyang-drc-2023.html").read_bytes())
        report = json.loads((folder / "shuyang-drc-2023.json").read_text(encoding="utf-8"))
        lines = [block.text for block in content.blocks if isinstance(block, Paragraph)]
        for key in ("preamble", "overview", "problems_and_improvements", "other_matters"):
            assert set(report[key].split("\n")) <= set(lines)
        assert [len(block.cells) for block in content.blocks if isinstance(block, Table)] == [14, 30, 215, 34]


HOSTILE = {
    "million spans": lambda: "<span>x</span>" * 1_000_000,
    "million open spans": lambda: "<span>" * 1_000_000,
    "million attributes": lambda: "<p " + " ".join(f"a{n}" for n in range(1_000_000)) + ">x",
    "many attributes": lambda: ("<p " + " ".join(f"a{n}" for n in range(3_000)) + ">x") * 100,
    "million values": lambda: "".join(f"<p a{n}=''>" for n in range(1_000_000)),
    "nested tables": lambda: "<table><tr><td>" * 5_000 + "x",
    "long text": lambda: "<p>" + "x" * 12_000_000,
    "wide table": lambda: "<table><tr>" + "<td>x" * 300,
}
READ = {
    "many rows under a wide span": lambda: "<table><tr><td rowspan=65534 colspan=199>" + "<tr><td>x" * 200_000,
    "many spans": lambda: "<table><tr>" + "<td rowspan=999999999 colspan=3>x" * 60 + "<tr><td>x" * 90_000,
    "many cells": lambda: "<table>" + "<tr><td>x<td>y" * 100_000 + "</table>",
    "an embedded picture": lambda: "<p>x<img src='data:image/png;base64," + "A" * 20_000_000 + "'></p>",
    "entities": lambda: "<!DOCTYPE p [<!ENTITY a 'x'>]>" + "<p>&a;&lt;&bogus;</p>" * 50_000,
    "white text": lambda: "<table><tr><td>" + '<b style="color:#fff">1</b>' * 5_000 + "</td><td>y</table>",
    "one class many times": lambda: (
        f'<style>.a{{display:none}}</style><table><tr><td class="{"a " * 50_000}">1</table><p>y'
    ),
    "many rules": lambda: (
        f"<style>{''.join(f'.a .b{n} .c{{display:none}}' for n in range(8_000))}</style><table>"
        + "<tr><td><b class=c>1</b>" * 5_000
    ),
    "many classes": lambda: (
        f"<style>{''.join(f'.a{n}{{display:none}}' for n in range(8_000))}</style><table><tr>"
        f'<td class="{" ".join(f"a{n}" for n in range(8_000))}">1</table><p>y'
    ),
    "hidden elements": lambda: "<p hidden>x</p>" * 100_000 + "<p>y",
    "paragraphs in a cell": lambda: "<table><tr><td>1<td>" + "<p>x</p>" * 100_000,
    "breaks": lambda: "<p>" + "x<br>" * 300_000,
}


@ends_soon
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_are_refused_within_bounds(name):
    said, size = measured("html", HOSTILE[name]().encode())
    assert said.startswith("x: ")
    assert size < 300


@ends_soon
@pytest.mark.parametrize("name", READ)
def test_pages_of_any_shape_are_read_within_bounds(name):
    said, size = measured("html", READ[name]().encode())
    assert said == ""
    assert size < 300
