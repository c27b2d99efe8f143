"""`annual-report aggregate` as an office runs it."""

from __future__ import annotations

import json

import pytest
from command_line import run
from conftest import LARGE_CITY

from annual_report import aggregate, load, read


@pytest.fixture
def departments(tmp_path):
    folder = tmp_path / "departments"
    folder.mkdir()
    report = json.loads(LARGE_CITY.read_bytes())
    for name in ("甲局", "乙局", "丙局"):
        (folder / f"{name}.json").write_text(json.dumps(report | {"agency": name}), encoding="utf-8")
    return folder


def command(*arguments, cwd):
    return run("aggregate", *arguments, "--agency", "某市人民政府", "--year", "2025", cwd=cwd)


def test_the_sums_are_written_with_the_text_of_a_base(tmp_path, departments):
    done = command("departments", "--base", LARGE_CITY, "-o", "市.json", cwd=tmp_path)
    assert (done.returncode, done.stdout.decode()) == (0, "已写入：市.json\n")
    whole = aggregate(sorted(departments.iterdir()), agency="某市人民政府", year=2025, base=LARGE_CITY).report
    assert load(tmp_path / "市.json") == whole


def test_the_workbook_shows_every_part_behind_formulas_and_is_marked_internal(tmp_path, departments):
    openpyxl = pytest.importorskip("openpyxl")
    assert command("departments", "-o", "汇总.xlsx", cwd=tmp_path).returncode == 0
    book = openpyxl.load_workbook(tmp_path / "汇总.xlsx")
    assert "内部底稿" in book.sheetnames[0]
    assert "不公开" in book["内部底稿"]["A1"].value
    parts = book["各单位"]
    assert [parts.cell(row, 1).value for row in (3, 4, 5)] == ["丙局", "乙局", "甲局"]
    formula = book["三、收到和处理政府信息公开申请情况"]["D7"].value
    assert formula.startswith("=SUM('各单位'!")
    whole = aggregate(sorted(departments.iterdir()), agency="某市人民政府", year=2025).report
    assert read(tmp_path / "汇总.xlsx").values == {
        path: number for path, number in whole.values.items() if whole.form.cells[path].adds_up
    }


@pytest.mark.usefixtures("departments")
def test_a_document_with_errors_is_told(tmp_path):
    done = command("departments", "-o", "市.docx", cwd=tmp_path)
    assert (done.returncode, (tmp_path / "市.docx").exists()) == (0, True)
    assert "其中有 3 个错误，查看：annual-report check 市.docx" in done.stderr.decode()
    assert "错误" not in command("departments", "-o", "市.json", cwd=tmp_path).stderr.decode()


@pytest.mark.usefixtures("departments")
def test_nothing_of_the_parts_is_in_what_is_published(tmp_path):
    assert command("departments", "--base", LARGE_CITY, "-o", "市.html", cwd=tmp_path).returncode == 0
    assert not [name for name in ("甲局", "乙局", "丙局") if name in (tmp_path / "市.html").read_text(encoding="utf-8")]


def test_a_file_that_cannot_be_read_is_named_and_nothing_is_written_unless_forced(tmp_path, departments):
    (departments / "丁局.json").write_text("{", encoding="utf-8")
    refused = command("departments", "-o", "市.json", cwd=tmp_path)
    assert (refused.returncode, (tmp_path / "市.json").exists()) == (1, False)
    assert "丁局.json" in refused.stderr.decode()
    assert "已完成 4/4，失败 1" in refused.stderr.decode()
    assert command("departments", "-o", "市.json", "--force", cwd=tmp_path).returncode == 1
    assert (tmp_path / "市.json").exists()


@pytest.mark.usefixtures("departments")
def test_a_roster_tells_who_is_missing(tmp_path):
    (tmp_path / "名单.csv").write_text("name\n甲局\n乙局\n丙局\n戊局\n", encoding="utf-8")
    refused = command("departments", "--roster", "名单.csv", "-o", "市.json", cwd=tmp_path)
    assert refused.returncode == 1
    assert "戊局" in refused.stderr.decode()
    assert "parts.missing" in refused.stderr.decode()


@pytest.mark.usefixtures("departments")
def test_a_part_that_the_roster_does_not_count_is_told(tmp_path):
    (tmp_path / "名单.csv").write_text("name,counted\n甲局,是\n乙局,是\n丙局,否\n", encoding="utf-8")
    done = command("departments", "--roster", "名单.csv", "-o", "市.json", cwd=tmp_path)
    assert done.returncode == 0
    assert "丙局（departments/丙局.json）未计入\n" in done.stderr.decode()


