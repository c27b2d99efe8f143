"""Tables of reports as pandas data frames."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from annual_report.errors import require
from annual_report.messages import message
from annual_report.tables.columns import IDENTITY
from annual_report.tables.reading import Table
from annual_report.tables.records import headings, long_headings, long_rows, record, wide_columns
from annual_report.writers.frames import objects, require_pandas, series

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pandas as pd

    from annual_report.form import Edition
    from annual_report.report.model import AnnualReport
    from annual_report.tables.records import Layout

_YEAR = IDENTITY.index("year")
_FRAME = message("a pandas data frame (DataFrame)")


def frame_of(reports: Iterator[AnnualReport], layout: Layout, *, keys: bool) -> pd.DataFrame:
    """Make a frame of reports."""
    require_pandas()
    import pandas as pd

    editions: dict[str, Edition] = {}
    used: dict[str, None] = {}
    records: list[dict[str, Any]] = []
    for report in reports:
        held = record(report)
        editions[report.edition] = report.form
        used |= dict.fromkeys(held)
        records.append(held)
    shown = wide_columns(tuple(editions.values()), used)
    if layout == "long":
        rows = [row for held in records for row, _ in long_rows(held, shown, keys=keys)]
        titles = long_headings(keys=keys)
        return pd.DataFrame(
            {
                title: _column([row[index] for row in rows], is_count=index == _YEAR)
                for index, title in enumerate(titles)
            }
        )
    data = {
        title: _column([held.get(column.path) for held in records], is_count=column.kind in {"count", "year"})
        for title, column in zip(headings(shown, keys=keys), shown, strict=True)
    }
    return pd.DataFrame(data)


def _column(values: list[Any], *, is_count: bool) -> Any:
    return series(values) if is_count else objects(values)


def table_of(frame: pd.DataFrame) -> Table:
    """Take a frame's columns and rows; what it counts as missing is blank."""
    require_pandas()
    import pandas as pd

    require(frame, pd.DataFrame, "frame", _FRAME)
    titles = list(frame.columns)
    columns = [_values(frame.iloc[:, index]) for index in range(len(titles))]
    return Table(titles, list(map(str, titles)), list(zip(frame.index, zip(*columns, strict=True), strict=True)))


def _values(column: pd.Series) -> Sequence[Any]:
    values: Sequence[Any] = column.astype("object").where(column.notna(), None).tolist()
    return values
