"""Finds bodies whose reports were given more than once, under another name than in the roster, or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annual_report.checks.findings import Finding
from annual_report.messages import message
from annual_report.report.places import section_title, within

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annual_report.messages import Message
    from annual_report.report.model import AnnualReport
    from annual_report.report.roster import Body, Roster


class Bodies:
    """The bodies of the reports seen so far: known by the roster, or else by code, or else by name.

    Parameters
    ----------
    roster
        The bodies that are expected.
    """

    def __init__(self, roster: Roster | None) -> None:
        self._roster = roster
        self._given: set[str] = set()
        self._seen: set[tuple[int, str]] = set()

    @property
    def is_empty(self) -> bool:
        """Whether no report has been seen."""
        return not self._given

    def find(self, report: AnnualReport) -> Body | None:
        """Return the body of a report in the roster; None if it is not there."""
        return self._roster.find(report.agency, report.agency_code) if self._roster else None

    def is_first(self, report: AnnualReport) -> bool:
        """Remember a report; False if an earlier one is on the same body and year."""
        body = self.find(report)
        self._given.add(body.name if body else report.agency)
        sought, kept = names_of(report, self._roster)
        is_first = self._seen.isdisjoint((report.year, name) for name in sought)
        self._seen.update((report.year, name) for name in kept)
        return is_first

    def findings(self, report: AnnualReport) -> Iterator[Finding]:
        """Remember one of a collection of reports, and find what is wrong with its body."""
        yield from self.differences(report)
        if not self.is_first(report):
            msg = message("there is another report by it on {year}", year=report.year)
            yield finding_on("parts.duplicate", report.agency, msg)

    def differences(self, report: AnnualReport) -> Iterator[Finding]:
        """Find how the body of a report differs from the roster."""
        other = _differs(report, self.find(report)) if self._roster else None
        if other is not None:
            yield finding_on("parts.agency", report.agency, other)

    def missing(self) -> Iterator[tuple[str, Finding]]:
        """Find the bodies of the roster that are counted and have no report; each with its name."""
        msg = message("is in the roster, but its report is missing")
        for body in self._roster.bodies if self._roster else ():
            if body.counted and body.name not in self._given:
                yield body.name, finding_on("parts.missing", body.name, msg)


def names_of(report: AnnualReport, roster: Roster | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the names by which other reports of the same body are found: by the roster, or else by code, or by name.

    Parameters
    ----------
    report
        The report.
    roster
        The roster.

    Returns
    -------
    tuple[tuple[str, ...], tuple[str, ...]]
        The names to look for, and those to remember the report under: two reports are by one body if one of the first
        of one is among the second of the other. Where both have a code, only their codes count.
    """
    code, name = report.agency_code, report.agency
    body = roster.find(name, code) if roster else None
    if body is not None:
        return (f"roster {body.name}",), (f"roster {body.name}",)
    if code:
        return (f"code {code}", f"without code {name}"), (f"code {code}", f"name {name}")
    return (f"name {name}",), (f"name {name}", f"without code {name}")


def finding_on(rule: str, agency: str, msg: Message, path: str = "agency") -> Finding:
    """Return an error about a body."""
    return Finding(rule, "error", path, within(agency, section_title(path)), msg)


def _differs(report: AnnualReport, body: Body | None) -> Message | None:
    """Describe how the body of a report differs from the one in the roster; None if it does not."""
    if body is None:
        return message("the roster has no body of this name")
    if report.agency not in {body.name, *body.former_names}:
        return message("the roster has its code for {name}", name=body.name)
    if report.agency_code and body.code and report.agency_code != body.code:
        return message("its code is {actual}; the roster has {expected}", actual=report.agency_code, expected=body.code)
    return None
