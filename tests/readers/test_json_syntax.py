"""What is told of JSON that somebody typed by hand."""

from __future__ import annotations

import pytest

from annual_report import UnusableInputError, loads


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"year": 2024,}', "第 1 行第 14 列）：多了一个逗号"),
        ('{"year": 2024,\n}', "第 1 行第 14 列）：多了一个逗号"),
        ('{"overview": ["甲", ]}', "第 1 行第 18 列）：多了一个逗号"),
        ('{"a": 1,, "b": 2}', "第 1 行第 8 列）：多了一个逗号"),
        ("[,1]", "第 1 行第 2 列）：多了一个逗号"),
        ('{"a" , }', "第 1 行第 6 列）：多了一个逗号"),
        ('{"year"： 2024}', "第 1 行第 8 列）：全角标点“：”应改为半角“:”"),
        ('{“year": 2024}', "第 1 行第 2 列）：全角标点"),
        ('{"year": 2024，"a": 1}', "第 1 行第 14 列）：全角标点“，”应改为半角“,”"),
        ("{year: 2024}", "第 1 行第 2 列）：“year”应加引号"),
        ('{"a": b.c-d}', "“b.c-d”应加引号"),
        ('{"agency": 某局}', "第 1 行第 12 列）：“某局”应加引号"),
        ("{'year': 2024}", "文字应使用双引号"),
        ('{"agency": "某局}', "第 1 行第 12 列）：这段文字的末尾少了引号"),
        ('{"overview": "甲\n乙"}', "第 1 行第 16 列）：引号中的文字里有换行"),
        ('{"a": 1 "b": 2}', "第 1 行第 9 列）：这里之前少了逗号或括号"),
        ('{"a": 12 3}', "第 1 行第 10 列）：这里之前少了逗号或括号"),
        ('{"a": {"b": 1}', "文件不完整"),
        ('{"a": 1\u3000', "文件不完整"),
        ('{"a": 1}}', "第 1 行第 9 列）：最后一个括号之后还有内容"),
        ('{"a": 1}\n{"a": 2}', "第 2 行第 1 列）：最后一个括号之后还有内容"),
        ('{"a": +1}', "第 1 行第 7 列）：数字只写数码"),
        ('{"a": .5}', "数字只写数码"),
        ('{"a": 7.}', "数字只写数码"),
        ('{"a": 07}', "数字只写数码"),
        ('{\n "a": }', "第 2 行第 7 列）：缺少值"),
        ('{\n "a": 1,\n "b": }', "第 3 行第 7 列）：缺少值"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(text, words):
    with pytest.raises(UnusableInputError) as caught:
        loads(text.encode(), "年报.json")
    assert words in caught.value.text("zh")


@pytest.mark.parametrize(("text", "column"), [('{"a": *}', 7), ('{"a", "b": 1}', 5)])
def test_json_that_is_wrong_in_another_way_has_its_place(text, column):
    with pytest.raises(UnusableInputError) as caught:
        loads(text.encode(), "a.json")
    assert caught.value.text("en") == f"a.json: not valid JSON (line 1, column {column})"
