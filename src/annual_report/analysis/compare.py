"""One body's reports on several years, cell by cell: numbers, changes, percentages and shares."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import pairwise
from operator import itemgetter
from typing import TYPE_CHECKING, Any, TypeAlias, overload

from annual_report.analysis.rates import RATES, by_applicant
from annual_report.checks.findings import Findings
from annual_report.checks.previous import findings as findings_of_last_year
from annual_report.checks.previous import other_agency, unchanged_sentences
from annual_report.errors import MessageError
from annual_report.form.relations import Summation
from annual_report.form.values import EXACT
from annual_report.messages import message
from annual_report.report.arguments import require_report
from annual_report.report.places import place

if TYPE_CHECKING:
    import pandas as pd

    from annual_report.report.model import AnnualReport

Number: TypeAlias = int | Decimal


class ComparisonError(MessageError, ValueError):
    """The reports cannot be compared: there is only one, or two are on the same year.

    Examples
    --------
    >>> from annual_report import AnnualReport, compare
    >>> try:
    ...     compare([AnnualReport.blank(agency="某局", year=2024)])
    ... except ComparisonError as error:
    ...     print(error.text("en"))
    a comparison needs reports on two years or more
    """


@dataclass(frozen=True, slots=True)
class ComparedCell:
    """One cell of the form over the years.

    Parameters
    ----------
    path
        Its full path.
    place
        Its place in the form's printed words.
    numbers
        Its number in each year, oldest first; None if that year's edition has no such cell.
    shares
        Its share of the total of its row (or, for a row's total, of its column) in each year; None if there is no such
        total or the total is zero.
    """

    path: str
    place: str
    numbers: tuple[Number | None, ...]
    shares: tuple[Fraction | None, ...]

    @property
    def change(self) -> Number | None:
        """The difference between the last two years; None if either number is missing."""
        before, now = self.numbers[-2:]
        with localcontext(EXACT):
            return None if before is None or now is None else now - before

    @property
    def percent(self) -> Fraction | None:
        """The change as a percentage of the year before; None if that number is missing or zero."""
        before, now = self.numbers[-2:]
        return None if not before or now is None else Fraction(now - before) / Fraction(before) * 100

    @property
    def is_comparable(self) -> bool:
        """Whether every year's edition has the cell."""
        return None not in self.numbers


@dataclass(frozen=True)
class Comparison:
    """Several years of one body, compared.

    Parameters
    ----------
    reports
        The reports, oldest first.
    cells
        Every cell of the editions that they follow, by path, in the form's order.
    findings
        Where the latest report disagrees with the report on the year before, and earlier reports by other bodies.

    Examples
    --------
    >>> from annual_report import AnnualReport, compare
    >>> last, this = (AnnualReport.blank(agency="某局", year=year) for year in (2023, 2024))
    >>> compare(this, last).cells["applications.received.natural_person"].numbers
    (0, 0)
    """

    reports: tuple[AnnualReport, ...]
    cells: dict[str, ComparedCell]
    findings: Findings

    def __repr__(self) -> str:
        """Return the body and the years."""
        return f"<Comparison: {self.reports[-1].agency}, {', '.join(map(str, self.years))}>"

    @property
    def years(self) -> tuple[int, ...]:
        """The years, oldest first."""
        return tuple(report.year for report in self.reports)

    @property
    def unchanged_sentences(self) -> tuple[int, int]:
        """How many sentences of sections one and five are the year before's word for word, and how many there are."""
        return unchanged_sentences(*reversed(self.reports[-2:]))

    @property
    def repeated_numbers(self) -> tuple[str, ...]:
        """The unchanged sentences that state a number or a year, if the last two reports are on consecutive years."""
        quotations = (finding.quotation for finding in self.findings)
        return tuple(quotation.text for quotation in quotations if quotation)

    @property
    def not_comparable(self) -> tuple[ComparedCell, ...]:
        """The cells that are missing from some year's edition."""
        return tuple(cell for cell in self.cells.values() if not cell.is_comparable)

    def rates(self) -> dict[str, tuple[Fraction | None, ...]]:
        """Return the rates of `annual_report.analysis.rates` by name, with a value for every year, oldest first."""
        rates = {name: tuple(map(rate, self.reports)) for name, rate in RATES.items()}
        applicants = [by_applicant(report) for report in self.reports]
        kinds = dict.fromkeys(kind for shares in applicants for kind in shares)
        return rates | {f"received.{kind}": tuple(shares.get(kind) for shares in applicants) for kind in kinds}

    def largest_changes(self, count: int = 5) -> tuple[ComparedCell, ...]:
        """Return the cells that changed most between the last two years, largest change first, without totals.

        Parameters
        ----------
        count
            The maximum number of cells.
        """
        edition = self.reports[-1].form
        added = (self.cells[path] for path, cell in edition.cells.items() if cell.adds_up)
        changed = ((abs(Fraction(cell.change)), cell) for cell in added if cell.change)
        return tuple(cell for _, cell in sorted(changed, key=itemgetter(0), reverse=True)[:count])

    def to_frame(self, *, keys: bool = False) -> pd.DataFrame:
        """Return the comparison as a pandas data frame.

        Parameters
        ----------
        keys
            Whether to label rows with JSON paths instead of the form's printed words.

        Returns
        -------
        pandas.DataFrame
            One row per cell, in the form's order; one column per year, then `change`, and `percent` and `share` of the
            last year as floats. Counts are integers, missing where an edition has no such cell; amounts are `Decimal`.

        Raises
        ------
        MissingExtraError
            Pandas is not installed.
        """
        from annual_report.writers.frames import require_pandas, series  # a display method, which may import upward

        require_pandas()
        import pandas as pd

        cells = self.cells.values()
        data: dict[Any, Any] = {
            year: series([cell.numbers[index] for cell in cells]) for index, year in enumerate(self.years)
        }
        data["change"] = series([cell.change for cell in cells])
        data["percent"] = pd.array([_float(cell.percent) for cell in cells], dtype="Float64")
        data["share"] = pd.array([_float(cell.shares[-1]) for cell in cells], dtype="Float64")
        index = pd.Index([cell.path if keys else cell.place for cell in cells], name="path" if keys else "place")
        return pd.DataFrame(data, index=index)

    def _repr_html_(self) -> str:
        """Show the comparison in a notebook."""
        from annual_report.document.comparison import compose_comparison  # a display method
        from annual_report.style import Style
        from annual_report.writers.html import preview

        return preview(compose_comparison(self), Style())

    def to_dict(self) -> dict[str, Any]:
        """Return the comparison as JSON data: agency, years, cells, text, rates and findings."""
        return {
            "agency": self.reports[-1].agency,
            "years": list(self.years),
            "cells": {path: _cell_as_json(cell) for path, cell in self.cells.items()},
            "text": dict(zip(("unchanged", "sentences"), self.unchanged_sentences, strict=True))
            | {"repeated_numbers": list(self.repeated_numbers)},
            "rates": {name: [_float(rate) for rate in rates] for name, rates in self.rates().items()},
            "findings": [finding.to_dict() for finding in self.findings],
        }

    def to_json(self) -> str:
        """Return the comparison as JSON."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=2)


@overload
def compare(report: AnnualReport, previous: AnnualReport) -> Comparison: ...


@overload
def compare(report: Sequence[AnnualReport]) -> Comparison: ...


def compare(report: AnnualReport | Sequence[AnnualReport], previous: AnnualReport | None = None) -> Comparison:
    """Compare a body's reports on two or more years.

    Parameters
    ----------
    report
        The report, or all reports in any order.
    previous
        The report on an earlier year, if only two are compared.

    Returns
    -------
    Comparison
        Every cell by year, with changes, percentages, shares, rates, and findings on the previous year.

    Raises
    ------
    ArgumentTypeError
        An argument is no report; a `TypeError`.
    ComparisonError
        There is only one report, or two are on the same year.

    Examples
    --------
    >>> from annual_report import AnnualReport
    >>> years = [AnnualReport.blank(agency="某局", year=year) for year in (2022, 2024, 2023)]
    >>> compare(years).years
    (2022, 2023, 2024)
    """
    given = [*report] if isinstance(report, Sequence) and not isinstance(report, str | bytes) else [report]
    for item in given:
        require_report(item)
    if previous is not None:
        require_report(previous, "previous")
        given.append(previous)
    reports = tuple(sorted(given, key=lambda item: item.year))
    if len(reports) < 2:  # noqa: PLR2004  # a comparison takes two
        raise ComparisonError(message("a comparison needs reports on two years or more"))
    for before, after in pairwise(reports):
        if before.year == after.year:
            raise ComparisonError(message("two of the reports are on {year}", year=after.year))
    *earlier, now = reports
    found = [*findings_of_last_year(now, earlier.pop())] if earlier[-1].year == now.year - 1 else []
    found += (other_agency(now, report) for report in earlier if report.agency != now.agency)
    return Comparison(reports, _cells(reports), Findings(found, now))


def _cells(reports: tuple[AnnualReport, ...]) -> dict[str, ComparedCell]:
    values = [report.values for report in reports]
    totals = [_totals(report) for report in reports]
    editions = [report.form for report in reversed(reports)]
    cells = {}
    for path in dict.fromkeys(path for edition in editions for path in edition.cells):
        edition = next(edition for edition in editions if path in edition.cells)
        numbers = tuple(year.get(path) for year in values)
        shares = tuple(
            _share(number, year.get(total[path]) if path in total else None)
            for number, year, total in zip(numbers, values, totals, strict=True)
        )
        cells[path] = ComparedCell(path, place(edition, path.split(".")), numbers, shares)
    return cells


def _totals(report: AnnualReport) -> dict[str, str]:
    """Map each cell to the total of its row, and each row's total to the total of its column."""
    sums = (relation for relation in report.form.relations if isinstance(relation, Summation))
    return {part: relation.total for relation in sums for part in relation.parts}  # the sums of rows come last


def _share(number: Number | None, total: Number | None) -> Fraction | None:
    return None if number is None or not total else Fraction(number) / Fraction(total)


def _float(number: Fraction | None) -> float | None:
    return None if number is None else float(number)


def _cell_as_json(cell: ComparedCell) -> dict[str, Any]:
    def number(value: Number | None) -> int | str | None:
        return format(value, "f") if isinstance(value, Decimal) else value

    return {
        "place": cell.place,
        "numbers": [number(value) for value in cell.numbers],
        "change": number(cell.change),
        "percent": _float(cell.percent),
        "shares": [_float(share) for share in cell.shares],
    }
