"""The form read back after people worked with it, in Excel (as openpyxl edits it) and in LibreOffice."""

from __future__ import annotations

import json
import re
import zipfile
from datetime import date
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from workbooks import converted, rewritten

from annual_report import (
    AnnualReport,
    UnusableInputError,
    aggregate,
    check,
    check_many,
    load,
    loads,
    read,
    render,
)
from annual_report.analysis.beginning import begin
from annual_report.document.workbook import BASICS, CHECKS, TEXT, address_of, table_sheets
from annual_report.tables import to_frame
from annual_report.writers.xlsx import write_report

TWO, THREE, FOUR = (
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
)


@pytest.fixture(scope="module")
def filled(large_city):
    return write_report(large_city)


@pytest.fixture
def book(filled):
    return openpyxl.load_workbook(BytesIO(filled))


def saved(book):
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def read_from(book):
    return read(saved(book), name="年报.xlsx")


def only_line(book):
    """Read a workbook that holds one problem, and give what is said of it."""
    (doubt,) = read_from(book).doubts
    with pytest.raises(UnusableInputError) as caught:
        loads(saved(book), "年报.xlsx")
    assert str(caught.value).splitlines()[0] == f"年报.xlsx: {doubt}"
    return str(doubt)


def test_what_is_not_changed_is_read_as_it_was(book, large_city):
    assert loads(saved(book)) == large_city


def test_inputs_are_found_by_name_where_sheets_are_renamed_and_moved(book, large_city):
    book[THREE].title = "申请情况"
    book.move_sheet("申请情况", -3)
    for name in book.defined_names.values():
        name.attr_text = name.attr_text.replace(THREE, "申请情况")
    book["申请情况"]["D7"].value += 1
    received = loads(saved(book)).applications.received
    assert received.natural_person == large_city.applications.received.natural_person + 1


def test_a_workbook_saved_as_strict_open_xml_is_read(large_city):
    """Excel offers it; names differ, and a date is written out."""
    dated = large_city.with_values({"issued_on": date(2026, 1, 15)})

    def strict(_, content):
        for name in (b"spreadsheetml", b"officeDocument"):
            usual = b"http://schemas.openxmlformats.org/%s/2006/" % name
            content = content.replace(usual, b"http://purl.oclc.org/ooxml/%s/" % name)
        return re.sub(rb'(<c r="B9" s="[0-9]+")><v>46037</v>', rb'\1 t="d"><v>2026-01-15T00:00:00</v>', content)

    workbook = rewritten(write_report(dated), strict)
    assert b't="d"' in zipfile.ZipFile(BytesIO(workbook)).read("xl/worksheets/sheet2.xml")
    assert loads(workbook) == dated


@pytest.mark.parametrize("keep_names", [True, False])
@pytest.mark.parametrize(("key", "after"), [("applications", 9), ("applications", 5), ("disputes", 4)])
def test_inputs_are_found_where_rows_were_inserted(filled, large_city, key, after, keep_names):
    """Excel moves names along with the cells; without names the labels tell."""
    name_of_sheet = table_sheets(large_city.form)[key].name
    part = f"xl/worksheets/sheet{openpyxl.load_workbook(BytesIO(filled)).sheetnames.index(name_of_sheet) + 1}.xml"

    def down(row):
        return b"%d" % (int(row) + (2 if int(row) > after else 0))

    def moved(found):
        return b"".join(down(part) if part.isdigit() else part for part in found.groups())

    def named(found):
        if not keep_names:
            return b""
        is_moved = name_of_sheet.encode() in found[0] and b"_zfxxgk" in found[0]
        return re.sub(rb"(\$[A-Z]+\$)(\d+)(<)", moved, found[0]) if is_moved else found[0]

    def change(name, content):
        if name == "xl/workbook.xml":
            return re.sub(rb"<definedName .*?</definedName>", named, content)
        if name == part:
            content = re.sub(rb'(<(?:c|row) r="[A-Z]*)(\d+)(")', moved, content)
            return re.sub(rb'(<mergeCell ref="[A-Z]+)(\d+)(:[A-Z]+)(\d+)(")', moved, content)
        return content

    assert loads(rewritten(filled, change)) == large_city


