"""The web page in Debian's Chromium."""

from __future__ import annotations

import re
import threading
from base64 import b64decode
from collections import Counter
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from itertools import pairwise, product

import pytest
from chromium import Chromium
from extremes import extremes
from lxml import etree
from PIL import Image, ImageStat
from programs import require, run

from annual_report import AnnualReport, Finding, Findings, Style, check, compare, render
from annual_report.form.sections import SECTIONS, TABLES
from annual_report.messages import message
from annual_report.report.places import section_title

WIDTHS = (360, 1280)
SCHEMES = ("light", "dark")
HOSTILE = (
    "<script>document.title='!'</script></script><!-- <![CDATA[ ]]> --> &#x41; &lt; &amp;amp; \"'`=",
    "</p></section><img src=x onerror=document.title='!'><svg onload=document.title='!'>",
    "\u202e反过来写123\u202c，\u2067又\u2066一\u2069次\u2069",
    "**<b>重</b>**点<style>*{display:none}</style>",
)


@pytest.fixture(scope="module")
def browser():
    chromium = Chromium()
    yield chromium
    chromium.driver.quit()


@pytest.fixture(scope="module")
def pages(tmp_path_factory, seed, large_city, housing_bureau):
    folder = tmp_path_factory.mktemp("pages")
    reports = {
        "seed": seed,
        "large city": large_city,
        "housing bureau": housing_bureau,
        "attacked": attacked(),
        **extremes(),
    }
    for name, report in reports.items():
        render(report, folder / f"{name}.html", allow_findings=True)
    return {name: (report, folder / f"{name}.html") for name, report in reports.items()}


def attacked() -> AnnualReport:
    name = HOSTILE[0].replace("<!-- <![CDATA[ ]]> --> ", "")  # a name has at most 100 characters
    report = AnnualReport.blank(agency=f"某局{name}{HOSTILE[2]}", year=2024)
    prose = "\n".join(HOSTILE)
    narratives = dict.fromkeys(("preamble", "overview", "problems_and_improvements", "other_matters"), prose)
    signature = {"issued_by": f"{HOSTILE[1]}{HOSTILE[2]}", "issued_on": "2025-01-25"}
    return AnnualReport.model_validate(report.model_dump(mode="json") | narratives | signature)


NAMES = ["seed", "large city", "housing bureau", "attacked", *extremes()]


@pytest.mark.parametrize("name", NAMES)
def test_a_page_asks_for_nothing_and_says_nothing_on_the_console(browser, pages, name):
    _, place = pages[name]
    browser.open(place)
    assert browser.requests() == [place.as_uri()]
    assert browser.console() == []


def test_a_site_is_asked_for_the_page_alone(browser, pages, tmp_path):
    render(pages["seed"][0], tmp_path / "report.html")
    asked = []

    class Site(SimpleHTTPRequestHandler):
        def log_message(self, *_):
            asked.append(self.path)

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Site, directory=str(tmp_path))) as site:
        threading.Thread(target=site.serve_forever).start()
        browser.network(on=True)
        browser.open(f"http://127.0.0.1:{site.server_port}/report.html")
        console = browser.console()
        browser.network(on=False)
        site.shutdown()
    assert asked == ["/report.html"]
    assert console == []


SHOWN = ["seed", "large city", "housing bureau", "attacked"]
ON_SCREENS = {("seed", 1280, "light"), *((name, 360, "dark") for name in SHOWN)}
"""On which screens pages are looked at without the matrix."""


@pytest.mark.parametrize(
    ("name", "width", "scheme"),
    [
        pytest.param(*screen, marks=[] if screen in ON_SCREENS else pytest.mark.matrix)
        for screen in product(SHOWN, WIDTHS, SCHEMES)
    ],
)
def test_nobody_is_shut_out(browser, pages, name, scheme, width):
    browser.open(pages[name][1], width=width, scheme=scheme)
    assert browser.axe()["violations"] == []
    assert browser.js(CONTRASTS) == []


