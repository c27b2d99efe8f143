"""Kill batches at random moments, resume them, and compare everything with a run that nobody disturbed.

python tests/fuzz/kills.py [--kills 500] [--pdf-kills 20] [--reports 80] [--seed 1]
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import pypdfium2

sys.path.insert(0, str(Path(__file__).parent.parent))

from command_line import COMMAND, start

from annual_report import load

SEED = Path(__file__).parents[2] / "fixtures" / "shizuishan-civil-affairs-2023.json"
JOURNAL = "annual-report-batch.jsonl"
MARK = "ANNUAL_REPORT_TEST_MARK"
"""A variable of the environment by which every process that a run started is found."""

WAYS = {
    "KILL": [signal.SIGKILL],
    "TERM": [signal.SIGTERM],
    "INT": [signal.SIGINT],
    "INT twice": [signal.SIGINT, signal.SIGINT],
}
SECONDS_TO_END = 60.0


class Campaign:
    """Kills one kind of batch again and again.

    Parameters
    ----------
    folder
        A folder for everything.
    format
        The documents' format.
    reports
        How many reports the batch has.
    """

    def __init__(self, folder: Path, format: str, reports: int) -> None:
        self.folder, self.format = folder, format
        self.source = folder / "all.jsonl"
        report = load(SEED)
        with self.source.open("w", encoding="utf-8") as file:
            for number in range(reports):
                file.write(report.model_copy(update={"agency": f"第{number}局"}).model_dump_json() + "\n")
        started = time.monotonic()
        assert self.run("expected").returncode == 0
        self.duration = time.monotonic() - started
        self.expected = self.contents("expected")
        assert len(self.expected) == reports

    def command(self, target: str) -> list[str]:
        return ["batch", str(self.source), "-o", str(self.folder / target), "--format", self.format, "--jobs", "2"]

    def environment(self, mark: str) -> dict[str, str]:
        temporary = self.folder / "tmp"
        temporary.mkdir(exist_ok=True)
        return os.environ | {MARK: mark, "TMPDIR": str(temporary), "ANNUAL_REPORT_LANG": "zh"}

    def run(self, target: str, *options: str) -> subprocess.CompletedProcess[bytes]:
        command = [COMMAND, *self.command(target), *options]
        return subprocess.run(command, env=self.environment("run"), capture_output=True, check=False, timeout=600)

    def contents(self, target: str) -> dict[str, object]:
        names = set(os.listdir(self.folder / target)) - {JOURNAL}
        return {name: self.comparable((self.folder / target / name).read_bytes()) for name in names}

    def comparable(self, content: bytes) -> object:
        """Give what is the same in every run: of a PDF, which has its time in it, the text of its pages."""
        if self.format != "pdf":
            return content
        document = pypdfium2.PdfDocument(content)
        return [page.get_textpage().get_text_range() for page in document]

    def kill(self, number: int, way: str, chance: random.Random) -> list[str]:
        """Kill a batch once, resume it, and give all that is wrong then."""
        target, mark = f"out-{number}", f"{os.getpid()}-{number}"
        options = {"env": self.environment(mark), "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        send = chance.choice([os.kill, os.killpg])
        with start(*self.command(target), **options) as process:
            time.sleep(chance.uniform(0, self.duration * 1.1))
            for which in WAYS[way]:
                if process.poll() is None:
                    send(process.pid, which)
                time.sleep(chance.uniform(0, 0.05))
            try:
                _, told = process.communicate(timeout=SECONDS_TO_END)
            except subprocess.TimeoutExpired:
                process.kill()
                return [f"hangs after {way}, or its pipes are held"]
        # Python itself shows a traceback for Ctrl-C before it has found the program.
        shown = b"Traceback" in told and not (b"KeyboardInterrupt" in told and b", in main\n" not in told)
        wrong = [f"traceback after {way}: {told.decode()}"] if shown else []
        wrong += [f"left running after {way}: {name}" for name in left_running(mark)]
        resumed = self.run(target, "--resume")
        if resumed.returncode != 0:
            wrong.append(f"resuming ends with {resumed.returncode}: {resumed.stderr.decode()}")
        wrong += self.differences(target)
        shutil.rmtree(self.folder / target)
        return wrong

    def differences(self, target: str) -> list[str]:
        found = self.contents(target)
        wrong = [f"left over: {name}" for name in found.keys() - self.expected.keys()]
        wrong += [f"missing: {name}" for name in self.expected.keys() - found.keys()]
        wrong += [
            f"differs: {name}" for name in self.expected.keys() & found.keys() if found[name] != self.expected[name]
        ]
        return wrong + [f"left over in the temporary folder: {name}" for name in os.listdir(self.folder / "tmp")]


def left_running(mark: str) -> list[str]:
    """Wait for the processes with a mark to end, and name those that do not."""
    deadline = time.monotonic() + SECONDS_TO_END
    while found := list(_marked(mark)):
        if time.monotonic() > deadline:
            return found
        time.sleep(0.02)
    return []


def _marked(mark: str):
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if f"{MARK}={mark}\0".encode() in (process / "environ").read_bytes():
                yield (process / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue


def campaign(kills: int, seed: int, format: str = "docx", reports: int = 80) -> tuple[Counter[str], list[str]]:
    """Kill so many batches, and give the kills by way and all that was wrong."""
    chance = random.Random(seed)
    counts: Counter[str] = Counter()
    wrong: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        batches = Campaign(Path(folder), format, reports)
        for number in range(kills):
            way = chance.choice(list(WAYS))
            counts[way] += 1
            for what in batches.kill(number, way, chance):
                wrong.append(f"{format} {number}: {what}")
                print(wrong[-1], file=sys.stderr, flush=True)
    return counts, wrong


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--pdf-kills", type=int, default=20)
    parser.add_argument("--reports", type=int, default=80)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    wrong: list[str] = []
    for kind, kills, reports in (("docx", options.kills, options.reports), ("pdf", options.pdf_kills, 3)):
        counts, found = campaign(kills, options.seed, kind, reports)
        wrong += found
        print(
            json.dumps({"format": kind, "seed": options.seed, "kills": counts, "wrong": found}, ensure_ascii=False),
            flush=True,
        )
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
