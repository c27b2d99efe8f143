"""What a type checker, and so an editor, knows of a report."""

from __future__ import annotations

import ast
import inspect
import json
import re
import runpy
import shutil
import subprocess
import sys
import textwrap
from importlib.util import find_spec

import pytest
from conftest import ROOT
from programs import require

from annual_report import AnnualReport, Style
from annual_report.form import edition_2019, edition_2021
from annual_report.report.texts import TableTexts, Texts
from annual_report.style import Font, Fonts

CONSTRUCTION = ROOT / "tests" / "report" / "construction.py"

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
    (tmp_path / "caller.py").write_text(textwrap.dedent(CODE), encoding="utf-8")
    cache = ROOT / ".mypy_cache" / "caller"
    command = [sys.executable, "-m", "mypy", "--strict", "--config-file", ROOT / "pyproject.toml", "--cache-dir", cache]
    told = subprocess.run([*command, "caller.py"], cwd=tmp_path, capture_output=True, text=True, check=False).stdout
    lines = [line for line in told.splitlines() if line.startswith("caller.py")]
    for line, known in zip(lines, KNOWN, strict=True):
        assert known in line


def expected() -> dict[int, str]:
    """Give the word that a type checker says of each line that has one in a comment."""
    lines = CONSTRUCTION.read_text(encoding="utf-8").splitlines()
    numbered = ((number, line.partition("  # ")[2]) for number, line in enumerate(lines, 1))
    return {number: word for number, word in numbered if word}


def compare(told: dict[int, str]) -> None:
    words = expected()
    assert told.keys() == words.keys()
    for number, word in words.items():
        assert word in told[number]


def test_mypy_takes_what_runs_and_refuses_the_rest(tmp_path):
    """Without pydantic's plugin, which not every caller has."""
    if find_spec("mypy") is None:
        pytest.skip("mypy is not installed")
    (tmp_path / "mypy.ini").write_text("[mypy]\n", encoding="utf-8")
    cache = ROOT / ".mypy_cache" / "construction"
    options = ["--strict", "--config-file", tmp_path / "mypy.ini", "--cache-dir", cache, "--no-error-summary"]
    command = [sys.executable, "-m", "mypy", *options, CONSTRUCTION]
    output = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    told: dict[int, str] = {}
    for line in output.splitlines():
        found = re.match(r".*construction\.py:(\d+): (?:error|note: Revealed type is)(.*)", line)
        if found:
            told[int(found[1])] = told.get(int(found[1]), "") + found[2]
    compare(told)


def test_pyright_takes_what_runs_and_refuses_the_rest(tmp_path):
    pyright = require("pyright")
    shutil.copy(CONSTRUCTION, tmp_path)
    settings = {"typeCheckingMode": "strict", "include": [CONSTRUCTION.name], "extraPaths": [str(ROOT / "src")]}
    (tmp_path / "pyrightconfig.json").write_text(json.dumps(settings), encoding="utf-8")
    command = [pyright, "--outputjson", "-p", tmp_path, "--pythonpath", sys.executable]
    output = json.loads(subprocess.run(command, capture_output=True, text=True, check=False).stdout)
    told = {found["range"]["start"]["line"] + 1: found["message"] for found in output["generalDiagnostics"]}
    compare(told)


def test_what_type_checkers_take_runs():
    made = runpy.run_path(str(CONSTRUCTION))
    assert isinstance(made["report"], AnnualReport)
    assert str(made["blank"].texts.disputes.notes) == "无"


def written(model) -> set[str]:
    """Give the parameters that a class's constructor has for type checkers only, as its source has them."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(model)))
    (constructor,) = (node for node in ast.walk(tree) if getattr(node, "name", "") == "__init__")
    names = {argument.arg for argument in constructor.args.kwonlyargs}
    if constructor.args.kwarg is not None:
        module = ast.parse(inspect.getsource(sys.modules[model.__module__]))
        (besides,) = (node for node in ast.walk(module) if getattr(node, "name", "") == "_Besides")
        names |= {line.target.id for line in besides.body}
    return names


@pytest.mark.parametrize(
    "model", [AnnualReport, Style, Fonts, Font, Texts, TableTexts, edition_2019.Procurement, edition_2021.Fees]
)
def test_a_constructor_written_for_type_checkers_has_every_field(model):
    assert written(model) == {*model.model_fields}
