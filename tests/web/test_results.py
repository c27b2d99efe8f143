"""What the pages say of a file: a form to be filled in, a file in doubt, or a report and what was found in it."""

from __future__ import annotations

import re

import pytest
from conftest import AS_PUBLISHED, SEED
from lxml import html
from openpyxl import load_workbook
from served import service

from annual_report import AnnualReport, UnusableInputError, load, render
from annual_report.document.workbook import TEXT
from annual_report.web.results import result_page, table_page
from annual_report.web.views import view
from annual_report.web.wire import Job
from annual_report.writers.xlsx import write_report

pytestmark = pytest.mark.filterwarnings("default::DeprecationWarning")

EMPTY = ("空表.xlsx", write_report(AnnualReport.blank(agency="某局", year=2024), empty=True))
SOUND = ("年报.json", SEED.read_bytes())
WRONG = ("错.json", AS_PUBLISHED.read_bytes())
NUMBER = f'received.natural_person" headers="applications-3-0 applications-1-3">约 1\n件{"甲" * 90}<'


@pytest.fixture(scope="module")
def server():
    with service() as found:
        yield found


@pytest.fixture
def without_text(tmp_path):
    book = load_workbook(filename=_saved(tmp_path))
    del book[TEXT]
    book.save(tmp_path / "缺页.xlsx")
    return "缺页.xlsx", (tmp_path / "缺页.xlsx").read_bytes()


def _saved(folder):
    path = folder / EMPTY[0]
    path.write_bytes(EMPTY[1])
    return path


def words_of(answer):
    assert answer.status == 200, answer.data.decode()[:300]
    return re.sub(r"<[^>]+>", " ", answer.data.decode())


def test_an_untouched_form_is_not_filled_in_rather_than_in_doubt(server):
    words = words_of(server.post("?lang=zh", EMPTY))
    assert "还没有填完：请填写下列表格。" in words
    assert "3 张表尚未填写" in words
    assert "存疑" not in words


def test_an_untouched_form_among_other_files_says_so_too(server):
    words = words_of(server.post("?lang=zh", EMPTY, EMPTY))
    assert words.count("3 张表尚未填写") == 2
    assert "存疑" not in words


def test_a_form_with_other_faults_is_in_doubt(server, without_text):
    words = words_of(server.post("?lang=zh", without_text))
    assert "存疑 6 处" in words


def viewed(*files, **options):
    return view(Job("view", "zh", options, tuple(name for name, _ in files)), [data for _, data in files])


def page(shown, language="zh"):
    return html.document_fromstring(result_page(shown, language))


def finding_of(place="某表", found="", where="", severity="doubt", anchor=""):
    named = {"place": place, "message": "看不清", "found": found, "where": where}
    return named | {"severity": severity, "anchor": anchor}


def unreadable(name, *problems):
    return {"source": name, "problems": [*problems], "doubts": 0, "errors": 0, "warnings": 0, "lines": []}


def test_a_report_with_errors_is_written_only_for_those_who_insist_except_as_data():
    root = page(viewed(WRONG))
    (insist,) = root.xpath("//input[@name='allow_findings']")
    assert insist.get("required") is not None
    at_once = {button.get("value") for button in root.xpath("//button[@name='format'][@formnovalidate]")}
    assert at_once == {"json"}
    assert not page(viewed(SOUND)).xpath("//input[@name='allow_findings']")


@pytest.mark.parametrize(
    ("numbers", "kind"),
    [
        ({}, "good"),
        ({"warnings": 2}, "fair"),
        ({"errors": 1, "warnings": 2}, "bad"),
        ({"doubts": 1}, "bad"),
    ],
)
def test_the_verdict_is_as_bad_as_the_worst_of_what_was_found(numbers, kind):
    sound = viewed(SOUND) | {"errors": 0, "warnings": 0, "doubts": 0}
    (verdict,) = page(sound | numbers).find_class("verdict")
    assert verdict.get("class") == f"verdict {kind}"
    (sheet,) = page(sound | numbers).find_class("sheet")
    assert ("doubtful" in sheet.get("class")) == ("doubts" in numbers)


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ({}, "核对的各项全部一致。"),
        ({"warnings": 1}, "没有错误，但有提醒，请核实。"),
        ({"errors": 1, "warnings": 1}, "有对不上的地方：请改正错误后再上报。"),
        ({"doubts": 1, "errors": 1}, "有些内容读不准：请按下面列出的位置改好文件，再核对一次。"),
        ({"doubts": 1, "is_unfilled": True}, "还没有填完：请填写下列表格。"),
    ],
)
def test_the_verdict_says_what_to_do_about_the_worst(numbers, words):
    sound = viewed(SOUND) | {"errors": 0, "warnings": 0, "doubts": 0}
    assert page(sound | numbers).find_class("verdict")[0].findtext("p") == words


def test_a_report_in_doubt_is_not_offered_as_documents():
    assert page(viewed(SOUND)).xpath("//button[@name='format']/@value") == [
        "docx",
        "pdf",
        "xlsx",
        "html",
        "txt",
        "json",
    ]
    assert not page(viewed(in_doubt("年报.html", "3.其他<", "3.甲乙丙<"))).xpath("//button[@name='format']")


