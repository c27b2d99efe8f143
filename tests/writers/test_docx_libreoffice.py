"""The Word document as LibreOffice lays it out.

Every document that the selected tests ask for is converted in one start of LibreOffice.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import HOUSING_BUREAU, LARGE_CITY, ROOT, SEED
from extremes import extremes, nine_digits
from extremes import render_anyway as render
from lxml import etree
from PIL import Image, ImageChops, ImageStat
from programs import require, run, to_pdfs
from publications.drawing import draw

from annual_report import AnnualReport, Style, compare, load
from annual_report.document.line_breaks import boundaries
from annual_report.form.sections import SECTIONS, TABLES
from annual_report.report.places import section_title

if TYPE_CHECKING:
    from annual_report import Comparison

APPROVED = ROOT / "tests" / "approved"
TOLERANCE = 6.0
"""The mean difference of a page's grey values, of 255, that fonts' and renderers' versions may make."""
INK_TOLERANCE = 10
"""The same for the mean of any of 8 by 12 parts of a page, where text that moves a little makes no difference."""

POINTS_PER_MM = 72 / 25.4
YEARS = ["2024", "2025", "增减"]
NARROW_COLUMN = 28 + 5
"""The right edge of section three's first column, in millimetres."""
LONG_SIGNATURE = "新疆维吾尔自治区克孜勒苏柯尔克孜自治州阿克陶县布伦口乡人民政府党政综合办公室"[:36]
LONG_NAME = "新疆维吾尔自治区克孜勒苏柯尔克孜自治州住房和城乡建设局"

TALL = Style(fonts={"table": {"east_asian": "宋体", "size": 15}})
LARGEST = Style(
    lines=39,
    characters=30,
    fonts={role: {"east_asian": "宋体", "size": size} for role, size in (("table", 18), ("item_table", 40))},
)
"""The largest settings that a page of this size can hold."""
WHOLE = Style(tables={"keep_whole": ["proactive_disclosure", "applications"]})


def generated(seed: int) -> AnnualReport:
    return draw(random.Random(seed)).report()


def in_one_column(number: str) -> AnnualReport:
    report = blank()
    reconsideration = report.disputes.reconsideration.model_dump() | {"upheld": int(number), "total": int(number)}
    return blank(disputes=report.disputes.model_dump() | {"reconsideration": reconsideration})


def compared():
    report = load(LARGE_CITY)
    return compare(report.model_copy(update={"year": 2024}), report)


def blank(**changes) -> AnnualReport:
    return AnnualReport.model_validate(AnnualReport.blank(agency="某局", year=2024).model_dump() | changes)


def signed(paragraphs: int) -> AnnualReport:
    return blank(other_matters=["人民政府工作" * 14] * paragraphs, issued_by="某局", issued_on="2025-01-25")


SIGNED = (2, 13)
"""After how many paragraphs a page is full, so that the signature would be alone on the next one."""

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
    "large city, largest settings": lambda: (load(LARGE_CITY), LARGEST),
    "seed, whole tables": lambda: (load(SEED), WHOLE),
    "large city, whole tables": lambda: (load(LARGE_CITY), WHOLE),
    "comparison": lambda: (compared(), None),
    "nine digits in one column": lambda: (in_one_column("999999999"), None),
    "full pages": lambda: (blank(overview="人民政府工作" * 500), None),
    "long name": lambda: (AnnualReport.blank(agency=LONG_NAME, year=2024), None),
    "long signature": lambda: (blank(issued_by=LONG_SIGNATURE, issued_on="2025-01-25"), None),
    **{f"signature, {number} paragraphs": lambda number=number: (signed(number), None) for number in SIGNED},
    "page number 14 mm below": lambda: (blank(), Style(page_number={"below": 14})),
    **{f"generated {seed}": lambda seed=seed: (generated(seed), None) for seed in range(20)},
    **{f"generated {seed}, large print": lambda seed=seed: (generated(seed), "large-print") for seed in range(20)},
    **{f"extreme: {name}": lambda name=name: (extremes()[name], None) for name in extremes()},
}
"""What is laid out: reports, each with a style."""


