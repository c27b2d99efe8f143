"""The lines right below a title are told from the introduction, and the date of issue from a site's dates."""

from __future__ import annotations

from datetime import date

import pytest
from conftest import ends_soon
from found_blocks import content

from annual_report.readers.blocks import Content, Location, Paragraph
from annual_report.readers.published.publisher import below_title
from annual_report.readers.published.recognise import recognise

BODY = "云川县水利局"
TEXT = "根据有关规定，现公布本局年度报告。"


def below(*lines, agency=BODY, year=2023, is_first=True):
    return below_title([Paragraph(line) for line in lines], agency, year, is_first=is_first)


DATES = [
    "2024年1月20日",
    "（2024年1月20日）",
    "(2024 年 01 月 20 日)",
    "二〇二四年一月二十日",
    f"{BODY}　2024年1月20日",
]


@pytest.mark.parametrize("line", DATES)
def test_a_date_below_the_first_line_of_a_file_is_that_of_issue(line):
    found = below(line, TEXT)
    assert found.issue is not None
    assert found.issue.day == date(2024, 1, 20)
    assert [paragraph.text for paragraph in found.taken] == [line]


@pytest.mark.parametrize("lines", [(BODY, "2024年1月20日"), ("2024年1月20日", BODY), ("（2024年1月20日）",)])
def test_a_date_beside_the_name_or_in_brackets_is_that_of_issue_on_a_site_too(lines):
    found = below("来源：本站　浏览次数：7", *lines, TEXT, is_first=False)
    assert found.issue is not None
    assert found.issue.day == date(2024, 1, 20)


@pytest.mark.parametrize(
    ("lines", "is_first"),
    [
        (["2024年1月20日"], False),
        (["2024年1月20日", "来源：本站"], True),
        (["发布日期：2024年1月20日"], True),
        (["2024-01-20"], True),
        (["2024-01-20日"], True),
        (["（2024年1月2", "0日）"], True),
        ([BODY, "2024-01-20 10:30"], True),
        (["2023年1月20日"], True),
        (["2024年13月20日"], True),
        ([TEXT, "2024年1月20日"], True),
        (["云川县农业农村局", "2024年1月20日"], True),
    ],
)
def test_a_site_s_date_and_one_within_the_text_are_not_that_of_issue(lines, is_first):
    assert below(*lines, TEXT, is_first=is_first).issue is None


@pytest.mark.parametrize("line", ["2023年", "2023年度", "（2023年度）", "（2023）", "〔2023〕年度", "二〇二三年度"])
def test_the_year_below_the_publisher_is_a_part_of_the_title(line):
    found = below(BODY, line, TEXT, year=None)
    assert found.year == 2023
    assert [paragraph.text for paragraph in found.years] == [line]
    assert [paragraph.text for paragraph in found.taken] == [BODY, line]


@ends_soon
@pytest.mark.parametrize("line", ["2023年", "2024年1月20日", "来源：本站"])
def test_many_lines_below_the_publisher_take_no_time(line):
    lines = [Paragraph(BODY), *(Paragraph(line, Location(paragraph=number)) for number in range(100_000))]
    assert below_title(lines, BODY, 2023, is_first=True).taken == lines


@pytest.mark.parametrize("lines", [(BODY, "2022年度"), (BODY, "2023"), (BODY, "2023年度工作"), (TEXT, "2023年度")])
def test_another_year_and_other_words_are_text(lines):
    found = below(*lines, TEXT)
    assert (found.years, found.year) == ([], 2023)
    assert lines[-1] not in [paragraph.text for paragraph in found.taken]


def read(report, *lines, end=()):
    blocks = content(report, marked=False).blocks
    below = [Paragraph(line, Location(paragraph=9)) for line in lines]
    return recognise(Content((*blocks[:2], *below, *blocks[2:], *map(Paragraph, end))), "年报.docx")


def test_the_date_below_a_title_is_told(seed):
    reading = read(seed, "（2024年1月20日）")
    assert reading.report == seed.model_copy(update={"issued_on": date(2024, 1, 20)})
    (told,) = reading.deviations
    assert (told.id, told.severity, told.path) == ("date.elsewhere", "info", "issued_on")
    assert (told.found, told.location.paragraph) == ("（2024年1月20日）", 9)


@pytest.mark.parametrize(("day", "ids"), [("2024年1月20日", []), ("2024年1月22日", ["date.elsewhere"])])
def test_the_date_at_the_end_counts_before_one_below_the_title(seed, day, ids):
    reading = read(seed, "（2024年1月20日）", end=[day])
    assert reading.report == seed.model_copy(update={"issued_on": date(2024, 1, int(day[-3:-1]))})
    assert [one.id for one in reading.deviations] == ids


def test_the_year_below_the_publisher_is_no_introduction(seed):
    reading = read(seed, seed.agency, "2023年度")
    assert reading.report.preamble == seed.preamble
    assert reading.report.title == f"{seed.agency}\n2023年政府信息公开工作年度报告\n2023年度"
    assert (reading.report.agency, reading.report.year) == (seed.agency, 2023)


def test_a_year_right_below_a_title_on_two_lines_leaves_the_name_in_it(seed):
    assert read(seed, "2023年度").report.agency == seed.agency
