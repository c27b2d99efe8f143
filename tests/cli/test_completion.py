"""Completion in real shells, on a terminal."""

from __future__ import annotations

import os
import pty
import re
import select
import shutil
import subprocess
import time

import pytest
from command_line import COMMAND, run
from programs import require

from annual_report.style import PRESETS
from annual_report.writers import FORMATS

SHELLS = ["bash", "zsh", "fish"]


class Terminal:
    """A shell on a terminal."""

    def __init__(self, shell, home):
        self.process_id, self.descriptor = pty.fork()
        if not self.process_id:
            os.chdir(home)
            os.execvpe(shell, [shell, "-i"], environment(home))  # noqa: S606  # a shell is what is tested

    def type(self, keys):
        os.write(self.descriptor, keys.encode())

    def shows(self, words, seconds=90):
        """Wait until the terminal shows words."""
        seen, end = "", time.monotonic() + seconds
        while time.monotonic() < end:
            if select.select([self.descriptor], [], [], 0.2)[0]:
                data = os.read(self.descriptor, 65536)
                if b"\x1b[0c" in data or b"\x1b[c" in data:  # fish asks what terminal this is
                    os.write(self.descriptor, b"\x1b[?62c")
                seen += data.decode(errors="replace")
            if re.search(words, re.sub(r"\x1b\[[0-9;?<>=]*[a-zA-Z]|[\r\x08]", "", seen)):
                return True
        pytest.fail(f"{words!r} is not in {seen!r}")

    def close(self):
        os.close(self.descriptor)
        os.kill(self.process_id, 9)
        os.waitpid(self.process_id, 0)


def environment(home):
    path = f"{COMMAND.parent}:{os.environ['PATH']}"
    kept = {name: os.environ[name] for name in ("PYTHONPATH",) if name in os.environ}
    return kept | {"HOME": str(home), "PATH": path, "TERM": "xterm", "LANG": "C.UTF-8", "PS1": "$ "}


@pytest.fixture(params=SHELLS)
def shell(request, tmp_path):
    """A shell in which completion has been installed by the command."""
    program = require(request.param)
    script = f"{COMMAND.name} --install-completion; true"
    done = subprocess.run(
        [program, "-c", script], env=environment(tmp_path), cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith(f"已为 {request.param} 安装命令补全：{tmp_path}")
    assert done.stderr == ""
    terminal = Terminal(request.param, tmp_path)
    yield terminal
    terminal.close()


@pytest.mark.parametrize(
    ("keys", "completed"),
    [
        ("annual-report agg\t", "annual-report aggregate"),
        ("annual-report render x.json --format h\t", "--format html"),
        ("annual-report render x.json --style large\t", "--style large-print"),
        ("annual-report explain narrative.unf\t", "explain narrative.unfinished"),
    ],
)
def test_a_shell_completes_words(shell, keys, completed):
    shell.shows(r"[$%#>] ")
    shell.type(keys)
    shell.shows(completed)


def completions(words, tmp_path, monkeypatch, shell="bash"):
    """Ask the command for completions as the script of a shell does."""
    monkeypatch.setenv("_ANNUAL_REPORT_COMPLETE", f"complete_{shell}")
    monkeypatch.setenv("COMP_WORDS", words)
    monkeypatch.setenv("COMP_CWORD", str(len(words.split(" ")) - 1))
    monkeypatch.setenv("_TYPER_COMPLETE_ARGS", words)
    done = run(cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")
    return done.stdout.decode().split("\n")[:-1]


def test_every_value_is_offered(tmp_path, monkeypatch):
    offered = lambda words: completions(f"annual-report {words}", tmp_path, monkeypatch)  # noqa: E731
    assert set(offered("batch . --format ")) == {*FORMATS}
    assert set(offered("view x --style ")) == {*PRESETS}
    assert set(offered("check x --format ")) == {"text", "json", "csv"}
    assert offered("schema --edition ") == ["2021", "2019"]
    assert {"applications.balance", "narrative.empty", "previous.in_force"} < {*offered("explain ")}
    assert {"render", "check", "batch", "view"} < {*offered("")}
    assert "--previous" in offered("check --pre")


def test_powershell_is_offered_what_the_others_are(tmp_path, monkeypatch):
    monkeypatch.setenv("_TYPER_COMPLETE_WORD_TO_COMPLETE", "rend")
    assert completions("annual-report rend", tmp_path, monkeypatch, "powershell") == ["render:::把年度报告写成文档。"]


@pytest.mark.parametrize("width", ["20", "80", None])
def test_powershell_reads_a_line_for_every_word(tmp_path, monkeypatch, width):
    """Its script takes each line for a word and its help, and stops at a line that has no help."""
    if width:
        monkeypatch.setenv("COLUMNS", width)
    monkeypatch.setenv("_TYPER_COMPLETE_WORD_TO_COMPLETE", "")
    for words in ("annual-report ", "annual-report explain ", "annual-report render x.json --style "):
        offered = [line.split(":::") for line in completions(words, tmp_path, monkeypatch, "powershell")]
        assert {len(parts) for parts in offered} == {2}
        assert all(word and help_text for word, help_text in offered)
    assert [word for word, _ in offered] == [*PRESETS]


def test_powershell_is_given_a_script_that_asks_for_completions(tmp_path):
    """The shell is told by its name; a dash of that name prints what PowerShell would."""
    named = tmp_path / "pwsh"
    shutil.copy(require("dash"), named)
    script = f"{COMMAND.name} --show-completion; true"
    done = subprocess.run([named, "-c", script], env=environment(tmp_path), capture_output=True, text=True, check=True)
    for line in (
        '$Env:_ANNUAL_REPORT_COMPLETE = "complete_powershell"',
        "annual-report | ForEach-Object {",
        "Register-ArgumentCompleter -Native -CommandName annual-report -ScriptBlock $scriptblock",
    ):
        assert line in done.stdout


def test_another_shell_is_told_which_are_supported(tmp_path):
    script = f"{COMMAND.name} --install-completion; echo $?"
    done = subprocess.run(
        [require("dash"), "-c", script], env=environment(tmp_path), capture_output=True, text=True, check=True
    )
    assert done.stderr == "命令补全支持 bash、zsh、fish 和 PowerShell，当前的 shell 不在其中\n"
    assert done.stdout == "2\n"
    assert list(tmp_path.iterdir()) == []


def test_a_home_that_cannot_be_written_is_an_error(tmp_path):
    (tmp_path / ".bash_completions").write_text("")
    script = f"{COMMAND.name} --install-completion; echo $?"
    done = subprocess.run(
        ["/bin/bash", "-c", script], env=environment(tmp_path), capture_output=True, text=True, check=True
    )
    assert (done.stdout, done.stderr.count("\n"), "Traceback" in done.stderr) == ("2\n", 1, False)
