"""What the page shows of one file, as data: its numbers of findings, its deviations, and the report with its marks."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from annual_report.checks import check
from annual_report.checks.severity import NAMES
from annual_report.document.review import compose_with_findings
from annual_report.errors import UnusableInputError, shortened
from annual_report.explanations import explanation
from annual_report.messages import place_in
from annual_report.readers.deviations import SHOWN, where_in_file
from annual_report.readers.read import read
from annual_report.style import Style
from annual_report.web.doubtful import compose_doubtful, is_unfilled
from annual_report.writers.html import article

if TYPE_CHECKING:
    from collections.abc import Iterable

    from annual_report.checks import Finding, Findings
    from annual_report.document.blocks import Document
    from annual_report.readers.deviations import Deviation
    from annual_report.readers.reading import Reading
    from annual_report.report.model import AnnualReport
    from annual_report.web.wire import Job

PREFIX = "report-"
"""What the identifiers of the report shown begin with."""


def view(job: Job, files: list[bytes]) -> dict[str, Any]:
    """Read and check a file, and give what the page shows of it.

    Parameters
    ----------
    job
        The job; the option `brief` leaves out the report itself.
    files
        The file, and last year's if there is one.

    Returns
    -------
    dict[str, Any]
        `source`, `agency`, `year`, the `report` as JSON in ASCII unless it is in doubt, the numbers of `errors`,
        `warnings` and `doubts`, `is_unfilled` if the only doubts are tables that are not filled in, the `lines` that
        say what was found, `deviations`, what was `explained` of both, and the report's `article` as HTML.

    Raises
    ------
    UnusableInputError
        A file cannot be read, or last year's is in doubt.
    PreviousReportError
        Last year's report is not on the year before.
    """
    reading = read(files[0], name=job.names[0])
    previous = _previous(files[1], job.names[1]) if len(files) > 1 else None
    findings = check(reading.report, previous=previous) if reading.report is not None else None
    shown = _numbers(reading, findings)
    if job.options.get("brief") == "true":
        return shown | {"deviations": [], "explained": [], "article": ""}
    document = _document(reading, findings)
    html = article(document, Style(), PREFIX) if document is not None else ""
    deviations = [_deviation(deviation, html) for deviation in reading.deviations]
    explained = _explained([*(findings or ()), *reading.deviations], html)
    return shown | {"deviations": deviations, "explained": explained, "article": html}


def _previous(data: bytes, name: str) -> AnnualReport:
    reading = read(data, name=name)
    if reading.report is None:
        raise UnusableInputError(reading.problems, name)
    return reading.report


def _numbers(reading: Reading, findings: Findings | None) -> dict[str, Any]:
    report = reading.report
    named = reading.partial if report is None else {"agency": report.agency, "year": report.year}
    return {
        "source": reading.source,
        "problems": [],
        "agency": named.get("agency") or "",
        "year": named.get("year") or "",
        "report": json.dumps(report.model_dump(mode="json")) if report is not None else "",
        "errors": len(findings.errors) if findings else 0,
        "warnings": len(findings.warnings) if findings else 0,
        "doubts": len(reading.doubts),
        "is_unfilled": is_unfilled(reading),
        "lines": [_line(one) for one in findings or reading.doubts],
    }


def _line(one: Finding | Deviation) -> str:
    """Return a finding or doubt as a clerk reads it, without keys."""
    severity = NAMES[one.severity].text() if one.severity in NAMES else ""
    return "：".join(filter(None, (severity, _place(one), one.message.text())))


def _document(reading: Reading, findings: Findings | None) -> Document | None:
    if reading.report is None:
        return compose_doubtful(reading)
    return compose_with_findings(reading.report, findings or ())


def _explained(found: Iterable[Finding | Deviation], html: str) -> list[dict[str, Any]]:
    """Return each rule and deviation that was found, with what it means, what to do, and its places."""
    places: dict[str, dict[str, str]] = {}
    for one in found:
        places.setdefault(one.id, {})[_place(one)] = _anchor(one, html)
    return [
        {
            "id": each.id,
            "what": each.what.text(),
            "mend": each.mend.text(),
            "places": places[each.id],
        }
        for each in map(explanation, places)
    ]


def _place(one: Finding | Deviation) -> str:
    return place_in(one.place) or one.path


def _anchor(one: Finding | Deviation, html: str) -> str:
    """Return the identifier of a place in the report shown, or of the part of the report that it is in, or neither."""
    anchors = (f"{PREFIX}{place}" for place in (one.path, one.path.partition(".")[0]))
    return next((anchor for anchor in anchors if f'id="{anchor}"' in html), "")


def _deviation(deviation: Deviation, html: str) -> dict[str, str]:
    return {
        "severity": deviation.severity,
        "place": _place(deviation),
        "message": deviation.message.text(),
        "found": shortened(" ".join(deviation.found.split()), SHOWN),
        "where": "，".join(words.text() for words in where_in_file(deviation.location)),
        "anchor": _anchor(deviation, html),
    }
