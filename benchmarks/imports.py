"""The time of importing the library, compared with importing only python-docx and Pydantic."""

from __future__ import annotations

import subprocess
import sys

from measure import medians

CODE = {
    "python-docx and pydantic": "import docx, pydantic; pydantic.BaseModel",
    "annual_report": "import annual_report",
    "all that a first report needs": "from annual_report import AnnualReport, check, load, render",
    "nothing": "pass",
}


def main() -> None:
    run = {
        name: lambda code=code: subprocess.run([sys.executable, "-c", code], check=True) for name, code in CODE.items()
    }
    found = medians(run, dict.fromkeys(run, 15))
    nothing = found.pop("nothing")
    theirs = found["python-docx and pydantic"] - nothing
    for name, seconds in found.items():
        ours = seconds - nothing
        print(f"{name}: {ours * 1000:.0f} ms, {ours / theirs:.2f} x python-docx and pydantic")


if __name__ == "__main__":
    main()
