"""A file's format is what its content says."""

from __future__ import annotations

import bz2
import gzip
import struct
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile

import pytest
from PIL import Image

from annual_report import UnusableInputError, render
from annual_report.readers.published.formats import recognise, refusal
from annual_report.readers.read import open_source


def zipped(*names: str, mimetype: str = "") -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_STORED) as archive:
        if mimetype:
            archive.writestr("mimetype", mimetype)
        for name in names:
            archive.writestr(name, "")
    return buffer.getvalue()


def with_password(archive: bytes) -> bytes:
    """Mark every file of an archive as encrypted."""
    for header, flag in ((b"PK\x03\x04", 2), (b"PK\x01\x02", 4)):
        before, *files = archive.split(header)
        archive = header.join([before, *(file[:flag] + b"\x01" + file[flag + 1 :] for file in files)])
    return archive


def with_longer_parts(archive: bytes) -> bytes:
    """Let an archive's directory say that each file has 900 bytes, which is more than there are."""
    start, *files = archive.split(b"PK\x01\x02")
    return b"PK\x01\x02".join([start, *(file[:16] + struct.pack("<2L", 900, 900) + file[24:] for file in files)])


def compound(*streams: str) -> bytes:
    names = b"".join(name.encode("utf-16-le").ljust(128, b"\x00") for name in ("Root Entry", *streams))
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + names


def picture(format: str) -> bytes:
    buffer = BytesIO()
    Image.new("RGB", (4, 4)).save(buffer, format)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "format"),
    [
        (zipped("[Content_Types].xml", "word/document.xml"), "docx"),
        (zipped("[Content_Types].xml", "xl/workbook.xml"), "xlsx"),
        (zipped("[Content_Types].xml", "ppt/presentation.xml"), "presentation"),
        (zipped("content.xml", mimetype="application/vnd.oasis.opendocument.text"), "odt"),
        (zipped("content.xml", mimetype="application/vnd.oasis.opendocument.spreadsheet"), "ods"),
        (zipped("OFD.xml", "Doc_0/Document.xml"), "ofd"),
        (zipped("年报.docx"), "archive"),
        (zipped("word/document.xml")[:-30], "docx"),
        (compound("1Table", "WordDocument"), "doc"),
        (compound("Workbook"), "xls"),
        (compound("Book"), "xls"),
        (compound("WordDocument", "ObjectPool", "Workbook"), "doc"),
        (compound("Bookshelf", "WordDocument"), "doc"),
        (compound("EncryptionInfo", "EncryptedPackage"), "encrypted"),
        (compound(), "unknown"),
        (b"%PDF-1.4\n", "pdf"),
        (b"\xef\xbb\xbf\r\n%PDF-1.4\n", "pdf"),
        (rb"{\rtf1\ansi", "rtf"),
        (b'\xef\xbb\xbf {"edition": "2021"}', "json"),
        (b"[]", "json"),
        (b'[{"edition": ', "json"),
        (b'\n{"overview": "<p>', "json"),
        ("[2024]1号 某局年报".encode(), "text"),
        ("<!DOCTYPE html><html>年报".encode(), "html"),
        ("<!DOCTYPE html><html>年报".encode("utf-16"), "html"),
        (b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">', "html"),
        ("某局年报<br>一、总体情况".encode("gb18030"), "html"),
        (b"From: <Saved>\r\nSubject: =?gb2312?\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related", "mhtml"),
        (
            b'<?xml version="1.0"?><w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml">',
            "wordml",
        ),
        (f"{'某局2023年年报' * 1000}<br>一、总体情况".encode(), "html"),
        (f"某局{'<br>' * 2000}".encode(), "html"),
        (
            f'<?xml version="1.0"?><!--<p>{" " * 9000}-->'
            '<pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">'.encode(),
            "wordml",
        ),
        (f"Subject: <p>{'年报' * 150}\r\nMIME-Version: 1.0\r\n".encode(), "mhtml"),
        ("某局2023年年报\n一、总体情况".encode(), "text"),
        ("From: 某局\nDate: 2024-01-15\n某局2023年年报".encode(), "text"),
        ("某局2023年年报 1<2\n一、总体情况".encode("gb18030"), "text"),
        ("规章\t1\t0".encode("utf-16"), "text"),
        (b"", "text"),
        (bytes(range(256)) * 8, "unknown"),
        *((picture(kind), "picture") for kind in ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP")),
        *((b"\x00\x00\x00\x18ftyp" + brand + bytes(100), "picture") for brand in (b"heic", b"heix", b"mif1", b"avif")),
        ("BM市2023年年报".encode(), "text"),
        (b"Rar!\x1a\x07\x00", "archive"),
        (b"7z\xbc\xaf\x27\x1c\x00\x04", "archive"),
        (gzip.compress(b"x", mtime=0), "archive"),
        (bz2.compress(b"x"), "archive"),
        (zipped("OEBPS/a.xhtml", mimetype="application/epub+zip"), "archive"),
        (with_password(zipped("content.xml", mimetype="application/vnd.oasis.opendocument.text")), "archive"),
        (with_longer_parts(zipped("content.xml", mimetype="application/vnd.oasis.opendocument.text")), "archive"),
        (b"\r\n {\\rtf1\\ansi", "rtf"),
        (("某局年报".encode("gb18030") + b"\xff") * 50, "unknown"),
        (("某局年报" * 5).encode("gb18030") + b"\xff", "text"),
    ],
)
def test_content_decides(data, format):
    assert recognise(data) == format
    if refusal(format) is None:
        assert open_source(data, "年报.doc").format == format
    else:
        with pytest.raises(UnusableInputError):
            open_source(data, "年报.doc")


@pytest.mark.parametrize("format", ["docx", "html", "json"])
def test_what_this_library_writes_is_what_it_is(seed, format):
    data = seed.model_dump_json().encode() if format == "json" else render(seed, format=format)
    assert recognise(data) == format


@pytest.mark.parametrize(
    ("format", "advice"),
    [("ofd", "另存为 PDF 或 Word"), ("picture", "识别文字"), ("encrypted", "取消密码"), ("archive", "解压")],
)
def test_what_is_not_read_is_named_with_advice(format, advice):
    assert advice in refusal(format).text("zh")


def test_what_is_read_has_no_refusal():
    assert refusal("docx") is None
