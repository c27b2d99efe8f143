"""Batches: the rate on one core and on all cores, ten thousand reports in one run, and what determines the time.

With `--picture`, the picture in docs/performance.md is drawn anew.
"""

from __future__ import annotations

import json
import os
import random
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

import psutil
from measure import medians

from annual_report import check, load, loads, render
from annual_report.batch import Processes, render_many
from annual_report.batch.journal import digest
from annual_report.checks.wordings import kept
from annual_report.files import save
from annual_report.readers.json_text import parse_plain
from annual_report.report.model import AnnualReport

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from annual_report.batch import BatchResult

ROOT = Path(__file__).parent.parent
SEED = ROOT / "fixtures" / "shizuishan-civil-affairs-2023.json"
PLOT = ROOT / "docs" / "pictures" / "cost.png"
COUNTS = (100, 300, 1000, 3000, 10_000)
LENGTHS = (1, 2, 4, 8, 16)
TURNS = 7
STAGED = 400
BATCH = 3000


def generated(count: int) -> Iterator[dict[str, Any]]:
    """Generate reports with different bodies, different reconciled numbers and different lengths."""
    chance = random.Random(20)  # noqa: S311  # the same reports in every run
    text = SEED.read_text(encoding="utf-8")
    for number in range(count):
        report = json.loads(text)
        report["agency"] = f"第{number}县民政局"
        granted = chance.randrange(10_000)
        table = report["applications"]
        for row in (table["received"], table["outcomes"]["granted"]):
            row["commercial_enterprise"] += granted
            row.pop("total", None)
        table["outcomes"].pop("total", None)
        report["problems_and_improvements"] *= chance.randrange(1, 4)
        yield report


def lines(count: int, folder: str) -> Path:
    path = Path(folder, f"{count}.jsonl")
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(report, ensure_ascii=False) + "\n" for report in generated(count))
    return path


class PeakMemory:
    """Samples the memory of this process and its children every tenth of a second."""

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


def warm(_: int) -> None:
    render(load(SEED))
    time.sleep(0.05)  # so that every process gets one


def count_up(_: int) -> int:
    return sum(range(2_000_000))


@contextmanager
def on(cores: int) -> Iterator[Processes]:
    """Yield warmed-up worker processes on a number of cores, which this process shares with them."""
    allowed = os.sched_getaffinity(0)
    os.sched_setaffinity(0, sorted(allowed)[:cores])
    try:
        with Processes() as pool:
            list(pool.map(warm, range(2 * cores)))
            yield pool
    finally:
        os.sched_setaffinity(0, allowed)


def rate(source: Path, cores: int) -> float:
    """Return the reports per second; the documents are only removed at the end, so as not to slow down the next run."""
    os.sync()
    with on(cores) as pool:
        result = render_many([source], tempfile.mkdtemp(dir=source.parent), executor=pool)
    assert not result.failures  # noqa: S101  # a rate of failures would be no rate
    return result.written / result.seconds


def pure(cores: int) -> float:
    """Return the rate of a loop that uses neither memory nor disk, which shows the machine's current capacity."""
    with on(cores) as pool:
        begun = time.perf_counter()
        list(pool.map(count_up, range(12 * cores)))
        return 12 * cores / (time.perf_counter() - begun)


def scaling() -> None:
    """Measure one core and all cores in turn, so that a busy machine slows down both."""
    cores = len(os.sched_getaffinity(0))
    for name, place in (("disk", None), ("memory", "/dev/shm")):  # noqa: S108  # a file system in memory
        with tempfile.TemporaryDirectory(dir=place) as folder:
            source = lines(3000, folder)
            turns = [(rate(source, 1), rate(source, cores), pure(1), pure(cores)) for _ in range(TURNS)]
        one, many, *_ = (median(rates) for rates in zip(*turns, strict=True))
        ratios = [turn[1] / turn[0] for turn in turns]
        machine = [turn[3] / turn[2] for turn in turns]
        print(
            f"{name}: 1 core {one:.0f} reports a second, {cores} cores {many:.0f}: {median(ratios):.2f} x"
            f" ({', '.join(f'{ratio:.2f}' for ratio in ratios)}); a loop that does nothing {median(machine):.2f} x"
            f" ({', '.join(f'{ratio:.2f}' for ratio in machine)})"
        )


