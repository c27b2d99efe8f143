"""Whatever a file holds, a reader gives blocks or one clear error, and cells of a table never overlap."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from readers.published.word_parts import p, r, tbl, tc, tr, word_file

from annual_report import UnusableInputError
from annual_report.readers.blocks import Content, Table
from annual_report.readers.published import html, mhtml, text, word
from annual_report.readers.published.formats import recognise, refusal

MARKUP = st.sampled_from(
    [
        *("<table>", "</table>", "<tr>", "<td>", "</td>", "<td rowspan=3>", "<td colspan=2 rowspan=0>", "<th>", "<p>"),
        *("</p>", "<div style='display:none'>", "</div>", "<b>", "</b>", "<br>", "<caption>", "<ol>", "<li>", "<pre>"),
        *("<div class='annual-report'>", "<div class='ar-run-in'>", "<h2 class='ar-level-3'>", "</h2>", "<form>"),
        *("甲", " 1 ", "&nbsp;", "&#0;", "<!--", "-->", "<script>", "</script>", "<svg><title>", "<tbody>", "\x00"),
    ]
)
CELL_PROPERTIES = st.lists(
    st.sampled_from(
        [
            *('<w:gridSpan w:val="2"/>', '<w:gridSpan w:val="-1"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"),
            *('<w:hMerge w:val="restart"/>', "<w:hMerge/>", '<w:cellDel w:id="1"/>', '<w:gridSpan w:val="x"/>'),
        ]
    ),
    max_size=2,
).map("".join)
ROW_PROPERTIES = st.sampled_from(["", '<w:gridBefore w:val="1"/>', "<w:hidden/>", '<w:del w:id="1"/>'])
PIECES = st.recursive(
    st.sampled_from(
        [
            *("甲", "", r("乙", "<w:vanish/>"), "<w:r><w:br/></w:r>", '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'),
            *('<w:r><w:fldChar w:fldCharType="end"/></w:r>', "<w:r><w:txbxContent/></w:r>", "<w:sdt/>", "<w:ruby/>"),
            f"<w:r><w:txbxContent>{p('框')}</w:txbxContent></w:r>",
        ]
    ),
    lambda inner: st.builds("<w:{0}>{1}</w:{0}>".format, st.sampled_from(["ins", "del", "hyperlink"]), inner),
)
PARAGRAPHS = st.builds(
    lambda pieces, mark: p(*pieces, properties=mark),
    st.lists(PIECES.map(lambda piece: piece if piece.startswith("<") else r(piece)), max_size=3),
    st.sampled_from(["", "<w:rPr><w:vanish/></w:rPr>", '<w:rPr><w:del w:id="1"/></w:rPr>', "<w:numPr/>"]),
)


def tables(content: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    cells = st.builds(tc, content.filter(bool), CELL_PROPERTIES)
    rows = st.builds(lambda own, more: tr(*own, properties=more), st.lists(cells, max_size=4), ROW_PROPERTIES)
    return st.lists(rows, max_size=4).map(lambda own: tbl(*own))


BODIES = st.recursive(
    st.lists(PARAGRAPHS, min_size=1, max_size=3).map("".join),
    lambda inner: tables(inner) | st.builds("<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>".format, inner),
    max_leaves=12,
)


def assert_sound(content: Content) -> None:
    for block in content.blocks:
        if isinstance(block, Table):
            places = [
                (cell.row + down, cell.column + across)
                for cell in block.cells
                for down in range(cell.rows)
                for across in range(cell.columns)
            ]
            assert all(cell.rows > 0 and cell.columns > 0 for cell in block.cells)
            assert len(places) == len(set(places))
        else:
            assert block.text.strip()
            assert 0 <= block.lead <= len(block.text)
            assert all(0 <= start < end <= len(block.text) for start, end in block.emphasis)


@settings(max_examples=300)
@given(st.lists(MARKUP, max_size=40).map("".join))
@example("<table><td>甲<tr><td>乙<td>丙")
@example("<table><tr>")
@example("<div class='ar-run-in'>甲")
def test_any_page_is_read_or_refused(page):
    with suppress(UnusableInputError):
        assert_sound(html.parse(page.encode()))


@settings(max_examples=300)
@given(BODIES)
def test_any_word_file_is_read(body):
    assert_sound(word.parse(word_file(body)))


@settings(max_examples=200)
@given(st.binary(max_size=200) | st.text(max_size=80).map(str.encode))
@example(b"\xff\xfe")
@example(b"PK\x03\x04")
@example(b"<?xml version='1.0' encoding='utf-16'?><p>")
def test_any_bytes_are_read_or_refused(data):
    for reader in (html, text, mhtml, word):
        with suppress(UnusableInputError):
            assert_sound(reader.parse(data))
    kind = recognise(data)
    assert refusal(kind) is not None or kind in {"docx", "doc", "rtf", "pdf", "html", "mhtml", "json", "text"}


@settings(max_examples=150)
@given(st.integers(0, 10_000), st.binary(min_size=1, max_size=4))
def test_a_damaged_word_file_is_read_or_refused(place, damage):
    whole = word_file(p("一、总体情况") + tbl(tr("规章", "1"), tr("许可", "7")))
    place %= len(whole)
    with suppress(UnusableInputError):
        assert_sound(word.parse(whole[:place] + damage + whole[place + len(damage) :]))


@pytest.mark.parametrize("reader", [html, text, mhtml, word])
def test_no_bytes_are_refused(reader):
    with pytest.raises(UnusableInputError, match="年报: "):
        reader.parse(b"", "年报")
