"""The examples run as their users would run them."""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
import sys

import nbformat
import pytest
from chromium import Chromium
from conftest import ROOT, SEED
from nbclient import NotebookClient
from programs import require

from annual_report import load, render

EXAMPLES = ROOT / "examples"


def run(*command, cwd, check=True):
    # the installed command, for scripts that call it
    path = f"{os.path.dirname(sys.executable)}{os.pathsep}{os.environ['PATH']}"  # noqa: PTH120
    return subprocess.run(
        command, cwd=cwd, check=check, capture_output=True, text=True, timeout=300, env=os.environ | {"PATH": path}
    )


def test_every_example_is_explained_in_chinese_first():
    """Each text has both languages, or one that needs no other, such as a command."""
    texts = [path.read_text(encoding="utf-8").partition('"""')[2] for path in EXAMPLES.glob("*.py")]
    texts += [path.read_text(encoding="utf-8").partition("\n")[2] for path in EXAMPLES.glob("*.sh")]
    for path in (*EXAMPLES.glob("*.ipynb"), ROOT / "docs" / "first-report.ipynb"):
        cells = nbformat.read(path, as_version=4).cells
        texts += [cell.source for cell in cells if cell.cell_type == "markdown"]
    assert len(texts) > 12
    for text in texts:
        assert re.match(r"[# ]*[\u4e00-\u9fff]", text), text


def test_a_years_reports_of_a_city_in_a_notebook(tmp_path):
    notebook = nbformat.read(EXAMPLES / "city-year.ipynb", as_version=4)
    assert all(not cell.outputs for cell in notebook.cells if cell.cell_type == "code")
    NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(tmp_path)}}).execute()
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    printed = "".join(output.text for output in outputs if output.output_type == "stream" and output.name == "stdout")
    assert "192\n" in printed  # 8 a bureau times 1 to 6, and 4 for each
    assert [output.text for output in outputs if output.output_type == "stream" and output.name == "stderr"] == []
    shown = [output.data for output in outputs if output.output_type in {"execute_result", "display_data"}]
    assert sum("text/html" in data for data in shown) == 5
    assert sum("image/png" in data for data in shown) == 1
    assert {path.name for path in tmp_path.iterdir()} == {"reports-2023", "reports-2024", "汇总.xlsx", "对比.docx"}


@pytest.mark.filterwarnings("default")  # Dask's own
def test_a_dask_job_gathers_reports_in_a_table_and_names_what_it_cannot_read(tmp_path, seed, large_city):
    pytest.importorskip("dask.distributed")
    folder = tmp_path / "reports"
    folder.mkdir()
    for report in (seed, large_city):
        render(report, folder / f"{report.agency}.docx")
    (folder / "坏.pdf").write_bytes(b"%PDF-1.7")
    done = run(sys.executable, EXAMPLES / "dask_job.py", folder, tmp_path / "汇总.csv", cwd=tmp_path, check=False)
    assert (done.returncode, done.stdout) == (1, "2 / 3\n"), done.stderr
    assert "坏.pdf" in done.stderr
    with (tmp_path / "汇总.csv").open(encoding="utf-8-sig", newline="") as table:
        rows = list(csv.reader(table))
    assert {seed.agency, large_city.agency} <= {cell for row in rows for cell in row}


def test_a_page_with_a_report_in_it_is_sound_in_a_browser(tmp_path):
    run(sys.executable, EXAMPLES / "embed.py", SEED, "page.html", cwd=tmp_path)
    browser = Chromium()
    try:
        for width in (375, 1280):
            browser.open(tmp_path / "page.html", width=width)
            assert browser.js("return document.querySelectorAll('main .annual-report table').length") == 3
            assert browser.js("return document.documentElement.scrollWidth <= innerWidth")
        assert browser.axe()["violations"] == []
        assert browser.console() == []
    finally:
        browser.driver.quit()


def test_a_nightly_script_checks_renders_and_compares(tmp_path, seed, seed_as_published):
    received, last_year = tmp_path / "received", tmp_path / "last year"
    for folder, reports in ((received, {"a": seed, "b": seed_as_published}), (last_year, {"a": seed})):
        folder.mkdir()
        for name, report in reports.items():
            year = report.year - (folder is last_year)
            data = report.model_dump(mode="json") | {"year": year, "agency": f"{name}局", "title": None}
            (folder / f"{name}.json").write_text(json.dumps(data), encoding="utf-8")
    command = [require("bash"), EXAMPLES / "nightly.sh", received, tmp_path / "results", last_year]
    done = run(*command, cwd=tmp_path, check=False)
    results = tmp_path / "results"
    assert done.returncode == 1, done.stderr  # one report has errors
    assert {path.name for path in results.iterdir()} == {"审核意见.xlsx", "文档", "结果.json", "两年对比.xlsx"}
    assert load(results / "文档" / "a.docx").year == seed.year
    assert not (results / "文档" / "b.docx").exists()
    again = run(*command, cwd=tmp_path, check=False)
    assert again.returncode == 1
    assert json.loads((results / "结果.json").read_text(encoding="utf-8"))["skipped"] == 1


def test_it_ends_at_once_where_nothing_can_be_read(tmp_path):
    done = run(
        require("bash"), EXAMPLES / "nightly.sh", tmp_path / "none", tmp_path / "results", cwd=tmp_path, check=False
    )
    assert done.returncode == 2
    assert list((tmp_path / "results").iterdir()) == []
