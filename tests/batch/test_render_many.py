from __future__ import annotations

import json
import os
import time
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial

import pytest
from conftest import AS_PUBLISHED, LARGE_CITY, SEED
from programs import require

from annual_report import AnnualReport, ReconciliationError, Style, UnusableInputError, batch, load, render
from annual_report.batch import Failure, Processes
from annual_report.batch.plan import Job
from annual_report.batch.work import RenderOptions, outcomes
from annual_report.scratch import scratch_folder

render_many = partial(batch.render_many, allow_findings=True)


class Here(Executor):
    """Does the work where it is submitted."""

    _max_workers = 1

    def submit(self, function, /, *arguments, **named):
        future = Future()
        future.set_result(function(*arguments, **named))
        return future


def blanks(count):
    return (AnnualReport.blank(agency=f"第{number}局", year=2024) for number in range(count))


def test_paths_are_rendered_by_processes(tmp_path):
    result = render_many([SEED, str(LARGE_CITY)], tmp_path / "out")
    assert (result.written, result.skipped, result.failures) == (2, 0, [])
    assert (tmp_path / "out" / f"{SEED.stem}.docx").read_bytes() == render(load(SEED))
    assert (tmp_path / "out" / f"{LARGE_CITY.stem}.docx").read_bytes() == render(load(LARGE_CITY))


def test_reports_are_named_after_body_and_year(tmp_path):
    assert render_many(blanks(40), tmp_path, executor=ThreadPoolExecutor(4)).written == 40
    names = [f"第{number}局-2024.docx" for number in range(40)]
    assert sorted(os.listdir(tmp_path)) == sorted([*names, "annual-report-batch.jsonl"])


def test_folders_within_folders_are_made(tmp_path):
    assert render_many([SEED], tmp_path / "new" / "deep", executor=Here()).written == 1
    assert (tmp_path / "new" / "deep" / f"{SEED.stem}.docx").exists()


def test_json_lines_hold_a_report_a_line(tmp_path):
    lines = [report.model_dump_json() for report in blanks(5)]
    lines[2] = "{"
    (tmp_path / "reports.jsonl").write_text("\n".join(lines) + "\n\n", encoding="utf-8")
    result = render_many([tmp_path / "reports.jsonl"], tmp_path / "out", executor=Here())
    assert result.written == 4
    (failure,) = result.failures
    assert failure.source == f"{tmp_path / 'reports.jsonl'}:3"


def test_a_failure_is_kept_and_stops_no_other(tmp_path):
    (tmp_path / "bad.json").write_text('{"agency": ""}')
    sources = [SEED, tmp_path / "bad.json", tmp_path / "missing.json", LARGE_CITY]
    result = render_many(sources, tmp_path / "out")
    assert result.written == 2
    assert [failure.source for failure in result.failures] == [str(source) for source in sources[1:3]]
    told = json.loads(result.to_json("zh"))
    assert (told["written"], told["skipped"], told["failed"]) == (2, 0, 2)
    assert any("行政机关名称 (agency): 不能为空" in line for line in told["failures"][0]["problems"])
    assert "没有这个文件或文件夹" in told["failures"][1]["problems"][0]


def test_a_failure_may_stop_everything(tmp_path):
    with pytest.raises(UnusableInputError, match=r"missing\.json"):
        render_many([tmp_path / "missing.json"], tmp_path / "out", on_error="raise")


def test_names_that_collide_are_refused_before_anything_is_written(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / SEED.name).write_bytes(SEED.read_bytes())
    with pytest.raises(UnusableInputError) as caught:
        render_many([LARGE_CITY, SEED, tmp_path / "a" / SEED.name, *blanks(1), *blanks(1)], tmp_path / "out")
    assert len(caught.value.problems) == 2
    assert str(SEED) in str(caught.value)
    assert not (tmp_path / "out").exists()


def test_what_is_whole_and_up_to_date_is_skipped(tmp_path):
    (tmp_path / "a.json").write_bytes(SEED.read_bytes())
    (tmp_path / "b.json").write_bytes(LARGE_CITY.read_bytes())
    sources = [tmp_path / "a.json", tmp_path / "b.json"]
    assert render_many(sources, tmp_path / "out", executor=Here(), resume=True).written == 2
    later = time.time() + 10
    os.utime(tmp_path / "a.json", (later, later))
    assert render_many(sources, tmp_path / "out", executor=Here(), resume=True).skipped == 2
    (tmp_path / "a.json").write_bytes(SEED.read_bytes() + b" ")
    os.utime(tmp_path / "a.json", (0, 0))
    result = render_many(sources, tmp_path / "out", executor=Here(), resume=True)
    assert (result.written, result.skipped) == (1, 1)
    assert render_many(sources, tmp_path / "out", executor=Here()).written == 2


