"""The program of a worker process: it does the jobs that come on standard input, one after the other.

Whatever a file does to it, the service only loses this process: its memory is limited here, its time by the service.
"""

from __future__ import annotations

import os
import queue
import signal
import sys
import threading
import traceback
from contextlib import suppress
from dataclasses import asdict
from typing import IO, Any

from annual_report.messages import using
from annual_report.readers.published.limits import limit_memory
from annual_report.web.tasks import failure, perform
from annual_report.web.wire import Job, receive, send


def main(memory: int) -> None:
    """Answer until the input ends."""
    limit_memory(memory)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    jobs: queue.SimpleQueue[tuple[dict[str, Any], list[bytes]]] = queue.SimpleQueue()
    threading.Thread(target=_take, args=(sys.stdin.buffer, jobs), daemon=True).start()
    output, sys.stdout = sys.stdout.buffer, sys.stderr  # so that nothing printed gets between the answers
    while True:
        head, files = jobs.get()
        answer = _answer(Job(**head), files)
        parts = asdict(answer)
        send(output, parts, parts.pop("body"))


def _take(stream: IO[bytes], jobs: queue.SimpleQueue[tuple[dict[str, Any], list[bytes]]]) -> None:
    """Take jobs; when the service is gone, end this process and those that it started, whatever they do."""
    with suppress(EOFError, OSError):
        while True:
            jobs.put(receive(stream))
    if hasattr(os, "killpg"):
        os.killpg(0, signal.SIGKILL)
    os._exit(1)


def _answer(job: Job, files: list[bytes]) -> Any:
    try:
        with using(job.language):
            return perform(job, files)
    except MemoryError:
        os._exit(1)  # with what may be half made
    except Exception:  # noqa: BLE001  # a fault of ours, which must not end the service
        traceback.print_exc()
        return failure()


if __name__ == "__main__":
    main(int(sys.argv[1]))
