"""`check_many`: reports in any source, one after another, no failure stopping the others."""

from __future__ import annotations

import os

import pytest
from conftest import AS_PUBLISHED, LARGE_CITY, SEED

from annual_report import AnnualReport, Roster, UnusableInputError, check, check_many, load, render_many
from annual_report.report.roster import Body
from annual_report.tables import write_table


@pytest.fixture
def sources(tmp_path):
    """Two reports in every kind of source, among things that are none."""
    reports = [load(SEED).model_copy(update={"agency": name}) for name in ("甲局", "乙局")]
    (tmp_path / "all.jsonl").write_text(
        f"{reports[0].model_dump_json()}\n\n{{\n{reports[1].model_dump_json()}\n", encoding="utf-8"
    )
    for name, layout in (("wide.csv", "wide"), ("long.csv", "long"), ("wide.xlsx", "wide"), ("long.xlsx", "long")):
        write_table(reports, tmp_path / name, layout)
    return tmp_path


def test_every_source_gives_its_reports(sources):
    names = ["all.jsonl", "wide.csv", "long.csv", "wide.xlsx", "long.xlsx"]
    found = list(check_many([LARGE_CITY, *(str(sources / name) for name in names), load(AS_PUBLISHED), "nowhere.json"]))
    assert [one.agency for one in found if one.failure is None] == [
        load(LARGE_CITY).agency,
        *["甲局", "乙局"] * 5,
        load(AS_PUBLISHED).agency,
    ]
    assert [one.source for one in found if one.failure] == [f"{sources / 'all.jsonl'}:3", "nowhere.json"]
    assert found[-2].findings == check(load(AS_PUBLISHED))
    assert [one.is_sound for one in found[-2:]] == [False, False]
    assert found[0].is_sound
    assert [one.source for one in found if ".csv" in one.source] == [
        *(f"{sources / 'wide.csv'}:{row}" for row in (2, 3)),
        *(f"{sources / 'long.csv'}:{row}" for row in (2, 206)),
    ]


@pytest.mark.parametrize("name", ["nowhere.jsonl", "nowhere.csv", "nowhere.xlsx"])
def test_a_file_of_many_reports_that_cannot_be_read_is_a_failure(sources, name):
    missing, found = check_many([str(sources / name), LARGE_CITY])
    assert missing.source == str(sources / name)
    assert missing.failure.text("zh") == f"{sources / name}: 没有这个文件或文件夹"
    assert found.failure is None


@pytest.mark.parametrize(
    ("make", "words"), [(os.mkdir, "这是文件夹，不是文件"), (os.mkfifo, "这是管道或设备，不是文件")]
)
def test_what_is_no_file_of_many_reports_is_a_failure_that_says_what_it_is(tmp_path, make, words):
    make(tmp_path / "a.jsonl")
    (found,) = check_many([tmp_path / "a.jsonl"])
    assert found.failure.text("zh") == f"{tmp_path / 'a.jsonl'}: {words}"


def test_one_row_that_cannot_be_read_does_not_stop_the_others(sources):
    path = sources / "wide.csv"
    path.write_text(path.read_text(encoding="utf-8-sig").replace("\n甲局,2023", "\n甲局,1999"), encoding="utf-8")
    first, second = check_many([path])
    assert "第 2 行 B 列：应为 2019 到 2100 之间的整数" in first.failure.text("zh")
    assert (second.agency, second.failure) == ("乙局", None)


def test_progress_counts_every_report(sources):
    told = []
    found = check_many(
        [str(sources / "all.jsonl"), str(sources / "wide.xlsx"), str(sources / "long.csv"), "nowhere.json"],
        progress=lambda result: told.append((result.done, result.total, len(result.failures))),
    )
    assert len(list(found)) == 8
    assert [done for done, *_ in told] == list(range(1, 9))
    assert told[-1] == (8, 8, 2)
    assert all(done <= total for done, total, _ in told)


