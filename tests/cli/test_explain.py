from __future__ import annotations

import pytest
from command_line import run

from annual_report import explanation
from annual_report.explanations import explanations


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("id", ["applications.balance", "picture"])
def test_it_prints_an_explanation_in_the_users_language(tmp_path, language, id):
    done = run("explain", id, cwd=tmp_path, language=language)
    assert done.returncode == 0
    assert done.stdout.decode() == explanation(id).text(language) + "\n"


def test_the_language_can_be_named(tmp_path):
    done = run("explain", "value.blank", "--lang", "en", cwd=tmp_path)
    assert done.stdout.decode() == explanation("value.blank").text("en") + "\n"


def test_without_an_argument_it_lists_every_identifier_with_a_line(tmp_path):
    lines = run("explain", cwd=tmp_path).stdout.decode().splitlines()
    assert [line.split(maxsplit=1)[0] for line in lines] == list(explanations())
    assert lines[0].endswith(explanation("applications.balance").what.zh)
    assert len({line.index(each.what.zh) for line, each in zip(lines, explanations().values(), strict=True)}) == 1


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("applications", {"applications.balance", "applications.outcomes", "applications.total"}),
        ("balance", {"applications.balance"}),
        ("上年结转", {"applications.balance", "previous.carried_in"}),
    ],
)
def test_part_of_an_identifier_or_of_its_meaning_lists_those_that_have_it(tmp_path, words, expected):
    done = run("explain", words, cwd=tmp_path)
    assert done.returncode == 0
    assert expected <= {line.split(maxsplit=1)[0] for line in done.stdout.decode().splitlines()}
    assert len(done.stdout.decode().splitlines()) < len(explanations()) / 4


def test_an_unknown_identifier_is_an_error_that_names_the_nearest(tmp_path):
    done = run("explain", "narrative.fee", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stdout == b""
    assert done.stderr.decode() == "没有“narrative.fee”这条规则或提示；是否应为“narrative.fees”？\n"