CONTRASTS = """
const light = ([r, g, b]) => [r, g, b].map(c => (c /= 255) <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [.2126, .7152, .0722][i], 0);
const parts = colour => colour.match(/[\\d.]+/g).map(Number);
const ground = element => {
    for (; element; element = element.parentElement) {
        const colour = parts(getComputedStyle(element).backgroundColor);
        if (colour.length === 3 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
};
return [...document.querySelectorAll('body *')].filter(e =>
    [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()) && e.getClientRects().length
).map(e => {
    const [a, b] = [parts(getComputedStyle(e).color), ground(e)].map(light).sort((x, y) => y - x);
    return [(a + .05) / (b + .05), e.outerHTML.slice(0, 100)];
}).filter(([ratio]) => ratio < 4.5)
"""


@pytest.mark.parametrize("width", [WIDTHS[0], pytest.param(WIDTHS[1], marks=pytest.mark.matrix)])
@pytest.mark.parametrize("name", NAMES)
def test_the_page_itself_does_not_scroll_sideways(browser, pages, name, width):
    browser.open(pages[name][1], width=width)
    assert browser.js("return document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_wide_tables_scroll_by_touch_and_by_keyboard(browser, pages):
    browser.open(pages["large city"][1], width=360)
    scrolled = browser.js(
        "return [...document.querySelectorAll('[role=region]')].map(region => {"
        "region.focus(); region.scrollLeft = 9999;"
        "return [document.activeElement === region, region.scrollLeft > 0]})"
    )
    assert scrolled == [[True, False], [True, True], [True, True]]


COLUMNS = """
const region = document.querySelector('#applications [role=region]'), edge = region.getBoundingClientRect();
region.scrollLeft = arguments[0];
const visible = box => [Math.max(box.left, edge.left), Math.min(box.right, edge.right)];
return [...region.querySelectorAll('tbody tr')].map(row => {
    const top = row.getBoundingClientRect().top + 4;
    const labels = [...region.querySelectorAll('tbody th')].map(th => [th.getBoundingClientRect(), th.textContent])
        .filter(([box]) => box.top < top && top < box.bottom).map(([box, text]) => [...visible(box), box.width, text]);
    const numbers = [...row.querySelectorAll('td')].map(td => visible(td.getBoundingClientRect()));
    return [labels, numbers];
})
"""


@pytest.mark.parametrize("scroll", [0, 100, 9999])
@pytest.mark.parametrize("name", ["seed", "large city", "housing bureau", "nine digits", "nine digits, 2019"])
def test_on_a_phone_the_large_table_scrolls_under_its_row_labels(browser, pages, name, scroll):
    browser.open(pages[name][1], width=375)
    labels_in_sight = set()
    for labels, numbers in browser.js(COLUMNS, scroll):
        labels.sort()
        for left, right, width, text in labels:
            assert right - left == pytest.approx(width, abs=0.5), text  # the whole of it is in sight
            labels_in_sight.add(text)
        assert all(one[1] <= other[0] + 0.5 for one, other in pairwise(labels))
        last = max(right for _, right, *_ in labels)
        assert any(left >= last - 0.5 and right - left > 25 for left, right in numbers)
        assert scroll or all(left >= last - 0.5 for left, _ in numbers)
    cells = pages[name][0].form.grids["applications"].cells
    assert labels_in_sight == {cell.text for cell in cells if cell.role in ("spine", "stub")}


def darkness(browser, x, y) -> float:
    """Return how dark the page is on average in 6 by 20 pixels at a place."""
    clip = {"x": x, "y": y, "width": 6, "height": 20, "scale": 1}
    picture = browser.command("Page.captureScreenshot", format="png", clip=clip, captureBeyondViewport=True)
    with Image.open(BytesIO(b64decode(picture["data"]))) as image:
        return 255 - ImageStat.Stat(image.convert("L")).mean[0]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_table_shows_at_its_edge_that_it_scrolls_until_its_end(browser, pages, scheme):
    browser.open(pages["seed"][1], width=375, scheme=scheme)
    at_edge = []
    for scroll in (0, 9999):
        right, top = browser.js(
            "const region = document.querySelector('#disputes [role=region]'); region.scrollLeft = arguments[0];"
            "const box = region.getBoundingClientRect(); return [box.right + scrollX, box.top + scrollY]",
            scroll,
        )
        at_edge.append(darkness(browser, right - 7, top + 5))
    assert at_edge[0] > at_edge[1] + 5


@pytest.mark.parametrize(
    ("attributes", "is_dark"),
    [
        ("", False),
        ('data-jp-theme-light="true"', False),
        ('data-jp-theme-light="false"', True),
        ('class="vscode-light"', False),
        ('class="vscode-dark"', True),
        ('class="vscode-high-contrast"', True),
        ('class="vscode-high-contrast vscode-high-contrast-light"', False),
        ('data-theme="dark"', True),
    ],
)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_in_a_notebook_its_theme_decides_and_not_the_systems(
    browser, seed_as_published, tmp_path, scheme, attributes, is_dark
):
    place = tmp_path / "notebook.html"
    shown = f"{seed_as_published._repr_html_()}{check(seed_as_published)._repr_html_()}"
    page = f'<!DOCTYPE html><html lang="zh-CN"><title>甲</title><meta charset="utf-8"><body {attributes}>{shown}'
    place.write_text(page, encoding="utf-8")
    browser.open(place, scheme=scheme)
    papers = browser.js(
        "return [...document.querySelectorAll('.annual-report')].map(e => getComputedStyle(e).backgroundColor)"
    )
    assert papers == ["rgb(28, 31, 36)" if is_dark else "rgb(255, 255, 255)"] * 2
    assert browser.js(CONTRASTS) == []


READ = """
return Object.fromEntries([...document.querySelectorAll('td')].map(cell => [cell.id, [
    cell.headers.split(' ').map(id => {
        const header = document.getElementById(id);
        if (header.tagName !== 'TH' || header.closest('table') !== cell.closest('table')) throw id;
        return header.textContent;
    }), cell.textContent]]))
"""


@pytest.mark.parametrize("name", NAMES)
def test_every_number_is_read_back_under_its_labels(browser, pages, name):
    report, place = pages[name]
    browser.open(place)
    expected = {
        f"{key}.{value.path}": [list(value.labels), printed]
        for key, grid in report.form.grids.items()
        for value, printed in zip(grid.values, grid.print(getattr(report, key)), strict=True)
    }
    assert browser.js(READ) == expected


def test_a_screen_reader_says_what_a_number_is(browser, pages):
    browser.open(pages["seed"][1])
    labels, number = browser.js(READ)["applications.outcomes.granted.natural_person"]
    assert [*labels, number] == ["（一）予以公开", "自然人", "1"]


def test_the_accessible_tree_has_landmarks_headings_and_tables(browser, pages, seed):
    browser.open(pages["seed"][1])
    nodes = browser.accessibility()
    roles = Counter(node["role"]["value"] for node in nodes)
    assert {role: roles[role] for role in ("banner", "navigation", "main", "region", "table")} == {
        "banner": 1,
        "navigation": 1,
        "main": 1,
        "region": 3,
        "table": 3,
    }
    headers = sum(not cell.is_value for key in TABLES for cell in seed.form.grids[key].cells)
    assert roles["columnheader"] + roles["rowheader"] == headers
    names = [node["name"]["value"] for node in nodes if node["role"]["value"] == "heading"]
    assert names[0].replace(" ", "").replace("\n", "") == "石嘴山市民政局2023年政府信息公开工作年度报告"
    assert [name for name in names if name in map(section_title, SECTIONS)] == list(map(section_title, SECTIONS))


@pytest.mark.parametrize("name", NAMES)
def test_the_report_itself_is_read_back_from_the_page(browser, pages, name):
    report, place = pages[name]
    browser.open(place)
    data = browser.js("return document.getElementById('annual-report').textContent")
    assert AnnualReport.model_validate_json(data) == report


@pytest.mark.parametrize("name", NAMES)
def test_all_text_is_text(browser, pages, name):
    report, place = pages[name]
    browser.open(place)
    shown = browser.js("return document.body.innerHTML && document.querySelector('.annual-report').textContent")
    texts = [
        paragraph.text
        for narrative in (report.preamble, report.overview, report.problems_and_improvements, report.other_matters)
        for paragraph in narrative
    ]
    assert [text for text in [report.agency, *texts] if text not in shown] == []
    kinds = browser.js("return [...document.querySelectorAll('script,img,svg,style')].map(e => e.tagName + e.type)")
    assert kinds == ["STYLE", "SCRIPTapplication/json"]
    assert browser.js("return document.title") not in ("", "!")


ORDER = """
return [...document.querySelectorAll('p, h1 .ar-line')].map(block => {
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT), range = document.createRange();
    const boxes = [];
    for (let node; node = walker.nextNode();)
        for (let i = 0; i < node.length; i++) {
            range.setStart(node, i); range.setEnd(node, i + 1);
            const box = range.getBoundingClientRect();
            if (box.width > 1) boxes.push([Math.round(box.bottom / 8), box.left, node.data[i]]);
        }
    return boxes;
})
"""


def test_overrides_of_direction_set_nothing_in_another_order(browser, pages):
    browser.open(pages["attacked"][1])
    for boxes in browser.js(ORDER):
        for (line, left, _), (next_line, next_left, _) in pairwise(boxes):
            assert next_line > line or next_left > left, "".join(letter for _, _, letter in boxes)
    assert "\u202e" not in browser.js("return document.title")


def test_faces_named_by_a_style_stay_in_their_strings(browser, seed, tmp_path):
    name = "\"}</style><script>document.title='!'</script>\\\"; } * { display: none"
    place = tmp_path / "report.html"
    render(seed, place, style=Style(fonts={"body": {"east_asian": name, "latin": name, "size": 16}}))
    browser.open(place)
    assert browser.console() == []
    assert browser.js("return [document.title, document.scripts.length]") == [
        "石嘴山市民政局2023年政府信息公开工作年度报告",
        1,
    ]
    assert browser.js("return getComputedStyle(document.querySelector('main')).display") == "block"


def test_fragments_fit_together_into_a_sites_own_page(browser, seed, large_city, tmp_path):
    place = tmp_path / "site.html"
    fragments = [render(report, format="html", fragment=True).decode() for report in (seed, large_city)]
    site = '<!DOCTYPE html><html lang="zh-CN"><title>某市</title><body><main><h1>年报</h1><p id="own">甲</p>'
    place.write_text(f"{site}{''.join(fragments)}</main>", encoding="utf-8")
    browser.open(place)
    identifiers = browser.js("return [...document.querySelectorAll('[id]')].map(e => e.id)")
    assert len(set(identifiers)) == len(identifiers)
    assert browser.axe()["violations"] == []
    own = browser.js("const s = getComputedStyle(document.getElementById('own')); return [s.textIndent, s.color]")
    assert own == ["0px", "rgb(0, 0, 0)"]
    data = browser.js("return [...document.querySelectorAll('script')].map(e => e.textContent)")
    assert [AnnualReport.model_validate_json(text) for text in data] == [seed, large_city]


SITE = """
* { margin: 0; padding: 0 } html { font-size: 62.5% }
body { font: 12px/1.5 SimSun, serif; color: #888; background: #eef }
.content { width: 1000px; margin: 0 auto; text-indent: 2em; letter-spacing: 1px; text-align: center }
h1, h2, h3 { font-size: 14px; font-weight: 400; color: green; border-bottom: 1px solid red; padding: 9px }
p { font-size: 18px; line-height: 3; text-indent: 0; color: #666; margin: 20px 0 }
table { border-collapse: separate; border-spacing: 4px; width: auto; background: #fee }
td, th { font-size: 10px; line-height: 1; padding: 0; border: 0; background: #ffe; color: blue; text-align: right }
li { list-style: square; margin: 9px; color: red } header { position: fixed; background: red } section { padding: 40px }
"""
"""What a site may say of the elements that an editor puts a report into."""

LOOK = """
const names = ['color', 'background-color', 'font-family', 'font-size', 'font-weight', 'line-height', 'letter-spacing',
    'text-align', 'text-indent', 'text-wrap', 'white-space', 'word-break', 'writing-mode', 'display',
    'border-top', 'border-right', 'border-bottom', 'border-left', 'border-collapse', 'outline-style',
    ...['top', 'right', 'bottom', 'left'].flatMap(side => [`margin-${side}`, `padding-${side}`])];
const elements = '.annual-report :is(h1, h2, h3, h4, p, table, th, td, mark, li, b, strong, span)';
return [...document.querySelectorAll(elements)].map(element => {
    const style = getComputedStyle(element), words = element.textContent.replace(/ \\[[\\d ]+\\]/g, '');
    return [words, ...names.map(name => name + ': ' + style.getPropertyValue(name))];
});
"""


@pytest.mark.parametrize("name", ["large_city", "housing_bureau", "seed_as_published"])
def test_styles_in_attributes_look_like_the_style_sheet_on_any_site(browser, tmp_path, request, name):
    report = request.getfixturevalue(name)
    findings = check(report)
    looks = []
    for fragment, style in ((True, ""), ("inline", ""), ("inline", SITE)):
        place = tmp_path / "site.html"
        content = render(report, format="html", fragment=fragment, findings=findings).decode()
        page = f'<title>甲</title><style>{style}</style><body><div class="content" style="width:1000px">{content}</div>'
        place.write_text(f'<!DOCTYPE html><html lang="zh-CN"><meta charset="utf-8">{page}', encoding="utf-8")
        browser.open(place)
        looks.append(browser.js(LOOK))
    plain, *inlined = looks
    assert len(plain) > 300
    for look in inlined:
        for expected, element in zip(plain, look, strict=True):
            assert element == expected


@pytest.mark.parametrize("name", ["seed", "attacked"])
def test_styles_in_attributes_bring_no_script_and_shut_nobody_out(browser, pages, tmp_path, name):
    report, _ = pages[name]
    content = render(report, format="html", fragment="inline", allow_findings=True).decode()
    place = tmp_path / "site.html"
    page = f'<title>甲</title><style>{SITE}</style><body><main class="content">{content}</main>'
    place.write_text(f'<!DOCTYPE html><html lang="zh-CN"><meta charset="utf-8">{page}', encoding="utf-8")
    browser.open(place)
    assert browser.requests() == [place.as_uri()]
    assert browser.console() == []
    assert browser.js("return document.querySelectorAll('main :is(style, script, link, img, svg)').length") == 0
    assert browser.js("return document.title") == "甲"
    assert browser.axe()["violations"] == []
    assert browser.js(CONTRASTS) == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_reviewed_page_shuts_nobody_out_and_leads_to_every_finding(browser, data, tmp_path, scheme, width):
    data["applications"]["carried_in"]["total"] = 561
    data["disputes"]["litigation"]["direct"]["upheld"] += 1
    wrong = data | {"overview": "2025年，新收政府信息公开申请9件。", "edition": "2019", "year": 2025}
    wrong |= AnnualReport.blank(agency="某局", year=2020).model_dump(include={"proactive_disclosure"})
    del wrong["applications"]["outcomes"]["other_handling"]
    wrong["applications"]["outcomes"]["other_handling"] = wrong["applications"]["carried_forward"]
    report = AnnualReport.model_validate(wrong)
    place = tmp_path / "review.html"
    findings = check(report)
    render(report, place, findings=findings)
    browser.open(place, width=width, scheme=scheme)
    assert browser.console() == []
    assert browser.axe()["violations"] == []
    assert browser.js(CONTRASTS) == []
    assert browser.js("return document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    followed = (
        "return [...document.querySelectorAll('.ar-review a')].map(a => document.querySelector(a.hash).className)"
    )
    assert browser.js(followed) == [f"ar-{finding.severity}" for finding in findings]
    assert {finding.severity for finding in findings} == {"error", "warning"}


@pytest.fixture
def printed(browser, tmp_path):
    def printed(report, style=None, findings=None):
        require("pdftotext")
        page, pdf = tmp_path / "report.html", tmp_path / "report.pdf"
        render(report, page, style=style, findings=findings, allow_findings=True)
        browser.open(page)
        pdf.write_bytes(browser.print())
        return pdf

    return printed


def text_of(pdf):
    return run("pdftotext", "-layout", pdf, "-").split("\f")[:-1]


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_printing_gives_numbered_pages_of_a4(printed, seed):
    pdf = printed(seed)
    assert "(A4)" in run("pdfinfo", pdf)
    found = text_of(pdf)
    for number, page in enumerate(found, 1):
        last = [line for line in page.splitlines() if line.strip()][-1]
        assert re.fullmatch(rf"\s*—\s*{number}\s*—", last)
        assert (len(last) - len(last.lstrip()) > 20) == (number % 2 == 1)
    text = squeezed("".join(found))
    assert all(section_title(key) in text for key in SECTIONS)
    assert "目录" not in text


def test_printed_page_numbers_are_7_mm_below_the_type_area(printed, seed):
    boxes = etree.fromstring(run("pdftotext", "-bbox", printed(seed), "-").encode(), etree.XMLParser(recover=True))
    for page in boxes.iter("{*}page"):
        lowest = max(page, key=lambda word: float(word.get("yMax")))
        assert lowest.text == "—"
        middle = (float(lowest.get("yMin")) + float(lowest.get("yMax"))) / 2 * 25.4 / 72
        assert middle - (297 - 35) == pytest.approx(7 + 3, abs=1)  # half the number's line is 3 mm high


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ["seed", "large city", "housing bureau"])
def test_the_spine_runs_downwards_and_nothing_else_does(browser, pages, name, width):
    report, place = pages[name]
    browser.open(place, width=width)
    downwards = browser.js(
        "return [...document.querySelectorAll('th, td')].filter(cell =>"
        " getComputedStyle(cell).writingMode === 'vertical-rl').map(cell => cell.textContent)"
    )
    assert downwards == [cell.text for cell in report.form.grids["applications"].cells if cell.role == "spine"]


