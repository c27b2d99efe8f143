"""How grave it is what a check finds, and what users call that."""

from __future__ import annotations

from annual_report.form.relations import Severity
from annual_report.messages import message

__all__ = ["NAMES", "Severity"]

NAMES = {"error": message("error"), "warning": message("warning")}
"""What users call each."""
