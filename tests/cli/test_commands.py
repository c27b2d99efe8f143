"""The real console command, in a process of its own."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urlparse

import pytest
from command_line import COMMAND, run, start
from conftest import SEED

from annual_report import AnnualReport, Style, __version__, check, json_schema, render


@pytest.fixture
def here(tmp_path):
    (tmp_path / "report.json").write_bytes(SEED.read_bytes())
    return tmp_path


def test_a_report_is_rendered_beside_it(here, seed):
    done = run("render", "report.json", cwd=here)
    assert (done.returncode, done.stdout.decode(), done.stderr) == (0, "已写入：report.docx\n", b"")
    assert (here / "report.docx").read_bytes() == render(seed)


@pytest.mark.parametrize(("kind", "option"), [("sheet", True), ("inline", "inline")])
def test_a_report_is_rendered_for_a_sites_own_page(here, seed, kind, option):
    assert run("render", "report.json", "-o", "out.html", "--fragment", kind, cwd=here).returncode == 0
    assert (here / "out.html").read_bytes() == render(seed, format="html", fragment=option)
    refused = run("render", "report.json", "-o", "out.docx", "--fragment", kind, cwd=here)
    assert refused.returncode == 2
    assert b"fragment" in refused.stderr
    assert not (here / "out.docx").exists()


def test_a_report_is_rendered_where_it_is_told(here, seed):
    assert run("render", "report.json", "-o", "out.docx", "--style", "large-print", cwd=here).returncode == 0
    assert (here / "out.docx").read_bytes() == render(seed, style="large-print")


@pytest.mark.parametrize("name", ["office.toml", "OFFICE.TOML"])
def test_a_house_style_is_taken_from_a_file(here, seed, name):
    (here / name).write_text("lines = 20\n")
    assert run("render", "report.json", "--style", name, cwd=here).returncode == 0
    assert (here / "report.docx").read_bytes() == render(seed, style=Style(lines=20))


def test_standard_input_and_output(here, seed):
    done = run("render", "-", cwd=here, stdin=SEED.read_bytes())
    assert (done.returncode, done.stdout) == (0, render(seed))
    assert run("render", "report.json", "-o", "-", cwd=here).stdout == render(seed)


def test_a_dash_is_standard_output_even_beside_a_folder_of_this_name(here, seed):
    (here / "-").mkdir()
    assert run("render", "report.json", "-o", "-", cwd=here).stdout == render(seed)


@pytest.mark.parametrize(("name", "begins"), [("x.html", b"<!DOCTYPE html>"), ("x.docx", b"PK")])
def test_the_suffix_chooses_the_format(here, name, begins):
    assert run("render", "report.json", "-o", name, cwd=here).returncode == 0
    assert (here / name).read_bytes().startswith(begins)


def test_without_libreoffice_the_package_is_named(here, monkeypatch):
    monkeypatch.setenv("PATH", str(here))
    done = run("render", "report.json", "-o", "x.pdf", cwd=here)
    assert (done.returncode, done.stdout) == (2, b"")
    assert "apt-get install libreoffice-writer" in done.stderr.decode()
    assert not (here / "x.pdf").exists()


def browser(here, monkeypatch):
    """Let the browser be a program that keeps what it is given."""
    program = here / "browser"
    program.write_text(f'#!/bin/sh\nprintf %s "$1" > {here}/opened\n', encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("BROWSER", f"{program} %s")
    monkeypatch.setenv("TMPDIR", str(here))


def test_the_page_is_opened_in_the_browser(here, seed, monkeypatch):
    browser(here, monkeypatch)
    done = run("view", "report.json", cwd=here)
    assert done.returncode == 0
    place = Path(unquote(urlparse((here / "opened").read_text()).path))
    assert done.stdout.decode() == f"已写入：{place}\n"
    assert place.read_bytes() == render(seed, format="html")


def test_what_does_not_reconcile_is_opened_with_its_findings(here, seed_as_published, monkeypatch):
    browser(here, monkeypatch)
    monkeypatch.setenv("ANNUAL_REPORT_LANG", "zh")
    (here / "wrong.json").write_text(seed_as_published.model_dump_json(), encoding="utf-8")
    assert run("view", "wrong.json", cwd=here).returncode == 0
    place = Path(unquote(urlparse((here / "opened").read_text()).path))
    assert place.read_bytes() == render(seed_as_published, format="html", findings=check(seed_as_published))


def test_a_report_is_shown_in_the_style_that_is_asked_for(here, seed):
    (here / "office.toml").write_text("lines = 20\n")
    for style in ("large-print", "office.toml"):
        assert run("view", "report.json", "--style", style, "-o", "x.html", cwd=here).returncode == 0
        look = style if style == "large-print" else Style(lines=20)
        assert (here / "x.html").read_bytes() == render(seed, format="html", style=look)


def test_a_page_to_look_at_does_not_replace_the_style(here):
    (here / "office.toml").write_text("lines = 20\n")
    done = run("view", "report.json", "--style", "office.toml", "-o", "office.toml", cwd=here)
    assert (done.returncode, done.stderr.decode()) == (2, "office.toml: 会覆盖 office.toml\n")
    assert (here / "office.toml").read_text() == "lines = 20\n"


def test_without_a_browser_the_page_is_told(here, monkeypatch):
    monkeypatch.setenv("PATH", str(here))
    monkeypatch.setenv("BROWSER", "missing-browser")
    done = run("view", "report.json", cwd=here)
    assert done.returncode == 2
    assert ".html: " in done.stderr.decode()


def test_a_new_report_can_be_rendered(here):
    assert run("new", "--agency", "某局", "--year", "2024", cwd=here).returncode == 0
    report = AnnualReport.model_validate_json((here / "某局-2024.json").read_bytes())
    assert report == AnnualReport.blank(agency="某局", year=2024)
    assert run("render", "某局-2024.json", "--force", cwd=here).returncode == 0


def test_an_existing_file_stays_unless_forced(here):
    before = (here / "report.json").read_bytes()
    arguments = ("new", "--agency", "某局", "--year", "2024", "-o", "report.json")
    done = run(*arguments, cwd=here)
    assert (done.returncode, done.stderr.decode()) == (2, "report.json: 文件已存在；加 --force 覆盖\n")
    assert (here / "report.json").read_bytes() == before
    assert run(*arguments, "--force", cwd=here).returncode == 0
    assert (here / "report.json").read_bytes() != before


def test_the_schema_is_written(here):
    assert json.loads(run("schema", cwd=here).stdout) == json_schema()
    arguments = ("schema", "--edition", "2019", "--labels", "description", "-o", "schema.json")
    assert run(*arguments, cwd=here).returncode == 0
    assert json.loads((here / "schema.json").read_bytes()) == json_schema("2019", labels="description")
    done = run("schema", "--edition", "2031", cwd=here)
    assert (done.returncode, done.stderr.decode()) == (2, "没有 2031 版格式；现有：2021, 2019\n")


def test_the_version_is_shown(here):
    done = run("--version", cwd=here)
    assert (done.returncode, done.stdout.decode().strip()) == (0, __version__)


def test_help_is_chinese_unless_english_is_asked_for(here):
    assert "把年度报告写成文档" in run("--help", cwd=here).stdout.decode()
    assert "Write a report as a document" in run("--help", cwd=here, language="en").stdout.decode()
    for options in (("--lang", "en"), ("--lang=en",)):
        assert "Write a report as a document" in run("render", "--help", *options, cwd=here).stdout.decode()


@pytest.mark.parametrize(
    ("command", "arguments"),
    [("render", "{REPORT}"), ("check", "{REPORT}..."), ("export", "{INPUT}..."), ("explain", "[ID]")],
)
def test_help_shows_once_that_an_argument_may_be_left_out_or_repeated(here, command, arguments):
    usage = run(command, "--help", cwd=here).stdout.decode().splitlines()[0]
    assert usage == f"用法： annual-report {command} [选项] {arguments}"


BAD = {
    "missing.json": None,
    "empty.json": b"",
    "not-json.json": b'{"a": ',
    "a-list.json": b"[]",
    "gbk.json": '{"agency": "某局"}'.encode("gbk"),
    "unknown-key.json": json.dumps(json.loads(SEED.read_bytes()) | {"agancy": "x"}).encode(),
    "missing-section.json": json.dumps({"agency": "某局", "year": 2024}).encode(),
    "unknown-edition.json": SEED.read_bytes().replace(b'"2021"', b'"2031"', 1),
    "early.json": SEED.read_bytes().replace(b'"year": 2023', b'"year": 2018'),
    "late.json": SEED.read_bytes().replace(b'"year": 2023', b'"year": 2101'),
    "twice.json": SEED.read_bytes().replace(b'"year": 2023', b'"year": 2023, "year": 2023'),
}


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_unusable_input_is_told_and_nothing_is_written(here, name, language):
    if BAD[name] is not None:
        (here / name).write_bytes(BAD[name])
    before = sorted(os.listdir(here))
    (here / "out.docx").write_bytes(b"old")
    done = run("render", name, "-o", "out.docx", "--lang", language, cwd=here)
    assert done.returncode == 2
    assert done.stdout == b""
    assert all(line.startswith(f"{name}: ") for line in done.stderr.decode().splitlines())
    assert (here / "out.docx").read_bytes() == b"old"
    (here / "out.docx").unlink()
    assert sorted(os.listdir(here)) == before


@pytest.mark.parametrize(
    "arguments",
    [
        ["render"],
        ["render", "."],
        ["render", "report.json", "-o", "x.zzz"],
        ["render", "report.json", "-o", "missing/x.docx"],
        ["render", "report.json", "--frobnicate"],
        ["render", "report.json", "--lang", "fr"],
        ["render", "report.json", "--style", "nope"],
        ["render", "report.json", "--style", "nope.toml"],
        ["frobnicate"],
        ["new", "--agency", "某局"],
        ["new", "--agency", "某局", "--year", "x"],
        ["new", "--agency", "某局", "--year", "2018"],
        ["new", "--agency", "某局", "--year", "2024年"],
        ["new", "--agency", " ", "--year", "2024"],
    ],
)
def test_unusable_arguments_are_told_and_nothing_is_written(here, arguments):
    done = run(*arguments, cwd=here)
    assert done.returncode == 2
    assert done.stderr
    assert os.listdir(here) == ["report.json"]


def test_a_folder_is_no_report(here):
    (here / "folder.json").mkdir()
    done = run("render", "folder.json", cwd=here)
    assert (done.returncode, done.stderr.decode()) == (2, "folder.json: 这是文件夹，不是文件\n")


def test_without_the_extra_one_line_says_what_to_install(here):
    code = (
        "import sys, importlib.util as u; real = u.find_spec;"
        "u.find_spec = lambda name, package=None: None if name == 'typer' else real(name, package);"
        "from annual_report.cli import main; main()"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=here, capture_output=True, check=False)
    assert (done.returncode, done.stderr.decode().count("\n")) == (2, 1)
    assert done.stderr.decode().endswith("pip install typer rich\n")


def test_the_package_runs_as_a_module(here):
    done = subprocess.run(
        [sys.executable, "-m", "annual_report", "--version"], capture_output=True, check=True, cwd=here
    )
    assert done.stdout == run("--version", cwd=here).stdout


def shell(script, cwd):
    return subprocess.run(
        ["/bin/bash", "-c", f'run="{COMMAND}"; {script}'], cwd=cwd, capture_output=True, check=False, text=True
    )


@pytest.mark.parametrize(
    ("script", "status", "words"),
    [
        ('"$run" schema >&-', 2, "-: 标准输出已关闭\n"),
        ('"$run" check report.json >&-', 2, "-: 标准输出已关闭\n"),
        ('"$run" check report.json >/dev/full', 2, "-: 磁盘空间不足\n"),
        ('"$run" check missing.json 2>&-', 2, ""),
        ('"$run" schema >/dev/full', 2, "-: 磁盘空间不足\n"),
        ('"$run" --version >/dev/full', 2, "-: 磁盘空间不足\n"),
        ('"$run" --help >/dev/full', 2, "-: 磁盘空间不足\n"),
        ('"$run" render - -o x.docx <&-', 2, "-: 标准输入已关闭\n"),
        ('"$run" render missing.json 2>&-', 2, ""),
    ],
)
def test_what_goes_wrong_around_the_command_is_told_in_one_language(here, script, status, words):
    done = shell(script, here)
    assert (done.returncode, done.stderr) == (status, words)
    assert os.listdir(here) == ["report.json"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["schema", "-o", "0" * 300], f"{'0' * 300}: 文件名太长\n"),
        (["new", "--agency", "某局", "--year", "2024", "-o", f"{'0' * 295}.json"], f"{'0' * 295}.json: 文件名太长\n"),
        (["schema", "-o", ""], ".: 这是文件夹，不是文件\n"),
        (["render", "report.json", "-o", "x\n\033[31m/x.docx"], "x\\n\\x1b[31m/x.docx: 没有这个文件或文件夹\n"),
        (["frobnicate"], "没有命令 frobnicate\n用法见 annual-report --help\n"),
        (["render", "report.json", "a", "b"], "多余的参数：a b\n用法见 annual-report render --help\n"),
        (["render", "report.json", "-o"], "-o 后面要有值\n用法见 annual-report --help\n"),
        (["new", "--force=1"], "--force 后面不能有值\n用法见 annual-report --help\n"),
        (["--lang", "en", "frobnicate"], "there is no command frobnicate\nsee annual-report --help\n"),
    ],
)
def test_what_is_wrong_with_the_arguments_is_told_in_one_language(here, arguments, words):
    done = run(*arguments, cwd=here)
    assert (done.returncode, done.stderr.decode()) == (2, words)
    assert os.listdir(here) == ["report.json"]


def test_a_terminal_of_few_letters_is_no_error(here):
    done = shell('PYTHONIOENCODING=latin-1 "$run" render report.json', here)
    assert (done.returncode, done.stderr) == (0, "")
    assert (here / "report.docx").exists()


def test_an_interrupted_command_leaves_nothing(here):
    more_than_a_pipe_holds = b" " * 1_000_000
    with start("render", "-", "-o", "x.docx", cwd=here, stdin=-1, stderr=-1) as process:
        process.stdin.write(more_than_a_pipe_holds)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate()  # ends the input, for a signal between two reads is seen only behind them
        assert (process.returncode, said) == (130, b"")
    assert os.listdir(here) == ["report.json"]


def test_a_command_interrupted_while_it_is_imported_is_no_traceback(here):
    code = "import sys\nclass Finder:\n  def find_spec(name, *_):\n    if name == MODULE: raise KeyboardInterrupt"
    code += "\nfrom annual_report.cli import main\nsys.meta_path.insert(0, Finder)\nmain()"
    for module in ("annual_report.messages", "annual_report.cli.commands", "annual_report.style"):
        for script in (code, code.replace("raise K", "raise RuntimeError from K")):
            command = [sys.executable, "-c", script.replace("MODULE", repr(module)), "render", "report.json"]
            done = subprocess.run(command, cwd=here, capture_output=True, check=False)
            assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")


def test_a_reader_that_goes_away_is_no_traceback(here):
    unread, written = os.pipe()
    os.close(unread)
    done = subprocess.run([COMMAND, "schema"], cwd=here, stdout=written, stderr=-1, check=False)
    os.close(written)
    assert (done.returncode, done.stderr) == (141, b"")


def test_a_pipe_is_written_into(here, seed):
    os.mkfifo(here / "pipe.docx")
    done = shell('cat pipe.docx >copy & "$run" render report.json -o pipe.docx; wait', here)
    assert done.returncode == 0
    assert (here / "copy").read_bytes() == render(seed)
    assert (here / "pipe.docx").is_fifo()


def test_no_word_of_help_stays_english(here):
    for command in ([], ["render"], ["check"], ["batch"], ["view"], ["new"], ["schema"]):
        words = run(*command, "--help", cwd=here).stdout.decode()
        assert not re.search(
            r"[A-Za-z]{2,} [a-z]{2,} [a-z]{2,}|Usage|Options:|Arguments|Commands|required|default", words
        )


@pytest.mark.parametrize("command", ["schema", "--help", "--version", "render --help", "check report.json"])
def test_output_that_nobody_reads_is_one_exit_status(here, command):
    unread, written = os.pipe()
    os.close(unread)
    done = subprocess.run([COMMAND, *command.split()], cwd=here, stdout=written, stderr=-1, check=False)
    os.close(written)
    assert (done.returncode, done.stderr) == (141, b"")


def test_the_name_of_what_is_written_is_one_line(here):
    done = run("schema", "-o", "x\n\x1b[31m.json", cwd=here)
    assert done.stdout.decode() == "已写入：x\\n\\x1b[31m.json\n"


@pytest.mark.parametrize("target", ["report.json", "./report.json", "link.json", "hard.json", "office.toml"])
def test_what_is_read_is_not_overwritten(here, target):
    (here / "link.json").symlink_to("report.json")
    (here / "hard.json").hardlink_to(here / "report.json")
    (here / "office.toml").write_text("lines = 20\n")
    before = (here / target).read_bytes()
    done = run("render", "report.json", "--format", "docx", "--style", "office.toml", "-o", target, cwd=here)
    assert done.returncode == 2
    assert done.stderr.decode().startswith(f"{target}: 会覆盖 ")
    assert (here / target).read_bytes() == before


def test_what_a_killed_command_left_is_removed_by_the_next(here):
    code = (
        "import os, pathlib\nfrom annual_report.scratch import scratch_folder\n"
        "with scratch_folder(pathlib.Path()): os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", code], cwd=here, check=False)
    assert run("render", "report.json", cwd=here).returncode == 0
    assert sorted(os.listdir(here)) == ["report.docx", "report.json"]
