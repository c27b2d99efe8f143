"""A minute of the campaign; and the campaign itself, which must notice what is broken."""

from __future__ import annotations

import time
from math import inf

import pytest
from fuzz import campaign as running
from fuzz.campaign import attempt, campaign, made
from fuzz.targets import CONVERTED, TARGETS, Target

from annual_report.readers import PUBLISHED, SPREADSHEETS

SEED = 2023
SECONDS = 45 / len(TARGETS)
"""How long each target is run, in seconds of the processor's time."""


@pytest.mark.parametrize("name", TARGETS)
def test_nothing_is_found_in_a_few_seconds(name, monkeypatch):
    monkeypatch.setattr(running, "TIME_LIMIT", inf)  # a slow machine reaches it; what hangs is ended all the same
    end = time.process_time() + SECONDS
    tally = campaign([TARGETS[name]], SEED, lambda _: time.process_time() < end)
    found = [f"{failure.kind}\n{failure.details}\n{failure.value!r:.1000}" for failure in tally.failures.values()]
    assert not found, "\n\n".join(found)
    assert tally.tried[name] > tally.refused[name] > 0


def test_every_format_that_is_read_is_attacked():
    assert {f"read {name}" for name in {*PUBLISHED, *SPREADSHEETS} - CONVERTED} <= TARGETS.keys()


@pytest.mark.parametrize("name", TARGETS)
def test_an_input_is_made_again_from_its_number(name):
    first, again, other = (repr_of(made(TARGETS[name], 7, number)) for number in (3, 3, 4))
    assert first == again != other


def repr_of(value: object) -> str:
    try:
        return repr(value)
    except (RecursionError, ValueError):  # too deep, or with an integer that is too long
        return type(value).__name__


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(running, "FOLDER", tmp_path)
    return tmp_path


def only(target: Target, inputs: int = 100) -> list:
    running.TARGETS[target.name] = target
    try:
        return [*campaign([target], SEED, lambda tally: tally.tried.total() < inputs).failures.values()]
    finally:
        del running.TARGETS[target.name]


def test_an_exception_that_is_not_documented_is_found_once_and_minimised(folder):
    def run(data: bytes) -> None:
        if b"x" in data:
            raise KeyError(data)
        raise ValueError

    target = Target("broken", lambda random: random.choice((b"abc", b"abcxdef")), run, (ValueError,))
    (failure,) = only(target)
    assert failure.kind.startswith("KeyError at test_campaign.py:")
    assert failure.value == b"x"
    assert sorted(path.suffix for path in folder.iterdir() if path.suffix == ".txt") == [".txt"]


def test_a_value_is_minimised(folder):
    def run(value: dict) -> None:
        assert value["a"][-1] != {"b": 1}

    assert [path.read_bytes() for path in folder.iterdir()] == []
    failures = only(Target("value", lambda _: {"z": 1, "a": [1, 2, {"b": 1}]}, run, (KeyError, IndexError)), 1)
    assert [failure.value for failure in failures] == [{"a": [{"b": 1}]}]


def test_what_takes_long_is_found(folder, monkeypatch):
    monkeypatch.setattr(running, "TIME_LIMIT", 0.05)

    def run(_: bytes) -> None:
        end = time.process_time() + 0.1
        while time.process_time() < end:
            pass

    assert [failure.kind for failure in only(Target("busy", lambda _: b"", run), 1)] == ["slow"]
    assert folder.is_dir()


def test_what_hangs_is_ended(monkeypatch):
    monkeypatch.setattr(running, "HANGS", 1)
    failure = attempt(Target("hanging", lambda _: b"", lambda _: time.sleep(60)), b"")
    assert failure.kind.startswith("HangError")


def test_memory_that_grows_is_found(folder, monkeypatch):
    monkeypatch.setattr(running, "GROWTH", 50 << 20)
    monkeypatch.setattr(running, "WARM_UP", 10)
    kept = []
    target = Target("leaking", lambda _: b"", lambda _: kept.append(bytes([1]) * (5 << 20)))
    assert [failure.kind for failure in only(target)] == ["growth"]
    assert folder.is_dir()
