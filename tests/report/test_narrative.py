from __future__ import annotations

import pytest
from hypothesis import example, given
from pydantic import ValidationError
from strategies import narratives, structures

from annual_report.report.narrative import Narrative


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize(
    ("line", "level", "heading", "body"),
    [
        ("（一）主动公开情况", 2, "（一）主动公开情况", ""),
        ("（十二）其他", 2, "（十二）其他", ""),
        ("(一)主动公开情况", 2, "(一)主动公开情况", ""),
        ("1.加强培训", 3, "1.加强培训", ""),
        ("1、加强培训", 3, "1、加强培训", ""),
        ("（1）加强培训", 4, "（1）加强培训", ""),
        ("（一）主动公开。全年发布3条。", 2, "（一）主动公开。", "全年发布3条。"),
        ("**（一）主动公开。**全年发布3条。", 2, "（一）主动公开。", "全年发布3条。"),
        ("（一）" + "长" * 40, 2, "（一）" + "长" * 40, ""),
        ("（一）" + "长" * 41, None, "", "（一）" + "长" * 41),
        ("（一）" + "长" * 30 + "。尾", 2, "（一）" + "长" * 30 + "。", "尾"),
        ("（一）" + "长" * 31 + "。尾", None, "", "（一）" + "长" * 31 + "。尾"),
        ("1.5万元用于培训", None, "", "1.5万元用于培训"),
        ("１．主动公开", 3, "１．主动公开", ""),
        ("１．５万元用于培训", None, "", "１．５万元用于培训"),
        ("一是加强培训", None, "", "一是加强培训"),
        ("（一）", None, "", "（一）"),
        ("（一）。空", None, "", "（一）。空"),
    ],
)
def test_sub_headings_are_known_by_their_numbering(line, level, heading, body):
    (paragraph,) = Narrative.parse(line).paragraphs
    assert paragraph.level == level
    assert "".join(run.text for run in paragraph.heading) == heading
    assert "".join(run.text for run in paragraph.body) == body


@pytest.mark.parametrize(
    ("line", "emphasised"),
    [
        ("三是**积极推动**。", ["积极推动"]),
        ("**甲**乙**丙**", ["甲", "丙"]),
        ("一个**没有配对", []),
        ("2**3", []),
        ("****", []),
        ("** 空格 **", []),
        ("** 空格**", []),
        ("**空格 **", []),
    ],
)
def test_emphasis_stands_between_paired_marks(line, emphasised):
    narrative = Narrative.parse(line)
    assert [run.text for paragraph in narrative for run in paragraph.body if run.emphasis] == emphasised
    assert str(narrative) == line


def test_the_line_break_of_other_systems_is_one():
    assert str(Narrative.model_validate("甲\x85乙\u2028丙")) == "甲\n乙\n丙"


def test_lines_are_paragraphs():
    assert str(Narrative.parse("甲\r\n\r\n　　乙 \n丙")) == "甲\n乙\n丙"


@given(narratives)
@example("（一）甲。**乙")
@example("**（一）甲。乙**丙。")
def test_no_text_is_lost_or_reordered(text):
    assert squeezed(str(Narrative.parse(text))) == squeezed(text)


@given(narratives)
def test_plain_text_comes_back(text):
    narrative = Narrative.parse(text)
    assert Narrative.parse(str(narrative)) == narrative
    assert Narrative.model_validate(narrative.model_dump(mode="json")) == narrative


@given(structures)
def test_structure_round_trips(structure):
    narrative = Narrative.model_validate(structure)
    assert Narrative.model_validate(narrative.model_dump(mode="json")) == narrative
    assert Narrative.model_validate_json(narrative.model_dump_json()) == narrative


def test_structure_that_plain_text_cannot_say_is_kept():
    narrative = Narrative.model_validate([{"body": [{"text": "（一）不是标题"}]}])
    assert narrative.paragraphs[0].level is None
    assert Narrative.model_validate(narrative.model_dump()) == narrative


@pytest.mark.parametrize(
    "text", ["\x00", "\x0b", "\x1f", "\x7f", "\x9f", "\ufdd0", "\ufffe", "\U0001ffff", "\ud800", "好\udfff"]
)
def test_what_xml_or_html_cannot_hold_is_refused(text):
    for value in (text, [text], [{"body": [{"text": text}]}], [{"heading": [{"text": text}], "level": 2}]):
        with pytest.raises(ValidationError, match="is not allowed in a document"):
            Narrative.model_validate(value)


@pytest.mark.parametrize("line_break", ["\n", "\r", "\r\n", "\x85", "\u2028", "\u2029"])
def test_line_breaks_within_a_paragraph_are_line_feeds(line_break):
    narrative = Narrative.model_validate([{"body": [{"text": f"甲{line_break}乙"}]}])
    assert [paragraph.text for paragraph in narrative] == ["甲\n乙"]


def test_a_run_without_text_is_left_out():
    heading = {"heading": [{"text": "（一）公开情况"}], "level": 2}
    assert Narrative.model_validate([heading | {"body": [{"text": ""}]}]) == Narrative.model_validate([heading])


@pytest.mark.parametrize("value", [3, None, True, {"paragraphs": 3}, [3], [{"body": []}], [{"level": 2}]])
def test_what_is_no_narrative_is_refused(value):
    with pytest.raises(ValidationError):
        Narrative.model_validate(value)


def test_a_paragraph_consists_of_its_fields_only():
    (paragraph,) = Narrative.parse("（一）主动公开。公开3条。")
    assert paragraph.text == "（一）主动公开。公开3条。"
    assert type(paragraph)(**dict(paragraph)) == paragraph
