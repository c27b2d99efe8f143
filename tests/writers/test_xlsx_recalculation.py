"""The form's checks against `check`, as LibreOffice calculates them from workbooks whose stored values are wrong."""

from __future__ import annotations

from io import BytesIO
from random import Random

import openpyxl
import pytest
from workbooks import converted, red_cells, spoilt

from annual_report import AnnualReport, check
from annual_report.analysis.beginning import begin
from annual_report.document.workbook import CHECKS, address_of, table_sheets
from annual_report.form import registry
from annual_report.form.fields import nested
from annual_report.form.relations import CarryOver
from annual_report.form.sections import TABLES
from annual_report.readers.spreadsheet import parse
from annual_report.report.places import SEPARATOR
from annual_report.writers.xlsx import write_report

RULES = ("applications.", "disputes.", "previous.carried_in", "previous.in_force")


def numbers_of(edition, random, last=None):
    """Draw numbers that reconcile, with last year's too."""
    largest = random.choice((3, 300, 999_999))
    numbers = {
        path: random.randint(0, largest) if cell.is_count else f"{random.randint(0, 10**9)}.{random.randint(1, 9)}"
        for path, cell in edition.cells.items()
        if cell.adds_up
    }
    for column in [path.rpartition(".")[2] for path in numbers if path.startswith("applications.received.")]:
        outcomes = sum(
            n for p, n in numbers.items() if p.startswith("applications.outcomes.") and p.endswith(f".{column}")
        )
        carried_in = (last or {}).get(f"applications.carried_forward.{column}", 0)
        missing = max(0, carried_in - outcomes)
        numbers[f"applications.carried_in.{column}"] = carried_in
        numbers[f"applications.carried_forward.{column}"] = missing
        numbers[f"applications.received.{column}"] = outcomes + missing - carried_in
    for relation in edition.relations:
        if isinstance(relation, CarryOver) and relation.increases and relation.last_year in (last or {}):
            change = sum(numbers[path] for path in relation.increases) - sum(
                numbers[path] for path in relation.decreases
            )
            numbers[relation.cell] = max(0, last[relation.last_year] + change)
    return numbers


def broken(numbers, edition, random):
    """Change a few numbers, and state a few totals."""
    counts = [path for path in numbers if edition.cells[path].is_count]
    for path in random.sample(counts, random.randint(1, 4)):
        numbers[path] += random.randint(1, 5)
    rows = [path for path in edition.leaves if f".total." not in path]  # noqa: F541
    for path in random.sample(rows, random.randint(0, 3)):
        numbers[path] = random.randint(0, 9)
    return numbers


def drawn(seed):
    """Draw a report, and last year's for some."""
    random = Random(seed)  # not cryptography
    year = random.choice((2020, 2021, 2024))
    reports = []
    for of_year in (year - 1, year):
        edition = registry.in_force(of_year)
        numbers = numbers_of(edition, random, reports[-1].values if reports else None)
        if random.random() < 0.6:
            broken(numbers, edition, random)
        texts = dict.fromkeys(("overview", "problems_and_improvements", "other_matters"), "")
        given = {"agency": "某局", "year": of_year, **texts, **{key: {} for key in TABLES}, **nested(numbers)}
        reports.append(AnnualReport.model_validate(given))
    return reports[1], reports[0] if random.random() < 0.6 else None


@pytest.fixture(scope="module")
def cases(large_city):
    """Reports with last year's, and whether the form is empty."""
    empty = begin(agency=large_city.agency, year=large_city.year + 1, previous=large_city)
    return [*((*drawn(seed), False) for seed in range(24)), (empty, large_city, True)]


@pytest.fixture(scope="module")
def workbooks(cases):
    return [write_report(report, previous=previous, empty=empty) for report, previous, empty in cases]


@pytest.fixture(scope="module")
def calculated(workbooks, tmp_path_factory):
    return [*map(parse, converted(map(spoilt, workbooks), tmp_path_factory.mktemp("calculated"), "xlsx"))]


@pytest.fixture(scope="module")
def pages(workbooks, tmp_path_factory):
    return converted(map(spoilt, workbooks), tmp_path_factory.mktemp("pages"), "html")


