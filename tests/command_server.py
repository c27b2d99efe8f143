"""Runs commands in forks of a process that has done their imports, which take most of a command's time.

Each line of input is a JSON request; the answer is the command's exit status. A command's standard streams are the
files `0`, `1` and `2` in the folder that the request names.
"""

from __future__ import annotations

import gc
import json
import os
import sys
from importlib import import_module
from pathlib import Path

IMPORTED = ("typer", "rich.table", "gettext", "docx", "annual_report.batch", "annual_report.document.review")
"""Not the commands themselves, which translate their help when they are imported."""


def become(request: dict) -> None:
    """Set up this process as a request asks."""
    sys.argv = request["arguments"]
    os.chdir(request["cwd"])
    os.environ.clear()
    os.environ.update(request["environment"])
    for number, flags in enumerate((os.O_RDONLY, os.O_WRONLY | os.O_CREAT, os.O_WRONLY | os.O_CREAT)):
        os.dup2(os.open(Path(request["folder"], str(number)), flags), number)


def serve() -> None:
    """Answer requests until there are no more; in a fork, run the command and exit."""
    for module in IMPORTED:
        import_module(module)
    gc.freeze()  # keeps the collector of each fork from scanning it all at exit
    while line := sys.stdin.readline():
        child = os.fork()
        if not child:
            become(json.loads(line))
            from annual_report.cli import main

            main()
            sys.exit()
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    serve()
