"""`annual-report batch`, in a process of its own, on a terminal and in a pipe."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from command_line import COMMAND, run, start
from conftest import AS_PUBLISHED, LARGE_CITY, SEED
from waiting import awaited, living

from annual_report import AnnualReport, load, render, render_many

JOURNAL = "annual-report-batch.jsonl"
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
    return {path.stem for path in documents(folder)}


def documents(folder):
    names = set(os.listdir(folder))
    assert JOURNAL in names
    return [folder / name for name in names - {JOURNAL}]


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
    told = "1 个文件不作为年报读取：in/notes.txt\n已完成 1/2，失败 0\n已完成 2/2，失败 0\n"
    assert done.stderr.decode() == told


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
    before = {path: path.stat().st_mtime_ns for path in documents(here / "out")}
    source = here / "in" / SEED.name
    source.write_bytes(source.read_bytes() + b"\n")
    done = run("batch", "in", "-o", "out", "--resume", cwd=here)
    assert done.stdout.decode().startswith("写出 1 份，已是最新 1 份，失败 0 份")
    assert {path.stem for path, time in before.items() if path.stat().st_mtime_ns != time} == {SEED.stem}


def test_documents_among_the_reports_are_not_taken_for_reports(tmp_path, seed):
    (tmp_path / "all.jsonl").write_text(seed.model_dump_json(), encoding="utf-8")
    render_many([tmp_path / "all.jsonl"], tmp_path, executor=ThreadPoolExecutor(1))
    done = run("batch", ".", "-o", ".", "--resume", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stdout.decode().startswith("写出 0 份，已是最新 1 份，")


COUNT = 1500
LEAST = 32
"""How many documents are written before a test sends its signal."""


@pytest.fixture
def many(tmp_path):
    """A folder with a JSON Lines file of more reports than are rendered before a test's signal comes."""
    report = AnnualReport.blank(agency="某局", year=2024)
    with (tmp_path / "all.jsonl").open("w", encoding="utf-8") as file:
        file.writelines(f"{report.model_copy(update={'agency': f'第{n}局'}).model_dump_json()}\n" for n in range(COUNT))
    return tmp_path


MANY = ("batch", "all.jsonl", "-o", "out", "--force", "--jobs")


def written_at_last(folder):
    """Wait until some documents are written and in the journal."""
    assert awaited(lambda: (folder / JOURNAL).exists() and lines(folder) >= LEAST)


def lines(folder):
    return (folder / JOURNAL).read_bytes().count(b"\n")


@pytest.mark.parametrize(
    ("send", "signals", "status"),
    [
        pytest.param(os.kill, [signal.SIGINT], 130, marks=pytest.mark.matrix),
        pytest.param(os.killpg, [signal.SIGINT], 130, marks=pytest.mark.matrix),
        pytest.param(os.killpg, [signal.SIGTERM], 143, marks=pytest.mark.matrix),
        pytest.param(os.kill, [signal.SIGHUP], 129, marks=pytest.mark.matrix),
        (os.killpg, [signal.SIGINT, signal.SIGINT, signal.SIGINT], 130),
        (os.kill, [signal.SIGTERM, signal.SIGINT], 143),
    ],
)
def test_an_interrupted_run_is_continued(many, send, signals, status):
    with start(*MANY, "2", cwd=many, stdout=-1, stderr=-1) as process:
        written_at_last(many / "out")
        for number in signals:
            send(process.pid, number)
            time.sleep(0.1)  # Python handles signals that come together by their numbers
        printed, told = process.communicate(timeout=30)
    assert (process.returncode, printed) == (status, b"")
    assert told.decode().endswith("已中断；加 --resume 可从此处继续\n")
    assert b"Traceback" not in told
    assert awaited(lambda: not living(process.pid))
    kept = lines(many / "out")
    assert LEAST <= kept < COUNT
    assert all(path.suffix == ".docx" for path in documents(many / "out"))
    done = run(*MANY, "1", "--resume", "--report", "result.json", cwd=many)
    assert done.returncode == 0
    result = json.loads((many / "result.json").read_bytes())
    assert (result["written"], result["skipped"]) == (COUNT - kept, kept)


