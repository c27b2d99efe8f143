"""Word's older files, by the real LibreOffice."""

from __future__ import annotations

import os
from email.message import EmailMessage

import pytest
from conftest import FIXTURES
from programs import require
from readers.published.composed import composed, found

from annual_report import UnusableInputError, libreoffice, load, read, render
from annual_report.document.compose import compose
from annual_report.readers.published import legacy, mhtml
from annual_report.readers.published.formats import recognise
from annual_report.style import Style


# `.wps` is tried with Word 97 bytes under that suffix, which is what WPS saves by default: WPS does not run here.
# Sub-headings are on lines of their own, since LibreOffice 7.4 does not write Word's style separator.
@pytest.mark.parametrize(
    ("name", "to", "format"),
    [
        ("large-city-2025", "doc:MS Word 97", "doc"),
        ("county-housing-bureau-2020", "doc:MS Word 97", "doc"),
        ("large-city-2025", "rtf", "rtf"),
        ("large-city-2025", "odt", "odt"),
    ],
)
def test_a_report_comes_back_from_an_older_file(name, to, format):
    require("soffice")
    report = load(FIXTURES / f"{name}.json")
    style = Style(sub_headings="own-line", tables={"keep_whole": ["proactive_disclosure", "applications"]})
    word = render(report, format="docx", style=style, allow_findings=True)
    older = libreoffice.convert(word, "docx", to)
    assert recognise(older) == format
    content = legacy.parse(older, "年报.wps")
    assert found(content) == composed(compose(report), "own-line")
    assert content.titles == (compose(report).title,)


def test_word_as_one_xml_file_is_read(large_city):
    require("soffice")
    older = libreoffice.convert(render(large_city), "docx", "xml:MS Word 2003 XML")
    assert recognise(older) == "wordml"
    reading = read(older, name="年报.doc")
    assert reading.report is not None
    assert reading.report.values == large_city.values


def test_a_missing_libreoffice_is_named_with_its_package(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UnusableInputError, match=r"年报\.doc: .*apt-get install libreoffice-writer"):
        legacy.parse(rb"{\rtf1 a}", "年报.doc")


def test_what_libreoffice_cannot_open_is_an_error():
    require("soffice")
    broken = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "WordDocument".encode("utf-16-le") + bytes(600)
    with pytest.raises(UnusableInputError, match=r"年报\.doc: "):
        legacy.parse(broken, "年报.doc")


def test_a_protected_file_is_refused_with_advice():
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + b"\xec\xa5" + bytes(9) + b"\x01" + bytes(600)
    with pytest.raises(UnusableInputError, match="取消密码"):
        legacy.parse(head, "年报.doc")


def test_a_hanging_libreoffice_is_ended(monkeypatch, tmp_path):
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nsleep 600\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setattr(legacy, "TIME_LIMIT", 0.5)
    with pytest.raises(UnusableInputError, match=r"超过 0\.5 秒"):
        legacy.parse(rb"{\rtf1 a}")


def test_a_page_saved_as_one_file_is_read(seed):
    saved = EmailMessage()
    saved["Subject"] = "年报"
    saved.set_content(render(seed, format="html").decode(), subtype="html", cte="quoted-printable")
    saved.add_related(b"\x89PNG", maintype="image", subtype="png")
    data = saved.as_bytes()
    assert recognise(data) == "mhtml"
    assert found(mhtml.parse(data)) == composed(compose(seed))


def test_a_saved_file_without_a_page_is_refused():
    with pytest.raises(UnusableInputError, match="没有文字"):
        mhtml.parse(b"MIME-Version: 1.0\r\nContent-Type: image/png\r\n\r\nx", "x.mht")
