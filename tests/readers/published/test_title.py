"""The title is told from the page's other lines, and from the titles of other reports that the page links to."""

from __future__ import annotations

import pytest
from conftest import ends_soon

from annual_report.readers.blocks import Paragraph
from annual_report.readers.published.title import beginning

BODY = "云川县水利局"
TITLE = "云川县水利局2023年政府信息公开工作年度报告"
TEXT = "根据有关规定，现公布本局年度报告。"
OTHERS = ["云川县水利局2022年政府信息公开工作年度报告", "云川县水利局2021年政府信息公开工作年度报告"]


def top(lines, elsewhere=(), *, is_own=False):
    paragraphs = [Paragraph(text, level=level) for text, level in lines]
    return beginning(paragraphs, elsewhere, paragraphs, marked=False, is_own=is_own)


@pytest.mark.parametrize(
    "lines",
    [
        [(TITLE, 0), (TITLE, 0)],
        [(TITLE, 0), ("发布日期：2024-01-19", None), (TITLE, None)],
        [(TITLE, 0), (BODY, None), ("2023年政府信息公开工作年度报告", None)],
        [("云川县人民政府门户网站", 0), (TITLE, 0)],
        [("云川县人民政府", 0), (TITLE, 0)],
        [(TITLE, None), *((other, None) for other in OTHERS)],
        [(TITLE, 0), *((other, None) for other in OTHERS)],
        [(TITLE, 0), ("目　录", None), ("一、总体情况……1", None), ("二、主动公开政府信息情况 ...... 12", None)],
    ],
)
def test_a_title_printed_twice_or_beside_other_titles_is_read_once(lines):
    found = top([*lines, (TEXT, None)], [TITLE])
    assert (found.agency, found.year) == (BODY, 2023)
    assert [paragraph.text for paragraph in found.preamble] == [TEXT]


def test_one_line_with_dots_before_a_number_is_no_table_of_contents():
    found = top([(TITLE, 0), ("见附表......3", None), (TEXT, None)])
    assert [paragraph.text for paragraph in found.preamble] == ["见附表......3", TEXT]


@pytest.mark.parametrize("level", [0, None])
def test_a_title_on_two_lines_is_one(level):
    found = top([("云川县人民政府", level), ("办公室2023年政府信息公开工作年度报告", level), (TEXT, None)])
    assert found.year == 2023
    assert found.agency.endswith("办公室")


@pytest.mark.parametrize(("below", "year"), [("2023年", 2023), ("（2023年）", 2023), ("2022年", None)])
def test_a_year_below_a_title_that_has_one_is_no_part_of_the_body_s_name(below, year):
    found = top([(TITLE, None), (below, None), (TEXT, None)])
    assert (found.agency, found.year) == (BODY, year)


def test_a_bracket_below_a_title_is_text():
    found = top([(TITLE, None), ("（", None), (TEXT, None)])
    assert [paragraph.text for paragraph in found.preamble] == ["（", TEXT]


@pytest.mark.parametrize("year", ["2023年", "（2023年）", "(2023年度)", "（二〇二三年度）"])
def test_the_year_may_end_the_title_or_stand_below_it(year):
    name = f"{BODY}政府信息公开工作年度报告"
    for lines in ([name + year], [name, year]):
        found = top([*((line, None) for line in lines), (TEXT, None)])
        assert (found.agency, found.year) == (BODY, 2023)
        assert [paragraph.text for paragraph in found.title] == lines