@dataclass(frozen=True)
class Layout:
    report: AnnualReport | Comparison
    pdf: Path

    def pages(self) -> list[str]:
        require("pdftotext")
        return run("pdftotext", "-layout", self.pdf, "-").split("\f")[:-1]

    def words(self) -> list[list[tuple[str, float, float, float]]]:
        """Give the words of each page, each with its top, its bottom and its left edge in millimetres."""
        require("pdftotext")
        tree = etree.fromstring(run("pdftotext", "-bbox", self.pdf, "-").encode(), etree.XMLParser(recover=True))
        return [
            [
                (word.text, *(float(word.get(side)) / POINTS_PER_MM for side in ("yMin", "yMax", "xMin")))
                for word in page
            ]
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


@laid_out("large city", "housing bureau", "large city, largest settings")
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


NINE_DIGITS = [name for name in DOCUMENTS if name.startswith("nine digits")]


@laid_out(*NINE_DIGITS)
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


@laid_out("seed, whole tables", "large city, whole tables")
def test_a_style_keeps_tables_whole_under_their_headings(layout):
    pages = list(map(squeezed, layout.pages()))
    for key, last in (("proactive_disclosure", "行政事业性收费"), ("applications", "四、结转下年度继续办理")):
        (page,) = [page for page in pages if section_title(key) in page]
        assert last in page


FLOWING = ["seed", "large city", "housing bureau", *(f"generated {seed}" for seed in range(20))]
LARGE_PRINT = [f"{name}, large print" for name in FLOWING]


@laid_out(*FLOWING, *LARGE_PRINT)
def test_no_page_but_the_last_is_more_than_a_third_blank(layout, tmp_path):
    require("pdftoppm")
    run("pdftoppm", "-r", "40", "-gray", layout.pdf, tmp_path / "page")
    *pages, _last = sorted(tmp_path.glob("page-*.pgm"))
    assert pages
    assert [round(share, 2) for share in map(blank_share, pages) if share > 1 / 3] == []


def blank_share(page: Path) -> float:
    """Measure the longest stretch of a page's type area without ink, as a share of its height."""
    with Image.open(page) as picture:
        top, bottom = (round(picture.height * height / 297) for height in (37, 297 - 35))
        rows = [min(picture.crop((0, row, picture.width, row + 1)).tobytes()) for row in range(top, bottom)]
    stretches = "".join(" " if darkest > 200 else "x" for darkest in rows).split("x")
    return max(map(len, stretches)) / len(rows)


@laid_out("large city, largest settings")
def test_the_largest_settings_keep_every_word_on_the_page(layout):
    for page in layout.words():
        assert all(28 - 1 < left < 210 - 26 and bottom < 297 for _, _, bottom, left in page)


@laid_out(*FLOWING)
def test_groups_of_rows_stay_together(layout):
    grid = layout.report.form.grids["applications"]
    groups = [cell for cell in grid.cells if cell.role == "stub" and cell.rows > 1]
    assert [group.text[:3] for group in groups][:3] == ["（三）", "（四）", "（五）"]
    pages = [rows_of_section_three(grid, words) for words in layout.words()]
    assert sorted(row for rows in pages for row in rows) == list(range(grid.header_rows, grid.height))
    for group in groups:
        (page,) = [rows for rows in pages if group.row in rows]
        assert set(range(group.row, group.row + group.rows)) <= page


@laid_out("generated 11", "generated 14")
def test_the_label_of_a_table_that_fits_on_its_page_is_printed_once(layout):
    (spine,) = [cell for cell in layout.report.form.grids["applications"].cells if cell.role == "spine"]
    (page,) = [words for words in layout.words() if "申请人情况" in [text for text, *_ in words]]
    assert downwards(page).count(spine.text) == 1


@laid_out(*FLOWING, *LARGE_PRINT)
def test_each_page_of_section_three_has_its_head_and_the_labels_that_go_on(layout):
    grid = layout.report.form.grids["applications"]
    (spine,) = [cell for cell in grid.cells if cell.role == "spine"]
    for words in layout.words():
        rows = rows_of_section_three(grid, words)
        assert ("申请人情况" in [text for text, *_ in words]) == bool(rows)
        goes_on = any(spine.row <= row < spine.row + spine.rows for row in rows)
        assert (spine.text in downwards(words)) == goes_on


def downwards(words) -> str:
    """Give the characters of section three's first column, from above."""
    return "".join(
        text
        for _, text in sorted((top, text) for text, top, _, left in words if len(text) == 1 and left < NARROW_COLUMN)
    )


def rows_of_section_three(grid, words) -> set[int]:
    """Give the rows of section three's table that are on a page, found by the beginnings of their labels."""
    texts = {text[:4] for text, *_ in words}
    return {cell.row for cell in grid.cells if cell.role == "stub" and cell.rows == 1 and cell.text[:4] in texts}


@laid_out("comparison")
def test_no_year_of_a_comparison_breaks(layout):
    _, _, section_four = "".join(layout.pages()).partition(section_title("disputes"))
    assert re.findall(r"2024 ?年|2025 ?年|增减", section_four) == ["2024 年", "2025 年", "增减"]


@laid_out("comparison")
def test_the_years_of_a_row_stay_together_on_a_page(layout):
    """Every row of values has one row for each year and one for the change."""
    pages = [
        [text for _, text in sorted((top, text) for text, top, bottom, _ in page if text in YEARS and bottom - top < 6)]
        for page in layout.words()
    ]
    assert sum(map(len, pages)) > 3 * 30
    for texts in pages:
        assert texts == YEARS * (len(texts) // 3)


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


@laid_out("seed", "seed, large print", "page number 14 mm below")
def test_the_dashes_of_the_page_number_are_as_far_below_the_type_area_as_the_style_says(layout, request, tmp_path):
    """GB/T 9704-2012, 7.5: the dashes are 7 mm below the lower edge of the type area; measured by ink."""
    require("pdftoppm")
    asked = 14 if "14 mm" in request.node.callspec.params["layout"] else 7
    run("pdftoppm", "-r", "254", "-gray", "-f", "1", "-l", "2", layout.pdf, tmp_path / "page")
    for picture in sorted(tmp_path.glob("page-*.pgm")):
        with Image.open(picture) as page:
            below = page.crop((0, (297 - 35) * 10 + 5, page.width, page.height)).point(lambda grey: 255 * (grey < 128))
        left, _, _, bottom = below.getbbox()
        _, top, _, _ = below.crop((left, 0, left + 30, bottom)).getbbox()
        assert (top + 5) / 10 == pytest.approx(asked, abs=0.6)


@laid_out("long signature")
def test_a_long_signature_and_its_date_are_within_the_type_area(layout):
    text = list(map(squeezed, layout.pages()[-1].splitlines()))
    first = text.index(LONG_SIGNATURE[:19])
    assert text[first : first + 3] == [LONG_SIGNATURE[:19], LONG_SIGNATURE[19:], "2025年1月25日"]
    name, date = (
        min(left for word, _, _, left in layout.words()[-1] if word.startswith(start)) for start in ("新疆", "2025")
    )
    assert name > 28
    # The date begins two characters further in; LibreOffice adds space around its digits, which moves it back.
    assert 0 < date - name < 2 * 16 / POINTS_PER_MM


@laid_out(*(f"signature, {number} paragraphs" for number in SIGNED))
def test_no_page_has_the_signature_alone(layout):
    *before, last = map(squeezed, layout.pages())
    assert last.startswith("人民政府工作" * 4)
    assert "某局2025年1月25日" in last
    assert not any("2025年1月25日" in page for page in before)


@laid_out("seed", "housing bureau", "seed, large print", "housing bureau, large print")
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
    assert torn == []


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
