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
    from annual_report.analysis.aggregate import Aggregation, aggregate
    from annual_report.analysis.compare import Comparison, ComparisonError, compare
    from annual_report.analysis.decisions import Adjustment
    from annual_report.batch import BatchResult, Checked, check_many, render_many
    from annual_report.checks import Finding, Findings, PreviousReportError, ReconciliationError, check
    from annual_report.errors import (
        AnnualReportError,
        ArgumentTypeError,
        ConversionError,
        MessageError,
        MissingExtraError,
        Problem,
        UnusableInputError,
    )
    from annual_report.explanations import Explanation, UnknownIdError, explanation
    from annual_report.loading import load, load_style, loads
    from annual_report.readers.deviations import Deviation
    from annual_report.readers.read import read
    from annual_report.readers.reading import Reading
    from annual_report.rendering import render
    from annual_report.report.drafts import draft_narratives
    from annual_report.report.model import AnnualReport
    from annual_report.report.problems import explain
    from annual_report.report.roster import Roster
    from annual_report.report.schema import json_schema
    from annual_report.style import Style
    from annual_report.writers.docx import to_document

__all__ = [
    "Adjustment",
    "Aggregation",
    "AnnualReport",
    "AnnualReportError",
    "ArgumentTypeError",
    "BatchResult",
    "Checked",
    "Comparison",
    "ComparisonError",
    "ConversionError",
    "Deviation",
    "Explanation",
    "Finding",
    "Findings",
    "MessageError",
    "MissingExtraError",
    "PreviousReportError",
    "Problem",
    "Reading",
    "ReconciliationError",
    "Roster",
    "Style",
    "UnknownIdError",
    "UnusableInputError",
    "__version__",
    "aggregate",
    "check",
    "check_many",
    "compare",
    "draft_narratives",
    "explain",
    "explanation",
    "json_schema",
    "load",
    "load_style",
    "loads",
    "read",
    "render",
    "render_many",
    "to_document",
]

_WHEN_FIRST_USED = {
    "Adjustment": "annual_report.analysis.decisions",
    "Aggregation": "annual_report.analysis.aggregate",
    "AnnualReport": "annual_report.report.model",
    "AnnualReportError": "annual_report.errors",
    "ArgumentTypeError": "annual_report.errors",
    "BatchResult": "annual_report.batch",
    "Checked": "annual_report.batch",
    "Comparison": "annual_report.analysis.compare",
    "ComparisonError": "annual_report.analysis.compare",
    "ConversionError": "annual_report.errors",
    "Deviation": "annual_report.readers.deviations",
    "Explanation": "annual_report.explanations",
    "Finding": "annual_report.checks",
    "Findings": "annual_report.checks",
    "MessageError": "annual_report.errors",
    "MissingExtraError": "annual_report.errors",
    "PreviousReportError": "annual_report.checks",
    "Problem": "annual_report.errors",
    "Reading": "annual_report.readers.reading",
    "ReconciliationError": "annual_report.checks",
    "Roster": "annual_report.report.roster",
    "Style": "annual_report.style",
    "UnknownIdError": "annual_report.explanations",
    "UnusableInputError": "annual_report.errors",
    "aggregate": "annual_report.analysis.aggregate",
    "check": "annual_report.checks",
    "check_many": "annual_report.batch",
    "compare": "annual_report.analysis.compare",
    "draft_narratives": "annual_report.report.drafts",
    "explain": "annual_report.report.problems",
    "explanation": "annual_report.explanations",
    "json_schema": "annual_report.report.schema",
    "load": "annual_report.loading",
    "load_style": "annual_report.loading",
    "loads": "annual_report.loading",
    "read": "annual_report.readers.read",
    "render": "annual_report.rendering",
    "render_many": "annual_report.batch",
    "to_document": "annual_report.writers.docx",
}

_PACKAGES = {"batch", "form", "messages", "tables", "web"}
"""Public modules with further names, as in `annual_report.batch.Processes`."""


def __getattr__(name: str) -> Any:
    """Import a name when it is first used: building the models takes longer than importing pydantic."""
    if name == "__version__":
        return _version()
    if name in _PACKAGES:
        return import_module(f"{__name__}.{name}")
    if name not in _WHEN_FIRST_USED:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    value = getattr(import_module(_WHEN_FIRST_USED[name]), name)
    globals()[name] = value
    return value


def _version() -> str:
    """Return the version that is installed; a copy of the source that is not installed has none."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("zfxxgk-annual-report")
    except PackageNotFoundError:
        return "0+unknown"


def __dir__() -> list[str]:
    """List the public names, imported or not."""
    return sorted({*globals(), *__all__})
