"""Reports survive every kind of table: frames, CSV and Excel, wide and long, headed by keys and by words."""

from __future__ import annotations

import csv
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import reports

from annual_report import AnnualReport
from annual_report.tables import from_frame, read_table, to_frame, write_table

LAYOUTS = [("wide", True), ("wide", False), ("long", True), ("long", False)]
several = st.lists(reports().map(AnnualReport.model_validate), min_size=1, max_size=3)
lawful = settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def told_apart(given_reports, layout):
    """Leave out what a table of one row a value cannot tell from another report."""
    if layout == "wide":
        return given_reports
    return list({(report.agency, report.year, report.edition): report for report in given_reports}.values())


def dumped(found):
    return [report.model_dump_json() for report in found]


@lawful
@given(several)
def test_frames_keep_reports_as_they_are(given_reports):
    for layout, keys in LAYOUTS:
        kept = told_apart(given_reports, layout)
        assert dumped(from_frame(to_frame(kept, layout, keys=keys))) == dumped(kept)


@settings(lawful, max_examples=10)
@given(several)
def test_csv_keeps_reports_as_they_are_and_workbooks_keep_them_equal(given_reports):
    for layout, keys in LAYOUTS:
        kept = told_apart(given_reports, layout)
        with tempfile.TemporaryDirectory() as folder:
            for name in ("table.csv", "table.xlsx"):
                assert write_table(kept, Path(folder, name), layout, keys=keys) == len(kept)
            assert dumped(read_table(Path(folder, "table.csv"))) == dumped(kept)
            assert list(read_table(Path(folder, "table.xlsx"))) == kept


HOSTILE = (
    "=1+1",
    "@x",
    "-3",
    "+1",
    "'=x",
    "''x",
    "<r>x</r>",
    "_x0041_",
    '[{"body": 1}]',
    '[{"body": [{"text": "x"}]}]',
    "＝1",
)


@pytest.mark.parametrize("layout", ["wide", "long"])
@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_text_that_looks_like_something_else_is_text(suffix, layout, tmp_path):
    blank = AnnualReport.blank(agency="某局", year=2024).model_dump()
    kept = [
        AnnualReport.model_validate(
            blank | {"agency": text, "title": f"{lead}{text}", "overview": text, "other_matters": f"{text}\n{text}"}
        )
        for text in HOSTILE
        for lead in ("", "\t", "\n", "'")
    ]
    if layout == "long":
        kept = told_apart(kept, layout)
    write_table(kept, tmp_path / f"table{suffix}", layout)
    assert dumped(read_table(tmp_path / f"table{suffix}")) == dumped(kept)


def test_formulas_in_csv_are_disarmed_in_text_alone(tmp_path, housing_bureau):
    licensing = housing_bureau.model_dump(mode="json")
    licensing["proactive_disclosure"]["licensing"]["items_change"] = -3
    report = AnnualReport.model_validate(licensing | {"title": "=HYPERLINK(1)"})
    write_table([report], tmp_path / "table.csv", keys=True)
    with (tmp_path / "table.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert row["title"] == "'=HYPERLINK(1)"
    assert row["proactive_disclosure.licensing.items_change"] == "-3"
    (read,) = read_table(tmp_path / "table.csv")
    assert (read.title, read.values["proactive_disclosure.licensing.items_change"]) == ("=HYPERLINK(1)", -3)
