"""Files as PDF printers make them: Word files through LibreOffice, pages through Chromium, and what becomes of them."""

from __future__ import annotations

import io
import os
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from programs import require, run

from annual_report.writers.typefaces import fontconfig
from publications.press import Press, habit

if TYPE_CHECKING:
    from collections.abc import Iterator

PDF = ("pdf",)
BATCH = 25
PRINT_STYLE = (
    "<style>@page{size:A4;margin:25mm 20mm} body{font-family:'Noto Serif CJK SC'} table{width:100%;font-size:9pt} "
    "td,th{border:1px solid #000}</style>"
)
RADICALS = dict(
    zip(
        "一二八人入大小工文方日月止水火生用立行里面高长见风食青非门",
        "⼀⼆⼋⼈⼊⼤⼩⼯⽂⽅⽇⽉⽌⽔⽕⽣⽤⽴⾏⾥⾯⾼⻓⻅⻛⻝⻘⾮⻔",
        strict=True,
    )
)


@habit(0.12, "lines", formats=PDF)
def radicals_for_characters(press: Press) -> None:
    """Some printers' fonts map glyphs to the code points of radicals."""
    share = press.rng.choice([0.2, 1])
    table = str.maketrans({plain: radical for plain, radical in RADICALS.items() if press.rng.random() < share})
    for box in (box for sheet in press.sheets() for box in sheet.labels()):
        box.text = box.text.translate(table)
    for line in press.lines():
        line.text = line.text.translate(table)


@dataclass
class Print:
    data: bytes


@habit(0.03, "pdf", formats=PDF)
def fonts_without_unicode(press: Press, sheet: Print) -> None:
    """The printer left out what the glyphs mean."""
    press.must_doubt = True
    sheet.data = re.sub(rb"/ToUnicode \d+ 0 R", lambda found: b" " * len(found[0]), sheet.data)


@habit(0.05, "pdf", formats=PDF)
def scan_with_recognised_text(press: Press, sheet: Print) -> bool:
    """Every page is a picture, with an invisible layer of recognised text."""
    import pypdfium2 as pdfium
    from pypdfium2 import raw

    if b"Skia/PDF" in sheet.data:  # Chromium's drawn fonts do not outlive the rewriting of their pages
        return False
    press.must_doubt = True
    document = pdfium.PdfDocument(sheet.data)
    for page in document:
        picture = io.BytesIO()
        page.render(scale=1.5).to_pil().convert("L").save(picture, "jpeg")
        for item in list(page.get_objects(max_depth=1)):
            if item.type == raw.FPDF_PAGEOBJ_TEXT:
                raw.FPDFTextObj_SetTextRenderMode(item, raw.FPDF_TEXTRENDERMODE_INVISIBLE)
            else:
                page.remove_obj(item)
        image = pdfium.PdfImage.new(document)
        image.load_jpeg(picture, inline=True)
        image.set_matrix(pdfium.PdfMatrix().scale(*page.get_size()))
        page.insert_obj(image)
        page.gen_content()
    sheet.data = _saved(document)
    return True


@habit(0.06, "pdf", formats=PDF)
def pages_rotated(press: Press, sheet: Print) -> None:
    import pypdfium2 as pdfium

    document = pdfium.PdfDocument(sheet.data)
    turn = press.rng.choice([90, 180, 270])
    for page in document:
        if press.rng.random() < 0.5:
            page.set_rotation(turn)
    sheet.data = _saved(document)


def _saved(document: Any) -> bytes:
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def print_documents(documents: list[bytes]) -> Iterator[bytes]:
    """Print Word files, many in one run of LibreOffice."""
    soffice = require("soffice")
    for start in range(0, len(documents), BATCH):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            (folder / "fonts.conf").write_text(fontconfig(), encoding="utf-8")
            paths = [folder / f"{nth}.docx" for nth in range(len(documents[start : start + BATCH]))]
            for path, data in zip(paths, documents[start : start + BATCH], strict=True):
                path.write_bytes(data)
            environment = os.environ | {"FONTCONFIG_FILE": str(folder / "fonts.conf"), "HOME": name}
            profile = f"-env:UserInstallation=file://{folder / 'profile'}"
            run(soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", folder, *paths, env=environment)
            yield from [path.with_suffix(".pdf").read_bytes() for path in paths]


def print_pages(pages: list[bytes]) -> Iterator[bytes]:
    """Print web pages with Chromium."""
    from chromium import Chromium

    if not pages:
        return
    browser = Chromium()
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "page.html"
        for page in pages:
            path.write_bytes(page)
            browser.open(path)
            yield browser.print()
    browser.driver.quit()
