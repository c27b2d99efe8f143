"""The web page as text and as a tree."""

from __future__ import annotations

import subprocess
import sys
from base64 import b64encode
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from itertools import pairwise

import html5lib
import pytest
from extremes import extremes
from hypothesis import given, settings
from lxml import html
from strategies import reports

from annual_report import AnnualReport, Style, UnusableInputError, render
from annual_report.document.line_breaks import boundaries
from annual_report.form.sections import SECTIONS, TABLES
from annual_report.report.places import section_title


def tree(report, **options):
    return html.document_fromstring(render(report, format="html", allow_findings=True, **options).decode())


def words(element) -> str:
    return element.text_content()


@pytest.mark.parametrize("name", ["seed", "large_city", "housing_bureau", *extremes()])
def test_every_header_has_a_scope_and_every_number_names_its_headers(name, request):
    report = extremes()[name] if name in extremes() else request.getfixturevalue(name)
    page = tree(report)
    for table, key in zip(page.iterfind(".//table"), TABLES, strict=True):
        assert words(table.find("caption")).endswith(section_title(key)[2:])
        assert table.find("thead/tr") is not None
        assert all(header.get("scope") in ("row", "col", "rowgroup") for header in table.iterfind(".//th"))
        headers = {header.get("id"): words(header) for header in table.iterfind(".//th") if header.get("id")}
        grid = report.form.grids[key]
        printed = grid.print(getattr(report, key))
        for cell, value, number in zip(table.iterfind(".//td"), grid.values, printed, strict=True):
            assert [headers[name] for name in cell.get("headers").split()] == list(value.labels)
            assert words(cell) == number


ROWGROUP = {
    ("proactive_disclosure", "2021"): ["第二十条第（五）项", "第二十条第（六）项", "第二十条第（八）项"],
    ("proactive_disclosure", "2019"): [
        "第二十条第（五）项",
        "第二十条第（六）项",
        "第二十条第（八）项",
        "第二十条第（九）项",
    ],
    ("applications", "2021"): ["三、本年度办理结果"],
    ("applications", "2019"): ["三、本年度办理结果"],
}
"""The headers over or beside a body of rows; the first band is in the table's head, where there are no such bodies."""


@pytest.mark.parametrize("name", ["seed", "housing_bureau"])
def test_headers_say_whether_they_head_columns_rows_or_groups_of_rows(name, request):
    report = request.getfixturevalue(name)
    for table, key in zip(tree(report).iterfind(".//table"), TABLES, strict=True):
        scopes = {scope: table.findall(f".//th[@scope='{scope}']") for scope in ("col", "row", "rowgroup")}
        cells = report.form.grids[key].cells
        groups = ROWGROUP.get((key, report.edition), [])
        assert list(map(words, scopes["rowgroup"])) == groups
        columns = [cell for cell in cells if cell.role == "heading" or (cell.role == "band" and cell.row == 0)]
        assert list(map(words, scopes["col"])) == [cell.text for cell in columns]
        rows = [cell for cell in cells if cell.role == "stub"]
        assert list(map(words, scopes["row"])) == [cell.text for cell in rows]


def test_a_number_is_under_a_header_of_columns_and_beside_one_of_rows(seed):
    page = tree(seed)
    headers = page.get_element_by_id("applications.outcomes.granted.natural_person").get("headers").split()
    assert [(words(header), header.get("scope")) for header in map(page.get_element_by_id, headers)] == [
        ("（一）予以公开", "row"),
        ("自然人", "col"),
    ]


