"""Medians of several things timed in turn, in one run, so that their ratios mean something on a noisy machine."""

from __future__ import annotations

import time
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def medians(
    things: dict[str, Callable[[], object]], rounds: dict[str, int], clock: Callable[[], float] = time.perf_counter
) -> dict[str, float]:
    """Time each thing in turn by a clock, and give the median seconds of each."""
    times: dict[str, list[float]] = {name: [] for name in things}
    for turn in range(max(rounds.values())):
        for name, thing in things.items():
            if turn < rounds[name]:
                started = clock()
                thing()
                times[name].append(clock() - started)
    return {name: median(taken) for name, taken in times.items()}
