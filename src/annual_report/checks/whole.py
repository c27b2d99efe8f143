"""Compares a report with the sums of its parts' reports."""

from __future__ import annotations

from decimal import localcontext
from typing import TYPE_CHECKING

from annual_report.checks.findings import CellReference, Finding
from annual_report.checks.parts import Parts
from annual_report.form.values import EXACT
from annual_report.messages import message
from annual_report.report.places import place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from annual_report.report.model import AnnualReport
    from annual_report.report.roster import Roster


def findings(
    report: AnnualReport, parts: Iterable[tuple[AnnualReport, str]], roster: Roster | None
) -> Iterator[Finding]:
    """Compare the report of a whole with the sums of its parts.

    Parameters
    ----------
    report
        The report of the whole.
    parts
        The parts' reports, each with the name of its file; the iterable is consumed once.
    roster
        The bodies that are expected and counted.

    Yields
    ------
    Finding
        Problems with the set of parts, then a warning for every cell that differs from the sum; only a warning, since
        the whole may cover other bodies. Without parts, nothing is compared.
    """
    added = Parts(report.form, report.year, roster)
    for part, source in parts:
        added.add(part, source)
    yield from (finding for finding in added.close() if finding.id.startswith("parts."))
    if added.is_empty:
        return
    values = report.values
    for path, expected in added.sums.items():
        actual = values[path]
        if actual != expected:
            with localcontext(EXACT):
                difference = actual - expected
            msg = message(
                "the parts add up to {expected}, the whole has {actual}: {difference}",
                expected=expected,
                actual=actual,
                difference=format(difference, "+d" if isinstance(actual, int) else "+f"),
            )
            where = place(report.form, path.split("."))
            yield Finding("parts.sum", "warning", path, where, msg, (CellReference(path, where),), expected, actual)
