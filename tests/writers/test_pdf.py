"""The PDF that LibreOffice makes."""

from __future__ import annotations

import os
import re
import signal
import tempfile
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from typing import TYPE_CHECKING

import psutil
import pypdfium2
import pytest
from command_line import start
from conftest import SEED
from hypothesis import given
from hypothesis import strategies as st
from programs import require, run
from waiting import awaited

from annual_report import AnnualReport, AnnualReportError, compare, render
from annual_report.errors import ConversionError
from annual_report.report.model import SECTIONS
from annual_report.report.places import section_title
from annual_report.writers import pdf

if TYPE_CHECKING:
    from pathlib import Path


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
def test_every_number_is_in_it_with_its_sign_and_unit(name, request, city_pdf, tmp_path):
    require("pdftotext")
    report = request.getfixturevalue(name)
    (tmp_path / "report.pdf").write_bytes(city_pdf if name == "large_city" else render(report, format="pdf"))
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


@pytest.mark.parametrize("count", [2, pytest.param(4, marks=pytest.mark.matrix)])
def test_several_processes_convert_at_once(count):
    require("soffice")
    years = [2021, 2022, 2023, 2024][:count]
    with ProcessPoolExecutor(count) as pool:
        assert all(content.startswith(b"%PDF") for content in pool.map(pdf_of, years))


def pdf_of(year: int) -> bytes:
    return render(AnnualReport.blank(agency="某局", year=year), format="pdf", allow_findings=True)


def test_a_missing_libreoffice_is_named_with_its_package(seed, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(AnnualReportError, match="apt-get install libreoffice-writer"):
        render(seed, tmp_path / "report.pdf")
    assert os.listdir(tmp_path) == []


@pytest.fixture
def soffice(tmp_path, monkeypatch):
    """Give a function that puts a shell script in LibreOffice's place; `$out` is the PDF that it should write."""
    programs, temporary = tmp_path / "programs", tmp_path / "temporary"
    programs.mkdir()
    temporary.mkdir()
    monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))

    def install(script: str) -> Path:
        path = programs / "soffice"
        path.write_text(f"#!/bin/bash\nout=$HOME/report.pdf\n{script}\n", encoding="utf-8")
        path.chmod(0o755)
        return tmp_path

    yield install
    assert os.listdir(temporary) == []


def is_gone(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def test_a_conversion_that_hangs_is_ended_with_all_that_it_started(soffice):
    folder = soffice(f"sleep 600 & echo $! > {soffice('')}/started; wait")
    with pytest.raises(ConversionError, match="1"):
        pdf.convert(b"", time_limit=1)
    assert awaited(lambda: is_gone(int((folder / "started").read_text())))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL, signal.SIGHUP])
def test_a_conversion_ends_with_the_command_that_wants_it(soffice, number):
    folder = soffice(f"echo $$ > {soffice('')}/started; touch $HOME/x; sleep 600")
    environment = os.environ | {"TMPDIR": tempfile.gettempdir()}
    target = folder / "report.pdf"
    target.write_bytes(b"good")
    with start("render", SEED, "-o", target, env=environment, stdout=-1, stderr=-1) as process:
        while not (folder / "started").exists() or not (folder / "started").read_text():
            time.sleep(0.01)
        os.kill(process.pid, number)
        process.communicate()
    assert awaited(lambda: is_gone(int((folder / "started").read_text())))
    assert awaited(lambda: not os.listdir(tempfile.gettempdir()))
    assert target.read_bytes() == b"good"


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("echo no such filter", "no such filter"),
        ("echo '%PDF-1.7' > $out", "已损坏"),
        ("head -c 3000 /dev/urandom > $out", "已损坏"),
        (": > $out", "没有生成"),
        ("cp $good $out; exit 3", "状态码 3"),
        ("cp $good $out; kill -SEGV $$", "信号 11"),
        ("head -c 100000 $good > $out", "已损坏"),
        ("head -c 100000 $good > $out; tail -c 100000 $good >> $out", "已损坏"),
        ("cp $good $out; printf '%02000d' 0 | dd of=$out bs=1 seek=40000 conv=notrunc", "已损坏"),
        ("mkdir $out", "没有生成"),
    ],
)
def test_what_is_not_a_sound_pdf_replaces_none(soffice, seed, city_pdf, tmp_path, script, words):
    (tmp_path / "good.pdf").write_bytes(city_pdf)
    soffice(f"good={tmp_path}/good.pdf\n{script}")
    target = tmp_path / "report.pdf"
    target.write_bytes(b"the last one")
    with pytest.raises(ConversionError) as caught:
        render(seed, target)
    assert words in caught.value.text("zh")
    assert target.read_bytes() == b"the last one"