@pytest.mark.parametrize("format", ["docx", "html", pytest.param("pdf", marks=pytest.mark.matrix)])
def test_a_document_that_is_not_whole_is_written_again(tmp_path, format):
    if format == "pdf":
        require("soffice")
    again = partial(render_many, [SEED], tmp_path, executor=Here(), format=format, resume=True)
    assert again().written == 1
    document = tmp_path / f"{SEED.stem}.{format}"
    whole = document.read_bytes()
    for broken in (b"", whole[:-100], bytes(len(whole)), whole[: len(whole) // 2] + bytes(len(whole) // 2)):
        document.write_bytes(broken)
        assert again().written == 1
        assert len(document.read_bytes()) == pytest.approx(len(whole), abs=100)
    assert again().skipped == 1


def test_lines_that_are_up_to_date_are_skipped(tmp_path):
    (tmp_path / "all.jsonl").write_text("\n".join(report.model_dump_json() for report in blanks(3)), encoding="utf-8")
    assert render_many([tmp_path / "all.jsonl"], tmp_path / "out", executor=Here()).written == 3
    (tmp_path / "out" / "第1局-2024.docx").unlink()
    result = render_many([tmp_path / "all.jsonl"], tmp_path / "out", executor=Here(), resume=True)
    assert (result.written, result.skipped) == (1, 2)


def test_reports_whose_documents_are_the_same_already_are_skipped(tmp_path):
    assert render_many(blanks(3), tmp_path, executor=Here()).written == 3
    (tmp_path / "第1局-2024.docx").write_bytes(b"PK, but not whole")
    result = render_many(blanks(3), tmp_path, executor=Here(), resume=True)
    assert (result.written, result.skipped) == (1, 2)
    assert (tmp_path / "第1局-2024.docx").read_bytes() == render(list(blanks(2))[1], allow_findings=True)


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(UnusableInputError, match="file") as caught:
        render_many([SEED], tmp_path / "file", executor=Here())
    assert caught.value.text("zh").endswith("已有同名文件")


def test_names_cannot_leave_the_folder(tmp_path):
    report = AnnualReport.blank(agency="../../某局\u202e", year=2024)
    render_many([report], tmp_path / "out", executor=Here())
    assert os.listdir(tmp_path) == ["out"]
    assert sorted(os.listdir(tmp_path / "out")) == ["..-..-某局--2024.docx", "annual-report-batch.jsonl"]


def test_progress_is_told(tmp_path):
    seen = []
    render_many(blanks(20), tmp_path, executor=Here(), progress=lambda result: seen.append(result.done))
    assert seen == list(range(1, 21))


class Deadly(str):
    """A file's name that ends the process which takes it out of a queue."""

    __slots__ = ()

    def __reduce__(self):
        return os._exit, (1,)


def jobs(folder, files):
    return iter([Job(str(file), f"{folder}/{number}.docx", file) for number, file in enumerate(files)])


def finished(folder, files, executor):
    with scratch_folder(folder) as scratch:
        options = RenderOptions("docx", Style(), allow_findings=True, scratch=scratch)
        chunks = outcomes(jobs(folder, files), executor, options, lambda _: None)
        return [outcome for chunk in chunks for outcome in chunk]


@pytest.mark.parametrize(
    ("pool", "position"),
    [
        pytest.param(pool, position, marks=[] if position == asked else pytest.mark.matrix)
        for pool, asked in ((Processes, 0), (ProcessPoolExecutor, 5))
        for position in (0, 2, 5)
    ],
)
def test_a_process_that_dies_costs_one_report(tmp_path, monkeypatch, pool, position):
    monkeypatch.setattr("annual_report.batch.work.REPORTS_PER_CHUNK", 4)
    files = [str(SEED)] * 5
    files.insert(position, Deadly(SEED))
    with pool(2) as executor:
        found = finished(tmp_path, files, executor)
    assert [isinstance(outcome, Failure) for outcome in found] == [number == position for number in range(6)]
    assert "负责生成的进程已中止" in found[position].text("zh")
    assert len(os.listdir(tmp_path)) == 5


def test_a_bounded_number_of_chunks_waits(tmp_path):
    class Waiting(Future):
        def result(self):
            lazy.unfinished -= 1
            return []

    class Lazy(Here):
        unfinished = most = 0

        def submit(self, *_):
            self.unfinished += 1
            self.most = max(self.most, self.unfinished)
            return Waiting()

    lazy = Lazy()
    finished(tmp_path, [str(SEED)] * (16 * 500), lazy)
    assert (lazy.most, lazy.unfinished) == (128, 0)


def test_what_nobody_thought_of_is_a_failure_too(tmp_path, monkeypatch):
    monkeypatch.setattr("annual_report.batch.work.render", _render_or_stumble)
    (failure,) = render_many([SEED, LARGE_CITY], tmp_path, executor=Here()).failures
    assert (failure.source, failure.text()) == (
        str(LARGE_CITY),
        f"{LARGE_CITY}: ZeroDivisionError: division by zero",
    )
    assert len(failure.findings) == 0


def _render_or_stumble(report, **options):
    return render(report, **options) if report.year == load(SEED).year else 1 / 0


def test_a_report_that_does_not_reconcile_is_a_failure_with_its_findings(tmp_path):
    result = batch.render_many([SEED, AS_PUBLISHED], tmp_path)
    assert result.written == 1
    (failure,) = result.failures
    assert isinstance(failure.error, ReconciliationError)
    assert [finding.id for finding in failure.findings] == ["applications.outcomes"] * 2
    assert json.loads(result.to_json())["failures"][0]["problems"][0].endswith("[applications.outcomes]")


def test_sources_and_targets_may_be_urls(tmp_path):
    fsspec = pytest.importorskip("fsspec")
    fsspec.filesystem("memory").pipe_file("/in/seed.json", SEED.read_bytes())
    result = render_many(["memory://in/seed.json"], "memory://out", executor=Here())
    assert (result.written, result.failures) == (1, [])
    assert fsspec.filesystem("memory").cat_file("/out/seed.docx") == render(load(SEED))
    assert render_many(["memory://in/seed.json"], "memory://out", executor=Here(), resume=True).skipped == 1
    assert render_many([f"file://{SEED}"], f"file://{tmp_path}", executor=Here()).written == 1


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("memory://nowhere/x.json", "没有这个文件或文件夹"),
        ("nosuch://nowhere/x.json", "无法使用此 URL（Protocol not known: nosuch）"),
    ],
)
def test_a_url_that_cannot_be_used_is_a_failure(tmp_path, url, words):
    pytest.importorskip("fsspec")
    (failure,) = render_many([url], tmp_path, executor=Here()).failures
    assert failure.text("zh") == f"{url}: {words}"