def test_no_usable_part_is_an_error_of_input(tmp_path):
    (tmp_path / "a.json").write_text("[]", encoding="utf-8")
    assert command("a.json", "-o", "市.json", cwd=tmp_path).returncode == 2
    assert (
        "2019"
        in run("aggregate", "a.json", "--agency", "x", "--year", "1", "-o", "y.json", cwd=tmp_path).stderr.decode()
    )


@pytest.mark.usefixtures("departments")
def test_own_numbers_and_adjustments_are_read_and_shown_in_the_workbook(tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    (tmp_path / "本级.csv").write_text("位置,数值\nproactive_disclosure.rules.issued,1\n", encoding="utf-8")
    (tmp_path / "调整.csv").write_text(
        "位置,数值,理由\ndisputes.litigation.direct.upheld,-1,同一案件\n", encoding="utf-8"
    )
    decisions = ["--own", "本级.csv", "--adjustments", "调整.csv"]
    assert command("departments", *decisions, "-o", "市.json", cwd=tmp_path).returncode == 0
    values, city = load(tmp_path / "市.json").values, load(LARGE_CITY).values
    assert values["proactive_disclosure.rules.issued"] == 1
    assert values["disputes.litigation.direct.upheld"] == 3 * city["disputes.litigation.direct.upheld"] - 1
    assert command("departments", *decisions, "-o", "汇总.xlsx", cwd=tmp_path).returncode == 0
    rows = openpyxl.load_workbook(tmp_path / "汇总.xlsx")["各单位"].iter_rows(min_row=6)
    assert [row[0].value for row in rows] == ["本级自行统计", "调整：同一案件"]


@pytest.mark.usefixtures("departments")
def test_decisions_that_cannot_be_used_are_told_and_nothing_is_read_or_written(tmp_path):
    (tmp_path / "调整.csv").write_text("位置,数值,理由\n某格,一,\n", encoding="utf-8")
    done = command("departments", "--adjustments", "调整.csv", "-o", "市.json", cwd=tmp_path)
    assert (done.returncode, (tmp_path / "市.json").exists()) == (2, False)
    assert done.stderr.decode() == (
        "调整.csv: 第 2 行：表中没有“某格”这个可以相加的栏目\n"
        "调整.csv: 第 2 行：应为数字，现为 一\n"
        "调整.csv: 第 2 行：没有写调整的理由\n"
    )


def test_a_file_without_reports_is_an_error_of_input(tmp_path):
    (tmp_path / "a.jsonl").write_text("\n", encoding="utf-8")
    done = command("a.jsonl", "-o", "市.json", cwd=tmp_path)
    assert (done.returncode, done.stderr.decode()) == (2, "没有可以汇总的报告\n")


def test_an_input_is_not_written_over(tmp_path, departments):
    before = (departments / "甲局.json").read_bytes()
    done = command("departments", "-o", departments / "甲局.json", cwd=tmp_path)
    assert (done.returncode, (departments / "甲局.json").read_bytes()) == (2, before)


@pytest.mark.usefixtures("departments")
@pytest.mark.parametrize("option", ["--base", "--roster", "--own", "--adjustments"])
def test_what_is_read_beside_the_reports_is_not_written_over(tmp_path, option):
    content = LARGE_CITY.read_bytes() if option == "--base" else "name\n甲局\n乙局\n丙局\n".encode()
    (tmp_path / "a.json").write_bytes(content)
    done = command("departments", option, "a.json", "-o", "a.json", cwd=tmp_path)
    assert (done.returncode, (tmp_path / "a.json").read_bytes()) == (2, content)
    assert "会覆盖 a.json" in done.stderr.decode()


def test_a_part_whose_name_is_not_unicode_is_added_and_named(tmp_path, departments):
    openpyxl = pytest.importorskip("openpyxl")
    (departments / "甲局.json").rename(departments / "甲\udcff.json")
    done = command("departments", "-o", "汇总.xlsx", cwd=tmp_path)
    assert (done.returncode, done.stdout.decode()) == (0, "已写入：汇总.xlsx\n")
    files = {row[1].value for row in openpyxl.load_workbook(tmp_path / "汇总.xlsx")["各单位"].iter_rows(min_row=3)}
    assert files == {"departments/丙局.json", "departments/乙局.json", r"departments/甲\udcff.json"}
