"""`annual-report batch`, in a process of its own, on a terminal and in a pipe."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import time

import pytest
from command_line import COMMAND, run
from conftest import AS_PUBLISHED, LARGE_CITY, SEED

from annual_report import AnnualReport, load, render

NAMES = {SEED.stem, LARGE_CITY.stem}


@pytest.fixture
def here(tmp_path):
    """A folder with a folder of two reports that reconcile and something that is none."""
    (tmp_path / "in").mkdir()
    for file in (SEED, LARGE_CITY):
        (tmp_path / "in" / file.name).write_bytes(file.read_bytes())
    (tmp_path / "in" / "notes.txt").write_text("x")
    return tmp_path


def written(folder):
    return {path.stem for path in folder.iterdir()}


@pytest.mark.parametrize("inputs", [["in"], ["in/*.json"], [f"in/{SEED.name}", f"in/{LARGE_CITY.name}", "in"]])
def test_inputs_are_files_folders_and_globs(here, inputs):
    done = run("batch", *inputs, "-o", "out", cwd=here)
    assert done.returncode == 0
    assert written(here / "out") == NAMES
    assert (here / "out" / f"{SEED.stem}.docx").read_bytes() == render(load(SEED))


def test_json_lines_hold_a_report_a_line(here):
    lines = [load(SEED).model_copy(update={"agency": name}).model_dump_json() for name in ("甲局", "乙局")]
    (here / "all.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert run("batch", "all.jsonl", "-o", "out", cwd=here).returncode == 0
    assert written(here / "out") == {"甲局-2023", "乙局-2023"}


def test_the_last_line_counts(here):
    done = run("batch", "in", "-o", "out", "--jobs", "1", cwd=here)
    assert done.stdout.decode().startswith("写出 2 份，已是最新 0 份，失败 0 份，用时 ")
    english = run("batch", "in", "-o", "out", "--resume", "--lang", "en", cwd=here)
    assert english.stdout.decode().startswith("0 written, 2 up to date, 0 failed, ")


def test_a_pipe_is_told_in_plain_lines(here):
    done = run("batch", "in", "-o", "out", cwd=here)
    assert done.stderr.decode() == "已完成 1/2，失败 0\n已完成 2/2，失败 0\n"


def test_a_terminal_is_shown_a_bar(here):
    ours, theirs = pty.openpty()
    with subprocess.Popen([COMMAND, "batch", "in", "-o", "out"], cwd=here, stdout=-1, stderr=theirs) as process:
        os.close(theirs)
        shown = b""
        while piece := _read(ours):
            shown += piece
    assert process.returncode == 0
    assert "━" in shown.decode()
    assert "2/2" in shown.decode()


def _read(terminal):
    """Read on; a terminal whose program has ended is an error rather than an end."""
    try:
        return os.read(terminal, 65536)
    except OSError:
        return b""


def test_failures_are_told_with_their_findings_and_stop_no_other(here):
    (here / "in" / "wrong.json").write_bytes(AS_PUBLISHED.read_bytes())
    (here / "in" / "broken.json").write_text('{"agency": ""}')
    done = run("batch", "in", "-o", "out", "--report", "result.json", cwd=here)
    assert done.returncode == 1
    assert written(here / "out") == NAMES
    told = done.stderr.decode()
    assert "已完成 4/4，失败 2\n" in told
    assert "\nin/wrong.json: 错误: 三、收到和处理政府信息公开申请情况 › （七）总计 › 自然人" in told
    assert "行政机关名称 (agency): 不能为空" in told
    result = json.loads((here / "result.json").read_bytes())
    assert (result["total"], result["written"], result["failed"]) == (4, 2, 2)
    broken, wrong = result["failures"]
    assert (broken["source"], wrong["source"]) == ("in/broken.json", "in/wrong.json")
    assert [finding["id"] for finding in wrong["findings"]] == ["applications.outcomes"] * 2


def test_what_does_not_reconcile_can_be_forced(here):
    assert run("batch", AS_PUBLISHED, "-o", "out", "--force", cwd=here).returncode == 0
    assert written(here / "out") == {AS_PUBLISHED.stem}


def test_format_and_style_are_chosen(here):
    assert run("batch", "in", "-o", "pages", "--format", "html", cwd=here).returncode == 0
    assert (here / "pages" / f"{SEED.stem}.html").read_bytes() == render(load(SEED), format="html")
    (here / "office.toml").write_text("lines = 20\n")
    for style in ("large-print", "office.toml"):
        assert run("batch", "in", "-o", style[:5], "--style", style, cwd=here).returncode == 0
        assert (here / style[:5] / f"{SEED.stem}.docx").read_bytes() != render(load(SEED))


def test_what_is_up_to_date_is_left_alone(here):
    run("batch", "in", "-o", "out", cwd=here)
    before = {path: path.stat().st_mtime_ns for path in (here / "out").iterdir()}
    later = time.time() + 10
    os.utime(here / "in" / SEED.name, (later, later))
    done = run("batch", "in", "-o", "out", "--resume", cwd=here)
    assert done.stdout.decode().startswith("写出 1 份，已是最新 1 份，失败 0 份")
    assert {path.stem for path, time in before.items() if path.stat().st_mtime_ns != time} == {SEED.stem}


def test_an_interrupted_run_is_continued(here):
    count = 4000
    report = AnnualReport.blank(agency="某局", year=2024)
    with (here / "all.jsonl").open("w", encoding="utf-8") as file:
        file.writelines(f"{report.model_copy(update={'agency': f'第{n}局'}).model_dump_json()}\n" for n in range(count))
    command = [COMMAND, "batch", "all.jsonl", "-o", "out", "--force", "--jobs", "2"]
    with subprocess.Popen(command, cwd=here, stdout=-1, stderr=-1, start_new_session=True) as process:
        while not (here / "out").exists() or len(os.listdir(here / "out")) < 100:
            time.sleep(0.01)
        os.killpg(process.pid, signal.SIGINT)
        _, told = process.communicate()
    assert process.returncode == 130
    assert told.decode().endswith("已中断；加 --resume 可从此处继续\n")
    kept = os.listdir(here / "out")
    assert 100 <= len(kept) < count
    assert all(name.endswith(".docx") for name in kept)
    done = run(*command[1:], "--resume", "--report", "result.json", cwd=here)
    assert done.returncode == 0
    result = json.loads((here / "result.json").read_bytes())
    assert (result["written"], result["skipped"]) == (count - len(kept), len(kept))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nowhere"], "nowhere: 这里没有年度报告"),
        (["empty"], "empty: 这里没有年度报告"),
        (["in", "--style", "nicest"], "nicest"),
        (["in", "--format", "odt"], "odt"),
        (["in", "twice/in"], f"与 in/{SEED.name} 会写到同一份文档"),
        (["in", "--jobs", "0"], "--jobs"),
        (["in", "--report", "nowhere/result.json"], "nowhere: 没有这个文件或文件夹"),
    ],
)
def test_unusable_arguments_are_told_and_nothing_is_written(here, arguments, words):
    (here / "empty").mkdir()
    (here / "twice" / "in").mkdir(parents=True)
    (here / "twice" / "in" / SEED.name).write_bytes(SEED.read_bytes())
    done = run("batch", *arguments, "-o", "out", cwd=here)
    assert done.returncode == 2
    assert words in done.stderr.decode()
    assert not (here / "out").exists()