def test_a_killed_run_leaves_no_process_and_is_continued(many):
    with start(*MANY, "2", cwd=many, stdout=-1, stderr=-1) as process:
        written_at_last(many / "out")
        process.kill()
        _, told = process.communicate(timeout=30)  # which ends when no process holds the pipes any more
    assert all(line.startswith("已完成") for line in told.decode().splitlines())
    assert awaited(lambda: not living(process.pid))
    assert run(*MANY, "1", "--resume", cwd=many).returncode == 0
    assert len(documents(many / "out")) == COUNT
    assert all(path.suffix == ".docx" for path in documents(many / "out"))


def test_a_signal_that_is_ignored_from_the_start_stays_ignored(many):
    script = f"trap '' HUP; exec {COMMAND} {' '.join(MANY)} 2"
    with subprocess.Popen(["/bin/sh", "-c", script], cwd=many, stdout=-1, stderr=-1, start_new_session=True) as process:
        written_at_last(many / "out")
        os.killpg(process.pid, signal.SIGHUP)
        process.communicate()
    assert process.returncode == 0
    assert len(documents(many / "out")) == COUNT


@pytest.mark.parametrize("jobs", ["300", "99999999999"])
def test_there_are_no_more_processes_than_work(here, jobs):
    with start("batch", f"in/{SEED.name}", "-o", "out", "--jobs", jobs, cwd=here, stdout=-1, stderr=-1) as process:
        most = 0
        while process.poll() is None:
            most = max(most, len(living(process.pid)))
    assert process.returncode == 0
    assert most <= 3  # the command, one worker, and Python's tracker of resources


@pytest.mark.parametrize("report", [["--report", "-"], ["--report=-"]])
def test_the_result_goes_to_standard_output_alone(here, report):
    done = run("batch", "in", "-o", "out", *report, cwd=here)
    assert json.loads(done.stdout)["written"] == 2
    assert "写出 2 份" in done.stderr.decode()


@pytest.mark.parametrize("target", [f"in/{SEED.name}", "link.json", "office.toml"])
def test_a_result_that_would_overwrite_an_input_is_refused(here, target):
    (here / "link.json").symlink_to(here / "in" / SEED.name)
    (here / "office.toml").write_text("lines = 20\n")
    before = (here / target).read_bytes()
    done = run("batch", "in", "-o", "out", "--style", "office.toml", "--report", target, cwd=here)
    assert done.returncode == 2
    assert f"{target}: 会覆盖" in done.stderr.decode()
    assert (here / target).read_bytes() == before
    assert not (here / "out").exists()


@pytest.mark.parametrize("closed", ["2>&-", "2>/dev/full", ">&-", "<&-", "<&- >&- 2>&-", "2>&1 | true"])
def test_a_stream_that_is_closed_stops_no_batch(here, closed):
    done = subprocess.run(
        ["/bin/bash", "-c", f"{COMMAND} batch in -o out {closed}"], cwd=here, check=False, capture_output=True
    )
    assert written(here / "out") == NAMES
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nowhere"], "nowhere: 没有这个文件或文件夹"),
        (["empty"], "empty: 这里没有年度报告"),
        (["in", "--style", "nicest"], "nicest"),
        (["in", "--format", "odt"], "odt"),
        (["in", "twice/in"], f"与 in/{SEED.name} 会写到同一份文档"),
        (["in", "--jobs", "0"], "--jobs"),
        (["in", "--report", "nowhere/result.json"], "nowhere: 没有这个文件或文件夹"),
        (["in", "--report", "."], ".: 这是文件夹，不是文件"),
        (["in", "--report", "/proc/result.json"], "/proc: "),
        (["in", "--report", "x" * 300], f"{'x' * 300}: 文件名太长"),
        (["x" * 300], f"{'x' * 300}: 文件名太长"),
        ([""], "不是文件路径"),
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
