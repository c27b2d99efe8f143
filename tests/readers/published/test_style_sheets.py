"""What a page's own style sheets say of text in cells."""

from __future__ import annotations

import pytest
from lxml import html

from annual_report.readers.published.style_sheets import apply

CELL = '<table><tr><td><b class="x y" id="z" style="color:red">1</b></td></tr></table>'


def styles(sheet, body=CELL):
    root = html.fromstring(f"<html><head><style>{sheet}</style></head><body>{body}</body></html>")
    apply(root)
    return root.find(".//b").get("style")


@pytest.mark.parametrize("selector", [".x", "b.y", "#z", "b#z", "b", "i, .x", "/* a{} */ .x", "@import url(a); .x"])
@pytest.mark.parametrize(
    ("declared", "copied"),
    [
        ("display : NONE", "display:none"),
        ("color:red;visibility:hidden", "visibility:hidden"),
        ("text-decoration: underline line-through", "text-decoration:line-through"),
        ("vertical-align:super !important", "vertical-align:super"),
    ],
)
def test_what_decides_a_number_is_copied(selector, declared, copied):
    assert styles(f"{selector} {{ {declared} }}") == f"{copied};color:red"


@pytest.mark.parametrize(
    "sheet",
    [
        ".x { color: blue }",
        ".other { display: none }",
        "i.x { display: none }",
        "@media print { .x { display: none } } .w { display: none }",
        "@media print { a { b: c } .x { display: none } }",
        "/* .x { display: none } */",
        ".x .y { display: none }",
    ],
)
def test_what_does_not_concern_it_is_not(sheet):
    assert styles(sheet) == "color:red"


def test_rules_go_on_after_an_at_rule_with_rules_of_its_own():
    assert styles("@media print { a { b:c } d { e:f } } .x { display: none }") == "display:none;color:red"


def test_rules_go_on_after_a_brace_too_many():
    assert styles("a { b:c }} } .x { display: none }") == "display:none;color:red"


def test_text_outside_tables_is_left_alone():
    assert styles(".x { display: none }", '<p><b class="x">1</b></p>') is None


@pytest.mark.parametrize(
    "sheet",
    ["a" * 500_000, "@" * 500_000, "/*" * 500_000, "{" * 500_000, ".x{text-decoration:" * 50_000, "}" * 500_000],
)
def test_a_long_broken_sheet_is_read_in_one_pass(sheet):
    assert styles(f"{sheet} b{{display:none}}") in {"color:red", "display:none;color:red"}
