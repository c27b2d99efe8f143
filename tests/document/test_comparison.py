"""A comparison as a document: every year side by side in the form's own tables."""

from __future__ import annotations

import json
from dataclasses import replace
from io import BytesIO
from itertools import product

import docx
import pytest
from lxml import html

from annual_report import AnnualReport, compare, render
from annual_report.document.blocks import Paragraph, Table, Title
from annual_report.document.comparison import compose_comparison, with_notes
from annual_report.document.highlights import Mark
from annual_report.messages import message


def changed(report, year, edit):
    data = json.loads(report.model_dump_json())
    data["year"] = year
    edit(data)
    return AnnualReport.model_validate(data)


def fewer_received(data):
    data["applications"]["received"] |= {"natural_person": 10}
    del data["applications"]["received"]["total"]


@pytest.fixture
def comparison(large_city):
    return compare(large_city, changed(large_city, 2024, fewer_received))


def tables(comparison):
    return [block for block in compose_comparison(comparison).blocks if isinstance(block, Table)]


def test_cells_cover_every_place_once_in_each_table(comparison):
    for table in tables(comparison):
        places = [
            place
            for cell in table.grid.cells
            for place in product(range(cell.row, cell.row + cell.rows), range(cell.column, cell.column + cell.columns))
        ]
        assert sorted(places) == list(product(range(table.grid.height), range(table.grid.width)))


def test_every_number_of_every_year_and_its_change_is_printed_once(comparison):
    printed = {
        f"{table.key}.{cell.path}": value
        for table in tables(comparison)
        for cell, value in zip(table.grid.values, table.values, strict=True)
    }
    for path, cell in comparison.cells.items():
        before, now = cell.numbers
        assert printed[f"{path}@2024"] == str(before)
        assert printed[f"{path}@2025"] == str(now)
        assert printed[f"{path}@change"].lstrip("+") == str(cell.change)
    assert len(printed) == 3 * len(comparison.cells)


def test_the_title_names_both_years_and_sentences_state_numbers(comparison, large_city):
    blocks = compose_comparison(comparison).blocks
    (title,) = (block for block in blocks if isinstance(block, Title))
    assert "".join(title.lines) == f"{large_city.agency}2024年与2025年政府信息公开工作年度报告数据对比"
    sentences = [block.runs[0].text for block in blocks if isinstance(block, Paragraph)]
    now = large_city.applications.received.natural_person
    assert f"自然人”由10变为{now}，增加{now - 10}" in sentences[0]
    assert "年，予以公开和部分公开占办理结果的比例分别为55.9%、55.9%；" in sentences[1]


def sentences(comparison):
    blocks = compose_comparison(comparison).blocks
    return [block.runs[0].text for block in blocks if isinstance(block, Paragraph)]


def blank(year, **values):
    numbers = {f"proactive_disclosure.{path.replace('__', '.')}": number for path, number in values.items()}
    return AnnualReport.blank(agency="某局", year=year).with_values(numbers)


@pytest.mark.parametrize(
    ("before", "now", "words"),
    [
        (8, 3, "由8变为3，减少5（62.5%）。"),
        (3, 8, "由3变为8，增加5（166.7%）。"),
        (0, 5, "由0变为5，增加5。"),
        (5, 0, "由5变为0，减少5（100.0%）。"),
    ],
)
def test_a_change_is_told_with_its_direction_and_its_percentage_unless_it_began_at_nought(before, now, words):
    told = sentences(compare(blank(2024, rules__issued=now), blank(2023, rules__issued=before)))
    assert told == [f"2024年与2023年相比，变化最大的数据：“规章 › 本年制发件数”{words}"]


def test_that_nothing_changed_is_told_and_nothing_of_texts_and_rates_that_are_not_there():
    assert sentences(compare(blank(2024), blank(2023))) == ["2024年与2023年相比，各项数据没有变化。"]


def test_a_rate_that_one_of_the_years_does_not_have_is_a_dash():
    answered = {"applications.received.natural_person": 4, "applications.outcomes.granted.natural_person": 3}
    later = blank(2024).with_values({**answered, "applications.carried_forward.natural_person": 1})
    (told,) = [sentence for sentence in sentences(compare(later, blank(2023))) if "占办理结果" in sentence]
    assert told == "2023年、2024年，予以公开和部分公开占办理结果的比例分别为—、100.0%。"


