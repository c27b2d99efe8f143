"""What to do about a finding, in a sentence for whoever has to put it right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annual_report.explanations import explanations
from annual_report.messages import message

if TYPE_CHECKING:
    from annual_report.checks.findings import Finding
    from annual_report.explanations import Words
    from annual_report.messages import Message


def advice(finding: Finding) -> Words | Message:
    """Return what to do about a finding; a rule of an edition registered at run time may have no explanation.

    Examples
    --------
    >>> from annual_report import AnnualReport, check
    >>> advice(check(AnnualReport.blank(agency="某局", year=2024))[0]).text("en")
    'write this section'
    """
    explained = explanations().get(finding.id)
    return message("check it and put it right") if explained is None else explained.mend
