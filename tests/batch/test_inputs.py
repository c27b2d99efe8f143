from __future__ import annotations

import os
from pathlib import Path

import pytest

from annual_report import UnusableInputError, render, render_many
from annual_report.batch.inputs import expanded, not_taken


def test_every_input_that_names_nothing_is_told_at_once(tmp_path):
    (tmp_path / "a.json").write_text("{}")
    with pytest.raises(UnusableInputError) as caught:
        expanded(["x", str(tmp_path / "a.json"), "y*"])
    assert [problem.path for problem in caught.value.problems] == ["x", "y*"]


def test_folders_are_looked_into_one_level_deep(tmp_path):
    (tmp_path / "below").mkdir()
    for name in ("b.json", "a.JSON", "c.jsonl", "d.txt", "f.toml", "below/e.json"):
        (tmp_path / name).write_text("{}")
    assert expanded([str(tmp_path)]) == [str(tmp_path / name) for name in ("a.JSON", "b.json", "c.jsonl")]
    assert len(expanded([f"{tmp_path}/**/*.json"])) == 2


@pytest.mark.parametrize("name", ["", "x" * 5000, "\0"])
def test_names_that_are_no_paths_are_refused(name):
    with pytest.raises(UnusableInputError) as caught:
        expanded([name, "nowhere"])
    assert [problem.path for problem in caught.value.problems] == [name, "nowhere"]


def test_pipes_and_folders_within_a_folder_are_no_reports_but_broken_links_are_told(tmp_path):
    os.mkfifo(tmp_path / "pipe.json")
    (tmp_path / "folder.json").mkdir()
    (tmp_path / "link.json").symlink_to("nowhere")
    assert expanded([str(tmp_path)]) == [str(tmp_path / "link.json")]


def test_a_pipe_is_refused_rather_than_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.jsonl")
    with pytest.raises(UnusableInputError, match="管道"):
        expanded([str(tmp_path / "pipe.jsonl")])


def test_the_journal_of_a_batch_is_no_input(tmp_path):
    (tmp_path / "annual-report-batch.jsonl").write_text("{}")
    (tmp_path / "a.json").write_text("{}")
    assert expanded([f"{tmp_path}/*", str(tmp_path)]) == [str(tmp_path / "a.json")]
    with pytest.raises(UnusableInputError):
        expanded([str(tmp_path / "annual-report-batch.jsonl")])


def test_a_folder_gives_every_format_but_documents_beside_their_data(tmp_path):
    for name in ("a.json", "a.docx", "a.pdf", "b.xlsx", "b.html", "c.docx", "d.pdf", "e.PNG"):
        (tmp_path / name).write_bytes(b"")
    assert expanded([str(tmp_path)]) == [str(tmp_path / name) for name in ("a.json", "b.xlsx", "c.docx", "d.pdf")]
    assert expanded([f"{tmp_path}/a.*"]) == [str(tmp_path / name) for name in ("a.docx", "a.json", "a.pdf")]


def test_files_of_open_documents_and_hidden_ones_are_no_reports(tmp_path):
    for name in ("a.docx", "~$a.docx", ".~a.docx", "._a.docx"):
        (tmp_path / name).write_bytes(b"")
    assert expanded([str(tmp_path)]) == [str(tmp_path / "a.docx")]
    assert expanded([f"{tmp_path}/*.docx"]) == [str(tmp_path / "a.docx")]


def test_the_files_of_a_folder_that_are_not_taken_are_known(tmp_path):
    (tmp_path / "below.txt").mkdir()
    for name in ("a.json", "b.txt", "c.OFD", "d.zip", "~$a.docx", "Thumbs.db", "annual-report-batch.jsonl"):
        (tmp_path / name).write_bytes(b"")
    assert not_taken([str(tmp_path), f"{tmp_path}/*", "s3://a", ""]) == [
        str(tmp_path / name) for name in ("b.txt", "c.OFD", "d.zip")
    ]


@pytest.mark.parametrize("inputs", ["", "/*", "/**"])
def test_what_a_batch_wrote_into_its_input_is_no_input_of_the_next(seed, tmp_path, inputs):
    render(seed, tmp_path / "a.docx")
    target = str(tmp_path / "out") if inputs == "/**" else str(tmp_path)
    given = [f"{tmp_path}{inputs}"]
    for _ in range(2):
        sources = expanded(given, target)
        assert [name for name in sources if Path(name).is_file()] == [str(tmp_path / "a.docx")]
        assert render_many([str(tmp_path / "a.docx")], target, format="html").written == 1
    named = f"{target}/a.html"
    assert expanded([named], target) == [named]
