"""The page as the form has it: title, introduction, six sections, signature."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annual_report.form.sections import NARRATIVES, REPORT_NAME, SECTIONS
from annual_report.report.model import AnnualReport
from publications.pages import Block, Line, Sheet, sheet_of

if TYPE_CHECKING:
    from publications.press import Press


def compose(press: Press) -> None:
    """Lay the report out as the form prescribes it."""
    source, report = press.source, press.report
    blocks: list[Block] = [Line(f"{source.agency}{source.year}年{REPORT_NAME}", "title")]
    blocks += prose(report, "preamble")
    for section in SECTIONS:
        blocks.append(Line(AnnualReport.model_fields[section].title or "", "heading"))
        if section in NARRATIVES:
            blocks += prose(report, section)
        else:
            blocks.append(_sheet(press, section))
    if source.issued_by and source.issued_on:
        year, month, day = source.issued_on.split("-")
        blocks += [Line(source.issued_by, "signature"), Line(f"{year}年{int(month)}月{int(day)}日", "date")]
    press.blocks = blocks


def _sheet(press: Press, section: str) -> Sheet:
    sheet = sheet_of(section, press.grids[section])
    for box in sheet.values():
        box.text = press.words[box.path]
    return sheet


def prose(report: AnnualReport, key: str) -> list[Block]:
    """Give the lines of a narrative, each knowing its sub-heading and what stands out in it."""
    lines: list[Block] = []
    for paragraph in getattr(report, key):
        lead = sum(len(run.text) for run in paragraph.heading)
        kind = "subheading" if lead == len(paragraph.text) else "body"
        lines.append(Line(paragraph.text, kind, lead))
    return lines
