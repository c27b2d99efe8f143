"""Ten thousand reports: checked, added up, and as tables, with peak memory, beside openpyxl's time.

Seconds are the processor's, which a busy machine does not lengthen much.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
from many_reports import generated, lines

from annual_report import AnnualReport, aggregate, check
from annual_report.batch import check_many
from annual_report.tables import from_frame, read_table, to_frame, write_table

if TYPE_CHECKING:
    from collections.abc import Callable

COUNTS = (1000, 10_000)


def reports_of(source: str) -> list[Path]:
    return sorted(Path(source).glob("*.json"))


def check_files(source: str, _: str) -> int:
    return sum(1 for _ in check_many(reports_of(source)))


def write(source: str, target: str) -> int:
    return write_table(reports_of(source), target)


def read(source: str, _: str) -> int:
    return sum(1 for _ in read_table(source))


def through_frames(source: str, _: str) -> int:
    with Path(source).open(encoding="utf-8") as file:
        frame = to_frame(AnnualReport.model_validate_json(line) for line in file)
    return sum(1 for _ in from_frame(frame))


def add_up(source: str, _: str) -> int:
    whole = aggregate(reports_of(source), "某市人民政府", 2023, allow_findings=True)
    return sum(1 for _ in whole.rows())


def check_against_parts(source: str, _: str) -> int:
    city = AnnualReport.blank(agency="某市人民政府", year=2023)
    check(city, parts=reports_of(source))
    return len(reports_of(source))


def write_with_openpyxl(source: str, target: str) -> int:
    """Write the cells that are in a workbook already, and nothing else."""
    rows = [[cell.value for cell in row] for row in openpyxl.load_workbook(source, read_only=True).active]
    started = time.process_time()
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in rows:
        sheet.append(row)
    book.save(target)
    print(f"  of that, writing the cells with openpyxl: {time.process_time() - started:.1f} s", flush=True)
    return len(rows) - 1


def read_with_openpyxl(source: str, _: str) -> int:
    """Read the cells, and make no reports of them."""
    sheet = openpyxl.load_workbook(source, read_only=True).active
    return sum(1 for _ in sheet.iter_rows(values_only=True)) - 1


TASKS: dict[str, Callable[[str, str], int]] = {
    task.__name__: task
    for task in (
        check_files,
        add_up,
        check_against_parts,
        write,
        read,
        through_frames,
        write_with_openpyxl,
        read_with_openpyxl,
    )
}


def in_a_process(task: str, source: Path, target: Path | str = "") -> None:
    """Run a task in a process of its own, whose peak memory is its own."""
    subprocess.run([sys.executable, __file__, task, source, target], check=True)


def run(task: str, source: str, target: str) -> None:
    started = time.process_time()
    count = TASKS[task](source, target)
    seconds = time.process_time() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    name = f"{task} {Path(target or source).suffix}"
    print(
        f"{name:28} {count:6} reports: {seconds:6.1f} s, {count / seconds:6.0f} a second, peak {peak:5.0f} MiB",
        flush=True,
    )


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        for count in COUNTS:
            files = Path(name, str(count))
            files.mkdir()
            for number, report in enumerate(generated(count)):
                content = AnnualReport.model_validate(report).model_dump_json()
                (files / f"{number:05}.json").write_text(content, encoding="utf-8")
            for task in ("check_files", "add_up", "check_against_parts"):
                in_a_process(task, files)
            for suffix in (".csv", ".xlsx"):
                table = Path(name, f"{count}{suffix}")
                in_a_process("write", files, table)
                in_a_process("read", table)
                print(f"  {table.stat().st_size / 2**20:.1f} MiB")
            in_a_process("through_frames", lines(count, name))
            in_a_process("read_with_openpyxl", Path(name, f"{count}.xlsx"))
            in_a_process("write_with_openpyxl", Path(name, f"{count}.xlsx"), Path(name, "openpyxl.xlsx"))


if __name__ == "__main__":
    run(*sys.argv[1:]) if len(sys.argv) > 1 else main()