def test_a_full_printed_page_has_22_lines_of_28_characters(printed):
    blank = AnnualReport.blank(agency="某局", year=2024)
    report = AnnualReport.model_validate(blank.model_dump() | {"overview": "人民政府工作" * 500})
    lines = [squeezed(line) for line in text_of(printed(report))[1].splitlines() if line.strip()]
    assert [len(line) for line in lines[:-1]] == [28] * 22


def test_every_number_is_on_the_printed_pages(printed, large_city):
    words = Counter(re.findall(r"\d+", "".join(text_of(printed(large_city)))))
    expected = Counter(
        value for key, grid in large_city.form.grids.items() for value in grid.print(getattr(large_city, key))
    )
    assert not expected - words


@pytest.mark.parametrize("name", ["seed", "large_city", "seed_as_published"])
def test_every_table_is_printed_whole_under_its_heading(printed, name, request):
    report = request.getfixturevalue(name)
    found = list(map(squeezed, text_of(printed(report, findings=check(report)))))
    for key in TABLES:
        page = [page for page in found if section_title(key) in page][-1]  # a finding's place names its section too
        below = page.rpartition(section_title(key))[2]
        bands = bands_of(report.form.grids[key])
        if bands:  # breaks between them
            assert all(any(holds(page, band) for page in found) for band in bands)
            assert holds(below, bands[0])
            continue
        rows = [cell.text for cell in report.form.grids[key].cells if cell.role == "stub" and cell.columns > 1]
        assert all(label in below for label in rows)
        assert "总计" in below


