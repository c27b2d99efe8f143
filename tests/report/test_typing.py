"""What a type checker, and so an editor, knows of a report."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from textwrap import dedent

import pytest
from conftest import ROOT

CODE = """
    from annual_report import AnnualReport, load
    from annual_report.form import edition_2019, edition_2021

    report = load("report.json")
    reveal_type(report.applications.outcomes.refused.state_secret.natural_person)
    reveal_type(report.applications.outcomes.granted.total)
    reveal_type(report.proactive_disclosure)
    if isinstance(report.proactive_disclosure, edition_2019.ProactiveDisclosure):
        reveal_type(report.proactive_disclosure.central_procurement.amount)
        reveal_type(report.proactive_disclosure.licensing.items_change)
    else:
        reveal_type(report.proactive_disclosure)
        reveal_type(report.proactive_disclosure.licensing.decisions)
    if isinstance(report.applications, edition_2021.Applications):
        reveal_type(report.applications.outcomes.other_handling)
    report.proactive_disclosure.central_procurement
    report.applications.outcomes.grnated
    report.agency = "某局"
"""
"""A caller's module."""

KNOWN = [
    'Revealed type is "int"',
    'Revealed type is "int"',
    "edition_2021.ProactiveDisclosure | annual_report.form.edition_2019.ProactiveDisclosure",
    'Revealed type is "decimal.Decimal"',
    'Revealed type is "int"',
    'Revealed type is "annual_report.form.edition_2021.ProactiveDisclosure"',
    'Revealed type is "int"',
    'Revealed type is "annual_report.form.edition_2021.OtherHandling"',
    'has no attribute "central_procurement"',
    'has no attribute "grnated"',
    'has no attribute "grnated"',
    'Property "agency" defined in "AnnualReport" is read-only',
]


def test_a_type_checker_knows_every_cell_and_which_edition_it_is(tmp_path):
    if find_spec("mypy") is None:
        pytest.skip("mypy is not installed")
    (tmp_path / "caller.py").write_text(dedent(CODE), encoding="utf-8")
    cache = ROOT / ".mypy_cache" / "caller"
    command = [sys.executable, "-m", "mypy", "--strict", "--config-file", ROOT / "pyproject.toml", "--cache-dir", cache]
    told = subprocess.run([*command, "caller.py"], cwd=tmp_path, capture_output=True, text=True, check=False).stdout
    lines = [line for line in told.splitlines() if line.startswith("caller.py")]
    for line, known in zip(lines, KNOWN, strict=True):
        assert known in line