def test_the_change_of_an_amount_is_printed_with_its_sign_and_digits():
    values = {}
    for before, now in (("1.50", "0.25"), ("1", "3.10"), ("2", "2")):
        compared = compare(blank(2024, fees__amount=now), blank(2023, fees__amount=before))
        (table, *_) = tables(compared)
        printed = dict(zip((cell.path for cell in table.grid.values), table.values, strict=True))
        values[before, now] = printed["fees.amount@change"]
    assert list(values.values()) == ["-1.25", "+2.10", "0"]


def test_what_an_edition_does_not_have_is_a_dash(housing_bureau):
    this = AnnualReport.blank(agency=housing_bureau.agency, year=2021)
    comparison = compare(this, housing_bureau)
    (table, *_) = tables(comparison)
    printed = dict(zip((cell.path for cell in table.grid.values), table.values, strict=True))
    assert [printed[f"rules.in_force@{part}"] for part in ("2020", "2021", "change")] == ["—", "0", "—"]
    last = [block.runs[0].text for block in compose_comparison(comparison).blocks if isinstance(block, Paragraph)][-1]
    assert "不作对比" in last


def test_it_is_written_as_word_and_as_a_page_with_findings_at_their_cells(comparison):
    document = docx.Document(BytesIO(render(comparison)))
    assert [len(table.columns) for table in document.tables] == [5, 11, 16]
    page = html.fromstring(render(comparison, format="html").decode())
    others = page.xpath("//td[mark[contains(@class, 'ar-read')]]/@id")
    assert {other.rpartition("@")[2] for other in others} == {"2024", "2025"}
    marked = page.xpath("//td[mark[not(contains(@class, 'ar-read'))]]/@id")
    expected = {f"{finding.path}@2025" for finding in comparison.findings if finding.quotation is None}
    assert len(marked) == len(expected) > 0
    assert set(marked) == expected
    headers = page.get_element_by_id("applications.received.natural_person@2024").get("headers").split()
    assert [page.get_element_by_id(name).text_content() for name in headers][-1] == "2024年"


def test_three_years_stand_side_by_side(large_city):
    years = [changed(large_city, year, fewer_received) for year in (2022, 2023)]
    (*_, table) = tables(compare([*years, large_city]))
    assert (table.grid.height, table.grid.width) == (3 + 4, 16)
    assert "2022年、2023年与2025年" in compose_comparison(compare([*years, large_city])).title


def test_text_that_was_taken_over_is_told(large_city):
    text = {"overview": "工作有序。发布信息18条。", "problems_and_improvements": "已有改进。"}
    this, last = (
        changed(large_city, year, lambda data: data.update(text | {"problems_and_improvements": str(data["year"])}))
        for year in (2025, 2024)
    )
    told = [
        block.runs[0].text for block in compose_comparison(compare(this, last)).blocks if isinstance(block, Paragraph)
    ]
    assert "“一、总体情况”“五、存在的主要问题及改进情况”共3句，其中2句与上一份报告相同。" in told
    assert "相同的句子中写有数字或年份的：“发布信息18条。”。" in told
    assert compare(this, last).to_dict()["text"] == {
        "unchanged": 2,
        "sentences": 3,
        "repeated_numbers": ["发布信息18条。"],
    }


SIGNS = "①②③④⑤⑥⑦⑧⑨⑩"


def disagreeing(comparison):
    """Let a comparison disagree with the year before in two tables, and be of a body renamed meanwhile."""
    last, this = comparison.reports
    last = AnnualReport.model_validate(json.loads(last.model_dump_json()) | {"agency": "旧名市人民政府"})
    numbers = {"applications.carried_in.natural_person": 77, "proactive_disclosure.rules.in_force": 88}
    return compare(this.with_values(numbers), last)


