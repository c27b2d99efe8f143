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


@pytest.mark.parametrize(
    "selector",
    [
        *(".x", "b.y", "#z", "b#z", "b", "i, .x", "/* a{} */ .x", "@import url(a); .x", "b.x.y", "td .x"),
        *("tr>td > b.x", "table td .y", ".a>b, body .x", ".z{content:'/*'} .x", ".z{background:url(})} .x"),
        "html body table tr td .x",
    ],
)
@pytest.mark.parametrize(
    ("declared", "copied"),
    [
        ("display : NONE", "display:none"),
        ("color:red;visibility:hidden", "visibility:hidden"),
        ("text-decoration: underline line-through", "text-decoration:underline line-through"),
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
        "tr>.x { display: none }",
        ".w .x { display: none }",
        ".x:hover { display: none }",
        ".x::before { display: none }",
        "@media (max-width: 600px) { .x { display: none } }",
    ],
)
def test_what_does_not_concern_it_is_not(sheet):
    assert styles(sheet) == "color:red"


@pytest.mark.parametrize("rule", ["@media screen", "@media only screen", "@supports (display: grid)", "@layer a"])
def test_rules_within_at_rules_that_hold_on_a_screen_count(rule):
    assert styles(f"{rule} {{ .x {{ display: none }} }}") == "display:none;color:red"


@pytest.mark.parametrize(
    "sheet",
    [
        ".x { display: none } .x { display: inline }",
        "b.x { display: inline } .x { display: none }",
        "#z { display: inline } td b.x { display: none }",
    ],
)
def test_the_more_specific_rule_counts_or_else_the_later_one(sheet):
    assert styles(sheet) == "display:inline;color:red"


def test_hidden_cells_and_rows_count_too():
    root = html.fromstring("<html><head><style>.x{display:none}</style></head><table><tr class=x><td class=x>1</table>")
    apply(root)
    assert [element.get("style") for element in root.iter("tr", "td")] == ["display:none;"] * 2


def test_rules_go_on_after_an_at_rule_with_rules_of_its_own():
    assert styles("@media print { a { b:c } d { e:f } } .x { display: none }") == "display:none;color:red"


def test_rules_go_on_after_a_brace_too_many():
    assert styles("a { b:c }} } .x { display: none }") == "display:none;color:red"


def test_text_outside_tables_is_left_alone():
    assert styles(".x { display: none }", '<p><b class="x">1</b></p>') is None


@pytest.mark.parametrize(
    "sheet",
    [
        *("a" * 500_000, "@" * 500_000, "/*" * 500_000, "{" * 500_000, ".x{text-decoration:" * 50_000, "}" * 500_000),
        *("url(" * 200_000, "'\"" * 200_000, ".x,.y " * 100_000 + "{display:none}", ".x{display:none}" * 30_000),
    ],
)
def test_a_long_broken_sheet_is_read_in_one_pass(sheet):
    assert styles(f"{sheet} b{{display:none}}") in {"color:red", "display:none;color:red"}
