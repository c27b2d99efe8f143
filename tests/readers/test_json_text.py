from __future__ import annotations

from decimal import Decimal

import pytest

from annual_report import UnusableInputError
from annual_report.readers.json_text import parse


def test_numbers_keep_their_digits():
    assert parse(b'{"a": 59237.2449, "b": 0.10, "c": 3}') == {"a": Decimal("59237.2449"), "b": Decimal("0.10"), "c": 3}


def test_a_byte_order_mark_does_not_count():
    assert parse(b'\xef\xbb\xbf{"a": 1}') == {"a": 1}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "文件是空的"),
        (b" \n", "文件是空的"),
        (b"[1]", "应为 JSON 对象"),
        (b"3", "应为 JSON 对象"),
        (b'{\n "a": }', "第 2 行第 7 列"),
        (b'{"a": 1,}', "第 1 行第 9 列"),
        ('{"a": "某局"}'.encode("gb18030"), "不是 UTF-8 编码（第 1 行）"),
        ('{"a": 1}'.encode("utf-16"), "UTF-16"),
        (b'{"a": NaN}', "NaN 不是 JSON 的数字"),
        (b'{"a": -Infinity}', "-Infinity 不是 JSON 的数字"),
        (b'{"a":' * 100_000, "嵌套层次过深"),
        (b'{"a": ' + b"1" * 5000 + b"}", "位数过多"),
        (b'{"a": 1, "a": 2}', "a: 这一项出现了两次"),
        (b'{"agency": {"b": [{"c": 1, "c": 1}]}}', "行政机关名称 › b › 0 › c (agency.b.0.c): 这一项出现了两次"),
    ],
)
def test_what_is_no_json_object_is_refused(data, words):
    with pytest.raises(UnusableInputError) as caught:
        parse(data, "年报.json")
    assert str(caught.value).startswith("年报.json: ")
    assert words in str(caught.value)


def test_every_key_given_twice_is_named():
    with pytest.raises(UnusableInputError) as caught:
        parse(b'{"year": 1, "year": 2, "title": 1, "title": 3}')
    assert len(caught.value.problems) == 2
