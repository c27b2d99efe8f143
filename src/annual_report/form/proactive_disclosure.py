"""Section two: information disclosed proactively (主动公开政府信息情况).

This module holds what the editions share: the layout, and the labels of rows that both have.
"""

from __future__ import annotations

from typing import ClassVar

from annual_report.form.base import FormTable
from annual_report.form.layouts import Banded

RULES = "规章"
LICENSING = "行政许可"
PENALTIES = "行政处罚"
COMPULSION = "行政强制"
FEES = "行政事业性收费"


class ProactiveDisclosureBase(FormTable):
    """Base of section two's table, with the layout that all editions share."""

    layout: ClassVar[Banded] = Banded(stub_heading="信息内容")
