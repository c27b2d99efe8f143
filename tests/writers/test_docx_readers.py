"""Readers that know nothing of this project find the report's tables in the Word document, cell by cell."""

from __future__ import annotations

import json

import mammoth
import pytest
from conftest import HOUSING_BUREAU, LARGE_CITY, SEED
from docx2python import docx2python
from extremes import nine_digits
from extremes import render_anyway as render
from lxml import html
from programs import require, run

from annual_report import Style, load
from annual_report.form.sections import TABLES


@pytest.fixture(scope="module", params=["seed", "large city", "housing bureau", "nine digits", "nine digits, 2019"])
def report(request):
    reports = {
        "seed": lambda: load(SEED),
        "large city": lambda: load(LARGE_CITY),
        "housing bureau": lambda: load(HOUSING_BUREAU),
        "nine digits": lambda: nine_digits("2021"),
        "nine digits, 2019": lambda: nine_digits("2019"),
    }
    return reports[request.param]()


@pytest.fixture
def document(report, tmp_path):
    path = tmp_path / "report.docx"
    render(report, path, style=Style(tables={"keep_whole": ["applications"]}))
    return path


def expected(report):
    """Give each table's cells, row by row: text, rows spanned, columns spanned."""
    tables = []
    for key in TABLES:
        grid = report.form.grids[key]
        values = iter(grid.print(getattr(report, key)))
        rows = [[] for _ in range(grid.height)]
        for cell in grid.cells:
            rows[cell.row].append((next(values) if cell.is_value else cell.text, cell.rows, cell.columns))
        tables.append(rows)
    return tables


def test_pandoc(report, document):
    blocks = json.loads(run(require("pandoc"), document, "-t", "json"))["blocks"]

    def text(node):
        if isinstance(node, list):
            return "".join(map(text, node))
        if node.get("t") == "Str":
            return node["c"]
        return text(node["c"]) if "c" in node else " " if node.get("t") == "Space" else ""

    tables = []
    for block in blocks:
        if block["t"] == "Table":
            _, _, _, head, bodies, _ = block["c"]
            rows = head[1] + [row for body in bodies for row in body[2] + body[3]]
            tables.append([[(text(cell[4]), cell[2], cell[3]) for cell in row[1]] for row in rows])
    assert tables == expected(report)


def test_mammoth(report, document):
    with document.open("rb") as file:
        page = html.fromstring(f"<div>{mammoth.convert_to_html(file).value}</div>")
    tables = [
        [
            [
                (cell.text_content(), int(cell.get("rowspan", 1)), int(cell.get("colspan", 1)))
                for cell in row.iterchildren("td", "th")
            ]
            for row in table.iter("tr")
        ]
        for table in page.iter("table")
    ]
    assert tables == expected(report)


def test_docx2python(report, document):
    with docx2python(document, duplicate_merged_cells=True) as read:
        body = [table for table in read.body if len(table) > 1]
    tables = [[["".join(cell) for cell in row] for row in table] for table in body]
    places = []
    for key, rows in zip(TABLES, expected(report), strict=True):
        grid = report.form.grids[key]
        table = [[""] * grid.width for _ in range(grid.height)]
        cells = iter([cell for row in rows for cell in row])
        for cell in grid.cells:
            text = next(cells)[0]
            for row in range(cell.row, cell.row + cell.rows):
                table[row][cell.column : cell.column + cell.columns] = [text] * cell.columns
        places.append(table)
    assert tables == places