@pytest.mark.parametrize("format", ["docx", "pdf", "txt"])
def test_where_no_marks_are_shown_findings_are_printed_at_their_cells_with_notes(comparison, format):
    found = disagreeing(comparison)
    text, words = printed_in(render(found, format=format), format)
    at_cells = [finding for finding in found.findings if finding.cells]
    assert len(at_cells) >= 2
    assert text.count("①") == 1  # the name of the body has no cell
    assert [text.count(chr(ord("②") + index)) for index in range(len(at_cells))] == [2] * len(at_cells)
    assert "88②" in words
    if format != "pdf":  # whose text is in the order of its places
        notes = [
            f"{finding.place}：{finding.message.text('zh')}。" for finding in found.findings if not finding.quotation
        ]
        assert all("".join(note.split()) in text for note in notes)


def printed_in(content, format):
    """Give all text of a document without its spaces, and the words that stand by themselves."""
    if format == "docx":
        document = docx.Document(BytesIO(content))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        paragraphs = [paragraph.text for paragraph in document.paragraphs]
        return "".join("".join([*paragraphs, *dict.fromkeys(cells)]).split()), cells
    if format == "pdf":
        pdfium = pytest.importorskip("pypdfium2")
        text = "\n".join(page.get_textpage().get_text_range() for page in pdfium.PdfDocument(content))
    else:
        text = content.decode()
    return "".join(text.split()), text.split()


def test_notes_are_numbered_in_the_order_of_the_document(comparison):
    marked = compose_comparison(disagreeing(comparison))
    document = with_notes(marked)
    assert document.marks == ()
    noted = [block for block in document.blocks if isinstance(block, Paragraph) and block.runs[0].text[0] in SIGNS]
    notes = [block.runs[0].text for block in noted]
    assert [note[0] for note in notes] == list(SIGNS[: len(marked.marks)])
    assert notes[0] == "①行政机关名称：上一年度报告的行政机关名称是“旧名市人民政府”。"
    order = [type(block).__name__ for block in document.blocks]
    assert document.blocks.index(noted[0]) < order.index("Heading")
    assert document.blocks.index(noted[1]) == order.index("Table") + 1


def test_the_twenty_first_note_is_numbered_in_brackets(comparison):
    document = compose_comparison(comparison)
    paths = [cell.path for table in tables(comparison) for cell in table.grid.values][:22]
    marks = [Mark("warning", message("is missing"), f"proactive_disclosure.{path}", path) for path in paths]
    noted = with_notes(replace(document, marks=tuple(marks)))
    notes = [block.runs[0].text for block in noted.blocks if isinstance(block, Paragraph)][-22:]
    assert [note.partition(paths[index])[0] for index, note in enumerate(notes)][18:] == ["⑲", "⑳", "（21）", "（22）"]


def test_it_is_shown_in_a_notebook(comparison):
    page = html.fragment_fromstring(f"<div>{comparison._repr_html_()}</div>")
    assert len(page.xpath(".//table[.//td]")) >= 3
    text = "".join(page.text_content().split())
    assert "2024年与2025年" in text
    assert page.xpath(".//*[@id and contains(@id, 'applications.received.natural_person@change')]")


def test_a_workbook_has_the_title_the_sentences_and_the_findings_at_their_cells(comparison):
    openpyxl = pytest.importorskip("openpyxl")
    found = disagreeing(comparison)
    book = openpyxl.load_workbook(BytesIO(render(found, format="xlsx")))
    title = f"{found.reports[-1].agency}2024年与2025年政府信息公开工作年度报告数据对比"
    assert (book.properties.title, book["说明"]["A1"].value) == (title, title)
    assert "变化最大的数据" in book["说明"]["A2"].value
    details = book["数据对比"]
    assert [cell.value for cell in details[1]][2:5] == ["2024年", "2025年", "增减"]
    red = {row[1].value for row in details.iter_rows(min_row=2) if row[1].fill.fgColor.rgb == "FFFFC7CE"}
    assert red == {finding.place for finding in found.findings if finding.cells}
    written = {row[1].value: [cell.value for cell in row[2:5]] for row in details.iter_rows(min_row=2)}
    assert all(written[cell.place] == [*map(float, cell.numbers), float(cell.change)] for cell in found.cells.values())
