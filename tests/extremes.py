"""Reports at the extremes of what the form can hold."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from annual_report import AnnualReport, render
from annual_report.form.fields import walk
from annual_report.form.sections import TABLES
from annual_report.form.values import MAX_COUNT

if TYPE_CHECKING:
    from pydantic import BaseModel


render_anyway = partial(render, allow_findings=True)
"""Renders reports whose numbers need not reconcile."""


def largest(model: type[BaseModel]) -> dict:
    """Fill a table with the largest numbers it accepts."""
    return {
        node.path: largest(node.model) if node.model else ("999999999" if node.path == "amount" else MAX_COUNT)
        for node in walk(model)
        if node.path != "total"
    }


def nine_digits(edition: str) -> AnnualReport:
    year = 2024 if edition == "2021" else 2020
    blank = AnnualReport.blank(agency="某市人民政府", year=year)
    return AnnualReport.model_validate(blank.model_dump() | {key: largest(getattr(blank.form, key)) for key in TABLES})


PROSE = "全面推进政务公开，依法保障人民群众的知情权、参与权、表达权和监督权。"


def extremes() -> dict[str, AnnualReport]:
    blank = AnnualReport.blank(agency="某局", year=2024)
    return {
        "all zero": blank,
        "all zero, 2019": AnnualReport.blank(agency="某局", year=2020),
        "nine digits": nine_digits("2021"),
        "nine digits, 2019": nine_digits("2019"),
        "200 paragraphs": AnnualReport.model_validate(
            blank.model_dump()
            | {"overview": "\n".join(f"（一）第{n}段。{PROSE}" if n % 5 == 0 else PROSE for n in range(200))}
        ),
        "20,000 characters": AnnualReport.model_validate(blank.model_dump() | {"overview": PROSE * 600}),
        "a name of 60 characters": AnnualReport.model_validate(
            blank.model_dump() | {"agency": "新疆维吾尔自治区克孜勒苏柯尔克孜自治州" * 3 + "人民"}
        ),
        "hostile": AnnualReport.model_validate(
            blank.model_dump()
            | {
                "agency": "<w:p>&amp;\"'局",
                "overview": "<script>alert(1)</script>\n]]>\t&#x;<!-- 𠮷😀 １２３ﾊﾝ \u202e反\n**（一）<甲>。**乙",
                "issued_by": "某局",
                "issued_on": "2025-01-25",
                "title": "甲\n乙",
            }
        ),
    }
