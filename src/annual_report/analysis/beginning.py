"""Begins a new report, with what carries over from the body's report on the year before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from annual_report.checks.previous import require_year_before
from annual_report.form.fields import nested
from annual_report.form.relations import CarryOver
from annual_report.form.sections import NARRATIVES
from annual_report.report.drafts import drafted
from annual_report.report.model import AnnualReport

if TYPE_CHECKING:
    from annual_report.report.narrative import Narrative, Run


def begin(
    *, agency: str, year: int, edition: str | None = None, previous: AnnualReport | None = None, draft: bool = False
) -> AnnualReport:
    """Make a new report.

    Parameters
    ----------
    agency
        The body's full name.
    year
        The year reported on.
    edition
        The edition of the form; by default, the one in force for the year.
    previous
        The body's report on the year before, which provides the numbers carried in and the text; the title and the
        preamble get the new year.
    draft
        Whether to draft sections one, five and six from the tables, instead of headings or last year's text. What
        section two is to hold is not known yet, so that `（待填写）` is in the place of its numbers.

    Returns
    -------
    AnnualReport
        The report; every other number is 0.

    Raises
    ------
    pydantic.ValidationError
        The name, the year or the edition is not valid.
    PreviousReportError
        `previous` is not of the year before.

    Examples
    --------
    >>> data = AnnualReport.blank(agency="某局", year=2023).model_dump()
    >>> last = AnnualReport.model_validate(data | {"preamble": "统计期限为2023年1月1日至12月31日。"})
    >>> str(begin(agency="某局", year=2024, previous=last).preamble)
    '统计期限为2024年1月1日至12月31日。'
    """
    blank = AnnualReport.blank(agency=agency, year=year, edition=edition)
    data = blank.model_dump()
    if previous is not None:
        require_year_before(year, previous)
        data |= _text_of(previous, year) | _carried_in(blank, previous)
    if draft:
        values = AnnualReport.model_validate(data).values
        known = {path: number for path, number in values.items() if not path.startswith("proactive_disclosure.")}
        data |= drafted(blank.form, year, known)
    return AnnualReport.model_validate(data)


def _text_of(previous: AnnualReport, year: int) -> dict[str, Any]:
    """Return last year's text, with the new year in the title and the preamble."""
    old, new = f"{previous.year}年", f"{year}年"
    return {
        "agency_code": previous.agency_code,
        "title": previous.title and previous.title.replace(old, new),
        "preamble": _with_year(previous.preamble, old, new),
        "issued_by": previous.issued_by,
        "texts": previous.texts,
        **{key: getattr(previous, key) for key in NARRATIVES},
    }


def _with_year(narrative: Narrative, old: str, new: str) -> Narrative:
    def renewed(runs: tuple[Run, ...]) -> tuple[Run, ...]:
        return tuple(run.model_copy(update={"text": run.text.replace(old, new)}) for run in runs)

    paragraphs = (
        paragraph.model_copy(update={"heading": renewed(paragraph.heading), "body": renewed(paragraph.body)})
        for paragraph in narrative
    )
    return narrative.model_copy(update={"paragraphs": tuple(paragraphs)})


def _carried_in(report: AnnualReport, previous: AnnualReport) -> dict[str, Any]:
    """Return the tables with the numbers that carry over from last year unchanged."""
    before = previous.values
    numbers = {path: number for path, number in report.values.items() if path not in report.form.leaves}
    for relation in report.form.relations:
        if isinstance(relation, CarryOver) and not relation.increases and relation.last_year in before:
            numbers[relation.cell] = before[relation.last_year]
    return nested(numbers)
