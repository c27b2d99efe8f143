"""What this library writes, its readers find again: every text, level and emphasis, every cell at its place."""

from __future__ import annotations

import re

import pytest
from conftest import FIXTURES
from hypothesis import given, settings
from readers.published.composed import composed, found
from strategies import reports

from annual_report import AnnualReport, check, load, read, render
from annual_report.document.compose import compose
from annual_report.document.review import compose_with_findings
from annual_report.readers.published import html, word
from annual_report.style import Style
from annual_report.writers import html as html_writer

fixtures = pytest.mark.parametrize("name", sorted(path.stem for path in FIXTURES.glob("*.json")))
FRAGMENTS = (False, True, "inline")


@fixtures
@pytest.mark.parametrize("sub_headings", ["as-written", "run-in", "own-line"])
def test_a_word_file_comes_back_as_composed(name, sub_headings):
    report = load(FIXTURES / f"{name}.json")
    content = word.parse(render(report, format="docx", style=Style(sub_headings=sub_headings), allow_findings=True))
    assert found(content) == composed(compose(report), sub_headings)
    assert content.remarks == ()
    assert content.titles == (compose(report).title,)


@fixtures
@pytest.mark.parametrize("fragment", FRAGMENTS)
@pytest.mark.parametrize("sub_headings", ["as-written", "run-in", "own-line"])
def test_a_web_page_comes_back_as_composed(name, fragment, sub_headings):
    report = load(FIXTURES / f"{name}.json")
    style = Style(sub_headings=sub_headings)
    content = html.parse(render(report, format="html", style=style, fragment=fragment, allow_findings=True))
    assert found(content) == composed(compose(report), sub_headings)
    assert content.remarks == ()
    assert content.titles == (() if fragment else (compose(report).title,))


@settings(deadline=None, max_examples=60)
@given(reports())
def test_any_report_comes_back_from_word_and_from_a_page(value):
    report = AnnualReport.model_validate(value)
    expected = composed(compose(report))
    assert found(word.parse(render(report, format="docx", allow_findings=True))) == expected
    on_a_page = [_as_a_page_has_it(block) for block in expected]
    for fragment in FRAGMENTS:
        assert found(html.parse(render(report, format="html", fragment=fragment, allow_findings=True))) == on_a_page


def _as_a_page_has_it(block):
    """Write U+0085 and carriage returns as line feeds: HTML cannot hold them."""
    return (re.sub("[\r\x85]", "\n", block[0]), *block[1:]) if isinstance(block[0], str) else block


@pytest.mark.parametrize("format", ["docx", "html"])
@pytest.mark.parametrize(("name", "day"), [("某局办公室（章）", None), ("甲", "2024-01-15"), (None, "2024-01-15")])
def test_a_signature_or_a_date_may_be_alone(seed, format, name, day):
    report = AnnualReport.model_validate(seed.model_dump() | {"issued_by": name, "issued_on": day})
    assert read(render(report, format=format), name=f"x.{format}").report == report


def test_the_notes_of_a_marked_page_are_left_out(seed_as_published):
    document = compose_with_findings(seed_as_published, check(seed_as_published))
    assert document.marks
    for fragment in FRAGMENTS:
        page = html_writer.write(document, Style(), fragment=fragment)
        assert found(html.parse(page)) == composed(compose(seed_as_published))


def test_what_a_page_embeds_as_data_is_not_read(seed):
    page = render(seed, format="html").decode().replace('{"edition":', '{"agency":"甲乙丙丁","edition":')
    assert "甲乙丙丁" in page
    assert found(html.parse(page.encode())) == composed(compose(seed))
