"""Where words may be parted."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annual_report.document.line_breaks import MAX_BALANCED, balanced, boundaries, name_boundaries


@pytest.mark.parametrize(
    "parted",
    [
        "上一年|项目|数量",
        "本年|增/减",
        "本年|新制作|数量",
        "对外|公开|总数量",
        "4.无正当|理由|大量|反复|申请",
        "1.本机关|不掌握|相关|政府|信息",
        "（二）|部分|公开|（区分|处理的，|只计|这一|情形，|不计|其他|情形）",
        "3.危及|“三安全一稳定”",
        "未经|复议|直接|起诉",
    ],
)
def test_labels_are_parted_between_words(parted):
    text = parted.replace("|", "")
    offsets = [0, *boundaries(text), len(text)]
    assert "|".join(text[start:end] for start, end in pairwise(offsets)) == parted


@pytest.mark.parametrize("text", ["7.甲乙", "12.的确"])
def test_a_number_is_not_parted_from_what_it_numbers(text):
    assert text.rindex(".") + 1 not in boundaries(text)


def test_a_name_is_broken_evenly_behind_a_unit_of_administration():
    assert balanced("某自治区某自治州住房和城乡建设局", 12) == ["某自治区某自治州", "住房和城乡建设局"]
    assert balanced("某局", 12) == ["某局"]
    assert balanced("甲" * 30, 12) == ["甲" * 10] * 3


@pytest.mark.parametrize("unit", ["人民政府", "特别行政区"])
def test_a_name_is_not_broken_within_a_unit_that_contains_a_word(unit):
    name = f"某某某族自治州{unit}驻某市办事处综合科"
    assert "".join(balanced(name, 12)) == name
    assert all(unit in line for line in balanced(name, 12) if set(unit) & set(line))


def best_of_all(text: str, offsets: list[int], capacity: float) -> list[str]:
    """Try every choice of breaks: the fewest lines, the most even of those, of equals the earliest breaks."""
    for number in range(len(offsets) + 1):
        fitting = []
        for breaks in combinations(offsets, number):
            lines = [text[start:end] for start, end in pairwise([0, *breaks, len(text)])]
            if all(1 < len(line) <= capacity for line in lines):
                fitting.append((sum(len(line) ** 2 for line in lines), breaks, lines))
        if fitting:
            return min(fitting)[2]
    return []


@given(st.text("某市县人民政府办公室局（）", min_size=5, max_size=14), st.integers(2, 9))
def test_the_breaks_are_the_best_of_all(text, capacity):
    if len(text) > capacity:
        by_sense = best_of_all(text, name_boundaries(text), capacity)
        assert balanced(text, capacity) == (
            by_sense or best_of_all(text, [*range(2, len(text) - 1)], capacity) or [text]
        )


@given(st.text("某市县人民政府办公室局（）《》，", min_size=4, max_size=14))
@example("某市人民政府（办公室）某局")
def test_a_name_is_broken_neither_before_a_closing_mark_nor_after_an_opening_one(text):
    for offset in name_boundaries(text):
        assert text[offset] not in "）》，"
        assert text[offset - 1] not in "（《"


@pytest.mark.parametrize("text", ["甲" * MAX_BALANCED, "县" * MAX_BALANCED, "甲" * (MAX_BALANCED + 1), "局a（" * 2000])
@pytest.mark.parametrize("capacity", [2, 20, MAX_BALANCED - 1])
def test_only_a_text_of_bounded_length_is_broken(text, capacity):
    lines = balanced(text, capacity)
    assert "".join(lines) == text
    assert (len(lines) > 1) == (len(text) <= MAX_BALANCED)
