"""The programs that tests run; a test skips if its program is missing, and names it."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
from conftest import ROOT

from annual_report.writers.typefaces import fontconfig

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

NODE_MODULES = ROOT / "node_modules"


def require(program: str) -> str:
    """Find a program, or skip the test and name it."""
    local = NODE_MODULES / ".bin" / program
    found = str(local) if local.exists() else shutil.which(program)
    if found is None:
        pytest.skip(f"{program} is not installed")
    return found


def run(*command: str | Path, **options: Any) -> str:
    """Run a program and return its output."""
    return subprocess.run(
        list(map(str, command)), check=True, capture_output=True, text=True, timeout=600, **options
    ).stdout


def to_pdfs(documents: Iterable[Path], folder: Path) -> list[Path]:
    """Convert documents to PDFs with one run of LibreOffice, with substitutes for missing typefaces.

    A document that cannot be converted has no PDF; the others are not affected.
    """
    soffice = require("soffice")
    fonts = folder / "fonts.conf"
    fonts.write_text(fontconfig(), encoding="utf-8")
    documents = list(documents)
    run(
        soffice,
        f"-env:UserInstallation=file://{folder / 'profile'}",
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        folder,
        *documents,
        env=os.environ | {"FONTCONFIG_FILE": str(fonts), "HOME": str(folder)},
    )
    return [folder / f"{document.stem}.pdf" for document in documents]
