"""How grave it is what a check finds, and what users call that."""

from __future__ import annotations

from typing import Literal, TypeAlias

from annual_report.messages import message

Severity: TypeAlias = Literal["error", "warning"]

NAMES = {"error": message("error"), "warning": message("warning")}
"""What users call each."""
