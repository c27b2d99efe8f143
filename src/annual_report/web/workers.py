"""The worker processes of the service: a few, each with limits on time and memory, replaced when they end."""

from __future__ import annotations

import atexit
import os
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

from annual_report.errors import Problem
from annual_report.messages import message
from annual_report.web.answers import refusal
from annual_report.web.wire import Answer, receive, send

if TYPE_CHECKING:
    from collections.abc import Sequence
    from concurrent.futures import Future
    from typing import BinaryIO

    from annual_report.web.limits import Limits
    from annual_report.web.wire import Job

_PROGRAM = "annual_report.web.worker"


class Workers:
    """A pool of processes; each starts when it is first needed.

    Parameters
    ----------
    limits
        How many there are, and how much time and memory each job has.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._threads = ThreadPoolExecutor(limits.workers, "annual-report")
        self._own = threading.local()
        self._started: set[subprocess.Popen[bytes]] = set()
        self._is_closed = False
        self._lock = threading.Lock()
        atexit.register(self.close)

    def submit(self, job: Job, files: Sequence[BinaryIO]) -> Future[Answer]:
        """Do a job when a process is free.

        Parameters
        ----------
        job
            The job.
        files
            The files, which are read into memory only then.

        Returns
        -------
        Future[Answer]
            The answer: a refusal if the job takes too much time or memory.
        """
        return self._threads.submit(self._do, job, files)

    def close(self) -> None:
        """End all processes, and give up what they are doing."""
        with self._lock:
            self._is_closed = True
            running = tuple(self._started)
        for process in running:
            _kill(process)
        self._threads.shutdown(cancel_futures=True)
        for process in running:
            _leave(process)

    def _do(self, job: Job, files: Sequence[BinaryIO]) -> Answer:
        process = self._process()
        contents = [file.read() for file in files]
        answer = _ask(process, job, contents, self._limits)
        if answer is None:
            self._drop(process)
            return _too_much(job, self._limits)
        return answer

    def _process(self) -> subprocess.Popen[bytes]:
        """Return this thread's process."""
        process: subprocess.Popen[bytes] | None = getattr(self._own, "process", None)
        if process is not None and process.poll() is None:
            return process
        if process is not None:
            self._drop(process)
        with self._lock:
            if self._is_closed:
                raise RuntimeError(_PROGRAM)
            process = _start(self._limits.memory)
            self._started.add(process)
        self._own.process = process
        return process

    def _drop(self, process: subprocess.Popen[bytes]) -> None:
        _leave(process)
        self._own.process = None
        with self._lock:
            self._started.discard(process)


def _start(memory: int) -> subprocess.Popen[bytes]:
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(str(Path(path).absolute()) for path in sys.path)}
    return subprocess.Popen(  # noqa: S603  # the interpreter that runs, and our own module
        [sys.executable, "-P", "-m", _PROGRAM, str(memory)],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
    )


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End a process with those that it started, unless it is known to have ended."""
    with suppress(ProcessLookupError, PermissionError):
        if process.returncode is None and hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        elif process.returncode is None:
            process.kill()


def _leave(process: subprocess.Popen[bytes]) -> None:
    """End a process and close its pipes."""
    _kill(process)
    process.wait()
    for pipe in (process.stdin, process.stdout):
        with suppress(OSError):
            cast("IO[bytes]", pipe).close()


def _ask(process: subprocess.Popen[bytes], job: Job, contents: list[bytes], limits: Limits) -> Answer | None:
    """Let a process do a job; none if it ended instead, or was ended since it took too long."""
    timer = threading.Timer(limits.seconds, _kill, [process])
    timer.start()
    try:
        send(cast("IO[bytes]", process.stdin), asdict(job), *contents)
        head, (body,) = receive(cast("IO[bytes]", process.stdout))
        return Answer(body, **head)
    except (EOFError, OSError, ValueError):
        return None
    finally:
        timer.cancel()


def _too_much(job: Job, limits: Limits) -> Answer:
    words = message(
        "this takes longer than {seconds} seconds, or more than {memory} MiB of memory",
        seconds=f"{limits.seconds:g}",
        memory=limits.memory >> 20,
    )
    source = next(iter(job.names), "")
    return refusal(422, [Problem(words)], source)
