"""Runs the command line as users do."""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

COMMAND = Path(sys.executable).with_name("annual-report")


def run(*arguments, cwd, stdin=None, language="zh"):
    """Run the command to its end, in a fork of a process that has already imported everything."""
    with TemporaryDirectory() as folder:
        Path(folder, "0").write_bytes(stdin or b"")
        request = {
            "arguments": [str(COMMAND), *map(str, arguments)],
            "cwd": str(cwd),
            "environment": os.environ | {"ANNUAL_REPORT_LANG": language},
            "folder": folder,
        }
        server = _server()
        server.stdin.write(json.dumps(request) + "\n")
        server.stdin.flush()
        status = int(server.stdout.readline())
        stdout, stderr = (Path(folder, number).read_bytes() for number in "12")
    assert b"Traceback" not in stderr
    return subprocess.CompletedProcess(request["arguments"], status, stdout, stderr)


@cache
def _server():
    """Start the process that starts commands; it ends with the tests."""
    server = subprocess.Popen(
        [sys.executable, Path(__file__).with_name("command_server.py")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
    )
    atexit.register(server.communicate)
    return server


_RESET = """
import os, signal, sys
for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGPIPE):
    signal.signal(number, signal.SIG_DFL)
signal.pthread_sigmask(signal.SIG_SETMASK, [])
os.execv(sys.argv[1], sys.argv[1:])
"""


def start(*arguments, **options):
    """Start the command in a new session with default signal handlers, whatever the tests' parent process has set."""
    command = [sys.executable, "-c", _RESET, COMMAND, *arguments]
    return subprocess.Popen(list(map(str, command)), start_new_session=True, **options)
