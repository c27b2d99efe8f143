"""The tags of the PDF: what a screen reader is told of headings and tables."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

import pypdfium2
import pytest
from programs import require, run
from raw_pdf import raw_pdf

from annual_report import render
from annual_report.form.sections import SECTIONS
from annual_report.report.places import section_title
from annual_report.writers.pdf_tags import correct


@dataclass
class Tag:
    type: str
    scope: str = ""
    content: list[Tag | str] = field(default_factory=list)

    def text(self) -> str:
        return "".join(part if isinstance(part, str) else part.text() for part in self.content)

    def all(self, *types: str) -> list[Tag]:
        kids = [part for part in self.content if isinstance(part, Tag)]
        return [tag for kid in kids for tag in ([kid] if kid.type in types else []) + kid.all(*types)]


def squeezed(text: str) -> str:
    return "".join(text.split())


def tags(pdf) -> Tag:
    """Read a PDF's tags from the indented lines of `pdfinfo -struct-text`."""
    require("pdfinfo")
    root = Tag("")
    path = [(-1, root)]
    for line in run("pdfinfo", "-struct-text", pdf).splitlines():
        depth = len(line) - len(line.lstrip())
        words = line.strip()
        while path[-1][0] >= depth:
            path.pop()
        parent = path[-1][1]
        if words.startswith('"'):
            parent.content.append(squeezed(words.strip('"')))
        elif words.startswith("/Scope"):
            parent.scope = words.removeprefix("/Scope /")
        elif found := re.match(r"[A-Z]\w*", words):
            parent.content.append(Tag(found[0]))
            path.append((depth, parent.content[-1]))
    return root


def narratives(report):
    return report.preamble, report.overview, report.problems_and_improvements, report.other_matters


REPORTS = {
    "seed": ("seed", None),
    "housing bureau": ("housing_bureau", None),
    "large city, large print": ("large_city", "large-print"),
}


@pytest.fixture(scope="module", params=REPORTS)
def written(request, tmp_path_factory):
    require("soffice")
    name, style = REPORTS[request.param]
    report = request.getfixturevalue(name)
    pdf = tmp_path_factory.mktemp("tagged") / "report.pdf"
    render(report, pdf, style=style, allow_findings=True)
    return report, tags(pdf), pdf


def test_the_title_is_the_one_heading_above_those_of_the_sections(written):
    report, tree, _ = written
    assert [heading.text() for heading in tree.all("H1")] == [f"{report.agency}{report.year}年政府信息公开工作年度报告"]
    assert [heading.text() for heading in tree.all("H2")] == [squeezed(section_title(key)) for key in SECTIONS]
    assert tree.all("H1", "H2", "H3", "H4", "H5")[0].type == "H1"
    second = [paragraph for narrative in narratives(report) for paragraph in narrative if paragraph.level == 2]
    assert len(tree.all("H3")) == len(second)


def test_labels_are_header_cells_and_values_are_not(written):
    report, tree, _ = written
    for table, (key, grid) in zip(tree.all("Table"), report.form.grids.items(), strict=True):
        values = Counter(grid.print(getattr(report, key)))
        # Labels that go on over a page have an empty cell on the next.
        assert Counter(cell.text() for cell in table.all("TD") if cell.content) == values
        labels = Counter(squeezed(cell.text) for cell in grid.cells if not cell.is_value)
        headers = Counter(cell.text() for cell in table.all("TH"))
        # The label beside all outcomes is repeated wherever a page may begin.
        repeated = {squeezed(cell.text): headers[squeezed(cell.text)] for cell in grid.cells if cell.role == "spine"}
        assert headers == labels | repeated


def test_a_header_cell_heads_its_row_if_values_are_in_the_row_and_columns_if_none_is(written):
    report, tree, _ = written
    rows = {squeezed(cell.text) for grid in report.form.grids.values() for cell in grid.cells if cell.role == "stub"}
    spines = {squeezed(cell.text) for grid in report.form.grids.values() for cell in grid.cells if cell.role == "spine"}
    scopes = {(cell.text(), cell.scope) for cell in tree.all("TH")}
    beside = {text for text, scope in scopes if scope == "Row"}
    assert rows <= beside <= rows | spines
    assert {scope for _, scope in scopes} == {"Row", "Column"}


def test_the_file_is_as_readable_as_before(written):
    _, _, pdf = written
    document = pypdfium2.PdfDocument(pdf)
    assert len(document) > 3
    assert all(document[index].get_textpage().count_chars() for index in range(len(document)))


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n%%EOF", raw_pdf("BT ET")])
def test_a_file_without_tags_is_left_as_it_is(content):
    assert correct(content) == content
