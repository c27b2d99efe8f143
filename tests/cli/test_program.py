"""A command imports what it uses, and a check says the same whether or not its arguments have to be parsed."""

from __future__ import annotations

import json
import os
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


def test_plugins_of_pydantic_are_loaded_where_they_are_asked_for(here):
    (here / "plug.py").write_text("import sys; sys.stderr.write('loaded'); plugin = None", encoding="utf-8")
    (here / "plug-1.dist-info").mkdir()
    (here / "plug-1.dist-info" / "entry_points.txt").write_text("[pydantic]\nplug = plug:missing", encoding="utf-8")
    (here / "plug-1.dist-info" / "METADATA").write_text("Name: plug\nVersion: 1", encoding="utf-8")
    path = os.pathsep.join([str(here), *filter(None, [os.environ.get("PYTHONPATH")])])
    done = subprocess.run(
        [sys.executable, "-m", "annual_report", "check", "report.json"],
        cwd=here,
        env=os.environ | {"PYTHONPATH": path, "PYDANTIC_DISABLE_PLUGINS": "another"},
        capture_output=True,
        check=True,
    )
    assert done.stderr.startswith(b"loaded")


@pytest.mark.parametrize(
    "name",
    [
        *("report.json", "wrong.json", "broken.json", "missing.json", "folder", "rep*.json", ""),
        *("damaged.xlsx", "report.json/inside", "长" * 100 + ".json"),
    ],
)
def test_a_check_says_the_same_with_and_without_an_option(here, name):
    plain, parsed = run("check", name, cwd=here), run("check", name, "--format", "text", cwd=here)
    assert (plain.returncode, plain.stdout, plain.stderr) == (parsed.returncode, parsed.stdout, parsed.stderr)


def test_a_file_whose_name_looks_like_a_pattern_is_one_report(here):
    (here / "report[1].json").write_bytes((here / "report.json").read_bytes())
    one, other = run("check", "report.json", cwd=here), run("check", "report[1].json", cwd=here)
    assert (one.returncode, one.stdout, one.stderr) == (other.returncode, other.stdout, other.stderr)


@pytest.mark.parametrize("name", ["all.jsonl", "ALL.JSONL"])
def test_a_file_of_lines_holds_many_reports_whatever_the_case_of_its_name(here, name):
    line = json.dumps(json.loads((here / "report.json").read_bytes()))
    (here / name).write_text(f"{line}\n{line}\n", encoding="utf-8")
    assert "2 份报告" in run("check", name, cwd=here).stdout.decode()
