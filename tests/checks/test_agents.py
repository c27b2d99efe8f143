"""Whether a name is a body's own is told alike whenever it is asked, and little is kept of it."""

from __future__ import annotations

import pytest

from annual_report.checks.agents import OwnNames, is_own, resembles

AGENCY = "某某区人民政府办公室"


@pytest.mark.parametrize(
    ("name", "own"),
    [("区政府办", True), ("我办", True), ("全区各部门", True), ("办公室", True), ("区财政局", False), ("", False)],
)
def test_a_name_is_own_or_not_whenever_it_is_asked(name, own):
    names = OwnNames(AGENCY)
    assert [names[name], names[name], is_own(name, AGENCY)] == [own] * 3


@pytest.mark.parametrize(
    ("name", "agency"),
    [
        ("我局", "某某局"),
        ("本机关", "某某局"),
        ("全市各部门", "某某市人民政府"),
        ("各级政府", "某某市人民政府"),
        ("局机关", "某某局"),
        ("委机关", "某某委员会"),
        ("厅办公室", "某某厅"),
        ("署机关", "某某署"),
        ("院机关", "某某院"),
        ("办公厅", "某某省人民政府办公厅"),
        ("园区", "某某管委会"),
    ],
)
def test_what_bodies_call_themselves_besides_their_name_is_own(name, agency):
    assert is_own(name, agency)


def test_few_names_are_kept_of_an_agency():
    names = OwnNames(AGENCY)
    assert not any(names[f"{number}局"] for number in range(1000))
    assert len(names) <= 256


def test_no_long_name_is_kept():
    names = OwnNames(AGENCY)
    assert not names["局" * 1000]
    assert not names


@pytest.mark.parametrize(
    ("name", "agency", "alike"),
    [
        ("某某省某某市教育局", "某某市教育局", True),
        ("某某市教育局", "某某省某某市教育局", True),
        ("某某省某某市教育局", "某某市民政局", False),
        ("某某街道党政综合办公室", "某某市某某区某某街道办事处", True),
        ("某某区政府信息公开办公室", "某某区人民政府", True),
        ("某某区财政局综合科", "某某区财政局", True),
        ("县交通局办公室", "某某县交通运输局", True),
        ("某某区人民政府某某街道办事处", "某某市某某区某某街道办事处", True),
        ("某某区生态环境分局", "某某市生态环境局某某分局", True),
        ("某某市公安局某某分局", "某某市生态环境局某某分局", False),
        ("某某县人民政府办公室", "某某县交通运输局", False),
        ("某某区民政局综合办公室", "某某区财政局", False),
    ],
)
def test_a_name_may_be_the_agencys_with_more_or_fewer_words(name, agency, alike):
    assert resembles(name, agency) == alike
