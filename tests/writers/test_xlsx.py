from __future__ import annotations

import re
import zipfile
from io import BytesIO

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from openpyxl.formula.translate import Translator
from strategies import reports

from annual_report import AnnualReport, compare, loads, render
from annual_report.analysis.beginning import begin
from annual_report.analysis.pairs import Pairs
from annual_report.document.workbook import GRID_ROW, TEXT, name_of, table_sheets
from annual_report.form import registry
from annual_report.writers.xlsx import write_report
from annual_report.writers.xlsx.comparison import write_pairs
from annual_report.writers.xlsx.sheets import INPUT

FUNCTIONS = {"SUM", "IF", "AND", "OR", "ABS", "COUNT", "COUNTA", "COUNTIF", "INT", "ISNUMBER"}
_LITERAL = re.compile('"(?:[^"]|"")*"')
_UNESCAPED = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&amp;": "&"}


def last_year_of(report):
    return AnnualReport.model_validate(report.model_dump() | {"year": report.year - 1, "edition": report.edition})


@pytest.fixture(scope="module", params=["2021", "2019", "empty", "empty after last year"])
def book(request, large_city, housing_bureau):
    """Workbooks of both editions, filled and empty, as bytes with the report."""
    if request.param == "2021":
        return write_report(large_city, previous=last_year_of(large_city)), large_city
    if request.param == "2019":
        return write_report(housing_bureau, previous=last_year_of(housing_bureau)), housing_bureau
    if request.param == "empty":
        report = begin(agency="海原县水务局", year=2020)
        return write_report(report, empty=True), report
    report = begin(agency=large_city.agency, year=large_city.year + 1, previous=large_city)
    return write_report(report, previous=large_city, empty=True), report


def parts(workbook, pattern):
    with zipfile.ZipFile(BytesIO(workbook)) as archive:
        return [archive.read(name).decode() for name in archive.namelist() if re.fullmatch(pattern, name)]


def elements(workbook, name):
    """Give the contents of elements of all sheets, unescaped."""
    sheets = parts(workbook, r"xl/worksheets/sheet\d+\.xml")
    found = [text for sheet in sheets for text in re.findall(f"<{name}>([^<]*)</{name}>", sheet)]
    return [re.sub("&(?:lt|gt|quot|amp);", lambda escape: _UNESCAPED[escape[0]], text) for text in found]


def opened(workbook):
    return openpyxl.load_workbook(BytesIO(workbook))


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(reports())
def test_an_equal_report_is_read_from_a_reports_workbook(data):
    report = AnnualReport.model_validate(data)
    workbook = render(report, format="xlsx", allow_findings=True)
    assert loads(workbook, "年报.xlsx") == report
    assert render(report, format="xlsx", allow_findings=True) == workbook


def test_code_long_paragraphs_and_texts_beside_tables_come_back(data):
    data["agency_code"] = "91350100M000100Y43"
    data["title"] = "某市\n2025年政府信息公开工作年度报告"
    data["texts"] = {
        "applications": {"before": "表前。", "notes": [{"body": [{"text": "注：  "}, {"text": "a" * 40_000}]}]}
    }
    data["overview"] = ["第一段。" * 10_000, {"level": 2, "heading": [{"text": "不带编号"}]}, "末段。"]
    report = AnnualReport.model_validate(data)
    assert loads(render(report, format="xlsx", allow_findings=True)) == report


def test_an_amount_with_more_digits_than_a_cell_holds_is_kept(housing_bureau):
    data = housing_bureau.model_dump(mode="json")
    for amount in ("12345678901234567890.123456", "0.0000001", "59237.2449", "999999999999999.5"):
        data["proactive_disclosure"]["central_procurement"]["amount"] = amount
        report = AnnualReport.model_validate(data)
        assert loads(render(report, format="xlsx", allow_findings=True)) == report


def test_formulas_keep_to_functions_and_lengths_that_every_spreadsheet_knows(book):
    workbook, _ = book
    formulas = [*elements(workbook, "f"), *elements(workbook, "formula"), *elements(workbook, "formula1")]
    formulas += elements(workbook, "formula2")
    assert len(formulas) > 100
    for formula in formulas:
        assert set(re.findall(r"([A-Z][A-Z.]*)\(", _LITERAL.sub("", formula))) <= FUNCTIONS
        assert len(formula) <= 8192
        assert all(len(literal[1:-1]) <= 255 for literal in _LITERAL.findall(formula))


def test_sentences_made_from_the_tables_stay_the_same_where_they_are_copied(book):
    formulas = [cell.value for (cell,) in opened(book[0])[TEXT]["B2:B200"] if cell.data_type == "f"]
    assert len(formulas) > 10
    for formula in formulas:
        assert Translator(formula, "B4").translate_formula("A9") == formula


