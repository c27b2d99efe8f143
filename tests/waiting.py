"""Waiting for what other processes do, with a deadline that only a test that fails reaches."""

from __future__ import annotations

import os
from contextlib import suppress
from time import monotonic, sleep

import psutil

SECONDS = 50
"""How long to wait; less than the minute after which the service ends a job."""


def awaited(condition):
    """Call a function until what it gives is true, and give that; what it gave last if it is never true."""
    end = monotonic() + SECONDS
    while not (found := condition()) and monotonic() < end:
        sleep(0.02)
    return found


def living(session):
    """Give the processes of a session that are still running."""
    return [process for process in psutil.process_iter() if _is_living(process, session)]


def _is_living(process, session):
    with suppress(psutil.Error, OSError):
        return os.getsid(process.pid) == session and process.status() != psutil.STATUS_ZOMBIE
    return False
