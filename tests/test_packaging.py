from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile

import pytest
from conftest import ROOT

PARTS = ["pyproject.toml", "hatch_build.py", "README.md", "LICENSE", ".gitignore"]
HEAVY = {"babel", "docx", "lxml", "pydantic", "rich", "typer"}


def copy(tree):
    """Copy the sources of a distribution, without compiled catalogues."""
    shutil.copytree(ROOT / "src", tree / "src", ignore=shutil.ignore_patterns("*.mo", "__pycache__"))
    for part in PARTS:
        shutil.copy(ROOT / part, tree)
    return tree


def build(tree, kind="wheel"):
    command = [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", tree / "built"]
    subprocess.run(command, cwd=tree, check=True, capture_output=True)
    (path,) = (tree / "built").glob("*.whl" if kind == "wheel" else "*.tar.gz")
    return path


def version_of(distribution):
    name, version = distribution.name.removesuffix(".tar.gz").split("-")[:2]
    assert name == "zfxxgk_annual_report"
    return version


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    return build(copy(tmp_path_factory.mktemp("tree")))


def test_the_version_of_a_copy_of_the_source_is_the_fallback(wheel):
    assert version_of(wheel) == "0.1.0.dev0"


def test_the_version_of_a_checkout_is_its_tags_and_goes_with_the_source(tmp_path):
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    tree = copy(tmp_path)
    person = ["-c", "user.name=n", "-c", "user.email=n@example.org"]
    git = lambda *arguments: subprocess.run(["git", *person, *arguments], cwd=tree, check=True, capture_output=True)  # noqa: E731, S607
    git("init")
    git("add", ".")
    git("commit", "-m", "First")
    assert version_of(build(tree)).startswith("0.1.0.dev1+g")
    shutil.rmtree(tree / "built")
    git("tag", "v1.2.3")
    source = build(tree, "sdist")
    assert version_of(source) == "1.2.3"
    with tarfile.open(source) as archive:
        archive.extraction_filter = getattr(tarfile, "data_filter", None)  # Python 3.11.4 brought it
        archive.extractall(tmp_path / "unpacked")  # noqa: S202  # just built
    assert version_of(build(tmp_path / "unpacked" / source.name.removesuffix(".tar.gz"))) == "1.2.3"


def test_the_wheel_has_compiled_catalogues_and_types(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    catalogues = {name.removesuffix(".po") for name in names if name.endswith(".po")}
    assert len(catalogues) == 2
    assert {f"{name}.mo" for name in catalogues} <= names
    assert "annual_report/py.typed" in names


def test_what_the_wheel_holds_speaks_chinese(wheel, tmp_path):
    shutil.unpack_archive(wheel, tmp_path, "zip")
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


def command(*arguments):
    main = "from annual_report.cli import main\ntry: main()\nexcept SystemExit: pass"
    return f"import sys; sys.argv[1:] = {arguments!r}; {main}"


def test_importing_the_package_imports_nothing_heavy():
    assert not imported("import annual_report") & HEAVY


def test_holding_reports_imports_no_writer():
    assert imported("from annual_report import AnnualReport, load, render") & HEAVY == {"pydantic"}


def test_help_imports_nothing_that_reports_need():
    assert imported(command("--help")) & HEAVY == {"typer"}


def test_a_check_that_finds_nothing_imports_no_writer_and_no_parser_of_options():
    seed = str(ROOT / "fixtures" / "shizuishan-civil-affairs-2023.json")
    assert imported(command("check", seed)) & HEAVY == {"pydantic"}


def test_every_name_of_the_face_is_there():
    code = "import annual_report as a; [getattr(a, name) for name in a.__all__]; assert {*a.__all__} <= {*dir(a)}"
    assert "annual_report.report.model" in imported(code)
