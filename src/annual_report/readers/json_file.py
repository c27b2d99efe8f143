"""Reports from JSON files, in which numbers, dates and keys may be written as people write them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from annual_report.errors import Problem, UnusableInputError
from annual_report.form.sections import TABLES
from annual_report.readers.json_text import parse as parse_json
from annual_report.readers.json_text import parse_plain
from annual_report.report.model import AnnualReport

if TYPE_CHECKING:
    from decimal import Decimal

    from annual_report.readers.deviations import Deviation
    from annual_report.readers.reading import Reading

_COMPARISON = {"years", "cells"}
"""What a comparison's JSON has, and a report's has not."""


def parse(data: bytes, source: str = "") -> AnnualReport:
    """Read a report from JSON.

    Parameters
    ----------
    data
        The JSON in UTF-8 or GBK.
    source
        The name to give in errors.

    Returns
    -------
    AnnualReport
        The report.

    Raises
    ------
    UnusableInputError
        The JSON is not a report; every problem is listed with its place.
    """
    return _report(data, source)[0]


def read(data: bytes, source: str = "") -> Reading:
    """Read a report from JSON, and tell what is written in another way than a report's JSON has it.

    Parameters
    ----------
    data
        The JSON in UTF-8 or GBK.
    source
        The name to give in errors.

    Returns
    -------
    Reading
        The report, which is never in doubt: JSON that is no report is refused.

    Raises
    ------
    UnusableInputError
        The JSON is not a report; every problem is listed with its place.
    """
    from annual_report.readers.reading import Reading

    report, value, deviations = _report(data, source)
    texts = report.model_dump(mode="json", include={"texts"}).get("texts") or {}
    return Reading(report, _values(report, value), tuple(deviations), texts, source)


def _report(data: bytes, source: str) -> tuple[AnnualReport, dict[str, Any], list[Deviation]]:
    """Return the report, the data as they were understood, and what was unusual about them."""
    value = parse_plain(data)
    try:
        return AnnualReport.model_validate(value), value, []
    except ValidationError:  # what is right needs no second look
        from annual_report.readers.json_habits import understood
        from annual_report.report.problems import explain

        value, deviations = understood(parse_json(data, source))
    try:
        return AnnualReport.model_validate(value), value, deviations
    except ValidationError as error:
        if value.keys() >= _COMPARISON:
            from annual_report.readers.comparisons import REFUSAL

            raise UnusableInputError([Problem(REFUSAL)], source) from None
        raise UnusableInputError(explain(error, AnnualReport, value), source) from None


def _values(report: AnnualReport, given: dict[str, Any]) -> dict[str, int | Decimal | None]:
    """Return the tables' numbers; a total only where one is given."""
    values: dict[str, int | Decimal | None] = {}
    for key in TABLES:
        grid = report.form.grids[key]
        for cell, number in zip(grid.values, grid.read(getattr(report, key)), strict=True):
            if _is_given(given[key], cell.path):
                values[f"{key}.{cell.path}"] = number
    return values


def _is_given(table: Any, path: str) -> bool:
    """Return whether a table's data have a value at a path."""
    for key in path.split("."):
        if not isinstance(table, dict) or key not in table:
            return False
        table = table[key]
    return table is not None
