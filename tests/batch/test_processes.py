from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from concurrent.futures import BrokenExecutor
from functools import partial

import psutil
import pytest
from conftest import SEED, ends_soon

from annual_report import Style, load, render
from annual_report.batch import Processes


def test_processes_are_replaced_when_one_dies():
    with Processes(2) as pool:
        with pytest.raises(BrokenExecutor):
            pool.submit(os._exit, 1).result()
        assert pool.submit(abs, -3).result() == 3


def test_there_are_at_most_four_per_core_and_never_more_than_calls():
    with Processes(10**12) as pool:
        assert pool._count == 4 * len(os.sched_getaffinity(0))
        assert pool.submit(os.getpid).result() != os.getpid()
        assert len(pool._context.started) == 1


@ends_soon
def test_a_block_left_by_an_exception_ends_what_runs():
    pids = []

    def stop_in_the_middle():
        with Processes(1) as pool:
            pids.append(pool.submit(os.getpid).result())
            pool.submit(time.sleep, 200)
            raise KeyError

    with pytest.raises(KeyError):
        stop_in_the_middle()
    assert not psutil.pid_exists(pids[0])


def test_threads_that_render_do_not_hang_the_processes_that_are_started_meanwhile():
    """A fork would copy the locks that lxml's threads hold."""
    report = load(SEED)
    stopped = threading.Event()

    def keep_rendering(first):
        number = first
        while not stopped.is_set():
            number += 2
            render(report, style=Style(title_space=number % 700 / 100))

    threads = [threading.Thread(target=keep_rendering, args=(first,)) for first in (0, 1)]
    for thread in threads:
        thread.start()
    try:
        for number in range(4):
            with Processes(2) as pool:
                styled = partial(render, report, style=Style(title_space=7 + number / 10))
                assert pool.submit(styled).result(timeout=120).startswith(b"PK")
    finally:
        stopped.set()
        for thread in threads:
            thread.join()


UNGUARDED = """
from annual_report import render_many
render_many({sources!r}, {target!r})
"""


def test_a_script_without_its_guard_is_told_so_once(tmp_path):
    (tmp_path / "script.py").write_text(UNGUARDED.format(sources=[str(SEED)], target=str(tmp_path / "out")))
    done = subprocess.run(
        [sys.executable, tmp_path / "script.py"], capture_output=True, check=False, text=True, timeout=120
    )
    assert done.returncode == 1
    assert done.stderr.count('脚本中的调用须写在 if __name__ == "__main__": 之下') == 1
