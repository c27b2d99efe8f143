"""Bytes as text."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annual_report.readers.published.encodings import as_utf8, decode

PAGE = '<meta charset="{}"><p>年度报告</p>'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16-le", "utf-16-be", "utf-16", "gb18030", "gb2312"])
def test_text_is_recoded_whatever_its_encoding(encoding):
    page = PAGE.format(encoding)
    assert as_utf8(page.encode(encoding)) == (page.encode(), ())


def test_damaged_text_is_remarked_on():
    data = "年度报告".encode() * 100 + b"\xe5\xb9"
    text, remarks = as_utf8(data)
    assert text.decode().endswith("\ufffd")
    assert [remark.id for remark in remarks] == ["damaged_text"]


def test_damaged_text_is_in_the_encoding_in_which_the_least_is_damaged():
    data = "政府信息公开年度报告".encode("gb18030") * 20 + b"\xff"
    text, remarks = decode(data)
    assert text == "政府信息公开年度报告" * 20 + "\ufffd"
    assert [remark.id for remark in remarks] == ["damaged_text"]


def test_a_character_that_marks_damage_may_be_in_the_text_itself():
    assert decode("年度\ufffd报告".encode("utf-16")) == ("年度\ufffd报告", ())


def test_damage_in_big5_is_remarked_on():
    page = PAGE.format("big5").replace("年度报告", "年度報告" * 20)
    text, remarks = decode(page.encode("big5") + b"\xff")
    assert text == page + "\ufffd"
    assert [remark.id for remark in remarks] == ["damaged_text"]


def test_a_remark_on_damage_shows_the_text_around_it():
    data = b"\xff" + ("年度报告" * 100).encode()
    (remark,) = decode(data)[1]
    assert remark.found == "\ufffd年度报告" + "年度报告" * 3 + "年度报"


def test_pages_in_big_endian_utf_16_need_no_declaration():
    page = "年度报告" * 100
    assert decode(codecs.BOM_UTF16_BE + page.encode("utf-16-be")) == (page, ())


@pytest.mark.parametrize("zeros", [0, 1])
def test_a_stray_zero_byte_does_not_make_utf_16(zeros):
    page = "年度报告" * 10 + "\x00" * zeros
    assert decode(page.encode("gb18030")) == (page, ())


@pytest.mark.parametrize("declared", ["gb2312", "GBK", "cp936", "gb_2312-80", "none"])
def test_dashes_and_middle_dots_are_those_of_gbk_whatever_a_page_declares(declared):
    page = PAGE.format(declared).replace("年", "阿不都·热合曼——年")
    assert decode(page.encode("gbk")) == (page, ())


@pytest.mark.parametrize(
    "declared",
    ["iso-8859-1", "windows-1252", "us-ascii", "utf-16", "x-unknown", "undefined", "base64", "idna", "shift_jis"],
)
def test_a_declaration_that_cannot_be_right_is_not_believed(declared):
    page = PAGE.format(declared).replace("年", "㐂年")
    assert decode(page.encode("gb18030")) == (page, ())


def test_a_page_that_calls_itself_gb2312_may_have_the_characters_of_gb18030():
    page = PAGE.format("gb2312").replace("年", "䶮㐂镕")
    assert decode(page.encode("gb18030")) == (page, ())


def test_a_declaration_may_be_far_down_the_head():
    page = f"<head><title>{'x' * 16_000}</title>" + PAGE.format("big5").replace("年度报告", "年度報告")
    assert decode(page.encode("big5")) == (page, ())
    assert decode(page.encode("big5"))[0] != decode(page.replace("big5", "none").encode("big5"))[0]


def test_a_page_that_calls_itself_big5_may_have_the_characters_of_hong_kong():
    page = PAGE.format("big5").replace("报告", "報告深水埗")
    assert decode(page.encode("big5hkscs")) == (page, ())


@given(st.binary() | st.text().map(str.encode) | st.text().map(lambda text: codecs.BOM_UTF8 + text.encode()))
def test_recoded_text_is_what_decoding_gives(data):
    text, remarks = decode(data)
    assert as_utf8(data) == (text.encode(), remarks)


@pytest.mark.parametrize("start", range(3))
def test_a_long_page_is_utf8_wherever_its_characters_end(start):
    page = ("x" * start + "年" * 30_000).encode()
    assert as_utf8(page) == (page, ())


@pytest.mark.parametrize("damage", [slice(-1, None), slice(50_000, 50_001), slice(0, 1)])
def test_damage_anywhere_in_a_long_page_is_told(damage):
    page = bytearray(("年" * 30_000).encode())
    del page[damage]
    recoded, remarks = as_utf8(bytes(page))
    assert recoded.decode().count("年") == 30_000 - 1
    assert [remark.id for remark in remarks] == ["damaged_text"]
