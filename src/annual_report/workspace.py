"""A temporary folder with the programs that run in it: both end with this process, even if it is killed."""

from __future__ import annotations

import json
import secrets
import subprocess
import sys
import tempfile
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SUPERVISOR = Path(__file__).with_name("_supervisor.py")


@dataclass(frozen=True, slots=True)
class Ended:
    """How a program ended.

    Parameters
    ----------
    status
        Its exit status; negative if a signal ended it, and none if it took too long.
    output
        The beginning of what it printed, as bytes of any kind.
    """

    status: int | None
    output: bytes


@dataclass(frozen=True, slots=True)
class Workspace:
    """A temporary folder.

    Parameters
    ----------
    folder
        The folder.
    """

    folder: Path
    _requests: IO[bytes]
    _replies: IO[bytes]

    def run(
        self, command: Sequence[str], environment: dict[str, str], seconds: float, leftovers: Sequence[str] = ()
    ) -> Ended:
        """Run the one program of this workspace, and end all that it started.

        Parameters
        ----------
        command
            The program's path and its arguments.
        environment
            Its environment.
        seconds
            How long it may take.
        leftovers
            Files elsewhere that it leaves if it is killed, which are removed with the folder.

        Returns
        -------
        Ended
            How it ended.
        """
        request = {
            "command": list(command),
            "environment": environment,
            "seconds": seconds,
            "leftovers": list(leftovers),
        }
        with suppress(BrokenPipeError):  # then there is no reply either
            self._requests.write(json.dumps(request).encode() + b"\n")
            self._requests.flush()
        reply = self._replies.readline()
        if not reply:
            return Ended(-9, b"")
        status, output = json.loads(reply)
        return Ended(status, output.encode("latin-1"))


@contextmanager
def workspace() -> Iterator[Workspace]:
    r"""Make a temporary folder that a supervising process removes when this one leaves the block, or dies.

    Yields
    ------
    Workspace
        The folder.

    Examples
    --------
    >>> import os
    >>> with workspace() as space:
    ...     space.run(["/bin/sh", "-c", "echo done"], dict(os.environ), seconds=10).output
    b'done\n'
    """
    folder = Path(tempfile.gettempdir(), f"annual-report-{secrets.token_hex(8)}")
    with subprocess.Popen(  # noqa: S603  # the arguments are our own
        [sys.executable, "-I", "-S", str(SUPERVISOR), str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as supervisor:
        requests = cast("IO[bytes]", supervisor.stdin)
        try:
            folder.mkdir(mode=0o700)
            yield Workspace(folder, requests, cast("IO[bytes]", supervisor.stdout))
        finally:
            # A byte, since a process forked meanwhile may hold the pipe open.
            with suppress(BrokenPipeError):
                requests.write(b"\n")
                requests.close()
