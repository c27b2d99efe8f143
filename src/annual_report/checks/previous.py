"""The rules that tie a report to the one of the year before."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from annual_report.checks.findings import CellReference, Finding, PreviousReportError
from annual_report.checks.relations import finding_of
from annual_report.form.relations import CarryOver
from annual_report.messages import message
from annual_report.report.places import SEPARATOR, place, section_title

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annual_report.report.model import AnnualReport


def findings(report: AnnualReport, previous: AnnualReport) -> Iterator[Finding]:
    """Apply every rule about last year's report.

    Raises
    ------
    PreviousReportError
        It is not of the year before.
    """
    if previous.year != report.year - 1:
        raise PreviousReportError(
            message(
                "last year's report should be on {expected}, but it is on {actual}",
                expected=report.year - 1,
                actual=previous.year,
            )
        )
    yield from _agency(report, previous)
    yield from _carried_over(report, previous)


def _agency(report: AnnualReport, previous: AnnualReport) -> Iterator[Finding]:
    """Last year's report bears the same body's name."""
    if previous.agency != report.agency:
        words = message("last year's report is of {agency}", agency=previous.agency)
        yield Finding("previous.agency", "warning", "agency", section_title("agency"), words)


def _carried_over(report: AnnualReport, previous: AnnualReport) -> Iterator[Finding]:
    """Compare each cell that follows from last year's with what it follows from, where both forms have it."""
    values, before = report.values, previous.values
    for relation in report.form.relations:
        if not isinstance(relation, CarryOver) or relation.last_year not in before:
            continue
        increase, decrease = (sum(values[path] for path in paths) for paths in (relation.increases, relation.decreases))
        last, actual = before[relation.last_year], values[relation.cell]
        expected = last + increase - decrease
        if actual != expected:
            cells = (*relation.increases, *relation.decreases, relation.cell)
            finding = finding_of(report, relation, relation.cell, cells, expected, actual, last)
            yield _with_last_years(finding, previous, relation.last_year)


def _with_last_years(finding: Finding, previous: AnnualReport, path: str) -> Finding:
    """Add a cell of last year's report to those that the rule read."""
    where = SEPARATOR.join([str(previous.year), place(previous.form, path.split("."))])
    return replace(finding, cells=(*finding.cells, CellReference(f"previous.{path}", where)))
