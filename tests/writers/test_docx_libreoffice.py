"""The Word document as LibreOffice lays it out.

Every document that the selected tests ask for is converted in one start of LibreOffice.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest
from conftest import HOUSING_BUREAU, LARGE_CITY, ROOT, SEED
from extremes import extremes, nine_digits
from extremes import render_anyway as render
from lxml import etree
from PIL import Image, ImageChops, ImageStat
from programs import require, run, to_pdfs

from annual_report import AnnualReport, Style, load
from annual_report.document.line_breaks import boundaries
from annual_report.form.sections import SECTIONS, TABLES
from annual_report.report.places import section_title

APPROVED = ROOT / "tests" / "approved"
TOLERANCE = 6.0
"""The mean difference of a page's grey values, of 255, that fonts' and renderers' versions may make."""
INK_TOLERANCE = 10
"""The same for the mean of any of 8 by 12 parts of a page, where text that moves a little makes no difference."""

POINTS_PER_MM = 72 / 25.4
UNBREAKABLE = "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"
"""The label whose lines end between words at no width that takes only one line more than the widest."""
LONG_NAME = "新疆维吾尔自治区克孜勒苏柯尔克孜自治州住房和城乡建设局"

TALL = Style(fonts={"table": {"east_asian": "宋体", "size": 15}})


def blank(**changes) -> AnnualReport:
    return AnnualReport.model_validate(AnnualReport.blank(agency="某局", year=2024).model_dump() | changes)


DOCUMENTS = {
    "seed": lambda: (load(SEED), None),
    "seed, large print": lambda: (load(SEED), "large-print"),
    "large city": lambda: (load(LARGE_CITY), None),
    "large city, large print": lambda: (load(LARGE_CITY), "large-print"),
    "large city, tall rows": lambda: (load(LARGE_CITY), TALL),
    "housing bureau": lambda: (load(HOUSING_BUREAU), None),
    "housing bureau, large print": lambda: (load(HOUSING_BUREAU), "large-print"),
    "nine digits": lambda: (nine_digits("2021"), None),
    "nine digits, large print": lambda: (nine_digits("2021"), "large-print"),
    "nine digits, 2019": lambda: (nine_digits("2019"), None),
    "nine digits, 2019, large print": lambda: (nine_digits("2019"), "large-print"),
    "full pages": lambda: (blank(overview="人民政府工作" * 500), None),
    "long name": lambda: (AnnualReport.blank(agency=LONG_NAME, year=2024), None),
    "page number 14 mm below": lambda: (blank(), Style(page_number={"below": 14})),
    **{f"extreme: {name}": lambda name=name: (extremes()[name], None) for name in extremes()},
}
"""What is laid out: reports, each with a style."""


@dataclass(frozen=True)
class Layout:
    report: AnnualReport
    pdf: Path

    def pages(self) -> list[str]:
        require("pdftotext")
        return run("pdftotext", "-layout", self.pdf, "-").split("\f")[:-1]

    def words(self) -> list[list[tuple[str, float, float]]]:
        """Give the words of each page, each with its top and its bottom in millimetres."""
        require("pdftotext")
        tree = etree.fromstring(run("pdftotext", "-bbox", self.pdf, "-").encode(), etree.XMLParser(recover=True))
        return [
            [(word.text, *(float(word.get(side)) / POINTS_PER_MM for side in ("yMin", "yMax"))) for word in page]
            for page in tree.iter("{*}page")
        ]


def laid_out(*names):
    """Give a test the layout of each of these documents in turn."""
    return pytest.mark.parametrize("layout", names, indirect=True)


@pytest.fixture(scope="session")
def converted(request, tmp_path_factory):
    items = [item for item in request.session.items if item.path == Path(__file__)]
    asked = [item.callspec.params.get("layout") for item in items if hasattr(item, "callspec")]
    names = list(dict.fromkeys(filter(None, asked)))
    folder = tmp_path_factory.mktemp("laid-out")
    reports, documents = [], []
    for number, name in enumerate(names):
        report, style = DOCUMENTS[name]()
        reports.append(report)
        documents.append(folder / f"{number}.docx")
        render(report, documents[-1], style=style)
    return dict(zip(names, map(Layout, reports, to_pdfs(documents, folder)), strict=True))


