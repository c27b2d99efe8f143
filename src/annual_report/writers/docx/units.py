"""Lengths in the units of WordprocessingML, and the width of text."""

from __future__ import annotations

from annual_report.page_bounds import POINTS_PER_MM


def twips(points: float) -> int:
    """Convert points to twentieths of a point, rounded down so that content still fits."""
    return int(points * 20)


def half_points(points: float) -> int:
    """Convert points to half points, the unit of type sizes."""
    return round(points * 2)


def mm_to_twips(millimetres: float) -> int:
    """Convert millimetres to twentieths of a point."""
    return round(millimetres * POINTS_PER_MM * 20)


def ems(text: str) -> float:
    """Measure text in widths of a Chinese character: an ASCII character counts half, a full stop a quarter."""
    return len(text) - sum(map(str.isascii, text)) / 2 - text.count(".") / 4
