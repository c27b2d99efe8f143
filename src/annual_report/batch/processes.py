"""Worker processes: replaced when they die, and ended with the process that started them."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing.context import SpawnContext, SpawnProcess
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from annual_report.errors import MessageError
from annual_report.messages import message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import TracebackType

P = ParamSpec("P")
T = TypeVar("T")

PROCESSES_PER_CORE = 4
"""The maximum number of processes per core."""

MOST_ON_WINDOWS = 61
"""How many processes Windows can wait for."""

SECONDS_TO_END = 5.0
"""How long to wait for a process that was killed."""


class _Context(SpawnContext):
    """Spawns processes, since forking a process with threads may hang, and remembers them."""

    def __init__(self) -> None:
        super().__init__()
        self.started: list[SpawnProcess] = []

    def Process(self, *arguments: Any, **named: Any) -> SpawnProcess:  # type: ignore[override]  # noqa: N802
        """Make a process."""
        process = SpawnProcess(*arguments, **named)
        self.started = [other for other in self.started if other.pid is None or other.is_alive()]
        self.started.append(process)
        return process


class Processes(Executor):
    """Worker processes that are replaced when they die, and end when the process that started them does.

    They are started when there is work for them, so that there are never more of them than calls. They ignore
    Ctrl-C, which is for the process that started them to handle. A block that is left by an exception kills them.

    Parameters
    ----------
    count
        How many; by default, one per available core. At most four per core are started.

    Examples
    --------
    >>> with Processes(2) as pool:
    ...     pool.submit(abs, -3).result()
    3
    """

    def __init__(self, count: int | None = None) -> None:
        most = PROCESSES_PER_CORE * cores()
        self._count = min(count or cores(), min(most, MOST_ON_WINDOWS) if sys.platform == "win32" else most)
        self._context = _Context()
        self._pool = self._new_pool()

    def _new_pool(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(self._count, mp_context=self._context, initializer=_prepare_worker)

    def submit(self, function: Callable[P, T], /, *arguments: P.args, **named: P.kwargs) -> Future[T]:
        """Submit one call."""
        with _without_interrupts():
            try:
                return self._pool.submit(function, *arguments, **named)
            except BrokenExecutor:
                self._pool = self._new_pool()
                return self._pool.submit(function, *arguments, **named)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002  # as in Executor
        """End the processes when they have finished their calls."""
        self._pool.shutdown(wait, cancel_futures=cancel_futures)

    def kill(self) -> None:
        """End the processes at once."""
        self._pool.shutdown(wait=False, cancel_futures=True)
        for process in self._context.started:
            if process.pid is not None:
                process.kill()
        for process in self._context.started:
            if process.pid is not None:
                process.join(SECONDS_TO_END)

    def kill_on_error(self, kind: type[BaseException] | None, *_: object) -> None:
        """End the processes at once if a block is left by an exception."""
        if kind is not None:
            self.kill()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """End the processes, at once if the block is left by an exception."""
        self.kill_on_error(kind)
        self.shutdown(wait=kind is None)


def require_processes() -> None:
    """Ensure that worker processes can be started at all.

    Raises
    ------
    MessageError
        They cannot, as in a script that starts the batch again wherever it is imported.
    """
    with Processes(1) as pool:
        try:
            pool.submit(int).result()
        except BrokenExecutor:
            line = 'if __name__ == "__main__":'
            reason = message("no worker process starts; a script needs the line {line} around its call", line=line)
            raise MessageError(reason) from None


def cores() -> int:
    """Return how many processor cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def _without_interrupts() -> Iterator[None]:
    """Block termination signals, in new child processes too, until `_prepare_worker` runs."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM, signal.SIGHUP})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _prepare_worker() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT, signal.SIGTERM, signal.SIGHUP})
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End this process as soon as its parent process is gone, for whatever reason."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
