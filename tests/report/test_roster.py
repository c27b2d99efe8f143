"""Rosters of a city's bodies, from CSV."""

from __future__ import annotations

import csv

import pytest

from annual_report import Roster, UnusableInputError

HEADER = "code,name,former_names,parent,counted\n"


def problems(text):
    with pytest.raises(UnusableInputError) as caught:
        Roster.parse(text, "名单.csv")
    return caught.value.text("zh").splitlines()


def test_columns_are_named_in_english_or_chinese_and_may_be_left_out():
    english = Roster.parse(HEADER + "11100000000013338W,甲县,旧甲县;甲市,,是\n")
    chinese = Roster.parse("单位名称,曾用名,统一社会信用代码\n甲县,旧甲县、甲市,11100000000013338W\n")
    assert english == chinese
    (body,) = english.bodies
    assert (body.former_names, body.counted, body.parent) == (("旧甲县", "甲市"), True, "")


def test_a_body_is_found_by_code_name_and_former_name():
    roster = Roster.parse(HEADER + "11100000000013338W,甲县,旧甲县,,\n,旧甲县分局,,甲县,否\n")
    assert roster.find("旧甲县").name == roster.find("别名", "11100000000013338W").name == "甲县"
    assert roster.find("旧甲县分局").counted is False
    assert roster.find("乙县") is None


def test_a_code_tells_more_than_a_name():
    roster = Roster.parse(HEADER + "11100000000013338W,甲县,,,\n,乙县,,,\n")
    assert roster.find("乙县", "11100000000013338W").name == "甲县"


@pytest.mark.parametrize(
    ("answer", "counted"),
    [
        *((word, True) for word in ("", "是", "1", "yes", "Yes", "TRUE")),
        *((word, False) for word in ("否", "0", "no", "No", "FALSE")),
    ],
)
def test_whether_a_body_is_counted_is_answered_in_several_ways(answer, counted):
    assert Roster.parse(f"name,counted\n甲县,{answer}\n").bodies[0].counted == counted


@pytest.mark.parametrize(
    "text", ["旧甲县、甲市", "旧甲县;甲市", "旧甲县；甲市", "旧甲县，甲市", '"旧甲县, 甲市"', "、旧甲县 、甲市、"]
)
def test_former_names_are_separated_by_any_of_the_usual_marks(text):
    assert Roster.parse(f"name,former_names\n甲县,{text}\n").bodies[0].former_names == ("旧甲县", "甲市")


def test_a_code_given_twice_is_told():
    told = problems(HEADER + "11100000000013338W,甲县,,,\n11100000000013338W,乙县,,,\n")
    assert told == ["名单.csv: 11100000000013338W: 在名单上出现了两次"]


@pytest.mark.parametrize("parent", ["甲县", "旧甲县", "11100000000013338W"])
def test_a_parent_is_named_by_its_name_a_former_name_or_its_code(parent):
    roster = Roster.parse(HEADER + f"11100000000013338W,甲县,旧甲县,,\n,甲县教育局,,{parent},\n")
    assert roster.counted_above(roster.find("甲县教育局")).name == "甲县"


def test_spaces_around_headings_and_cells_do_not_matter():
    assert Roster.parse(" 单位名称 ,曾用名 \n 甲县 , 旧甲县 \n") == Roster.parse("单位名称,曾用名\n甲县,旧甲县\n")


def test_a_name_that_one_body_bears_and_another_bore_is_the_first_ones():
    roster = Roster.parse("name,former_names\n教育局,\n教体局,教育局\n")
    assert roster.find("教育局").name == "教育局"


def test_a_name_that_several_bodies_bore_is_nobodys():
    roster = Roster.parse("name,former_names\n文化局,文体局\n体育局,文体局;文体局\n")
    assert roster.find("文体局") is None
    told = problems("name,former_names,parent\n文化局,文体局,\n体育局,文体局,\n体校,,文体局\n")
    assert told == ["名单.csv: 体校: 上级单位 文体局 不在名单上"]


def test_a_column_given_twice_is_named():
    assert problems("name,单位名称\n甲县,乙县\n") == ["名单.csv: 第 1 行：“name”列有多列"]


