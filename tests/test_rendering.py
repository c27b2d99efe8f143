from __future__ import annotations

import io
import os
import re
import stat
import zlib
from zipfile import ZipFile

import pypdfium2
import pytest
from programs import require

from annual_report import Style, UnusableInputError, load, render
from annual_report.errors import MAX_SOURCE
from annual_report.writers import docx as docx_writer


def test_without_a_target_the_document_is_returned(seed):
    assert render(seed).startswith(b"PK")


@pytest.mark.parametrize("kind", [str, lambda path: path])
def test_a_path_is_written(seed, tmp_path, kind):
    render(seed, kind(tmp_path / "年报.docx"))
    assert (tmp_path / "年报.docx").read_bytes() == render(seed)
    assert os.listdir(tmp_path) == ["年报.docx"]


def test_a_file_object_is_written(seed):
    buffer = io.BytesIO()
    render(seed, buffer)
    assert buffer.getvalue() == render(seed)


def test_the_format_may_be_named(seed, tmp_path):
    render(seed, tmp_path / "report.wps", format="docx")
    assert (tmp_path / "report.wps").read_bytes() == render(seed)


@pytest.mark.parametrize(("name", "format"), [("年报.DOCX", "docx"), ("年报.Html", "html"), ("年报", "docx")])
def test_the_suffix_names_the_format_in_capitals_too_and_without_one_it_is_word(seed, tmp_path, name, format):
    render(seed, tmp_path / name)
    assert (tmp_path / name).read_bytes() == render(seed, format=format)


@pytest.mark.parametrize("format", ["docx", "html", "pdf"])
def test_a_document_tells_neither_who_made_it_nor_where(seed_as_published, tmp_path, monkeypatch, format):
    if format == "pdf":
        require("soffice")
    folder = tmp_path / "zhang-san"
    folder.mkdir()
    for variable in ("HOME", "USER", "LOGNAME", "USERNAME"):
        monkeypatch.setenv(variable, str(folder))
    monkeypatch.chdir(folder)
    source, target = folder / "data.json", folder / f"report.{format}"
    source.write_text(seed_as_published.model_dump_json())
    render(load(source), target, allow_findings=True)
    content = target.read_bytes()
    if format == "docx":
        with ZipFile(target) as archive:
            content += b"".join(archive.read(name) for name in archive.namelist())
            assert not [name for name in archive.namelist() if "comment" in name.lower()]
    elif format == "pdf":
        streams = re.findall(rb"stream\r?\n(x.+?)endstream", content, re.DOTALL)
        assert streams
        content += b"".join(zlib.decompressobj().decompress(stream) for stream in streams)
        with pypdfium2.PdfDocument(target) as document:
            content += str(document.get_metadata_dict()).encode()
    for trace in (b"zhang-san", "zhang-san".encode("utf-16-be"), b"data.json", b"<mark"):
        assert trace not in content


@pytest.mark.parametrize(("target", "format"), [("x.zzz", None), ("x.docx", "zzz"), (None, "zzz")])
def test_an_unknown_format_is_refused(seed, tmp_path, target, format):
    with pytest.raises(UnusableInputError, match=r"zzz.*docx"):
        render(seed, target and tmp_path / target, format=format)
    assert os.listdir(tmp_path) == []


def test_styles_go_by_name_or_as_they_are(seed):
    assert render(seed, style="gbt9704") == render(seed, style=Style()) == render(seed)
    assert render(seed, style="large-print") != render(seed)
    with pytest.raises(UnusableInputError, match="large-print"):
        render(seed, style="nope")


def test_a_file_that_cannot_be_replaced_stays_as_it_was(seed, tmp_path, monkeypatch):
    target = tmp_path / "report.docx"
    target.write_bytes(b"old")

    def broken(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", broken)
    with pytest.raises(UnusableInputError):
        render(seed, target)
    assert target.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["report.docx"]


def test_a_writer_that_fails_leaves_the_file_as_it_was(seed, tmp_path, monkeypatch):
    target = tmp_path / "report.docx"
    target.write_bytes(b"old")

    def broken(*_):
        raise ZeroDivisionError

    monkeypatch.setattr(docx_writer, "write", broken)
    with pytest.raises(ZeroDivisionError):
        render(seed, target)
    assert target.read_bytes() == b"old"


def test_an_existing_files_permissions_and_links_stay(seed, tmp_path):
    target, link = tmp_path / "report.docx", tmp_path / "link.docx"
    target.write_bytes(b"old")
    target.chmod(0o640)
    link.symlink_to(target)
    render(seed, link)
    assert link.is_symlink()
    assert target.read_bytes() == render(seed)
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


@pytest.mark.parametrize("place", ["", "missing/x.docx", "file/x.docx", "x" * 300 + ".docx"])
def test_a_target_that_cannot_be_written_is_named(seed, tmp_path, place):
    (tmp_path / "file").write_text("")
    with pytest.raises(UnusableInputError) as caught:
        render(seed, tmp_path / place, format="docx")
    name = str(tmp_path / place)
    assert caught.value.source == name
    assert str(caught.value).startswith(f"{name}: " if len(name) <= MAX_SOURCE else f"…{name[1 - MAX_SOURCE :]}: ")
    assert os.listdir(tmp_path) == ["file"]
