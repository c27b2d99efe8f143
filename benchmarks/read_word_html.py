"""The time of reading our own Word file and a 160 kB page of a content system, compared with parsing them with lxml.

Processor time is measured, since other processes interrupt longer tasks more often.
"""

from __future__ import annotations

import os
import time
from html import escape
from io import BytesIO, StringIO
from pathlib import Path
from statistics import median
from zipfile import ZipFile

import docx
import pandas as pd
from lxml import etree
from measure import medians

from annual_report import AnnualReport, load, render
from annual_report.document.blocks import Heading, Paragraph, Table
from annual_report.document.compose import compose
from annual_report.readers.published import html, word

SEED = Path(__file__).parent.parent / "fixtures" / "shizuishan-civil-affairs-2023.json"
ROUNDS = 60
RUNS = 3

_SET = "line-height: 2; font-family: 仿宋_GB2312; color: rgb(0, 0, 0); font-size: 16pt"
_FACE = "text-wrap: wrap; font-family: 方正仿宋_GBK; letter-spacing: 0px; mso-spacerun: yes"
_CELL = "border: 1px solid rgb(0, 0, 0); padding: 0px 7px; word-break: break-all"


def published(report: AnnualReport) -> bytes:
    """Return a report as a content system publishes text pasted from Word: each word in its own span and font."""
    body = "".join(map(_block, compose(report).blocks))
    head = '<head><meta charset="utf-8"><title>年报</title></head>'
    return f"<!doctype html><html>{head}<body>{body}</body></html>".encode()


def _block(block: object) -> str:
    if isinstance(block, Table):
        return _table(block)
    if isinstance(block, Heading | Paragraph):
        return _words("".join(run.text for run in (*getattr(block, "lead", ()), *block.runs)))
    return ""


def _table(block: Table) -> str:
    values = iter(block.values)
    rows = [""] * block.grid.height
    for cell in block.grid.cells:
        text = next(values) if cell.is_value else cell.text
        spans = "".join(f' {name}="{n}"' for name, n in (("rowspan", cell.rows), ("colspan", cell.columns)) if n > 1)
        rows[cell.row] += f'<td{spans} style="{_CELL}" valign="center">\n{_words(text)}\n</td>'
    return f'<table border="1"><tbody>{"".join(f"<tr>{row}</tr>" for row in rows)}</tbody></table>'


def _words(text: str) -> str:
    parts = [text[start : start + 40] for start in range(0, len(text), 40)]
    spans = "".join(f'<span style="{_FACE}"><font face="仿宋">{escape(part)}</font></span>' for part in parts)
    return f'<p style="{_SET}">{spans}<span style="font-family: 仿宋"><o:p></o:p></span></p>'


def parse_parts(data: bytes) -> None:
    """Unzip a Word file and parse each of its parts."""
    with ZipFile(BytesIO(data)) as archive:
        for name in archive.namelist():
            etree.fromstring(archive.read(name))


def main() -> None:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    report = load(SEED)
    file, page = render(report, format="docx", allow_findings=True), published(report)
    print(f"a Word file of {len(file) / 1000:.0f} kB, a page of {len(page) / 1000:.0f} kB")
    text = page.decode()
    things = {
        "Word: lxml alone": lambda: parse_parts(file),
        "Word: blocks": lambda: word.parse(file),
        "Word: python-docx, opened": lambda: docx.Document(BytesIO(file)),
        "page: lxml alone": lambda: etree.fromstring(page, etree.HTMLParser(encoding="utf-8")),
        "page: blocks": lambda: html.parse(page),
        "page: pandas.read_html": lambda: pd.read_html(StringIO(text)),
    }
    rounds = dict.fromkeys(things, ROUNDS) | {"page: pandas.read_html": 10}
    ratios: dict[str, list[float]] = {name: [] for name in things}
    for _ in range(RUNS):
        for name, seconds in (found := medians(things, rounds, time.thread_time)).items():
            floor = found[f"{name.partition(':')[0]}: lxml alone"]
            ratios[name].append(seconds / floor)
            print(f"  {name:28} {seconds * 1000:8.2f} ms {seconds / floor:7.1f}")
    for name, found_ratios in ratios.items():
        print(f"{name:30} {median(found_ratios):7.1f} times lxml alone")


if __name__ == "__main__":
    main()
