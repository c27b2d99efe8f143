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
