from __future__ import annotations

import json
import os
import shutil
from concurrent.futures import Executor, Future
from functools import partial

import psutil
import pytest
from conftest import LARGE_CITY, SEED
from hypothesis import given
from hypothesis import strategies as st

from annual_report import Style, UnusableInputError, batch, load, render
from annual_report.batch.journal import Entry, Journal, digest
from annual_report.batch.storage import LocalLog, RemoteLog
from annual_report.style import Font, Fonts


class Here(Executor):
    """Does the work where it is submitted."""

    def submit(self, function, /, *arguments, **named):
        future = Future()
        future.set_result(function(*arguments, **named))
        return future


NAME = "annual-report-batch.jsonl"

texts = st.text() | st.binary().map(os.fsdecode)
"""Any text, and names of files whose bytes are no UTF-8."""
entries = st.builds(Entry, *[texts] * 6, st.booleans(), texts)


@given(entries)
def test_a_line_reads_back_equal_whatever_the_names(entry):
    line = entry.line()
    assert line.count(b"\n") == 1
    line.decode()
    assert Entry(**json.loads(line)) == entry


def entry(document="a.docx", sha256="0"):
    return Entry(document, "a.json", "1", "docx", "2", "3", checked=True, sha256=sha256)


def test_the_last_line_of_a_document_counts(tmp_path):
    for number in "123":
        with Journal(str(tmp_path)) as journal:
            journal.add([entry(sha256=number), entry("b.docx")])
    with Journal(str(tmp_path)) as journal:
        assert journal.find("a.docx") == entry(sha256="3")
        assert journal.find("c.docx") is None


@pytest.mark.parametrize("cut", [1, 20, 150])
def test_a_broken_line_costs_itself_alone(tmp_path, cut):
    with Journal(str(tmp_path)) as journal:
        journal.add([entry("a.docx"), entry("b.docx")])
    content = (tmp_path / NAME).read_bytes()
    (tmp_path / NAME).write_bytes(content[:-cut])
    with Journal(str(tmp_path)) as journal:
        assert journal.find("a.docx")
        assert journal.find("b.docx") is None
        journal.add([entry("c.docx")])
    with Journal(str(tmp_path)) as journal:
        assert journal.find("c.docx")


NUMBERED = entry().line().strip().replace(b'"a.docx"', b"1")


@pytest.mark.parametrize(
    "line", [b"\0" * 500, b"[]", b"{}", b'{"document": 1}', NUMBERED, b"\xff", b"[" * 100_000, b"7"]
)
def test_lines_of_any_kind_are_passed_over(tmp_path, line):
    (tmp_path / NAME).write_bytes(line + b"\n" + entry().line() + line)
    with Journal(str(tmp_path)) as journal:
        assert journal.find("a.docx") == entry()


def test_a_journal_does_not_grow_with_every_run(tmp_path):
    sizes = []
    for _ in range(30):
        with Journal(str(tmp_path)) as journal:
            journal.add([entry(f"{number}.docx") for number in range(10)])
        sizes.append((tmp_path / NAME).stat().st_size)
    assert max(sizes) <= 6 * sizes[0]
    with Journal(str(tmp_path)) as journal:
        assert all(journal.find(f"{number}.docx") for number in range(10))


@pytest.mark.parametrize(("lines", "left"), [(8, 8), (9, 2)])
def test_a_journal_with_more_than_four_lines_a_document_is_rewritten(tmp_path, lines, left):
    """Then each document keeps its last line, in the order of these."""
    content = [entry("a.docx", sha256="old").line()] * (lines - 2) + [entry("b.docx").line(), entry("a.docx").line()]
    (tmp_path / NAME).write_bytes(b"".join(content))
    with Journal(str(tmp_path)):
        pass
    assert (tmp_path / NAME).read_bytes() == b"".join(content[-left:])