@pytest.fixture
def layout(request, converted):
    return converted[request.param]


def squeezed(text: str) -> str:
    return "".join(text.split())


@laid_out("full pages")
def test_a_full_page_has_22_lines_of_28_characters(layout):
    lines = [squeezed(line) for line in layout.pages()[1].splitlines() if line.strip()]
    assert [len(line) for line in lines[:-1]] == [28] * 22
    assert re.fullmatch("—?2—", lines[-1])


@laid_out("seed")
def test_the_seed_fills_nine_pages_with_all_its_headings_and_words(layout):
    found = layout.pages()
    assert len(found) == 9
    text = squeezed("".join(re.sub(r"^ *—\s*\d+\s*— *$", "", page, flags=re.MULTILINE) for page in found))
    for key in SECTIONS:
        assert section_title(key) in text
    report = layout.report
    for narrative in (report.preamble, report.overview, report.problems_and_improvements, report.other_matters):
        for paragraph in narrative:
            assert squeezed(paragraph.text) in text


@laid_out("large city", "housing bureau")
def test_every_number_of_the_tables_is_on_the_pages(layout):
    report = layout.report
    words = Counter(re.findall(r"[+-]?\d[\d.]*元?", "".join(layout.pages()).replace(" 元", "元")))
    expected = Counter(value for key, grid in report.form.grids.items() for value in grid.print(getattr(report, key)))
    assert not expected - words


@laid_out("seed", "seed, large print", "housing bureau", "housing bureau, large print")
def test_no_number_of_the_narratives_breaks_at_the_end_of_a_line(layout):
    report = layout.report
    prose = "\n".join(map(str, (report.preamble, report.overview, report.problems_and_improvements)))
    words = Counter(re.findall(r"\d+", "".join(layout.pages())))
    assert not Counter(re.findall(r"\d+", prose)) - words


@laid_out("nine digits", "nine digits, large print", "nine digits, 2019", "nine digits, 2019, large print")
def test_no_number_of_nine_digits_breaks(layout):
    report = layout.report
    words = Counter(re.findall(r"\d+", "".join(layout.pages())))
    expected = Counter(
        number
        for key, grid in report.form.grids.items()
        for value in grid.print(getattr(report, key))
        for number in re.findall(r"\d+", value)
    )
    assert not expected - words


@laid_out("seed", "large city")
def test_the_large_table_stands_whole_on_one_page_under_its_heading(layout):
    (page,) = [page for page in map(squeezed, layout.pages()) if section_title("applications") in page]
    assert "四、结转下年度继续办理" in page


@laid_out("seed", "large city")
def test_no_table_leaves_its_heading_alone(layout):
    found = list(map(squeezed, layout.pages()))
    first_cells = ["第二十条第（一）项", "申请人情况", "行政复议"]
    for key, cell in zip(TABLES, first_cells, strict=True):
        (page,) = [page for page in found if section_title(key) in page]
        assert cell in page.partition(section_title(key))[2]


@laid_out("large city, large print", "large city, tall rows")
def test_a_style_too_tall_for_one_page_repeats_the_header_rows(layout):
    found = list(map(squeezed, layout.pages()))
    assert sum("申请人情况" in page for page in found) > 1
    (first,) = [page for page in found if section_title("applications") in page]
    assert "本年新收" in first.partition(section_title("applications"))[2]


@laid_out("seed")
def test_the_pages_are_set_in_the_typefaces_asked_for(layout):
    require("pdffonts")
    typefaces = run("pdffonts", layout.pdf)
    for stand_in in ("FandolFang", "Zen", "NotoSansCJK", "NotoSerifCJK", "LiberationSerif"):
        assert stand_in in typefaces