def test_sheets_pasted_into_another_workbook_are_found_by_their_labels(book, large_city):
    other = openpyxl.Workbook()
    for sheet in book.worksheets:
        pasted = other.create_sheet(f"表{len(other.worksheets)}")
        down, right = (3, 2) if sheet.title in {TWO, THREE, FOUR} else (0, 0)
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None:
                    pasted.cell(cell.row + down, cell.column + right, cell.value)
    assert loads(saved(other)) == large_city


def test_a_table_pasted_twice_is_in_doubt(book):
    book.defined_names.clear()
    book.copy_worksheet(book[FOUR])
    assert only_line(book) == f"{FOUR} (disputes): 工作簿中有多张这样的表，请只保留一张（单元格 {FOUR} Copy!A7）"


@pytest.mark.parametrize(("title", "key", "cell"), [("基本情况", "agency", "B3"), ("文字", "overview", "A3")])
def test_a_sheet_of_fields_or_texts_pasted_twice_is_in_doubt(book, large_city, title, key, cell):
    book.copy_worksheet(book[title])[cell] = "另一份"
    assert loads(saved(book)) == large_city
    book.defined_names.clear()
    (doubt,) = read(saved(book), name="年报.xlsx").doubts
    assert (doubt.id, doubt.path, doubt.location.cell) == ("table.twice", key, f"{title} Copy!{cell}")
    assert str(doubt.message) == "工作簿中有多张这样的工作表，请只保留一张"


def test_a_copied_sheet_beside_the_original_does_not_count(book, large_city):
    copy = book.copy_worksheet(book[FOUR])
    copy["A7"] = 99
    copy.defined_names["_zfxxgk1_disputes_reconsideration_upheld"] = openpyxl.workbook.defined_name.DefinedName(
        "_zfxxgk1_disputes_reconsideration_upheld", attr_text=f"'{copy.title}'!$A$7"
    )
    assert loads(saved(book)) == large_city


def test_a_formula_overwritten_by_a_number_is_a_stated_total(book, large_city):
    book[FOUR]["E7"] = 7
    report = loads(saved(book))
    assert report.disputes.reconsideration.total == 7
    assert report.disputes.reconsideration.derived_total == large_city.disputes.reconsideration.total
    (finding,) = check(report).errors
    assert (finding.path, finding.actual) == ("disputes.reconsideration.total", 7)


def test_one_overwritten_total_states_its_row(book, large_city):
    address = address_of(large_city.form, "applications.outcomes.total.natural_person")
    book[THREE][address.local] = 7
    total = loads(saved(book)).applications.outcomes.total
    derived = large_city.applications.outcomes.derived_total
    assert (total.natural_person, total.commercial_enterprise) == (7, derived.commercial_enterprise)
    assert total.total == derived.total


@pytest.mark.parametrize(("text", "number"), [("7", 7), ("７", 7), (" 12 ", 12), ("1,234", 1234), ("—", 0)])
def test_a_number_typed_as_text_is_taken_and_totals_are_computed_anew(book, text, number):
    book[FOUR]["A7"] = text
    reading = read_from(book)
    assert reading.report.disputes.reconsideration.upheld == number
    assert [(info.id, info.location.cell) for info in reading.infos] == [("value.text", f"{FOUR}!A7")]


def test_blanks_are_zeros(book):
    book[FOUR]["A7"] = None
    book[FOUR]["B7"] = "  "
    report = loads(saved(book))
    assert (report.disputes.reconsideration.upheld, report.disputes.reconsideration.corrected) == (0, 0)


@pytest.mark.parametrize(
    ("given", "words", "found"),
    [
        ("约20件", "不是数字", "约20件"),
        ("a", "不是数字", "a"),
        (1.5, "应为不小于 0 的整数", "1.5"),
        (-1, "应为不小于 0 的整数", "-1"),
        (date(2024, 1, 5), "不是数字", "2024-01-05"),
        (True, "不是数字", "TRUE"),
    ],
)
def test_what_is_no_number_is_told_with_sheet_and_cell(book, given, words, found):
    book[FOUR]["C7"] = given
    assert only_line(book).endswith(f"{words}（原文“{found}”；单元格 {FOUR}!C7）")


