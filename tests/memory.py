"""How much memory Python's objects take, for what would fill it without a bound."""

from __future__ import annotations

import tracemalloc
from contextlib import contextmanager


@contextmanager
def memory_at_most(most):
    """Fail if the objects made in a block take more bytes at the same time."""
    tracemalloc.start()
    try:
        yield
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak <= most
