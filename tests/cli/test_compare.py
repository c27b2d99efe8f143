"""`annual-report compare` as an office runs it."""

from __future__ import annotations

import json

import docx
import pytest
from command_line import run
from conftest import LARGE_CITY


def write(path, year, agency="某市人民政府", received=10):
    data = json.loads(LARGE_CITY.read_bytes()) | {"year": year, "agency": agency}
    data["applications"]["received"] |= {"natural_person": received}
    del data["applications"]["received"]["total"]
    path.write_text(json.dumps(data), encoding="utf-8")


@pytest.fixture
def years(tmp_path):
    for year, received in ((2023, 10), (2024, 25)):
        write(tmp_path / f"{year}.json", year, received=received)
    return tmp_path


@pytest.mark.parametrize("order", [("2023.json", "2024.json"), ("2024.json", "2023.json")])
def test_the_reports_years_tell_which_is_which(years, order):
    assert run("compare", *order, "-o", "对比.docx", cwd=years).returncode == 0
    text = "\n".join(paragraph.text for paragraph in docx.Document(years / "对比.docx").paragraphs)
    assert "由10变为25，增加15（150.0%）" in text


@pytest.mark.parametrize("suffix", ["html", "json", "xlsx"])
def test_other_formats(years, suffix):
    assert run("compare", "2023.json", "2024.json", "-o", f"对比.{suffix}", cwd=years).returncode == 0
    assert (years / f"对比.{suffix}").stat().st_size > 1000


def test_what_the_document_marks_is_told_too(years):
    write(years / "other.json", 2022, "乙局")
    done = run("compare", "2023.json", "other.json", "-o", "对比.docx", cwd=years)
    assert (done.returncode, "乙局" in done.stderr.decode()) == (0, True)
    assert (years / "对比.docx").exists()


def test_two_reports_on_one_year_are_refused(years):
    done = run("compare", "2023.json", "2023.json", "-o", "对比.docx", cwd=years)
    assert (done.returncode, "都是 2023 年" in done.stderr.decode()) == (2, True)
    assert not (years / "对比.docx").exists()


def test_two_folders_are_paired_by_body_and_renamed_bodies_by_the_roster(tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    for year, names in ((2023, ("甲局", "旧乙局", "丙局")), (2024, ("甲局", "乙局"))):
        (tmp_path / str(year)).mkdir()
        for name in names:
            write(tmp_path / str(year) / f"{name}.json", year, name)
    (tmp_path / "名单.csv").write_text("name,former_names\n甲局,\n乙局,旧乙局\n", encoding="utf-8")
    done = run("compare", "2023", "2024", "--roster", "名单.csv", "-o", "汇总对比.xlsx", cwd=tmp_path)
    assert done.returncode == 0
    assert "丙局：只有 2023 年的报告" in done.stderr.decode()
    book = openpyxl.load_workbook(tmp_path / "汇总对比.xlsx")
    assert book.sheetnames == ["汇总", "数据对比", "问题"]
    assert {row[0].value for row in book["汇总"].iter_rows(min_row=2)} == {"甲局", "乙局"}
    assert any(row[0].value == "丙局" for row in book["问题"].iter_rows(min_row=2))


def test_a_second_report_of_a_body_on_a_year_is_named_and_left_out(tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    for year, files in ((2023, ("甲局",)), (2024, ("甲局", "甲局更正"))):
        (tmp_path / str(year)).mkdir()
        for number, name in enumerate(files):
            write(tmp_path / str(year) / f"{name}.json", year, "甲局", received=10 + number)
    done = run("compare", "2023", "2024", "-o", "汇总对比.xlsx", cwd=tmp_path)
    assert (done.returncode, "甲局更正.json" in done.stderr.decode()) == (1, True)
    book = openpyxl.load_workbook(tmp_path / "汇总对比.xlsx")
    assert any("甲局更正.json" in (row[2].value or "") for row in book["问题"].iter_rows(min_row=2))
    assert book["汇总"].max_row == 2


def test_two_folders_without_a_body_in_both_give_nothing(tmp_path):
    for year, name in ((2023, "甲局"), (2024, "乙局")):
        (tmp_path / str(year)).mkdir()
        write(tmp_path / str(year) / "a.json", year, name)
    assert run("compare", "2023", "2024", "-o", "x.xlsx", cwd=tmp_path).returncode == 2
    assert not (tmp_path / "x.xlsx").exists()


def test_folders_and_reports_do_not_mix(years):
    (years / "2023").mkdir()
    assert run("compare", "2023", "2024.json", "-o", "x.xlsx", cwd=years).returncode == 2
    (years / "2024").mkdir()
    assert run("compare", "2023", "2024", "-o", "x.docx", cwd=years).returncode == 2


@pytest.mark.parametrize("folders", [("2023",), ("2022", "2023", "2024")])
def test_two_folders_are_compared_and_no_other_number(tmp_path, folders):
    for folder in folders:
        (tmp_path / folder).mkdir()
        write(tmp_path / folder / "甲局.json", int(folder))
    done = run("compare", *folders, "-o", "x.xlsx", cwd=tmp_path)
    assert (done.returncode, sorted(path.name for path in tmp_path.iterdir())) == (2, list(folders))


def test_a_report_whose_name_is_not_unicode_is_compared_and_named(tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    for year, name in ((2023, "a.json"), (2024, "a.json"), (2024, "b\udcff.json")):
        (tmp_path / str(year)).mkdir(exist_ok=True)
        write(tmp_path / str(year) / name, year)
    done = run("compare", "2023", "2024", "-o", "对比.xlsx", cwd=tmp_path)
    assert (done.returncode, r"未计入：2024/b\udcff.json" in done.stderr.decode()) == (1, True)
    remarks = [row[2].value for row in openpyxl.load_workbook(tmp_path / "对比.xlsx")["问题"].iter_rows(min_row=2)]
    assert r"2024年的报告重复，未计入：2024/b\udcff.json" in remarks


def test_folders_with_a_file_that_cannot_be_read_are_compared_without_it(tmp_path):
    for year in (2023, 2024):
        (tmp_path / str(year)).mkdir()
        write(tmp_path / str(year) / "甲局.json", year, "甲局")
    (tmp_path / "2023" / "坏.json").write_text("{", encoding="utf-8")
    done = run("compare", "2023", "2024", "-o", "汇总对比.xlsx", cwd=tmp_path)
    assert (done.returncode, (tmp_path / "汇总对比.xlsx").exists()) == (1, True)
    assert "已完成 3/3，失败 1" in done.stderr.decode()
    assert "2023/坏.json: 不是有效的 JSON" in done.stderr.decode()


def test_every_report_that_cannot_be_read_is_named(years):
    for name in ("a", "b"):
        (years / f"{name}.json").write_text("[]", encoding="utf-8")
    done = run("compare", "2023.json", "a.json", "b.json", "-o", "对比.docx", cwd=years)
    assert (done.returncode, (years / "对比.docx").exists()) == (2, False)
    assert done.stderr.decode() == "a.json: 应为 JSON 对象\nb.json: 应为 JSON 对象\n"


def test_two_years_are_compared_although_others_cannot_be_read(years):
    for name in ("a", "b"):
        (years / f"{name}.json").write_text("[]", encoding="utf-8")
    done = run("compare", "2023.json", "a.json", "2024.json", "b.json", "-o", "对比.json", cwd=years)
    assert done.returncode == 1
    assert done.stderr.decode().startswith("a.json: 应为 JSON 对象\nb.json: 应为 JSON 对象\n")
    assert json.loads((years / "对比.json").read_text(encoding="utf-8"))["years"] == [2023, 2024]
