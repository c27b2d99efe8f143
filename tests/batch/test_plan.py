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
from annual_report.batch.plan import planned


def objects(count):
    report = AnnualReport.blank(agency="某局", year=2024)
    return (report.model_copy(update={"agency": f"第{number}局"}) for number in range(count))


def plan_all(sources, count):
    with planned(sources, "out", "docx") as plan:
        assert plan.total == count
        assert sum(1 for _ in plan.jobs) == count


def peak(sources, count):
    """Give the most memory that planning so many reports takes, in bytes."""
    tracemalloc.start()
    plan_all(sources, count)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most


def test_memory_does_not_grow_with_the_number_of_reports():
    plan_all(objects(3000), 3000)  # what is set up once
    assert peak(objects(3000), 3000) < 2 * peak(objects(100), 100)


def test_memory_does_not_grow_with_the_number_of_lines(tmp_path):
    for count in (1000, 3000):
        lines = (report.model_dump_json() + "\n" for report in objects(count))
        (tmp_path / f"{count}.jsonl").write_text("".join(lines), encoding="utf-8")
    plan_all([tmp_path / "3000.jsonl"], 3000)  # what is set up once
    assert peak([tmp_path / "3000.jsonl"], 3000) < 1.5 * peak([tmp_path / "1000.jsonl"], 1000)


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


@pytest.mark.parametrize("names", [("Abc局", "aBC局"), ("caf\u00e9局", "cafe\u0301局")])
def test_names_that_many_systems_take_for_one_are_refused(names):
    reports = [AnnualReport.blank(agency=name, year=2024) for name in names]
    with pytest.raises(UnusableInputError) as caught, planned(reports, "out", "docx"):
        pass
    (problem,) = caught.value.problems
    assert f"out/{names[0]}-2024.docx" in problem.text("zh")
    assert f"out/{names[1]}-2024.docx" in problem.text("zh")


def invalid(name):
    return json.dumps({"agency": name, "year": 2024}, ensure_ascii=False)


def valid(name):
    return AnnualReport.blank(agency=name, year=2024).model_dump_json()


@pytest.mark.parametrize(
    ("lines", "planned_lines", "failed"),
    [
        ([invalid("甲局"), invalid("甲局")], [1], [2]),
        ([invalid("甲局"), valid("甲局")], [2], [1]),
        ([valid("甲局"), invalid("甲局"), valid("乙局")], [1, 3], [2]),
    ],
)
def test_lines_without_a_report_leave_their_names_to_others(tmp_path, lines, planned_lines, failed):
    file = tmp_path / "all.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    with planned([file], "out", "docx") as plan:
        assert [job.source for job in plan.jobs] == [f"{file}:{number}" for number in planned_lines]
        assert [failure.source for failure in plan.failures] == [f"{file}:{number}" for number in failed]
        assert plan.total == len(lines)


def test_two_lines_with_reports_of_one_name_are_refused(tmp_path):
    (tmp_path / "all.jsonl").write_text("\n".join([valid("甲局")] * 2), encoding="utf-8")
    with pytest.raises(UnusableInputError), planned([tmp_path / "all.jsonl"], "out", "docx"):
        pass


def test_a_json_lines_file_that_cannot_be_read_is_a_failure(tmp_path):
    with planned([tmp_path / "missing.jsonl"], "out", "docx") as plan:
        assert list(plan.jobs) == []
        (failure,) = plan.failures
    assert failure.text("zh") == f"{tmp_path / 'missing.jsonl'}: 没有这个文件或文件夹"
    assert plan.total == 1


@pytest.mark.parametrize("link", ["symlink", "hardlink"])
@pytest.mark.parametrize("target", ["a.docx", "annual-report-batch.jsonl"])
def test_a_document_or_journal_that_is_a_source_is_refused(tmp_path, target, link):
    source = tmp_path / "a.json"
    source.write_text("{}")
    (tmp_path / "out").mkdir()
    made = tmp_path / "out" / target
    made.symlink_to(source) if link == "symlink" else made.hardlink_to(source)
    with pytest.raises(UnusableInputError, match="会被") as caught, planned([source], str(tmp_path / "out"), "docx"):
        pass
    assert [problem.path for problem in caught.value.problems] == [str(source)]
