from __future__ import annotations

from decimal import Decimal

import pytest
from conftest import ends_soon

from annual_report import UnusableInputError
from annual_report.readers.json_text import OddNumber, parse, parse_plain


def test_numbers_keep_their_digits():
    assert parse(b'{"a": 59237.2449, "b": 0.10, "c": 3}') == {"a": Decimal("59237.2449"), "b": Decimal("0.10"), "c": 3}


def test_a_byte_order_mark_does_not_count():
    assert parse(b'\xef\xbb\xbf{"a": 1}') == {"a": 1}


def test_gbk_is_read_as_what_chinese_windows_saves():
    assert parse('{"a": "某局（2024年）"}'.encode("gbk")) == {"a": "某局（2024年）"}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "文件是空的"),
        (b" \n", "文件是空的"),
        (b"[1]", "应为 JSON 对象"),
        (b"3", "应为 JSON 对象"),
        (b'{\n "a": }', "第 2 行第 7 列"),
        (b'{"a": 1,}', "第 1 行第 8 列"),
        ('{"a": "某市人民政府'.encode()[:-2] + b'"}', "不是 UTF-8 编码（第 1 行），请另存为 UTF-8"),
        (b'{"a": "caf\xe9"}', "不是 UTF-8 编码（第 1 行），请另存为 UTF-8"),
        *(('{"a": 1}'.encode(f"utf-{name}"), "文件是 UTF-16 编码") for name in ("16", "16-le", "16-be")),
        *(('{"a": 1}'.encode(f"utf-{name}"), "文件是 UTF-32 编码") for name in ("32", "32-le", "32-be")),
        (b'{"a": 1}\n' + b"\0" * 4096, "文件从第 2 行起含有空字节（NUL），已损坏"),
        (b"\0" * 4096, "文件从第 1 行起含有空字节（NUL），已损坏"),
        (b'{"a":' * 100_000, "嵌套层次过深"),
        (b'{"a": ' + b"[" * 60 + b"]" * 60 + b"}", "嵌套层次过深"),
        (b"\xef\xbb\xbf", "文件是空的"),
        (b'{"a": 1, "a": 2}', "a: 这一项出现了两次"),
        (b'{"agency": {"b": [{"c": 1, "c": 1}]}}', "行政机关名称 › b › 0 › c (agency.b.0.c): 这一项出现了两次"),
    ],
)
def test_what_is_no_json_object_is_refused(data, words):
    with pytest.raises(UnusableInputError) as caught:
        parse(data, "年报.json")
    assert str(caught.value).startswith("年报.json: ")
    assert words in str(caught.value)


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e3", "1E-3", "0.5e1", "1" * 5000])
def test_odd_numbers_are_kept_as_written_for_the_place_that_refuses_them(number):
    assert parse(f'{{"a": {number}}}'.encode()) == {"a": OddNumber(number)}


def test_a_key_with_half_a_character_is_written_out():
    assert parse(b'{"\\ud800": 1}') == {"\\ud800": 1}


def test_a_key_given_twice_inside_a_value_that_was_replaced_is_not_looked_for():
    with pytest.raises(UnusableInputError) as caught:
        parse(b'{"title": {"x": 1, "x": 2}, "title": 3}')
    assert [problem.path for problem in caught.value.problems] == ["title"]


@ends_soon
@pytest.mark.parametrize(
    "repeated",
    [
        "{" + ", ".join(f'"k{n}": 1, "k{n}": 2' for n in range(50_000)) + "}",
        '{"a": [' + ", ".join(['{"b": 1, "b": 2}'] * 50_000) + "]}",
        '{"a": {' + ", ".join(f'"k{n}": {{"b": 1, "b": 2}}' for n in range(50_000)) + "}}",
    ],
    ids=["in one object", "in a list of objects", "in an object of objects"],
)
def test_very_many_keys_given_twice_are_all_told(repeated):
    with pytest.raises(UnusableInputError) as caught:
        parse(repeated.encode())
    assert len({problem.path for problem in caught.value.problems}) == 50_000


def test_keys_given_twice_are_told_in_the_files_order():
    with pytest.raises(UnusableInputError) as caught:
        parse(b'{"b": {"y": 1, "y": 2}, "a": [{"x": 1}, {"x": 1, "x": 2}], "c": 1, "c": 2}')
    assert [problem.path for problem in caught.value.problems] == ["c", "b.y", "a.1.x"]


def test_every_key_given_twice_is_named():
    with pytest.raises(UnusableInputError) as caught:
        parse(b'{"year": 1, "year": 2, "title": 1, "title": 3}')
    assert len(caught.value.problems) == 2


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b'{"a": 1, "a": 1}',
        b'{"b": {"a": 1, "a": 1}}',
        b"[" * 100_000,
        "{'a': '某局'}".encode("gbk"),
        b'{"a": 1}\0',
    ],
)
def test_what_is_no_report_is_left_to_the_careful_reading(data):
    assert parse_plain(data) is None


def test_a_report_is_read_alike_with_and_without_care(seed):
    data = seed.model_dump_json(indent=1).encode()
    assert parse_plain(data) == parse(data)
    assert str(parse_plain(data)["proactive_disclosure"]) == str(parse(data)["proactive_disclosure"])


@pytest.mark.parametrize("number", ["1e3", "1E-3", "0.10", "59237.2449", "-3", "NaN"])
def test_numbers_are_read_alike_with_and_without_care(number):
    assert str(parse_plain(f'{{"a": {number}}}'.encode())) == str(parse(f'{{"a": {number}}}'.encode()))
