"""A report for review, with every finding marked in place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annual_report.document.blocks import Origin
from annual_report.document.compose import compose
from annual_report.document.highlights import Mark, Words, annotate

if TYPE_CHECKING:
    from collections.abc import Iterable

    from annual_report.checks import Finding
    from annual_report.document.blocks import Document
    from annual_report.report.model import AnnualReport


def compose_with_findings(report: AnnualReport, findings: Iterable[Finding]) -> Document:
    """Compose a report with findings marked in it.

    Parameters
    ----------
    report
        The report.
    findings
        The findings, in the order of the marks' numbers.

    Returns
    -------
    Document
        The report's blocks, with a mark for each finding.
    """
    marks = tuple(map(_mark, findings))
    document = compose(report)
    return annotate(document, marks) if marks else document


def preview(report: AnnualReport, findings: Iterable[Finding]) -> str:
    """Return HTML for a notebook: a table of the findings, and the marked parts of the report."""
    from annual_report.style import Style
    from annual_report.writers.html import preview

    return preview(compose_with_findings(report, findings), Style(), marked_only=True)


def _mark(finding: Finding) -> Mark:
    quotation, words = finding.quotation, None
    if quotation is not None:
        words = Words(Origin(quotation.section, quotation.paragraph), quotation.start, quotation.end)
    cells = tuple(cell.path for cell in finding.cells)
    return Mark(finding.severity, finding.message, finding.path, finding.place, words, cells)
