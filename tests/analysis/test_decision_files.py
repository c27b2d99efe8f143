"""The office's decisions from CSV files: own numbers and adjustments, with every problem and its line."""

from __future__ import annotations

import re
from decimal import Decimal
from textwrap import dedent

import pytest
from conftest import ROOT

from annual_report import Adjustment, AnnualReport, UnusableInputError, aggregate
from annual_report.analysis.decisions import Decisions
from annual_report.form import registry
from annual_report.report.places import place

EDITION = registry.find("2021")
UPHELD = "disputes.litigation.direct.upheld"
AMOUNT = "proactive_disclosure.fees.amount"
ISSUED = "proactive_disclosure.rules.issued"


@pytest.fixture
def file(tmp_path, monkeypatch):
    """Write a file of decisions, and give its name."""
    monkeypatch.chdir(tmp_path)

    def written(text, encoding="utf-8"):
        (tmp_path / "a.csv").write_text(text, encoding=encoding)
        return "a.csv"

    return written


def problems(**files):
    with pytest.raises(UnusableInputError) as caught:
        Decisions.of(EDITION, **files)
    return caught.value.text("zh").splitlines()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk"])
@pytest.mark.parametrize("heading", ["位置,数值", "路径,数值", "path,number"])
def test_own_numbers_are_read(file, heading, encoding):
    name = file(f"{heading}\n{UPHELD}, 12\n\n{AMOUNT},3.50\n", encoding)
    decided = Decisions.of(EDITION, name)
    assert decided.own == {UPHELD: 12, AMOUNT: Decimal("3.50")}
    assert [type(number) for number in decided.own.values()] == [int, Decimal]


@pytest.mark.parametrize("edition", registry.known())
def test_every_cell_is_known_by_its_place_in_the_forms_words(file, edition):
    paths = [path for path, cell in edition.cells.items() if cell.adds_up]
    name = file("位置,数值\n" + "".join(f"{place(edition, path.split('.'))},1\n" for path in paths))
    assert list(Decisions.of(edition, name).own) == paths


@pytest.mark.parametrize("between", [">", " ＞ ", " ? "])
def test_places_are_known_with_what_is_typed_or_saved_instead_of_the_mark_between_their_parts(file, between):
    where = str(place(EDITION, UPHELD.split("."))).replace(" › ", between)
    assert Decisions.of(EDITION, file(f"位置,数值\n{where},1\n", "gbk")).own == {UPHELD: 1}


def test_adjustments_are_read(file):
    where = str(place(EDITION, UPHELD.split("."))).replace(" › ", ">")
    name = file(f'理由,数值,位置\n"复议机关为共同被告，同一案件只计一次",-1,{where}\nown,2,{UPHELD}\n')
    assert Decisions.of(EDITION, adjustments=name).adjustments == (
        Adjustment(UPHELD, -1, "复议机关为共同被告，同一案件只计一次"),
        Adjustment(UPHELD, 2, "own"),
    )


@pytest.mark.parametrize("page", ["city.md", "en/city.md"])
def test_the_examples_of_the_documentation_are_read(file, page):
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    own, changes = re.findall(r"^    (?:位置,数值|path,number).*\n(?:    .+\n)+", text, re.MULTILINE)
    assert Decisions.of(EDITION, file(dedent(own))).own == {ISSUED: 1, "proactive_disclosure.rules.in_force": 5}
    (change,) = Decisions.of(EDITION, adjustments=file(dedent(changes))).adjustments
    assert (change.path, change.change) == (UPHELD, -1)


def test_the_files_decide_as_the_same_decisions_do(tmp_path):
    (tmp_path / "own.csv").write_text(f"path,number\n{ISSUED},3\n", encoding="utf-8")
    (tmp_path / "changes.csv").write_text(f"path,number,reason\n{UPHELD},2,补报\n", encoding="utf-8")
    parts = [AnnualReport.blank(agency="甲局", year=2024)]
    read = aggregate(parts, "某市", 2024, own=tmp_path / "own.csv", adjustments=tmp_path / "changes.csv")
    given = aggregate(parts, "某市", 2024, own={ISSUED: 3}, adjustments=[Adjustment(UPHELD, 2, "补报")])
    assert (read.report, [*read.decisions()]) == (given.report, [*given.decisions()])
    assert read.report.proactive_disclosure.rules.issued == 3


def test_all_problems_of_both_files_are_told_with_their_lines(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "本级.csv").write_text(
        f"位置,数值\n{ISSUED},3\n{ISSUED},3\n\n某格,1.5\n{UPHELD},1.5\n{AMOUNT},三元\n{AMOUNT},-,多\n", encoding="utf-8"
    )
    (tmp_path / "调整.csv").write_text(
        f"位置,数值,理由\napplications.received.total,,\n{UPHELD},1, \n,1,补报\n", encoding="utf-8"
    )
    assert problems(own="本级.csv", adjustments="调整.csv") == [
        "本级.csv: 第 3 行：这一栏目重复给出",
        "本级.csv: 第 5 行：表中没有“某格”这个可以相加的栏目",
        "本级.csv: 第 6 行：应为整数，现为 1.5",
        "本级.csv: 第 7 行：应为数字，现为 三元",
        "本级.csv: 第 8 行：这一行的格数比列数多，多出的是：多",
        "本级.csv: 第 8 行：这一栏目重复给出",
        "本级.csv: 第 8 行：应为数字，现为 -",
        "调整.csv: 第 2 行：表中没有“applications.received.total”这个可以相加的栏目",
        "调整.csv: 第 2 行：没有写数值",
        "调整.csv: 第 2 行：没有写调整的理由",
        "调整.csv: 第 3 行：没有写调整的理由",
        "调整.csv: 第 4 行：没有写位置",
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", ["缺少“位置”（path）列", "缺少“数值”（number）列", "缺少“理由”（reason）列"]),
        ("位置,数值\n", ["缺少“理由”（reason）列"]),
        ("位置,路径,数值,理由\n", ["第 1 行：“path”列有多列"]),
        (
            "位置,数值,理由,备注\n",
            ["第 1 行：没有“备注”这一列；可用的有 位置 (path), 路径 (path), 数值 (number), 理由 (reason)"],
        ),
    ],
)
def test_problems_with_the_heading_are_told(file, text, told):
    assert problems(adjustments=file(text)) == [f"a.csv: {words}" for words in told]


def test_a_file_that_is_not_there_or_no_csv_is_told(file):
    assert problems(own="nowhere.csv") == ["nowhere.csv: 没有这个文件或文件夹"]
    (told,) = problems(own=file('位置,数值\n"a,1\n'))
    assert told.startswith("a.csv: 不是有效的 CSV")


def test_a_number_that_the_cell_cannot_hold_names_the_cell(file):
    with pytest.raises(UnusableInputError) as caught:
        aggregate([AnnualReport.blank(agency="甲局", year=2024)], "某市", 2024, own=file(f"path,number\n{UPHELD},-1\n"))
    assert [problem.path for problem in caught.value.problems] == [UPHELD]
