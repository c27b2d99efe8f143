"""Signals that end a command: each ends it in an orderly way, once."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

SIGNALS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]


class Interrupted(KeyboardInterrupt):
    """A signal asks the command to end.

    Parameters
    ----------
    number
        The signal's number.
    """

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(number)


@contextmanager
def interruptible() -> Iterator[None]:
    """Raise `Interrupted` at the first signal that asks to end, and ignore further ones while the command ends.

    A signal that is ignored from the start, as SIGHUP is under nohup, stays ignored.
    """
    # Python's tracker of semaphores, which outlives this process for a moment, warns of those it then removes.
    sys.warnoptions.append("ignore:resource_tracker:UserWarning")
    before = {number: signal.getsignal(number) for number in SIGNALS}
    before = {number: handler for number, handler in before.items() if handler is not signal.SIG_IGN}

    def interrupt(number: int, _: FrameType | None) -> NoReturn:
        for other in before:
            signal.signal(other, signal.SIG_IGN)
        raise Interrupted(number)

    for number in before:
        signal.signal(number, interrupt)
    try:
        yield
    except Interrupted:
        raise
    except BaseException as error:
        if isinstance(error.__cause__, Interrupted):  # as Python tells of it while it makes a class
            raise error.__cause__ from None
        _restore(before)
        raise
    else:
        _restore(before)


def _restore(handlers: dict[int, Any]) -> None:
    for number, handler in handlers.items():
        signal.signal(number, handler)


def end_at_once(number: int) -> NoReturn:
    """End this process as one that a signal ended, without waiting for threads that the signal may have disturbed."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError, AttributeError):  # closed, or nobody reads
            stream.flush()
    os._exit(128 + number)
