"""Importing the library against importing python-docx and pydantic alone."""

from __future__ import annotations

import subprocess
import sys

from measure import medians

CODE = {
    "python-docx and pydantic": "import docx, pydantic; pydantic.BaseModel",
    "annual_report": "import annual_report",
    "nothing": "pass",
}


def main() -> None:
    run = {
        name: lambda code=code: subprocess.run([sys.executable, "-c", code], check=True) for name, code in CODE.items()
    }
    found = medians(run, dict.fromkeys(run, 15))
    base = found["nothing"]
    theirs, ours = found["python-docx and pydantic"] - base, found["annual_report"] - base
    print(f"python-docx and pydantic {theirs * 1000:.0f} ms, annual_report {ours * 1000:.0f} ms: {ours / theirs:.2f} x")


if __name__ == "__main__":
    main()
