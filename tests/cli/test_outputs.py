"""`-o DIR/` puts the file into the folder, for every command."""

from __future__ import annotations

import os

import pytest
from command_line import run
from conftest import AS_PUBLISHED, LARGE_CITY, SEED

NAME = SEED.stem

COMMANDS = {
    "render": (["render", "in/{name}.json"], "{name}.docx"),
    "render a page": (["render", "in/{name}.json", "--format", "html"], "{name}.html"),
    "render standard input": (["render", "-"], "report.docx"),
    "check": (["check", "in"], "审核意见.xlsx"),
    "view": (["view", "in/{name}.json"], "{name}.html"),
    "schema": (["schema"], "schema.json"),
    "read": (["read", "in/{name}.json"], "{name}.json"),
    "export": (["export", "in"], "汇总.xlsx"),
    "aggregate": (["aggregate", "in", "--agency", "某市/某县", "--year", "2023", "--force"], "某市-某县-2023.json"),
    "compare": (["compare", "in/{name}.json", "later.json"], "对比.docx"),
    "compare folders": (["compare", "in", "later"], "对比.xlsx"),
    "new": (["new", "--agency", "某市/某县", "--year", "2024"], "某市-某县-2024.json"),
}


@pytest.fixture
def here(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "later").mkdir()
    (tmp_path / "in" / SEED.name).write_bytes(SEED.read_bytes())
    for place in ("later.json", "later/a.json"):
        (tmp_path / place).write_bytes(SEED.read_bytes().replace(b'"year": 2023', b'"year": 2024', 1))
    return tmp_path


@pytest.mark.parametrize("output", ["out", "out/", "new/", "new/deep/"])
@pytest.mark.parametrize("command", COMMANDS)
def test_a_folder_takes_the_file(here, command, output):
    (here / "out").mkdir()
    arguments, name = COMMANDS[command]
    arguments = [argument.format(name=NAME) for argument in arguments]
    done = run(*arguments, "-o", output, cwd=here, stdin=SEED.read_bytes())
    assert done.returncode in {0, 1}, done.stderr.decode()
    assert os.listdir(here / output) == [name.format(name=NAME)]


def test_a_folder_that_is_missing_is_made_only_if_it_ends_in_a_separator(here):
    done = run("render", f"in/{SEED.name}", "-o", "missing/x.docx", cwd=here)
    assert (done.returncode, done.stderr.decode()) == (2, "missing/x.docx: 没有这个文件或文件夹\n")
    assert not (here / "missing").exists()


@pytest.mark.parametrize(
    "command", ["render in/{name}.json", "view missing.json", "check missing.json", "read missing.json"]
)
def test_no_folder_is_made_for_nothing(here, command):
    (here / "in" / SEED.name).write_bytes(AS_PUBLISHED.read_bytes())
    assert run(*command.format(name=NAME).split(), "-o", "new/", cwd=here).returncode in {1, 2}
    assert not (here / "new").exists()


def test_a_file_is_no_folder(here):
    (here / "file").write_text("kept")
    done = run("schema", "-o", "file/", cwd=here)
    assert (done.returncode, done.stderr.decode()) == (2, "file/: 已有同名文件\n")
    done = run("schema", "-o", "file/deeper/", cwd=here)
    assert (done.returncode, done.stderr.decode().count("\n")) == (2, 1)
    assert (here / "file").read_text() == "kept"


@pytest.mark.parametrize("command", ["read {name}.json", "compare {name}.json {name}.json"])
def test_what_is_read_is_not_overwritten_in_its_folder(here, command):
    folder = here / "in"
    (folder / "对比.docx").hardlink_to(folder / SEED.name)
    done = run(*command.format(name=NAME).split(), "-o", ".", cwd=folder)
    assert done.returncode == 2
    assert (folder / SEED.name).read_bytes() == SEED.read_bytes()


def test_the_marked_review_is_written_to_a_file(here, monkeypatch):
    monkeypatch.setenv("PATH", str(here))  # where there is no browser
    (here / "wrong.json").write_bytes(AS_PUBLISHED.read_bytes())
    done = run("view", "wrong.json", "-o", "审核.html", cwd=here)
    assert (done.returncode, done.stdout.decode()) == (0, "已写入：审核.html\n")
    assert "总计应为 1，现为 0" in (here / "审核.html").read_text(encoding="utf-8")
    assert b"<!DOCTYPE html>" in run("view", str(LARGE_CITY), "-o", "-", cwd=here).stdout
