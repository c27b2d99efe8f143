"""Reading in a process of its own, so that its time and memory can be told."""

from __future__ import annotations

import subprocess
import sys

MEASURE = """
import sys, time
from pathlib import Path
from annual_report import UnusableInputError
from annual_report.readers.published import {module}
data = sys.stdin.buffer.read()
started = time.perf_counter()
try:
    {module}.parse(data, "x")
except UnusableInputError as error:
    print(error.text("zh"))
seconds = time.perf_counter() - started
status = Path("/proc/self/status").read_text()
highest = status.partition("VmHWM:")[2] or status.partition("VmRSS:")[2]
print(seconds, int(highest.split()[0]) / 1024)
"""


def measured(module: str, data: bytes) -> tuple[str, float, float]:
    """Read a file in a process of its own, and give what was said, the seconds and the mebibytes."""
    program = MEASURE.format(module=module)
    ran = subprocess.run([sys.executable, "-c", program], input=data, capture_output=True, check=True, timeout=60)
    *said, numbers = ran.stdout.decode().splitlines()
    seconds, size = map(float, numbers.split())
    return "\n".join(said), seconds, size
