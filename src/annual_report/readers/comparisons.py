"""Comparisons of years, which are not reports: tables with a row or a column for each year, and one for the change."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from annual_report.messages import message

if TYPE_CHECKING:
    from annual_report.readers.blocks import Table

REFUSAL = message("this is a comparison of years and not a report: use the reports that it was made of, one by one")
"""What to say of a comparison where a report is expected."""

_YEAR = re.compile(r"\s*[0-9]{4}\s*年?\s*")


def compares_years(table: Table, years_in: Literal["rows", "columns"]) -> bool:
    """Return whether a table has several years side by side, and the change next to them.

    Parameters
    ----------
    table
        A table of a file.
    years_in
        Whether each year has a row, as in a document that is set like a report, or a column, as in a workbook.

    Returns
    -------
    bool
        Whether it is a table of a comparison.
    """
    years = {(cell.row, cell.column) for cell in table.cells if _YEAR.fullmatch(cell.text)}
    if len(years) < 2:  # noqa: PLR2004  # a comparison is of two at least
        return False
    from annual_report.document.comparison import CHANGE  # reports need nothing of comparisons

    down, right = (1, 0) if years_in == "rows" else (0, 1)
    changes = ((cell.row, cell.column) for cell in table.cells if cell.text.strip() == CHANGE)
    return any({(row - down, column - right), (row - 2 * down, column - 2 * right)} <= years for row, column in changes)
