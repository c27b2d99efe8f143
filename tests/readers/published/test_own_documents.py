"""What this library writes, its readers find again: every text, level and emphasis, every cell at its place."""

from __future__ import annotations

import look_alikes
import printed_reports
import pytest
from conftest import FIXTURES
from extremes import extremes
from hypothesis import assume, given, settings
from publications.printing import print_documents
from readers.published.composed import composed, found
from strategies import reports

from annual_report import AnnualReport, check, load, read, render
from annual_report.document.blocks import Table
from annual_report.document.compose import compose
from annual_report.document.review import compose_with_findings
from annual_report.readers.published import html, word
from annual_report.style import Style
from annual_report.writers import docx
from annual_report.writers import html as html_writer

fixtures = pytest.mark.parametrize("name", sorted(path.stem for path in FIXTURES.glob("*.json")))
FRAGMENTS = (False, True, "inline")
WHOLE = {"keep_whole": ["proactive_disclosure", "applications"]}
"""Where tables may break over pages, Word divides a label, which is then not as composed."""


@fixtures
@pytest.mark.parametrize("sub_headings", ["as-written", "run-in", "own-line"])
def test_a_word_file_comes_back_as_composed(name, sub_headings):
    report = load(FIXTURES / f"{name}.json")
    style = Style(sub_headings=sub_headings, tables=WHOLE)
    content = word.parse(render(report, format="docx", style=style, allow_findings=True))
    assert found(content) == composed(compose(report), sub_headings)
    assert content.remarks == ()
    assert content.titles == (compose(report).title, *descriptions(report))
    assert content.is_own


@fixtures
@pytest.mark.parametrize("fragment", FRAGMENTS)
@pytest.mark.parametrize("sub_headings", ["as-written", "run-in", "own-line"])
def test_a_web_page_comes_back_as_composed(name, fragment, sub_headings):
    report = load(FIXTURES / f"{name}.json")
    style = Style(sub_headings=sub_headings)
    content = html.parse(render(report, format="html", style=style, fragment=fragment, allow_findings=True))
    assert found(content) == composed(compose(report), sub_headings)
    assert content.remarks == ()
    assert content.titles == (*(() if fragment else (compose(report).title,)), *descriptions(report))
    assert content.is_own


def descriptions(report):
    """Give what screen readers say of the tables."""
    return [block.description for block in compose(report).blocks if isinstance(block, Table)]


@settings(max_examples=60)
@given(reports())
def test_any_report_is_found_block_by_block(value):
    report = AnnualReport.model_validate(value)
    expected = composed(compose(report))
    document = render(report, format="docx", style=Style(tables=WHOLE), allow_findings=True)
    assert found(word.parse(document)) == expected
    for fragment in FRAGMENTS:
        assert found(html.parse(render(report, format="html", fragment=fragment, allow_findings=True))) == expected


def assert_comes_back(report, format, **options):
    reading = read(render(report, format=format, allow_findings=True, **options))
    assert reading.doubts == ()
    assert reading.report == report


def has_a_title_that_says_it(report):
    """Tell whether a title is the usual one spelt out, or names another year or body: it is read as it is printed."""
    return report.title is not None and "政府信息公开" in report.title


@pytest.mark.parametrize("format", ["docx", "html"])
@settings(max_examples=60)
@given(reports() | look_alikes.reports())
def test_any_report_comes_back_equal(format, value):
    report = AnnualReport.model_validate(value)
    assume(not has_a_title_that_says_it(report))
    assert_comes_back(report, format)


@settings(max_examples=30)
@given(look_alikes.reports())
def test_any_report_comes_back_equal_from_a_fragment_on_a_page(value):
    report = AnnualReport.model_validate(value)
    assume(not has_a_title_that_says_it(report))
    fragment = render(report, format="html", fragment=True, allow_findings=True).decode()
    page = f"<title>政务公开_某市政府网</title><p>首页 > 年报</p><h1>某市2019年报</h1>{fragment}<p>版权所有：某市</p>"
    reading = read(page.encode())
    assert reading.doubts == ()
    assert reading.report == report


