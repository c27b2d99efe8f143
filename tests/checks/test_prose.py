"""Sentences and tokens are found where they are, whatever the text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annual_report.checks.prose import MAX_QUOTED, Prose, plain_digits, sentences, tokens
from annual_report.form import registry

PIECES = ["。", "；", "\n", "（", "）", "甲", "收到申请5件", "字" * 150]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=20).map("".join)


@given(TEXTS)
def test_sentences_are_at_their_places_and_only_stops_are_between_them(text):
    end = 0
    for start, sentence in sentences(text):
        assert text.startswith(sentence, start)
        assert sentence[0] not in "。；\n"
        assert not text[end:start].strip("。；\n")
        end = start + len(sentence)
    assert not text[end:].strip("。；\n")


@given(
    st.lists(st.sampled_from([*PIECES, "3,119件", "结转", "答", "无法", "2024年", "三四"]), max_size=20).map("".join)
)
def test_tokens_are_the_text_in_its_order(text):
    found = tokens(text, registry.find("2021"))
    assert "".join(token.text for token in found) == text
    assert all(token.text == text[token.start : token.end] for token in found)


@given(
    st.lists(st.sampled_from(["收到", " ", "　", "“", "”", "1", "２", "（3）件", "，"]), max_size=20).map("".join),
    st.integers(0, 50),
)
def test_every_character_of_a_sentence_has_its_place_in_the_paragraph(text, start):
    prose, paragraph = Prose(text, start), "前" * start + plain_digits(text)
    for index, character in enumerate(prose.text):
        begin, end = prose.span(index, index + 1)
        assert paragraph[begin:end] == character


def test_what_stands_in_brackets_is_not_split():
    assert list(sentences("甲（乙。丙；丁）戊。己。")) == [(0, "甲（乙。丙；丁）戊。"), (10, "己。")]
    assert list(sentences("甲（乙。。丙）丁。")) == [(0, "甲（乙。。丙）丁。")]


def test_an_open_bracket_ends_with_a_long_sentence():
    found = [sentence for _, sentence in sentences("（" + "字" * MAX_QUOTED + "。甲。")]
    assert found == ["（" + "字" * MAX_QUOTED + "。", "甲。"]