def test_a_target_that_cannot_be_used_is_told_before_anything_is_rendered():
    pytest.importorskip("fsspec")
    with pytest.raises(UnusableInputError, match="nosuch"):
        render_many([SEED], "nosuch://out", executor=Here())


def test_a_json_lines_file_that_cannot_be_read_stops_no_other(tmp_path):
    result = render_many([tmp_path / "missing.jsonl", SEED], tmp_path / "out", executor=Here())
    assert (result.total, result.written) == (2, 1)
    assert [failure.source for failure in result.failures] == [str(tmp_path / "missing.jsonl")]


def test_targets_of_file_urls_are_replaced_rather_than_written_in(tmp_path):
    pytest.importorskip("fsspec")
    document = tmp_path / f"{SEED.stem}.docx"
    document.write_bytes(b"old")
    (tmp_path / "copy").hardlink_to(document)
    assert render_many([SEED], f"file://{tmp_path}", executor=Here()).written == 1
    assert document.read_bytes() == render(load(SEED))
    assert (tmp_path / "copy").read_bytes() == b"old"
    assert sorted(os.listdir(tmp_path)) == sorted(["annual-report-batch.jsonl", "copy", document.name])


@pytest.mark.parametrize("target", ["", "nowhere/\0"])
def test_a_folder_without_a_usable_name_is_refused(target):
    with pytest.raises(UnusableInputError):
        render_many([SEED], target, executor=Here())
