"""Microsoft's own validator finds no error in any document, for any version of Office since 2010."""

from __future__ import annotations

import json
import subprocess
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from conftest import FIXTURES
from extremes import extremes
from extremes import render_anyway as render
from programs import require

from annual_report import Style, load
from annual_report.style import PRESETS

if TYPE_CHECKING:
    from pathlib import Path

VERSIONS = ["Office2010", "Office2013", "Office2016", "Office2019", "Office2021", "Microsoft365"]
STYLES = {
    **PRESETS,
    "run in, no shading, one face, numbers in the middle": Style(
        sub_headings="run-in",
        band_shading=None,
        latin_apart=False,
        page_number={"form": "第{page}页", "position": "centre"},
    ),
    "own line, few characters": Style(sub_headings="own-line", characters=22, lines=20),
}


@pytest.mark.parametrize("style", STYLES)
def test_no_error_in_any_version(tmp_path, style):
    validator = require("ooxml-validator")
    reports = {path.stem: load(path) for path in FIXTURES.glob("*.json")} | extremes()
    documents = []
    for number, report in enumerate(reports.values()):
        documents.append(tmp_path / f"{number}.docx")
        render(report, documents[-1], style=STYLES[style])

    def errors(task: tuple[Path, str]) -> list[str]:
        done = subprocess.run(
            [validator, task[0], "--officeVersion", task[1]], capture_output=True, text=True, check=False, timeout=120
        )
        return [str(error) for error in json.loads(done.stdout)["errors"]]

    with ThreadPoolExecutor(4) as pool:
        found = pool.map(errors, [(document, version) for document in documents for version in VERSIONS])
        assert [error for errors_ in found for error in errors_] == []
