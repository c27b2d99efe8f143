"""A thousand published reports, each read from its own file, checked, and rendered as a web page: the rate per core."""

from __future__ import annotations

import json
import tempfile
import time
from pathlib import Path

from many_reports import generated

from annual_report import loads, render
from annual_report.batch import Processes, render_many

COUNT = 1000
FORMATS = ("json", "docx", "html")
PROCESSES = (1, 2)


def publish(folder: Path) -> None:
    for number, data in enumerate(generated(COUNT)):
        report = loads(json.dumps(data).encode())
        for suffix in FORMATS:
            content = render(report, format=suffix, allow_findings=True)
            (folder / f"{number}.{suffix}").write_bytes(content)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        publish(Path(folder))
        for suffix in FORMATS:
            paths = sorted(Path(folder).glob(f"*.{suffix}"))
            for processes in PROCESSES:
                with tempfile.TemporaryDirectory() as target, Processes(processes) as executor:
                    started = time.perf_counter()
                    result = render_many(paths, target, format="html", allow_findings=True, executor=executor)
                    seconds = time.perf_counter() - started
                rate = len(paths) / seconds
                print(f"{suffix}, {processes} processes: {seconds:.2f} s, {rate:.0f} a second, {result}")


if __name__ == "__main__":
    main()
