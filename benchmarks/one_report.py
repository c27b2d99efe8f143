"""The time of rendering one report, compared with the baseline, straightforward python-docx code, and docxtpl."""

from __future__ import annotations

import tracemalloc
import zlib
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from lxml import etree
from measure import medians
from straightforward import WithDocxtpl, with_python_docx

from annual_report import load, render

FIXTURES = Path(__file__).parent.parent / "fixtures"
ROUNDS = {"floor": 200, "ours": 200, "docxtpl": 10, "python-docx": 3}


def main() -> None:
    for name in ("shizuishan-civil-affairs-2023", "large-city-2025"):
        report = load(FIXTURES / f"{name}.json")
        with ZipFile(BytesIO(with_python_docx(report))) as archive:
            tree = etree.fromstring(archive.read("word/document.xml"))
        template = WithDocxtpl(report)
        found = medians(
            {
                "floor": lambda tree=tree: zlib.compress(etree.tostring(tree, encoding="UTF-8"), 6),
                "ours": lambda report=report: render(report),
                "docxtpl": lambda report=report, template=template: template(report),
                "python-docx": lambda report=report: with_python_docx(report),
            },
            ROUNDS,
        )
        print(f"{name}:")
        for thing, seconds in found.items():
            print(f"  {thing:12} {seconds * 1000:9.2f} ms  {seconds / found['floor']:8.2f} x floor")
        tracemalloc.start()
        render(report)
        print(f"  memory at its peak: {tracemalloc.get_traced_memory()[1] / 2**20:.2f} MiB")
        tracemalloc.stop()


if __name__ == "__main__":
    main()
