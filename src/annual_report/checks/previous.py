"""The rules that tie a report to the one of the year before."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from annual_report.checks.findings import CellReference, Finding, PreviousReportError
from annual_report.checks.relations import CARRIED_FORWARD, COLUMNS, error
from annual_report.messages import message
from annual_report.report.places import SEPARATOR, place, section_title

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annual_report.report.model import AnnualReport

STOCK = ("issued", "repealed", "in_force")
"""The columns of documents whose number in force follows from last year's."""


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
    yield from _carried_in(report, previous)
    yield from _in_force(report, previous)


def _agency(report: AnnualReport, previous: AnnualReport) -> Iterator[Finding]:
    """Last year's report bears the same body's name."""
    if previous.agency != report.agency:
        words = message("last year's report is of {agency}", agency=previous.agency)
        yield Finding("previous.agency", "warning", "agency", section_title("agency"), words)


def _carried_in(report: AnnualReport, previous: AnnualReport) -> Iterator[Finding]:
    """Compare what is carried in with what last year carried forward, in every column."""
    for column in COLUMNS:
        expected = getattr(previous.applications.carried_forward, column)
        actual = getattr(report.applications.carried_in, column)
        if actual != expected:
            path = f"applications.carried_in.{column}"
            words = message(
                "last year carried {expected} forward, here it is {actual}", expected=expected, actual=actual
            )
            finding = error(report.form, "previous.carried_in", path, words, [path], (expected, actual))
            yield _with_last_years(finding, previous, f"applications.{CARRIED_FORWARD}.{column}")


def _in_force(report: AnnualReport, previous: AnnualReport) -> Iterator[Finding]:
    """Documents in force are last year's, and those issued, less those repealed, where both forms count them."""
    for key in type(report.proactive_disclosure).model_fields:
        row = getattr(report.proactive_disclosure, key)
        before: Any = getattr(previous.proactive_disclosure, key, None)
        if not all(hasattr(row, column) for column in STOCK) or not hasattr(before, STOCK[-1]):
            continue
        expected = before.in_force + row.issued - row.repealed
        if row.in_force != expected:
            words = message(
                "last year {before} were in force, {issued} were issued and {repealed} repealed: that makes {expected},"
                " but {actual} stands there",
                before=before.in_force,
                issued=row.issued,
                repealed=row.repealed,
                expected=expected,
                actual=row.in_force,
            )
            path = f"proactive_disclosure.{key}"
            cells = [f"{path}.{column}" for column in STOCK]
            finding = error(report.form, "previous.in_force", cells[-1], words, cells, (expected, row.in_force))
            yield replace(_with_last_years(finding, previous, cells[-1]), severity="warning")


def _with_last_years(finding: Finding, previous: AnnualReport, path: str) -> Finding:
    """Add a cell of last year's report to those that the rule read."""
    where = SEPARATOR.join([str(previous.year), place(previous.form, path.split("."))])
    return replace(finding, cells=(*finding.cells, CellReference(f"previous.{path}", where)))
