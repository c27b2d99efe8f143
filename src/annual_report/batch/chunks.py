"""Gives work to an executor in chunks, a bounded number ahead, without losing any of it when a worker dies."""

from __future__ import annotations

from collections import deque
from concurrent.futures import BrokenExecutor, Executor, Future
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from annual_report.batch.processes import Processes, require_processes
from annual_report.logs import logger

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

_LOG = logger("annual_report.batch")

T = TypeVar("T")
R = TypeVar("R")

CHUNKS_AHEAD = 128
"""How many chunks may wait for workers, which bounds memory."""


def worked_through(
    items: Iterator[T], workers: Executor, size: int, work: Callable[[list[T]], list[R]], died: Callable[[T], R]
) -> Generator[list[R], None, None]:
    """Keep workers busy with a bounded number of items, and yield their results in order.

    Parameters
    ----------
    items
        The items.
    workers
        The workers.
    size
        How many items go to a worker together.
    work
        What the worker does with a chunk; it returns a result for each item.
    died
        Gives the result for an item that its worker died of.

    Yields
    ------
    list[R]
        The results of some items.

    Raises
    ------
    MessageError
        No worker process can be started.
    """
    waiting: deque[tuple[list[T], Future[list[R]]]] = deque()

    def finished(chunk: list[T], future: Future[list[R]]) -> list[R]:
        try:
            return future.result()
        except Exception:  # noqa: BLE001  # each executor has its own exception for a dead worker
            _LOG.warning("a worker died; its %d items are tried again in a process of their own", len(chunk))
            require_processes()
            return _apart(chunk, work, died)

    try:
        while chunk := list(islice(items, size)):
            waiting.append((chunk, _submitted(workers, work, chunk)))
            if len(waiting) >= CHUNKS_AHEAD:
                yield finished(*waiting.popleft())
        while waiting:
            yield finished(*waiting.popleft())
    finally:
        for _, future in waiting:
            future.cancel()


def _submitted(workers: Executor, work: Callable[[list[T]], list[R]], chunk: list[T]) -> Future[list[R]]:
    try:
        return workers.submit(work, chunk)
    except BrokenExecutor as error:
        refused: Future[list[R]] = Future()
        refused.set_exception(error)
        return refused


def _apart(chunk: list[T], work: Callable[[list[T]], list[R]], died: Callable[[T], R]) -> list[R]:
    """Work on a chunk whose worker died in a separate process, halving it until the faulty item is isolated."""
    with Processes(1) as pool:
        try:
            return pool.submit(work, chunk).result()
        except BrokenExecutor:
            pass
    if len(chunk) == 1:
        _LOG.warning("a worker died of a single item, which is given up")
        return [died(chunk[0])]
    half = len(chunk) // 2
    return _apart(chunk[:half], work, died) + _apart(chunk[half:], work, died)
