"""Times several functions in turn within one run, so that ratios of their medians are meaningful on a noisy machine."""

from __future__ import annotations

import gc
import time
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def medians(
    things: dict[str, Callable[[], object]], rounds: dict[str, int], clock: Callable[[], float] = time.perf_counter
) -> dict[str, float]:
    """Time each function in turn by a clock, and return the median seconds of each.

    Before each is timed, the reference cycles that the one before has left are collected.
    """
    times: dict[str, list[float]] = {name: [] for name in things}
    for turn in range(max(rounds.values())):
        for name, thing in things.items():
            if turn < rounds[name]:
                gc.collect(1)
                started = clock()
                thing()
                times[name].append(clock() - started)
    return {name: median(taken) for name, taken in times.items()}
