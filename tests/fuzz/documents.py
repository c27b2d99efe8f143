"""Published files to mutate, by the format that they are read in, and mutations of archives."""

from __future__ import annotations

from email.message import EmailMessage
from functools import cache
from io import BytesIO
from pathlib import Path
from random import Random
from zipfile import ZIP_DEFLATED, ZipFile

from fuzz.mutations import mutated
from publications import publish
from raw_pdf import raw_pdf, ruled, text

from annual_report import load, render
from annual_report.form.sections import SECTIONS, TABLES
from annual_report.report.places import section_title
from annual_report.writers.xlsx import write_report

FIXTURE = Path(__file__).parents[2] / "fixtures" / "county-housing-bureau-2020.json"
PUBLISHED = 12

_MARKUP = r"""
< > </ /> & &amp; &#0; &#55296; &#x110000; <!-- --> <![CDATA[ ]]> <?xml <!DOCTYPE]> &a; <p> </p> <table> </table> <tr>
<td> </td> <th> <br> <script> </script> <style> <w:p> </w:p> <w:t> <w:tbl> </w:tbl> <w:tr> <w:tc> <w:del> <w:vMerge/>
<w:txbxContent> <w:fldChar/> w:val="999999999" w:val="-1" w:val="" rowspan="65535" colspan="1000000" rowspan="-1"
charset=utf-7 charset=gb2312 encoding="utf-16" style="display:none" 一、总体情况 总计 自然人 0 7 / - — １２ 1,234 三、
"""
MARKUP_TOKENS = (
    *_MARKUP.encode().split(),
    *(b"<table><tr><td>" * 300, b"<b>" * 5000, b"<w:tbl><w:tr><w:tc>" * 300, b"\0", b"\xff", b"\xfe\xff", b"9" * 5000),
    b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
    b'<w:gridSpan w:val="999999999"/>',
    *(
        b" obj",
        b"endobj",
        b"stream",
        b"endstream",
        b"<<",
        b">>",
        b"/Length 9",
        b"/Kids [2 0 R]",
        b"/Count -1",
        b"0 0 0 RG",
    ),
)


def seed_files(name: str) -> tuple[bytes, ...]:
    """Give files of a format that can be read: published ones as offices make them, and this library's own."""
    return _SEEDS[name]()


@cache
def _word() -> tuple[bytes, ...]:
    return (*_published("docx"), render(load(FIXTURE), allow_findings=True))


@cache
def _pages() -> tuple[bytes, ...]:
    return (*_published("html"), render(load(FIXTURE), format="html", allow_findings=True))


@cache
def _text() -> tuple[bytes, ...]:
    return _published("txt")


@cache
def _saved_pages() -> tuple[bytes, ...]:
    saved = EmailMessage()
    saved["Subject"] = "年报"
    saved.set_content(_pages()[0].decode(errors="replace"), subtype="html", cte="quoted-printable")
    saved.add_related(b"\x89PNG", maintype="image", subtype="png")
    return (saved.as_bytes(),)


@cache
def _pdf() -> tuple[bytes, ...]:
    words = ["某局2023年政府信息公开工作年度报告"]
    for number, key in zip("一二三四五六", SECTIONS, strict=True):
        words += [f"{number}、{section_title(key)}", *([] if key in TABLES else ["全年收到申请3件。"])]
    lines = "".join(text(60, 700 - 16 * number, line) for number, line in enumerate(words))
    table = ruled([60, 200, 340], [500, 530, 560]) + text(70, 510, "行政许可") + text(210, 510, "7")
    return (raw_pdf(lines + table, lines), raw_pdf(lines))


@cache
def _workbook() -> tuple[bytes, ...]:
    return (write_report(load(FIXTURE)),)


def _published(suffix: str) -> tuple[bytes, ...]:
    return tuple(publish(Random(number), suffix).data for number in range(PUBLISHED))


ARCHIVES = {"docx": "word/document.xml", "xlsx": "xl/worksheets/sheet1.xml"}
"""Formats that are archives, and the file in each that holds most."""

_SEEDS = {"docx": _word, "html": _pages, "mhtml": _saved_pages, "pdf": _pdf, "text": _text, "xlsx": _workbook}


def published_bytes(random: Random, name: str) -> bytes:
    """Make a file of a format, changed; of an archive, more often a file in it than the archive."""
    data = random.choice(seed_files(name))
    if name in ARCHIVES and random.random() < 0.8:
        return _repacked(random, data, ARCHIVES[name])
    return mutated(random, data, MARKUP_TOKENS)


def _repacked(random: Random, data: bytes, main: str) -> bytes:
    with ZipFile(BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    chosen = main if random.random() < 0.7 else random.choice(list(parts))
    parts[chosen] = mutated(random, parts[chosen], MARKUP_TOKENS)
    if random.random() < 0.1:
        del parts[random.choice(list(parts))]
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()
