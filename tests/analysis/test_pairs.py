"""The reports of many bodies, grouped by body."""

from __future__ import annotations

import pytest

from annual_report import AnnualReport
from annual_report.analysis.pairs import Pairs
from annual_report.report.roster import Roster

CODE, OTHER = "11100000000013127D", "11110000000021338A"


def report(agency, year, code=None):
    return AnnualReport.blank(agency=agency, year=year).model_copy(update={"agency_code": code})


def paired(*reports, roster=None):
    pairs = Pairs(roster)
    for number, one in enumerate(reports):
        pairs.add(one, f"{number}.json")
    return pairs


def test_bodies_are_identified_by_name_where_they_have_no_code():
    pairs = paired(report("甲局", 2024), report("乙局", 2024), report("甲局", 2023))
    assert [[one.agency for one in comparison.reports] for comparison in pairs.compared()] == [["甲局", "甲局"]]
    assert list(pairs.alone()) == [("乙局", 2024)]
    assert pairs.years == (2023, 2024)


def test_a_code_identifies_a_body_that_was_renamed():
    pairs = paired(report("旧局", 2023, CODE), report("新局", 2024, CODE))
    assert [comparison.years for comparison in pairs.compared()] == [(2023, 2024)]


@pytest.mark.parametrize("codes", [(None, CODE), (CODE, None)])
def test_a_body_that_gives_its_code_in_one_year_only_is_the_same_body(codes):
    pairs = paired(*(report("甲局", year, code) for year, code in zip((2023, 2024), codes, strict=True)))
    assert [comparison.years for comparison in pairs.compared()] == [(2023, 2024)]


def test_bodies_of_one_name_with_different_codes_are_two():
    pairs = paired(report("市场监督管理局", 2023, CODE), report("市场监督管理局", 2024, OTHER))
    assert (list(pairs.compared()), len(list(pairs.alone()))) == ([], 2)


def test_the_roster_knows_former_names():
    roster = Roster.parse("name,former_names\n新局,旧局\n")
    pairs = paired(report("旧局", 2023), report("新局", 2024), roster=roster)
    assert [comparison.years for comparison in pairs.compared()] == [(2023, 2024)]


def test_the_roster_knows_bodies_by_their_codes():
    roster = Roster.parse(f"code,name\n{CODE},新局\n")
    pairs = paired(report("旧局", 2023, CODE), report("新局", 2024), roster=roster)
    assert [comparison.years for comparison in pairs.compared()] == [(2023, 2024)]


def test_of_two_reports_on_one_year_the_first_counts_and_the_other_is_named():
    first = report("甲局", 2024)
    pairs = paired(first, report("甲局", 2023), first.with_values({"applications.received.natural_person": 1}))
    assert list(pairs.duplicates()) == [("甲局", 2024, "2.json")]
    (comparison,) = pairs.compared()
    assert (comparison.years, comparison.reports[-1]) == ((2023, 2024), first)


def test_files_may_have_names_that_are_not_unicode():
    pairs = Pairs()
    for name in ("甲.json", "\udcbc\udcd7.json"):
        pairs.add(report("甲局", 2024), name)
    assert list(pairs.duplicates()) == [("甲局", 2024, "\udcbc\udcd7.json")]
