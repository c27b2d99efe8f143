"""The findings of a check: each names its rule, its cells, and the expected value."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple, overload

from annual_report.checks.severity import NAMES
from annual_report.errors import AnnualReportError, MessageError, located
from annual_report.messages import place_in

if TYPE_CHECKING:
    import pandas as pd

    from annual_report.checks.severity import Severity
    from annual_report.messages import Language, Message
    from annual_report.report.model import AnnualReport

PREVIOUS = "previous."
"""What paths in last year's report begin with."""


class CellReference(NamedTuple):
    """A cell that a rule read.

    Parameters
    ----------
    path
        Its keys joined by dots; a path in last year's report begins with `previous.`
    place
        Its place in the form's printed words.
    """

    path: str
    place: str


class Quotation(NamedTuple):
    """A sentence of the narrative.

    Parameters
    ----------
    section
        The key of the narrative.
    paragraph
        The paragraph's index in it.
    start, end
        The half-open range of its characters in the paragraph's text, counted from 0.
    text
        The sentence, with stars in identity numbers and mobile telephone numbers.
    """

    section: str
    paragraph: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not reconcile.

    Parameters
    ----------
    id
        The rule's identifier, `applications.balance`.
    severity
        An error prevents the report from being rendered, a warning does not.
    path
        The cell to look at first, as keys joined by dots.
    place
        That cell in the form's printed words.
    message
        What is wrong, in Chinese and English.
    cells
        Every cell that the rule read.
    expected, actual
        The value that follows from the other cells, and the actual one, if they are numbers.
    quotation
        The sentence of the narrative, if the finding is about the narrative.
    language
        The language of `str(finding)`; if it is None, the user's.

    Examples
    --------
    >>> from annual_report import AnnualReport, check
    >>> finding = check(AnnualReport.blank(agency="某局", year=2024))[0]
    >>> finding.id, finding.severity, finding.path
    ('narrative.empty', 'error', 'overview')
    """

    id: str
    severity: Severity
    path: str
    place: str
    message: Message
    cells: tuple[CellReference, ...] = ()
    expected: int | Decimal | None = None
    actual: int | Decimal | None = None
    quotation: Quotation | None = None
    language: Language | None = field(default=None, compare=False, repr=False)

    def text(self, language: Language | None = None) -> str:
        """Format the finding as one line."""
        language = language or self.language
        return f"{located(self.place, self.path, language)}: {self.message.text(language)} [{self.id}]"

    def __str__(self) -> str:
        """Format the finding as one line in its own language, or else in the user's."""
        return self.text()

    def to_dict(self) -> dict[str, Any]:
        """Return the finding as JSON data, with its place and message in both languages."""
        quotation = self.quotation
        return {
            "id": self.id,
            "severity": self.severity,
            "path": self.path,
            "place": self.place,
            "place_en": place_in(self.place, "en"),
            "expected": _json_number(self.expected),
            "actual": _json_number(self.actual),
            "message": self.message.to_dict(),
            "cells": [
                {"path": cell.path, "place": cell.place, "place_en": place_in(cell.place, "en")} for cell in self.cells
            ],
            "quotation": quotation
            and {
                "section": quotation.section,
                "paragraph": quotation.paragraph,
                "start": quotation.start,
                "end": quotation.end,
                "text": quotation.text,
            },
        }


def _json_number(number: int | Decimal | None) -> int | str | None:
    """Return an amount as a string, to keep its digits."""
    return format(number, "f") if isinstance(number, Decimal) else number


class Findings(Sequence[Finding]):
    """The findings of a check, errors first.

    Parameters
    ----------
    findings
        The findings, in the form's order.
    report
        The checked report, so that notebooks can show findings in place; without it, they are shown as text.

    Examples
    --------
    >>> from annual_report import AnnualReport, check
    >>> findings = check(AnnualReport.blank(agency="某局", year=2024))
    >>> len(findings), len(findings.errors), len(findings.warnings)
    (3, 3, 0)
    """

    def __init__(self, findings: Iterable[Finding] = (), report: AnnualReport | None = None) -> None:
        self._findings = tuple(sorted(findings, key=lambda finding: finding.severity != "error"))
        self._report = report

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that prevent the report from being rendered."""
        return tuple(finding for finding in self if finding.severity == "error")

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """The findings that do not prevent it."""
        return tuple(finding for finding in self if finding.severity == "warning")

    @overload
    def __getitem__(self, index: int) -> Finding: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Finding, ...]: ...

    def __getitem__(self, index: int | slice) -> Finding | tuple[Finding, ...]:
        """Return one finding or a slice."""
        return self._findings[index]

    def __len__(self) -> int:
        """Count the findings."""
        return len(self._findings)

    def __eq__(self, other: object) -> bool:
        """Return whether the findings are the same."""
        return isinstance(other, Findings) and self._findings == other._findings

    def __hash__(self) -> int:
        """Hash the findings."""
        return hash(self._findings)

    def __repr__(self) -> str:
        """Return the numbers of errors and warnings."""
        return f"<Findings: {len(self.errors)} errors, {len(self.warnings)} warnings>"

    def _repr_html_(self) -> str | None:
        """Show the findings in a notebook, with the parts of the report that they concern."""
        if self._report is None or not self._findings:
            return None
        from annual_report.document.review import preview  # a display method, which may import upward

        return preview(self._report, self)

    def text(self, language: Language | None = None) -> str:
        """Format the findings as lines, errors first."""
        return "\n".join(
            f"{NAMES[finding.severity].text(language or finding.language)}: {finding.text(language)}"
            for finding in self
        )

    def __str__(self) -> str:
        """Format the findings as lines in the user's language."""
        return self.text()

    def to_json(self) -> str:
        """Return the findings as a JSON array."""
        return json.dumps([finding.to_dict() for finding in self], ensure_ascii=False, indent=2)

    def to_frame(self) -> pd.DataFrame:
        """Return the findings as a pandas data frame.

        Returns
        -------
        pandas.DataFrame
            One row per finding, errors first: `severity`, `id`, `path`, `place` and `message` in the user's language,
            `expected`, `actual`, and the `sentence` for findings about the narrative.

        Raises
        ------
        MissingExtraError
            Pandas is not installed.
        """
        from annual_report.writers.frames import findings_frame  # a display method, which may import upward

        return findings_frame(self)


class ReconciliationError(AnnualReportError):
    """The report's check found errors, so it cannot be rendered; nothing has been written.

    Parameters
    ----------
    findings
        All findings of the check.

    Examples
    --------
    >>> from annual_report import AnnualReport, render
    >>> try:
    ...     render(AnnualReport.blank(agency="某局", year=2024))
    ... except ReconciliationError as error:
    ...     print(len(error.findings), "findings")
    3 findings
    """

    def __init__(self, findings: Findings) -> None:
        self.findings = findings
        super().__init__(findings)

    def text(self, language: Language | None = None) -> str:
        """Format one line per finding, errors first."""
        return self.findings.text(language or self.language)

    def to_dict(self) -> dict[str, Any]:
        """Return every finding as JSON data, in both languages."""
        return {"findings": [finding.to_dict() for finding in self.findings]}


class PreviousReportError(MessageError, ValueError):
    """The report given as last year's is not on the year before.

    Examples
    --------
    >>> from annual_report import AnnualReport, check
    >>> report = AnnualReport.blank(agency="某局", year=2024)
    >>> try:
    ...     check(report, previous=report)
    ... except PreviousReportError as error:
    ...     print(error.text("en"))
    last year's report should be on 2023, but it is on 2024
    """
