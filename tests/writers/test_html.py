"""The web page as text and as a tree."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

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
@settings(max_examples=40, deadline=None)
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
