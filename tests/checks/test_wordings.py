"""What is read of a sentence is the same whether its wording was read before or not."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annual_report import AnnualReport, check
from annual_report.checks.prose import Prose
from annual_report.checks.wordings import kept, wording_of
from annual_report.form import registry

FORM = registry.find("2021")
TEXTS = [
    re.sub(r"⟦\w+:(\d*)⟧", r"\1", claim["text"])
    for claim in json.loads(Path(__file__).with_name("sentences.json").read_text(encoding="utf-8"))["claims"]
]
SENTENCES = sorted({sentence for text in TEXTS for sentence in re.findall("[^。]+。", text)})
AGENCIES = ("某某市民政局", "某某区人民政府", "某某省司法厅")

NUMBERS = st.integers(0, 12_000).map(str)


def findings(agency, paragraphs, year=2024):
    report = AnnualReport.blank(agency=agency, year=year, overview=paragraphs)
    return [finding.to_dict() for finding in check(report) if finding.quotation is not None]


@st.composite
def narratives(draw):
    """Sentences as offices write them, with other numbers, of several bodies and years."""

    def paragraph():
        sentences = draw(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4))
        return re.sub("[0-9]+(?=[件项份])", lambda _: draw(NUMBERS), "".join(sentences))

    paragraphs = [paragraph() for _ in range(draw(st.integers(1, 3)))]
    return draw(st.sampled_from(AGENCIES)), paragraphs, draw(st.sampled_from([2022, 2023, 2024]))


@given(st.lists(narratives(), min_size=2, max_size=4))
def test_what_was_read_before_changes_nothing(texts):
    kept.cache_clear()
    after_others = [findings(*text) for text in texts]
    for text, found in zip(texts, after_others, strict=True):
        kept.cache_clear()
        assert findings(*text) == found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("收到申请5件，答复3件。", "收到申请7件，答复0件。"),
        ("收到申请１２ 件。", "收到申请“34”件。"),
        ("收到申请（5）件。", "收到申请5件。"),
        ("数量为5。", "数量为8。"),
    ],
)
def test_sentences_that_differ_in_their_numbers_have_one_wording(one, other):
    assert Prose(one).wording == Prose(other).wording


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2023年收到申请5件。", "2024年收到申请5件。"),
        ("收到申请1,119件。", "收到申请2,345件。"),
        ("12345热线5件。", "12346热线5件。"),
        ("收到申请3.5件。", "收到申请4.5件。"),
        ("公开5天以上。", "公开6天以上。"),
    ],
)
def test_other_digits_are_part_of_the_wording(one, other):
    assert Prose(one).wording != Prose(other).wording


def test_numbers_are_read_from_the_sentence_itself():
    text = Prose("收到申请128件，上年结转两件，答复约30件，共计130件。")
    assert wording_of(FORM, 2024, text.wording).numbers(text.text) == (0, 128, 2, 130)


def test_a_very_long_sentence_is_not_kept():
    kept.cache_clear()
    findings("某某市民政局", "收到申请5件，" * 1000)
    assert kept.cache_info().currsize == 0


def test_nothing_is_remembered_of_a_very_long_sentence():
    wording = wording_of(FORM, 2024, "市民政局收到申请1件，" * 100)
    wording.keep(((), ()), (), bool)
    assert wording.recall((), bool) is None
    assert wording.asking(bool) is bool


def test_a_year_in_a_wording_is_that_of_the_report_or_another():
    text = Prose("2023年收到申请5件。").wording
    groups = [next(token.group for token in wording_of(FORM, year, text).tokens) for year in (2022, 2023, 2024)]
    assert groups == ["next_year", "year", "last_year"]


def test_what_is_read_of_one_wording_stays_small():
    wording = wording_of(FORM, 2024, "其中市民政局收到申请1件。")
    for context in range(1000):
        wording.keep(((), (context,)), (context,), bool)
    assert wording.recall((999,), bool) == ((), (999,))
    assert len(wording._readings) <= 64
