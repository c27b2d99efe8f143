"""Run batches on a machine that fails: no disk, no permission, no folder, no LibreOffice, a clock set back.

python tests/fuzz/faults.py [--rounds 20] [--seed 1]

Each fault ends in an exit status and lines that name the files, without a traceback, and with every document whole;
after the fault is mended, resuming gives what an undisturbed run does. Mounts need root, or user namespaces.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parent.parent))

from command_line import COMMAND

from annual_report import load, render

if TYPE_CHECKING:
    from collections.abc import Callable

SEED = Path(__file__).parents[2] / "fixtures" / "shizuishan-civil-affairs-2023.json"
JOURNAL = "annual-report-batch.jsonl"
REPORTS = 60


class Batch:
    """A batch in a folder of its own."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        self.folder, self.chance = folder, chance
        self.target = folder / "out"
        report = load(SEED)
        reports = [report.model_copy(update={"agency": f"第{number}局"}) for number in range(REPORTS)]
        lines = [copy.model_dump_json() + "\n" for copy in reports]
        (folder / "all.jsonl").write_text("".join(lines), encoding="utf-8")
        self.expected = {f"{copy.agency}-2023.docx": render(copy) for copy in reports}

    def command(self, *options: str) -> list[str]:
        return ["batch", "all.jsonl", "-o", str(self.target), "--jobs", "2", *options]

    def run(self, *options: str, before: tuple[str, ...] = ()) -> tuple[int, str]:
        """Give the exit status and what was told; a traceback or a hang is an error at once."""
        done = subprocess.run(
            [*before, str(COMMAND), *self.command(*options)],
            cwd=self.folder,
            env=os.environ | {"ANNUAL_REPORT_LANG": "zh"},
            capture_output=True,
            check=False,
            timeout=300,
        )
        return done.returncode, _told(done.stderr)

    def written(self) -> set[str]:
        """Give the documents, each of which must be whole."""
        names = set(os.listdir(self.target)) - {JOURNAL}
        for name in names:
            assert (self.target / name).read_bytes() == self.expected.get(name), name
        return names

    def finish(self) -> None:
        """Resume, and expect all that an undisturbed run gives."""
        status, told = self.run("--resume")
        assert status == 0, told
        assert self.written() == self.expected.keys()

    def start(self, before: tuple[str, ...] = ()) -> subprocess.Popen[bytes]:
        """Start the batch and wait for a random number of documents."""
        command = [*before, str(COMMAND), *self.command()]
        environment = os.environ | {"ANNUAL_REPORT_LANG": "zh"}
        process = subprocess.Popen(command, cwd=self.folder, env=environment, stdout=-1, stderr=-1)
        number = self.chance.randrange(1, REPORTS // 2)
        while process.poll() is None and not (self.target.is_dir() and len(os.listdir(self.target)) > number):
            time.sleep(0.002)
        return process


def _told(stderr: bytes) -> str:
    told = stderr.decode()
    assert "Traceback" not in told, told
    return told


def mount(*arguments: str) -> None:
    subprocess.run(["/bin/mount", *arguments], check=True)


def disk_full(batch: Batch) -> None:
    batch.target.mkdir()
    kilobytes = batch.chance.randrange(100, 700)
    mount("-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(batch.target))
    status, told = batch.run()
    assert status == 1
    assert "磁盘空间不足" in told
    assert len(batch.written()) < REPORTS
    mount("-o", "remount,size=10m", str(batch.target))
    batch.finish()


def temporary_disk_full(batch: Batch) -> None:
    temporary = batch.folder / "tmp"
    temporary.mkdir()
    mount("-t", "tmpfs", "-o", "size=4k", "tmpfs", str(temporary))
    status, told = batch.run(before=("env", f"TMPDIR={temporary}", f"SQLITE_TMPDIR={temporary}"))
    assert status in {0, 2}, told
    batch.finish()


def read_only(batch: Batch) -> None:
    batch.target.mkdir()
    mount("-t", "tmpfs", "-o", "ro", "tmpfs", str(batch.target))
    status, told = batch.run()
    assert (status, told) == (2, f"{batch.target}: 没有权限\n")
    mount("-o", "remount,rw", str(batch.target))
    batch.finish()


def permissions_missing(batch: Batch) -> None:
    batch.target.mkdir()
    batch.target.chmod(0o555)
    status, told = batch.run(before=_unprivileged())
    assert (status, told) == (2, f"{batch.target}: 没有权限\n")
    batch.target.chmod(0o755)
    batch.finish()


def permissions_lost(batch: Batch) -> None:
    with batch.start(before=_unprivileged()) as process:
        batch.target.chmod(0o555)
        _, stderr = process.communicate(timeout=300)
    told = _told(stderr)
    assert process.returncode in {0, 1}
    assert all("没有权限" in line or line.startswith("已完成") for line in told.splitlines()), told
    batch.target.chmod(0o755)
    batch.finish()


def _unprivileged() -> tuple[str, ...]:
    """Give the command that makes permissions count for root too."""
    return ("setpriv", "--inh-caps=-all", "--bounding-set=-all") if os.getuid() == 0 else ()


def target_removed(batch: Batch) -> None:
    with batch.start() as process:
        while batch.target.exists():
            shutil.rmtree(batch.target, ignore_errors=True)
        _, stderr = process.communicate(timeout=300)
    told = _told(stderr)
    assert process.returncode in {0, 1}
    assert all("没有这个文件或文件夹" in line or line.startswith("已完成") for line in told.splitlines()), told
    batch.target.mkdir(exist_ok=True)
    batch.finish()


def source_removed(batch: Batch) -> None:
    content = (batch.folder / "all.jsonl").read_bytes()
    with batch.start() as process:
        (batch.folder / "all.jsonl").unlink()
        _, stderr = process.communicate(timeout=300)
    _told(stderr)
    assert process.returncode in {0, 1}
    (batch.folder / "all.jsonl").write_bytes(content)
    batch.finish()


def clock_set_back(batch: Batch) -> None:
    batch.finish()
    for when in (0, 4_000_000_000):
        for path in (batch.folder / "all.jsonl", *batch.target.iterdir()):
            os.utime(path, (when, when))
    before = {path: path.stat().st_ino for path in batch.target.iterdir()}
    batch.finish()
    assert before == {path: path.stat().st_ino for path in batch.target.iterdir()}
    damaged = batch.target / batch.chance.choice(sorted(batch.expected))
    damaged.write_bytes(bytes(damaged.stat().st_size))
    os.utime(damaged, (4_000_000_000, 4_000_000_000))
    batch.finish()


def soffice(batch: Batch, script: str) -> tuple[int, str]:
    """Render a PDF over an older one with a script in LibreOffice's place."""
    programs = batch.folder / "programs"
    programs.mkdir(exist_ok=True)
    (programs / "soffice").write_text(f"#!/bin/bash\nout=$HOME/report.pdf\n{script}\n")
    (programs / "soffice").chmod(0o755)
    (batch.folder / "report.pdf").write_bytes(b"old")
    done = subprocess.run(
        [COMMAND, "render", SEED, "-o", batch.folder / "report.pdf"],
        env=os.environ | {"PATH": f"{programs}:/usr/bin:/bin", "ANNUAL_REPORT_LANG": "zh"},
        capture_output=True,
        check=False,
        timeout=300,
    )
    assert (batch.folder / "report.pdf").read_bytes() == b"old"
    assert done.returncode == 2
    told = _told(done.stderr)
    assert told.count("\n") == 1, told
    assert len(told) < 400
    return done.returncode, told


def soffice_missing(batch: Batch) -> None:
    done = subprocess.run(
        [COMMAND, "render", SEED, "-o", batch.folder / "report.pdf"],
        env=os.environ | {"PATH": str(batch.folder), "ANNUAL_REPORT_LANG": "zh"},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, _told(done.stderr).count("LibreOffice")) == (2, 1)
    assert not (batch.folder / "report.pdf").exists()


def soffice_crashing(batch: Batch) -> None:
    number = batch.chance.choice([4, 6, 9, 11, 15])
    assert f"信号 {number}" in soffice(batch, f"echo '%PDF-1.7' > $out; kill -{number} $$")[1]
    status = batch.chance.randrange(1, 126)
    assert f"状态码 {status}" in soffice(batch, f"exit {status}")[1]


def soffice_lying(batch: Batch) -> None:
    size = batch.chance.randrange(1, 100_000)
    soffice(batch, f"head -c {size} /dev/urandom > $out")
    soffice(batch, f"(printf '%%PDF-1.7\\n'; head -c {size} /dev/urandom; printf 'startxref\\n9\\n%%%%EOF') > $out")
    soffice(batch, "yes 出错 | head -c 30000000")
    soffice(batch, ":")


FAULTS: dict[str, Callable[[Batch], None]] = {
    fault.__name__: fault
    for fault in (
        disk_full,
        temporary_disk_full,
        read_only,
        permissions_missing,
        permissions_lost,
        target_removed,
        source_removed,
        clock_set_back,
        soffice_missing,
        soffice_crashing,
        soffice_lying,
    )
}


def unshared() -> list[str] | None:
    """Give the command that lets another mount file systems which nobody else sees; none if the system has none."""
    command = ["unshare", "--mount"] if os.getuid() == 0 else ["unshare", "--mount", "--map-root-user"]
    if shutil.which("unshare") is None or subprocess.run([*command, "true"], check=False, stderr=-3).returncode:
        return None
    return command


def inject(name: str, seed: int) -> str:
    """Run one fault among mounts of its own, and give what went wrong, or nothing."""
    command = [*(unshared() or []), sys.executable, __file__, "--only", name, "--seed", str(seed)]
    done = subprocess.run(command, capture_output=True, check=False, text=True, timeout=900)
    return "" if done.returncode == 0 else done.stderr


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=FAULTS)
    options = parser.parse_args()
    if options.only:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            FAULTS[options.only](Batch(Path(folder), random.Random(options.seed)))
        return
    wrong = 0
    for seed in range(options.seed, options.seed + options.rounds):
        for name in FAULTS:
            if failure := inject(name, seed):
                wrong += 1
                print(f"{name}, seed {seed}:\n{failure}", flush=True)
    print(f"{options.rounds} rounds of {len(FAULTS)} faults from seed {options.seed}: {wrong} wrong")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
