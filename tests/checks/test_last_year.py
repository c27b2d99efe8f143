"""Last year's report of a body is found as duplicates and the years of a comparison are."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from annual_report import AnnualReport, Roster
from annual_report.analysis.pairs import Pairs
from annual_report.checks.bodies import Bodies
from annual_report.checks.last_year import LastYear

CODE, OTHER = "11100000000013127D", "11110000000021338A"
ROSTER = Roster.parse(f"code,name,former_names\n{CODE},新局,旧局;分局\n,别局,分局\n")

names = st.sampled_from(["新局", "旧局", "分局", "别局", "丁局"])
codes = st.sampled_from([None, CODE, OTHER])
bodies = st.tuples(names, codes)


def on(year, body):
    return AnnualReport.blank(agency=body[0], year=year, agency_code=body[1])


@given(bodies, bodies, st.sampled_from([None, ROSTER]))
@example(("新局", None), ("旧局", CODE), ROSTER)
@example(("旧局", CODE), ("新局", CODE), None)
def test_bodies_are_the_same_wherever_reports_are_put_together(first, second, roster):
    last_year, seen, pairs = LastYear(roster), Bodies(roster), Pairs(roster)
    last_year.add(on(2023, first), "a.json")
    report, found = last_year.find(on(2024, second))
    assert [finding.id for finding in found] == ([] if report else ["previous.missing"])
    assert report in {None, on(2023, first)}
    assert seen.is_first(on(2024, first))
    assert seen.is_first(on(2024, second)) == (report is None)
    for year, body in ((2023, first), (2024, second)):
        pairs.add(on(year, body))
    assert (next(pairs.compared(), None) is None) == (report is None)


@given(st.lists(bodies, max_size=5), bodies, st.sampled_from([None, ROSTER]))
def test_the_first_of_several_is_compared_unless_they_may_be_of_several_bodies(earlier, body, roster):
    def same(other):
        alone = LastYear(roster)
        alone.add(on(2023, other), "")
        return alone.find(on(2024, body))[0] is not None

    last_year = LastYear(roster)
    for other in earlier:
        last_year.add(on(2023, other), "a.json")
    report, found = last_year.find(on(2024, body))
    matching = [other for other in earlier if same(other)]
    expected = {0: ["previous.missing"], 1: []}.get(len(matching), ["previous.duplicate"])
    assert [finding.id for finding in found] == expected
    if len({code for _, code in matching if code}) > 1:
        assert report is None
    else:
        assert report == (on(2023, matching[0]) if matching else None)
