"""Printed words of section two that several editions share."""

from __future__ import annotations

HEADER = "信息内容"

RULES = "规章"
LICENSING = "行政许可"
PENALTIES = "行政处罚"
COMPULSION = "行政强制"
FEES = "行政事业性收费"
