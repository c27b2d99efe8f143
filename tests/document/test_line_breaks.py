"""Where words may be parted."""

from __future__ import annotations

from itertools import pairwise

import pytest

from annual_report.document.line_breaks import balanced, boundaries


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
