"""Run a program for a process that may be killed: a script, started with the folder to remove at the end.

Standard input gives the program as a line of JSON; another byte, or the end of the input, ends everything. The reply
is a line of JSON: the exit status, and the beginning of the output.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import IO

MAX_OUTPUT = 4000
"""How many bytes of the program's output are kept; the rest is read and dropped."""

READ_SECONDS = 1.0
"""How long to wait for the rest of the output of a program that has ended."""


def main(folder: str) -> None:
    """Run the program that is asked for, then wait to be told to end, and remove the folder."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda *_: None)  # which, unlike SIG_IGN, the program does not inherit
    try:
        request = json.loads(sys.stdin.buffer.readline())
    except ValueError:  # nothing is asked for, or whoever asked died meanwhile
        _remove(folder)
        return
    try:
        process = subprocess.Popen(  # noqa: S603  # what the library asked for
            request["command"],
            env=request["environment"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    except OSError as error:
        _reply(127, str(error).encode())
        os.read(0, 1)
        _remove(folder)
        return
    watcher = threading.Thread(target=_end_when_told, args=(process, folder, request["leftovers"]), daemon=True)
    watcher.start()
    _reply(*_finish(process, request["seconds"]))
    watcher.join()


def _finish(process: subprocess.Popen[bytes], seconds: float) -> tuple[int | None, bytes]:
    """Return the exit status, or none if time ran out, and the beginning of the output."""
    output = bytearray()
    reader = threading.Thread(target=_collect, args=(process.stdout, output), daemon=True)
    reader.start()
    try:
        status: int | None = process.wait(seconds)
    except subprocess.TimeoutExpired:
        status = None
    _end(process)
    reader.join(READ_SECONDS)
    return status, bytes(output)


def _collect(stream: IO[bytes], output: bytearray) -> None:
    while block := os.read(stream.fileno(), 1 << 16):
        output.extend(block[: MAX_OUTPUT - len(output)])


def _end_when_told(process: subprocess.Popen[bytes], folder: str, leftovers: list[str]) -> None:
    """End everything at the next byte, or the end, of standard input, which the death of its writer brings too."""
    os.read(0, 1)
    _end(process)
    process.wait()
    for path in leftovers:
        with suppress(OSError):
            Path(path).unlink()
    _remove(folder)
    os._exit(0)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a program and what it started."""
    with suppress(ProcessLookupError, PermissionError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()


def _remove(folder: str) -> None:
    """Remove a folder in which processes that were just killed may still write for a moment."""
    for _ in range(20):
        shutil.rmtree(folder, ignore_errors=True)
        if not os.path.lexists(folder):
            return
        time.sleep(0.05)


def _reply(status: int | None, output: bytes) -> None:
    with suppress(BrokenPipeError):
        sys.stdout.write(json.dumps([status, output.decode("latin-1")]) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1])