def test_cells_beyond_the_columns_are_named():
    assert Roster.parse("name,former_names\n甲县,旧甲县,,\n").bodies[0].name == "甲县"
    told = problems("name,former_names\n甲县,旧甲县,甲市\n乙县,\n,,丙县\n")
    assert told == [
        "名单.csv: 第 2 行：这一行的格数比列数多，多出的是：甲市",
        "名单.csv: 第 4 行：这一行的格数比列数多，多出的是：丙县",
    ]


def test_blank_columns_at_the_end_do_not_matter_unless_something_is_in_them():
    assert Roster.parse("单位名称,曾用名,, \n甲县,旧甲县,,\n") == Roster.parse("单位名称,曾用名\n甲县,旧甲县\n")
    assert problems("name,,\n甲县,,备注\n") == ["名单.csv: 第 2 行：这一行的格数比列数多，多出的是：备注"]


@pytest.mark.parametrize(
    ("text", "line"),
    [('name\n"甲县\n乙县\n', 3), ('"name\n甲县\n', 2), ('"name"x\n', 1), ('name\n甲县\n"乙"县\n丙县\n', 3)],
)
def test_text_that_is_no_csv_is_refused_with_the_line(text, line):
    (told,) = problems(text)
    assert told.startswith(f"名单.csv: 不是有效的 CSV（第 {line} 行：")


def test_a_cell_longer_than_csv_allows_is_refused():
    (told,) = problems("name\n" + "甲" * (csv.field_size_limit() + 1))
    assert "不是有效的 CSV" in told


def test_the_nearest_counted_body_above_is_found_and_circles_end():
    roster = Roster.parse("name,parent,counted\n市,,是\n县,市,否\n局,县,是\n甲,乙,否\n乙,甲,否\n")
    by_name = {body.name: body for body in roster.bodies}
    assert roster.counted_above(by_name["局"]).name == "市"
    assert roster.counted_above(by_name["甲"]) is None


def test_a_body_is_not_above_itself():
    roster = Roster.parse("name,parent,counted\n甲,乙,是\n乙,甲,否\n丙,丙,是\n")
    assert [roster.counted_above(body) for body in roster.bodies if body.counted] == [None, None]


def test_every_problem_names_its_line():
    told = problems(HEADER + "1,甲,,,\n,,,丙,是\n,乙,,丁,也许\n,乙,,,\n")
    assert told == [
        "名单.csv: 第 2 行：1 不是统一社会信用代码",
        "名单.csv: 第 3 行：单位没有名称",
        "名单.csv: 第 4 行：“计入合计”应为是或否，现为 也许",
        "名单.csv: 乙: 在名单上出现了两次",
        "名单.csv: 乙: 上级单位 丁 不在名单上",
    ]


def test_an_unknown_column_is_named():
    assert problems("名称,parent\n甲,\n") == [
        "名单.csv: 名单缺少“单位名称”（name）一列",
        (
            "名单.csv: 第 1 行：没有“名称”这一列；可用的有 统一社会信用代码 (code), 单位名称 (name), "
            "曾用名 (former_names), 上级单位 (parent), 计入合计 (counted)"
        ),
    ]


def test_problems_of_a_file_name_it(tmp_path):
    path = tmp_path / "名单.csv"
    path.write_text("单位名称,计入合计\n甲,也许\n", encoding="utf-8")
    with pytest.raises(UnusableInputError) as caught:
        Roster.load(path)
    assert caught.value.text("zh") == f"{path}: 第 2 行：“计入合计”应为是或否，现为 也许"


@pytest.mark.parametrize("kind", [str, lambda path: path, Roster.load])
def test_a_roster_is_taken_as_it_is_or_by_its_path(tmp_path, kind):
    path = tmp_path / "名单.csv"
    path.write_text("单位名称\n甲\n", encoding="utf-8")
    assert Roster.of(kind(path)) == Roster.parse("name\n甲\n")
    assert Roster.of(None) is None


def test_a_file_that_is_no_text_is_refused(tmp_path):
    path = tmp_path / "名单.csv"
    path.write_bytes("单位名称\n甲".encode("utf-16"))
    with pytest.raises(UnusableInputError, match=r"名单\.csv"):
        Roster.load(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk"])
def test_a_roster_is_read_as_excel_saves_it(tmp_path, encoding):
    path = tmp_path / "名单.csv"
    path.write_text("单位名称\n甲\n", encoding=encoding)
    assert Roster.load(path).bodies[0].name == "甲"
