"""Tables of the form, and findings, as pandas data frames."""

from __future__ import annotations

from decimal import Decimal
from importlib import import_module
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from annual_report.errors import missing_extra
from annual_report.form.fields import leaves, trail
from annual_report.form.marks import Item, Spanner
from annual_report.messages import message, place_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd
    from pydantic import BaseModel

    from annual_report.checks.findings import Finding
    from annual_report.form.fields import Node

ROW, COLUMN = "行", "列"
"""The names of the levels of rows and columns with printed labels; numbered if there are several levels."""


def require_pandas() -> None:
    """Ensure that pandas can be imported.

    Raises
    ------
    MissingExtraError
        Pandas is not installed.
    """
    try:
        import_module("pandas")
    except ModuleNotFoundError:
        raise missing_extra(message("data frames"), "pandas") from None


def frame(table: BaseModel, *, keys: bool = False) -> pd.DataFrame:
    """Return a table of the form as a data frame.

    Parameters
    ----------
    table
        The table.
    keys
        Whether to label rows and columns with JSON keys (dotted paths for rows) instead of the printed labels.

    Returns
    -------
    pandas.DataFrame
        One row per row of the form, with its labels as a MultiIndex, outermost first; a heading over several columns
        is their outer level. Counts are integers, missing where the form has no such cell; amounts are `Decimal`.

    Raises
    ------
    MissingExtraError
        Pandas is not installed.
    """
    require_pandas()
    import pandas as pd

    rows: dict[str, tuple[str, ...]] = {}
    columns: dict[tuple[str, tuple[str, ...]], dict[str, Any]] = {}
    for leaf in leaves(type(table)):
        row, _, key = leaf.path.rpartition(".")
        rows[row] = tuple(label for node in trail(type(table), row.split(".")) for label in _row_labels(node))
        column = (key, () if keys else _column_labels(leaf))
        columns.setdefault(column, {})[row] = attrgetter(leaf.path)(table)
    data = dict(enumerate(series([values.get(row) for row in rows]) for values in columns.values()))
    made = pd.DataFrame(data)
    if keys:
        made.index, made.columns = pd.Index(rows, name="row"), pd.Index([key for key, _ in columns], name="column")
    else:
        made.index = pd.MultiIndex.from_tuples(_filled(rows.values()), names=_level_names(ROW, rows.values()))
        labels = [labels for _, labels in columns]
        made.columns = (
            pd.MultiIndex.from_tuples(_filled(labels), names=_level_names(COLUMN, labels))
            if max(map(len, labels)) > 1
            else pd.Index([label for (label,) in labels], name=COLUMN)
        )
    return made


def _row_labels(node: Node) -> tuple[str, ...]:
    item = node.mark(Item)
    return (item.label, node.title) if item else (node.title,)


def _column_labels(node: Node) -> tuple[str, ...]:
    spanner = node.mark(Spanner)
    return (spanner.label, node.title) if spanner else (node.title,)


def _filled(labels: Iterable[Sequence[str]]) -> list[tuple[str, ...]]:
    """Pad labels with empty strings to the length of the longest."""
    given = list(labels)
    depth = max(map(len, given))
    return [(*label, *[""] * (depth - len(label))) for label in given]


def _level_names(name: str, labels: Iterable[Sequence[str]]) -> list[str]:
    depth = max(map(len, labels))
    return [name] if depth == 1 else [f"{name}{level}" for level in range(1, depth + 1)]


def series(values: list[Any]) -> Any:
    """Make a column of numbers, integers or `Decimal`, with missing values."""
    import pandas as pd

    if any(isinstance(value, Decimal) for value in values):
        return objects([None if value is None else Decimal(value) for value in values])
    return pd.array(values, dtype="Int64" if None in values else "int64")


def objects(values: list[Any]) -> Any:
    """Make a column of texts or other objects, with missing values."""
    import pandas as pd

    return pd.array(values, dtype="object")


def findings_frame(findings: Iterable[Finding]) -> pd.DataFrame:
    """Return findings as a data frame.

    Parameters
    ----------
    findings
        The findings.

    Returns
    -------
    pandas.DataFrame
        One row per finding: `severity`, `id`, `path`, `place` and `message` in the user's language, `expected`,
        `actual`, and the `sentence` for findings about the narrative.

    Raises
    ------
    MissingExtraError
        Pandas is not installed.
    """
    require_pandas()
    import pandas as pd

    found = list(findings)
    texts: dict[str, list[Any]] = {
        "severity": [finding.severity for finding in found],
        "id": [finding.id for finding in found],
        "path": [finding.path for finding in found],
        "place": [place_in(finding.place) for finding in found],
        "message": [finding.message.text() for finding in found],
    }
    numbers = {
        "expected": series([finding.expected for finding in found]),
        "actual": series([finding.actual for finding in found]),
    }
    sentences = [finding.quotation.text if finding.quotation else None for finding in found]
    columns = {name: objects(values) for name, values in (texts | {"sentence": sentences}).items()}
    return pd.DataFrame(columns | numbers)[[*texts, *numbers, "sentence"]]
