"""Pages' numbers that run on through a text are taken out of it, and nothing else."""

from __future__ import annotations

import pytest
from conftest import ends_soon
from hypothesis import given
from hypothesis import strategies as st

from annual_report import read, render
from annual_report.readers.published.page_numbers import without_page_numbers

ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"]
HAN = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"]
SHAPES = [
    "第 {n} 页 共 12 页",
    "第{n}页，共12页",
    "第{n}页（共12页）",
    "第 {n} 页 / 共 12 页",
    "第{h}页",
    "{n}页",
    "- {n} -",
    "—{n}—",
    "― {n} ―",
    "─ {n} ─",
    "−{n}−",
    "－ {h} －",
    "～{n}～",
    "·{n}·",
    "• {n} •",
    "_{n}_",
    "{n}/12",
    "- {n}/12 -",
    "Page {n}",
    "Page {n} of 12",
    "{n} of 12",
    "P{n}",
    "页码：{n}",
    "{r}",
    "- {r} -",
]


def numbers(shape, count=12):
    return [shape.format(n=n, h=HAN[n - 1], r=ROMAN[n - 1]) for n in range(1, count + 1)]


def among(lines, numbers, every=9):
    """Put a page's number after every so many lines."""
    rest = iter(numbers)
    return [
        line for at, own in enumerate(lines) for line in [own, *([next(rest, "")] if at % every == every - 1 else [])]
    ]


@pytest.mark.parametrize("shape", [*SHAPES, SHAPES[-2].lower()])
def test_a_report_with_page_numbers_in_its_text_is_read_as_without(seed, shape):
    text = render(seed, format="txt", allow_findings=True).decode()
    reading = read("\n".join(among(text.split("\n"), numbers(shape))).encode(), name="年报.txt")
    assert reading.report == read(text.encode(), name="年报.txt").report
    assert not reading.doubts


@pytest.mark.parametrize(
    "lines",
    [
        [str(n) for n in range(1, 6)],
        [f"（{n}）" for n in range(1, 6)],
        [f"{n}." for n in range(1, 6)],
        [f"{n}、" for n in range(1, 6)],
        [f"| {n} |" for n in range(1, 6)],
        [f"-\t{n}\t-" for n in range(1, 6)],
        ["①", "②", "③", "④", "⑤"],
        ["一", "二", "三", "四", "五"],
        [f"第{n}条" for n in range(1, 6)],
        ["- 1 -", "- 2 -", "- 4 -"],
        ["- 3 -", "- 2 -", "- 1 -"],
        ["- 1 -", "- 2 -"],
        ["- 1 -", "— 2 —", "· 3 ·"],
        ["第3页"],
        ["- 7 -", "- 7 -", "- 7 -"],
    ],
)
def test_what_does_not_run_on_and_what_may_be_a_number_of_the_text_stays(lines):
    given = among(["正文。"] * len(lines), lines, every=1)
    assert without_page_numbers(given) == given


def test_numbers_with_nothing_between_them_stay():
    lines = ["一", "- 1 -", "", "- 2 -", "- 3 -", "二"]
    assert without_page_numbers(lines) == lines


def test_two_numbers_that_say_that_they_are_of_pages_are_enough():
    assert without_page_numbers(["一", "第1页", "二", "第2页"]) == ["一", "", "二", ""]


@given(st.lists(st.text(alphabet="第1一十IVx页共/of -—·.（）\t", max_size=24), max_size=12))
def test_lines_are_kept_or_blanked(lines):
    found = without_page_numbers(lines)
    assert len(found) == len(lines)
    assert all(new in ("", old) for new, old in zip(found, lines, strict=True))


@pytest.mark.parametrize("line", ["-" * 19 + "第", ". " * 9 + "1" * 4, "第" + " " * 18, "- " * 9 + "X" * 2])
def test_many_lines_that_nearly_are_numbers_are_kept(line):
    assert without_page_numbers([line] * 20_000) == [line] * 20_000


@ends_soon
def test_a_very_long_line_that_begins_like_a_number_is_kept():
    line = f"1/9{' ' * 20_000}字"
    assert without_page_numbers([line]) == [line]
