from __future__ import annotations

import os

import pytest

from annual_report.workspace import workspace


def test_a_program_runs_in_a_folder_that_is_removed():
    with workspace() as space:
        (space.folder / "name").write_text("某局", encoding="utf-8")
        ended = space.run(["/bin/cat", str(space.folder / "name")], dict(os.environ), seconds=10)
    assert (ended.status, ended.output.decode()) == (0, "某局")
    assert not space.folder.exists()


@pytest.mark.parametrize(
    ("script", "status"), [("exit 3", 3), ("kill -9 $$", -9), ("kill -15 $$", -15), ("sleep 60", None)]
)
def test_how_a_program_ends_is_told(script, status):
    with workspace() as space:
        assert space.run(["/bin/sh", "-c", script], dict(os.environ), seconds=1).status == status


def test_a_program_that_is_not_there_is_told():
    with workspace() as space:
        assert space.run(["/nowhere"], {}, seconds=1).status == 127


def test_the_folder_is_removed_if_nothing_runs():
    with pytest.raises(KeyError), workspace() as space:
        raise KeyError
    assert not space.folder.exists()


def test_what_a_program_leaves_elsewhere_is_removed(tmp_path):
    with workspace() as space:
        leftover = tmp_path / "socket"
        space.run(["/usr/bin/touch", str(leftover)], dict(os.environ), seconds=10, leftovers=[str(leftover)])
        assert leftover.exists()
    assert not leftover.exists()