def test_conditional_formats_refer_to_their_own_sheet(book):
    workbook, _ = book
    conditions = elements(workbook, "formula")
    assert conditions
    assert not [condition for condition in conditions if "!" in condition]


def test_the_cells_to_fill_are_unlocked_and_they_alone_are_coloured(book):
    workbook, report = book
    written = opened(workbook)
    assert len(written.worksheets) == 7
    for sheet in written.worksheets:
        assert sheet.protection.sheet
        assert sheet.protection.password is None
        cells = [cell for row in sheet.iter_rows() for cell in row if cell.__class__.__name__ != "MergedCell"]
        unlocked = {cell.coordinate for cell in cells if not cell.protection.locked}
        assert unlocked == {cell.coordinate for cell in cells if cell.fill.fgColor.rgb == f"FF{INPUT[1:]}"}
    for table in table_sheets(report.form).values():
        sheet = written[table.name]
        unlocked = {cell.coordinate for row in sheet.iter_rows() for cell in row if not cell.protection.locked}
        hidden = {
            cell.coordinate for row in sheet.iter_rows() for cell in row if cell.__class__.__name__ == "MergedCell"
        }
        assert unlocked - hidden == {address.local for address in table.inputs}


def test_a_total_that_was_given_otherwise_may_be_changed_and_the_others_are_locked(data):
    data["disputes"]["reconsideration"]["total"] = 1
    report = AnnualReport.model_validate(data)
    sheet = opened(write_report(report))[table_sheets(report.form)["disputes"].name]
    assert sheet["E7"].value == 1
    assert not sheet["E7"].protection.locked
    assert str(sheet["J7"].value).startswith("=SUM(")
    assert sheet["J7"].protection.locked


def test_the_keyboard_begins_at_the_first_input_and_tab_goes_down_the_others(book):
    """On a protected sheet, Tab goes to the next unlocked cell to the right, and then in the rows below."""
    workbook, report = book
    written = opened(workbook)
    for table in table_sheets(report.form).values():
        sheet = written[table.name]
        assert sheet.protection.sheet
        assert {view.activeCell for view in sheet.views.sheetView[0].selection} >= {table.inputs[0].local}
        unlocked = [
            cell.coordinate
            for row in sheet.iter_rows()
            for cell in row
            if not cell.protection.locked and cell.__class__.__name__ != "MergedCell"
        ]
        assert unlocked == [address.local for address in table.inputs]


def test_names_are_hidden_and_every_value_has_one(book):
    workbook, report = book
    (xml,) = parts(workbook, r"xl/workbook\.xml")
    names = dict(re.findall(r'<definedName name="(_zfxxgk[^"]*)"([^>]*)>', xml))
    assert all('hidden="1"' in rest for rest in names.values())
    assert len({*map(name_of, report.form.cells)} & names.keys()) == len(report.form.cells)


def test_tables_are_laid_out_as_they_are_printed(book):
    workbook, report = book
    written = opened(workbook)
    for table in table_sheets(report.form).values():
        sheet = written[table.name]
        merged = {str(area) for area in sheet.merged_cells.ranges}
        for cell in report.form.grids[table.key].cells:
            row, column = GRID_ROW + cell.row + 1, cell.column + 1
            if cell.text:
                assert sheet.cell(row, column).value == cell.text
            if cell.rows * cell.columns > 1:
                end = sheet.cell(row + cell.rows - 1, column + cell.columns - 1).coordinate
                assert f"{sheet.cell(row, column).coordinate}:{end}" in merged


def test_validation_lets_in_what_the_form_can_hold_and_prompts_with_its_words(book):
    workbook, report = book
    written = opened(workbook)
    for table in table_sheets(report.form).values():
        rules = {str(rule.sqref): rule for rule in written[table.name].data_validations.dataValidation}
        for path, (_, value) in table.places.items():
            if value.adds_up:
                rule = rules[table.address(path).local]
                assert value.labels[-1][:20] in rule.prompt
                assert rule.type == ("whole" if value.is_count else "decimal")
                assert rule.formula1 == ("-999999999" if value.signed else "0")
                assert len(rule.prompt) <= 255
                assert len(rule.promptTitle) <= 32


def test_tables_print_on_one_sheet_of_a4_with_repeated_headers(book):
    workbook, report = book
    written = opened(workbook)
    for sheet in written.worksheets:
        assert int(sheet.page_setup.paperSize) == 9
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
    for table in table_sheets(report.form).values():
        sheet, grid = written[table.name], report.form.grids[table.key]
        assert int(sheet.page_setup.fitToHeight or 1) == 1
        end = sheet.cell(GRID_ROW + grid.height, grid.width).coordinate
        assert sheet.print_area.replace("$", "").endswith(f"A1:{end}")
        if grid.header_rows:
            assert sheet.print_title_rows == f"${GRID_ROW + 1}:${GRID_ROW + grid.header_rows}"