@pytest.mark.parametrize("style", [Style(), Style(latin="a'b\\"), Style(page_number={"form": "</style>{page}"})])
def test_a_page_may_load_nothing_and_run_nothing(seed, style):
    page = tree(seed, style=style)
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    (sheet,) = page.iterfind(".//style")
    digest = b64encode(sha256(sheet.text.encode()).digest()).decode()
    assert dict(directive.strip().split(" ", 1) for directive in policy.split(";")) == {
        "default-src": "'none'",
        "style-src": f"'sha256-{digest}'",
        "img-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    head = [element.get("http-equiv") or element.tag for element in page.find("head")]
    assert head.index("Content-Security-Policy") < min(head.index("link"), head.index("style"), head.index("title"))
    assert page.xpath("count(//script)") == page.xpath("count(//script[@type='application/json'])") == 1
    assert not page.xpath("//@src | //*[@onload or @onclick or @onerror] | //@style")


def test_the_trial_form_prints_changes_with_their_sign_and_money_in_yuan(housing_bureau):
    page = tree(housing_bureau)
    cells = ("licensing.items_change", "other_services.items_change", "compulsion.items_change")
    printed = [words(page.get_element_by_id(f"proactive_disclosure.{cell}")) for cell in cells]
    assert printed == ["-1", "+2", "0"]
    assert words(page.get_element_by_id("proactive_disclosure.central_procurement.amount")) == "1873420.50元"


@pytest.mark.parametrize("name", ["seed", "housing_bureau"])
def test_a_table_is_merged_as_the_form_has_it(name, request):
    report = request.getfixturevalue(name)
    for table, key in zip(tree(report).iterfind(".//table"), TABLES, strict=True):
        spans = [
            (words(cell), int(cell.get("rowspan", "1")), int(cell.get("colspan", "1")))
            for cell in table.iterfind(".//th")
        ]
        headers = [cell for cell in report.form.grids[key].cells if not cell.is_value]
        assert spans == [(cell.text, cell.rows, cell.columns) for cell in headers]


@pytest.mark.parametrize("name", ["seed", "housing_bureau"])
def test_long_labels_may_break_between_words_and_nowhere_else(name, request):
    page = tree(request.getfixturevalue(name))
    labels = [label for label in page.iterfind(".//table//th") if len(words(label)) > 3]
    assert len(labels) > 40
    for label in labels:
        offsets = [0, *boundaries(words(label)), len(words(label))]
        assert list(label.itertext()) == [words(label)[start:end] for start, end in pairwise(offsets)]


def test_the_page_is_in_chinese(seed):
    assert tree(seed).get("lang") == "zh-CN"


def test_headings_go_down_one_rank_at_a_time():
    blank = AnnualReport.blank(agency="某局", year=2024)
    prose = "1.甲\n乙\n（1）丙\n丁\n（一）戊\n（1）己\n1.庚\n（1）辛"
    page = tree(AnnualReport.model_validate(blank.model_dump() | {"overview": prose}))
    section = page.find(".//section[@id='overview']")
    ranks = [(element.tag, words(element)) for element in section if element.tag.startswith("h")]
    assert ranks == [
        ("h2", section_title("overview")),
        ("h3", "1.甲"),
        ("h4", "（1）丙"),
        ("h3", "（一）戊"),
        ("h4", "（1）己"),
        ("h4", "1.庚"),
        ("h5", "（1）辛"),
    ]


def test_sections_are_listed_and_can_be_linked_to(seed):
    page = tree(seed)
    links = [(link.get("href"), words(link)) for link in page.iterfind(".//nav//a")]
    assert links == [(f"#{key}", section_title(key)) for key in SECTIONS]
    assert [section.get("id") for section in page.iterfind(".//section")] == list(SECTIONS)


@pytest.mark.parametrize("sub_headings", ["as-written", "run-in", "own-line"])
def test_sub_headings_run_in_or_stand_alone_as_the_style_says(seed, large_city, sub_headings):
    style = Style(sub_headings=sub_headings)
    for report, run_in in ((seed, sub_headings == "run-in"), (large_city, sub_headings != "own-line")):
        heading = next(h for h in tree(report, style=style).iterfind(".//h3") if words(h).startswith("（一）主动公开"))
        assert words(heading).endswith("。") == run_in
        assert (heading.getparent().get("class") == "ar-run-in") == run_in


def test_emphasis_is_strong(seed):
    strong = [words(element) for element in tree(seed).iterfind(".//strong")]
    assert strong == ["积极推动政策落地落细落实", "持续完善决策政民互动机制", "不断提高标准化"]


def test_signature_and_date_are_shown(data):
    report = AnnualReport.model_validate(data | {"issued_by": "某市人民政府", "issued_on": "2026-01-25"})
    signature = tree(report).find(".//div[@class='ar-signature']")
    assert [words(line) for line in signature] == ["某市人民政府", "2026年1月25日"]


def squeezed(text: str) -> str:
    return "".join(text.split())


@given(reports())
@settings(max_examples=40)
def test_nothing_of_a_report_is_lost_and_nothing_of_it_is_markup(data):
    report = AnnualReport.model_validate(data)
    page = tree(report)
    assert AnnualReport.model_validate_json(page.get_element_by_id("annual-report").text) == report
    shown = squeezed(words(page))
    for narrative in (report.preamble, report.overview, report.problems_and_improvements, report.other_matters):
        for paragraph in narrative:
            assert squeezed(paragraph.text) in shown
    assert {element.tag for element in page.iter() if isinstance(element.tag, str)} <= {
        "html",
        "head",
        "meta",
        "title",
        "link",
        "style",
        "body",
        "div",
        "header",
        "h1",
        "span",
        "wbr",
        "bdi",
        "nav",
        "ol",
        "li",
        "a",
        "main",
        "section",
        "h2",
        "h3",
        "h4",
        "h5",
        "p",
        "strong",
        "table",
        "caption",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "script",
    }


@pytest.mark.parametrize("name", ["seed", "housing_bureau", "hostile"])
def test_a_page_is_valid_html_to_a_strict_parser(name, request):
    report = extremes()[name] if name in extremes() else request.getfixturevalue(name)
    assert_valid(render(report, format="html", allow_findings=True))


def assert_valid(page: bytes) -> None:
    html5lib.HTMLParser(strict=True).parse(page, transport_encoding="utf-8")


def test_a_title_of_any_length_is_read_again_by_any_parser(seed):
    report = AnnualReport.model_validate(seed.model_dump() | {"title": "某局" + "行政诉讼" * 5000})
    content = render(report, format="html")
    assert_valid(content)
    page = html.document_fromstring(content.decode())
    assert AnnualReport.model_validate_json(page.get_element_by_id("annual-report").text) == report


def test_line_breaks_that_html_does_not_know_are_written_as_the_one_it_does(seed):
    prose = [{"body": [{"text": "甲\x85乙\r丙"}]}]
    report = AnnualReport.model_validate(seed.model_dump() | {"overview": prose, "title": "某局\x85年报"})
    content = render(report, format="html")
    assert not {"\x85", "\r"} & set(content.decode())
    assert_valid(content)
    page = html.document_fromstring(content.decode())
    assert words(page.find(".//section[@id='overview']/p")) == "甲\n乙\n丙"
    assert AnnualReport.model_validate_json(page.get_element_by_id("annual-report").text) == report


def test_the_same_report_gives_the_same_bytes(seed):
    code = (
        "import hashlib, annual_report as a;"
        "r = a.load('fixtures/shizuishan-civil-affairs-2023.json');"
        "print(hashlib.sha256(a.render(r, format='html') + a.render(r, format='html', fragment=True)).hexdigest())"
    )
    hashes = {
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, check=True, env={"PYTHONHASHSEED": seed_}
        ).stdout
        for seed_ in ("0", "1")
    }
    assert len(hashes) == 1
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(lambda _: render(seed, format="html"), range(32)))) == 1


def test_reports_in_turn_share_nothing(seed, large_city):
    alone = [render(report, format="html") for report in (seed, large_city)]
    with ThreadPoolExecutor(8) as pool:
        mixed = list(pool.map(lambda number: render((seed, large_city)[number % 2], format="html"), range(64)))
    assert mixed == alone * 32


def test_only_the_web_page_comes_in_fragments(seed):
    assert not render(seed, format="html", fragment=True).startswith(b"<!DOCTYPE")
    with pytest.raises(UnusableInputError, match=r"fragment.*docx"):
        render(seed, fragment=True)
