"""Bytes as text."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annual_report.readers.published.encodings import as_utf8, decode

PAGE = '<meta charset="{}"><p>年度报告</p>'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16-le", "utf-16", "gb18030", "gb2312"])
def test_text_is_recoded_whatever_its_encoding(encoding):
    page = PAGE.format(encoding)
    assert as_utf8(page.encode(encoding)) == (page.encode(), ())


def test_damaged_text_is_remarked_on():
    data = "年度报告".encode() * 100 + b"\xe5\xb9"
    text, remarks = as_utf8(data)
    assert text.decode().endswith("\ufffd")
    assert [remark.id for remark in remarks] == ["damaged_text"]


@given(st.binary() | st.text().map(str.encode) | st.text().map(lambda text: codecs.BOM_UTF8 + text.encode()))
def test_recoded_text_is_what_decoding_gives(data):
    text, remarks = decode(data)
    assert as_utf8(data) == (text.encode(), remarks)
