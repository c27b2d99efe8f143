from __future__ import annotations

import json

import pytest

from annual_report import AnnualReport, read
from annual_report.writers.xlsx import write_report


@pytest.mark.parametrize("empty", [False, True], ids=["whole", "to be filled in"])
def test_what_is_read_from_a_workbook_is_json(housing_bureau, empty):
    reading = read(write_report(housing_bureau, empty=empty), name="年报.xlsx")
    data = json.loads(json.dumps(reading.data))
    assert (reading.report is None) == empty
    assert data["agency"] == housing_bureau.agency
    assert data == json.loads(json.dumps(reading.to_dict()))["report"] or empty
    assert empty or AnnualReport.model_validate(data) == reading.report
