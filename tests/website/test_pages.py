"""The pages of the site that are made from the library."""

from __future__ import annotations

import dataclasses
import importlib
import inspect
import re

import pytest
from conftest import ROOT
from form_pages import key_of
from reference_pages import GROUPS
from style_pages import CASES, changed, settings

import annual_report
from annual_report import Style
from annual_report.form.registry import known
from build import in_chinese, text_of

NAMES = [name for names in GROUPS.values() for name in names]


def test_the_reference_has_every_public_name_once():
    assert len(NAMES) == len({*NAMES})
    for module in ("tables", "form"):
        public = importlib.import_module(f"annual_report.{module}").__all__
        aliases = {"Applications", "Disputes", "ProactiveDisclosure"}  # of the editions' classes, for type checkers
        assert {name for name in NAMES if name.startswith(f"{module}.")} == {
            f"{module}.{name}" for name in public if name not in aliases
        }
    assert {name for name in NAMES if "." not in name} == {*annual_report.__all__} - {"__version__"}


@pytest.mark.parametrize("edition", known(), ids=lambda edition: edition.id)
def test_a_values_path_is_the_key_of_its_row_and_its_column(edition):
    for grid in edition.grids.values():
        labels = [cell for cell in grid.cells if cell.text]
        for value in (cell for cell in grid.cells if cell.is_value):
            above = [one for one in labels if one.role == "heading" and over(one, value)]
            beside = [one for one in labels if one.role in {"stub", "spine", "total"} and left(one, value)]
            keys = [*(key_of(grid, one) for one in beside[-1:]), *(key_of(grid, one) for one in above)]
            assert any(value.path in {key, f"{first}.{key}"} for first in keys for key in keys), (value.path, keys)


def over(label, value):
    return label.row < value.row and label.column <= value.column < label.column + label.columns


def left(label, value):
    return label.column < value.column and label.row <= value.row < label.row + label.rows


def test_every_setting_of_a_style_has_a_case_that_differs_from_the_default():
    assert [path for path, _ in settings()] == [path for path, _ in settings() if path in CASES]
    assert CASES.keys() == {path for path, _ in settings()}
    for path in CASES:
        assert Style.model_validate(changed(path)) != Style()


def test_a_line_that_ends_within_a_chinese_sentence_is_joined_to_the_next(tmp_path):
    page = tmp_path / "page.md"
    page.write_text(
        "# 标题\n\n一行，\n又一行\n\n- 甲\n  乙\n\n| 一 |\n| 二 |\n\n```\n代码\n代码\n```\n", encoding="utf-8"
    )
    assert text_of(page) == "# 标题\n\n一行，又一行\n\n- 甲乙\n\n| 一 |\n| 二 |\n\n```\n代码\n代码\n```\n"


def test_links_to_what_is_not_part_of_the_site_are_only_named():
    page = ROOT / "docs" / "checks.md"
    assert "lexicon.toml" in text_of(page)
    assert "../src" not in text_of(page)


def test_a_search_that_says_something_else_is_not_left_in_english():
    with pytest.raises(ValueError, match="the search does not say"):
        in_chinese('"aria-label":"Search"')


def of(name):
    module, _, attribute = f"annual_report.{name}".rpartition(".")
    return getattr(importlib.import_module(module), attribute)


@pytest.mark.parametrize("name", NAMES)
def test_every_name_of_the_reference_has_an_example_that_runs(name):
    assert "Examples\n--------\n>>> " in inspect.getdoc(of(name))


def parameters(documented):
    """Give the names that a function takes or that a class has as fields; none for errors and other classes."""
    if dataclasses.is_dataclass(documented):
        return {field.name for field in dataclasses.fields(documented) if not field.name.startswith("_")}
    if inspect.isfunction(documented):
        return {*inspect.signature(documented).parameters}
    return {*getattr(documented, "_fields", ()), *getattr(documented, "model_fields", ())}


@pytest.mark.parametrize("name", [name for name in NAMES if parameters(of(name))])
def test_every_parameter_and_field_of_the_reference_is_explained_and_no_other(name):
    section = inspect.getdoc(of(name)).partition("Parameters\n----------\n")[2].partition("\n\n")[0]
    lines = re.findall(r"^(\S.*)\n {4}\S", section, re.MULTILINE)
    assert {one for line in lines for one in line.split(", ")} == parameters(of(name))