def test_word_is_the_format_whose_button_stands_out():
    buttons = page(viewed(SOUND)).xpath("//button[@name='format']")
    assert [button.get("value") for button in buttons if "plain" not in (button.get("class") or "")] == ["docx"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_heading_of_a_report_is_in_chinese_whatever_the_pages_language(language):
    heading = page(viewed(SOUND), language).find(".//h1")
    assert (heading.text_content(), heading.get("lang")) == ("石嘴山市民政局2023年", "zh-CN")


def test_places_that_are_shown_are_links_to_them_and_others_are_words():
    explained = {"what": "甲", "mend": "请更正", "id": "x", "places": {"这里": "report-overview", "那里": ""}}
    deviations = [finding_of("此处", anchor="report-disputes"), finding_of("别处")]
    root = page(viewed(SOUND) | {"explained": [explained], "deviations": deviations})
    links = {link.text_content(): link.get("href") for link in root.xpath("//dd//a | //td[1]//a")}
    assert links == {"这里": "#report-overview", "此处": "#report-disputes"}
    assert [place.text_content() for place in root.xpath("//dd/ul/li")] == ["这里", "那里"]
    assert root.xpath("//dd/p/text()")[0] == "怎么办：请更正"


@pytest.mark.parametrize(("doubts", "counts"), [(0, ["错误 1 处", "提醒 2 处", "存疑 0 处"]), (3, ["存疑 3 处"])])
def test_a_report_in_doubt_is_not_said_to_have_no_errors(doubts, counts):
    shown = page(viewed(SOUND) | {"errors": 1, "warnings": 2, "doubts": doubts})
    (verdict,) = shown.find_class("verdict")
    assert verdict.xpath("ul/li/text()") == counts


def test_the_file_is_named_beside_the_report_and_once_where_nothing_else_is_known():
    sound = viewed(SOUND)
    assert page(sound).findtext(".//p[@class='hint']") == "文件：年报.json"
    unknown = page(sound | {"agency": "", "explained": []})
    assert unknown.find(".//h1").text_content() == "年报.json"
    assert not unknown.xpath("//p[@class='hint']")


@pytest.mark.parametrize(("count", "more"), [(20, []), (21, ["另有 1 条"]), (25, ["另有 5 条"])])
def test_of_many_places_and_findings_twenty_are_listed_and_the_others_counted(count, more):
    places = {f"第{number}处": "" for number in range(count)}
    explained = {"what": "甲", "mend": "乙", "id": "x", "severity": "错误", "places": places}
    listed = page(viewed(SOUND) | {"explained": [explained]}).xpath("//dd/ul/li/text()")
    assert listed == [*list(places)[:20], *more]
    shown = viewed(WRONG) | {"lines": list(places)}
    root = html.document_fromstring(table_page([shown], "zh"))
    assert [root.findtext(".//td/details/summary"), *root.xpath("//td/details/ul/li/text()")] == [
        *list(places)[:20],
        *more,
    ]


def test_what_a_file_says_is_text():
    deviations = [finding_of(found="<b>1</b>", where="<i>A1</i>", place="<u>表</u>")]
    root = page(viewed(SOUND) | {"deviations": deviations, "source": "<s>.json"})
    assert not root.xpath("//td//b | //td//i | //td//u | //h1//s")
    assert [cell.text_content() for cell in root.xpath("//div[@class='scroll']//td")] == [
        *("<u>表</u>", "看不清", "<b>1</b>", "<i>A1</i>")
    ]
    several = html.document_fromstring(table_page([unreadable("<s>.json", "<q>坏了</q>")], "zh"))
    assert [name.text_content() for name in several.xpath("//tbody//th")] == ["<s>.json"]
    assert "<q>坏了</q>" in [cell.text_content() for cell in several.xpath("//tbody//td")]


def test_a_table_that_scrolls_can_be_scrolled_by_key():
    root = html.document_fromstring(table_page([viewed(SOUND)], "zh"))
    (region,) = root.find_class("scroll")
    assert (region.get("tabindex"), region.get("role")) == ("0", "region")


def test_files_that_cannot_be_read_are_in_the_workbook_of_findings_with_their_names():
    unread = [unreadable("甲.pdf", "甲.pdf: 坏了"), unreadable("乙.pdf", "坏了")]
    root = html.document_fromstring(table_page(unread, "zh"))
    assert root.xpath("//input[@name='unread']/@value") == ["甲.pdf: 坏了", "乙.pdf: 坏了"]
    assert not root.xpath("//form[contains(@action, 'documents')]")
    assert [chip.text_content() for chip in root.find_class("chip")] == ["无法读取"] * 2
    with_one = html.document_fromstring(table_page([*unread, viewed(SOUND)], "zh"))
    assert with_one.xpath("//form[contains(@action, 'documents')]//input[@name='file']")


def test_last_years_report_counts_and_must_be_certain():
    report = load(AS_PUBLISHED)
    before = AnnualReport.blank(agency="别局", year=report.year - 1).model_dump_json().encode()
    explained = {one["id"] for one in viewed(WRONG, ("去年.json", before))["explained"]}
    assert "previous.agency" in explained
    assert "previous.agency" not in {one["id"] for one in viewed(WRONG)["explained"]}
    with pytest.raises(UnusableInputError, match=r"去年\.html: .*这里不是数字"):
        viewed(WRONG, in_doubt("去年.html", ">1</td>", ">若干</td>"))


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ({"problems": ["坏了"], "doubts": 1, "errors": 1}, ("无法读取", "chip bad")),
        ({"doubts": 2, "errors": 1, "warnings": 1}, ("存疑 2 处", "chip bad")),
        ({"errors": 1, "warnings": 3}, ("错误 1 处", "chip bad")),
        ({"warnings": 3}, ("提醒 3 处", "chip fair")),
        ({}, ("一致", "chip good")),
    ],
)
def test_of_several_files_the_worst_of_each_is_shown(numbers, said):
    root = html.document_fromstring(table_page([viewed(SOUND) | numbers], "zh"))
    (chip,) = root.find_class("chip")
    assert (chip.text_content(), chip.get("class")) == said
    assert [cell.text_content() for cell in root.xpath("//tbody//td")][:2] == ["石嘴山市民政局", "2023"]


