"""Draw the form, filled in and with errors, as LibreOffice prints it: `make pictures`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from conftest import LARGE_CITY, ROOT
from programs import require, run, to_pdfs

from annual_report import AnnualReport, load
from annual_report.writers.xlsx import write_report

PAGES = {"filled": 4, "errors": 4, "checks": 9}

if __name__ == "__main__":
    report = load(LARGE_CITY)
    data = report.model_dump(mode="json")
    data["applications"]["received"]["natural_person"] += 5
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        documents = [folder / "filled.xlsx", folder / "errors.xlsx"]
        for path, shown in zip(documents, (report, AnnualReport.model_validate(data)), strict=True):
            path.write_bytes(write_report(shown))
        filled, errors = to_pdfs(documents, folder)
        for kind, page in PAGES.items():
            target = ROOT / "docs" / "pictures" / f"workbook-{kind}"
            only = ["-f", page, "-l", page, "-singlefile"]
            run(require("pdftoppm"), "-r", 90, *only, "-png", filled if kind == "filled" else errors, target)
            sys.stdout.write(f"{target}.png\n")
