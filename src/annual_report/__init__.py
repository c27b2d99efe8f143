"""政府信息公开工作年度报告 as typed models, checked and rendered.

Examples
--------
>>> from annual_report import AnnualReport, render
>>> report = AnnualReport.blank(agency="石嘴山市民政局", year=2023)
>>> document = render(report, allow_findings=True)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from annual_report.batch import BatchResult, render_many
    from annual_report.checks import Finding, Findings, ReconciliationError, check
    from annual_report.errors import AnnualReportError, Problem, UnusableInputError
    from annual_report.loading import load, load_style, loads
    from annual_report.readers.deviations import Deviation
    from annual_report.readers.read import read
    from annual_report.readers.reading import Reading
    from annual_report.rendering import render
    from annual_report.report.model import AnnualReport
    from annual_report.report.problems import explain
    from annual_report.style import Style
    from annual_report.writers.docx import to_document

__all__ = [
    "AnnualReport",
    "AnnualReportError",
    "BatchResult",
    "Deviation",
    "Finding",
    "Findings",
    "Problem",
    "Reading",
    "ReconciliationError",
    "Style",
    "UnusableInputError",
    "__version__",
    "check",
    "explain",
    "load",
    "load_style",
    "loads",
    "read",
    "render",
    "render_many",
    "to_document",
]

_WHEN_FIRST_USED = {
    "AnnualReport": "annual_report.report.model",
    "AnnualReportError": "annual_report.errors",
    "BatchResult": "annual_report.batch",
    "Deviation": "annual_report.readers.deviations",
    "Finding": "annual_report.checks",
    "Findings": "annual_report.checks",
    "Problem": "annual_report.errors",
    "Reading": "annual_report.readers.reading",
    "ReconciliationError": "annual_report.checks",
    "Style": "annual_report.style",
    "UnusableInputError": "annual_report.errors",
    "check": "annual_report.checks",
    "explain": "annual_report.report.problems",
    "load": "annual_report.loading",
    "load_style": "annual_report.loading",
    "loads": "annual_report.loading",
    "read": "annual_report.readers.read",
    "render": "annual_report.rendering",
    "render_many": "annual_report.batch",
    "to_document": "annual_report.writers.docx",
}


def __getattr__(name: str) -> Any:
    """Import what is asked for, and only that: building the models costs more than importing pydantic."""
    if name == "__version__":
        from importlib.metadata import version

        return version("annual-report")
    if name not in _WHEN_FIRST_USED:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    value = getattr(import_module(_WHEN_FIRST_USED[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """Name what may be asked for."""
    return sorted({*globals(), *__all__})
