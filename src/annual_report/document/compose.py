"""Composes a report into blocks: title, introduction, six sections in the form's order, signature."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from annual_report.document.blocks import Block, Document, Heading, Origin, Paragraph, Signature, Table, Title
from annual_report.form.sections import REPORT_NAME, SECTIONS, TABLES
from annual_report.report.narrative import LINE_BREAK, Narrative, Run
from annual_report.report.places import section_title

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annual_report.report.model import AnnualReport
    from annual_report.report.texts import TableTexts


def compose(report: AnnualReport) -> Document:
    """Compose a report.

    Parameters
    ----------
    report
        The report, which is not checked.

    Returns
    -------
    Document
        Its blocks and properties.

    Examples
    --------
    >>> from annual_report import AnnualReport
    >>> document = compose(AnnualReport.blank(agency="石嘴山市民政局", year=2023))
    >>> document.title
    '石嘴山市民政局2023年政府信息公开工作年度报告'
    """
    lines = title_lines(report)
    return Document(
        blocks=tuple(_blocks(report, lines)),
        title="".join(lines),
        subject=REPORT_NAME,
        author=report.agency,
        created=report.issued_on or date(report.year, 12, 31),
        json=report.model_dump_json,
    )


def title_lines(report: AnnualReport) -> tuple[str, ...]:
    """Return the lines of the report's own title, or else the body's name and the usual title."""
    if report.title is not None:
        return tuple(line for part in re.split(LINE_BREAK, report.title) if (line := part.strip()))
    return report.agency, f"{report.year}年{REPORT_NAME}"


def _blocks(report: AnnualReport, lines: tuple[str, ...]) -> Iterator[Block]:
    yield Title(lines)
    yield from _prose("preamble", report.preamble)
    for key in SECTIONS:
        yield _heading(key)
        if key in TABLES:
            texts: TableTexts = getattr(report.texts, key)
            yield from _prose(f"texts.{key}.before", texts.before)
            yield _table(report, key)
            yield from _prose(f"texts.{key}.notes", texts.notes)
        else:
            yield from _prose(key, getattr(report, key))
    if report.issued_by or report.issued_on:
        yield Signature(report.issued_by or "", _date(report.issued_on))


@cache
def _heading(key: str) -> Heading:
    return Heading(1, (Run.model_construct(text=section_title(key), emphasis=False),), section=key)


def _prose(key: str, narrative: Narrative) -> Iterator[Block]:
    for index, paragraph in enumerate(narrative.paragraphs):
        origin = Origin(key, index)
        if paragraph.level is not None and not paragraph.body:
            yield Heading(paragraph.level, paragraph.heading, origin)
        else:
            yield Paragraph(paragraph.body, paragraph.heading, paragraph.level, origin)


def _table(report: AnnualReport, key: str) -> Table:
    grid = report.form.grids[key]
    title = section_title(key)
    name = title.partition("、")[2]
    return Table(key, grid, grid.print(getattr(report, key)), name, f"{report.agency}{report.year}年{name}")


def _date(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""
