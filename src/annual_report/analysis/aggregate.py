"""Adds up the reports of many bodies to one report, and records where every number comes from."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from pydantic import ValidationError

from annual_report.analysis.decisions import Adjustment, Decisions
from annual_report.checks.findings import Findings, ReconciliationError
from annual_report.checks.parts import Parts
from annual_report.errors import TEXT, Problem, UnusableInputError, missing_extra, require
from annual_report.form import registry
from annual_report.form.fields import nested
from annual_report.form.sections import TABLES
from annual_report.messages import message
from annual_report.report.arguments import require_sources
from annual_report.report.model import AnnualReport
from annual_report.report.places import within
from annual_report.report.problems import explain
from annual_report.report.roster import Roster

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from concurrent.futures import Executor

    import pandas as pd

    from annual_report.checks.parts import Number

Source: TypeAlias = AnnualReport | str | Path


class Aggregation:
    """The report of a whole, and where its numbers come from.

    Parameters
    ----------
    report
        The report of the whole: the sums, and the text of the base.
    findings
        Problems with the set of parts, and errors in the parts' own numbers.

    Examples
    --------
    >>> from annual_report import AnnualReport
    >>> bureaus = [AnnualReport.blank(agency=name, year=2024) for name in ("甲局", "乙局")]
    >>> whole = aggregate(bureaus, agency="某市人民政府", year=2024)
    >>> list(whole.contributions("applications.received.natural_person"))
    [('甲局', '', 0), ('乙局', '', 0)]
    """

    def __init__(self, report: AnnualReport, findings: Findings, parts: Parts, decided: Decisions) -> None:
        self.report = report
        self.findings = findings
        self._parts = parts
        self._decided = decided

    def __repr__(self) -> str:
        """Return the body, the year, and the numbers of reports and findings."""
        report, findings = self.report, self.findings
        counts = f"{self._parts.counted} reports, {len(findings.errors)} errors, {len(findings.warnings)} warnings"
        return f"<Aggregation: {report.agency}, {report.year}, {counts}>"

    @property
    def own(self) -> dict[str, Number]:
        """The numbers that the whole states itself instead of a sum, by path."""
        return dict(self._decided.own)

    @property
    def adjustments(self) -> tuple[Adjustment, ...]:
        """The changes to sums, as they were given."""
        return self._decided.adjustments

    @property
    def left_out(self) -> tuple[tuple[str, str], ...]:
        """The bodies whose reports were given but not added, each with the name of its file."""
        return self._parts.left_out

    def contributions(self, path: str) -> Iterator[tuple[str, str, Number]]:
        """Yield each contribution to a cell.

        Parameters
        ----------
        path
            The full path of a cell that can be summed.

        Yields
        ------
        tuple[str, str, int | decimal.Decimal]
            The body, the name of the file, and the number. For a decision of the office, the reason instead of the
            body (`"own"` for a number that the whole states itself), and no file.

        Raises
        ------
        KeyError
            The form has no such cell, or it is a total.
        """
        if path not in self._parts.sums:
            raise KeyError(path)
        if path not in self._decided.own:
            yield from self._parts.contributions(path)
        for reason, number in self._decided.on(path):
            yield reason, "", number

    def rows(self) -> Iterator[tuple[str, str, dict[str, Number]]]:
        """Return, for every report that was added, the body, the name of its file, and its numbers by path."""
        return self._parts.rows()

    def decisions(self) -> Iterator[tuple[str, str, Number]]:
        """Yield each decision of the office: the path, the reason (`"own"` for a number of its own), and the number."""
        for path in self._decided.paths:
            for reason, number in self._decided.on(path):
                yield path, reason, number

    def parts(self, path: str) -> pd.DataFrame:
        """Return the contributions to a cell as a pandas data frame.

        Parameters
        ----------
        path
            The full path of a cell that can be summed.

        Returns
        -------
        pandas.DataFrame
            One row for each report and each decision of the office, with the columns `agency`, `source` and `value`;
            the values add up to the number of the whole.

        Raises
        ------
        KeyError
            The form has no such cell, or it is a total.
        MissingExtraError
            Pandas is not installed.
        """
        try:
            import pandas as pd
        except ModuleNotFoundError:
            raise missing_extra(message("data frames"), "pandas") from None
        return pd.DataFrame(list(self.contributions(path)), columns=["agency", "source", "value"])


def aggregate(  # options are what an aggregation has
    reports: Iterable[Source],
    agency: str,
    year: int,
    *,
    base: Source | None = None,
    own: Mapping[str, Any] | str | Path | None = None,
    adjustments: Iterable[Adjustment] | str | Path = (),
    roster: Roster | str | Path | None = None,
    allow_findings: bool = False,
    executor: Executor | None = None,
) -> Aggregation:
    """Add up the reports of many bodies to the report of a whole.

    Every count and amount of sections two, three and four is added up, and totals are computed from the sums. The
    office decides which numbers are not summed and which bodies are counted; `own`, `adjustments` and `roster` record
    these decisions. 国办公开办函〔2016〕201号 counts a lawsuit against a body and its reviewing body only once; reports
    contain no cases, so such duplicates cannot be detected here.

    Parameters
    ----------
    reports
        Reports, or paths of readable files; the iterable is consumed once.
    agency
        The full name of the whole.
    year
        The year reported on; a part on another year is an error and is not added.
    base
        The report that provides the text of the whole: title, narratives, texts around tables, signature and date. By
        default, the narratives are empty.
    own
        Rows or cells that the whole states itself instead of summing, by path: a number for a cell, or the numbers of
        a row by key, as in `{"proactive_disclosure.rules": {"issued": 1, "repealed": 0, "in_force": 5}}`; or the path
        of a CSV file with the columns 位置 (`path`: the cell's path, or its place in the form's words) and 数值
        (`number`).
    adjustments
        Changes to sums, each with its reason; or the path of a CSV file with the column 理由 (`reason`) in addition.
    roster
        The bodies that are expected and counted: a `Roster`, or the path of a CSV file. By default, every report
        counts.
    allow_findings
        Whether to return the sums even if parts are missing, duplicated or wrong.
    executor
        Where to read files, `annual_report.batch.Processes()` for one process per core; by default, here. Files of
        several reports (`.jsonl` and tables) are then taken too, and an error names every file that cannot be read.

    Returns
    -------
    Aggregation
        The report, the contributions to it, and the findings.

    Raises
    ------
    ArgumentTypeError
        An argument is of another kind; a `TypeError`.
    ReconciliationError
        Parts are missing, duplicated, of another year or edition, not in the roster or counted twice, or their own
        numbers do not reconcile; all findings are listed.
    UnusableInputError
        There is no report, a file cannot be read, a sum is larger than the form allows, or a path in `own` or
        `adjustments` does not name a cell of the form or is given twice in `own`.

    Notes
    -----
    政府信息公开条例, article 50; the form's relations are those of 国办公开办函〔2021〕30号.

    Examples
    --------
    >>> from annual_report import AnnualReport
    >>> bureaus = [AnnualReport.blank(agency=name, year=2024) for name in ("甲局", "乙局")]
    >>> aggregate(bureaus, agency="某市人民政府", year=2024).report.applications.received.total
    0
    """
    require_sources(reports, "reports")
    require(agency, str, "agency", TEXT)
    require(year, int, "year", message("a whole number (int)"))
    edition = registry.followed_by(None, year)
    decided = Decisions.of(edition, own, adjustments)
    parts = Parts(edition, year, Roster.of(roster))
    for report, source in _each(reports, executor):
        parts.add(report, source)
    whole = total_of(parts, agency, decided, base)
    if whole.findings.errors and not allow_findings:
        raise ReconciliationError(whole.findings)
    return whole


def _each(reports: Iterable[Source], executor: Executor | None) -> Iterator[tuple[AnnualReport, str]]:
    """Read reports, in the workers of an executor if there is one."""
    if executor is None:
        from annual_report.loading import load_each  # only paths are loaded

        yield from load_each(reports)
        return
    from annual_report.batch import Failure, Sources

    problems: list[Problem] = []
    for source, report in Sources(reports, executor):
        if not isinstance(report, Failure):
            yield report, source
        elif isinstance(report.error, UnusableInputError):
            for problem in report.error.problems:
                place = within(source, problem.place) if problem.place else source
                problems.append(replace(problem, place=place, path=problem.path or source))
        else:
            raise report.error
    if problems:
        raise UnusableInputError(problems)


def total_of(parts: Parts, agency: str, decided: Decisions, base: Source | None = None) -> Aggregation:
    """Make the report of a whole from parts that have all been added, whatever was found in them.

    Parameters
    ----------
    parts
        The parts.
    agency, base
        As for `aggregate`.
    decided
        What the office decided.

    Raises
    ------
    UnusableInputError
        There are no parts, or a sum is larger than the form allows.
    """
    if parts.is_empty:
        raise UnusableInputError([Problem(message("there is no report to add up"))])
    sums = nested(decided.applied(parts.sums))
    data = _text(base) | {"agency": agency, "year": parts.year, "edition": parts.edition.id} | sums
    try:
        report = AnnualReport.model_validate(data)
    except ValidationError as error:
        raise UnusableInputError(explain(error, AnnualReport, data)) from None
    return Aggregation(report, Findings(parts.close()), parts, decided)


def _text(base: Source | None) -> dict[str, Any]:
    """Return the text of a base, or empty narratives without one."""
    from annual_report.loading import load_each

    if base is None:
        return {"overview": "", "problems_and_improvements": "", "other_matters": ""}
    report, _ = next(load_each([base], "base"))
    return report.model_dump(exclude={*TABLES, "edition", "agency", "year"})
