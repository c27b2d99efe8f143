"""What to do about a finding, in a sentence for whoever has to put it right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annual_report.messages import message

if TYPE_CHECKING:
    from annual_report.checks.findings import Finding
    from annual_report.messages import Message

_TOTAL = message("correct the total, or the numbers that it adds up")
_AGREE = message("make the text and the table agree")
_WHOLE = message("clear it up with the body that reports, and correct either number")

_ADVICE = {
    "applications.balance": message("check the numbers of this column: both sides must be equal"),
    "applications.outcomes": _TOTAL,
    "applications.total": _TOTAL,
    "disputes.total": _TOTAL,
    "previous.carried_in": message("take over the number that last year's report carried forward"),
    "previous.in_force": message("check it against last year's report, and explain the difference in a note"),
    "previous.agency": message("check the body's name; if it was renamed, say so"),
    "previous.narrative": message("write this sentence anew for this year"),
    "edition.year": message("fill in the form of the edition in force"),
    "narrative.applications": _AGREE,
    "narrative.disputes": _AGREE,
    "narrative.empty": message("write this section"),
    "narrative.unfinished": message("write what is still to be filled in"),
    "narrative.fees": message("say whether fees were collected, even if none were"),
    "narrative.topics": message("add this topic"),
    "narrative.year": message("correct the year or the statistical period"),
    "narrative.agency": message("correct the body's name"),
    "narrative.date": message("correct the date"),
    "narrative.personal_data": message("remove the personal data"),
    "parts.sum": _WHOLE,
}


def advice(finding: Finding) -> Message:
    """Give what to do about a finding.

    Examples
    --------
    >>> from annual_report import AnnualReport, check
    >>> advice(check(AnnualReport.blank(agency="某局", year=2024))[0]).text("en")
    'write this section'
    """
    return _ADVICE.get(finding.id, message("check it and put it right"))
