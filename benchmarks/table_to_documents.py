"""A table rendered as Word documents, a row each, and the documents read back as a table: time, memory, differences."""

from __future__ import annotations

import csv
import resource
import subprocess
import sys
import tempfile
import time
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

from many_reports import generated

from annual_report import AnnualReport, render_many
from annual_report.tables import write_table

if TYPE_CHECKING:
    from collections.abc import Callable

COUNTS = (1000, 10_000)


def to_documents(table: str, folder: str) -> None:
    render_many([table], folder, on_error="raise")


def to_table(folder: str, table: str) -> None:
    in_order = sorted(Path(folder).glob("*.docx"), key=lambda path: int(path.name[1:].partition("县")[0]))
    write_table(in_order, table, keys=True)


TASKS: dict[str, Callable[[str, str], None]] = {task.__name__: task for task in (to_documents, to_table)}


def run(task: str, source: str, target: str) -> None:
    """Run a task; the peak is the largest of this process's and its workers'."""
    TASKS[task](source, target)
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    seconds = sum(usage.ru_utime + usage.ru_stime for usage in usages)
    peak = max(usage.ru_maxrss for usage in usages) / 1024
    print(f"{task:14} {seconds:7.1f} s of processor, peak {peak:5.0f} MiB", flush=True)


def differences(one: Path, other: Path) -> tuple[int, int]:
    """Count the rows of two tables with their headings, and those that differ."""
    with one.open(encoding="utf-8-sig", newline="") as first, other.open(encoding="utf-8-sig", newline="") as second:
        pairs = list(zip_longest(csv.reader(first), csv.reader(second)))
    return len(pairs), sum(row != again for row, again in pairs)


def main() -> None:
    for count in COUNTS:
        with tempfile.TemporaryDirectory() as name:
            table, documents, again = (Path(name, part) for part in ("table.csv", "documents", "again.csv"))
            write_table((AnnualReport.model_validate(report) for report in generated(count)), table, keys=True)
            started = time.perf_counter()
            for task, source, target in (("to_documents", table, documents), ("to_table", documents, again)):
                subprocess.run([sys.executable, __file__, task, source, target], check=True)
            rows, differing = differences(table, again)
            print(
                f"{count} reports: {rows} rows, {differing} differ; {time.perf_counter() - started:.0f} s", flush=True
            )


if __name__ == "__main__":
    run(*sys.argv[1:]) if len(sys.argv) > 1 else main()
