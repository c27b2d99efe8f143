from __future__ import annotations

import ast
import asyncio
import copy
import pickle
import string
import threading
from contextvars import copy_context
from io import BytesIO

import pytest
from babel.messages.pofile import read_po
from conftest import ROOT

from annual_report import AnnualReport, UnusableInputError, check, explain, load, load_style, loads, read
from annual_report.messages import Place, message, user_language, using

SOURCE = ROOT / "src" / "annual_report"


def used() -> set[str]:
    calls = (
        node
        for path in SOURCE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "message" and node.args
    )
    return {call.args[0].value for call in calls if isinstance(call.args[0], ast.Constant)}


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


@pytest.fixture(autouse=True)
def chinese_unless_told(monkeypatch):
    monkeypatch.delenv("ANNUAL_REPORT_LANG", raising=False)


def test_a_block_has_a_language_of_its_own():
    with using("en"):
        assert user_language() == "en"
        with using("zh"):
            assert user_language() == "zh"
        with using(None):
            assert user_language() == "en"
    assert user_language() == "zh"


def test_a_block_overrides_the_environment(monkeypatch):
    monkeypatch.setenv("ANNUAL_REPORT_LANG", "en")
    with using("zh"):
        assert user_language() == "zh"
    assert user_language() == "en"


@pytest.mark.parametrize("language", ["fr", "EN", "", 1])
def test_no_other_language_can_be_used(language):
    with pytest.raises(ValueError, match="可用的有 zh、en"), using(language):
        pass
    assert user_language() == "zh"
    with pytest.raises(ValueError, match="可用的有 zh、en"):
        message("the JSON is nested too deeply").text(language)


def test_other_threads_keep_their_language_unless_they_run_in_the_blocks_context():
    seen = []
    with using("en"):
        alone = threading.Thread(target=lambda: seen.append(user_language()))
        within = threading.Thread(target=copy_context().run, args=[lambda: seen.append(user_language())])
        for thread in (alone, within):
            thread.start()
            thread.join()
    assert seen == ["zh", "en"]


def test_concurrent_tasks_each_have_their_language():
    async def answer(language, turns):
        with using(language):
            for _ in range(turns):
                await asyncio.sleep(0)
                assert user_language() == language
            return await asyncio.to_thread(lambda: str(message("the JSON is nested too deeply")))

    async def service():
        return await asyncio.gather(answer("en", 5), answer("zh", 3), answer("en", 1))

    assert [text[:4] for text in asyncio.run(service())] == ["the ", "JSON", "the "]


def test_an_error_that_leaves_a_block_stays_in_its_language():
    with pytest.raises(UnusableInputError) as caught, using("zh"), using("en"):
        loads(b"[]", "a.json")
    assert str(caught.value) == "a.json: should be a JSON object"
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)  # our own pickle
    assert caught.value.text("zh") == "a.json: 应为 JSON 对象"
    with using("zh"):
        assert str(caught.value) == "a.json: should be a JSON object"


READERS = {
    "load": load,
    "read": read,
    "load_style": load_style,
    "loads": lambda path, **lang: loads(path.read_bytes(), str(path), **lang),
}


@pytest.mark.parametrize("name", READERS)
def test_a_call_has_a_language_of_its_own(tmp_path, name):
    path = tmp_path / "a.json"
    path.write_text("[")
    texts = []
    for language in ("en", "zh", None):
        with pytest.raises(UnusableInputError) as caught:
            READERS[name](path, lang=language)
        texts.append(str(caught.value))
    assert texts[1:] == [caught.value.text("zh")] * 2
    assert texts[0] == caught.value.text("en") != texts[1]


def test_what_a_call_gives_is_in_its_language():
    blank = AnnualReport.blank(agency="某局", year=2024)
    findings = check(blank, lang="en")
    assert str(findings[0]) == ("Section 1 (一、总体情况, overview): this section is empty [narrative.empty]")
    assert str(findings).startswith("error: Section 1 (")
    assert findings == check(blank)
    reading = read(blank.model_dump_json().replace("2024", '"2024"', 1).encode(), lang="en")
    assert str(reading.deviations[0]).startswith("year reported on (报告年度, year): ")
    with pytest.raises(ValueError, match="validation error") as caught:
        AnnualReport.model_validate({"agency": "某局", "year": 1999})
    told = {language: str(explain(caught.value, AnnualReport, lang=language)[0]) for language in ("zh", "en")}
    assert told["zh"] == "报告年度 (year): 应为 2019 到 2100 之间的整数，现为 1999"
    assert told["en"] == "year reported on (报告年度, year): should be a whole number from 2019 to 2100, got 1999"


def test_errors_are_data_in_both_languages():
    with pytest.raises(UnusableInputError) as caught:
        loads(b'{"agency": "", "year": 2024}', "a.json")
    told = caught.value.to_dict()
    assert told["source"] == "a.json"
    assert told["problems"][0] == {
        "path": "agency",
        "place": "行政机关名称",
        "place_en": "name of the body (行政机关名称)",
        "message": {"zh": "不能为空", "en": "must not be blank"},
    }


@pytest.mark.parametrize("again", [copy.copy, copy.deepcopy, lambda place: pickle.loads(pickle.dumps(place))])
def test_a_place_is_text_that_keeps_its_english_name(again):
    place = again(Place("报告年度", "year"))
    assert (place, place.text("en"), place.text("zh")) == ("报告年度", "year (报告年度)", "报告年度")


def test_a_message_within_another_is_in_the_same_language():
    whole = message("line {line}: {words}", line=3, words=message("the body has no name"))
    assert whole.text("en") == "line 3: the body has no name"
    assert whole.text("zh").isascii() is False
    assert "body" not in whole.text("zh")
