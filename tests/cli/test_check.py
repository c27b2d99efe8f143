"""`annual-report check` and what `annual-report render` does about errors."""

from __future__ import annotations

import json

import pytest
from command_line import run
from conftest import AS_PUBLISHED, LARGE_CITY, SEED


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_report_that_reconciles(tmp_path, language):
    done = run("check", SEED, cwd=tmp_path, language=language)
    words = {"zh": "0 个错误，0 个提醒\n", "en": "0 errors, 0 warnings\n"}
    assert (done.returncode, done.stdout.decode(), done.stderr) == (0, words[language], b"")


def test_errors_are_a_table_without_colours_in_a_pipe(tmp_path):
    done = run("check", AS_PUBLISHED, cwd=tmp_path)
    text = done.stdout.decode()
    assert done.returncode == 1
    assert "\x1b" not in text
    for words in ("错误", "（七）总计 › 自然人", "总计应为 1，现为 0", "applications.outcomes", "2 个错误，0 个提醒"):
        assert words in text


def test_json_is_for_programs(tmp_path):
    done = run("check", AS_PUBLISHED, "--format", "json", cwd=tmp_path)
    assert done.returncode == 1
    assert [finding["id"] for finding in json.loads(done.stdout)] == ["applications.outcomes"] * 2


def test_last_years_report(tmp_path):
    last = json.loads(LARGE_CITY.read_bytes()) | {"year": 2024}
    (tmp_path / "last.json").write_text(json.dumps(last), encoding="utf-8")
    done = run("check", LARGE_CITY, "--previous", "last.json", "--format", "json", cwd=tmp_path)
    assert done.returncode == 1
    assert {finding["id"] for finding in json.loads(done.stdout)} == {
        "previous.carried_in",
        "previous.in_force",
        "previous.narrative",
    }
    other = run("check", LARGE_CITY, "--previous", SEED, cwd=tmp_path)
    assert other.returncode == 2
    assert "上一年度报告应为 2024 年度，所给的是 2023 年度" in other.stderr.decode()


@pytest.mark.parametrize("arguments", [["missing.json"], [], ["missing.json", "--format", "xml"]])
def test_unusable_input(tmp_path, arguments):
    done = run("check", *arguments, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, b"")


def test_a_report_with_errors_is_not_rendered_unless_forced(tmp_path):
    refused = run("render", AS_PUBLISHED, "-o", "report.docx", cwd=tmp_path)
    assert (refused.returncode, refused.stdout) == (1, b"")
    assert "2 个错误" in refused.stderr.decode()
    assert list(tmp_path.iterdir()) == []
    assert run("render", AS_PUBLISHED, "-o", "report.docx", "--force", cwd=tmp_path).returncode == 0
    assert (tmp_path / "report.docx").exists()


def test_last_years_report_may_come_by_standard_input(tmp_path):
    last = json.loads(LARGE_CITY.read_bytes()) | {"year": 2024}
    done = run(
        "check", LARGE_CITY, "--previous", "-", "--format", "json", cwd=tmp_path, stdin=json.dumps(last).encode()
    )
    assert done.returncode == 1
    assert {finding["id"] for finding in json.loads(done.stdout)} == {
        "previous.carried_in",
        "previous.in_force",
        "previous.narrative",
    }
    both = run("check", "-", "--previous", "-", cwd=tmp_path, stdin=b"{}")
    assert (both.returncode, both.stderr.decode()) == (2, "-: 标准输入只能是一份年度报告\n")
