"""A report as blocks, in the form's order."""

from __future__ import annotations

from datetime import date

import pytest

from annual_report import AnnualReport
from annual_report.document.blocks import Heading, Origin, Paragraph, Signature, Table, Title
from annual_report.document.compose import compose, title_lines
from annual_report.form.sections import SECTIONS, TABLES
from annual_report.report.places import section_title

REPORTS = ["seed", "large_city", "housing_bureau"]


@pytest.fixture(params=REPORTS)
def report(request) -> AnnualReport:
    return request.getfixturevalue(request.param)


def words(runs) -> str:
    return "".join(run.text for run in runs)


def test_six_sections_stand_in_the_forms_order(report):
    headings = [block for block in compose(report).blocks if isinstance(block, Heading) and block.level == 1]
    assert [words(heading.runs) for heading in headings] == [section_title(key) for key in SECTIONS]


def test_every_table_stands_right_behind_its_heading(report):
    blocks = compose(report).blocks
    tables = [(blocks[place - 1], block) for place, block in enumerate(blocks) if isinstance(block, Table)]
    assert [table.key for _, table in tables] == list(TABLES)
    for heading, table in tables:
        assert words(heading.runs) == section_title(table.key)
        assert table.values == report.form.grids[table.key].print(getattr(report, table.key))
        assert len(table.values) == len(table.grid.values)


def test_a_bodys_own_text_stands_before_its_table_and_its_notes_after_it(seed):
    texts = {"applications": {"before": "受理情况见下表。", "notes": "注：含派出机构。"}}
    blocks = compose(AnnualReport.model_validate(seed.model_dump() | {"texts": texts})).blocks
    (index,) = (index for index, block in enumerate(blocks) if isinstance(block, Table) and block.key == "applications")
    assert [words(block.runs) for block in (blocks[index - 1], blocks[index + 1])] == [
        "受理情况见下表。",
        "注：含派出机构。",
    ]
    assert blocks[index - 1].origin == Origin("texts.applications.before", 0)
    assert words(blocks[index - 2].runs) == section_title("applications")


def test_no_word_of_the_narratives_is_lost_and_each_block_knows_where_it_is_from(report):
    blocks = [block for block in compose(report).blocks if getattr(block, "origin", None)]
    for block in blocks:
        paragraph = getattr(report, block.origin.section).paragraphs[block.origin.paragraph]
        assert words((*getattr(block, "lead", ()), *block.runs)) == paragraph.text
    narratives = (report.preamble, report.overview, report.problems_and_improvements, report.other_matters)
    assert len(blocks) == sum(map(len, narratives))


def test_a_sub_heading_runs_in_where_it_has_its_paragraph(large_city, seed):
    (first, *_) = [block for block in compose(large_city).blocks if isinstance(block, Paragraph) and block.level]
    assert (first.level, words(first.lead), words(first.runs)) == (2, "（一）主动公开。", "发布规章3件。")
    assert not [block for block in compose(seed).blocks if isinstance(block, Paragraph) and block.level]


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        (None, ("某局", "2024年政府信息公开工作年度报告")),
        ("某局信息公开年报", ("某局信息公开年报",)),
        ("某局\n二〇二四年\r\n 年度报告 ", ("某局", "二〇二四年", "年度报告")),
    ],
)
def test_the_title_is_the_bodys_own_or_the_usual_one(title, lines):
    blank = AnnualReport.blank(agency="某局", year=2024).model_dump()
    report = AnnualReport.model_validate(blank | {"title": title})
    document = compose(report)
    assert title_lines(report) == lines
    assert document.blocks[0] == Title(lines)
    assert document.title == "".join(lines)


@pytest.mark.parametrize(
    ("name", "day", "last"),
    [
        (None, None, None),
        ("某局", None, Signature("某局", "")),
        (None, date(2025, 1, 25), Signature("", "2025年1月25日")),
        ("某局", date(2025, 1, 5), Signature("某局", "2025年1月5日")),
    ],
)
def test_signature_and_date_stand_last_where_there_are_any(name, day, last):
    blank = AnnualReport.blank(agency="某局", year=2024).model_dump()
    document = compose(AnnualReport.model_validate(blank | {"issued_by": name, "issued_on": day}))
    assert document.blocks[-1] == last or (last is None and not isinstance(document.blocks[-1], Signature))
    assert document.created == (day or date(2024, 12, 31))
