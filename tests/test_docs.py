"""What the docs show works."""

from __future__ import annotations

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


def test_the_readmes_python_runs(monkeypatch, tmp_path):
    (tmp_path / "fixtures").symlink_to(ROOT / "fixtures")
    (tmp_path / "build").mkdir()
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    for code in re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL):
        exec(code, names)  # noqa: S102  # the docs' own code
    assert sorted(path.suffix for path in (tmp_path / "build").iterdir()) == [".docx"] * 3
