"""The severities of findings, and their names for users."""

from __future__ import annotations

from annual_report.form.relations import Severity
from annual_report.messages import message

__all__ = ["NAMES", "Severity"]

NAMES = {"error": message("error"), "warning": message("warning")}
"""The name of each severity for users."""