EXTREMES = [
    name if name == "extreme: hostile" else pytest.param(name, marks=pytest.mark.matrix)
    for name in DOCUMENTS
    if name.startswith("extreme: ")
]


@laid_out(*EXTREMES)
def test_extremes_are_laid_out(layout):
    assert layout.pages()


@laid_out("long name")
def test_a_long_name_breaks_at_a_word(layout):
    first = [line.strip() for line in layout.pages()[0].splitlines() if line.strip()]
    assert first[0].endswith(("区", "州"))
    assert first[0] + first[1] == LONG_NAME
    assert min(len(first[0]), len(first[1])) > 5


@laid_out("seed", "page number 14 mm below")
def test_page_numbers_stand_as_far_below_the_type_area_as_the_style_says(layout, request):
    asked = 14 if "14 mm" in request.node.callspec.params["layout"] else 7
    for page in layout.words():
        text, top, bottom = max(page, key=lambda word: word[2])
        assert text == "—"
        # The line is 1.25 times as high as its type, which stands in its middle.
        assert (top + bottom) / 2 - 14 * 1.25 / 2 / POINTS_PER_MM - (297 - 35) == pytest.approx(asked, abs=0.5)


@laid_out("seed", "housing bureau")
def test_labels_break_between_words(layout):
    grids = layout.report.form.grids
    ends = {
        cell.text: {0, len(cell.text), *boundaries(cell.text)}
        for key in ("applications", "disputes")
        for cell in grids[key].cells
        if cell.text
    }
    below, above = section_title("applications"), section_title("problems_and_improvements")
    words = [text for page in layout.words() for text, *_ in page]
    parts = [text for text in words[words.index(below) + 1 : words.index(above)] if re.fullmatch(r"[\d.]*\w{2,}", text)]
    assert len(parts) > 50
    torn = [
        part
        for part in parts
        if not part.isdecimal()
        and not any(
            {found.start(), found.end()} <= offsets
            for label, offsets in ends.items()
            for found in re.finditer(re.escape(part), label)
        )
    ]
    assert [part for part in torn if part not in UNBREAKABLE] == []


@laid_out("seed")
def test_the_pages_look_as_approved(layout, tmp_path):
    """`make pictures` approves the pages as they are now."""
    require("pdftoppm")
    run("pdftoppm", "-r", "50", "-gray", "-png", layout.pdf, tmp_path / "seed")
    pictures = sorted(tmp_path.glob("seed-*.png"))
    assert len(pictures) == len(approved())
    for picture, standard in zip(pictures, approved(), strict=True):
        with Image.open(picture) as ours, Image.open(standard) as theirs:
            assert unlike(ours, theirs) == [], picture.name


@pytest.mark.parametrize("number", range(1, 10))
def test_a_page_without_what_was_approved_on_it_is_noticed(number):
    with Image.open(APPROVED / f"seed-{number}.png") as page:
        lower = page.height // 2
        upper_half_gone, page_gone = page.copy(), Image.new("L", page.size, 255)
        upper_half_gone.paste(255, (0, 0, page.width, lower))
        assert unlike(upper_half_gone, page)
        assert unlike(page_gone, page)
        assert unlike(page, page_gone)


def approved():
    return sorted(APPROVED.glob("seed-*.png"))


def unlike(ours, theirs) -> list[str]:
    """Say in what two pictures of a page differ: size, look, or how dark a part of the page is."""
    if ours.size != theirs.size:
        return [f"{ours.size}, not {theirs.size}"]
    ours, theirs = ours.convert("L"), theirs.convert("L")
    look = ImageStat.Stat(ImageChops.difference(ours, theirs)).mean[0]
    parts = [picture.resize((8, 12), Image.Resampling.BOX).tobytes() for picture in (ours, theirs)]
    ink = max(abs(mine - other) for mine, other in zip(*parts, strict=True))
    return [f"look: {look:.1f}"] * (look >= TOLERANCE) + [f"ink: {ink}"] * (ink >= INK_TOLERANCE)