def test_what_libreoffice_says_is_one_line_of_bounded_length(soffice):
    soffice(r"printf '\e[31m红\e[0m\a\nline\n'; yes | head -c 30000000; exit 1")
    with pytest.raises(ConversionError) as caught:
        pdf.convert(b"")
    text = caught.value.text("zh")
    assert text.startswith("LibreOffice 出错退出，状态码 1（红\\x07 line y y y")
    assert len(text) < 300


@pytest.mark.parametrize("with_pdfium", [True, False])
def test_a_sound_pdf_is_told_from_a_cut_one(city_pdf, monkeypatch, with_pdfium):
    if not with_pdfium:
        monkeypatch.setattr(pdf, "find_spec", lambda _: None)
    assert pdf.is_sound(city_pdf)
    for length in range(0, len(city_pdf) - 1, 997):
        assert not pdf.is_sound(city_pdf[:length])


@given(st.binary(max_size=300), st.binary(max_size=40))
def test_no_bytes_make_the_look_into_a_pdf_fail(head, tail):
    assert not pdf.is_sound(b"%PDF-1.7\n" + head + b"\nstartxref\n9\n%%EOF" + tail)


def test_threads_that_fork_meanwhile_do_not_hold_a_conversion_up(soffice):
    soffice("sleep 0.5; echo done; exit 1")
    with ThreadPoolExecutor(1) as threads:
        conversion = threads.submit(pdf.convert, b"")
        time.sleep(0.2)
        child = os.fork()
        if not child:
            time.sleep(20)
            os._exit(0)
        try:
            with pytest.raises(ConversionError, match="done"):
                conversion.result(timeout=10)
        finally:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)


def borders(content: bytes) -> list[tuple[float, float]]:
    """Give the lengths of the leftmost and of the rightmost lines of each page that has lines."""
    found = []
    for page in pypdfium2.PdfDocument(content):
        paths = page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_PATH])
        boxes = [path.get_bounds() for path in paths]
        lines = [(left, top - bottom) for left, bottom, right, top in boxes if right - left < 3 < top - bottom]
        edges = [min(lines, default=(0,))[0], max(lines, default=(0,))[0]]
        found += [tuple(sum(length for x, length in lines if abs(x - edge) < 3) for edge in edges)] if lines else []
    return found


@pytest.mark.parametrize("paragraphs", [13, 17])
def test_merged_cells_are_whole_where_a_table_goes_over_pages(large_city, paragraphs):
    """LibreOffice 7.4 cut off cells whose text runs downwards, depending on where the page ended."""
    report = large_city.with_values({"overview": "\n".join(["某段文字。"] * paragraphs)})
    for left, right in borders(render(report, format="pdf", allow_findings=True)):
        assert left == pytest.approx(right, abs=8)


@pytest.mark.parametrize("years", [2, 4])
def test_a_comparison_has_whole_merged_cells_and_no_heading_apart_from_its_table(large_city, years):
    """LibreOffice 7.4 cut off merged cells of tables over pages that were kept with their headings."""
    changes = {"applications.received.natural_person": 9000, "proactive_disclosure.rules.issued": 6045}
    earlier = [large_city.with_values({**changes, "year": large_city.year - back}) for back in range(1, years)]
    content = render(compare([large_city, *earlier]), format="pdf")
    for left, right in borders(content):
        assert left == pytest.approx(right, abs=8)
    for page in pypdfium2.PdfDocument(content):
        *_, last, _number = page.get_textpage().get_text_range().split()
        assert last not in {section_title(key) for key in SECTIONS}