def test_reports_are_read_as_they_are_gone_through():
    def endless():
        while True:
            yield AnnualReport.blank(agency="某局", year=2024)

    found = check_many(endless())
    assert [next(found).agency for _ in range(3)] == ["某局"] * 3


def test_a_table_becomes_a_document_a_row(sources):
    for name in ("wide.csv", "long.xlsx"):
        result = render_many([str(sources / name)], sources / f"documents-{name}")
        assert (result.written, result.failures) == (2, [])
        assert {path.name for path in (sources / f"documents-{name}").iterdir()} >= {"甲局-2023.docx", "乙局-2023.docx"}
    result = render_many([str(sources / "missing.csv"), str(sources / "wide.csv")], sources / "more")
    assert (result.written, [failure.source for failure in result.failures]) == (2, [str(sources / "missing.csv")])


ROSTER = Roster((Body("甲局"), Body("乙局", former_names=("旧局",)), Body("丙局"), Body("垂管局", counted=False)))


def named(*bodies):
    seed = load(SEED)
    return [seed.with_values({"agency": name, "year": year}) for name, year in bodies]


def test_a_roster_tells_who_is_unknown_double_and_missing():
    given = named(("旧局", 2023), ("乙局", 2023), ("乙局", 2022), ("丁局", 2023))
    found = list(check_many([*given, "nowhere.json"], roster=ROSTER))
    assert [(one.agency, one.year, one.is_missing) for one in found] == [
        ("旧局", 2023, False),
        ("乙局", 2023, False),
        ("乙局", 2022, False),
        ("丁局", 2023, False),
        ("", None, False),
        ("甲局", None, True),
        ("丙局", None, True),
    ]
    rules = [[finding.id for finding in one.findings if finding.id.startswith("parts.")] for one in found]
    assert rules == [[], ["parts.duplicate"], [], ["parts.agency"], [], ["parts.missing"], ["parts.missing"]]
    assert "2023 年的报告不止一份" in found[1].findings[0].message.text("zh")


def test_without_a_roster_bodies_are_not_looked_at():
    given = named(("甲局", 2023), ("甲局", 2023))
    assert [one.findings for one in check_many(given)] == [check(report) for report in given]


def test_a_roster_that_cannot_be_read_is_told_at_once(tmp_path):
    with pytest.raises(UnusableInputError, match="没有这个文件"):
        check_many([], roster=tmp_path / "nowhere.csv")


CARRIED = "applications.carried_forward.natural_person"
CODE, OTHER = "11100000000013127D", "11110000000021338A"


def of(name, year, code=None, carried=0):
    """Make a report that carries so many applications forward."""
    return load(SEED).with_values({"agency": name, "year": year, "agency_code": code, CARRIED: carried})


def about_last_year(report, previous, roster=None):
    """Check a report, and give what is found about last year's, without its texts."""
    found = next(check_many([report], previous=previous, roster=roster))
    about = [(finding.id, finding.severity) for finding in found.findings if finding.id.startswith("previous.")]
    return sorted(one for one in about if one[0] != "previous.narrative")


CARRIED_IN = ("previous.carried_in", "error")
RENAMED = ("previous.agency", "warning")
MISSING = ("previous.missing", "warning")
SEVERAL = ("previous.duplicate", "warning")


@pytest.mark.parametrize(
    ("this", "last", "expected"),
    [
        (("甲局", 2023), [("乙局", 2022), ("甲局", 2022, None, 7)], [CARRIED_IN]),
        (("新局", 2023, CODE), [("旧局", 2022, CODE, 7), ("新局", 2022, OTHER)], [CARRIED_IN, RENAMED]),
        (("甲局", 2023, CODE), [("甲局", 2022, None, 7)], [CARRIED_IN]),
        (("甲局", 2023), [("甲局", 2022, CODE, 7)], [CARRIED_IN]),
        (("甲局", 2023, CODE), [("甲局", 2022, OTHER, 7)], [MISSING]),
        (("甲局", 2023), [("甲局", 2021, None, 7), ("甲局", 2023, None, 7)], [MISSING]),
        (("甲局", 2023), [], [MISSING]),
        (("甲局", 2023), [("甲局", 2022), ("甲局", 2022, None, 7)], [SEVERAL]),
        (("甲局", 2023), [("甲局", 2022, None, 7), ("甲局", 2022)], [CARRIED_IN, SEVERAL]),
        (("甲局", 2023), [("甲局", 2022, CODE, 7), ("甲局", 2022, OTHER, 7)], [SEVERAL]),
    ],
)
def test_last_years_report_is_found_by_code_or_else_by_name(this, last, expected):
    assert about_last_year(of(*this), [of(*one) for one in last]) == sorted(expected)


