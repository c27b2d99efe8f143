"""A command imports what it uses, and a check says the same whether or not its arguments have to be parsed."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys

import pytest
from command_line import run
from conftest import ROOT

SEED = ROOT / "fixtures" / "shizuishan-civil-affairs-2023.json"
NOT_USED = {
    "annual_report.form.edition_2019",
    "annual_report.style",
    "importlib.metadata",
    "rich",
    "typer",
}


@pytest.fixture
def here(tmp_path):
    shutil.copy(SEED, tmp_path / "report.json")
    wrong = json.loads(SEED.read_text(encoding="utf-8"))
    wrong["applications"]["received"]["total"] = 12345
    (tmp_path / "wrong.json").write_text(json.dumps(wrong), encoding="utf-8")
    (tmp_path / "broken.json").write_text("{", encoding="utf-8")
    (tmp_path / "folder").mkdir()
    shutil.copy(SEED, tmp_path / "folder")
    (tmp_path / "damaged.xlsx").write_bytes(b"PK\x03\x04")
    return tmp_path


def test_a_check_imports_only_what_it_uses(here):
    code = (
        "import atexit, sys; from annual_report.cli import main\n"
        "atexit.register(lambda: print(*sys.modules, file=sys.stderr)); main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "check", "report.json"], cwd=here, capture_output=True, check=True
    )
    modules = set(done.stderr.decode().split())
    assert "annual_report.checks" in modules
    assert modules & NOT_USED == set()


@pytest.mark.parametrize(
    "name",
    [
        *("report.json", "wrong.json", "broken.json", "missing.json", "folder", "rep*.json", ""),
        *("damaged.xlsx", "report.json/inside", "x" * 300 + ".json"),
    ],
)
def test_a_check_says_the_same_with_and_without_an_option(here, name):
    plain, parsed = run("check", name, cwd=here), run("check", name, "--format", "text", cwd=here)
    assert (plain.returncode, plain.stdout, plain.stderr) == (parsed.returncode, parsed.stdout, parsed.stderr)
