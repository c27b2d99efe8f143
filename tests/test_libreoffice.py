"""LibreOffice as a converter: separate from the user's own, with limits, and safe with untrusted documents."""

from __future__ import annotations

import os
import tempfile
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

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


def test_what_it_says_is_passed_on(tmp_path, monkeypatch):
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\necho no such filter\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    with pytest.raises(ConversionError, match="no such filter"):
        libreoffice.convert(b"", "doc", "docx")
