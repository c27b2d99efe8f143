"""The time of writing a web page on one core; the sample report should take at most 2 ms."""

from __future__ import annotations

import os
from pathlib import Path

from measure import medians

from annual_report import check, load, render

FIXTURES = Path(__file__).parent.parent / "fixtures"


def main() -> None:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    for name in ("shizuishan-civil-affairs-2023", "large-city-2025"):
        report = load(FIXTURES / f"{name}.json")
        found = medians(
            {
                "page": lambda report=report: render(report, format="html", allow_findings=True),
                "page, checked": lambda report=report: render(report, format="html"),
                "page, with its findings": lambda report=report: render(report, format="html", findings=check(report)),
            },
            {"page": 200, "page, checked": 200, "page, with its findings": 200},
        )
        print(f"{name}:")
        for thing, seconds in found.items():
            print(f"  {thing:24} {seconds * 1000:6.2f} ms")


if __name__ == "__main__":
    main()
