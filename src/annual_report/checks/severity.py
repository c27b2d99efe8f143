"""The severities of findings, and their names for users."""

from __future__ import annotations

from annual_report.explanations import SEVERITIES
from annual_report.form.relations import Severity

__all__ = ["NAMES", "Severity"]

NAMES = {severity: SEVERITIES[severity] for severity in ("error", "warning")}
"""The name of each severity for users."""
