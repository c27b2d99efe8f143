"""Reports and comparisons as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from annual_report.form.fields import fields_of, model_of, nested, walk
from annual_report.form.sections import TABLES
from annual_report.report.model import AnnualReport
from annual_report.report.texts import TableTexts, Texts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pydantic import BaseModel

    from annual_report.analysis.compare import Comparison
    from annual_report.form import Edition
    from annual_report.form.fields import Node


def write(report: AnnualReport | Comparison) -> bytes:
    """Return the JSON of a report or a comparison, indented for people to read.

    Parameters
    ----------
    report
        The report or comparison.

    Returns
    -------
    bytes
        JSON in UTF-8, from which an equal report is read.
    """
    data = report.model_dump_json() if isinstance(report, AnnualReport) else report.to_json()
    return (json.dumps(json.loads(data), ensure_ascii=False, indent=2) + "\n").encode()


def without_totals(report: AnnualReport) -> dict[str, Any]:
    """Return a report's data for JSON to be filled in by hand: without the totals, which could contradict the numbers.

    Parameters
    ----------
    report
        The report.

    Returns
    -------
    dict[str, Any]
        The data, from which a report with derived totals is read.

    Examples
    --------
    >>> without_totals(AnnualReport.blank(agency="某局", year=2024))["disputes"]["reconsideration"]
    {'upheld': 0, 'corrected': 0, 'other': 0, 'pending': 0}
    """
    data = report.model_dump(mode="json")
    numbers = {path: number for path, number in report.values.items() if path not in report.form.leaves}
    amounts = {path: number if isinstance(number, int) else format(number, "f") for path, number in numbers.items()}
    return data | nested(amounts)


def in_words(data: dict[str, Any], edition: Edition) -> dict[str, Any]:
    """Return a report's data with the form's words as keys, as the reader of JSON takes them too.

    Parameters
    ----------
    data
        The data, with a report's own keys.
    edition
        The edition that the tables follow.

    Returns
    -------
    dict[str, Any]
        The same data.

    Examples
    --------
    >>> report = AnnualReport.blank(agency="某局", year=2024)
    >>> in_words(report.model_dump(mode="json"), report.form)["行政机关名称"]
    '某局'
    """
    tables = {key: _table(data[key], walk(edition.tables[key])) for key in TABLES if key in data}
    texts = {"texts": _texts(data["texts"], Texts)} if "texts" in data else {}
    return {AnnualReport.model_fields[key].title or key: value for key, value in (data | tables | texts).items()}


def _table(data: Any, nodes: Sequence[Node]) -> Any:
    known = {node.key: node for node in nodes}
    if not isinstance(data, dict):
        return data
    return {known[key].title: _table(value, known[key].children) for key, value in data.items()}


def _texts(data: Any, model: type[BaseModel] | None) -> Any:
    """Put the keys of the texts beside tables into words; a narrative has none."""
    if model is None or not isinstance(data, dict) or model not in {Texts, TableTexts}:
        return data
    fields = fields_of(model)
    return {fields[key].title or key: _texts(value, model_of(fields[key].annotation)) for key, value in data.items()}
