from __future__ import annotations

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import psutil
import pytest

from annual_report import scratch
from annual_report.scratch import remove_leftovers, scratch_folder


def leftover(parent, machine=None):
    folder = parent / f".annual-report-{machine or scratch._machine()}-0123456789abcdef"
    (folder / "chunk").mkdir(parents=True)
    (folder / "lock").touch()
    (folder / "chunk" / "unfinished").write_bytes(b"PK")
    return folder


def test_a_folder_goes_with_all_that_is_in_it(tmp_path):
    with scratch_folder(tmp_path) as folder:
        (folder / "chunk").mkdir()
        (folder / "chunk" / "unfinished").touch()
    assert os.listdir(tmp_path) == []


def test_what_a_killed_process_left_is_removed(tmp_path):
    code = (
        "import os, pathlib\nfrom annual_report.scratch import scratch_folder\n"
        f"with scratch_folder(pathlib.Path({str(tmp_path)!r})): os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", code], check=False)
    (name,) = os.listdir(tmp_path)
    assert name.startswith(".annual-report-")
    remove_leftovers(tmp_path)
    assert os.listdir(tmp_path) == []


def test_no_file_stays_open(tmp_path):
    before = psutil.Process().num_fds()
    with scratch_folder(tmp_path):
        pass
    leftover(tmp_path)
    remove_leftovers(tmp_path)
    with scratch_folder(tmp_path):
        remove_leftovers(tmp_path)
    assert psutil.Process().num_fds() <= before


def test_what_was_changed_within_the_week_in_an_older_folder_of_another_machine_stays(tmp_path):
    folder = leftover(tmp_path, "other")
    month_ago = time.time() - 30 * 24 * 3600
    os.utime(folder / "lock", (month_ago, month_ago))
    os.utime(folder, (month_ago, month_ago))
    remove_leftovers(tmp_path)  # whose chunk is new
    assert folder.exists()


@pytest.mark.parametrize("name", [".annual-report-", ".annual-report-x", ".annual-report-0123456789abcdef"])
def test_a_new_folder_of_any_name_stays_and_leftovers_beside_it_are_removed(tmp_path, name):
    (tmp_path / name).mkdir()
    leftover(tmp_path)
    remove_leftovers(tmp_path)
    assert os.listdir(tmp_path) == [name]


def test_what_a_living_process_has_stays(tmp_path):
    with scratch_folder(tmp_path) as folder:
        remove_leftovers(tmp_path)
        assert folder.exists()


def test_what_a_living_process_of_another_machine_has_stays(tmp_path, monkeypatch):
    with scratch_folder(tmp_path) as folder:
        monkeypatch.setattr(scratch, "_machine", lambda: "other")
        week_ago = time.time() - 8 * 24 * 3600
        os.utime(folder / "lock", (week_ago, week_ago))
        os.utime(folder, (week_ago, week_ago))
        remove_leftovers(tmp_path)  # whose lock reaches as far as here
        assert folder.exists()


@pytest.mark.parametrize(("days", "stays"), [(6, True), (8, False)])
def test_what_another_machine_left_is_removed_after_a_week(tmp_path, days, stays):
    folder = leftover(tmp_path, "other")
    then = time.time() - days * 24 * 3600
    for path in (folder / "lock", folder / "chunk", folder):
        os.utime(path, (then, then))
    remove_leftovers(tmp_path)
    assert folder.exists() == stays


def test_links_are_not_followed(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "file").touch()
    (tmp_path / ".annual-report-x-y").symlink_to(tmp_path / "elsewhere")
    remove_leftovers(tmp_path)
    assert (tmp_path / "elsewhere" / "file").exists()


def test_folders_that_are_made_while_others_are_removed_stay(tmp_path):
    def make(_):
        with scratch_folder(tmp_path) as folder:
            (folder / "unfinished").write_bytes(b"x")
            return (folder / "unfinished").read_bytes()

    with ThreadPoolExecutor(7) as threads:
        cleaning = [threads.submit(lambda: [remove_leftovers(tmp_path) for _ in range(300)]) for _ in range(3)]
        assert list(threads.map(make, range(300))) == [b"x"] * 300
        for future in cleaning:
            future.result()
    assert os.listdir(tmp_path) == []