@pytest.mark.parametrize("given", ["#DIV/0!", "=A7+1"])
def test_errors_and_formulas_without_a_result_are_told(book, given):
    book[FOUR]["C7"] = given
    if given.startswith("#"):
        book[FOUR]["C7"].data_type = "e"
    assert f"单元格 {FOUR}!C7" in only_line(book)


@pytest.mark.parametrize(("sheet", "cell"), [(TEXT, "A4"), (BASICS, "B7"), (BASICS, "B9")])
def test_a_text_or_field_whose_formula_has_no_result_is_not_left_out(book, sheet, cell):
    book[sheet][cell] = "=1+1"
    assert "公式没有保存计算结果" in only_line(book)
    assert f"单元格 {sheet}!{cell}" in only_line(book)


def test_numbers_too_large_are_told_with_their_cell(book):
    book[FOUR]["C7"] = 10**9
    with pytest.raises(UnusableInputError, match=rf"{FOUR}!C7"):
        loads(saved(book))


@pytest.mark.parametrize(("sheet", "cell"), [(THREE, "A7"), (THREE, "C13"), (THREE, "E6"), (TWO, "A4"), (FOUR, "A4")])
def test_a_changed_label_is_told_with_its_cell(book, sheet, cell):
    before = book[sheet][cell].value
    book[sheet][cell] = "另外的栏目"
    line = only_line(book)
    assert f"栏目名称被改动，格式为“{before}”" in line
    assert f"单元格 {sheet}!{cell}" in line


def test_a_workbook_of_another_version_is_refused(book):
    for name in list(book.defined_names):
        area = book.defined_names.pop(name)
        area.name = name.replace("_zfxxgk1_", "_zfxxgk9_")
        book.defined_names[area.name] = area
    with pytest.raises(UnusableInputError, match="其他版本"):
        loads(saved(book), "年报.xlsx")


@pytest.mark.parametrize(
    ("sheet", "lines"),
    [
        (THREE, [f"{THREE} (applications): 工作簿中缺少这张表"]),
        (BASICS, ["行政机关名称 (agency): 工作簿中缺少这一单元格", "报告年度 (year): 工作簿中缺少这一单元格"]),
        (TEXT, None),
        (CHECKS, []),
    ],
)
def test_a_missing_sheet_is_told(book, sheet, lines):
    del book[sheet]
    doubts = [str(doubt) for doubt in read_from(book).doubts]
    if lines is None:
        assert len(doubts) == 3
        assert all("缺少这部分文字" in doubt for doubt in doubts)
    else:
        assert doubts == lines


def test_every_problem_is_told_at_once(book):
    book[FOUR]["C7"] = "x"
    book[THREE]["D7"] = 1.5
    del book[TWO]
    assert [doubt.path for doubt in read_from(book).doubts] == [
        "proactive_disclosure",
        "applications.received.natural_person",
        "disputes.reconsideration.other",
    ]


def test_basics_that_cannot_be_are_told_with_their_cell(book):
    book[BASICS]["B4"] = "123"
    book[BASICS]["B5"] = 1999
    book[BASICS]["B9"] = "不知道"
    with pytest.raises(UnusableInputError) as caught:
        loads(saved(book))
    assert [re.search(r"基本情况!B\d", line)[0] for line in str(caught.value).splitlines()] == [
        "基本情况!B4",
        "基本情况!B5",
        "基本情况!B9",
    ]


def test_a_body_without_a_name_is_told_with_its_cell(book):
    book[BASICS]["B3"] = " "
    with pytest.raises(UnusableInputError, match="基本情况!B3"):
        loads(saved(book))


