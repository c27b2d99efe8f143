"""Tables of reports, recognised by their headings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annual_report.errors import Problem
from annual_report.messages import message
from annual_report.tables.columns import LONG, Headings, plain
from annual_report.tables.long import LongReader
from annual_report.tables.wide import WideReader

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from annual_report.tables.reading import Table

_NEEDED = ("agency", "year")


def is_table(headings: Sequence[Any]) -> bool:
    """Return whether headings may be those of a table of reports: agency and year are among them."""
    recognised = Headings()
    known = {path for heading in headings for path in recognised.paths(heading).values()}
    return known.issuperset(_NEEDED)


def reader_of(table: Table) -> LongReader | WideReader:
    """Return the reader of a table of one row a report or one row a value, headed by paths or the form's words.

    Raises
    ------
    UnusableInputError
        The headings cannot be those of a table of reports.
    """
    if not is_table(table.headings):
        columns = Headings().columns
        needed = ", ".join(f"{columns[path].words} ({path})" for path in _NEEDED)
        raise table.unusable(
            [Problem(message("this is not a table of reports: it needs the columns {needed}", needed=needed))]
        )
    values = {plain(LONG["value"]), "value"}
    is_long = any(plain(heading) in values for heading in table.headings)
    return LongReader(table) if is_long else WideReader(table)
