from __future__ import annotations

import tomllib
from collections import Counter
from importlib.resources import files

import pytest

from annual_report.checks.lexicon import lexicon
from annual_report.form import registry

GROUPS = tomllib.loads(files("annual_report.checks").joinpath("lexicon.toml").read_text(encoding="utf-8"))
CELLS = ("outcomes", "applicants", "disputes", "results")


def test_every_group_says_what_it_means():
    assert all(table.get("meaning") for name, table in GROUPS.items() if name not in CELLS)


def test_a_word_has_one_meaning():
    words = Counter(
        word
        for table in GROUPS.values()
        for key, words in table.items()
        if key not in {"meaning", "names"}
        for word in words.split()
    )
    assert [word for word, times in words.items() if times > 1] == []


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_the_forms_own_names_come_before_any_other_meaning(edition):
    meanings = lexicon(registry.find(edition)).meanings
    assert meanings["予以公开"] == ("outcome", ("outcomes.granted",))
    assert len(meanings["不予公开"].cells) == 8
    assert meanings["未经复议直接起诉"] == ("dispute", ("litigation.direct",))
    assert meanings["尚未审结"] == ("result", ("pending",))
    assert len(meanings["法人或其他组织"].cells) == 5


def test_every_other_name_is_of_cells_that_some_edition_has():
    named = {word for edition in registry.known() for word in lexicon(edition).meanings}
    for table in CELLS:
        assert {word for words in GROUPS[table].values() for word in words.split()} <= named


def test_what_is_said_of_this_body_may_be_said_with_any_of_its_names():
    meanings = lexicon(registry.find("2021")).meanings
    not_held = ("outcomes.unable_to_provide.not_held",)
    assert {meanings[word].cells for word in ("本机关不掌握", "本街道不掌握", "非我委掌握")} == {not_held}
