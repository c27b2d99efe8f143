from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile

import pytest
from conftest import ROOT

PARTS = ["pyproject.toml", "hatch_build.py", "README.md", "LICENSE", ".gitignore"]
HEAVY = {"babel", "docx", "lxml", "pydantic", "rich", "typer"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """A wheel built from a tree that has no compiled catalogue yet."""
    tree, built = tmp_path_factory.mktemp("tree"), tmp_path_factory.mktemp("built")
    shutil.copytree(ROOT / "src", tree / "src", ignore=shutil.ignore_patterns("*.mo", "__pycache__"))
    for part in PARTS:
        shutil.copy(ROOT / part, tree)
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "-w", built, tree]
    subprocess.run(command, check=True, capture_output=True)
    (path,) = built.iterdir()
    return path


def test_the_wheel_has_compiled_catalogues_and_types(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    catalogues = {name.removesuffix(".po") for name in names if name.endswith(".po")}
    assert len(catalogues) == 2
    assert {f"{name}.mo" for name in catalogues} <= names
    assert "annual_report/py.typed" in names


def test_what_the_wheel_holds_speaks_chinese(wheel, tmp_path):
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    code = "import annual_report; print(annual_report.__file__); annual_report.load('x.json')"
    environment = os.environ | {"PYTHONPATH": str(tmp_path), "PYTHONIOENCODING": "utf-8", "ANNUAL_REPORT_LANG": "zh"}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, check=False, text=True
    )
    assert done.stdout.startswith(str(tmp_path))
    assert "x.json: 没有这个文件或文件夹" in done.stderr


def imported(code):
    shown = f"{code}; import sys; print(*sys.modules)"
    return set(subprocess.run([sys.executable, "-c", shown], check=True, capture_output=True, text=True).stdout.split())


def test_importing_the_package_imports_nothing_heavy():
    assert not imported("import annual_report") & HEAVY


def test_holding_reports_imports_no_writer():
    assert imported("from annual_report import AnnualReport, load, render") & HEAVY == {"pydantic"}


def test_every_name_of_the_face_is_there():
    code = "import annual_report as a; [getattr(a, name) for name in a.__all__]; assert {*a.__all__} <= {*dir(a)}"
    assert "annual_report.report.model" in imported(code)
