"""Style attributes that change nothing are left out of a page before it is parsed, and only those."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annual_report.readers.published import html
from annual_report.readers.published.style_attributes import without_needless_styles

NEEDLESS = ["color: red", "line-height: 2; font-family: 仿宋", "font-family:&quot;宋体&quot;", "text-align:justify", ""]
NEEDED = ["text-align: center", "font-weight:bold", "display:block", "vertical-align:super", "white-space: pre"]
HIDING = ["display:none", "visibility:hidden", "font-size:0", "color:transparent", "text-decoration:line-through"]
SHOWING_AGAIN = ["visibility:visible", "font-size: 12pt", "color:#000"]


def page(body: str, head: str = "") -> bytes:
    return f"<html><head>{head}</head><body>{body}</body></html>".encode()


@pytest.mark.parametrize("style", NEEDLESS)
@pytest.mark.parametrize("tag", ["p", "span", 'td rowspan="2"', "o:p", "P", 'div class="a > b" data-x=""'])
def test_a_style_that_changes_nothing_is_left_out(tag, style):
    written = page(f'<{tag} style="{style}" align="left">年</x>')
    assert without_needless_styles(written) == page(f'<{tag} align="left">年</x>')


def test_the_empty_elements_at_the_end_of_a_paragraph_from_word_are_left_out():
    written = page('<p><span style="color:red">年</span><span style="color:red"><o:p></o:p></span></p>')
    assert without_needless_styles(written) == page("<p><span>年</span></p>")


@pytest.mark.parametrize("style", NEEDED)
def test_a_style_that_says_how_text_looks_is_kept(style):
    written = page(f'<p style="color:red"><b style="{style}">年</b></p>')
    assert without_needless_styles(written) == page(f'<p><b style="{style}">年</b></p>')


@pytest.mark.parametrize(
    "beside",
    [
        *(f'<i style="{style}">x</i>' for style in HIDING),
        "<style>p { color: red }</style>",
        "<STYLE>p { color: red }</STYLE>",
        "<i style='display:none'>x</i>",
        '<i STYLE="display:none">x</i>',
        '<i style = "display:none">x</i>',
        '<i\nstyle="display:none">x</i>',
        '<i style="color:red" style="display:none">x</i>',
        '<i STYLE="display:none" style="color:red">x</i>',
        '<i style="dis&#112;lay:none">x</i>',
        '<i style="color:red"title="">x</i>',
        '如 style="color:red" 处',
        '<3 style="color:red">',
        '<xmp><p style="color:red"></xmp>',
        "<script>box.style='color:red'</script>",
    ],
)
def test_all_styles_are_kept_beside_anything_that_might_need_them(beside):
    written = page(f'<p style="color:red">年</p>{beside}')
    assert without_needless_styles(written) == written


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16"])
def test_a_style_in_another_encoding_is_kept(encoding):
    written = page('<p style="font-family: 仿宋">年</p>').decode().encode(encoding)
    assert without_needless_styles(written) == written


def test_nothing_above_the_body_is_changed():
    head = '<title><b style="color:red">年报</b></title>'
    assert without_needless_styles(page("<p>年</p>", head)) == page("<p>年</p>", head)
    assert html.parse(page('<p style="color:red">年</p>', "<title>年报</title>")).titles == ("年报",)


def test_a_page_of_many_styles_is_left_as_it_is():
    written = page("".join(f'<p style="margin:{index}px">年</p>' for index in range(600)))
    assert without_needless_styles(written) == written


style = st.sampled_from([*NEEDLESS, *NEEDED, *SHOWING_AGAIN])
attribute = st.one_of(st.just(""), style.map(' style="{}"'.format))
inline = st.recursive(
    st.sampled_from(["1", "年 度", " ", "<br>", "<!-- 1 -->"]),
    lambda inner: st.tuples(st.sampled_from(["span", "b", "sup", "font"]), attribute, st.lists(inner, max_size=3)).map(
        lambda drawn: f"<{drawn[0]}{drawn[1]}>{''.join(drawn[2])}</{drawn[0]}>"
    ),
    max_leaves=6,
)
empty = st.tuples(st.sampled_from(["", "<o:p></o:p>"]), attribute).map(
    lambda drawn: f"<span{drawn[1]}>{drawn[0]}</span>"
)
block = st.tuples(st.sampled_from(["p", "div", "li", "h2"]), attribute, inline, st.just("") | empty).map(
    lambda drawn: f"<{drawn[0]}{drawn[1]}>{drawn[2]}{drawn[3]}</{drawn[0]}>"
)
cell = st.tuples(attribute, inline | block, st.just("") | empty).map(
    lambda drawn: f"<td{drawn[0]}>{drawn[1]}{drawn[2]}</td>"
)
table = st.lists(st.lists(cell, min_size=2, max_size=3).map("".join), min_size=1, max_size=3).map(
    lambda rows: f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"
)
shown_again = '<i style="visibility:visible">露</i>'
hidden = st.sampled_from(["", *(f'<span style="{style}">藏{shown_again}</span>' for style in HIDING)])


@given(st.lists(st.one_of(block, table), min_size=1, max_size=4), hidden)
def test_a_page_is_read_alike_whether_needless_styles_are_left_out_or_not(parts, beside):
    body = "".join(["<p>年</p>", *parts, beside])
    with_all = page(body.replace(" style=", " STYLE="))  # which are never left out
    assert without_needless_styles(with_all) == with_all
    assert html.parse(page(body)) == html.parse(with_all)
