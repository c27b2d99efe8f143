"""Commands over many files, as an office runs them: the processor's time and peak memory for 1,000 and 10,000 files."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from many_reports import generated

from annual_report import AnnualReport

COUNTS = (1000, 10_000)
YEARS = (2022, 2023)
COMMANDS = {
    "check, a review as .xlsx": "check 2023/ -o 审核意见.xlsx",
    "export, .csv": "export 2023/ -o 汇总.csv",
    "export, .xlsx": "export 2023/ -o 汇总.xlsx",
    "aggregate, .json": "aggregate 2023/ --agency 某市人民政府 --year 2023 --force -o 市.json",
    "aggregate, .xlsx": "aggregate 2023/ --agency 某市人民政府 --year 2023 --force -o 市.xlsx",
    "check against parts": "check 市.json --parts 2023/",
    "compare two folders, .xlsx": "compare 2022/ 2023/ -o 对比.xlsx",
}


def write_reports(count: int, folder: Path) -> None:
    """Write the same bodies' reports on each year."""
    for year in YEARS:
        (folder / str(year)).mkdir()
        for number, report in enumerate(generated(count)):
            content = AnnualReport.model_validate(report | {"year": year}).model_dump_json()
            (folder / str(year) / f"{number:05}.json").write_text(content, encoding="utf-8")


def measured(arguments: list[str], folder: Path) -> tuple[float, float, int]:
    """Run a command, and give its seconds of the processor's time, its peak memory in MiB and its exit status."""
    command = [str(Path(sys.executable).with_name("annual-report")), *arguments]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, process.returncode


def main() -> None:
    for count in COUNTS:
        with tempfile.TemporaryDirectory() as name:
            write_reports(count, Path(name))
            for label, arguments in COMMANDS.items():
                seconds, peak, status = measured(arguments.split(), Path(name))
                print(f"{label:28} {count:6} files: {seconds:6.1f} s, peak {peak:5.0f} MiB, exit {status}", flush=True)


if __name__ == "__main__":
    main()