@pytest.mark.parametrize(
    "lines",
    [
        [BODY, "2023年度", "政府信息公开工作年度报告"],
        [BODY, "关于2023年", "政府信息公开工作年度报告"],
        [f"{BODY}关于", "2023年", "政府信息公开工作年度报告"],
        [f"{BODY}关于", "2023年政府信息公开工作年度报告"],
        ["云川县", "水利局", "2023年政府信息公开工作年度报告"],
        ["云川县", "水利局2023年", "政府信息公开工作年度报告"],
        [BODY, "2023年政府信息公开工作", "年度报告"],
        [BODY, "（2023年度）", "政府信息公开工作", "年度报告"],
    ],
)
@pytest.mark.parametrize("level", [0, None])
def test_a_title_may_be_on_several_lines(lines, level):
    found = top([*((line, level) for line in lines), (TEXT, None)])
    assert (found.agency, found.year) == (BODY, 2023)
    assert [paragraph.text for paragraph in found.title] == lines
    assert [paragraph.text for paragraph in found.preamble] == [TEXT]


@pytest.mark.parametrize("at", [1, 4, len(BODY) - 1])
@pytest.mark.parametrize("elsewhere", [True, False])
def test_a_name_that_the_title_s_lines_cut_is_whole_where_the_text_or_a_title_elsewhere_has_it(at, elsewhere):
    lines = [BODY[:at], TITLE[at:]]
    found = top(
        [
            *((line, None) for line in lines),
            (TEXT if elsewhere else f"{TEXT}由{BODY}编制，欢迎社会各界对政府信息公开工作提出意见和建议。", None),
        ],
        [TITLE][:elsewhere],
    )
    assert (found.agency, found.year) == (BODY, 2023)
    assert [paragraph.text for paragraph in found.title] == lines


CUT = "云川县市场监督管理局"
REPORT = "2023年政府信息公开工作年度报告"


@pytest.mark.parametrize("at", range(2, len(CUT) - 1))
@pytest.mark.parametrize("above", [(), ("首页", "政务公开")])
def test_a_name_that_the_title_s_lines_cut_is_told_or_in_doubt_where_nothing_has_it_whole(at, above):
    lines = [CUT[:at], CUT[at:] + REPORT]
    found = top([(line, None) for line in (*above, *lines, TEXT)])
    assert found.agency == CUT or (found.line_above is not None and found.line_above.text == CUT[:at])


@pytest.mark.parametrize("at", range(1, len(CUT)))
def test_a_signature_has_the_name_whole_that_the_title_s_lines_cut(at):
    found = top([(line, None) for line in (CUT[:at], CUT[at:] + REPORT, TEXT, CUT, "2024年1月20日")])
    assert (found.agency, found.line_above) == (CUT, None)


@pytest.mark.parametrize("at", [7, 8])
def test_a_text_that_goes_on_across_the_line_s_end_has_the_name_whole_enough(at):
    text = "2023年，市场监督管理局认真贯彻落实中华人民共和国政府信息公开条例，全面加强主动公开工作，公开信息百余条。"
    found = top([(line, None) for line in (CUT[:at], CUT[at:] + REPORT, text)])
    assert (found.agency, found.line_above) == (CUT, None)


@pytest.mark.parametrize(
    "above", ["首页", "云川县人民政府", "政务公开", "附件", "信息公开年报", "云川县水利局文件", "（盖章）"]
)
@pytest.mark.parametrize("name", ["水利局", BODY, "云川县人民政府办公室"])
def test_other_lines_above_a_title_leave_its_name_certain(above, name):
    found = top([(line, None) for line in (above, name + REPORT, TEXT)])
    assert (found.agency, found.line_above) == (name, None)


@pytest.mark.parametrize("elsewhere", [["水利局" + REPORT], []])
def test_a_name_that_a_title_elsewhere_or_a_signature_has_alone_is_certain(elsewhere):
    end = [] if elsewhere else ["特此报告。", "水利局"]
    found = top([(line, None) for line in ("要闻动态", "水利局" + REPORT, TEXT, *end)], elsewhere)
    assert (found.agency, found.line_above) == ("水利局", None)
    assert top([(line, None) for line in ("要闻动态", "水利局" + REPORT, TEXT)]).line_above is not None


