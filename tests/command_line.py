"""The command line, run as users run it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

COMMAND = Path(sys.executable).with_name("annual-report")


def run(*arguments, cwd, stdin=None, language="zh"):
    env = os.environ | {"ANNUAL_REPORT_LANG": language, "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [COMMAND, *map(str, arguments)], cwd=cwd, input=stdin, capture_output=True, env=env, check=False
    )
    assert b"Traceback" not in done.stderr
    return done


_RESET = """
import os, signal, sys
for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGPIPE):
    signal.signal(number, signal.SIG_DFL)
signal.pthread_sigmask(signal.SIG_SETMASK, [])
os.execv(sys.argv[1], sys.argv[1:])
"""


def start(*arguments, **options):
    """Start the command in a session of its own, with signals as a shell gives them, whatever the tests' parent did."""
    command = [sys.executable, "-c", _RESET, COMMAND, *arguments]
    return subprocess.Popen(list(map(str, command)), start_new_session=True, **options)