def expected(report, previous):
    return [finding for finding in check(report, previous=previous) if finding.id.startswith(RULES)]


def rules_of(book):
    """Give the rows of the sheet 核对: section, place, result and sentence."""
    cells = {place: cell.value for place, cell in book.sheets[CHECKS].cells.items()}
    rows = sorted(row for (row, column), value in cells.items() if column == 4 and value in {"符合", "不符"})
    return [tuple(cells.get((row, column), "") for column in (0, 1, 4, 5)) for row in rows]


def test_open_relations_are_the_findings_with_their_sentences(cases, calculated):
    assert sum(bool(expected(report, previous)) for report, previous, _ in cases) > 10
    assert sum(not expected(report, previous) for report, previous, _ in cases) > 3
    for (report, previous, _), book in zip(cases, calculated, strict=True):
        found = [f"{place}: {told}" for _, place, result, told in rules_of(book) if result == "不符"]
        findings = expected(report, previous)
        told = [f"{item.place.partition(SEPARATOR)[2]}: {item.message.text('zh')}" for item in findings]
        assert sorted(found) == sorted(told)


def test_red_cells_are_the_cells_of_the_findings(cases, pages):
    for (report, previous, _), page in zip(cases, pages, strict=True):
        red = {address for address in red_cells(page) if address.sheet != CHECKS}
        assert red == {address_of(report.form, finding.path) for finding in expected(report, previous)}


def test_the_lines_on_top_count_what_is_open_and_unfilled(cases, calculated):
    for (report, previous, empty), book in zip(cases, calculated, strict=True):
        findings = expected(report, previous)
        for key, table in table_sheets(report.form).items():
            open_ = sum(finding.path.startswith(f"{key}.") for finding in findings)
            filled = 6 if empty and key == "applications" else 0 if empty else len(table.inputs)
            words = f"本表有 {open_} 处不符，{len(table.inputs) - filled} 格未填，0 格不是可填的数字"
            assert book.sheets[table.name].cells[1, 0].value == words


PASTED = {
    "A7": ("约20件", 1),
    "B7": (1.5, 1),
    "C7": (-1, 1),
    "D7": (10**10, 1),
    "F7": (None, 0),
}
"""What is pasted into the inputs of section four, past their validation, and whether it counts as no usable number."""


@pytest.fixture(scope="module")
def pasted(large_city):
    book = openpyxl.load_workbook(BytesIO(write_report(large_city)))
    sheet = book[table_sheets(large_city.form)["disputes"].name]
    for cell, (value, _) in PASTED.items():
        sheet[cell] = value
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def test_text_decimals_and_negative_numbers_that_were_pasted_are_counted(pasted, large_city, tmp_path):
    (calculated,) = converted([pasted], tmp_path, "xlsx")
    cells = {name: sheet.cells for name, sheet in parse(calculated).sheets.items()}
    table = table_sheets(large_city.form)["disputes"]
    wrong = sum(counts for _, counts in PASTED.values())
    (line,) = (cell.value for place, cell in cells[table.name].items() if place == (1, 0))
    assert line.endswith(f"处不符，1 格未填，{wrong} 格不是可填的数字")
    (summary,) = (row for (row, column), cell in cells[CHECKS].items() if column == 0 and cell.value == table.name)
    assert [cells[CHECKS][summary, column].value for column in (3, 4)] == [1, wrong]


def test_what_was_pasted_and_is_no_usable_number_is_red_with_its_total(pasted, large_city, tmp_path):
    (page,) = converted([pasted], tmp_path, "html")
    name = table_sheets(large_city.form)["disputes"].name
    red = {address.local for address in red_cells(page) if address.sheet == name}
    assert red == {"E7", *(cell for cell, (_, counts) in PASTED.items() if counts)}


def test_the_values_stored_with_formulas_are_those_that_are_calculated(workbooks, calculated):
    for workbook, book in zip(workbooks, calculated, strict=True):
        formulas = 0
        for name, sheet in parse(workbook).sheets.items():
            for place, cell in sheet.cells.items():
                if cell.is_formula:
                    formulas += 1
                    other = book.sheets[name].cells.get(place)
                    shown = "" if cell.value is None else cell.value
                    assert (other.value if other else "") == shown, (name, place)
        assert formulas > 100
