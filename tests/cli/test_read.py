"""The command `read`: what it shows, what it writes, and how it ends."""

from __future__ import annotations

import json

import pytest
from command_line import run
from conftest import LARGE_CITY, SEED

from annual_report import AnnualReport, load, loads, read, render


def test_a_report_without_doubt_ends_with_0(tmp_path):
    done = run("read", str(SEED), cwd=tmp_path)
    assert done.returncode == 0
    assert done.stdout.decode().splitlines() == [
        "石嘴山市民政局，2023 年，2021 版格式：200 个数据读出 200 个",
        "存疑 0 处，提示 0 处",
    ]


def test_what_is_unusual_is_told_and_does_not_count(tmp_path, data):
    data["issued_on"] = "2025年1月15日"
    (tmp_path / "年报.json").write_text(json.dumps(data), encoding="utf-8")
    done = run("read", "年报.json", "-o", "新.json", cwd=tmp_path)
    assert done.returncode == 0
    assert "成文日期 (issued_on): 按 2025-01-15 读取" in done.stdout.decode()
    assert str(loads((tmp_path / "新.json").read_bytes()).issued_on) == "2025-01-15"


def test_what_the_file_does_not_say_is_unknown(tmp_path, seed):
    plain = seed.model_copy(update={"title": "年度报告", "preamble": ()})
    (tmp_path / "a.txt").write_bytes(render(plain, format="txt"))
    done = run("read", "a.txt", cwd=tmp_path)
    assert done.returncode == 1
    lines = done.stdout.decode().splitlines()
    assert lines[0].startswith("（不详），（不详） 年，2021 版格式：")
    assert lines[1].startswith("存疑：行政机关名称 (agency): ")


def test_many_remarks_that_say_the_same_are_one_line(tmp_path):
    published = render(AnnualReport.blank(agency="某局", year=2024), format="txt", allow_findings=True)
    (tmp_path / "a.txt").write_bytes(published.replace(b"\t0", b"\t/"))
    lines = run("read", "a.txt", cwd=tmp_path).stdout.decode().splitlines()
    dashes = [line for line in lines if "按 0 读取" in line]
    assert len(dashes) == 1
    assert dashes[0].startswith("提示：")
    number = len(read(tmp_path / "a.txt").infos)
    assert f"　　另有 {number - 1} 处相同，加 --format json 全部列出" in lines
    assert lines[-1] == f"存疑 0 处，提示 {number} 处"


@pytest.mark.parametrize(("dashes", "lines"), [(5, 5), (6, 1)])
def test_up_to_five_remarks_that_say_the_same_are_shown_one_by_one(tmp_path, dashes, lines):
    published = render(AnnualReport.blank(agency="某局", year=2024), format="txt", allow_findings=True)
    (tmp_path / "a.txt").write_bytes(published.replace(b"\t0", b"\t/", dashes))
    assert run("read", "a.txt", cwd=tmp_path).stdout.decode().count("按 0 读取") == lines


def test_json_is_for_programs(tmp_path):
    done = run("read", str(LARGE_CITY), "--format", "json", cwd=tmp_path)
    plain = json.loads(done.stdout)
    assert plain["report"]["agency"] == json.loads(LARGE_CITY.read_bytes())["agency"]
    assert plain["deviations"] == []


def test_standard_input_and_output_work(tmp_path, large_city):
    done = run("read", "-", "-o", "-", cwd=tmp_path, stdin=LARGE_CITY.read_bytes())
    assert loads(done.stdout) == large_city


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b"{"])
def test_what_is_no_report_ends_with_2_and_writes_nothing(tmp_path, content):
    (tmp_path / "a.json").write_bytes(content)
    done = run("read", "a.json", "-o", "b.json", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.decode().startswith("a.json: ")
    assert not (tmp_path / "b.json").exists()


def test_render_does_not_replace_the_file_that_it_reads(tmp_path, seed):
    content = seed.model_dump_json().encode()
    (tmp_path / "a.json").write_bytes(content)
    done = run("render", "a.json", "--format", "json", "--force", cwd=tmp_path)
    assert done.returncode == 2
    assert "-o" in done.stderr.decode()
    assert (tmp_path / "a.json").read_bytes() == content
    assert run("render", "a.json", "--force", "-o", "b.txt", cwd=tmp_path).returncode == 0
    assert (tmp_path / "b.txt").read_text(encoding="utf-8").startswith("石嘴山市民政局\n")


def published_with(text: str) -> bytes:
    """Publish the seed report as text, with another text in place of its number of licences."""
    pasted = render(load(SEED), format="txt").decode()
    assert pasted.count("行政许可\t7") == 1
    return pasted.replace("行政许可\t7", f"行政许可\t{text}").encode()


def test_a_doubt_ends_with_1_and_is_left_out_of_the_json(tmp_path):
    (tmp_path / "年报.txt").write_bytes(published_with("若干"))
    done = run("read", "年报.txt", "-o", "年报.json", cwd=tmp_path)
    assert done.returncode == 1
    assert "proactive_disclosure.licensing.decisions" in done.stdout.decode()
    written = json.loads((tmp_path / "年报.json").read_bytes())
    assert "decisions" not in written["proactive_disclosure"]["licensing"]
    refused = run("check", "年报.json", cwd=tmp_path)
    assert refused.returncode == 2
    assert "licensing.decisions" in refused.stderr.decode()


@pytest.mark.parametrize("command", [("check",), ("render", "-o", "b.json"), ("view",)])
def test_the_other_commands_refuse_a_doubt_and_name_this_one(tmp_path, command):
    (tmp_path / "年报.txt").write_bytes(published_with("若干"))
    done = run(command[0], "年报.txt", *command[1:], cwd=tmp_path)
    assert done.returncode == 2
    assert "annual-report read 年报.txt" in done.stderr.decode()
    assert list(tmp_path.iterdir()) == [tmp_path / "年报.txt"]


def test_numbers_that_do_not_reconcile_become_data_but_no_document(tmp_path, seed_as_published):
    (tmp_path / "a.txt").write_bytes(render(seed_as_published, format="txt", allow_findings=True))
    assert run("render", "a.txt", "-o", "a.json", cwd=tmp_path).returncode == 0
    assert loads((tmp_path / "a.json").read_bytes()) == seed_as_published
    assert run("render", "a.txt", "-o", "a.docx", cwd=tmp_path).returncode != 0
    assert not (tmp_path / "a.docx").exists()
