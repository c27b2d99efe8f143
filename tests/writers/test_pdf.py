"""The PDF that LibreOffice makes."""

from __future__ import annotations

import os
import re
import tempfile
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pypdfium2
import pytest
from programs import require, run

from annual_report import AnnualReport, AnnualReportError, render
from annual_report.errors import ConversionError
from annual_report.report.model import SECTIONS
from annual_report.report.places import section_title
from annual_report.writers import pdf


def information(content: bytes, folder: Path) -> dict[str, str]:
    require("pdfinfo")
    (folder / "report.pdf").write_bytes(content)
    lines = run("pdfinfo", folder / "report.pdf").splitlines()
    return dict(re.split(r":\s*", line, maxsplit=1) for line in lines)


@pytest.fixture(scope="module")
def city_pdf(large_city):
    require("soffice")
    return render(large_city, format="pdf")


def test_the_pdf_is_tagged_titled_and_of_a4(city_pdf, tmp_path):
    found = information(city_pdf, tmp_path)
    assert found["Title"] == "某市人民政府2025年政府信息公开工作年度报告"
    assert found["Tagged"] == "yes"
    assert "(A4)" in found["Page size"]


def test_its_headings_are_bookmarks(city_pdf, large_city):
    bookmarks = pypdfium2.PdfDocument(city_pdf).get_toc()
    titles = [(bookmark.level, bookmark.get_title()) for bookmark in bookmarks]
    sections = [title for level, title in titles if level == min(level for level, _ in titles)]
    assert list(map(squeezed, sections)) == [squeezed(section_title(key)) for key in SECTIONS]
    below = {squeezed(title) for _, title in titles}
    headings = (paragraph.heading for paragraph in large_city.overview if paragraph.level)
    assert all(squeezed("".join(run.text for run in heading)) in below for heading in headings)


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("name", ["large_city", "housing_bureau"])
def test_every_number_is_in_it_with_its_sign_and_unit(name, request, tmp_path):
    require("soffice")
    require("pdftotext")
    report = request.getfixturevalue(name)
    render(report, tmp_path / "report.pdf")
    # LibreOffice sets a little space between digits and Chinese characters.
    text = run("pdftotext", "-layout", tmp_path / "report.pdf", "-").replace(" 元", "元")
    words = Counter(re.findall(r"[+-]?\d[\d.]*元?", text))
    expected = Counter(value for key, grid in report.form.grids.items() for value in grid.print(getattr(report, key)))
    assert not expected - words


def test_a_path_is_written_and_nothing_is_left_behind(seed, tmp_path, monkeypatch):
    require("soffice")
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    render(seed, tmp_path / "年报.pdf")
    assert (tmp_path / "年报.pdf").read_bytes().startswith(b"%PDF")
    assert os.listdir(scratch) == []


def test_several_processes_convert_at_once():
    require("soffice")
    years = [2021, 2022, 2023, 2024]
    with ProcessPoolExecutor(4) as pool:
        assert all(content.startswith(b"%PDF") for content in pool.map(pdf_of, years))


def pdf_of(year: int) -> bytes:
    return render(AnnualReport.blank(agency="某局", year=year), format="pdf", allow_findings=True)


def test_a_missing_libreoffice_is_named_with_its_package(seed, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(AnnualReportError, match="apt-get install libreoffice-writer"):
        render(seed, tmp_path / "report.pdf")
    assert os.listdir(tmp_path) == []


def program(folder: Path, script: str) -> None:
    path = folder / "soffice"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)


def test_a_conversion_that_hangs_is_ended_with_all_that_it_started(tmp_path, monkeypatch):
    program(tmp_path, f"sleep 600 & echo $! > {tmp_path}/started; wait")
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    with pytest.raises(ConversionError, match="1"):
        pdf.convert(b"", time_limit=1)
    started = Path("/proc", (tmp_path / "started").read_text().strip())
    for _ in range(100):
        if not started.exists() or " Z " in (started / "stat").read_text():
            return
        time.sleep(0.05)
    pytest.fail("what it started is still running")


def test_a_conversion_that_gives_nothing_says_what_libreoffice_said(tmp_path, monkeypatch):
    program(tmp_path, "echo no such filter")
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    with pytest.raises(ConversionError, match="no such filter"):
        pdf.convert(b"")
