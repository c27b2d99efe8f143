"""What the docs show works."""

from __future__ import annotations

import os
import re
import tomllib

import pytest
from conftest import ROOT

from annual_report import Style

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_and_pictures_are_there(page):
    for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


def test_the_house_style_of_the_docs_is_the_default():
    (code,) = re.findall(
        r"```toml\n(.*?)```", (ROOT / "docs" / "house-styles.md").read_text(encoding="utf-8"), re.DOTALL
    )
    assert Style.model_validate(tomllib.loads(code)) == Style(sub_headings="own-line")


def run_python(page):
    """Run a page's Python from above to below, as a script."""
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
    assert sorted(os.listdir("documents")) == sorted(["a.docx", name])
    assert os.listdir("documents-of-dask") == [name]
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
