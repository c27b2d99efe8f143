"""Opens a page in the browser; its temporary folder is removed when the browser has had time to read it."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import webbrowser
from pathlib import Path

from annual_report.cli.streams import write
from annual_report.errors import Problem, UnusableInputError
from annual_report.messages import message

SECONDS_TO_READ = 60.0
"""How long the page is kept; starting a browser may take half of it."""

_REMOVE = "import shutil, sys, time; time.sleep(float(sys.argv[1])); shutil.rmtree(sys.argv[2], ignore_errors=True)"


def open_page(page: bytes, name: str) -> None:
    """Open a page in the browser.

    Parameters
    ----------
    page
        The page.
    name
        The name of its file.

    Raises
    ------
    UnusableInputError
        There is no browser.
    """
    folder = Path(tempfile.mkdtemp(prefix="annual-report-"))
    try:
        write(page, str(folder / name))
        is_open = webbrowser.open((folder / name).as_uri())
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    if not is_open:
        shutil.rmtree(folder, ignore_errors=True)
        raise UnusableInputError([Problem(message("there is no browser to open it with; write it with -o"))], name)
    remove_later(folder, SECONDS_TO_READ)


def remove_later(folder: Path, seconds: float) -> None:
    """Remove a folder after a time, by a process that outlives this one."""
    subprocess.Popen(  # noqa: S603  # the arguments are our own
        [sys.executable, "-I", "-S", "-c", _REMOVE, str(seconds), str(folder)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        cwd=folder.parent,
    )
