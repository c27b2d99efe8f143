"""PDF files as blocks: those that LibreOffice, Chromium and WPS write."""

from __future__ import annotations

import html
import json
import os
import re
from collections import Counter
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

import docx
import pytest
from conftest import FIXTURES, ROOT
from docx.oxml import OxmlElement
from docx.shared import Pt
from extremes import PROSE, nine_digits
from programs import require, run

from annual_report import AnnualReport, Style, load, render
from annual_report.readers.blocks import Paragraph, Table
from annual_report.readers.published import pdf
from annual_report.writers.typefaces import fontconfig

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from annual_report.form.grid import Grid
    from annual_report.readers.blocks import Content

REAL = ROOT.parent / "shared" / "real"


def squeezed(text: str) -> str:
    return "".join(text.split())


def expected(report: AnnualReport, key: str) -> set[tuple[int, int, int, int, str]]:
    """A table's cells, each with its place, spans and text."""
    grid = report.form.grids[key]
    values = iter(grid.print(getattr(report, key)))
    return {(c.row, c.column, c.rows, c.columns, squeezed(next(values) if c.is_value else c.text)) for c in grid.cells}


def found(table: Table) -> set[tuple[int, int, int, int, str]]:
    return {(c.row, c.column, c.rows, c.columns, squeezed(c.text)) for c in table.cells}


def tables(content: Content) -> list[Table]:
    return [block for block in content.blocks if isinstance(block, Table)]


def texts(content: Content) -> list[str]:
    return [block.text for block in content.blocks if isinstance(block, Paragraph)]


def assert_tables_are(content: Content, report: AnnualReport) -> None:
    assert len(tables(content)) == len(report.form.grids)
    for table, key in zip(tables(content), report.form.grids, strict=True):
        assert found(table) == expected(report, key)


def with_overview(report: AnnualReport, paragraphs: int) -> AnnualReport:
    overview = "\n".join(f"第{n}段。" + PROSE * (1 + n % 3) for n in range(paragraphs))
    return AnnualReport.model_validate(report.model_dump() | {"overview": overview})


@cache
def reports() -> dict[str, AnnualReport]:
    city, bureau = (load(FIXTURES / f"{name}.json") for name in ("large-city-2025", "county-housing-bureau-2020"))
    return {
        "large-city": city,
        "housing-bureau": bureau,
        "civil-affairs": load(FIXTURES / "shizuishan-civil-affairs-2023.json"),
        "nine-digits": nine_digits("2021"),
        "nine-digits-2019": nine_digits("2019"),
        "same-paragraphs": AnnualReport.model_validate(city.model_dump() | {"overview": "\n".join([PROSE] * 60)}),
    } | {f"city-{n}": with_overview(city, n) for n in (5, 11)}


def by_hand(report: AnnualReport, offset: int, *, head: bool, size: float) -> docx.document.Document:
    """A report as offices write it: rows may go on on the next page, headers may be repeated."""
    document = docx.Document()
    document.styles["Normal"].font.size = Pt(size)
    for n in range(offset):
        document.add_paragraph(f"第{n}段。{PROSE}")
    for key, grid in report.form.grids.items():
        document.add_paragraph(key)
        fill(document.add_table(grid.height, grid.width, style="Table Grid"), grid, report, key)
        for row in document.tables[-1].rows[: grid.header_rows if head else 0]:
            row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    return document


def fill(table: docx.table.Table, grid: Grid, report: AnnualReport, key: str) -> None:
    values = iter(grid.print(getattr(report, key)))
    for cell in grid.cells:
        last = table.cell(cell.row + cell.rows - 1, cell.column + cell.columns - 1)
        table.cell(cell.row, cell.column).merge(last).text = next(values) if cell.is_value else cell.text


WHOLE = Style(tables={"keep_whole": ["proactive_disclosure", "applications"]})
"""Where tables may break over pages, a label is divided, and not as on the form."""

BY_HAND = {f"by-hand-{n}": (n, n % 2 == 1, (9, 10.5, 12)[n % 3]) for n in (0, 1, 3, 4, 7, 9)}