@pytest.mark.parametrize("format", ["docx", "html", "txt"])
@pytest.mark.parametrize("name", list(extremes()))
def test_a_report_at_the_extremes_comes_back_equal(name, format):
    if format == "txt" and name in {"hostile", "a name of 60 characters"}:
        pytest.skip("their titles do not read like titles, and plain text marks none")
    assert_comes_back(extremes()[name], format)


def test_a_name_that_is_like_no_bodys_is_in_doubt_in_plain_text():
    reading = read(render(extremes()["a name of 60 characters"], format="txt", allow_findings=True))
    assert [(doubt.id, doubt.path) for doubt in reading.doubts] == [("agency.missing", "agency")]


@pytest.mark.parametrize("format", ["docx", "html"])
def test_a_title_that_is_the_usual_one_spelt_out_comes_back_as_none(seed, format):
    report = seed.model_copy(update={"title": "石嘴山市民政局\n2023年政府信息公开工作年度报告"})
    assert read(render(report, format=format)).report == seed


@pytest.mark.parametrize("format", ["docx", "html"])
def test_a_title_that_shortens_the_name_comes_back_with_the_full_name(seed, format):
    report = seed.model_copy(update={"title": "市民政局2023年度政府信息公开工作报告"})
    assert_comes_back(report, format)


@pytest.mark.parametrize("format", ["docx", "html"])
def test_a_title_that_names_another_year_and_body_is_read_as_printed(seed, format):
    report = seed.model_copy(update={"title": "某局2022年政府信息公开工作年度报告"})
    found = read(render(report, format=format, allow_findings=True)).report
    assert (found.agency, found.year, found.title) == ("某局", 2022, None)


@pytest.mark.parametrize("format", ["docx", "html"])
@pytest.mark.parametrize("text", ["甲 \t乙", "甲\r\t乙", "甲\t 乙", " \t ", "甲  乙"])
def test_spaces_come_back_beside_tabs_too(seed, format, text):
    data = seed.model_dump() | {"other_matters": [{"body": [{"text": f"丙{text}丁"}]}]}
    assert_comes_back(AnnualReport.model_validate(data), format)


@pytest.mark.parametrize("format", ["docx", "html"])
@pytest.mark.parametrize("line", ["一、总体情况", "五、存在的主要问题及改进情况"])
def test_a_line_that_is_a_sections_heading_comes_back_from_a_file_that_marks_its_own(seed, format, line):
    report = AnnualReport.model_validate(seed.model_dump() | {"overview": f"甲。\n{line}\n乙。"})
    assert_comes_back(report, format)


def test_a_line_that_is_a_sections_heading_begins_the_section_in_plain_text(seed):
    report = AnnualReport.model_validate(
        seed.model_dump()
        | {"overview": "甲。\n五、存在的主要问题及改进情况\n乙。", "problems_and_improvements": "丙。"}
    )
    reading = read(render(report, format="txt", allow_findings=True))
    assert reading.report is None or str(reading.report.overview) == str(report.overview)


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


def squeezed(text):
    """Leave out white space and marks of emphasis, which a PDF need not keep."""
    return "".join(str(text).replace("*", "").split())


def ends_with_the_body(report):
    """Tell whether the last line is the body's name alone, which is read as its signature."""
    last = str(report.narratives["other_matters"]).rpartition("\n")[2]
    return last == report.agency and not (report.issued_by or report.issued_on)


def test_the_numbers_and_texts_of_any_report_come_back_from_a_pdf():
    pytest.importorskip("pypdfium2")
    drawn = [AnnualReport.model_validate(value) for value in printed_reports.several(8)]
    reports = [report for report in drawn if not ends_with_the_body(report)]
    documents = [docx.write(compose(report), Style(), for_libreoffice=True) for report in reports]
    for report, printed in zip(reports, print_documents(documents), strict=True):
        reading = read(printed)
        assert reading.doubts == ()
        assert reading.report.values == report.values
        assert {path: squeezed(text) for path, text in reading.report.narratives.items()} == {
            path: squeezed(text) for path, text in report.narratives.items()
        }
        assert squeezed(reading.report.preamble) == squeezed(report.preamble)
        for key in ("edition", "agency", "year", "title", "issued_by", "issued_on"):
            assert getattr(reading.report, key) == getattr(report, key)
