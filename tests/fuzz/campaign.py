"""Runs the campaign: seeded inputs against every target, with failures minimised and kept.

    python tests/fuzz/campaign.py --seconds 3600

Whatever raises an exception that is not documented, takes more than two seconds of the processor's time or lets the
memory grow is a failure. Its input goes to `build/fuzz/`, as does a line with the seed and the counts of each run. An
input depends on the seed, the target's name and its number alone.
"""

from __future__ import annotations

import argparse
import json
import pickle
import resource
import secrets
import signal
import sys
import time
import traceback
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))

from fuzz.targets import TARGETS, Target

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from types import FrameType

FOLDER = Path(__file__).parents[2] / "build" / "fuzz"

TIME_LIMIT = 2.0
HANGS = 60
GROWTH = 256 << 20
"""What the process may grow by over a campaign, in bytes, once every target has run a while."""

WARM_UP = 2000
MINIMISING = 60.0


class HangError(BaseException):
    """Ends an input that takes minutes; no `except` of the library catches it."""


@dataclass(frozen=True)
class Failure:
    """An input that broke a promise, and how: two with the same `kind` are one."""

    target: str
    kind: str
    details: str
    value: Any


@dataclass
class Tally:
    """Counts of a campaign."""

    seed: int
    tried: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    failures: dict[tuple[str, str], Failure] = field(default_factory=dict)


def made(target: Target, seed: int, number: int) -> Any:
    """Make an input; the same again for the same arguments."""
    return target.make(Random(f"{seed}/{target.name}/{number}"))


def attempt(target: Target, value: Any) -> Failure | bool:
    """Run an input; tell a failure, or else whether it was accepted."""

    def hangs(_signal: int, _frame: FrameType | None) -> None:
        raise HangError

    before = signal.signal(signal.SIGALRM, hangs)
    signal.alarm(HANGS)
    start = time.process_time()
    accepted = True
    try:
        target.run(value)
    except target.refusals:
        accepted = False
    except (Exception, HangError) as error:  # noqa: BLE001  # this is what is looked for
        frame = traceback.extract_tb(error.__traceback__)[-1]
        kind = f"{type(error).__name__} at {Path(frame.filename).name}:{frame.lineno}"
        return Failure(target.name, kind, traceback.format_exc(), value)
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
    taken = time.process_time() - start
    if taken > TIME_LIMIT:
        return Failure(target.name, "slow", f"{taken:.1f} s", value)
    return accepted


def minimised(failure: Failure) -> Failure:
    """Leave out what can be left out of an input so that it still fails in the same way."""
    target = TARGETS[failure.target]
    end = time.monotonic() + MINIMISING
    smallest = failure
    shrinking = True
    while shrinking:
        shrinking = False
        for smaller in _smaller(smallest.value):
            if time.monotonic() > end:
                return smallest
            found = attempt(target, smaller)
            if isinstance(found, Failure) and found.kind == failure.kind:
                smallest, shrinking = found, True
                break
    return smallest


def _smaller(value: Any) -> Iterator[Any]:
    """Give what remains of an input without some of it, larger parts first."""
    if isinstance(value, bytes | str):
        size = len(value)
        while size > 1:
            size = (size + 1) // 2
            for start in range(0, len(value), size):
                yield value[:start] + value[start + size :]
    elif isinstance(value, dict | list):
        keys = list(value) if isinstance(value, dict) else range(len(value))
        for key in keys:
            copy: Any = value.copy()
            del copy[key]
            yield copy
        for key in keys:
            for below in _smaller(value[key]):
                copy = value.copy()
                copy[key] = below
                yield copy


def rounds(targets: Iterable[Target]) -> Iterator[tuple[Target, int]]:
    """Give targets and the numbers of their inputs for ever, as often as their weights say."""
    done: Counter[str] = Counter()
    while True:
        for target in targets:
            for _ in range(target.weight):
                yield target, done[target.name]
                done[target.name] += 1


def campaign(targets: Iterable[Target], seed: int, go_on: Callable[[Tally], bool]) -> Tally:
    """Run inputs for as long as the tally allows."""
    tally = Tally(seed)
    settled = 0
    for target, number in rounds(tuple(targets)):
        if not go_on(tally):
            return tally
        value = made(target, seed, number)
        result = attempt(target, value)
        tally.tried[target.name] += 1
        if result is False:
            tally.refused[target.name] += 1
        elif isinstance(result, Failure) and (result.target, result.kind) not in tally.failures:
            tally.failures[result.target, result.kind] = minimised(result)
            keep(tally.failures[result.target, result.kind], seed, number)
        if tally.tried.total() == WARM_UP:
            settled = used_memory()
        if settled and tally.tried.total() % WARM_UP == 0 and used_memory() - settled > GROWTH:
            details = f"{used_memory() - settled} bytes after {tally.tried.total()} inputs"
            tally.failures["all", "growth"] = Failure("all", "growth", details, None)
            return tally
    raise AssertionError  # rounds have no end


def used_memory() -> int:
    """Give the bytes of memory that the process holds now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize()


def keep(failure: Failure, seed: int, number: int) -> None:
    """Write a failure's input, ready to become a test."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    name = f"{failure.target}-{failure.kind}-{seed}-{number}".replace(" ", "_").replace("/", "_")
    data = failure.value if isinstance(failure.value, bytes) else pickle.dumps(failure.value)
    (FOLDER / name).write_bytes(data)
    (FOLDER / f"{name}.txt").write_text(f"{failure.details}\n{failure.value!r:.2000}\n", "utf-8", "backslashreplace")
    print(f"{failure.target}: {failure.kind} (seed {seed}, number {number})", flush=True)


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("targets", nargs="*", default=list(TARGETS), metavar="target", help=", ".join(TARGETS))
    parser.add_argument("--seconds", type=float, default=600.0)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**9))
    arguments = parser.parse_args()
    end = time.monotonic() + arguments.seconds
    tally = campaign([TARGETS[name] for name in arguments.targets], arguments.seed, lambda _: time.monotonic() < end)
    counts = {"seed": tally.seed, "tried": dict(tally.tried), "refused": dict(tally.refused)}
    line = json.dumps(counts | {"failures": [f"{target}: {kind}" for target, kind in tally.failures]})
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "runs.jsonl").open("a", encoding="utf-8") as log:
        log.write(f"{line}\n")
    print(line)
    return bool(tally.failures)


if __name__ == "__main__":
    sys.exit(main())
