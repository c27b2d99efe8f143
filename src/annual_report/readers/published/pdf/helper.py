"""A process to read PDFs in: PDFium cannot be stopped, so a hostile file is stopped with the process that reads it."""

from __future__ import annotations

import atexit
import os
import pickle
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from annual_report.errors import Problem, UnusableInputError
from annual_report.logs import logger
from annual_report.messages import Message, message

if TYPE_CHECKING:
    from annual_report.readers.blocks import Content

_LOG = logger(__name__)

TIME_LIMIT = 15.0
"""How long a file may take, in seconds."""
MEMORY_LIMIT = 256
"""How much memory the process may take for its data where the system can limit it, in MiB."""

_WORKER = "annual_report.readers.published.pdf.worker"


class Helper:
    """A process that reads one PDF after the other; it starts when it is first needed, and anew when it has ended."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._inherited: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def read(self, data: bytes, source: str, *, time_limit: float = TIME_LIMIT) -> Content:
        """Read a PDF.

        Parameters
        ----------
        data
            The file.
        source
            The name to give in errors.
        time_limit
            How long it may take, in seconds.

        Returns
        -------
        Content
            Its blocks.

        Raises
        ------
        UnusableInputError
            It cannot be read, takes longer, takes too much memory, or makes PDFium crash.
        """
        with self._lock:
            if self._process is not None and self._process.poll() is not None:
                self.stop()
            if self._process is None:
                self._process = _start()
                _LOG.debug("started a process that reads PDFs")
            answer = _ask(self._process, data, source, time_limit)
        if isinstance(answer, Message):
            self.stop()
            _LOG.warning("the process that reads PDFs was ended: %s", answer.text("en"))
            raise UnusableInputError([Problem(answer)], source)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def stop(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()

    def forget(self) -> None:
        """Leave the process to the parent process, which this one is a copy of."""
        self._inherited, self._process = self._process, None  # dropped, it would write what the parent has begun
        self._lock = threading.Lock()


def _start() -> subprocess.Popen[bytes]:
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(str(Path(path).absolute()) for path in sys.path)}
    return subprocess.Popen(  # noqa: S603  # the interpreter that runs, and our own module
        [sys.executable, "-P", "-m", _WORKER, str(MEMORY_LIMIT << 20)],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


def _ask(
    process: subprocess.Popen[bytes], data: bytes, source: str, time_limit: float
) -> Content | Exception | Message:
    """Let the process read a file; a message tells why it is not able to."""
    late = threading.Event()

    def stop() -> None:
        late.set()
        process.kill()

    timer = threading.Timer(time_limit, stop)
    timer.start()
    try:
        with suppress(OSError):  # the process has ended, and its answer is missing
            pickle.dump((data, source), process.stdin)  # type: ignore[arg-type]
            process.stdin.flush()  # type: ignore[union-attr]
        return pickle.load(process.stdout)  # type: ignore[arg-type, no-any-return]  # noqa: S301  # it is our own
    except (EOFError, pickle.UnpicklingError):
        if late.is_set():
            return message("reading the PDF takes longer than {seconds} seconds", seconds=f"{time_limit:g}")
        return message("the PDF is damaged, or takes more than {limit} MiB of memory to read", limit=MEMORY_LIMIT)
    finally:
        timer.cancel()


helper = Helper()
"""The one of this process."""

atexit.register(helper.stop)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=helper.forget)