@pytest.mark.parametrize("given", [date(2026, 1, 15), "2026年1月15日", "2026/1/15", "2026-1-15"])
def test_dates_are_read_in_any_usual_form(book, given):
    book[BASICS]["B9"] = given
    assert loads(saved(book)).issued_on == date(2026, 1, 15)


def test_blanks_around_what_was_typed_are_no_part_of_it(book, large_city):
    book[BASICS]["B3"] = f"　{large_city.agency} "
    book[BASICS]["B4"] = " 11100000000013338W　"
    report = loads(saved(book))
    assert (report.agency, report.agency_code) == (large_city.agency, "11100000000013338W")


def test_the_year_may_be_text(book, large_city):
    book[BASICS]["B5"] = f"{large_city.year}年"
    reading = read_from(book)
    assert reading.report == large_city
    assert [info.id for info in reading.infos] == ["year.written"]


def test_paragraphs_typed_into_rows_are_read_with_their_sub_headings(book):
    top = next(row for row in range(1, 300) if book[TEXT].cell(row, 1).value == "五、存在的主要问题及改进情况")
    for row, text in enumerate(["（一）存在的主要问题", None, "力量**不足**。", "2024"], top + 1):
        book[TEXT].cell(row, 1).value = text if text != "2024" else 2024
    narrative = loads(saved(book)).problems_and_improvements
    assert [paragraph.level for paragraph in narrative][:2] == [2, None]
    assert str(narrative).splitlines()[:3] == ["（一）存在的主要问题", "力量**不足**。", "2024"]


def test_text_changed_beside_its_hidden_structure_counts_as_it_is_seen(data):
    data["overview"] = [{"body": [{"text": "  缩进的段落"}]}]
    report = AnnualReport.model_validate(data)
    book = openpyxl.load_workbook(BytesIO(write_report(report)))
    assert loads(saved(book)) == report
    book[TEXT]["A3"] = "（一）改过"
    assert loads(saved(book)).overview.paragraphs[0].level == 2


@pytest.mark.parametrize("after_last_year", [False, True])
def test_an_untouched_form_is_no_report_of_zeros(large_city, after_last_year):
    previous = large_city if after_last_year else None
    report = begin(agency=large_city.agency, year=large_city.year + 1, previous=previous)
    form = write_report(report, previous=previous, empty=True)
    reading = read(form, name="年报.xlsx")
    inputs = {key: len(table.inputs) for key, table in table_sheets(report.form).items()}
    empty = inputs | {"applications": inputs["applications"] - (6 if after_last_year else 0)}
    assert [(doubt.path, dict(doubt.message.parameters)) for doubt in reading.doubts] == [
        (key, {"number": number}) for key, number in empty.items()
    ]
    assert [doubt.location.cell.partition("!")[0] for doubt in reading.doubts] == [TWO, THREE, FOUR]


def test_an_untouched_form_is_added_to_no_sum_and_checked_as_no_report(tmp_path, large_city):
    path = tmp_path / "年报.xlsx"
    path.write_bytes(write_report(begin(agency="某局", year=2024), empty=True))
    for refused in (load, lambda form: aggregate([form], "某市", 2024), lambda form: check(large_city, parts=[form])):
        with pytest.raises(UnusableInputError, match="144 个单元格都是空的"):
            refused(path)
    (checked,) = check_many([path])
    assert "144 个单元格都是空的" in checked.failure.text("zh")
    with pytest.raises(UnusableInputError, match="144 个单元格都是空的"):
        to_frame([path])


def test_one_number_makes_a_table_filled_in():
    report = begin(agency="某局", year=2024)
    book = openpyxl.load_workbook(BytesIO(write_report(report, empty=True)))
    for sheet, cell in ((TWO, "B6"), (THREE, "D7"), (FOUR, "A7")):
        book[sheet][cell] = 0
    assert loads(saved(book)) == report


