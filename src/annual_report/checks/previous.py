"""The rules that compare a report with the one on the year before."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from annual_report.checks.findings import PREVIOUS, CellReference, Finding, PreviousReportError
from annual_report.checks.prose import plain_digits, quotation_of, sentences
from annual_report.checks.relations import finding_of
from annual_report.form.relations import CarryOver
from annual_report.messages import message
from annual_report.report.places import place, section_title, within

COPIED_SECTIONS = ("overview", "problems_and_improvements")
"""The sections that offices copy from last year's report."""

_NAMES = re.compile(
    "《[^》]*》|〔[0-9]+〕[0-9]*号?|第[0-9]+[号条款项次届]|[0-9]+号令?|12345|[0-9]+[-—×xX*][0-9]+小?时?"
)
"""Names that contain digits: of documents, articles and hotlines."""

_NUMBER = re.compile(
    "20[0-9]{2}年|[1-9][0-9,.]*(?:余|多)?(?:万|亿)?(?:件次|人次|场次|[件条份项篇期次场个人名家类批部册幅段%％])"
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annual_report.report.model import AnnualReport


def findings(report: AnnualReport, previous: AnnualReport) -> Iterator[Finding]:
    """Apply every rule about last year's report.

    Raises
    ------
    PreviousReportError
        `previous` is not on the year before.
    """
    require_year_before(report.year, previous)
    yield from _agency(report, previous)
    yield from _carried_over(report, previous)
    yield from _copied_sentences(report, previous)


def require_year_before(year: int, previous: AnnualReport) -> None:
    """Ensure that a report is on the year before.

    Raises
    ------
    PreviousReportError
        It is on another year.
    """
    if previous.year != year - 1:
        raise PreviousReportError(
            message(
                "last year's report should be on {expected}, but it is on {actual}",
                expected=year - 1,
                actual=previous.year,
            )
        )


def _agency(report: AnnualReport, previous: AnnualReport) -> Iterator[Finding]:
    """Compare the names of the bodies."""
    if previous.agency != report.agency:
        yield other_agency(report, previous)


def other_agency(report: AnnualReport, earlier: AnnualReport) -> Finding:
    """Return the finding that an earlier report is by another body.

    Parameters
    ----------
    report
        The report.
    earlier
        A report on an earlier year.
    """
    if earlier.year == report.year - 1:
        msg = message("last year's report is by {agency}", agency=earlier.agency)
    else:
        msg = message("the report on {year} is by {agency}", year=earlier.year, agency=earlier.agency)
    return Finding("previous.agency", "warning", "agency", section_title("agency"), msg)


def _carried_over(report: AnnualReport, previous: AnnualReport) -> Iterator[Finding]:
    """Compare each cell that carries over from last year with the expected number, if both editions have it."""
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


def _copied_sentences(report: AnnualReport, previous: AnnualReport) -> Iterator[Finding]:
    """Find sentences that state a number or a year but are identical to last year's."""
    for key in COPIED_SECTIONS:
        before = {_plain(sentence) for paragraph in getattr(previous, key) for _, sentence in sentences(paragraph.text)}
        for index, paragraph in enumerate(getattr(report, key)):
            for start, sentence in sentences(paragraph.text):
                if _plain(sentence) in before and _states_a_number(sentence):
                    to_stop = (start, start + len(sentence) - 1)
                    quotation = quotation_of(key, index, paragraph.text, to_stop)
                    msg = message("is copied from last year's report: “{sentence}”", sentence=quotation.text)
                    where = section_title(key)
                    yield Finding("previous.narrative", "warning", key, where, msg, quotation=quotation)


def unchanged_sentences(report: AnnualReport, previous: AnnualReport) -> tuple[int, int]:
    """Count the sentences of sections one and five that are taken over from an earlier report word for word.

    Parameters
    ----------
    report
        The report.
    previous
        The same body's earlier report.

    Returns
    -------
    tuple[int, int]
        How many are unchanged, and how many there are in all; sub-headings do not count.
    """
    before = set(_plain_sentences(previous))
    now = _plain_sentences(report)
    return sum(sentence in before for sentence in now), len(now)


def _plain_sentences(report: AnnualReport) -> list[str]:
    texts = (
        "".join(run.text for run in paragraph.body) for key in COPIED_SECTIONS for paragraph in getattr(report, key)
    )
    return [_plain(sentence) for text in texts for _, sentence in sentences(text)]


def _plain(sentence: str) -> str:
    """Remove spaces and normalise the width of digits, which may differ between copies of a sentence."""
    return "".join(plain_digits(sentence).split())


def _states_a_number(sentence: str) -> bool:
    """Return whether a sentence states a quantity or a year, not only the number of a document or hotline."""
    return _NUMBER.search(_NAMES.sub("", _plain(sentence))) is not None


def _with_last_years(finding: Finding, previous: AnnualReport, path: str) -> Finding:
    """Add a cell of last year's report to the cells that the rule read."""
    where = within(str(previous.year), place(previous.form, path.split(".")))
    return replace(finding, cells=(*finding.cells, CellReference(f"{PREVIOUS}{path}", where)))
