"""PDF files that are damaged, or made to keep a program busy: refused or bounded, with one clear error."""

from __future__ import annotations

import multiprocessing
import os
import random
import sys
import zlib
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest
from raw_pdf import FIRST_FREE, assemble, line, raw_pdf, ruled, stream, text

from annual_report import UnusableInputError
from annual_report.errors import MissingExtraError
from annual_report.readers.published import pdf
from annual_report.readers.published.pdf.helper import Helper, helper

GOOD = raw_pdf(text(100, 700, "年度报告") + ruled([100, 200, 300], [500, 520]) + text(105, 505, "1"))
MEMORY = 300 << 20


@pytest.fixture(autouse=True)
def time_enough(monkeypatch):
    """Let a file take a minute: on a busy machine, some would reach the limit of time before the one that is tested."""
    monkeypatch.setitem(Helper.read.__kwdefaults__, "time_limit", 60)


def drawings_in_drawings(depth: int, width: int) -> bytes:
    """A page whose drawing has another several times, which has another several times, and so on."""
    objects = []
    for level in range(depth):
        inner = f"/XObject << /X {FIRST_FREE + level + 1} 0 R >>" if level < depth - 1 else ""
        content = "/X Do " * width if inner else text(10, 10, "字")
        entries = "/Type /XObject /Subtype /Form /BBox [0 0 600 800]"
        objects.append(stream(content, f"{entries} /Resources << /Font << /F1 3 0 R >> {inner} >>"))
    return raw_pdf("/X Do", objects=objects, resources=f"/XObject << /X {FIRST_FREE} 0 R >>")


def of_one_page(contents: bytes) -> bytes:
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R >>"
    pages = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    return assemble([b"<< /Type /Catalog /Pages 2 0 R >>", pages, page, contents])


def pages_that_hold_themselves() -> bytes:
    return assemble([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 5 >>"])


def encrypted() -> bytes:
    keys = f"/O <{'ab' * 32}> /U <{'cd' * 32}>"
    return raw_pdf("", trailer=f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 {keys} >> /ID [<01> <01>]")


def spaces(count: int) -> bytes:
    """Compress mebibytes of spaces, each alike and without the checksum, which PDFium does not look at."""
    packer = zlib.compressobj(9)
    head = packer.compress(b"") + packer.flush(zlib.Z_FULL_FLUSH)
    return head + (packer.compress(b" " * (1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)) * (count >> 20)


REFUSED = {
    "nothing": (lambda: b"", "不是 PDF 文件"),
    "a head": (lambda: b"%PDF-1.7\n", "不是 PDF 文件"),
    "another format": (lambda: b"PK\x03\x04" + bytes(1000), "不是 PDF 文件"),
    "encrypted": (encrypted, "已加密：请先另存为不带密码的文件"),
    "10,000 pages": (lambda: raw_pdf(*[""] * 10_000), "10000 页"),
    "pages that hold themselves": (pages_that_hold_themselves, "PDF 中没有文字"),
    "deep brackets": (lambda: of_one_page(b"[" * 200_000), "PDF 中没有文字"),
    "a thousand million drawings": (lambda: drawings_in_drawings(10, 10), "内存超过 256 MiB"),
    "900 MiB of spaces": (lambda: of_one_page(stream(spaces(900 << 20), "/Filter /FlateDecode")), "内存超过 256 MiB"),
    "400,000 lines": (lambda: raw_pdf("".join(line(n % 500, 0, n % 500, 9) for n in range(400_000))), "图形过多"),
    "400,000 characters": (lambda: raw_pdf(*["".join(text(0, 13 * n, "字" * 50) for n in range(60))] * 140), "过多"),
    "too large": (lambda: bytes((64 << 20) + 1), "超过 64 MiB"),
}


def peak_of_the_helper() -> int:
    """How much memory the helper has taken at most, in bytes; nothing where it has been ended."""
    process = helper._process
    if process is None or not sys.platform.startswith("linux"):
        return 0
    status = Path(f"/proc/{process.pid}/status").read_text(encoding="utf-8")
    return int(status.partition("VmHWM:")[2].split()[0]) << 10


@pytest.mark.parametrize("kind", REFUSED)
def test_hostile_files_are_refused_and_the_next_file_is_read(kind):
    make, words = REFUSED[kind]
    with pytest.raises(UnusableInputError, match=words) as caught:
        pdf.parse(make(), "某局.pdf")
    assert peak_of_the_helper() < MEMORY
    assert caught.value.text("zh").startswith("某局.pdf: ")
    assert len(pdf.parse(GOOD).blocks) == 2


def test_a_drawing_that_holds_itself_is_read_once():
    itself = f"/XObject << /X {FIRST_FREE} 0 R >>"
    entries = f"/Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources << /Font << /F1 3 0 R >> {itself} >>"
    page = raw_pdf("/X Do", objects=[stream("/X Do " + text(10, 10, "环"), entries)], resources=itself)
    assert [block.text for block in pdf.parse(page).blocks] == ["环"]


@pytest.mark.parametrize("step", [0.5, 4.5])
def test_a_page_full_of_lines_has_no_tables_or_a_bounded_one(step):
    places = [n * step for n in range(1000)]
    page = text(10, 10, "字") + ruled(places, places)
    content = pdf.parse(raw_pdf(page, paper=(5000, 5000)))
    assert peak_of_the_helper() < MEMORY
    assert len(content.blocks) == 1
    assert step < 1 or [remark.id for remark in content.remarks] == ["too_many_lines"]


def test_very_many_spaces_after_a_number_at_a_page_s_edge_are_text():
    ends = "甲乙丙丁戊己庚辛壬癸"
    content = pdf.parse(raw_pdf(*[text(10, 40, f"1{'　' * 15_000}{end}", size=0.01) for end in ends]))
    assert [block.text[-1] for block in content.blocks] == [*ends]


@pytest.mark.parametrize("seed", range(60))
def test_damaged_files_are_read_or_refused(seed):
    randomly = random.Random(seed)  # no secret
    data = bytearray(GOOD)
    for _ in range(randomly.randrange(1, 12)):
        data[randomly.randrange(len(data))] = randomly.randrange(256)
    if seed % 3 == 0:
        del data[randomly.randrange(len(data)) :]
    with suppress(UnusableInputError):
        assert pdf.parse(bytes(data)).blocks


def test_a_file_that_takes_too_long_is_given_up_and_the_next_is_read():
    with pytest.raises(UnusableInputError, match=r"超过 0\.01 秒"):
        helper.read(drawings_in_drawings(14, 4), "", time_limit=0.01)
    assert pdf.parse(GOOD).blocks


def test_a_helper_that_has_been_ended_is_started_again():
    own = Helper()
    try:
        assert own.read(GOOD, "").blocks
        own._process.kill()
        own._process.wait()
        assert own.read(GOOD, "").blocks
    finally:
        own.stop()


def test_threads_read_one_after_the_other():
    with ThreadPoolExecutor(4) as pool:
        assert all(len(content.blocks) == 2 for content in pool.map(pdf.parse, [GOOD] * 20))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_a_copied_process_reads_with_a_helper_of_its_own():
    assert pdf.parse(GOOD).blocks
    with multiprocessing.get_context("fork").Pool(2) as pool:
        assert pool.map(count_blocks, [GOOD] * 6) == [2] * 6
    assert pdf.parse(GOOD).blocks


def count_blocks(data: bytes) -> int:
    return len(pdf.parse(data).blocks)


def test_a_missing_package_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    with pytest.raises(MissingExtraError, match="pip install pypdfium2"):
        pdf.parse(GOOD)
