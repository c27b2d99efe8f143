"""The reports that are added up to a whole."""

from __future__ import annotations

import pytest

from annual_report import AnnualReport
from annual_report.checks.parts import Parts
from annual_report.form import registry

OTHER_HANDLING = "applications.outcomes.other_handling.natural_person"


@pytest.mark.parametrize(("numbers", "lost"), [({}, 0), ({OTHER_HANDLING: 2}, 1)])
def test_a_part_of_another_edition_is_told_with_what_the_whole_cannot_take_and_what_it_does_not_give(numbers, lost):
    whole, trial = registry.find("2021"), registry.find("2019")
    parts = Parts(whole, 2024)
    parts.add(AnnualReport.blank(agency="甲局", year=2024, edition="2019").with_values(numbers))
    (finding,) = (finding for finding in parts.close() if finding.id == "parts.edition")
    absent = {path for path, cell in whole.cells.items() if cell.adds_up} - trial.cells.keys()
    assert len(absent) > 1
    assert f"{lost} of its numbers have no cell in the whole, and {len(absent)} cells" in finding.message.text("en")
    assert [cell.path for cell in finding.cells] == [*numbers]


def test_a_part_of_the_same_edition_lacks_nothing():
    parts = Parts(registry.find("2021"), 2024)
    parts.add(AnnualReport.blank(agency="甲局", year=2024))
    assert parts.close() == []
