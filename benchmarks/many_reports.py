"""Many reports: the rate on one core and on all, the memory, and the cost against count and length."""

from __future__ import annotations

import os
import resource
import tempfile
import threading
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

from annual_report import AnnualReport, load, render
from annual_report.batch import render_many

if TYPE_CHECKING:
    from collections.abc import Iterator

SEED = Path(__file__).parent.parent / "fixtures" / "shizuishan-civil-affairs-2023.json"


def variations(count: int) -> Iterator[AnnualReport]:
    seed = load(SEED)
    return (seed.model_copy(update={"agency": f"第{number}县民政局"}) for number in range(count))


def lines(count: int, folder: str) -> Path:
    path = Path(folder, "reports.jsonl")
    with path.open("w", encoding="utf-8") as file:
        file.writelines(report.model_dump_json() + "\n" for report in variations(count))
    return path


class PeakMemory:
    """Watches this process and its children, every tenth of a second."""

    def __enter__(self) -> PeakMemory:
        self.peak, self.stopped = 0, threading.Event()
        self.thread = threading.Thread(target=self.watch)
        self.thread.start()
        return self

    def watch(self) -> None:
        me = psutil.Process()
        while not self.stopped.wait(0.1):
            family = [me, *me.children(recursive=True)]
            self.peak = max(self.peak, sum(process.memory_info().rss for process in family if process.is_running()))

    def __exit__(self, *_: object) -> None:
        self.stopped.set()
        self.thread.join()


def main() -> None:
    cores = os.cpu_count() or 1
    with tempfile.TemporaryDirectory() as folder:
        source = lines(2000, folder)
        rates = {}
        for workers in (1, cores):
            with ProcessPoolExecutor(workers) as pool:
                list(pool.map(abs, range(workers * 8)))
                result = render_many([source], Path(folder, f"out-{workers}"), executor=pool)
            rates[workers] = result.written / result.seconds
            print(f"{workers} cores: {rates[workers]:.0f} reports a second, {len(result.failures)} failures")
        print(f"{cores} cores are {rates[cores] / rates[1]:.2f} x one")
        for count in (1000, 10_000):
            source = lines(count, folder)
            with PeakMemory() as memory:
                result = render_many([source], Path(folder, f"many-{count}"))
            print(
                f"{count} reports: {result.seconds:.1f} s, {result.written / result.seconds:.0f} a second,"
                f" peak of all processes {memory.peak / 2**20:.0f} MiB, {len(result.failures)} failures"
            )
    report = load(SEED)
    for times in (1, 2, 4, 8, 16):
        longer = report.model_copy(
            update={"overview": type(report.overview)(paragraphs=report.overview.paragraphs * times)}
        )
        taken = []
        for _ in range(30):
            started = time.perf_counter()
            render(longer)
            taken.append(time.perf_counter() - started)
        print(f"{len(str(longer.overview)):7} characters: {sorted(taken)[15] * 1000:.2f} ms")
    print(f"this process's own peak: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


if __name__ == "__main__":
    main()
