"""The typefaces that stand in for those of government offices."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING

import pdfplumber
import pytest
from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont
from programs import require, run

from annual_report import AnnualReport, render
from annual_report.style import PRESETS
from annual_report.writers.typefaces import fontconfig, typeface, with_stand_ins

if TYPE_CHECKING:
    from pathlib import Path

CHINESE = {
    getattr(style.fonts, role).east_asian for style in PRESETS.values() for role in type(style.fonts).model_fields
}
STAND_INS = sorted({name for face in CHINESE for name in typeface(face).stand_ins})


def gb2312() -> set[str]:
    """Return the 6763 characters of the standard's two levels."""
    codes = (bytes((row, cell)) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF))
    return {character for code in codes if (character := code.decode("gb2312", errors="ignore"))}


@pytest.fixture(scope="module")
def fontconfig_file(tmp_path_factory) -> Path:
    file = tmp_path_factory.mktemp("fonts") / "fonts.conf"
    file.write_text(fontconfig(), encoding="utf-8")
    return file


@cache
def opened(name: str, configuration: Path) -> TTFont | None:
    """Open a typeface by its family's name, if it is installed."""
    environment = os.environ | {"FONTCONFIG_FILE": str(configuration)}
    form = "%{file}\t%{index}\n"
    found = run(require("fc-list"), "-f", form, f"{name}:style=Regular", env=environment).splitlines()
    found = found or run(require("fc-list"), "-f", form, name, env=environment).splitlines()
    if not found:
        return None
    file, index = found[0].split("\t")
    return TTFont(file, fontNumber=int(index) & 0xFFFF)


def test_the_standard_has_6763_characters():
    assert len(gb2312()) == 3755 + 3008


@pytest.mark.parametrize("name", STAND_INS)
def test_a_stand_in_lacks_no_character_and_is_as_wide_as_type_of_its_size(name, fontconfig_file):
    font = opened(name, fontconfig_file)
    if font is None:
        pytest.skip(f"{name} is not installed")
    glyphs = font.getBestCmap()
    needed = gb2312() | set("，。、；：！？“”‘’（）《》〈〉—…·〔〕％")
    assert sorted(character for character in needed if ord(character) not in glyphs) == []
    em = font["head"].unitsPerEm
    assert {font["hmtx"][glyphs[ord(character)]][0] for character in gb2312()} == {em}
    for mark in "，。":  # at the lower left of their cell, as in Simplified Chinese
        pen = BoundsPen(font.getGlyphSet())
        font.getGlyphSet()[glyphs[ord(mark)]].draw(pen)
        left, bottom, right, top = pen.bounds
        assert (left + right) / 2 < em * 0.4
        assert (bottom + top) / 2 < em * 0.4


@pytest.mark.parametrize("name", sorted(CHINESE))
def test_a_typeface_that_is_missing_is_replaced_by_its_first_stand_in_that_is_installed(name, fontconfig_file):
    installed = [other for other in with_stand_ins(name) if opened(other, fontconfig_file)]
    if not installed:
        pytest.skip(f"no stand-in for {name} is installed")
    environment = os.environ | {"FONTCONFIG_FILE": str(fontconfig_file)}
    families = run(require("fc-match"), "-f", "%{family}", name, env=environment)
    assert installed[0] in families.split(",")


def test_a_paragraph_of_the_pdf_is_set_in_one_typeface(tmp_path):
    require("soffice")
    blank = AnnualReport.blank(agency="某局", year=2024).model_dump()
    report = AnnualReport.model_validate(blank | {"overview": "".join(sorted(gb2312()))})
    render(report, tmp_path / "report.pdf", allow_findings=True)
    faces: dict[str, set[str]] = {}
    with pdfplumber.open(tmp_path / "report.pdf") as pdf:
        for character in (character for page in pdf.pages for character in page.chars):
            faces.setdefault(character["fontname"].partition("+")[2], set()).add(character["text"])
    assert [face for face, characters in faces.items() if characters >= gb2312()] != []
