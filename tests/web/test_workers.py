"""Worker processes have limits on time and memory, are replaced when they end, and end with the service."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from io import BytesIO

import psutil
import pytest
from conftest import AS_PUBLISHED, SEED, ends_soon
from raw_pdf import raw_pdf
from waiting import SECONDS

from annual_report.web.limits import Limits
from annual_report.web.wire import Job
from annual_report.web.workers import Workers

GOOD = SEED.read_bytes()
READ = Job("read", "zh", {}, ("年报.json",))


EARLIER: set[int] = set()


@pytest.fixture
def workers():
    EARLIER.update(process.pid for process in psutil.Process().children(recursive=True))
    made = []

    def make(**limits):
        made.append(Workers(Limits(**{"workers": 1, **limits})))
        return made[-1]

    yield make
    for pool in made:
        pool.close()


def ask(pool, data=GOOD, job=READ):
    return pool.submit(job, [BytesIO(data)]).result()


def children():
    """The worker processes of the test, with those that they started."""
    found = []
    for process in psutil.Process().children(recursive=True):
        try:
            if process.pid not in EARLIER and any("annual_report" in part for part in process.cmdline()):
                found.append(process)
        except psutil.Error:
            pass
    return found


def test_a_process_does_one_job_after_the_other(workers):
    pool = workers()
    assert [ask(pool).status for _ in range(3)] == [200, 200, 200]
    assert len(children()) == 1


def test_each_job_speaks_its_own_language(workers):
    pool = workers()
    wrong = AS_PUBLISHED.read_bytes()
    pages = [ask(pool, wrong, Job("view", language, {}, ("a.json",))).body for language in ("zh", "en", "zh")]
    assert pages[0] == pages[2] != pages[1]


@ends_soon
def test_a_job_that_takes_too_long_is_ended_and_the_next_is_done(workers):
    pool = workers(seconds=5)
    ask(pool)
    (process,) = children()
    process.suspend()
    answer = ask(pool)
    assert answer.status == 422
    (problem,) = json.loads(answer.body)["problems"]
    assert (problem["source"], "超过 5 秒" in problem["message"]["zh"]) == ("年报.json", True)
    assert not process.is_running()
    assert ask(pool).status == 200
    assert len(pool._started) == 1  # the ended process is forgotten


def test_the_time_of_a_job_that_is_done_does_not_run_on(workers):
    assert ask(workers(seconds=20)).status == 200
    timers = [thread for thread in threading.enumerate() if isinstance(thread, threading.Timer)]
    for timer in timers:
        timer.join(5)
    assert not any(timer.is_alive() for timer in timers)


def test_a_module_in_the_folder_where_the_service_runs_is_not_imported(workers, tmp_path, monkeypatch):
    (tmp_path / "pydantic.py").write_text("raise SystemExit(9)")
    monkeypatch.chdir(tmp_path)
    assert ask(workers()).status == 200


def test_a_job_that_takes_too_much_memory_is_ended_and_the_next_is_done(workers):
    pool = workers(memory=200 << 20)
    assert ask(pool).status == 200
    answer = ask(pool, b" " * (150 << 20))
    assert (answer.status, "内存超过 200 MiB".encode() in answer.body) == (422, True)
    assert ask(pool).status == 200


def test_a_process_that_dies_is_replaced(workers):
    pool = workers()
    ask(pool)
    (process,) = children()
    process.kill()
    process.wait()
    assert ask(pool).status == 200
    assert len(pool._started) == 1


def test_closing_ends_what_is_being_done_with_all_that_it_started(workers):
    pytest.importorskip("pypdfium2")
    pool = workers()
    assert ask(pool, raw_pdf(""), Job("read", "zh", {}, ("a.pdf",))).status == 422
    started = children()
    assert len(started) == 2
    for process in started:
        process.suspend()
    waiting = pool.submit(READ, [BytesIO(GOOD)])
    queued = pool.submit(READ, [BytesIO(GOOD)])
    time.sleep(0.3)
    pool.close()
    assert psutil.wait_procs(started, timeout=SECONDS)[1] == []
    assert waiting.done()
    assert queued.cancelled()


PROGRAM = """
import sys
from io import BytesIO
from annual_report.web.limits import Limits
from annual_report.web.wire import Job
from annual_report.web.workers import Workers
pool = Workers(Limits(workers=2))
futures = [pool.submit(Job("read", "zh", {}, ("a.json",)), [BytesIO(sys.argv[1].encode())]) for _ in range(6)]
print([future.result().status for future in futures], flush=True)
input()
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="processes cannot be killed here")
@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM, None])
def test_processes_end_with_the_one_that_started_them(end):
    command = [sys.executable, "-c", PROGRAM, "{}"]
    service = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=os.environ, text=True)
    assert service.stdout.readline().strip() == "[422, 422, 422, 422, 422, 422]"
    started = psutil.Process(service.pid).children(recursive=True)
    assert len(started) == 2
    if end is not None:
        service.send_signal(end)
    service.communicate("\n")
    assert psutil.wait_procs(started, timeout=SECONDS)[1] == []


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="processes have no groups here")
def test_what_a_worker_started_ends_with_the_service_even_if_it_is_stuck():
    pytest.importorskip("pypdfium2")
    program = PROGRAM.replace("a.json", "a.pdf").replace("sys.argv[1].encode()", "bytes.fromhex(sys.argv[1])")
    command = [sys.executable, "-c", program, raw_pdf("").hex()]
    service = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=os.environ, text=True)
    assert service.stdout.readline().strip() == "[422, 422, 422, 422, 422, 422]"
    workers = psutil.Process(service.pid).children()
    started = [process for worker in workers for process in worker.children(recursive=True)]
    assert started
    for process in started:
        process.suspend()
    service.kill()
    service.communicate()
    living = psutil.wait_procs([*workers, *started], timeout=SECONDS)[1]
    for process in living:
        process.kill()
    assert living == []