def test_amounts_are_read_exactly(housing_bureau):
    book = openpyxl.load_workbook(BytesIO(write_report(housing_bureau)))
    cell = book[TWO][address_of(housing_bureau.form, "proactive_disclosure.central_procurement.amount").local]
    for given, amount in ((0.1, "0.1"), (1e-7, "0.0000001"), (59237.2449, "59237.2449"), ("1234.50", "1234.5")):
        cell.value = given
        assert loads(saved(book)).proactive_disclosure.central_procurement.amount == Decimal(amount)
    cell.value = 1e15
    assert "单元格" in only_line(book)


def test_a_total_whose_stored_value_is_another_is_computed_anew(filled, large_city):
    def change(name, content):
        if name != "xl/worksheets/sheet5.xml":
            return content
        return re.sub(rb"(<f>SUM\(A7:D7\)</f><v>)\d+", rb"\g<1>4242", content)

    reading = read(rewritten(filled, change), name="年报.xlsx")
    assert reading.report == large_city
    assert [(info.id, info.found, info.location.cell) for info in reading.infos] == [
        ("total.computed", "4242", f"{FOUR}!E7")
    ]


@pytest.fixture(scope="module")
def of_libreoffice(large_city, housing_bureau, tmp_path_factory):
    workbooks = [write_report(report) for report in (large_city, housing_bureau)]
    folder = tmp_path_factory.mktemp("resaved")
    return {kind: converted(workbooks, folder / kind, kind) for kind in ("xlsx", "ods", "xls")}


@pytest.mark.parametrize("kind", ["xlsx", "ods", "xls"])
def test_libreoffice_saves_the_form_so_that_it_is_read_as_it_was(of_libreoffice, large_city, housing_bureau, kind):
    for workbook, report in zip(of_libreoffice[kind], (large_city, housing_bureau), strict=True):
        reading = read(workbook, name=f"年报.{kind}")
        assert reading.report == report
        assert reading.deviations == ()


def test_a_workbook_of_wps_is_read(of_libreoffice, large_city, tmp_path):
    """Tried with Excel 97 bytes under the suffix, which WPS saves by default: WPS does not run here."""
    path = tmp_path / "年报.et"
    path.write_bytes(of_libreoffice["xls"][0])
    assert load(path) == large_city


def test_printed_tables_in_any_workbook_are_recognised(large_city):
    """A workbook that is not the form: a document's rows and tables, each cell where it is printed."""
    from annual_report.document.compose import compose

    book = openpyxl.Workbook()
    sheet = book.active
    row = 1
    for block in compose(large_city).blocks:
        grid = getattr(block, "grid", None)
        if grid is not None:
            values = iter(block.values)
            for cell in grid.cells:
                text = next(values) if cell.is_value else cell.text
                at = sheet.cell(row + cell.row, 1 + cell.column, int(text) if text.isdigit() else text)
                if cell.rows * cell.columns > 1:
                    end = sheet.cell(row + cell.row + cell.rows - 1, cell.column + cell.columns).coordinate
                    sheet.merge_cells(f"{at.coordinate}:{end}")
            row += grid.height
            continue
        lines = getattr(block, "lines", None) or [
            "".join(run.text for run in (*getattr(block, "lead", ()), *getattr(block, "runs", ())))
        ]
        for line in lines:
            sheet.cell(row, 1, line)
            row += 1
    reading = read(saved(book), name="年报.xlsx")
    assert {path: reading.values[path] for path in large_city.values} == large_city.values
    assert [doubt for doubt in reading.doubts if doubt.path in large_city.values] == []


def test_what_the_form_says_is_what_render_needs(filled, tmp_path):
    (tmp_path / "年报.xlsx").write_bytes(filled)
    assert render(loads(filled), format="docx").startswith(b"PK")


@pytest.mark.parametrize("empty", [False, True], ids=["whole", "to be filled in"])
def test_what_is_read_from_a_workbook_is_json(housing_bureau, empty):
    reading = read(write_report(housing_bureau, empty=empty), name="年报.xlsx")
    data = json.loads(json.dumps(reading.data))
    assert (reading.report is None) == empty
    assert data["agency"] == housing_bureau.agency
    assert data == json.loads(json.dumps(reading.to_dict()))["report"] or empty
    assert empty or AnnualReport.model_validate(data) == reading.report
