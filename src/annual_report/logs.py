"""What the library logs, under `annual_report`: nothing is shown unless the application configures logging.

Entries name formats, sizes, durations, and the names of a batch's sources; they hold nothing of what reports say.
"""

from __future__ import annotations

import logging
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

logging.getLogger("annual_report").addHandler(logging.NullHandler())


def logger(module: str) -> logging.Logger:
    """Return the logger of a module of this library."""
    return logging.getLogger(module)


@contextmanager
def timed(log: logging.Logger, work: str) -> Iterator[None]:
    """Log that a piece of work starts, and how long it took, or after how long it failed."""
    started = time.monotonic()
    log.debug("%s: started", work)
    try:
        yield
    except Exception as error:
        log.warning("%s: failed after %.2f s (%s)", work, time.monotonic() - started, type(error).__name__)
        raise
    log.info("%s: done in %.2f s", work, time.monotonic() - started)
