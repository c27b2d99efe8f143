"""The notebook in docs/ runs as a reader would run it."""

from __future__ import annotations

import nbformat
from conftest import ROOT
from nbclient import NotebookClient

from annual_report import AnnualReport

NOTEBOOK = ROOT / "docs" / "first-report.ipynb"


def outputs(notebook):
    return [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]


def test_it_goes_from_a_dict_to_a_checked_report_a_chart_and_the_document(tmp_path):
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(tmp_path)}}).execute()
    shown = [output.data for output in outputs(notebook) if output.output_type in ("execute_result", "display_data")]
    pages = [data["text/html"] for data in shown if "text/html" in data]
    assert len(pages) == 4
    assert 'class="ar-error"' in pages[0]
    assert "某市民政局" in pages[1]
    assert any("image/png" in data for data in shown)
    assert [output.text for output in outputs(notebook) if output.output_type == "stream"] == []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["report.docx", "report.html"]
    data = (tmp_path / "report.html").read_text(encoding="utf-8").partition('id="annual-report">')[2]
    assert AnnualReport.model_validate_json(data.partition("</script>")[0]).applications.carried_forward.total == 2


def test_it_is_kept_without_what_it_shows():
    assert outputs(nbformat.read(NOTEBOOK, as_version=4)) == []