@pytest.fixture(scope="session")
def printed(tmp_path_factory) -> dict[str, bytes]:
    """The PDFs of all Word documents, made by LibreOffice in one go."""
    soffice = require("soffice")
    folder = tmp_path_factory.mktemp("printed")
    for name, report in reports().items():
        (folder / f"{name}.docx").write_bytes(render(report, format="docx", style=WHOLE, allow_findings=True))
    for name, (offset, head, size) in BY_HAND.items():
        by_hand(reports()["large-city"], offset, head=head, size=size).save(str(folder / f"{name}.docx"))
    (folder / "fonts.conf").write_text(fontconfig(), encoding="utf-8")
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    command = [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", folder, *folder.glob("*.docx")]
    run(*command, env=os.environ | {"FONTCONFIG_FILE": str(folder / "fonts.conf"), "HOME": str(folder)})
    return {path.stem: path.read_bytes() for path in folder.glob("*.pdf")}


def by_chromium(page: str, folder: Path) -> bytes:
    (folder / "page.html").write_text(page, encoding="utf-8")
    run(
        require("chromium"),
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        f"--print-to-pdf={folder / 'page.pdf'}",
        (folder / "page.html").as_uri(),
    )
    return (folder / "page.pdf").read_bytes()


@pytest.mark.parametrize("name", list(reports()))
def test_every_cell_of_our_own_documents_is_found_in_its_place(name, printed):
    content = pdf.parse(printed[name])
    assert_tables_are(content, reports()[name])
    assert content.remarks == ()


@pytest.mark.parametrize("name", list(reports()))
def test_values_are_the_printed_ones_to_the_letter(name, printed):
    report = reports()[name]
    for table, (key, grid) in zip(tables(pdf.parse(printed[name])), report.form.grids.items(), strict=True):
        cells = {(cell.row, cell.column): cell.text for cell in table.cells}
        places = [(cell.row, cell.column) for cell in grid.cells if cell.is_value]
        assert [cells[place] for place in places] == list(grid.print(getattr(report, key)))


@pytest.mark.parametrize("name", list(reports()))
def test_every_paragraph_of_our_own_documents_is_whole(name, printed):
    report = reports()[name]
    content = pdf.parse(printed[name])
    narratives = [report.preamble, report.overview, report.problems_and_improvements, report.other_matters]
    # LibreOffice sets what runs in after a heading on a line of its own.
    whole = [squeezed(line.replace("**", "")) for text in narratives for line in str(text or "").splitlines()]
    wanted = Counter(filter(None, whole))
    pieces = [squeezed(text) for text in texts(content)]
    joined = Counter(pieces) + Counter(a + b for a, b in pairwise(pieces))
    assert not wanted - joined
    # Nothing else is in it but the title, the sections' headings, and the signature.
    assert sum(map(len, pieces)) - sum(map(len, wanted.elements())) < 200


@pytest.mark.parametrize("name", list(reports()))
def test_pdfplumber_finds_the_same_numbers(name, printed, tmp_path):
    pdfplumber = pytest.importorskip("pdfplumber")
    (tmp_path / "report.pdf").write_bytes(printed[name])
    with pdfplumber.open(tmp_path / "report.pdf") as document:
        other = [cell for page in document.pages for table in page.extract_tables() for row in table for cell in row]
    ours = [cell.text for table in tables(pdf.parse(printed[name])) for cell in table.cells]
    is_number = re.compile(r"[+-]?[\d.]+元?").fullmatch
    assert Counter(filter(is_number, ours)) == Counter(filter(is_number, map(squeezed, filter(None, other))))


@pytest.mark.parametrize("name", list(BY_HAND))
def test_tables_that_pages_cut_anywhere_are_whole(name, printed):
    assert_tables_are(pdf.parse(printed[name]), reports()["large-city"])


def test_the_title_is_centred_and_the_documents_own_title_is_given(printed):
    content = pdf.parse(printed["large-city"])
    assert [block.align for block in content.blocks[:2]] == ["centre", "centre"]
    assert content.titles == ("某市人民政府2025年政府信息公开工作年度报告",)


def test_emphasis_is_found(printed):
    narrative = reports()["housing-bureau"].overview
    emphasised = {run.text for paragraph in narrative.paragraphs for run in paragraph.body if run.emphasis}
    content = pdf.parse(printed["housing-bureau"])
    marked = {block.text[a:b] for block in content.blocks if isinstance(block, Paragraph) for a, b in block.emphasis}
    assert emphasised
    assert marked == {text.replace(" ", "") for text in emphasised}


def test_every_place_is_given(printed):
    content = pdf.parse(printed["large-city"])
    paragraphs = [block.location for block in content.blocks if isinstance(block, Paragraph)]
    assert [place.paragraph for place in paragraphs] == list(range(1, len(paragraphs) + 1))
    for number, table in enumerate(tables(content), 1):
        assert table.location.table == number
        for cell in table.cells:
            assert (cell.location.row, cell.location.column) == (cell.row + 1, cell.column + 1)
            assert cell.location.table == number
    pages = [block.location.page for block in content.blocks]
    assert pages == sorted(pages)


@pytest.mark.parametrize("name", ["large-city", "housing-bureau"])
def test_our_own_page_printed_by_chromium_has_every_cell_in_its_place(name, tmp_path):
    report = reports()[name]
    content = pdf.parse(by_chromium(render(report, format="html", allow_findings=True).decode(), tmp_path))
    assert_tables_are(content, report)
    assert not [text for text in texts(content) if re.fullmatch(r"[—\-\d\s/]+", text)]


BORDERS = {
    "collapsed": "table {border-collapse: collapse} td {border: 1px solid}",
    "right-and-bottom": "table {border-spacing: 0; border: solid; border-width: 1px 0 0 1px}"
    " td {border: solid; border-width: 0 1px 1px 0}",
    "spaced": "table {border-spacing: 2px; border: 1px solid} td {border: 1px solid}",
    "double": "table {border-collapse: collapse} td {border: 3px double}",
    "dotted": "table {border-collapse: collapse} td {border: 1px dotted}",
    "dashed": "table {border-collapse: collapse} td {border: 1px dashed #888}",
    "thick": "table {border-collapse: collapse; border: 3px solid} td {border: 2px solid; padding: 0}",
    "shaded": "table {border-collapse: collapse} td {border: 1px solid; background: #eef}",
    "spine": "table {border-collapse: collapse} td {border: 1px solid} .spine {writing-mode: vertical-rl}",
}


def web_table(grid: Grid, values: Iterable[str]) -> str:
    rows, values = [""] * grid.height, iter(values)
    for cell in grid.cells:
        text = html.escape(next(values) if cell.is_value else cell.text)
        spine = ' class="spine"' if cell.rows > 10 else ""
        rows[cell.row] += f'<td{spine} rowspan="{cell.rows}" colspan="{cell.columns}">{text}</td>'
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"


@pytest.fixture(scope="module")
def bordered(tmp_path_factory) -> dict[str, list[Table]]:
    """The city's tables with each kind of border, printed by Chromium in one go."""
    report = reports()["large-city"]
    page = "<!doctype html><meta charset='utf-8'><style>h2 {break-before: page}</style>"
    for name, rules in BORDERS.items():
        page += f"<div class='{name}'><style>@scope (.{name}) {{{rules}}}</style>"
        for key, grid in report.form.grids.items():
            page += f"<h2>{name} {key}</h2>" + web_table(grid, grid.print(getattr(report, key)))
        page += "</div>"
    all_tables = tables(pdf.parse(by_chromium(page, tmp_path_factory.mktemp("bordered"))))
    assert len(all_tables) == 3 * len(BORDERS)
    return {name: all_tables[3 * n : 3 * n + 3] for n, name in enumerate(BORDERS)}


@pytest.mark.parametrize("borders", list(BORDERS))
def test_tables_are_found_however_their_borders_are_drawn(borders, bordered):
    report = reports()["large-city"]
    for table, key in zip(bordered[borders], report.form.grids, strict=True):
        assert found(table) == expected(report, key)


def numbers(value: object) -> Iterable[str]:
    if isinstance(value, dict):
        for each in value.values():
            yield from numbers(each)
    elif isinstance(value, int | str):
        yield str(value)


@pytest.fixture(scope="module")
def hongze() -> Content:
    path = REAL / "hongze-2024.pdf"
    if not path.exists():
        pytest.skip(f"{path} is missing")
    return pdf.parse(path.read_bytes())


def test_a_district_s_report_has_all_its_numbers_in_cells(hongze):
    data = json.loads((REAL / "hongze-2024.json").read_text(encoding="utf-8"))
    for table, key in zip(tables(hongze), ("proactive_disclosure", "applications", "disputes"), strict=True):
        cells = Counter(cell.text for cell in table.cells)
        wanted = Counter(number for number in numbers(data[key]) if number != "0")
        assert not wanted - cells
    assert hongze.remarks == ()


def test_a_district_s_report_has_its_spine_and_its_cut_labels_whole(hongze):
    cells = {(cell.row, cell.column): cell for cell in tables(hongze)[1].cells}
    assert (cells[5, 0].text, cells[5, 0].rows) == ("三、本年度办理结果", 20)
    assert [(row, cell.rows, cell.text) for (row, column), cell in cells.items() if column == 1 and row > 6] == [
        (7, 8, "（三）不予公开"),
        (15, 3, "（四）无法提供"),
        (18, 5, "（五）不予处理"),
        (23, 1, "（六）其他处理"),
        (24, 1, "（七）总计"),
    ]
    assert cells[24, 3].location.page == 4


def test_a_district_s_report_has_all_its_paragraphs(hongze):
    data = json.loads((REAL / "hongze-2024.json").read_text(encoding="utf-8"))
    keys = ("preamble", "overview", "problems_and_improvements", "other_matters")
    wanted = [squeezed(line) for key in keys for line in data[key].splitlines()]
    assert not set(wanted) - {squeezed(text) for text in texts(hongze)}