def holds(page: str, band: list[str]) -> bool:
    """Return whether a band and all its rows are on a page."""
    name, *labels = band
    return name in page and all(label in page.partition(name)[2] for label in labels)


def bands_of(grid) -> list[list[str]]:
    """Return each band and the labels of its rows."""
    bands = []
    for cell in grid.cells:
        if cell.role == "band":
            bands.append([])
        if bands and not cell.is_value:
            bands[-1].append(cell.text)
    return bands


def test_section_two_breaks_between_its_bands_where_the_page_ends(printed):
    blank = AnnualReport.blank(agency="某局", year=2024)
    broken = 0
    for lines in range(3, 23, 4):
        overview = "\n".join(["人民政府工作"] * lines)
        report = AnnualReport.model_validate(blank.model_dump() | {"overview": overview})
        found = list(map(squeezed, text_of(printed(report))))
        bands = [next(number for number, page in enumerate(found) if holds(page, band)) for band in BANDS]
        assert section_title("proactive_disclosure") in found[bands[0]]
        broken += bands[0] < bands[-1]
    assert broken > 1


BANDS = bands_of(AnnualReport.blank(agency="某局", year=2024).form.grids["proactive_disclosure"])


@pytest.mark.parametrize("wrong", [1, 7])
def test_notes_are_printed_on_the_page_of_their_table(printed, data, wrong):
    data["applications"]["outcomes"]["total"] = {
        key: number + (index < wrong)
        for index, (key, number) in enumerate(data["applications"]["outcomes"]["granted"].items())
    }
    report = AnnualReport.model_validate(data)
    findings = [finding for finding in check(report) if finding.path.startswith("applications")]
    assert len(findings) >= wrong
    (page,) = [page for page in map(squeezed, text_of(printed(report, findings=findings))) if "申请人情况" in page]
    below = page.partition("四、结转下年度继续办理")[2]
    assert below.count("错误") == len(findings)
    assert all(squeezed(finding.message.text("zh")) in below for finding in findings)


