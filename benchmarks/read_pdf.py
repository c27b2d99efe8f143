"""The time of reading PDFs on one core; a report of five pages should take at most a fifth of pdfplumber's time."""

from __future__ import annotations

import io
import logging
import os
import sys
from functools import partial
from pathlib import Path

import pdfplumber
import pypdfium2
from measure import medians

from annual_report import load, render
from annual_report.readers.published import pdf

FIXTURES = Path(__file__).parent.parent / "fixtures"
NAMES = ("county-housing-bureau-2020", "large-city-2025")
ROUNDS = 15


def with_pdfplumber(data: bytes) -> None:
    with pdfplumber.open(io.BytesIO(data)) as document:
        for page in document.pages:
            page.extract_text()
            page.extract_tables()


def text_alone(data: bytes) -> None:
    document = pypdfium2.PdfDocument(data)
    for index in range(len(document)):
        document[index].get_textpage().get_text_range()
    document.close()


readers = {"annual-report": pdf.parse, "pdfplumber": with_pdfplumber, "PDFium's text alone": text_alone}


def main() -> None:
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    files = {name: render(load(FIXTURES / f"{name}.json"), format="pdf", allow_findings=True) for name in NAMES}
    files |= {path: Path(path).read_bytes() for path in sys.argv[1:]}
    for name, data in files.items():
        things = {reader: partial(read, data) for reader, read in readers.items()}
        found = medians(things, dict.fromkeys(things, ROUNDS))
        pages = len(pypdfium2.PdfDocument(data))
        ratio = found["annual-report"] / found["pdfplumber"]
        print(f"{name}: {pages} pages, {ratio:.3f} of pdfplumber's time")
        for reader, seconds in found.items():
            print(f"  {reader:20} {seconds * 1000:7.1f} ms")


if __name__ == "__main__":
    main()