def counts(folder: str) -> list[BatchResult]:
    results = []
    for count in COUNTS:
        source = lines(count, folder)
        with PeakMemory() as memory:
            results.append(render_many([source], Path(folder, f"out-{count}")))
        result = results[-1]
        print(
            f"{count:6} reports: {result.seconds:6.2f} s, {result.written / result.seconds:5.0f} a second,"
            f" peak of all processes {memory.peak / 2**20:.0f} MiB, {len(result.failures)} failures"
        )
    return results


def stages() -> None:
    """Measure what each stage of a report takes on one core, by the processor's clock."""
    with tempfile.TemporaryDirectory(dir="/dev/shm") as folder:  # a file system in memory
        data = lines(STAGED, folder).read_bytes().splitlines()
        values = per_report("parsing", parse_plain, data)
        per_report("validating", AnnualReport.model_validate, values)
        reports = [loads(line) for line in data]
        per_report("checking, every wording new", check_anew, reports)
        per_report("checking", check, reports)
        documents = per_report("rendering", lambda report: render(report, allow_findings=True), reports)
        paths = iter([Path(folder, f"{number}.docx") for number in range(len(documents))])
        per_report("saving", lambda document: save(document, next(paths), Path(folder)), documents)
        per_report("digests", lambda pair: [*map(digest, pair)], [*zip(data, documents, strict=True)])


def check_anew(report: AnnualReport) -> None:
    kept.cache_clear()
    check(report)


def per_report(name: str, stage: Callable[[Any], Any], inputs: Sequence[Any]) -> list[Any]:
    times, results = [], []
    for item in inputs:
        started = time.process_time()
        results.append(stage(item))
        times.append(time.process_time() - started)
    print(f"{name:27} {median(times) * 1000:.3f} ms of the processor")
    return results


def whole_batch() -> None:
    """Measure what a batch takes of all processes' time, which is more than the stages take."""
    with tempfile.TemporaryDirectory(dir="/dev/shm") as folder, on(len(os.sched_getaffinity(0))) as pool:
        source = lines(BATCH, folder)
        family = [psutil.Process(), *psutil.Process().children(recursive=True)]
        before = sum(sum(process.cpu_times()[:2]) for process in family)
        result = render_many([source], Path(folder, "out"), executor=pool)
        taken = sum(sum(process.cpu_times()[:2]) for process in family) - before
    print(f"a whole batch: {taken / result.written * 1000:.2f} ms of the processor for each report")


def lengths() -> dict[int, float]:
    report = load(SEED)
    longer = {}
    for times in LENGTHS:
        overview = type(report.overview)(paragraphs=report.overview.paragraphs * times)
        sections = ("overview", "problems_and_improvements", "other_matters")
        copy = report.model_copy(update={"overview": overview})
        characters = sum(len(paragraph.text) for key in sections for paragraph in getattr(copy, key))
        longer[characters] = copy
    found = medians(
        {str(length): lambda copy=copy: render(copy, allow_findings=True) for length, copy in longer.items()},
        {str(length): 100 for length in longer},
    )
    for length, seconds in found.items():
        print(f"{length:>6} characters: {seconds * 1000:.2f} ms")
    return {int(length): seconds for length, seconds in found.items()}


def plot(results: list[BatchResult], by_length: dict[int, float]) -> None:
    import matplotlib as mpl
    from matplotlib import pyplot as plt

    mpl.use("agg")
    _, (left, right) = plt.subplots(1, 2, figsize=(10, 4), layout="constrained")
    left.plot([result.total for result in results], [result.seconds for result in results], marker="o")
    left.set(xscale="log", yscale="log", xlabel="reports", ylabel="seconds", title="render_many, by number of reports")
    right.plot(list(by_length), [seconds * 1000 for seconds in by_length.values()], marker="o")
    right.set(
        xlabel="characters of narrative", ylabel="milliseconds", title="render, by length of the narrative", ylim=0
    )
    for axes in (left, right):
        axes.grid(visible=True, alpha=0.3)
    plt.savefig(PLOT, dpi=110)


def main() -> None:
    stages()
    whole_batch()
    scaling()
    with tempfile.TemporaryDirectory() as folder:
        results = counts(folder)
    by_length = lengths()
    if "--picture" in sys.argv:
        plot(results, by_length)


if __name__ == "__main__":
    main()
