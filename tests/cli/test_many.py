"""`annual-report export`, and `annual-report check` of many reports."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import signal
import subprocess
from contextlib import suppress

import openpyxl
import pytest
from command_line import run, start
from conftest import AS_PUBLISHED, LARGE_CITY, SEED
from waiting import awaited, living

from annual_report import check, load
from annual_report.tables import read_table


@pytest.fixture
def here(tmp_path):
    """A folder of three reports, one with errors, and of one file that is none."""
    (tmp_path / "reports").mkdir()
    for file in (SEED, LARGE_CITY, AS_PUBLISHED):
        (tmp_path / "reports" / file.name).write_bytes(file.read_bytes())
    (tmp_path / "reports" / "broken.json").write_text("{")
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "heading"),
    [
        (["-o", "汇总.xlsx"], None),
        (["-o", "汇总.csv"], "行政机关名称"),
        (["-o", "汇总.csv", "--keys"], "agency"),
    ],
)
def test_a_folder_becomes_a_table(here, arguments, heading):
    done = run("export", "reports", *arguments, cwd=here)
    assert done.returncode == 1
    assert done.stdout.decode() == f"已把 3 份报告写入 {arguments[1]}，失败 1 份\n"
    assert "已完成 4/4，失败 1" in done.stderr.decode()
    assert "reports/broken.json: 不是有效的 JSON" in done.stderr.decode()
    expected = [load(path) for path in sorted((here / "reports").iterdir()) if path.name != "broken.json"]
    assert list(read_table(here / arguments[1])) == expected
    if heading:
        assert (here / arguments[1]).read_text(encoding="utf-8-sig").startswith(f"{heading},")


def test_a_table_becomes_another(here):
    assert run("export", f"reports/{SEED.name}", "-o", "all.xlsx", cwd=here).returncode == 0
    assert run("export", "all.xlsx", f"reports/{LARGE_CITY.name}", "--long", "-o", "all.csv", cwd=here).returncode == 0
    assert list(read_table(here / "all.csv")) == [load(SEED), load(LARGE_CITY)]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["reports/broken.json", "-o", "x.csv"], "不是有效的 JSON"),
        (["nowhere", "-o", "x.csv"], "nowhere: 没有这个文件或文件夹"),
        (["reports", "-o", "x.json"], "x.json: 表格文件只能是 .csv, .xlsx"),
        (["reports", "-o", "nowhere/x.csv"], "没有这个文件或文件夹"),
        (["old.csv", "-o", "old.csv"], "old.csv: 会覆盖 old.csv"),
        (["reports"], "缺少 -o / --output"),
    ],
)
def test_what_cannot_be_exported_is_told_and_nothing_is_written(here, arguments, words):
    (here / "old.csv").write_text("before")
    done = run("export", *arguments, cwd=here)
    assert (done.returncode, done.stdout) == (2, b"")
    assert words in done.stderr.decode()
    assert {path.name for path in here.iterdir()} == {"reports", "old.csv"}
    assert (here / "old.csv").read_text() == "before"


@pytest.mark.parametrize("inputs", [["reports"], ["reports/*.json"], [f"reports/{AS_PUBLISHED.name}", "reports"]])
def test_many_reports_are_one_table_by_body(here, inputs):
    done = run("check", *inputs, cwd=here)
    text = done.stdout.decode()
    assert done.returncode == 1
    assert text.count("单位") == 1
    assert text.count("石嘴山市民政局 2023") == 1
    assert text.count("总计应为 1，现为 0") == 2
    assert text.endswith("3 份报告：2 个错误，0 个提醒；1 份无法读取\n")
    assert "\x1b" not in text
    assert "reports/broken.json: 不是有效的 JSON" in done.stderr.decode()


def test_a_terminal_shows_severities_in_colours(here):
    ours, theirs = pty.openpty()
    with start("check", "reports", cwd=here, stdout=theirs, stderr=subprocess.DEVNULL):
        os.close(theirs)
        shown = b""
        with suppress(OSError):  # as a terminal whose program has ended reads
            while piece := os.read(ours, 65536):
                shown += piece
    os.close(ours)
    assert "\x1b[1;31m错误" in shown.decode()


def test_a_file_without_reports_is_an_empty_list(tmp_path):
    (tmp_path / "a.jsonl").write_text("\n")
    done = run("check", "a.jsonl", "--format", "json", cwd=tmp_path)
    assert (done.returncode, json.loads(done.stdout)) == (2, [])


def test_json_has_an_object_a_report(here):
    done = run("check", "reports", "--format", "json", cwd=here)
    assert done.returncode == 1
    found = {one["source"]: one for one in json.loads(done.stdout)}
    assert len(found) == 4
    published = found[f"reports/{AS_PUBLISHED.name}"]
    assert (published["agency"], published["year"]) == ("石嘴山市民政局", 2023)
    assert [finding["id"] for finding in published["findings"]] == ["applications.outcomes"] * 2
    assert "不是有效的 JSON" in found["reports/broken.json"]["problems"][0]


def test_a_long_list_is_printed_to_its_end(tmp_path, seed_as_published):
    (tmp_path / "a.jsonl").write_text(f"{seed_as_published.model_dump_json()}\n" * 40, encoding="utf-8")
    printed = run("check", "a.jsonl", "--format", "json", cwd=tmp_path).stdout
    assert len(printed) > 1 << 17
    assert len(json.loads(printed)) == 40


def test_csv_has_a_row_a_finding(here):
    done = run("check", "reports", "--format", "csv", cwd=here)
    assert done.returncode == 1
    rows = list(csv.DictReader(io.StringIO(done.stdout.decode("utf-8-sig"), newline="")))
    assert [(row["单位"], row["规则"], row["应为"], row["现为"]) for row in rows if row["规则"]] == [
        ("石嘴山市民政局", "applications.outcomes", "1", "0")
    ] * 2
    (unread,) = (row for row in rows if row["级别"] == "无法读取")
    assert unread["文件"] == "reports/broken.json"
    assert unread["问题"].startswith("不是有效的 JSON")


def test_a_file_that_cannot_be_read_is_enough_for_the_status(here):
    (here / "reports" / AS_PUBLISHED.name).unlink()
    assert run("check", "reports", cwd=here).returncode == 1
    (here / "reports" / "broken.json").unlink()
    assert run("check", "reports", cwd=here).returncode == 0


def test_without_any_report_that_can_be_read_the_status_is_2(here):
    done = run("check", "reports/broken.json", "-o", "found.json", cwd=here)
    assert done.returncode == 2
    (found,) = json.loads((here / "found.json").read_bytes())
    assert found["findings"] == []


@pytest.mark.parametrize("arguments", [["--format", "json"], ["--format", "csv"], ["-o", "Found.CSV"], []])
def test_a_file_whose_name_is_not_unicode_is_in_every_list(here, arguments):
    (here / "reports" / os.fsdecode(b"\xff.json")).write_bytes(AS_PUBLISHED.read_bytes())
    done = run("check", "reports", *arguments, cwd=here)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr.decode()
    listed = (here / "Found.CSV").read_bytes() if "-o" in arguments else done.stdout
    if arguments:
        assert b"\\udcff.json" in listed
    else:
        assert "4 份报告：4 个错误" in listed.decode()


def test_names_that_look_like_formulas_are_disarmed_in_csv(here):
    report = load(AS_PUBLISHED).with_values({"agency": "=1+1局"})
    (here / "a.json").write_text(report.model_dump_json(), encoding="utf-8")
    done = run("check", "a.json", "--format", "csv", cwd=here)
    rows = list(csv.DictReader(io.StringIO(done.stdout.decode("utf-8-sig"), newline="")))
    assert {row["单位"] for row in rows} == {"'=1+1局"}


def test_findings_are_a_workbook_to_send_back(here):
    done = run("check", "reports", "-o", "审核意见.xlsx", cwd=here)
    assert (done.returncode, done.stdout) == (1, b"")
    assert "3 份报告：2 个错误，0 个提醒；1 份无法读取" in done.stderr.decode()
    sheet = openpyxl.load_workbook(here / "审核意见.xlsx").active
    heading, *rows = sheet.iter_rows(values_only=True)
    assert heading == ("单位", "年度", "位置", "级别", "问题", "建议", "整改情况")
    assert [row[0] for row in rows] == ["reports/broken.json", "石嘴山市民政局", "石嘴山市民政局"]
    assert rows[0][1:4] == (None, None, "无法读取")
    assert "broken" not in rows[0][4]
    assert rows[1][1:] == (
        2023,
        "三、收到和处理政府信息公开申请情况 › （七）总计 › 自然人",
        "错误",
        "总计应为 1，现为 0",
        "更正总计，或更正相加的各项",
        None,
    )
    assert sheet.freeze_panes == "B2"


def test_the_workbook_gives_the_places_of_what_cannot_be_read(here):
    assert run("new", "--agency", "某局", "--year", "2024", "-o", "a.xlsx", cwd=here).returncode == 0
    assert run("check", "a.xlsx", SEED, "-o", "审核意见.xlsx", cwd=here).returncode == 1
    rows = openpyxl.load_workbook(here / "审核意见.xlsx").active.iter_rows(values_only=True)
    unread = {row[2]: row[4] for row in rows if row[3] == "无法读取"}
    assert "三、收到和处理政府信息公开申请情况" in unread
    assert not any("applications" in reason for reason in unread.values())


def test_a_roster_tells_whose_reports_are_missing(here):
    (here / "名单.csv").write_text("单位名称\n石嘴山市民政局\n某某局\n", encoding="utf-8")
    done = run("check", "reports", "--roster", "名单.csv", "-o", "审核意见.xlsx", cwd=here)
    assert done.returncode == 1
    rows = list(openpyxl.load_workbook(here / "审核意见.xlsx").active.iter_rows(min_row=2, values_only=True))
    assert "在名单上，但没有报告" in [cell for row in rows for cell in row if row[0] == "某某局"]
    assert "3 份报告" in done.stderr.decode()
    printed = run("check", "reports", "--roster", "名单.csv", cwd=here).stdout.decode()
    assert "某某局" in printed
    assert "parts.missing" in printed


CARRIED = "applications.carried_forward.natural_person"


@pytest.fixture
def last_year(here):
    """Last year's report of the seed's body, under a former name and with more carried forward, and a broken one."""
    (here / "last").mkdir()
    report = load(SEED).with_values({"agency": "旧局", "year": 2022, CARRIED: 7})
    (here / "last" / "旧局.json").write_text(report.model_dump_json(), encoding="utf-8")
    (here / "last" / "broken.json").write_text("{")
    (here / "名单.csv").write_text(f"name,former_names\n{load(SEED).agency},旧局\n", encoding="utf-8")
    return here


def test_a_roster_identifies_the_body_of_one_report_of_last_year_too(last_year):
    done = run("check", SEED, "--previous", "last/旧局.json", "--roster", "名单.csv", "--format", "json", cwd=last_year)
    (found,) = json.loads(done.stdout)
    assert found["agency"] == load(SEED).agency
    rules = {finding["id"] for finding in found["findings"]}
    assert "previous.carried_in" in rules
    assert not rules & {"parts.missing", "previous.missing"}


@pytest.mark.parametrize("reports", ["now", "now/a.json"])
def test_last_years_reports_are_found_by_body(last_year, reports):
    (last_year / "now").mkdir()
    (last_year / "now" / "a.json").write_bytes(SEED.read_bytes())
    done = run("check", reports, "--previous", "last", "--roster", "名单.csv", "--format", "json", cwd=last_year)
    assert done.returncode == 1
    unread, found = json.loads(done.stdout)
    assert [unread["source"], *unread["problems"]] == [
        "last/broken.json",
        "last/broken.json: 不是有效的 JSON（第 1 行第 2 列）：文件不完整，末尾可能少了括号",
    ]
    assert {finding["id"] for finding in found["findings"]} >= {"previous.carried_in", "previous.agency"}
    assert "已完成 2/2，失败 1\n已完成 1/1，失败 0" in done.stderr.decode()
    assert "1 份报告" in done.stderr.decode()


def test_bodies_without_a_report_last_year_are_told_and_are_no_error(last_year):
    (last_year / "last" / "broken.json").unlink()
    done = run("check", LARGE_CITY, "--previous", "last", "--format", "json", cwd=last_year)
    assert done.returncode == 0
    ((finding,),) = [one["findings"] for one in json.loads(done.stdout)]
    assert (finding["id"], finding["severity"]) == ("previous.missing", "warning")
    assert finding["message"]["zh"] == "上一年度的报告中没有该单位 2024 年的报告，未与上年核对"


def test_a_review_does_not_replace_last_years_report(last_year):
    (last_year / "last.csv").write_text("before")
    done = run("check", "reports", "--previous", "last.csv", "-o", "last.csv", cwd=last_year)
    assert (done.returncode, (last_year / "last.csv").read_text()) == (2, "before")


def test_a_review_does_not_replace_the_roster(here):
    (here / "名单.csv").write_text("name\n某局\n", encoding="utf-8")
    done = run("check", "reports", "--roster", "名单.csv", "-o", "名单.csv", cwd=here)
    assert (done.returncode, (here / "名单.csv").read_text(encoding="utf-8")) == (2, "name\n某局\n")


@pytest.mark.parametrize("suffix", [".csv", ".json"])
def test_findings_go_to_a_file_of_another_kind(here, suffix):
    printed = run("check", "reports", "--format", suffix[1:], cwd=here).stdout
    assert run("check", "reports", "-o", f"found{suffix}", cwd=here).returncode == 1
    assert (here / f"found{suffix}").read_bytes() == printed


def test_tables_and_json_lines_are_checked_row_by_row(here):
    run("export", "reports", "-o", "all.xlsx", cwd=here)
    (here / "all.jsonl").write_text(load(SEED).model_dump_json(), encoding="utf-8")
    done = run("check", "all.xlsx", "--format", "json", cwd=here)
    assert done.returncode == 1
    assert [one["source"] for one in json.loads(done.stdout)] == ["all.xlsx:2", "all.xlsx:3", "all.xlsx:4"]
    assert run("check", "all.jsonl", cwd=here).returncode == 0


@pytest.mark.parametrize(
    "command",
    [
        ("check",),
        ("export", "-o", "x.csv"),
        ("batch", "-o", "out"),
        ("aggregate", "--agency=某市", "--year=2024", "-o", "x.json"),
    ],
)
def test_the_files_of_a_folder_that_are_not_read_are_told(tmp_path, command):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.json").write_bytes(SEED.read_bytes())
    for name in "1234567":
        (tmp_path / "in" / f"{name}.txt").write_bytes(b"")
    name, *options = command
    told = run(name, "in", *options, cwd=tmp_path).stderr.decode()
    assert "7 个文件不作为年报读取：in/1.txt, in/2.txt, in/3.txt, in/4.txt, in/5.txt …\n" in told


def test_five_files_that_are_not_read_are_all_named(tmp_path):
    (tmp_path / "a.json").write_bytes(SEED.read_bytes())
    for name in "12345":
        (tmp_path / f"{name}.txt").write_bytes(b"")
    told = run("check", ".", cwd=tmp_path).stderr.decode()
    assert "5 个文件不作为年报读取：1.txt, 2.txt, 3.txt, 4.txt, 5.txt\n" in told


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["reports/broken.json", "-o", "x.xlsx"], "1 份无法读取"),
        (["nowhere", "reports"], "nowhere: 没有这个文件或文件夹"),
        (["reports", "-o", "x.docx"], "核对结果只能写成"),
        (["reports", "-o", f"reports/{SEED.stem}.json"], f"会覆盖 reports/{SEED.stem}.json"),
        (["reports", "--parts", "x.json"], "--parts 只用于核对一份报告"),
        ([str(SEED), "--previous", "reports", "--parts", "x.json"], "去年的也只能有一份"),
        ([str(SEED), "--parts", "x.json", "--format", "csv"], "不能与 -o、--format csv 同用"),
        (["reports", "--previous", "x.json"], "x.json: 没有这个文件或文件夹"),
        ([str(SEED), "--previous", "-", "--format", "csv"], "-: 没有这个文件或文件夹"),
    ],
)
def test_unusable_input(here, arguments, words):
    done = run("check", *arguments, cwd=here)
    assert (done.returncode, done.stdout) == (2, b"")
    assert words in done.stderr.decode()


@pytest.mark.parametrize(
    ("arguments", "many"),
    [
        ([SEED.name], False),
        (["年报[1].json"], False),
        (["-"], False),
        ([SEED.name, LARGE_CITY.name], True),
        ([f"{SEED.stem[:5]}*.json"], True),
        ([SEED.name, "--roster", "名单.csv"], True),
        (["a.JSONL"], True),
    ],
)
def test_one_report_is_shown_alone_and_others_as_a_table(tmp_path, arguments, many):
    for name in (SEED.name, "年报[1].json"):
        (tmp_path / name).write_bytes(SEED.read_bytes())
    (tmp_path / LARGE_CITY.name).write_bytes(LARGE_CITY.read_bytes())
    (tmp_path / "a.JSONL").write_text(load(SEED).model_dump_json(), encoding="utf-8")
    (tmp_path / "名单.csv").write_text("name\n石嘴山市民政局\n", encoding="utf-8")
    done = run("check", *arguments, cwd=tmp_path, stdin=SEED.read_bytes())
    assert done.returncode == 0
    assert ("份报告：" in done.stdout.decode()) == many


def test_warnings_of_all_reports_are_counted(tmp_path, seed):
    warned = seed.with_values({"overview": "收到申请9件。"})
    for name in "ab":
        (tmp_path / f"{name}.json").write_text(warned.model_dump_json(), encoding="utf-8")
    found = 2 * len(check(warned).warnings)
    assert found
    done = run("check", "a.json", "b.json", cwd=tmp_path)
    assert done.stdout.decode().endswith(f"2 份报告：0 个错误，{found} 个提醒；0 份无法读取\n")


@pytest.mark.parametrize(
    ("command", "number", "status"), [("check", signal.SIGTERM, 143), ("export", signal.SIGINT, 130)]
)
def test_a_signal_ends_a_command_with_its_workers_and_leaves_no_file(tmp_path, command, number, status):
    (tmp_path / "in").mkdir()
    for index in range(300):
        (tmp_path / "in" / f"{index}.json").write_bytes(LARGE_CITY.read_bytes())
    with start(command, "in", "-o", "out.csv", cwd=tmp_path, stdout=-1, stderr=-1) as process:
        try:
            process.stderr.readline()  # a tenth is done
            process.send_signal(number)
            process.communicate(timeout=30)
        finally:
            process.kill()
    assert process.returncode == status
    assert os.listdir(tmp_path) == ["in"]
    assert awaited(lambda: not living(process.pid))
