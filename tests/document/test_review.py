"""What a reviewer sends back."""

from __future__ import annotations

import pickle

import pytest
from lxml import html

from annual_report import AnnualReport, Findings, ReconciliationError, UnusableInputError, check, render
from annual_report.checks import CellReference, Finding, Quotation
from annual_report.messages import message
from annual_report.report.places import section_title


@pytest.fixture(autouse=True)
def in_chinese(monkeypatch):
    monkeypatch.setenv("ANNUAL_REPORT_LANG", "zh")


def review(report, findings):
    return html.document_fromstring(render(report, format="html", findings=findings).decode())


def marked(page):
    return [(mark.get("class"), mark.text_content(), mark.get("data-notes")) for mark in page.iterfind(".//mark")]


def strong(page):
    """Return the marks on the cells to look at first, and on passages."""
    return [mark for mark in marked(page) if "ar-read" not in mark[0]]


def cells(page, number):
    """Return the paths of the cells marked with a number: those marked strongly, and the others."""
    marks = [mark for mark in page.iterfind(".//td/mark") if str(number) in mark.get("data-notes").split()]
    others = [mark for mark in marks if "ar-read" in mark.get("class")]
    return [{mark.getparent().get("id") for mark in some} for some in (set(marks) - set(others), others)]


def notes(page):
    return {note.get("id"): note.text_content() for note in page.iterfind(".//ul[@class='ar-notes']/li")}


def finding(severity="warning", path="overview", start=None, end=None, section="overview", paragraph=0, cells=()):
    quotation = None if start is None else Quotation(section, paragraph, start, end, "")
    words = message("{words}", words="<有误>")
    return Finding("some.rule", severity, path, "某处", words, cells, quotation=quotation)


def test_the_cells_of_errors_are_marked_each_with_its_message(seed_as_published):
    findings = check(seed_as_published)
    page = review(seed_as_published, findings)
    assert strong(page) == [("ar-error", "0", "1"), ("ar-error", "0", "2")]
    for number, finding in enumerate(findings, 1):
        assert cells(page, number) == [{finding.path}, {cell.path for cell in finding.cells} - {finding.path}]
    assert notes(page) == {
        f"note-{number}": f"错误 {number} {finding.message.text('zh')}" for number, finding in enumerate(findings, 1)
    }
    rows = page.findall(".//section[@class='ar-review']//tbody/tr")
    assert [row.find("td/a").get("href") for row in rows] == ["#note-1", "#note-2"]
    assert [row.find("td/a").text for row in rows] == [finding.place for finding in findings]


def test_a_cell_to_look_at_first_is_marked_strongly_whatever_else_rests_on_it(seed):
    first, second, third = (f"applications.received.{key}" for key in ("total", "natural_person", "other_organization"))
    both = (CellReference(first, ""), CellReference(second, ""))
    page = review(seed, [finding("error", path=third, cells=both), finding(path=first, cells=both)])
    marks = {mark.getparent().get("id"): mark for mark in page.iterfind(".//mark")}
    assert {path: (mark.get("class"), mark.get("data-notes")) for path, mark in marks.items()} == {
        first: ("ar-warning", "1 2"),
        second: ("ar-error ar-read", "1 2"),
        third: ("ar-error", "1"),
    }


def test_cells_of_other_reports_or_of_no_table_are_not_marked(seed):
    elsewhere = tuple(CellReference(path, "") for path in ("previous.applications.received.total", "overview", "year"))
    assert marked(review(seed, [finding(path="overview", cells=elsewhere)])) == [
        ("ar-warning", section_title("overview"), "1")
    ]


def test_given_findings_a_report_with_errors_is_written(seed_as_published, tmp_path):
    with pytest.raises(ReconciliationError):
        render(seed_as_published, tmp_path / "review.html")
    render(seed_as_published, tmp_path / "review.html", findings=check(seed_as_published))
    assert (tmp_path / "review.html").exists()


def test_without_findings_the_page_is_the_plain_one(seed):
    assert render(seed, format="html", findings=check(seed)) == render(seed, format="html")


@pytest.mark.parametrize("format", ["docx", "pdf"])
def test_only_the_web_page_shows_findings(seed, format):
    with pytest.raises(UnusableInputError, match=f"findings.*{format}"):
        render(seed, format=format, findings=Findings())


def test_a_sentence_is_marked_and_so_is_the_cell_it_disagrees_with(data):
    report = AnnualReport.model_validate(data | {"overview": "甲乙丙。**全年新收申请9件**。丁"})
    path = "applications.received.total"
    page = review(report, [finding(path=path, start=4, end=12)])
    assert marked(page) == [("ar-warning", "全年新收申请9件", "1"), ("ar-warning", "14069", "1")]
    assert page.find(".//mark/strong") is not None
    assert list(notes(page).values()) == ["提醒 1 <有误>"]
    section = page.get_element_by_id("overview")
    assert [child.tag for child in section] == ["h2", "p", "ul"]