def test_a_table_moves_to_the_next_page_with_its_notes(printed):
    blank = AnnualReport.blank(agency="某局", year=2024)
    cells = [value.path for value in blank.form.grids["disputes"].values][:8]
    findings = Findings(
        Finding("some.rule", "error", f"disputes.{cell}", "某处", message("is missing")) for cell in cells
    )
    pages = set()
    for lines in range(0, 20, 2):
        texts = {"disputes": {"before": "\n".join(["人民政府工作"] * lines)}}
        report = AnnualReport.model_validate(blank.model_dump() | {"texts": texts})
        found = list(map(squeezed, text_of(printed(report, findings=findings))))
        (number,) = [number for number, page in enumerate(found) if "未经复议直接起诉" in page]
        assert found[number].partition("未经复议直接起诉")[2].count("错误") == len(cells), lines
        pages.add(number)
    assert len(pages) > 1


@pytest.mark.parametrize("agency", ["某局", "某县住房和城乡建设局"])
def test_the_date_begins_two_characters_behind_the_name_and_the_longer_ends_two_from_the_margin(
    browser, tmp_path, agency
):
    blank = AnnualReport.blank(agency=agency, year=2024).model_dump()
    report = AnnualReport.model_validate(blank | {"issued_by": agency, "issued_on": "2025-01-25"})
    render(report, tmp_path / "report.html", allow_findings=True)
    browser.open(tmp_path / "report.html", width=1280)
    name, date, margin, size = browser.js("""
        const words = element => { const r = document.createRange(); r.selectNodeContents(element); return r; };
        const [name, date] = [...document.querySelectorAll('.ar-signature p')].map(words);
        const [a, b] = [name, date].map(range => range.getBoundingClientRect());
        const main = document.querySelector('.ar-signature').parentElement;
        const edge = main.getBoundingClientRect().right - parseFloat(getComputedStyle(main).paddingRight);
        const size = parseFloat(getComputedStyle(document.querySelector('.ar-signature p')).fontSize);
        return [[a.left, a.right], [b.left, b.right], edge, size];
    """)
    assert date[0] - name[0] == pytest.approx(2 * size, abs=1)
    assert margin - max(name[1], date[1]) == pytest.approx(2 * size, abs=1)


def test_the_years_of_a_comparison_are_narrower_than_the_numbers_of_section_two(browser, large_city, tmp_path):
    last = large_city.with_values({"year": large_city.year - 1})
    render(compare(large_city, last), tmp_path / "对比.html")
    browser.open(tmp_path / "对比.html")
    rows = browser.js(
        "return [...document.querySelectorAll('.ar-banded tr')].map(row =>"
        " [...row.cells].map(cell => cell.getBoundingClientRect().width))"
    )
    label, year, *numbers = max(rows, key=len)
    assert year < min(numbers) < label
