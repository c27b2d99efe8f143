"""Reports as the rows of a table: one row a report, or one row a value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from annual_report.tables.columns import FLAG, IDENTITY, LONG, columns
from annual_report.tables.values import narrative_cell

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from annual_report.form import Edition
    from annual_report.report.model import AnnualReport
    from annual_report.tables.columns import Column

Layout: TypeAlias = Literal["wide", "long"]

_LINES = ("agency_code", "title", "issued_by", "issued_on")


def record(report: AnnualReport) -> dict[str, Any]:
    """Return what a report holds, by path: its fields, texts and values; nothing for fields that it does not have.

    Examples
    --------
    >>> from annual_report import AnnualReport
    >>> held = record(AnnualReport.blank(agency="某局", year=2024))
    >>> held["agency"], held["year"], held["edition"], held["applications.received.total"]
    ('某局', 2024, '2021', 0)
    """
    lines = {name: value for name in _LINES if (value := getattr(report, name)) is not None}
    texts = {"preamble": report.preamble, **report.narratives}
    written = {path: narrative_cell(text) for path, text in texts.items()}
    return {
        "agency": report.agency,
        "year": report.year,
        "edition": report.edition,
        **lines,
        **written,
        **report.values,
    }


def wide_columns(editions: Sequence[Edition], used: Mapping[str, object]) -> list[Column]:
    """Return the columns of a table of one row a report: those of its editions, rare ones only where they are used."""
    return [column for column in columns(editions) if column.is_common or column.path in used]


def headings(shown: Sequence[Column], *, keys: bool) -> list[str]:
    """Return the headings of columns."""
    return [column.path if keys else column.words for column in shown]


def long_headings(*, keys: bool) -> list[str]:
    """Return the headings of a table of one row a value."""
    identity = [column for column in columns() if column.path in IDENTITY]
    return [*headings(identity, keys=keys), *(LONG if keys else LONG.values())]


def flag_heading(*, keys: bool) -> str:
    """Return the heading of the column that says what does not reconcile."""
    return FLAG["key" if keys else "words"]


def long_rows(held: Mapping[str, Any], shown: Sequence[Column], *, keys: bool) -> Iterator[tuple[list[Any], Column]]:
    """Yield the rows of one report in a table of one row a value, each with the column that its value would be in."""
    identity = [held[name] for name in IDENTITY]
    for column in shown:
        if column.path in held and column.path not in IDENTITY:
            parts = column.keys if keys else column.parts
            yield [*identity, column.path, *parts, held[column.path]], column
