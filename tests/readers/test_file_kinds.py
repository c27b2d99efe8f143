from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest

from annual_report import render
from annual_report.readers.file_kinds import kind_of, wide_encoding


def archive(*names: str) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w") as file:
        for name in names:
            file.writestr(name, "")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (archive("xl/workbook.xml"), "an Excel workbook"),
        (archive("content.xml"), "an OpenDocument file"),
        (archive("年报.json"), "a ZIP archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504, "a document of an older Office or WPS version"),
        (b"{\\rtf1\\ansi", "an RTF document"),
        (b"\x1f\x8b\x08", "a compressed file"),
        (b"\xff\xd8\xff\xe0", "a picture"),
        (b"\xef\xbb\xbf\n<!DOCTYPE HTML>", "a web page"),
        (b"<html lang=zh>", "a web page"),
    ],
)
def test_a_file_of_another_kind_is_named(data, kind):
    assert kind_of(data).text("en").startswith(kind)


def test_our_own_documents_are_named(seed):
    assert kind_of(render(seed)).text("en") == "a Word document"
    assert kind_of(render(seed, format="html")).text("en").startswith("a web page")


@pytest.mark.parametrize(
    "data", [b"", b"{", b"{}", b'{"a": "PK"}', b" <3", "某局".encode(), "某局".encode("gb18030"), b"\0"]
)
def test_what_may_be_text_is_of_no_kind(data):
    assert kind_of(data) is None
    assert wide_encoding(data) is None