@pytest.mark.parametrize("line", ["首页", "云川县", "政务公开专区", "大河市水利局"])
def test_a_line_above_a_whole_title_is_no_part_of_it(line):
    found = top([(line, None), (TITLE, None), (TEXT, None)])
    assert (found.agency, found.year) == (BODY, 2023)
    assert [paragraph.text for paragraph in found.title] == [TITLE]


@pytest.mark.parametrize(
    "title",
    [
        f"{BODY}〔2023〕政府信息公开工作年度报告",
        f"{BODY}〔2023〕年度政府信息公开工作年度报告",
        f"{BODY}【2023年】政府信息公开工作年度报告",
        f"{BODY}[2023]年政府信息公开年报",
        f"{BODY}政府信息公开工作年度报告〔2023年〕",
        f"{BODY}政府信息公开〔2023年度〕工作报告",
        f"《{BODY}2023年政府信息公开工作年度报告》",
        f"{BODY}《2023年政府信息公开工作年度报告》",
        f"{BODY}2023年《政府信息公开工作年度报告》",
        f"《{BODY}政府信息公开工作年度报告》（2023年）",
        f"“{BODY}2023年政府信息公开工作年度报告”",
    ],
)
def test_the_year_and_the_title_may_be_in_brackets_of_any_kind(title):
    found = top([(title, None), (TEXT, None)])
    assert (found.agency, found.year) == (BODY, 2023)
    assert [paragraph.text for paragraph in found.title] == [title]


@pytest.mark.parametrize(
    "title",
    [
        f"附件1：{TITLE}",
        f"附件：关于{TITLE}",
        f"关于{TITLE}",
        f"{BODY}关于《2023年政府信息公开工作年度报告》",
        f"{BODY}关于“2023年政府信息公开工作年度报告”",
    ],
)
def test_words_around_a_body_s_name_are_none_of_it(title):
    found = top([(title, None), (TEXT, None)])
    assert (found.agency, found.year) == (BODY, 2023)
    assert [paragraph.text for paragraph in found.title] == [title]
    assert top([(TEXT, None)], [title]).agency == BODY


def test_a_second_name_in_brackets_is_not_the_whole_name():
    names = ["云川县市场监督管理局", "（云川县知识产权局）"]
    found = top([*((name, None) for name in names), (TITLE.removeprefix(BODY), None), (TEXT, None)])
    assert found.agency == "".join(names)


@pytest.mark.parametrize("link", ["区县", "市县", "省市县", "各市区", "办事服务区", "选择城市", "无障碍区"])
def test_a_link_to_places_above_a_title_is_no_place(link):
    found = top([(link, None), ("水利局2023年政府信息公开工作年度报告", None), (TEXT, None)])
    assert found.agency == "水利局"


@pytest.mark.parametrize("title", [TITLE, "2023年政府信息公开工作年度报告"])
@pytest.mark.parametrize(
    "below",
    [
        [BODY],
        [BODY, "2024年1月19日"],
        [BODY, "（2024年1月19日）"],
        [f"{BODY} 2024年1月19日"],
        [f"{BODY}　（二〇二四年一月十九日）"],
        ["2024-01-19", BODY],
        ["来源：云川县水利局", BODY, "发布时间：2024-01-19 10:00"],
    ],
)
@pytest.mark.parametrize("marked", [True, False])
def test_the_bodys_name_below_the_title_is_no_text(title, below, marked):
    paragraphs = [Paragraph(title, level=0 if marked else None), *map(Paragraph, [*below, TEXT])]
    found = beginning(paragraphs, (), paragraphs, marked=marked)
    assert (found.agency, found.year) == (BODY, 2023)
    assert [paragraph.text for paragraph in found.preamble] == [TEXT]


@pytest.mark.parametrize("below", ["云川县教育局", f"{BODY}办公室", f"{BODY}，2024年1月19日。"])
def test_another_line_below_the_title_is_text(below):
    found = top([(TITLE, 0), (below, None), (TEXT, None)])
    assert found.agency == BODY
    assert [paragraph.text for paragraph in found.preamble] == [below, TEXT]