@pytest.mark.parametrize(
    ("this", "last", "expected"),
    [
        (("乙局", 2023), [("旧局", 2022, None, 7)], [CARRIED_IN, RENAMED]),
        (("乙局", 2023), [("旧局", 2022, None, 7), ("乙局", 2022)], [CARRIED_IN, RENAMED, SEVERAL]),
        (("丁局", 2023), [("丁局", 2022, None, 7)], [CARRIED_IN]),
    ],
)
def test_the_roster_knows_the_former_names_of_last_years_reports(this, last, expected):
    assert about_last_year(of(*this), [of(*one) for one in last], ROSTER) == sorted(expected)


def test_a_second_report_of_last_year_is_told_with_the_file_that_counts(tmp_path):
    for name in ("1.json", "2.json"):
        (tmp_path / name).write_text(of("甲局", 2022).model_dump_json(), encoding="utf-8")
    (found,) = check_many([of("甲局", 2023)], previous=sorted(tmp_path.iterdir()))
    (finding,) = [finding for finding in found.findings if finding.id == "previous.duplicate"]
    assert finding.message.text("zh") == (
        f"上一年度的报告中，该单位 2022 年的有 2 份，只与第一份核对：{tmp_path / '1.json'}"
    )


def test_bodies_that_were_merged_are_told_as_several_with_codes_of_their_own():
    merged = Roster([Body("新局", former_names=("甲局", "乙局"))])
    last = [of("甲局", 2022, CODE, 7), of("乙局", 2022, OTHER, 7)]
    (found,) = check_many([of("新局", 2023)], roster=merged, previous=last)
    about = [finding for finding in found.findings if finding.id.startswith("previous.")]
    assert [finding.message.text("zh") for finding in about] == [
        "2022 年可能是该单位的报告不止一份，统一社会信用代码不同，分不清是哪一份，未与上年核对：甲局-2022, 乙局-2022"
    ]


def test_every_report_is_checked_as_with_its_own_last_years_and_any_source_gives_those(sources):
    last = [load(SEED).with_values({"agency": name, "year": 2022, CARRIED: 7}) for name in ("甲局", "乙局")]
    write_table(last, sources / "last.csv", "wide")
    found = check_many([sources / "long.csv"], previous=[sources / "last.csv"])
    now = [load(SEED).model_copy(update={"agency": name}) for name in ("甲局", "乙局")]
    assert [one.findings for one in found] == [
        check(this, previous=before) for this, before in zip(now, last, strict=True)
    ]


def test_last_years_reports_that_cannot_be_read_are_failures(sources):
    told = []
    unread, other, found = check_many(
        [of("乙局", 2023)],
        previous=["nowhere.json", sources / "all.jsonl"],
        progress=lambda result: told.append((result.done, result.total)),
    )
    assert [one.source for one in (unread, other)] == ["nowhere.json", f"{sources / 'all.jsonl'}:3"]
    assert all(one.failure for one in (unread, other))
    assert "previous.missing" in [finding.id for finding in found.findings]
    assert told == [(1, 2), (2, 4), (3, 4), (4, 4), (1, 1)]


def test_last_years_reports_are_a_collection():
    with pytest.raises(TypeError, match="previous"):
        check_many([], previous="last.json")
    with pytest.raises(TypeError, match="previous"):
        next(check_many([], previous=[5]))
