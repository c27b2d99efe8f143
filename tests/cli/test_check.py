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
    assert other.stderr.decode().startswith(f"{SEED}: 上一年度报告应为 2024 年度，所给的是 2023 年度")


@pytest.mark.parametrize("arguments", [["missing.json"], [], ["missing.json", "--format", "xml"]])
def test_unusable_input(tmp_path, arguments):
    done = run("check", *arguments, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, b"")


def test_a_report_with_errors_is_not_rendered_unless_forced(tmp_path):
    refused = run("render", AS_PUBLISHED, "-o", "report.docx", cwd=tmp_path)
    assert (refused.returncode, refused.stdout) == (1, b"")
    assert refused.stderr.decode().endswith("2 个错误，0 个提醒\n没有写出文件；加 --force 仍然生成文档\n")
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


def city(tmp_path, received):
    """Write a city's report and those of two bureaus, which add up to 2 applications received from natural persons."""
    (tmp_path / "部门").mkdir()
    for name, number in (("部门/甲局", 1), ("部门/乙局", 1), ("市", received)):
        report = json.loads(SEED.read_bytes()) | {"agency": name.rpartition("/")[2]}
        received_row = report["applications"]["received"]
        report["applications"]["received"] = dict.fromkeys(received_row, 0) | {"natural_person": number}
        report["applications"]["received"].pop("total", None)
        (tmp_path / f"{name}.json").write_text(json.dumps(report), encoding="utf-8")


def found(done):
    return {
        (finding["id"], finding["path"]) for finding in json.loads(done.stdout) if finding["id"].startswith("parts.")
    }


def test_a_citys_report_is_compared_with_its_parts(tmp_path):
    city(tmp_path, received=5)
    done = run("check", "市.json", "--parts", "部门/", "--format", "json", cwd=tmp_path)
    assert ("parts.sum", "applications.received.natural_person") in found(done)
    assert "已完成 2/2" in done.stderr.decode()
    parts = ("--parts", "部门/甲局.json", "--parts", "部门/乙局.json")
    assert "+3" in run("check", "市.json", *parts, cwd=tmp_path).stdout.decode()


def test_the_roster_names_parts_that_are_missing(tmp_path):
    city(tmp_path, received=2)
    (tmp_path / "名单.csv").write_text("name\n甲局\n乙局\n丙局\n", encoding="utf-8")
    options = ("--parts", "部门", "--roster", "名单.csv", "--format", "json")
    done = run("check", "市.json", *options, cwd=tmp_path)
    assert ("parts.missing", "agency") in found(done)
    assert done.returncode == 1


def test_a_part_that_cannot_be_read_is_named_and_the_rest_compared(tmp_path):
    city(tmp_path, received=2)
    (tmp_path / "部门" / "丙局.json").write_text("{", encoding="utf-8")
    done = run("check", "市.json", "--parts", "部门", "--format", "json", cwd=tmp_path)
    assert (done.returncode, "丙局.json" in done.stderr.decode()) == (1, True)
    assert ("parts.sum", "applications.received.natural_person") not in found(done)


def test_a_part_that_cannot_be_read_is_enough_for_the_status(tmp_path):
    (tmp_path / "部门").mkdir()
    (tmp_path / "部门" / "甲局.json").write_text(json.dumps(json.loads(SEED.read_bytes()) | {"agency": "甲局"}))
    assert run("check", SEED, "--parts", "部门", cwd=tmp_path).returncode == 0
    (tmp_path / "部门" / "乙局.json").write_text("{")
    assert run("check", SEED, "--parts", "部门", cwd=tmp_path).returncode == 1


def test_a_report_is_no_part_of_itself(tmp_path):
    city(tmp_path, received=2)
    done = run("check", "市.json", "--parts", "市.json", cwd=tmp_path)
    assert (done.returncode, "不能同时是" in done.stderr.decode()) == (2, True)
    assert run("check", "部门", "--parts", "部门", cwd=tmp_path).returncode == 2


def test_a_report_and_last_years_that_cannot_be_read_are_both_named(tmp_path):
    done = run("check", "a.xlsx", "--previous", "b.docx", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, b"")
    assert [line.partition(":")[0] for line in done.stderr.decode().splitlines()] == ["a.xlsx", "b.docx"]