@pytest.mark.parametrize("text", ['=HYPERLINK("http://example.org")', "+1", "-1", "@x", "=1+1"])
def test_text_that_looks_like_a_formula_is_text(data, text):
    data |= {"agency": text, "overview": text, "preamble": text, "issued_by": text}
    report = AnnualReport.model_validate(data)
    workbook = write_report(report)
    assert not [formula for formula in elements(workbook, "f") if "HYPERLINK" in formula or formula == "1+1"]
    written = opened(workbook)
    cell = next(cell for row in written[TEXT].iter_rows() for cell in row if cell.value == text)
    assert cell.data_type == "s" or cell.quotePrefix
    assert cell.quotePrefix
    assert loads(workbook) == report


def test_an_empty_form_has_only_the_numbers_that_follow_from_last_year(large_city):
    report = begin(agency=large_city.agency, year=large_city.year + 1, previous=large_city)
    written = opened(write_report(report, previous=large_city, empty=True))
    table = table_sheets(report.form)["applications"]
    sheet = written[table.name]
    for path, (_, value) in table.places.items():
        if value.adds_up:
            expected = (
                large_city.values[path.replace("carried_in", "carried_forward")] if "carried_in" in path else None
            )
            assert sheet[table.address(path).local].value == expected


def test_a_comparison_has_a_workbook_of_its_own(large_city):
    book = opened(render(compare([last_year_of(large_city), large_city]), format="xlsx"))
    assert book.sheetnames == ["说明", "汇总", "数据对比", "问题"]


def test_every_edition_has_a_form():
    for edition in registry.known():
        report = begin(agency="某局", year=edition.first_year)
        assert loads(write_report(report)) == report


def test_rows_are_as_tall_as_their_paragraphs(seed):
    sheet = opened(write_report(seed))[TEXT]
    longest = max((row[0] for row in sheet.iter_rows(max_col=1) if row[0].value), key=lambda cell: len(cell.value))
    lines = len(longest.value) * 2 / sheet.column_dimensions["A"].width
    tallest = 408
    assert min(12 * lines, tallest) <= sheet.row_dimensions[longest.row].height <= 409


def test_a_comparison_that_fills_a_worksheet_goes_on_in_another_with_whole_bodies(large_city, tmp_path, monkeypatch):
    monkeypatch.setattr("annual_report.writers.xlsx.rows.MAX_ROWS", 300)
    pairs = Pairs()
    for name in "甲乙丙":
        for report in (last_year_of(large_city), large_city):
            pairs.add(AnnualReport.model_validate(report.model_dump() | {"agency": f"{name}局"}))
    write_pairs(pairs, tmp_path / "对比.xlsx")
    book = openpyxl.load_workbook(tmp_path / "对比.xlsx")
    details = [sheet for sheet in book if sheet.title.startswith("数据对比")]
    bodies = [{row[0].value for row in sheet.iter_rows(min_row=2)} for sheet in details]
    assert bodies == [{"甲局"}, {"乙局"}, {"丙局"}]
    assert all(sheet.max_row == details[0].max_row <= 300 for sheet in details)


def test_cells_that_do_not_follow_from_last_year_are_red(large_city):
    before = last_year_of(large_city)
    comparison = compare([before, large_city])
    cells = comparison.cells
    book = opened(render(comparison, format="xlsx"))
    red = {row[1].value for row in book["数据对比"].iter_rows(min_row=2) if row[1].fill.fgColor.rgb == "FFFFC7CE"}
    assert red == {cells[finding.path].place for finding in comparison.findings if finding.path in cells} != set()


def test_three_years_of_a_body_are_written_with_the_change_and_the_share_of_the_last(housing_bureau, large_city):
    path = "applications.received.natural_person"
    years = [
        AnnualReport.model_validate(report.model_dump() | {"year": year, "edition": report.edition, "agency": "某局"})
        for year, report in ((2020, housing_bureau), (2022, large_city), (2023, large_city))
    ]
    years[-1] = years[-1].with_values({path: years[-1].values[path] + 60})
    comparison = compare(years)
    book = opened(render(comparison, format="xlsx"))
    head, row = book["汇总"].iter_rows(values_only=True)
    first = comparison.cells["applications.received.total"]
    assert row[:5] == ("某局", "2022—2023", *first.numbers[-2:], 60)
    assert [first.place.partition(" › ")[2] + which for which in ("（上年）", "（本年）", "（增减）")] == [*head[2:5]]
    cell = comparison.cells[path]
    (found,) = [row for row in book["数据对比"].iter_rows(values_only=True) if row[1] == cell.place]
    assert found[2:6] == (*cell.numbers, 60)
    assert found[6:] == (round(float(cell.percent), 1), round(float(cell.shares[-1]) * 100, 1))
    assert len(set(cell.shares)) == 3