def test_the_page_of_several_files_is_headed_by_their_number():
    root = html.document_fromstring(table_page([viewed(SOUND), unreadable("甲.pdf", "坏了")], "zh"))
    assert root.findtext(".//h1").startswith("2 ")


def test_documents_of_several_files_are_written_with_errors_for_those_who_insist():
    root = html.document_fromstring(table_page([viewed(WRONG)], "zh"))
    (insist,) = root.xpath("//form[contains(@action, 'documents')]//input[@name='allow_findings']")
    assert insist.get("required") is None  # the other reports are written without it


def test_a_report_among_several_files_can_be_shown_alone():
    shown = viewed(SOUND)
    root = html.document_fromstring(table_page([shown, unreadable("甲.pdf", "坏了")], "zh"))
    (form,) = root.xpath("//td/form")
    assert [field.get("value") for field in form.xpath(".//input[@name='file']")] == [shown["report"]]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_way_back_keeps_the_language(language):
    for shown in (result_page(viewed(SOUND), language), table_page([viewed(SOUND)] * 2, language)):
        (back,) = html.document_fromstring(shown).find_class("back")
        assert back.find("a").get("href") == f"./?lang={language}"


def test_a_page_with_a_report_has_the_reports_style_sheet():
    assert page(viewed(SOUND)).xpath("//link[@href='report.css']")


def test_a_brief_view_has_the_numbers_without_the_report():
    whole, brief = viewed(WRONG), viewed(WRONG, brief="true")
    assert whole["article"]
    assert whole["explained"]
    assert brief == whole | {"article": "", "explained": [], "deviations": []}
    assert viewed(WRONG, brief="false") == whole
    place = "三、收到和处理政府信息公开申请情况 › （七）总计 › 自然人"
    assert brief["lines"][0] == f"错误：{place}：总计应为 1，现为 0"


def in_doubt(name, old, new):
    """A page of a report, with something in it that is not certain."""
    data = render(load(SEED), format="html").replace(old.encode(), new.encode(), 1)
    return name, data


def test_a_number_in_doubt_is_told_with_its_place_and_what_is_there():
    shown = viewed(
        in_doubt("年报.html", 'received.natural_person" headers="applications-3-0 applications-1-3">1<', NUMBER)
    )
    place = "三、收到和处理政府信息公开申请情况 › 一、本年新收政府信息公开申请数量 › 自然人"
    anchor = "report-applications.received.natural_person"
    assert (shown["agency"], shown["year"], shown["report"]) == ("石嘴山市民政局", 2023, "")
    assert (shown["doubts"], shown["lines"]) == (1, [f"{place}：这里不是数字"])
    (told,) = shown["deviations"]
    assert (told["place"], told["anchor"], told["where"]) == (place, anchor, "第 2 张表，第 4 行，第 4 列")
    assert told["found"].startswith("约 1 件甲甲")
    assert told["found"].endswith("甲…")
    assert [(one["id"], one["places"]) for one in shown["explained"]] == [("value.not_a_number", {place: anchor})]


def test_a_row_in_doubt_is_linked_to_its_table():
    shown = viewed(in_doubt("年报.html", "3.其他<", "3.甲乙丙<"))
    assert [(one["severity"], one["anchor"]) for one in shown["deviations"]] == [
        ("info", "report-applications"),
        ("doubt", "report-applications"),
    ]
    assert shown["doubts"] == 1
    assert 'id="report-applications"' in shown["article"]


def test_a_report_of_nobody_is_named_by_its_file_alone():
    data = render(load(SEED), format="txt").decode().partition("一、")
    shown = viewed(("a.txt", "".join(data[1:]).replace("石嘴山市民政局", "").encode()))
    assert (shown["source"], shown["agency"]) == ("a.txt", "")


def test_findings_are_marked_in_the_report_shown():
    assert "总计应为 1，现为 0" in viewed(WRONG)["article"]
