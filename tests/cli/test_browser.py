"""The page that the browser opens is temporary."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress

import pytest
from command_line import run
from conftest import SEED


@pytest.fixture
def temporary(tmp_path, monkeypatch):
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    return folder


def wait_until(holds):
    for _ in range(200):
        if holds():
            return True
        time.sleep(0.05)
    return False


def open_page(command, seconds, monkeypatch, cwd):
    """Open a page in a process group of its own, which is told in the end that its terminal is closed."""
    monkeypatch.setenv("BROWSER", command)
    code = (
        "import sys\nfrom annual_report.cli import browser\nbrowser.SECONDS_TO_READ = float(sys.argv[1])\n"
        "browser.open_page('页面'.encode(), '年报.html')"
    )
    command = [sys.executable, "-c", code, str(seconds)]
    with subprocess.Popen(command, cwd=cwd, stdout=subprocess.DEVNULL, start_new_session=True) as process:
        process.wait()
    with suppress(ProcessLookupError):  # which is as it should be
        os.killpg(process.pid, signal.SIGHUP)
    return process


def test_the_page_is_removed_when_the_browser_has_read_it(tmp_path, temporary, monkeypatch):
    assert open_page("true %s", 1, monkeypatch, tmp_path).returncode == 0
    (folder,) = temporary.iterdir()
    assert (folder / "年报.html").read_text(encoding="utf-8") == "页面"
    assert wait_until(lambda: not folder.exists())


def test_without_a_browser_nothing_is_left(tmp_path, temporary, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("BROWSER", "missing-browser")
    done = run("view", SEED, cwd=tmp_path)
    assert (done.returncode, done.stderr.decode()) == (
        2,
        f"{SEED.stem}.html: 没有可用来打开它的浏览器；请用 -o 写入文件\n",
    )
    assert list(temporary.iterdir()) == []


def test_without_a_report_nothing_is_left(tmp_path, temporary):
    assert run("view", "missing.json", cwd=tmp_path).returncode == 2
    assert list(temporary.iterdir()) == []
