"""政府信息公开工作年度报告 as typed models, checked and rendered.

Examples
--------
>>> from annual_report import AnnualReport, render
>>> report = AnnualReport.blank(agency="石嘴山市民政局", year=2023)
>>> document = render(report)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from annual_report.errors import AnnualReportError, Problem, UnusableInputError
from annual_report.loading import load, load_style, loads
from annual_report.model.report import AnnualReport
from annual_report.rendering import render

if TYPE_CHECKING:
    from annual_report.style import Style
    from annual_report.validation import explain
    from annual_report.writers.docx import to_document

__all__ = [
    "AnnualReport",
    "AnnualReportError",
    "Problem",
    "Style",
    "UnusableInputError",
    "__version__",
    "explain",
    "load",
    "load_style",
    "loads",
    "render",
    "to_document",
]

_WHEN_FIRST_USED = {
    "Style": "annual_report.style",
    "explain": "annual_report.validation",
    "to_document": "annual_report.writers.docx",
}


def __getattr__(name: str) -> Any:
    """Import what costs time when it is first used."""
    if name == "__version__":
        from importlib.metadata import version

        return version("annual-report")
    if name in _WHEN_FIRST_USED:
        return getattr(import_module(_WHEN_FIRST_USED[name]), name)
    msg = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(msg)
