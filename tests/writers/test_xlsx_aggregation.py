"""A city's workbook as offices use it: calculated by LibreOffice, filtered, printed, and marked as internal."""

from __future__ import annotations

import re
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from workbooks import converted, spoilt

from annual_report import Adjustment, aggregate
from annual_report.document.workbook import address_of
from annual_report.readers.spreadsheet import parse
from annual_report.writers.xlsx.aggregation import PARTS, write_aggregation

OWN = {"proactive_disclosure.rules": {"issued": 1, "repealed": 0, "in_force": 5}}
ADJUSTMENTS = [
    Adjustment("proactive_disclosure.rules.issued", 2, "=漏报"),
    Adjustment("disputes.litigation.direct.upheld", 3, "同一案件"),
]


def bureau(report, number):
    """Make a report whose numbers are so many times another's, and so reconcile as well."""
    cells = report.form.cells
    numbers = {path: value * number for path, value in report.values.items() if cells[path].adds_up}
    return report.with_values({"agency": f"={number}局", **numbers})


@pytest.fixture(scope="module")
def whole(large_city):
    bureaus = [bureau(large_city, number) for number in range(12)]
    return aggregate(bureaus, "某市人民政府", large_city.year, own=OWN, adjustments=ADJUSTMENTS)


@pytest.fixture(scope="module")
def workbook(whole):
    return write_aggregation(whole)


def test_the_sums_that_libreoffice_calculates_are_those_of_the_whole(whole, workbook, tmp_path):
    (calculated,) = converted([spoilt(workbook)], tmp_path, "xlsx")
    cells = {name: sheet.cells for name, sheet in parse(calculated).sheets.items()}
    places = {path: address_of(whole.report.form, path) for path in whole.report.values}
    shown = {path: cells[place.sheet][place.row, place.column].value for path, place in places.items()}
    assert shown == pytest.approx({path: float(number) for path, number in whole.report.values.items()})


def test_what_the_office_decided_is_a_row_below_the_bodies(whole, workbook):
    sheet = openpyxl.load_workbook(BytesIO(workbook))[PARTS]
    rows = [row[0].value for row in sheet.iter_rows(min_row=3)]
    own = "本级自行统计"
    assert rows == [*(f"={number}局" for number in range(12)), own, "调整：=漏报", own, own, "调整：同一案件"]
    assert all(row[0].data_type == "s" for row in sheet.iter_rows(min_row=3))
    assert whole.report.proactive_disclosure.rules.issued == 3


def test_a_number_of_its_own_is_summed_with_its_adjustments_however_many(large_city):
    path = "proactive_disclosure.rules.issued"
    changes = [Adjustment(path, 1, str(number)) for number in range(300)]
    changes.insert(7, ADJUSTMENTS[1])
    whole = aggregate([bureau(large_city, 1)], "某市", large_city.year, own={path: 2}, adjustments=changes)
    book = openpyxl.load_workbook(BytesIO(write_aggregation(whole)))
    place = address_of(whole.report.form, path)
    formula = book[place.sheet].cell(place.row + 1, place.column + 1).value
    letters, first, last = re.fullmatch(rf"=SUM\('{PARTS}'!([A-Z]+)([0-9]+):\1([0-9]+)\)", formula).groups()
    rows = range(int(first), int(last) + 1)
    assert {book[PARTS].cell(row, 1).value for row in rows} == {"本级自行统计", *(f"调整：{n}" for n in range(300))}
    assert sum(book[PARTS][f"{letters}{row}"].value for row in rows) == whole.report.values[path] == 302


def test_every_sheet_is_marked_as_internal_where_it_is_printed(workbook):
    book = openpyxl.load_workbook(BytesIO(workbook))
    assert book.properties.title.endswith("（内部底稿，不公开）")
    assert {sheet.oddHeader.center.text for sheet in book.worksheets} == {"（内部底稿，不公开）"}


def test_the_bodies_can_be_filtered_and_are_printed_in_readable_size(workbook):
    sheet = openpyxl.load_workbook(BytesIO(workbook))[PARTS]
    assert sheet.auto_filter.ref.startswith("A2:")
    assert sheet.protection.sheet
    assert not sheet.protection.autoFilter  # which this attribute forbids
    assert not (sheet.sheet_properties.pageSetUpPr and sheet.sheet_properties.pageSetUpPr.fitToPage)
    assert (sheet.print_title_rows, sheet.print_title_cols) == ("$2:$2", "$A:$A")


def test_amounts_add_up_in_the_workbook_as_in_the_whole(large_city):
    amount = {"proactive_disclosure.fees.amount": Decimal("0.1")}
    whole = aggregate([bureau(large_city, n).with_values(amount) for n in range(3)], "某市人民政府", large_city.year)
    sheet = openpyxl.load_workbook(BytesIO(write_aggregation(whole)))[PARTS]
    heads = [cell.value for cell in sheet[2]]
    column = next(index for index, head in enumerate(heads) if head and "本年收费金额" in head)
    assert [row[column].value for row in sheet.iter_rows(min_row=3)] == [0.1, 0.1, 0.1]
    assert whole.report.proactive_disclosure.fees.amount == Decimal("0.3")
