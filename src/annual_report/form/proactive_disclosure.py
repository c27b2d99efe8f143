"""Section two: information disclosed proactively (主动公开政府信息情况).

What the editions share is here: the layout, and the labels of rows that both have.
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
    """Section two's table as every edition lays it out."""

    layout: ClassVar[Banded] = Banded(stub_heading="信息内容")
