"""The time of rendering one report, compared with the baseline, straightforward python-docx code, and docxtpl."""

from __future__ import annotations

import time
import tracemalloc
import zlib
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

from lxml import etree
from measure import medians
from straightforward import WithDocxtpl, with_python_docx

from annual_report import check, load, render
from annual_report.checks.wordings import kept

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annual_report import AnnualReport

FIXTURES = Path(__file__).parent.parent / "fixtures"
ROUNDS = {
    "floor": 200,
    "ours, no wording known": 200,
    "ours": 200,
    "ours, checked before": 200,
    "ours, unchecked": 200,
    "check, no wording known": 200,
    "check": 200,
    "check again": 200,
    "docxtpl": 10,
    "python-docx": 3,
}


def others(report: AnnualReport) -> Iterator[AnnualReport]:
    """Go through reports that differ in the body's name, so that nothing that was read of one holds for the next."""
    names = [f"第{number}{report.agency}" for number in range(4 * max(ROUNDS.values()))]
    return iter([report.model_copy(update={"agency": name}) for name in names])


def strange(reports: Iterator[AnnualReport]) -> AnnualReport:
    """Take a report of which no sentence was read before, in whatever numbers."""
    kept.cache_clear()
    return next(reports)


def main() -> None:
    for name in ("shizuishan-civil-affairs-2023", "large-city-2025"):
        report = load(FIXTURES / f"{name}.json")
        with ZipFile(BytesIO(with_python_docx(report))) as archive:
            tree = etree.fromstring(archive.read("word/document.xml"))
        template, unread = WithDocxtpl(report), others(report)
        found = medians(
            {
                "floor": lambda tree=tree: zlib.compress(etree.tostring(tree, encoding="UTF-8"), 6),
                "ours, no wording known": lambda unread=unread: render(strange(unread)),
                "ours": lambda unread=unread: render(next(unread)),
                "ours, checked before": lambda report=report: render(report),
                "ours, unchecked": lambda report=report: render(report, allow_findings=True),
                "check, no wording known": lambda unread=unread: check(strange(unread)),
                "check": lambda unread=unread: check(next(unread)),
                "check again": lambda report=report: check(report),
                "docxtpl": lambda report=report, template=template: template(report),
                "python-docx": lambda report=report: with_python_docx(report),
            },
            ROUNDS,
            time.process_time,
        )
        print(f"{name}:")
        for thing, seconds in found.items():
            print(f"  {thing:23} {seconds * 1000:9.2f} ms  {seconds / found['floor']:8.2f} x floor")
        tracemalloc.start()
        render(report)
        print(f"  memory at its peak: {tracemalloc.get_traced_memory()[1] / 2**20:.2f} MiB")
        tracemalloc.stop()


if __name__ == "__main__":
    main()
