"""A whole's report against the reports of its parts: every cell that is not their sum."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annual_report.checks.findings import CellReference, Finding
from annual_report.checks.parts import Parts
from annual_report.messages import message
from annual_report.report.places import place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from annual_report.report.model import AnnualReport
    from annual_report.report.roster import Roster


def findings(
    report: AnnualReport, parts: Iterable[tuple[AnnualReport, str]], roster: Roster | None
) -> Iterator[Finding]:
    """Compare a whole's report with the sums of its parts.

    Parameters
    ----------
    report
        The whole's report.
    parts
        The parts' reports, each with the name of its file; gone through once.
    roster
        Who is expected and who is counted.

    Yields
    ------
    Finding
        What stands in the way of the sums, then every cell that differs from them: scopes may differ, so that is a
        warning.
    """
    added = Parts(report.form, report.year, roster)
    for part, source in parts:
        added.add(part, source)
    yield from (finding for finding in added.close() if finding.id.startswith("parts."))
    values = report.values
    for path, expected in added.sums.items():
        actual = values[path]
        if actual != expected:
            words = message(
                "the parts add up to {expected}, the whole has {actual}: {difference}",
                expected=expected,
                actual=actual,
                difference=format(actual - expected, "+d" if isinstance(actual, int) else "+f"),
            )
            where = place(report.form, path.split("."))
            yield Finding("parts.sum", "warning", path, where, words, (CellReference(path, where),), expected, actual)