def test_a_report_of_our_own_keeps_the_bodys_name_below_its_title():
    found = top([(TITLE, 0), (BODY, None)], is_own=True)
    assert [paragraph.text for paragraph in found.preamble] == [BODY]


def test_the_pages_own_title_decides_between_links_to_reports():
    links = [("云川县教育局2023年政府信息公开工作年度报告", None), (TITLE, None), *((other, None) for other in OTHERS)]
    found = top([*links, (TEXT, None)], [f"{TITLE}_云川县人民政府"])
    assert (found.agency, found.year) == (BODY, 2023)


@pytest.mark.parametrize("link", [OTHERS[0], f"《{OTHERS[0]}》"])
def test_the_period_in_the_text_decides_between_titles_of_two_years(link):
    text = "根据有关规定编制本报告，所列数据的统计期限自2023年1月1日起至2023年12月31日止，现予公布。"
    found = top([(TITLE, None), (text, None), (link, None)])
    assert (found.agency, found.year) == (BODY, 2023)
    assert [paragraph.text for paragraph in found.preamble] == [text]


def test_a_report_of_our_own_keeps_all_lines_below_its_title():
    found = top([(TITLE, 0), (OTHERS[0], None)], is_own=True)
    assert [paragraph.text for paragraph in found.preamble] == [OTHERS[0]]


@pytest.mark.parametrize(
    "lines",
    [
        ["云川县水利局政府信息公开工作2023年度报告"],
        ["云川县水利局政府信息公开（2023年度）工作报告"],
        ["云川县水利局", "政府信息公开工作2023年度报告"],
        ["云川县水利局关于政府信息公开工作2023年年报"],
    ],
)
def test_the_year_may_follow_what_is_reported_on(lines):
    found = top([*((line, None) for line in lines), (TEXT, None)])
    assert (found.agency, found.year) == (BODY, 2023)
    assert [paragraph.text for paragraph in found.title] == lines
    assert [paragraph.text for paragraph in found.preamble] == [TEXT]


@pytest.mark.parametrize("label", ["名 称：", "信息名称: ", "标题："])
def test_a_line_about_the_document_may_name_its_title(label):
    found = top([(label + TITLE, None), ("索 引 号：014400001/2024-00001", None), (TEXT, None)])
    assert (found.agency, found.year, found.title) == (BODY, 2023, [])
    assert [paragraph.text for paragraph in found.preamble] == [TEXT]


@ends_soon
@pytest.mark.parametrize("words", ["2023年", "2023年政府信息公开", "2023年 　 ", "关于", "名称：", "2023 ", "《"])
@pytest.mark.parametrize("level", [0, None])
def test_a_very_long_title_is_none(words, level):
    found = top([(words * 100_000, level), (TEXT, None)], [words * 100_000, TITLE])
    assert (found.agency, found.year) == (BODY, 2023)


@ends_soon
@pytest.mark.parametrize(
    ("line", "year"),
    [
        ("关于2024年", None),
        ("关于2024年关于2024年关于2024年政府信息公开关于2024年政府信息公开年报关于2024年政府信息公开", None),
        ("2024年政府信息公开工作年度报告", 2024),
        ("云川县水利局2024年政府信息公开工作年度报告", 2024),
        ("关于" * 50, None),
    ],
)
def test_of_very_many_lines_like_titles_the_last_is_the_title(line, year):
    times = 400_000 // len(line)
    found = top([(line, None)] * times, [line] * 100)
    assert (found.year, len(found.title), len(found.preamble)) == (year, *((1, 0) if year else (0, times)))


@ends_soon
def test_a_title_may_be_marked_on_very_many_lines():
    assert len(top([("关于2024年", 0)] * 300_000).title) == 300_000
