"""The time of importing the library and of short commands, compared with importing only python-docx and Pydantic."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

from measure import medians

SEED = Path(__file__).parent.parent / "fixtures" / "shizuishan-civil-affairs-2023.json"
CODE = {
    "python-docx and pydantic": "import docx, pydantic; pydantic.BaseModel",
    "annual_report": "import annual_report",
    "all that a first report needs": "from annual_report import AnnualReport, check, load, render",
    "nothing": "pass",
}
COMMANDS = {"annual-report --help": ["--help"], "annual-report check": ["check", str(SEED)]}
TURNS = 15
COMPILED = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""The environment in which modules are compiled once, as they are when they are installed."""


def processor() -> float:
    """Give the processor's seconds that ended processes took."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def commands() -> None:
    """Compare whole commands, from the interpreter's start to its end."""
    lines = {name: ["-m", "annual_report", *arguments] for name, arguments in COMMANDS.items()}
    lines["python-docx and pydantic"] = ["-c", "import docx, pydantic"]
    run = {
        name: lambda line=line: subprocess.run(
            [sys.executable, *line], check=True, stdout=subprocess.DEVNULL, env=COMPILED
        )
        for name, line in lines.items()
    }
    found = medians(run, dict.fromkeys(run, TURNS), processor)
    for name, seconds in found.items():
        ratio = seconds / found["python-docx and pydantic"]
        print(f"{name}: {seconds * 1000:.0f} ms of the processor, {ratio:.2f} x python-docx and pydantic")


def main() -> None:
    commands()
    run = {
        name: lambda code=code: subprocess.run([sys.executable, "-c", code], check=True, env=COMPILED)
        for name, code in CODE.items()
    }
    found = medians(run, dict.fromkeys(run, TURNS))
    nothing = found.pop("nothing")
    theirs = found["python-docx and pydantic"] - nothing
    for name, seconds in found.items():
        ours = seconds - nothing
        print(f"{name}: {ours * 1000:.0f} ms, {ours / theirs:.2f} x python-docx and pydantic")


if __name__ == "__main__":
    main()
