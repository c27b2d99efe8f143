"""The examples in the docs work."""

from __future__ import annotations

import os
import re
import tomllib

import pytest
from command_line import run
from conftest import ROOT

from annual_report import Style

PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md"))]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_and_pictures_are_there(page):
    for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", [*PAGES, ROOT / "docs" / "first-report.ipynb"], ids=lambda page: page.name)
def test_no_page_advises_to_install_the_other_project_of_this_name(page):
    assert re.findall(r"install\W[^\n]*(?<![-\w])annual-report(?![-\w])", page.read_text(encoding="utf-8")) == []


def test_the_readme_lists_every_extra_and_its_packages():
    listed = dict(
        re.findall(r"^\| `(\w+)` \|.*\| (.*?) ?\|$", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    )
    extras = {
        extra: {re.split("[>=]", requirement)[0] for requirement in requirements}
        for extra, requirements in PYPROJECT["project"]["optional-dependencies"].items()
    }
    (whole,) = extras.pop("all")
    assert {*re.findall(r"\w+", whole.partition("[")[2])} == extras.keys()
    assert listed.pop("all") == ""
    assert {extra: {*packages.split(", ")} for extra, packages in listed.items()} == extras


def test_the_house_style_of_the_docs_is_the_default():
    (code,) = re.findall(
        r"```toml\n(.*?)```", (ROOT / "docs" / "house-styles.md").read_text(encoding="utf-8"), re.DOTALL
    )
    assert Style.model_validate(tomllib.loads(code)) == Style(sub_headings="own-line")


def test_the_readmes_sample_of_a_check_is_what_the_program_prints():
    page = (ROOT / "README.md").read_text(encoding="utf-8")
    ((arguments, printed),) = re.findall(r"^    \$ annual-report (check .*)\n((?:    .*\n)+)", page, re.MULTILINE)
    done = run(*arguments.split(), cwd=ROOT)
    assert printed == "".join(f"    {line}\n" for line in done.stdout.decode().splitlines())
    assert done.returncode == 1


def run_python(page):
    """Run a page's Python code from top to bottom, as a script."""
    names: dict[str, object] = {"__name__": "__main__"}
    for code in re.findall(r"```python\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL):
        exec(code, names)  # noqa: S102  # the docs' own code
    return names


def test_the_readmes_python_runs(monkeypatch, tmp_path):
    (tmp_path / "fixtures").symlink_to(ROOT / "fixtures")
    (tmp_path / "build").mkdir()
    monkeypatch.chdir(tmp_path)
    run_python(ROOT / "README.md")
    assert sorted(path.suffix for path in (tmp_path / "build").iterdir()) == [".docx"] * 3 + [".html"] * 2


@pytest.mark.filterwarnings("default")  # Dask's own
def test_the_python_for_many_reports_runs(monkeypatch, tmp_path, seed):
    pytest.importorskip("dask.distributed")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "a.json").write_text(seed.model_dump_json(), encoding="utf-8")
    (tmp_path / "province.jsonl").write_text(seed.model_dump_json() + "\n{", encoding="utf-8")
    result = run_python(ROOT / "docs" / "batch.md")["result"]
    name = f"{seed.agency}-{seed.year}.docx"
    journal = "annual-report-batch.jsonl"
    assert sorted(os.listdir("documents")) == sorted(["a.docx", name, journal])
    assert sorted(os.listdir("documents-of-dask")) == sorted([name, journal])
    assert [failure.source for failure in result.failures] == ["province.jsonl:2"]


def test_the_python_for_tables_runs(monkeypatch, tmp_path, large_city, seed_as_published):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "reports").mkdir()
    for name, report in (("a", seed_as_published), ("b", large_city)):
        (tmp_path / "reports" / f"{name}.json").write_text(report.model_dump_json(), encoding="utf-8")
    names = run_python(ROOT / "docs" / "tables.md")
    assert names["again"] == [seed_as_published, large_city]
    assert names["unsound"] == [seed_as_published.agency]
    assert names["compares"] < names["cells"]
