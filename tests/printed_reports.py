"""Strategies for reports as offices print them: Chinese text with numbers, and whatever numbers in the tables."""

from __future__ import annotations

from typing import Any

import strategies
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from annual_report.form.sections import NARRATIVES, TABLES

CHARACTERS = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定"
    "行学法所民得经进着等部度家电力里如水化高自理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外"
    "天政社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情"
)
words = st.text(st.sampled_from(CHARACTERS), min_size=1, max_size=12)
pieces = st.one_of(
    words,
    words,
    words,
    st.integers(0, 99_999).map(str),
    st.sampled_from(
        [*"，。；、：“”（）《》%", "2023年", "3,119件", "GB/T 9704", "https://www.example.gov.cn", "1.5万元", "——"]
    ),
)
lines = st.tuples(
    st.sampled_from(["", "", "", "（一）", "1.", "（1）", "一是"]),
    st.lists(pieces, min_size=1, max_size=25).map("".join),
    st.sampled_from(["。", "。", "", "；"]),
).map("".join)
prose = st.lists(lines, max_size=6).map("\n".join)


@st.composite
def reports(draw: st.DrawFn) -> dict[str, Any]:
    """A report that can be printed with any Chinese typeface; its numbers are any."""
    beside = st.fixed_dictionaries({}, optional={"before": prose, "notes": prose})
    agency = draw(words) + draw(st.sampled_from(["局", "委员会", "人民政府"]))
    report = draw(strategies.reports()) | {key: draw(prose) for key in ("preamble", *NARRATIVES)}
    report |= {"agency": agency, "texts": draw(st.fixed_dictionaries({}, optional=dict.fromkeys(TABLES, beside)))}
    report |= {"title": None, "issued_by": draw(st.none() | st.just(agency))}
    return report


def several(amount: int) -> list[dict[str, Any]]:
    """Draw several reports, to print them in one run of a program."""
    found: list[dict[str, Any]] = []

    @settings(max_examples=amount, database=None, phases=[Phase.generate])
    @given(reports())
    def draw(report: dict[str, Any]) -> None:
        found.append(report)

    draw()
    return found
