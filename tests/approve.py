"""Approves the current look of the sample report's pages in LibreOffice: `make pictures`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from conftest import ROOT, SEED
from programs import require, run, to_pdfs

from annual_report import load, render

if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        document = Path(folder, "report.docx")
        render(load(SEED), document)
        (pdf,) = to_pdfs([document], Path(folder))
        approved, shown = ROOT / "tests" / "approved", ROOT / "docs" / "pictures"
        for place, prefix, resolution in ((approved, "seed", 50), (shown, "seed-page", 80)):
            place.mkdir(exist_ok=True, parents=True)
            for old in place.glob(f"{prefix}-*.png"):
                old.unlink()
            run(require("pdftoppm"), "-r", resolution, "-gray", "-png", pdf, place / prefix)
            sys.stdout.write(f"{place}\n")
