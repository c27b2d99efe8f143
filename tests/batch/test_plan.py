from __future__ import annotations

import json
import os
import tracemalloc
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annual_report import AnnualReport, UnusableInputError
from annual_report.batch.inputs import expanded
from annual_report.batch.plan import planned


def peak(count):
    """Give the most memory that planning so many reports takes, in bytes."""
    report = AnnualReport.blank(agency="某局", year=2024)
    reports = (report.model_copy(update={"agency": f"第{number}局"}) for number in range(count))
    tracemalloc.start()
    with planned(reports, "out", "docx") as plan:
        assert plan.total == count
        assert sum(1 for _ in plan.jobs) == count
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most


def test_memory_does_not_grow_with_the_number_of_reports():
    peak(3000)  # what is set up once
    assert peak(3000) < 2 * peak(100)


def test_jobs_come_in_the_order_of_the_sources():
    names = [f"{letter}.json" for letter in "cab"]
    with planned(names, "out", "docx") as plan:
        assert [job.source for job in plan.jobs] == names


def test_names_in_another_encoding_are_kept(tmp_path):
    name = os.fsdecode("年报".encode("gbk"))
    with planned([f"in/{name}.json"], str(tmp_path), "docx") as plan:
        (job,) = plan.jobs
    assert (job.source, Path(job.target).name) == (f"in/{name}.json", f"{name}.docx")


@given(st.text(), st.integers(0, 1200), st.booleans())
def test_lines_are_named_after_body_and_year_wherever_these_stand(text, length, reverse):
    report = {"title": text + "某" * length, "agency": "某局", "year": 2024, "overview": text}
    line = json.dumps(dict(reversed(report.items())) if reverse else report, ensure_ascii=False)
    with TemporaryDirectory() as folder:
        file = Path(folder, "all.jsonl")
        file.write_bytes(line.encode("utf-8", "replace"))
        with planned([file], "out", "docx") as plan:
            assert [job.target for job in plan.jobs] == ["out/某局-2024.docx"]


@pytest.mark.parametrize("line", ["[1]", "7", "{", '{"agency": "某局"}', '"year"', "{}"])
def test_lines_that_are_no_report_are_named_after_their_number(tmp_path, line):
    (tmp_path / "all.jsonl").write_text(f"\n{line}\n", encoding="utf-8")
    with planned([tmp_path / "all.jsonl"], "out", "docx") as plan:
        assert [job.target for job in plan.jobs] == ["out/all-2.docx"]


def test_every_clash_is_told_at_once():
    with pytest.raises(UnusableInputError) as caught, planned(["a/x.json", "b/x.json", "c/x.json"], "out", "docx"):
        pass
    assert [problem.path for problem in caught.value.problems] == ["b/x.json", "c/x.json"]


def test_every_input_that_names_nothing_is_told_at_once(tmp_path):
    (tmp_path / "a.json").write_text("{}")
    with pytest.raises(UnusableInputError) as caught:
        expanded(["x", str(tmp_path / "a.json"), "y*"])
    assert [problem.path for problem in caught.value.problems] == ["x", "y*"]


def test_folders_are_looked_into_one_level_deep(tmp_path):
    (tmp_path / "below").mkdir()
    for name in ("b.json", "a.JSON", "c.jsonl", "d.txt", "below/e.json"):
        (tmp_path / name).write_text("{}")
    assert expanded([str(tmp_path)]) == [str(tmp_path / name) for name in ("a.JSON", "b.json", "c.jsonl")]
    assert len(expanded([f"{tmp_path}/**/*.json"])) == 2
