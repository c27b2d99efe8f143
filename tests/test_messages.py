from __future__ import annotations

import string
from io import BytesIO

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from conftest import ROOT

from annual_report.messages import message, user_language

SOURCE = ROOT / "src" / "annual_report"


def used() -> set[str]:
    found = extract_from_dir(str(SOURCE), [("**.py", "python")], keywords={"message": None})
    return {text for _, _, text, *_ in found}


def chinese():
    return read_po(BytesIO((SOURCE / "locale/zh_CN/LC_MESSAGES/annual_report.po").read_bytes()))


def test_every_message_has_a_chinese_translation_and_none_is_left_over():
    translated = {entry.id for entry in chinese() if entry.id and entry.string}
    assert translated == used()


def test_translations_have_the_same_parameters():
    names = lambda text: {name for _, name, _, _ in string.Formatter().parse(text) if name}  # noqa: E731
    for entry in chinese():
        if entry.id:
            assert names(entry.id) == names(entry.string)


@pytest.mark.parametrize(("value", "language"), [("", "zh"), ("zh", "zh"), ("en", "en"), ("EN", "en"), ("fr", "zh")])
def test_the_users_language_is_chinese_unless_english_is_asked_for(monkeypatch, value, language):
    monkeypatch.setenv("ANNUAL_REPORT_LANG", value)
    assert user_language() == language


def test_a_message_is_put_into_words_when_it_is_shown():
    words = message("the JSON is nested too deeply")
    assert (words.text("zh"), words.text("en")) == ("JSON 嵌套层次过深", "the JSON is nested too deeply")
