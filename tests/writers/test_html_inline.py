"""The fragment with its style in attributes."""

from __future__ import annotations

import re
import sys

import pytest
from extremes import extremes
from hypothesis import given, settings
from lxml import html
from strategies import reports

from annual_report import AnnualReport, MissingExtraError, UnusableInputError, check, render
from annual_report.writers.html import inline
from annual_report.writers.html.sheets import resource

ATTRIBUTES = {
    "aria-labelledby",
    "class",
    "colspan",
    "data-notes",
    "headers",
    "href",
    "id",
    "lang",
    "role",
    "rowspan",
    "scope",
    "style",
    "tabindex",
}
OLD = {
    *("a", "b", "bdi", "caption", "div", "h1", "h2", "h3", "h4", "h5", "li", "mark", "p", "span", "strong", "sup"),
    *("table", "tbody", "td", "th", "thead", "tr", "ul", "wbr"),
}
"""The elements that an editor keeps, or drops without their content."""


def inlined(report, **options) -> str:
    return render(report, format="html", fragment="inline", allow_findings=True, **options).decode()


def tree(report, **options):
    return html.fragment_fromstring(inlined(report, **options))


@pytest.mark.parametrize("name", ["seed", "large_city", "housing_bureau", *extremes()])
def test_every_paragraph_heading_and_cell_has_its_style(name, request):
    report = extremes()[name] if name in extremes() else request.getfixturevalue(name)
    root = tree(report)
    assert {element.tag for element in root.iter()} <= OLD
    assert {attribute for element in root.iter() for attribute in element.keys()} <= ATTRIBUTES  # noqa: SIM118
    for element in root.iter("h1", "h2", "h3", "h4", "p", "table", "th", "td"):
        assert "color:" in element.get("style"), html.tostring(element)
    assert all("border:1px solid" in cell.get("style") for cell in root.iter("th", "td"))


def test_sizes_and_colours_depend_on_nothing_outside(seed_as_published):
    styles = tree(seed_as_published, findings=check(seed_as_published)).xpath("//@style")
    assert not [style for style in styles if re.search(r"var\(|--|\drem|@", style)]


def test_a_rem_is_16_pixels_and_boxes_are_the_sites_own(seed):
    root = tree(seed)
    (header,) = root.find_class("ar-header")
    assert "margin-bottom:32px" in header.get("style")
    assert all("font-size:14.4px" in table.get("style") for table in root.iter("table"))
    assert not [style for style in root.xpath("//@style") if "box-sizing" in style]


@given(reports())
@settings(max_examples=30)
def test_all_text_is_text(data):
    report = AnnualReport.model_validate(data)
    whole = html.fragment_fromstring(render(report, format="html", fragment=True, allow_findings=True).decode(), "div")
    article = whole.find("article")
    article.remove(article.find("script"))
    root = tree(report)
    assert root.text_content() == article.text_content()
    assert {element.tag for element in root.iter()} <= OLD
    assert {attribute for element in root.iter() for attribute in element.keys()} <= ATTRIBUTES  # noqa: SIM118


def test_numbers_of_notes_are_text(seed_as_published):
    findings = check(seed_as_published)
    root = tree(seed_as_published, findings=findings)
    for number, finding in enumerate(findings, 1):
        assert root.get_element_by_id(_identifier(root, finding.path)).text_content() == f"0 [{number}]"
    assert len(root.findall(".//mark/sup")) == sum(len(finding.cells) for finding in findings)


def test_the_number_of_a_note_on_words_over_two_lines_is_text():
    marked = '<mark class="ar-error" data-notes="1 2">申请\n5件</mark>'
    root = html.fragment_fromstring(inline.inlined(f'<article class="annual-report"><p>{marked}</p></article>'))
    assert root.text_content() == "申请\n5件 [1 2]"


def test_the_list_of_findings_is_a_region_with_a_name(seed_as_published):
    root = tree(seed_as_published, findings=check(seed_as_published))
    (review,) = root.find_class("ar-review")
    assert review.get("role") == "region"
    assert root.get_element_by_id(review.get("aria-labelledby")).text_content().startswith("核对发现")


def _identifier(root, path: str) -> str:
    return next(identifier for identifier in root.xpath("//td/@id") if identifier.endswith(f"-{path}"))


def test_several_fit_into_one_page(seed, large_city):
    identifiers = [identifier for report in (seed, large_city) for identifier in tree(report).xpath("//@id")]
    assert len(set(identifiers)) == len(identifiers) > 400


def test_the_same_report_gives_the_same_bytes(seed):
    assert inlined(seed) == inlined(seed)


def test_the_style_sheet_has_what_is_left_out_of_attributes():
    assert inline._EVERYTHING in resource("content.css")


def test_a_kind_of_fragment_that_there_is_not_is_refused(seed):
    with pytest.raises(UnusableInputError, match=r"inlined.*inline"):
        render(seed, format="html", fragment="inlined")
    with pytest.raises(UnusableInputError, match=r"fragment.*docx"):
        render(seed, fragment="inline")
    with pytest.raises(TypeError, match=r"fragment.*None"):
        render(seed, format="html", fragment=None)


def test_without_css_inline_the_error_says_how_to_install_it(seed, monkeypatch):
    monkeypatch.setitem(sys.modules, "css_inline", None)
    with pytest.raises(MissingExtraError, match=r"pip install css-inline$"):
        inlined(seed)
