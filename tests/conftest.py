from __future__ import annotations

import json
from pathlib import Path
from types import TracebackType
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from annual_report import AnnualReport, load

ROOT = Path(__file__).parent.parent
FIXTURES = ROOT / "fixtures"
SEED = FIXTURES / "shizuishan-civil-affairs-2023.json"
AS_PUBLISHED = FIXTURES / "shizuishan-civil-affairs-2023-as-published.json"
LARGE_CITY = FIXTURES / "large-city-2025.json"
HOUSING_BUREAU = FIXTURES / "county-housing-bureau-2020.json"

ends_soon = pytest.mark.timeout(60)
"""Marks a test that takes a second or two, and minutes or for ever where a bound of the library is broken."""

settings.register_profile("busy machines", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("busy machines")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call() -> Any:
    """Give every step of a timeout's traceback a line, without which pytest fails itself.

    Python 3.11 has none for the jump at the end of a loop, where it looks for signals.
    """
    try:
        return (yield)
    except pytest.fail.Exception as error:
        error.__traceback__ = _with_lines(error.__traceback__)
        raise


def _with_lines(trace: TracebackType | None) -> TracebackType | None:
    steps = []
    while trace is not None:
        steps.append(trace)
        trace = trace.tb_next
    for step in reversed(steps):
        line = step.tb_lineno or step.tb_frame.f_code.co_firstlineno
        trace = TracebackType(trace, step.tb_frame, step.tb_lasti, line)
    return trace


@pytest.fixture(scope="session")
def seed() -> AnnualReport:
    return load(SEED)


@pytest.fixture(scope="session")
def seed_as_published() -> AnnualReport:
    return load(AS_PUBLISHED)


@pytest.fixture(scope="session")
def large_city() -> AnnualReport:
    return load(LARGE_CITY)


@pytest.fixture(scope="session")
def housing_bureau() -> AnnualReport:
    """A report that follows the trial form of 2019."""
    return load(HOUSING_BUREAU)


@pytest.fixture
def data() -> dict[str, Any]:
    """The large city's report as JSON data that tests may change."""
    return json.loads(LARGE_CITY.read_text(encoding="utf-8"))
