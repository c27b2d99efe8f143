"""Reading in a process of its own, so that its memory can be told."""

from __future__ import annotations

import subprocess
import sys

MEASURE = """
import sys
from pathlib import Path
from annual_report import UnusableInputError
from annual_report.readers.published import {module}
data = sys.stdin.buffer.read()
try:
    {module}.parse(data, "x")
except UnusableInputError as error:
    print(error.text("zh"))
status = Path("/proc/self/status").read_text()
highest = status.partition("VmHWM:")[2] or status.partition("VmRSS:")[2]
print(int(highest.split()[0]) / 1024)
"""


def measured(module: str, data: bytes) -> tuple[str, float]:
    """Read a file in a process of its own, and give what was said and the mebibytes."""
    program = MEASURE.format(module=module)
    ran = subprocess.run([sys.executable, "-c", program], input=data, capture_output=True, check=True)
    *said, size = ran.stdout.decode().splitlines()
    return "\n".join(said), float(size)
