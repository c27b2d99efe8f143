from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from annual_report import UnusableInputError, read, render
from annual_report.readers.blocks import Cell, Content, Paragraph, Table
from annual_report.readers.published.characters import printable
from annual_report.readers.published.html import parse


def test_characters_that_no_report_holds_are_replaced_in_every_text():
    content = Content((Paragraph("甲\x00乙"), Table((Cell(0, 0, 1, 1, "\ufdd01"),))), titles=("\ud800",))
    cleaned = printable(content)
    assert cleaned.blocks == (Paragraph("甲�乙"), Table((Cell(0, 0, 1, 1, "�1"),)))
    assert cleaned.titles == ("�",)
    assert [remark.id for remark in cleaned.remarks] == ["damaged_text"]


def test_quotation_marks_of_windows_are_what_browsers_show():
    cleaned = printable(Content((Paragraph("\x93年报\x94\x85\x97"),)))
    assert cleaned.blocks == (Paragraph("“年报”\x85—"),)
    assert cleaned.remarks == ()


def test_text_without_such_characters_is_left_as_it_is():
    content = Content((Paragraph("年报\u202e\ue000�\x85"),), titles=("年报",))
    assert printable(content) is content


@pytest.mark.parametrize("reference", ["&#2;", "&#x1d;", "&#xfffe;", "\x02"])
def test_a_page_with_control_characters_is_read_and_says_so(seed, reference):
    page = render(seed, format="html").decode().replace("全年", f"全{reference}年")
    reading = read(page.encode(), name="年报.html")
    assert "damaged_text" in {deviation.id for deviation in reading.deviations}


@pytest.mark.parametrize("character", ["\x02", "&#2;", "\ufffe"])
@pytest.mark.parametrize(
    "cell",
    [
        "{}<i hidden>3</i>5",
        "<b>{}</b><i hidden>3</i>5",
        "<i hidden>3</i>{}5",
        "<b></b><s>3</s>{}5",
        '5<i style="color:white">{}</i>',
        '<i class="x" style="font-family:{}">5{}</i>',
    ],
)
def test_control_characters_beside_what_is_hidden_or_marked_are_shown_as_damaged(cell, character):
    style = f"<style>.x{{text-decoration:underline {character} \\1 \\d800}} .y{{text-decoration:line-through}}</style>"
    page = f"<meta charset=utf-8>{style}<table><tr><td>规章</td><td>{cell.replace('{}', character)}</td></tr></table>"
    cells = printable(parse(page.encode())).blocks[0].cells
    assert cells[1].text.replace("\u202e", "") in {"�5", "5�"}


def test_control_characters_between_the_lines_of_an_own_title_are_read_and_told(seed):
    titled = seed.model_copy(update={"title": "某某市民政局\n政府信息公开工作年度报告"})
    page = (
        render(titled, format="html")
        .decode()
        .replace('</span><span class="ar-line">', '</span>&#2;<span class="ar-line">')
    )
    assert "damaged_text" in {deviation.id for deviation in read(page.encode(), name="年报.html").deviations}


def test_a_form_feed_beside_what_is_hidden_is_a_space():
    (block,) = parse("<meta charset=utf-8><p>规章<i hidden>3</i>\f5</p>".encode()).blocks
    assert block.text == "规章 5"


def test_a_page_with_quotation_marks_of_windows_is_read(seed):
    page = render(seed, format="html").decode().replace("“", "&#147;").replace("”", "&#148;")
    assert read(page.encode(), name="年报.html").report == read(render(seed, format="html"), name="年报.html").report


@pytest.mark.parametrize("size", [500, 3000])
def test_a_word_file_that_lost_its_start_is_damaged(seed, size):
    with pytest.raises(UnusableInputError, match="损坏"):
        read(b"PK\x03\x04" + render(seed)[size:], format="docx")


def test_a_part_of_a_word_file_that_is_too_large_is_told(seed):
    buffer = BytesIO()
    with ZipFile(BytesIO(render(seed))) as whole, ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name in whole.namelist():
            content = whole.read(name)
            archive.writestr(name, content + b" " * 25_000_000 if name == "word/document.xml" else content)
    with pytest.raises(UnusableInputError, match=r"过大|太大"):
        read(buffer.getvalue(), format="docx")
