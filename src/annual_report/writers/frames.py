"""Tables of the form as pandas data frames."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any

from annual_report.errors import missing_extra
from annual_report.form.fields import leaves, trail
from annual_report.form.marks import Item
from annual_report.messages import message

if TYPE_CHECKING:
    import pandas as pd
    from pydantic import BaseModel

    from annual_report.form.fields import Node


def frame(table: BaseModel, *, keys: bool = False) -> pd.DataFrame:
    """Give a table of the form as a data frame.

    Parameters
    ----------
    table
        The table.
    keys
        Whether rows and columns bear the JSON's keys, a row's joined by dots, instead of the form's printed words.

    Returns
    -------
    pandas.DataFrame
        One row per row of the form, its labels from the outermost inward as a MultiIndex. Counts are integers,
        missing where the form has no such cell; amounts are `Decimal`.

    Raises
    ------
    MissingExtraError
        Pandas is not installed.
    """
    try:
        import pandas as pd
    except ModuleNotFoundError:
        raise missing_extra(message("data frames"), "pandas") from None
    rows: dict[str, tuple[str, ...]] = {}
    columns: dict[str, dict[str, Any]] = {}
    titles: dict[str, str] = {}
    for leaf in leaves(type(table)):
        row, _, column = leaf.path.rpartition(".")
        rows[row] = tuple(label for node in trail(type(table), row.split(".")) for label in _labels(node))
        titles[column] = leaf.title
        columns.setdefault(column, {})[row] = attrgetter(leaf.path)(table)
    data = {
        column if keys else titles[column]: _series([values.get(row) for row in rows], pd)
        for column, values in columns.items()
    }
    return pd.DataFrame(data, index=pd.Index(rows) if keys else _multi_index(list(rows.values()), pd))


def _labels(node: Node) -> tuple[str, ...]:
    clause = node.mark(Item)
    return (clause.label, node.title) if clause else (node.title,)


def _series(values: list[Any], pd: Any) -> Any:
    """Make a column: integers as such, with what is missing marked as missing."""
    if not all(isinstance(value, int | None) for value in values):
        return pd.array(values, dtype="object")
    return pd.array(values, dtype="Int64" if None in values else "int64")


def _multi_index(labels: list[tuple[str, ...]], pd: Any) -> Any:
    """Make an index as deep as the deepest labels; those above them have nothing further in."""
    depth = max(map(len, labels))
    return pd.MultiIndex.from_tuples([(*label, *[""] * (depth - len(label))) for label in labels])
