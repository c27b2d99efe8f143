"""Styles that no page can hold are refused, each setting with its name and its bounds."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from annual_report import AnnualReport, Style, UnusableInputError, explain, load_style
from annual_report.style import PRESETS
from annual_report.writers.docx.columns import columns


def font(**sizes: float) -> dict:
    return {"fonts": {role: {"east_asian": "宋体", "size": size} for role, size in sizes.items()}}


REFUSED = {
    "characters": ({"characters": 80}, "characters", "应为 10 至 32，现为 80"),
    "lines": ({"lines": 60}, "lines", "应为 10 至 39，现为 60"),
    "table": (font(table=40), "fonts.table.size", "应为 4 至 18，现为 40"),
    "section two": (font(item_table=60), "fonts.item_table.size", "应为 4 至 40，现为 60"),
    "heading": (font(heading_1=36), "fonts.heading_1.size", "应为 4 至 28.5，现为 36"),
    "body": (font(body=28), "fonts.body.size", "应为 4 至 18.5，现为 28"),
    "left and right": ({"margins": {"left": 200, "right": 200}}, "margins", "左右边距之和在此纸张上应不大于 120 毫米"),
    "top": ({"margins": {"top": 300}}, "margins", "上下边距之和在此纸张上应不大于 207 毫米，现为 335"),
    "paper": ({"paper": [50, 297]}, "paper", "宽、高均应不小于 90 毫米，现为 50 × 297"),
    "title": ({"lines": 10, "title_space": 8}, "title_space", "应为 0 至 4，现为 8"),
    "title type": ({"margins": {"left": 60, "right": 60}} | font(title=72), "fonts.title.size", "应为 4 至 42.5"),
    "page number": ({"page_number": {"below": 40}}, "page_number.below", "应为 0 至 31.9，现为 40"),
    "wide page number": ({"page_number": {"form": "一" * 40 + "{page}"}}, "page_number.form", "30 个汉字"),
}


def problems(values: dict) -> list:
    with pytest.raises(ValidationError) as caught:
        Style.model_validate(values)
    return list(explain(caught.value, Style, values))


@pytest.mark.parametrize("name", REFUSED)
def test_what_no_page_can_hold_is_refused_with_its_name_and_bounds(name):
    values, path, words = REFUSED[name]
    found = problems(values)
    (problem,) = [problem for problem in found if problem.path == path]
    assert words in problem.text("zh")
    numbers = re.findall(r"\d[\d.]*", words)
    assert set(numbers) <= set(re.findall(r"\d[\d.]*", problem.text("en")))


def test_all_problems_are_told_at_once(tmp_path):
    path = tmp_path / "office.toml"
    path.write_text(
        "lines = 60\ncharacters = 80\nlatn = 'Arial'\n[margins]\nleft = -1\n"
        "[fonts.table]\neast_asian = '宋体'\nsize = 40\n[fonts.body]\neast_asian = '仿宋'\nsize = 15.3\n",
        encoding="utf-8",
    )
    with pytest.raises(UnusableInputError) as caught:
        load_style(path)
    paths = {problem.path for problem in caught.value.problems}
    assert paths == {"lines", "characters", "latn", "margins.left", "fonts.body.size"}


def test_what_was_set_is_refused_rather_than_what_was_not():
    assert [problem.path for problem in problems(font(body=18) | {"lines": 38})] == ["lines"]
    assert [problem.path for problem in problems(font(body=18) | {"characters": 29})] == ["characters"]
    assert [problem.path for problem in problems(font(body=20))] == ["fonts.body.size"]
    assert [problem.path for problem in problems({"paper": [184, 260]})] == ["characters"]
    assert [problem.path for problem in problems(font(body=66) | {"lines": 22})] == ["fonts.body.size"]


def test_python_code_is_told_the_same():
    with pytest.raises(ValidationError, match="should be from 10 to 32"):
        Style(characters=80)


@pytest.mark.parametrize("name", ["characters", "lines", "table", "section two", "heading", "body", "title"])
def test_a_bound_itself_is_accepted(name):
    values, path, words = REFUSED[name]
    most = float(re.findall(r"至 ([\d.]+)", words)[0])
    key = path.rpartition(".")[2]
    assert Style.model_validate(changed(values, path, most))
    assert problems(changed(values, path, most + (0.5 if "size" in key else 1)))


def test_room_is_kept_for_page_numbers_of_three_digits():
    assert Style.model_validate({"page_number": {"form": "一" * 28 + "{page}"}})
    assert problems({"page_number": {"form": "一" * 29 + "{page}"}})


def changed(values: dict, path: str, number: float) -> dict:
    key, _, rest = path.partition(".")
    inner = changed(values[key], rest, number) if rest else int(number) if key in {"lines", "characters"} else number
    return values | {key: inner}


GRIDS = [AnnualReport.blank(agency="某局", year=year).form.grids for year in (2020, 2024)]


@given(
    size=st.integers(8, 60),
    width=st.integers(90, 180),
    padding=st.floats(0, 6),
    leading=st.floats(1, 3),
)
def test_every_column_of_an_accepted_style_holds_a_character(size, width, padding, leading):
    try:
        style = Style.model_validate(
            {"margins": {"left": 15, "right": 195 - width}, "tables": {"padding": padding, "leading": leading}}
            | font(table=size / 2, body=10)
            | {"characters": 20}
        )
    except ValidationError:
        return
    for grids in GRIDS:
        for key in ("applications", "disputes"):
            measured = columns(grids[key], style)
            rooms = [measured.room(cell) for cell in grids[key].cells if cell.role in {"stub", "heading", "data"}]
            assert min(rooms) >= size / 2


def test_presets_are_accepted():
    for style in PRESETS.values():
        assert Style.model_validate(style.model_dump()) == style