def test_a_file_that_is_no_journal_is_not_rewritten(tmp_path):
    (tmp_path / NAME).write_bytes(b"somebody's\n" * 100)
    with Journal(str(tmp_path)) as journal:
        journal.add([entry()])
    assert (tmp_path / NAME).read_bytes() == b"somebody's\n" * 100 + entry().line()


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir])
def test_a_journal_that_cannot_be_written_is_told_before_anything_is(tmp_path, make):
    make(tmp_path / NAME)
    with pytest.raises(UnusableInputError, match=NAME):
        batch.render_many([SEED], tmp_path, executor=Here())
    assert os.listdir(tmp_path) == [NAME]


def test_a_journal_that_fails_later_is_a_failure_and_stops_nothing(tmp_path, monkeypatch):
    real = os.write
    monkeypatch.setattr(os, "write", lambda file, data: real(file, data[: len(data) // 2]))
    result = batch.render_many([SEED, LARGE_CITY], tmp_path, executor=Here())
    monkeypatch.undo()
    assert (result.total, result.written) == (3, 2)
    (failure,) = result.failures
    assert failure.text("zh") == f"{tmp_path / NAME}: 磁盘空间不足"
    again = batch.render_many([SEED, LARGE_CITY], tmp_path, executor=Here(), resume=True)
    assert (again.written, again.skipped) == (2, 0)


again = partial(batch.render_many, executor=Here(), resume=True)


@pytest.fixture
def folder(tmp_path):
    """A folder with a report and its document."""
    (tmp_path / "a.json").write_bytes(SEED.read_bytes())
    assert again([tmp_path / "a.json"], tmp_path / "out").written == 1
    return tmp_path


def test_an_unchanged_document_is_skipped_whatever_the_clock_said(folder):
    for name in ("a.json", "out/a.docx", f"out/{NAME}"):
        for time in (0, 4_000_000_000):
            os.utime(folder / name, (time, time))
            assert again([folder / "a.json"], folder / "out").skipped == 1


def test_a_source_that_was_replaced_by_an_older_one_is_rendered(folder):
    (folder / "a.json").write_bytes(LARGE_CITY.read_bytes())
    os.utime(folder / "a.json", (0, 0))
    assert again([folder / "a.json"], folder / "out").written == 1
    assert (folder / "out" / "a.docx").read_bytes() == render(load(LARGE_CITY))


@pytest.mark.parametrize("position", [0, 100, -1])
@pytest.mark.parametrize("format", ["docx", "html"])
def test_a_single_byte_that_changed_is_noticed(folder, format, position):
    again([folder / "a.json"], folder / "out", format=format)
    document = folder / "out" / f"a.{format}"
    content = bytearray(document.read_bytes())
    content[position] ^= 1
    document.write_bytes(content)
    assert again([folder / "a.json"], folder / "out", format=format).written == 1
    assert document.read_bytes() == render(load(SEED), format=format)


def test_another_style_is_rendered(folder):
    assert again([folder / "a.json"], folder / "out", style="large-print").written == 1
    assert again([folder / "a.json"], folder / "out", style=Style(lines=20)).written == 1
    assert again([folder / "a.json"], folder / "out", style=Style(lines=20)).skipped == 1
    fonts = Fonts(body=Font(east_asian="楷体", size=16.0))
    assert again([folder / "a.json"], folder / "out", style=Style(lines=20, fonts=fonts)).written == 1


def test_another_version_is_rendered(folder, monkeypatch):
    monkeypatch.setattr("annual_report.batch.work.__version__", "0.0.1")
    assert again([folder / "a.json"], folder / "out").written == 1


def test_what_was_forced_is_not_taken_for_checked(folder):
    forced = partial(again, allow_findings=True)
    assert forced([folder / "a.json"], folder / "out").skipped == 1
    (folder / "out" / NAME).unlink()
    assert forced([folder / "a.json"], folder / "out").written == 1
    assert forced([folder / "a.json"], folder / "out").skipped == 1
    assert again([folder / "a.json"], folder / "out").written == 1


def test_a_document_without_a_line_is_rendered(folder):
    (folder / "out" / NAME).unlink()
    assert again([folder / "a.json"], folder / "out").written == 1


def test_the_journal_says_what_a_document_was_made_of(folder):
    (line,) = (folder / "out" / NAME).read_bytes().splitlines()
    found = json.loads(line)
    assert found["document"] == "a.docx"
    assert found["source"] == str(folder / "a.json")
    assert found["source_sha256"] == digest(SEED.read_bytes())
    assert found["sha256"] == digest((folder / "out" / "a.docx").read_bytes())


def test_journals_lie_behind_urls_too():
    fsspec = pytest.importorskip("fsspec")
    files = fsspec.filesystem("memory")
    assert again([SEED, LARGE_CITY], "memory://journal").written == 2
    assert files.cat_file(f"/journal/{NAME}").count(b"\n") == 2
    files.pipe_file(f"/journal/{SEED.stem}.docx", b"PK")
    result = again([SEED, LARGE_CITY], "memory://journal")
    assert (result.written, result.skipped) == (1, 1)
    assert files.cat_file(f"/journal/{NAME}").count(b"\n") == 3


@pytest.fixture
def storage(tmp_path):
    """A folder at a URL, and the same folder as a path."""
    pytest.importorskip("fsspec")
    (tmp_path / "out").mkdir()
    return (tmp_path / "out").as_uri(), tmp_path / "out"


@pytest.fixture
def rarely(monkeypatch):
    """Let an hour pass between uploads instead of five seconds, which a busy machine may take between two lines."""
    monkeypatch.setattr("annual_report.batch.storage.UPLOAD_SECONDS", 3600)


@pytest.mark.usefixtures("rarely")
def test_lines_that_cannot_be_uploaded_at_the_end_are_told(storage):
    url, folder = storage
    with Journal(url) as journal:
        journal.add([entry()])
        journal.add([entry("b.docx")])  # which is not uploaded at once
        assert journal.error is None
        shutil.rmtree(folder)
    assert journal.error.text("zh") == f"{url}/{NAME}: 没有这个文件或文件夹"


@pytest.mark.usefixtures("rarely")
def test_lines_that_follow_an_upload_wait_for_the_next(storage):
    url, folder = storage
    log = RemoteLog(f"{url}/{NAME}", b"")
    log.append(b"1\n")
    log.append(b"2\n")
    assert (folder / NAME).read_bytes() == b"1\n"
    log.close()
    assert (folder / NAME).read_bytes() == b"1\n2\n"


def test_of_several_errors_of_a_journal_the_first_is_told(storage):
    url, folder = storage
    with Journal(url) as journal:
        shutil.rmtree(folder)
        journal.add([entry()])
        first = journal.error
        assert first is not None
        journal.add([entry("b.docx")])
        assert journal.error is first
    assert journal.error is first


def test_a_folder_has_one_journal_however_its_url_ends():
    pytest.importorskip("fsspec")
    with Journal("memory://ends/") as journal:
        journal.add([entry()])
    with Journal("memory://ends") as journal:
        assert journal.location == f"memory://ends/{NAME}"
        assert journal.find("a.docx") == entry()


@pytest.mark.parametrize("scheme", ["", "file://"])
def test_a_closed_journal_holds_no_file_open(tmp_path, scheme):
    (tmp_path / "out").mkdir()
    for closed in (False, True):  # what is opened the first time alone is kept by Python
        before = psutil.Process().num_fds()
        with Journal(f"{scheme}{tmp_path}/out") as journal:
            journal.add([entry()])
        assert not closed or psutil.Process().num_fds() <= before


def test_a_journal_may_be_read_by_whoever_may_read_other_files(tmp_path):
    (tmp_path / "other").touch()
    with Journal(str(tmp_path)):
        pass
    assert (tmp_path / NAME).stat().st_mode == (tmp_path / "other").stat().st_mode


def test_two_runs_may_append_to_one_journal(tmp_path):
    first, second = (LocalLog(str(tmp_path / NAME)) for _ in range(2))
    for number in range(100):
        first.append(entry(f"{number}.docx").line())
        second.append(entry(f"{number}.html").line())
    first.close()
    second.close()
    with Journal(str(tmp_path)) as journal:
        assert all(journal.find(f"{n}.{kind}") for n in range(100) for kind in ("docx", "html"))
