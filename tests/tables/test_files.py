"""Files of tables: what they look like, and what is said of those that cannot be used."""

from __future__ import annotations

import csv
import os
import re
import sys
import zipfile
from datetime import datetime

import openpyxl
import pandas as pd
import pytest
import xlsxwriter

from annual_report import AnnualReport, MissingExtraError, UnusableInputError
from annual_report.tables import from_frame, read_table, to_frame, write_table
from annual_report.tables.files import is_table_file
from annual_report.tables.xlsx_file import letter

NUMBER = "applications.received.natural_person"
AMOUNT = "proactive_disclosure.fees.amount"


def blank(**changes):
    report = AnnualReport.blank(agency="某局", year=2024)
    return AnnualReport.model_validate(report.model_dump() | changes)


def rows_of(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def write_rows(path, rows, encoding="utf-8-sig"):
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows(rows)


def edited(path, change):
    """Write a workbook anew with its worksheet's XML changed."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = "xl/worksheets/sheet1.xml"
    parts[name] = change(parts[name].decode()).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)


@pytest.fixture
def table(tmp_path, request):
    """A table of two blank reports, in a file of either kind."""
    path = tmp_path / f"汇总{request.param}"
    write_table([blank(), blank(agency="乙局")], path, keys=True)
    return path


both = pytest.mark.parametrize("table", [".csv", ".xlsx"], indirect=True)


def test_csv_opens_in_excel(tmp_path):
    write_table([blank()], tmp_path / "table.csv")
    content = (tmp_path / "table.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == 2
    assert rows_of(tmp_path / "table.csv")[0][:3] == ["行政机关名称", "报告年度", "格式版本"]


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_a_table_without_reports_has_the_columns_of_the_edition_in_force(tmp_path, suffix):
    path = tmp_path / f"table{suffix}"
    assert write_table([], path, keys=True) == 0
    titles = rows_of(path)[0] if suffix == ".csv" else [cell.value for cell in openpyxl.load_workbook(path).active[1]]
    write_table([blank()], tmp_path / "one.csv", keys=True)
    assert [title for title in titles if title != "reconciliation"] == rows_of(tmp_path / "one.csv")[0]


def test_amounts_are_plain_digits_in_csv(tmp_path):
    report = AnnualReport.model_validate(
        blank().model_dump(exclude={"proactive_disclosure"})
        | {"proactive_disclosure": blank().proactive_disclosure.model_dump() | {"fees": {"amount": "0.0000001"}}}
    )
    write_table([report], tmp_path / "table.csv", keys=True)
    titles, row = rows_of(tmp_path / "table.csv")
    assert row[titles.index("proactive_disclosure.fees.amount")] == "0.0000001"
    assert list(read_table(tmp_path / "table.csv")) == [report]


def test_the_workbook_has_a_header_that_stays_filters_and_widths_that_fit(tmp_path, large_city, seed_as_published):
    path = tmp_path / "汇总.xlsx"
    write_table([large_city, seed_as_published], path)
    sheet = openpyxl.load_workbook(path).active
    assert sheet.freeze_panes == "C2"
    assert sheet.auto_filter.ref == sheet.dimensions
    assert sheet.print_title_rows == "$1:$1"
    widths = {title.value: sheet.column_dimensions[title.column_letter].width for title in sheet[1]}
    assert widths["行政机关名称"] >= 2 * len(large_city.agency)
    assert max(widths.values()) < 40
    assert isinstance(sheet.cell(2, 2).value, int)


def test_the_workbook_flags_what_does_not_reconcile_and_where(tmp_path, large_city, seed_as_published):
    path = tmp_path / "汇总.xlsx"
    write_table([large_city, seed_as_published], path, keys=True)
    sheet = openpyxl.load_workbook(path).active
    titles = [cell.value for cell in sheet[1]]
    flag = titles.index("reconciliation") + 1
    assert sheet.cell(2, flag).value is None
    assert sheet.cell(3, flag).value.startswith("2 处勾稽不符：")
    red = {titles[cell.column - 1] for cell in sheet[3] if cell.fill.start_color.rgb == "FFFFC7CE"}
    assert red == {"reconciliation", "applications.outcomes.total.natural_person", "applications.outcomes.total.total"}
    assert list(read_table(path)) == [large_city, seed_as_published]


@pytest.mark.parametrize(("wrong", "shown", "dots"), [(0, 0, 0), (3, 3, 0), (4, 3, 1)])
def test_the_flag_spells_out_three_findings_and_tells_that_there_are_more(tmp_path, wrong, shown, dots):
    data = blank().model_dump(mode="json")
    for key in ("granted", "partially_granted", "other_handling", "refused")[:wrong]:
        row = data["applications"]["outcomes"][key]
        row = row if "total" in row else next(iter(row.values()))
        row["total"] = 1
    write_table([AnnualReport.model_validate(data)], tmp_path / "table.xlsx", keys=True)
    titles, row = openpyxl.load_workbook(tmp_path / "table.xlsx").active.iter_rows(values_only=True)
    flag = row[titles.index("reconciliation")] or ""
    assert (flag.count("总计应为"), flag.count("…")) == (shown, dots)
    assert flag == "" if not wrong else flag.startswith(f"{wrong} 处")


@pytest.mark.parametrize(
    ("keys", "path", "parts"),
    [
        (False, NUMBER, ["三、收到和处理政府信息公开申请情况", "一、本年新收政府信息公开申请数量", "自然人"]),
        (False, AMOUNT, ["二、主动公开政府信息情况", "行政事业性收费", "本年收费金额（单位：万元）"]),
        (False, "overview", ["一、总体情况", "", ""]),
        (
            True,
            "applications.outcomes.refused.state_secret.total",
            ["applications", "outcomes.refused.state_secret", "total"],
        ),
        (True, AMOUNT, ["proactive_disclosure", "fees", "amount"]),
        (True, "overview", ["overview", "", ""]),
        (True, "texts.applications.notes", ["texts", "applications.notes", ""]),
    ],
)
def test_a_long_table_has_section_row_and_column_of_every_value(tmp_path, keys, path, parts):
    report = blank(texts={"applications": {"notes": "注：含转来的申请。"}})
    write_table([report], tmp_path / "table.csv", "long", keys=keys)
    (row,) = (row for row in rows_of(tmp_path / "table.csv") if row[3] == path)
    assert row[4:7] == parts


@pytest.mark.parametrize("layout", ["wide", "long"])
def test_names_that_look_like_formulas_are_disarmed_in_csv(tmp_path, layout):
    report = blank(agency="=1+1局")
    write_table([report], tmp_path / "table.csv", layout)
    assert {row[0] for row in rows_of(tmp_path / "table.csv")[1:]} == {"'=1+1局"}
    assert list(read_table(tmp_path / "table.csv")) == [report]


def test_a_text_of_any_length_that_a_report_may_have_fits_into_csv(tmp_path):
    report = blank(overview="公开信息。" * 40_000)
    write_table([report], tmp_path / "table.csv")
    assert list(read_table(tmp_path / "table.csv")) == [report]


def test_every_csv_file_is_taken_for_a_table_and_a_workbook_by_its_headings(tmp_path):
    assert is_table_file(tmp_path / "none.csv")
    openpyxl.Workbook().save(tmp_path / "other.xlsx")
    assert not is_table_file(tmp_path / "other.xlsx")
    write_table([blank()], tmp_path / "table.xlsx")
    assert is_table_file(tmp_path / "table.xlsx")
    assert not is_table_file(tmp_path / "report.docx")


def test_suffixes_may_be_in_capitals(tmp_path):
    for name in ("TABLE.XLSX", "TABLE.CSV"):
        assert write_table([blank()], tmp_path / name) == 1
        assert is_table_file(tmp_path / name)
        assert list(read_table(tmp_path / name)) == [blank()]


def test_in_a_long_table_the_edition_tells_reports_of_one_body_and_year_apart(tmp_path):
    reports = [AnnualReport.blank(agency="某局", year=2020, edition=edition) for edition in ("2019", "2021")]
    assert write_table(reports, tmp_path / "table.csv", "long") == 2
    assert list(read_table(tmp_path / "table.csv")) == reports


@pytest.mark.parametrize(("titles", "is_read"), [(4, True), (5, False)])
@both
def test_headings_are_looked_for_in_the_first_five_rows(table, titles, is_read):
    if table.suffix == ".csv":
        write_rows(table, [["说明"]] * titles + rows_of(table))
    else:
        book = openpyxl.load_workbook(table)
        book.active.insert_rows(1, titles)
        for row in range(titles):
            book.active.cell(row + 1, 1, "说明")
        book.save(table)
    if is_read:
        assert len(list(read_table(table))) == 2
    else:
        with pytest.raises(UnusableInputError, match="这不是年度报告汇总表"):
            list(read_table(table))


@both
def test_a_title_above_the_headings_and_blank_rows_do_not_matter(table):
    expected = list(read_table(table))
    if table.suffix == ".csv":
        heading, *rows = rows_of(table)
        write_rows(table, [["某市2024年汇总"], [], heading, [], *rows, ["", ""]])
    else:
        book = openpyxl.load_workbook(table)
        book.active.insert_rows(1, 2)
        book.active["A1"] = "某市2024年汇总"
        book.create_sheet("说明", 0)["A1"] = "本表由市政府办公室汇总"
        book.save(table)
    assert list(read_table(table)) == expected


@both
def test_problems_name_row_and_column_as_excel_does(table):
    if table.suffix == ".csv":
        heading, *rows = rows_of(table)
        letter = openpyxl.utils.get_column_letter(heading.index(NUMBER) + 1)
        rows[1][heading.index(NUMBER)] = "几件"
        write_rows(table, [heading, *rows])
    else:
        book = openpyxl.load_workbook(table)
        (cell,) = (cell for cell in book.active[1] if cell.value == NUMBER)
        letter = cell.column_letter
        book.active[f"{letter}3"] = "几件"
        book.save(table)
    found = read_table(table)
    assert next(found).agency == "某局"
    with pytest.raises(UnusableInputError) as caught:
        next(found)
    assert caught.value.source == str(table)
    assert f'第 3 行 {letter} 列：应为不小于 0 的整数，现为 "几件"' in str(caught.value)


def test_gbk_is_read_and_other_encodings_are_told(tmp_path):
    path = tmp_path / "table.csv"
    write_table([blank()], path)
    rows = rows_of(path)
    write_rows(path, rows, "gb18030")
    assert list(read_table(path)) == [blank()]
    write_rows(path, rows, "utf-16")
    with pytest.raises(UnusableInputError, match="UTF-16"):
        next(read_table(path))
    path.write_bytes(b"\xff\xff\xff")
    with pytest.raises(UnusableInputError, match="UTF-8"):
        next(read_table(path))


@pytest.mark.parametrize("lines", [3, 300_000], ids=["a short file", "a file of several megabytes"])
def test_the_line_that_is_not_in_utf_8_is_told(tmp_path, lines):
    path = tmp_path / "table.csv"
    path.write_bytes(b"agency,year\n" + "某局,2024\n".encode() * (lines - 2) + b"M\xe4rkte,2024\n" + b"x,2024\n")
    with pytest.raises(UnusableInputError, match=f"不是 UTF-8 编码（第 {lines} 行）"):
        list(read_table(path))


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_of_either_order_is_told(tmp_path, encoding):
    path = tmp_path / "table.csv"
    path.write_bytes("\ufeffagency,year\n某局,2024\n".encode(encoding))
    with pytest.raises(UnusableInputError, match="文件是 UTF-16 编码"):
        list(read_table(path))


def test_a_file_that_only_begins_in_gbk_is_refused(tmp_path):
    path = tmp_path / "table.csv"
    path.write_bytes(b"agency,year\n" + "某局,2024\n".encode("gbk") * 200_000 + b"\xff\xff,2024\n")
    with pytest.raises(UnusableInputError, match="不是 UTF-8"):
        list(read_table(path))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "文件是空的"),
        (b"name,code\n1,2\n", "这不是年度报告汇总表"),
        ('agency,year\n"某局,2024\n'.encode(), "不是有效的 CSV（第 2 行"),
        (b"agency,year\n\0,2024\n", "缺少这一列"),
    ],
)
def test_csv_that_cannot_be_used_is_told(tmp_path, content, words):
    path = tmp_path / "table.csv"
    path.write_bytes(content)
    with pytest.raises(UnusableInputError, match=re.escape(words)):
        list(read_table(path))


def test_a_workbook_of_something_else_is_not_said_to_be_empty(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["说明"])
    book.create_sheet("空")
    book.save(tmp_path / "table.xlsx")
    with pytest.raises(UnusableInputError, match="这不是年度报告汇总表"):
        list(read_table(tmp_path / "table.xlsx"))


@pytest.mark.parametrize("name", ["missing.csv", "missing.xlsx", "table.txt", "."])
def test_paths_that_cannot_be_used_are_told(tmp_path, name):
    with pytest.raises(UnusableInputError):
        list(read_table(tmp_path / name))
    with pytest.raises(UnusableInputError):
        write_table([blank()], tmp_path / "nowhere" / name)


def test_a_workbook_with_a_password_is_said_to_have_one(tmp_path):
    path = tmp_path / "table.xlsx"
    names = b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in ("Root Entry", "EncryptedPackage"))
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + names)
    for take in (lambda: list(read_table(path)), lambda: is_table_file(path)):
        with pytest.raises(UnusableInputError, match=r"table\.xlsx: 文件有密码"):
            take()


def test_what_is_no_workbook_is_told(tmp_path):
    path = tmp_path / "table.xlsx"
    for content in (b"", b"PK", b"name,code", os.urandom(2000)):
        path.write_bytes(content)
        with pytest.raises(UnusableInputError, match="不是 Excel 工作簿"):
            list(read_table(path))
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/worksheets/sheet1.xml", "<worksheet>")
    with pytest.raises(UnusableInputError, match="不是 Excel 工作簿"):
        list(read_table(path))


@pytest.mark.parametrize("table", [".xlsx"], indirect=True)
def test_a_million_empty_rows_do_not_matter(table):
    expected = list(read_table(table))
    empty = "".join(f'<row r="{number}"><c r="A{number}" s="1"/></row>' for number in range(4, 1_000_000))
    edited(table, lambda sheet: sheet.replace("</sheetData>", f"{empty}</sheetData>"))
    assert list(read_table(table)) == expected


@pytest.mark.parametrize("table", [".csv"], indirect=True)
def test_a_million_empty_lines_do_not_matter(table):
    expected = list(read_table(table))
    with table.open("ab") as file:
        file.write(b",,,\r\n\r\n" * 500_000)
    assert list(read_table(table)) == expected


@pytest.mark.parametrize("table", [".xlsx"], indirect=True)
def test_cells_too_far_apart_are_refused_before_they_take_all_memory(table):
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    edited(table, lambda sheet: sheet.replace("</sheetData>", f"{far}</sheetData>"))
    with pytest.raises(UnusableInputError, match="分布过广"):
        list(read_table(table))


@pytest.mark.parametrize("table", [".xlsx"], indirect=True)
def test_a_workbook_that_is_too_large_when_it_is_unpacked_is_refused(table, monkeypatch):
    with zipfile.ZipFile(table) as archive:
        size = sum(part.file_size for part in archive.infolist())
    monkeypatch.setattr("annual_report.tables.xlsx_file._BYTES", size)
    assert len(list(read_table(table))) == 2
    monkeypatch.setattr("annual_report.tables.xlsx_file._BYTES", size - 1)
    with pytest.raises(UnusableInputError, match="工作簿过大"):
        list(read_table(table))


@pytest.mark.parametrize("table", [".xlsx"], indirect=True)
def test_formulas_count_by_their_values_and_are_refused_without(table):
    book = openpyxl.load_workbook(table)
    (cell,) = (cell for cell in book.active[1] if cell.value == NUMBER)
    reference = f"{cell.column_letter}2"
    pattern = re.compile(f'(<c r="{reference}"[^>]*>)<v>0</v>')
    edited(table, lambda sheet: pattern.sub(r"\1<f>3+4</f><v>7</v>", sheet))
    assert [report.values[NUMBER] for report in read_table(table)] == [7, 0]
    edited(table, lambda sheet: sheet.replace("<f>3+4</f><v>7</v>", "<f>3+4</f>"))
    for end in ("</row>", "</row >"):  # which XML allows
        edited(table, lambda sheet, end=end: sheet.replace("</row>", end))
        with pytest.raises(UnusableInputError, match=f"!{reference}: 公式没有计算结果"):
            list(read_table(table))


@pytest.mark.parametrize("table", [".xlsx"], indirect=True)
def test_a_hidden_worksheet_is_no_table(table):
    book = openpyxl.load_workbook(table)
    book.create_sheet("空")
    book.active.sheet_state = "hidden"
    book.active = 1
    book.save(table)
    with pytest.raises(UnusableInputError, match="文件是空的"):
        list(read_table(table))
    book["空"].append(["说明"])
    book["空"].append([])
    for row in book.worksheets[0].iter_rows(min_row=1, max_row=2, values_only=True):
        book["空"].append(row)
    book.save(table)
    assert len(list(read_table(table))) == 1


def test_a_workbook_of_other_programs_is_read(tmp_path):
    frame = to_frame([blank(issued_on="2025-01-05"), blank(agency="乙局")], keys=False)
    book = openpyxl.Workbook()
    book.active.append(list(frame.columns))
    for row in frame.itertuples(index=False):
        book.active.append([None if pd.isna(value) else value for value in row])
    book.active["B2"] = "2024年"
    book.save(tmp_path / "table.xlsx")
    assert list(read_table(tmp_path / "table.xlsx")) == list(from_frame(frame))


@pytest.mark.parametrize("value", [True, datetime(2024, 1, 5), "=1/0"])  # noqa: DTZ001  # as workbooks have them
def test_what_is_no_number_in_a_workbook_is_told(tmp_path, value):
    frame = to_frame([blank()])
    with xlsxwriter.Workbook(tmp_path / "table.xlsx", {"default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet()
        for column, (title, cell) in enumerate(frame.iloc[0].items()):
            sheet.write(0, column, title)
            if title == NUMBER and value == "=1/0":
                sheet.write_formula(1, column, value, None, "#DIV/0!")
            else:
                sheet.write(1, column, value if title == NUMBER else cell)
    with pytest.raises(UnusableInputError) as caught:
        list(read_table(tmp_path / "table.xlsx"))
    letter = openpyxl.utils.get_column_letter(list(frame.columns).index(NUMBER) + 1)
    (problem,) = caught.value.problems
    if value == "=1/0":
        assert str(problem) == f"Sheet1!{letter}2: 公式的结果是错误值"
    else:
        assert (problem.path, f"第 2 行 {letter} 列" in str(problem)) == (NUMBER, True)


def test_columns_that_repeat_and_cells_without_a_heading_are_told(tmp_path):
    path = tmp_path / "table.csv"
    write_table([blank()], path)
    heading, row = rows_of(path)
    write_rows(path, [[*heading, heading[0]], [*row, "某局"]])
    with pytest.raises(UnusableInputError, match="A 列与"):
        list(read_table(path))
    write_rows(path, [[*heading, ""], [*row, "备注"]])
    with pytest.raises(UnusableInputError, match="这一列没有表头"):
        list(read_table(path))
    write_rows(path, [heading, [*row, "", "备注"]])
    with pytest.raises(UnusableInputError, match=f"第 2 行 {letter(len(heading) + 1)} 列：这一列没有表头"):
        list(read_table(path))
    write_rows(path, [[*heading, "", " "], [*row, "", ""]])
    assert list(read_table(path)) == [blank()]


@pytest.mark.parametrize("layout", ["wide", "long"])
def test_cells_that_are_left_out_at_the_end_of_a_row_are_blank(tmp_path, layout):
    path = tmp_path / "table.csv"
    write_table([blank()], path, layout, keys=True)
    heading, *rows = rows_of(path)
    write_rows(path, [heading, *(row[:-1] if row[-1] in {"", "0"} and row is rows[-1] else row for row in rows)])
    assert len(rows_of(path)[-1]) == len(heading) - 1
    assert list(read_table(path)) == [blank()]


def test_the_rows_of_a_report_in_a_long_csv_file_must_be_together(tmp_path):
    path = tmp_path / "table.csv"
    write_table([blank(), blank(agency="乙局")], path, "long")
    heading, *rows = rows_of(path)
    write_rows(path, [heading, *rows[1:], rows[0]])
    with pytest.raises(UnusableInputError, match="没有排在一起"):
        list(read_table(path))


@pytest.mark.parametrize("layout", ["wide", "long"])
def test_rows_that_a_worksheet_does_not_hold_are_refused_before_any_is_written(tmp_path, monkeypatch, layout):
    reports = [blank(), blank(agency="乙局")]
    write_table(reports, tmp_path / "table.csv", layout)
    rows = len(rows_of(tmp_path / "table.csv"))
    monkeypatch.setattr("annual_report.tables.files.MAX_ROWS", rows)
    assert write_table(reports, tmp_path / "most.xlsx", layout) == 2
    monkeypatch.setattr("annual_report.tables.files.MAX_ROWS", rows - 1)
    with pytest.raises(UnusableInputError, match=rf"table\.xlsx: .*{rows - 1} 行"):
        write_table(reports, tmp_path / "table.xlsx", layout)
    assert not (tmp_path / "table.xlsx").exists()


def test_what_a_workbook_cannot_hold_is_refused_and_an_existing_file_stays(tmp_path):
    path = tmp_path / "table.xlsx"
    path.write_bytes(b"before")
    long = blank(overview="很" * 40_000, other_matters="𠮷" * 16_384)
    with pytest.raises(UnusableInputError) as caught:
        write_table([blank(), long], path)
    assert [(problem.place, problem.path) for problem in caught.value.problems] == [
        ("某局 2024", "overview"),
        ("某局 2024", "other_matters"),
    ]
    assert path.read_bytes() == b"before"
    assert os.listdir(tmp_path) == ["table.xlsx"]
    write_table([long], tmp_path / "table.csv")
    assert list(read_table(tmp_path / "table.csv")) == [long]


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_two_reports_that_a_long_table_cannot_tell_apart_are_refused(tmp_path, suffix):
    with pytest.raises(UnusableInputError, match="有两份 2024 年的报告"):
        write_table([blank(), blank()], tmp_path / f"table{suffix}", "long")
    assert os.listdir(tmp_path) == []


def test_a_failure_while_reports_are_read_leaves_nothing(tmp_path):
    with pytest.raises(UnusableInputError, match="nowhere"):
        write_table([blank(), tmp_path / "nowhere.json"], tmp_path / "table.csv")
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize(("module", "package"), [("xlsxwriter", "xlsxwriter"), ("python_calamine", "python-calamine")])
def test_without_the_extra_the_error_says_how_to_install_it(tmp_path, monkeypatch, module, package):
    write_table([blank()], tmp_path / "table.xlsx")
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MissingExtraError, match=f"pip install {package}$"):
        write_table([blank()], tmp_path / "other.xlsx") if module == "xlsxwriter" else list(
            read_table(tmp_path / "table.xlsx")
        )


@pytest.mark.parametrize("layout", ["wide", "long"])
def test_an_amount_with_more_digits_than_a_cell_holds_is_kept(tmp_path, layout):
    amounts = {"proactive_disclosure.fees.amount": "12345678901234567890.123456"}
    report = blank().with_values(amounts)
    write_table([report], tmp_path / "a.xlsx", layout)
    assert list(read_table(tmp_path / "a.xlsx")) == [report]


@pytest.mark.parametrize("day", ["1899-12-31", "1900-01-01", "1900-02-28", "1900-03-01"])
def test_a_date_that_spreadsheets_count_differently_is_kept(tmp_path, day):
    report = blank(issued_on=day)
    write_table([report], tmp_path / "a.xlsx")
    assert list(read_table(tmp_path / "a.xlsx")) == [report]
