"""The form as a workbook: written and read, beside openpyxl loading and saving the same file."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import openpyxl
from measure import medians

from annual_report import load, loads, render

FIXTURES = Path(__file__).parent.parent / "fixtures"
ROUNDS = 20


def main() -> None:
    report = load(FIXTURES / "large-city-2025.json")
    workbook = render(report, format="xlsx")
    book = openpyxl.load_workbook(BytesIO(workbook))
    things = {
        "write, ours": lambda: render(report, format="xlsx"),
        "write, openpyxl": lambda: book.save(BytesIO()),
        "read, ours": lambda: loads(workbook),
        "read, openpyxl": lambda: openpyxl.load_workbook(BytesIO(workbook)),
    }
    for name, seconds in medians(things, dict.fromkeys(things, ROUNDS)).items():
        print(f"{name:16} {seconds * 1000:8.1f} ms")


if __name__ == "__main__":
    main()
