"""What was read from a file: a report, or as much of one as is beyond doubt, and everything that was unusual."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from decimal import Decimal

    from annual_report.errors import Problem
    from annual_report.readers.deviations import Deviation
    from annual_report.report.model import AnnualReport


@dataclass(frozen=True)
class Reading:
    """What was read from a file.

    Parameters
    ----------
    report
        The report; none while anything is in doubt.
    values
        Every number of the form's tables by its path from the report on, `applications.received.natural_person`: none
        where it is in doubt or missing; a total only where one is printed.
    deviations
        What is not as the form has it, in the form's order.
    texts
        By section, the text `before` its table and the `notes` after it, of those that have any.
    source
        The file's name, `-` for standard input; empty where there is none.
    partial
        Where there is no report, as much of one as is beyond doubt.

    Examples
    --------
    >>> from annual_report import AnnualReport, read
    >>> report = AnnualReport.blank(agency="某局", year=2024)
    >>> reading = read(report.model_dump_json().encode())
    >>> reading.report == report, reading.doubts
    (True, ())
    """

    report: AnnualReport | None
    values: dict[str, int | Decimal | None]
    deviations: tuple[Deviation, ...] = ()
    texts: dict[str, dict[str, str]] = field(default_factory=dict)
    source: str = ""
    partial: dict[str, Any] = field(default_factory=dict)

    def __repr__(self) -> str:
        """Return the file, whose report it is, and the number of doubts, without the numbers and the text."""
        report = "no report" if self.report is None else f"{self.report.agency} {self.report.year}"
        return f"<Reading: {', '.join(filter(None, (self.source, report)))}, {len(self.doubts)} doubts>"

    @cached_property
    def data(self) -> dict[str, Any]:
        """The report as JSON has it. What is in doubt is left out, so that it is refused until it is filled in."""
        return self.partial if self.report is None else self.report.model_dump(mode="json")

    @property
    def doubts(self) -> tuple[Deviation, ...]:
        """The deviations that keep this from being a report."""
        return tuple(deviation for deviation in self.deviations if deviation.severity == "doubt")

    @property
    def infos(self) -> tuple[Deviation, ...]:
        """The deviations that do not."""
        return tuple(deviation for deviation in self.deviations if deviation.severity == "info")

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The doubts as the problems of an error, each with its place in the file."""
        return tuple(doubt.problem for doubt in self.doubts)

    def to_dict(self) -> dict[str, Any]:
        """Return the reading as JSON takes it: amounts are strings, as in a report's JSON."""
        return {
            "source": self.source,
            "report": self.data if self.report is not None else None,
            "values": {
                path: number if isinstance(number, int | None) else format(number, "f")
                for path, number in self.values.items()
            },
            "deviations": [deviation.to_dict() for deviation in self.deviations],
            "texts": self.texts,
        }


def plain(value: Any) -> Any:
    """Return data as JSON has them: amounts are text, and there are no tuples.

    Parameters
    ----------
    value
        A report's data, valid or not.

    Returns
    -------
    Any
        The same in objects, lists, text and numbers.

    Examples
    --------
    >>> from decimal import Decimal
    >>> plain({"fees": {"amount": Decimal("0.10")}, "overview": ({"body": "甲"},)})
    {'fees': {'amount': '0.10'}, 'overview': [{'body': '甲'}]}
    """
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value if isinstance(value, str | int | None) else format(value, "f")
