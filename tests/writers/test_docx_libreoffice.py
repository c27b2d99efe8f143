"""The Word document as LibreOffice lays it out."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from conftest import ROOT
from extremes import extremes, nine_digits
from extremes import render_anyway as render
from PIL import Image, ImageChops, ImageStat
from programs import require, run, to_pdf

from annual_report import AnnualReport, Style
from annual_report.form.sections import SECTIONS, TABLES
from annual_report.report.places import section_title

APPROVED = ROOT / "tests" / "approved"
TOLERANCE = 6.0
"""The mean difference of a page's grey values, of 255, that fonts' and renderers' versions may make."""


def laid_out(report, folder, style=None):
    document = folder / "report.docx"
    render(report, document, style=style)
    return to_pdf(document, folder)


def pages(pdf, *options):
    require("pdftotext")
    return run("pdftotext", "-layout", *options, pdf, "-").split("\f")[:-1]


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.fixture(scope="module")
def seed_pdf(seed, tmp_path_factory):
    return laid_out(seed, tmp_path_factory.mktemp("seed"))


@pytest.fixture(scope="module")
def city_pdf(large_city, tmp_path_factory):
    return laid_out(large_city, tmp_path_factory.mktemp("city"))


def test_a_full_page_has_22_lines_of_28_characters(tmp_path):
    prose = "人民政府工作" * 500
    blank = AnnualReport.blank(agency="某局", year=2024)
    report = AnnualReport.model_validate(blank.model_dump() | {"overview": prose})
    # The fangsong that stands in here is narrower than its size; the song is as wide as type of its size should be.
    style = Style(fonts={"body": {"east_asian": "宋体", "size": 16}})
    full = pages(laid_out(report, tmp_path, style))[1]
    lines = [squeezed(line) for line in full.splitlines() if line.strip()]
    assert [len(line) for line in lines[:-1]] == [28] * 22
    assert re.fullmatch("—?2—", lines[-1])


def test_the_seed_fills_nine_pages_with_all_its_headings_and_words(seed, seed_pdf):
    found = pages(seed_pdf)
    assert len(found) == 9
    text = squeezed("".join(re.sub(r"^ *—\s*\d+\s*— *$", "", page, flags=re.MULTILINE) for page in found))
    for key in SECTIONS:
        assert section_title(key) in text
    for narrative in (seed.preamble, seed.overview, seed.problems_and_improvements, seed.other_matters):
        for paragraph in narrative:
            assert squeezed(paragraph.text) in text


@pytest.mark.parametrize("name", ["large_city", "housing_bureau"])
def test_every_number_of_the_tables_is_on_the_pages(name, request, tmp_path):
    report = request.getfixturevalue(name)
    text = "".join(pages(laid_out(report, tmp_path))).replace(" 元", "元")
    words = Counter(re.findall(r"[+-]?\d[\d.]*元?", text))
    expected = Counter(value for key, grid in report.form.grids.items() for value in grid.print(getattr(report, key)))
    assert not expected - words


@pytest.mark.parametrize("style", ["gbt9704", "large-print"])
@pytest.mark.parametrize("name", ["seed", "housing_bureau"])
def test_no_number_of_the_narratives_breaks_at_the_end_of_a_line(tmp_path, request, name, style):
    report = request.getfixturevalue(name)
    prose = "\n".join(map(str, (report.preamble, report.overview, report.problems_and_improvements)))
    words = Counter(re.findall(r"\d+", "".join(pages(laid_out(report, tmp_path, style)))))
    assert not Counter(re.findall(r"\d+", prose)) - words


@pytest.mark.parametrize("edition", ["2019", "2021"])
@pytest.mark.parametrize("style", ["gbt9704", "large-print"])
def test_no_number_of_nine_digits_breaks(tmp_path, edition, style):
    report = nine_digits(edition)
    words = Counter(re.findall(r"\d+", "".join(pages(laid_out(report, tmp_path, style)))))
    expected = Counter(
        number
        for key, grid in report.form.grids.items()
        for value in grid.print(getattr(report, key))
        for number in re.findall(r"\d+", value)
    )
    assert not expected - words


@pytest.mark.parametrize("name", ["seed_pdf", "city_pdf"])
def test_the_large_table_stands_whole_on_one_page_under_its_heading(request, name):
    found = [squeezed(page) for page in pages(request.getfixturevalue(name))]
    (page,) = [page for page in found if section_title("applications") in page]
    assert "四、结转下年度继续办理" in page


@pytest.mark.parametrize("name", ["seed_pdf", "city_pdf"])
def test_no_table_leaves_its_heading_alone(request, name):
    found = [squeezed(page) for page in pages(request.getfixturevalue(name))]
    first_cells = ["第二十条第（一）项", "申请人情况", "行政复议"]
    for key, cell in zip(TABLES, first_cells, strict=True):
        (page,) = [page for page in found if section_title(key) in page]
        assert cell in page.partition(section_title(key))[2]


@pytest.mark.parametrize("style", ["large-print", Style(fonts={"table": {"east_asian": "宋体", "size": 15}})])
def test_a_style_too_tall_for_one_page_repeats_the_header_rows(tmp_path, large_city, style):
    found = [squeezed(page) for page in pages(laid_out(large_city, tmp_path, style))]
    assert sum("申请人情况" in page for page in found) > 1
    (first,) = [page for page in found if section_title("applications") in page]
    assert "本年新收" in first.partition(section_title("applications"))[2]


def test_the_pages_are_set_in_the_faces_asked_for(seed_pdf):
    require("pdffonts")
    faces = run("pdffonts", seed_pdf)
    for stand_in in ("cwTeXFangSong", "Zen", "NotoSansCJK", "NotoSerifCJK", "LiberationSerif"):
        assert stand_in in faces


@pytest.mark.parametrize("name", extremes())
def test_extremes_are_laid_out(tmp_path, name):
    assert pages(laid_out(extremes()[name], tmp_path))


def test_a_long_name_breaks_at_a_word(tmp_path):
    agency = "新疆维吾尔自治区克孜勒苏柯尔克孜自治州住房和城乡建设局"
    report = AnnualReport.blank(agency=agency, year=2024)
    first = [line.strip() for line in pages(laid_out(report, tmp_path))[0].splitlines() if line.strip()]
    assert first[0].endswith(("区", "州"))
    assert first[0] + first[1] == agency
    assert min(len(first[0]), len(first[1])) > 5


def test_the_pages_look_as_approved(seed_pdf, tmp_path):
    """`make pictures` approves the pages as they are now."""
    pictures = draw(seed_pdf, tmp_path)
    approved = sorted(APPROVED.glob("seed-*.png"))
    assert len(pictures) == len(approved)
    for picture, standard in zip(pictures, approved, strict=True):
        with Image.open(picture) as ours, Image.open(standard) as theirs:
            assert ours.size == theirs.size
            difference = ImageStat.Stat(ImageChops.difference(ours.convert("L"), theirs.convert("L"))).mean[0]
        assert difference < TOLERANCE, f"{picture.name} differs by {difference:.1f}"


def draw(pdf, folder):
    require("pdftoppm")
    run("pdftoppm", "-r", "50", "-gray", "-png", pdf, folder / "seed")
    return sorted(folder.glob("seed-*.png"))
