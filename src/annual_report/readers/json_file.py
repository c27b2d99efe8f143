"""Read reports from JSON files."""

from __future__ import annotations

from pydantic import ValidationError

from annual_report.errors import UnusableInputError
from annual_report.readers.json_text import parse as parse_json
from annual_report.report.model import AnnualReport


def parse(data: bytes, source: str = "") -> AnnualReport:
    """Read a report from JSON.

    Parameters
    ----------
    data
        The JSON in UTF-8.
    source
        The file's name, which errors give.

    Returns
    -------
    AnnualReport
        The report.

    Raises
    ------
    UnusableInputError
        The JSON is not a report; every problem is listed with its place.
    """
    value = parse_json(data, source)
    try:
        return AnnualReport.model_validate(value)
    except ValidationError as error:
        from annual_report.report.problems import explain  # needed for errors only

        raise UnusableInputError(explain(error, AnnualReport, value), source) from None
