"""LibreOffice as a converter: separate from the user's own, with limits, and safe with untrusted documents."""

from __future__ import annotations

import os
import sys
import tempfile
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from programs import require

from annual_report import libreoffice
from annual_report.errors import ConversionError

LINKED = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"
 xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" office:version="1.2"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"
 office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text>
<text:section text:name="s"><text:section-source xlink:href="{url}/part.txt"/><text:p>x</text:p></text:section>
<text:p><draw:frame svg:width="2cm" svg:height="2cm" text:anchor-type="as-char"><draw:image xlink:href="{url}/a.png"/>
</draw:frame></text:p></office:text></office:body></office:document>"""


@pytest.fixture
def server():
    """A server that records the requested paths."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815  # the library's names

        def log_message(self, *_arguments):
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}", asked
        running.shutdown()


def test_a_document_is_converted_and_nothing_is_left_behind(tmp_path, monkeypatch):
    require("soffice")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert libreoffice.convert(rb"{\rtf1 a}", "rtf", "docx").startswith(b"PK")
    assert os.listdir(tmp_path) == []


def test_nothing_that_a_document_links_to_is_fetched(server):
    require("soffice")
    url, asked = server
    assert libreoffice.convert(LINKED.format(url=url).encode(), "fodt", "docx").startswith(b"PK")
    assert asked == []


def test_a_missing_program_is_named_with_its_package(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert libreoffice.find() is None
    with pytest.raises(ConversionError, match="apt-get install libreoffice-writer"):
        libreoffice.convert(b"", "doc", "docx")


@pytest.fixture
def program(tmp_path, monkeypatch):
    """Make a program of this name that runs a script instead of LibreOffice."""

    def make(script, name="soffice"):
        (tmp_path / name).write_text(script, encoding="utf-8")
        (tmp_path / name).chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
        return str(tmp_path / name)

    return make


@pytest.mark.parametrize(("said", "words"), [("no such filter", "no such filter"), (r"\377 format", "\ufffd format")])
def test_what_it_says_is_passed_on(program, said, words):
    program(f"#!/bin/sh\nprintf '{said}'\n")
    with pytest.raises(ConversionError, match=words):
        libreoffice.convert(b"", "doc", "docx")


def test_either_name_of_the_program_is_found(program, tmp_path, monkeypatch):
    found = program("#!/bin/sh\n", "libreoffice")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert libreoffice.find() == found


def test_the_file_is_found_by_its_suffix_if_a_filter_is_named(program):
    program('#!/bin/sh\nmkdir "$7"\necho "$5" >"$7/source.txt"\n')
    assert libreoffice.convert(b"", "doc", "txt:Text:UTF8") == b"txt:Text:UTF8\n"


def test_a_conversion_that_takes_too_long_is_ended_and_told(program):
    program("#!/bin/sh\nexec sleep 60\n")
    with pytest.raises(ConversionError, match=r"longer than 0\.5 seconds|超过 0\.5 秒"):
        libreoffice.convert(b"", "doc", "docx", time_limit=0.5)


def test_all_its_files_are_in_one_folder_that_is_removed(program):
    program('#!/bin/sh\necho "[$HOME|$TMPDIR|${1#*file://}|$8]"\n')
    with pytest.raises(ConversionError) as caught:
        libreoffice.convert(b"", "doc", "docx")
    home, *others = caught.value.text("en").partition("[")[2].partition("]")[0].split("|")
    assert others == [home, f"{home}/profile", f"{home}/source.doc"]
    assert not Path(home).exists()


KILLED = """#!{python}
import contextlib, os, signal, subprocess, sys, time
import psutil
started = psutil.Process(subprocess.Popen([{soffice!r}, *sys.argv[1:]]).pid)
while True:
    for process in [started, *started.children(recursive=True)]:
        with contextlib.suppress(psutil.Error):  # what the launcher starts may end meanwhile
            for connection in process.net_connections("unix"):
                if "OSL_PIPE" in connection.laddr and os.path.exists(connection.laddr):
                    open({note!r}, "w").write(connection.laddr)
                    os.killpg(0, signal.SIGKILL)
    time.sleep(0.01)
"""


def test_the_socket_of_a_conversion_that_was_killed_is_removed(program, tmp_path):
    require("soffice")
    note = tmp_path / "note"
    program(KILLED.format(python=sys.executable, soffice=libreoffice.find(), note=str(note)))
    with pytest.raises(ConversionError):
        libreoffice.convert(rb"{\rtf1 a}", "rtf", "docx", time_limit=30)
    assert not Path(note.read_text()).exists()
