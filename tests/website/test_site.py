"""The site is searched in a real browser, from disk and without a network, and asks nothing of other hosts."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from check import problems
from chromium import Chromium
from waiting import awaited

from annual_report.explanations import explanations
from annual_report.form.registry import known

LOCAL = ("file:", "data:", "blob:", "about:")


@pytest.fixture(scope="module")
def browser():
    chromium = Chromium()
    yield chromium
    chromium.driver.quit()


DEEP = """
function* within(root) {
  for (const element of root.querySelectorAll("*")) {
    yield element;
    if (element.shadowRoot) yield* within(element.shadowRoot);
  }
}
"""


def deep(browser, selector):
    """Find elements of a page, also of its components."""
    return browser.js(DEEP + "return [...within(document)].filter((one) => one.matches(arguments[0]))", selector)


def until(found):
    value = awaited(found)
    assert value
    return value


def search(browser, words):
    """Type words into the search of the page, and give the results' addresses with their texts."""
    until(lambda: deep(browser, ".md-search__button"))[0].click()
    until(lambda: deep(browser, "input[role=combobox]"))[0].send_keys(words)
    until(lambda: deep(browser, "[role=listbox] a"))
    return browser.js(
        DEEP + "return [...within(document)].filter((one) => one.matches('[role=listbox] a'))"
        ".map((one) => [one.href, one.textContent])"
    )


@pytest.mark.parametrize(
    ("page", "words", "expected"),
    [
        ("index.html", "结转下年度", "rules.html"),
        ("rules.html", "信息处理费", "checks.html"),
        ("clerk.html", "行政复议", "form-2021.html"),
        ("en/index.html", "roster", "en/city.html"),
    ],
)
def test_it_is_searched_from_disk_without_a_network(site, browser, page, words, expected):
    browser.open(site / page)
    found = search(browser, words)
    assert any(f"/{expected}" in address for address, _ in found), found
    assert any(words in text for _, text in found)
    said = [status.text for status in deep(browser, "[role=status]")]
    counted = r"\d+ results?" if page.startswith("en/") else r"\d+ 条结果"
    assert any(re.fullmatch(counted, words) for words in said), said
    assert [address for address in browser.requests() if not address.startswith(LOCAL)] == []


@pytest.mark.parametrize("page", ["index.html", "form-2021.html", "api.html", "styles.html", "en/index.html"])
@pytest.mark.parametrize("width", [375, 1280])
def test_a_page_fits_the_window_and_asks_nothing_of_other_hosts(site, browser, page, width):
    browser.open(site / page, width=width)
    until(lambda: browser.js("return document.readyState === 'complete'"))
    assert browser.js("return document.documentElement.scrollWidth <= innerWidth")
    assert browser.js("return [...document.images].filter((one) => one.complete && !one.naturalWidth).length") == 0
    assert [address for address in browser.requests() if not address.startswith(LOCAL)] == []


@pytest.mark.parametrize(
    ("start", "doors"),
    [
        ("index.html", ["我要交年报", "我要接入系统", "我要分析数据"]),
        ("en/index.html", ["Filing a report", "Connecting a system", "Analysing data"]),
    ],
)
def test_the_front_page_leads_to_three_doors(site, browser, start, doors):
    browser.open(site / start)
    assert browser.js("return [...document.querySelectorAll('.doors a strong')].map((one) => one.textContent)") == doors
    languages = browser.js("return [...document.querySelectorAll('a[hreflang]')].map((one) => one.href)")
    assert {site.joinpath(name).as_uri() for name in ("index.html", "en/index.html")} <= {*languages}


class _Text(HTMLParser):
    def __init__(self):
        super().__init__()
        self.identifiers, self.text = set(), ""

    def handle_starttag(self, _tag, attrs):
        self.identifiers |= {value for name, value in attrs if name == "id"}

    def handle_data(self, data):
        self.text += data


def page(path):
    parsed = _Text()
    parsed.feed(path.read_text(encoding="utf-8"))
    return parsed


@pytest.mark.parametrize(("folder", "language"), [("", "zh"), ("en", "en")])
def test_the_reference_says_what_explain_prints(site, folder, language):
    rules = page(site / folder / "rules.html")
    for explained in explanations().values():
        assert explained.id in rules.identifiers
        for words in (explained.what, explained.right, explained.wrong, explained.mend):
            assert words.text(language).replace("\n", "↵") in rules.text


@pytest.mark.parametrize("folder", ["", "en"])
@pytest.mark.parametrize("edition", known(), ids=lambda edition: edition.id)
def test_the_form_has_every_label_and_path(site, folder, edition):
    form = page(site / folder / f"form-{edition.id}.html")
    assert [path for path in edition.cells if path not in form.text] == []
    labels = {cell.text for grid in edition.grids.values() for cell in grid.cells if cell.text}
    assert [label for label in labels if label not in form.text] == []


def test_a_broken_link_and_a_foreign_address_are_found(tmp_path):
    (tmp_path / "a.html").write_text(
        '<a href="b.html">1</a><a href="#no">2</a><a href="a.html#yes" id="yes">3</a><a href="https://example.org">4</a>'
        '<script src="//example.org/x.js"></script><img src="gone.png">',
        encoding="utf-8",
    )
    (tmp_path / "a.css").write_text("@import 'https://example.org/a.css'; a { b: url(a.png) }", encoding="utf-8")
    assert [re.sub(r"^.*?: ", "", problem) for problem in problems(tmp_path)] == [
        "requests //example.org/x.js",
        "b.html leads nowhere",
        "#no leads nowhere",
        "gone.png is missing",
        "requests https://example.org/a.css",
    ]