def test_every_mark_at_one_place_is_numbered(seed):
    path = "applications.received.total"
    findings = [finding(path=path), finding("error", path=path), finding(path="overview"), finding(path="overview")]
    page = review(seed, findings)
    assert [(kind, numbers) for kind, _, numbers in marked(page)] == [("ar-warning", "3 4"), ("ar-error", "1 2")]
    assert [[item.get("id") for item in notes] for notes in page.iterfind(".//ul[@class='ar-notes']")] == [
        ["note-3", "note-4"],
        ["note-1", "note-2"],
    ]
    links = [link.get("href") for link in page.iterfind(".//section[@class='ar-review']//tbody//a")]
    assert links == ["#note-1", "#note-2", "#note-3", "#note-4"]


def test_marks_may_overlap_and_cross_sub_headings(data):
    report = AnnualReport.model_validate(data | {"overview": "（一）甲乙。丙丁戊己"})
    page = review(report, [finding(start=3, end=8), finding("error", start=7, end=9)])
    assert marked(page) == [
        ("ar-warning", "甲乙。", "1"),
        ("ar-warning", "丙", "1"),
        ("ar-error", "丁", "1 2"),
        ("ar-error", "戊", "2"),
    ]
    assert page.find(".//h3").text_content() == "（一）甲乙。"
    assert len(notes(page)) == 2


@pytest.mark.parametrize(("path", "parent"), [("other_matters", "other_matters"), ("disputes.litigation", "disputes")])
def test_what_is_at_a_whole_section_is_marked_at_its_heading(seed, path, parent):
    page = review(seed, [finding(path=path)])
    section = page.get_element_by_id(parent)
    assert [child.tag for child in section[:2]] == ["h2", "ul"]
    assert section.find("h2/mark") is not None


@pytest.mark.parametrize("path", ["edition", "agency", "preamble"])
def test_what_is_at_no_section_is_told_first(seed, path):
    page = review(seed, [finding(path=path)])
    assert page.find("body//main/ul").text_content() == "提醒 1 <有误>"


def test_every_finding_has_one_note_whatever_it_points_at(seed):
    paths = ["edition", "overview", "applications.received.total", "applications.outcomes", "nowhere.at.all"]
    page = review(seed, [finding(path=path) for path in paths] + [finding(start=0, end=3, paragraph=2)])
    assert sorted(notes(page)) == [f"note-{number}" for number in range(1, 7)]


def test_messages_are_in_the_users_language(seed_as_published, monkeypatch):
    monkeypatch.setenv("ANNUAL_REPORT_LANG", "en")
    findings = check(seed_as_published)
    page = review(seed_as_published, findings)
    assert page.find(".//ul[@class='ar-notes']").get("lang") == "en"
    assert notes(page)["note-1"] == f"error 1 {findings[0].message.text('en')}"


def test_a_notebook_shows_a_report_whole_and_small(seed):
    page = html.fragment_fromstring(f"<div>{seed._repr_html_()}</div>")
    assert len(page.findall(".//table")) == 3
    assert page.find(".//script") is None
    assert page.find("div").get("class") == "ar-notebook ar-framed"


def test_a_notebook_shows_findings_with_the_parts_they_are_at(seed_as_published):
    findings = check(seed_as_published)
    page = html.fragment_fromstring(f"<div>{findings._repr_html_()}</div>")
    assert strong(page) == [("ar-error", "0", "1"), ("ar-error", "0", "2")]
    assert len(marked(page)) == sum(len(finding.cells) for finding in findings)
    headings = [heading.text_content() for heading in page.iterfind(".//h2")]
    assert headings == ["核对发现：错误 2 处，提醒 0 处", "三、收到和处理政府信息公开申请情况"]
    links = {link.get("href")[1:] for link in page.iterfind(".//a")}
    assert links == set(notes(page))


def test_a_notebook_shows_the_tables_whose_cells_a_finding_read(seed):
    cells = (CellReference("disputes.reconsideration.upheld", ""),)
    found = Findings([finding(path="overview", start=0, end=3, cells=cells)], seed)
    page = html.fragment_fromstring(f"<div>{found._repr_html_()}</div>")
    assert [kind for kind, *_ in marked(page)] == ["ar-warning", "ar-warning ar-read"]
    assert [table.get("class") for table in page.iterfind(".//div[@class='ar-scroll']/table")] == ["ar-table ar-spread"]


def test_findings_without_their_report_or_none_are_text(seed, seed_as_published):
    assert check(seed)._repr_html_() is None
    assert Findings(check(seed_as_published))._repr_html_() is None


def test_findings_can_go_to_other_processes(seed_as_published):
    findings = check(seed_as_published)
    copy = pickle.loads(pickle.dumps(findings))
    assert copy == findings
    assert copy._repr_html_() == findings._repr_html_()
