"""What a table of the form looks for in a table found elsewhere: its rows, its columns, and their labels."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from annual_report.form import wordings
from annual_report.readers.labels import core

if TYPE_CHECKING:
    from collections.abc import Iterable

    from annual_report.form.grid import DataCell, Grid


@dataclass(frozen=True)
class Label:
    """A row, a column, or a group of either.

    Parameters
    ----------
    key
        Which it is: the path of a row or of a group, the printed word of a column.
    names
        Its own label, and the other wordings of it.
    above
        The labels of the groups that it is in, outermost first.
    alone
        Whether it is a group, printed as one row.
    is_wide
        Whether it spans several columns of the form's table.
    """

    key: str
    names: tuple[str, ...]
    above: tuple[str, ...] = ()
    alone: bool = False
    is_wide: bool = False

    @property
    def printed(self) -> str:
        """The form's own label."""
        return self.names[0]


@dataclass(frozen=True)
class Layout:
    """A table of the form.

    Parameters
    ----------
    has_stub
        Whether rows have labels; else all values lie in one row, below labels in several rows.
    rows, columns, groups
        Its rows, its columns, and the groups that columns are in, in the form's order.
    values
        The values by row and column: by their keys, a column's with its group's before it where there is no stub.
    other_words
        The words of all cells that are neither a row's nor a column's label.
    positions
        For the words of the cells above the values, the column of the form's table that they begin in.
    one_row
        For groups that may be printed as one row, the key of the row that takes the numbers.
    """

    has_stub: bool
    rows: tuple[Label, ...]
    columns: tuple[Label, ...]
    groups: tuple[Label, ...]
    values: dict[tuple[str, str], DataCell]
    other_words: frozenset[str]
    positions: dict[str, int]
    one_row: dict[str, str] = field(default_factory=dict)

    @cached_property
    def row_names(self) -> dict[str, list[int]]:
        """The rows by the words of their labels."""
        return names_of(self.rows)

    @cached_property
    def paths(self) -> dict[str, list[str]]:
        """The paths of a row's values, by its key."""
        found: dict[str, list[str]] = {}
        for (key, _), value in self.values.items():
            found.setdefault(key, []).append(value.path)
        return found

    @cached_property
    def chains(self) -> frozenset[str]:
        """The words of rows' labels, each after its group's."""
        return frozenset(core(label.above[-1] + name) for label in self.rows if label.above for name in label.names)

    @cached_property
    def column_names(self) -> dict[str, list[int]]:
        """The columns by the words of their labels."""
        return names_of(self.columns)


@lru_cache(maxsize=64)
def layout(grid: Grid, section: str) -> Layout:
    """Describe a table of the form.

    Parameters
    ----------
    grid
        The table's grid.
    section
        The key of its section, which tells the other wordings.

    Returns
    -------
    Layout
        Its rows and columns, with all their labels.
    """
    tops = {cell.path: cell for cell in grid.cells if cell.path}
    first = tops[grid.values[0].path]
    has_stub = any(
        cell.text and cell.row <= first.row < cell.row + cell.rows and cell.column < first.column for cell in grid.cells
    )
    build = _with_stub if has_stub else _without_stub
    return build(grid, section)


def _with_stub(grid: Grid, section: str) -> Layout:
    rows: dict[str, Label] = {}
    columns: dict[str, Label] = {}
    values: dict[tuple[str, str], DataCell] = {}
    one_row: dict[str, str] = {}
    wide = {cell.text for cell in grid.cells if cell.text and cell.columns > 1}
    reworded = wordings.ROWS.get(section, {})
    for value in grid.values:
        row, _, key = value.path.rpartition(".")
        *above, own, column = value.labels
        group, _, _ = row.rpartition(".")
        if wordings.ONE_ROW.get(section, {}).get(group):
            one_row[group] = f"{group}.{wordings.ONE_ROW[section][group]}"
            rows.setdefault(group, Label(group, (above[-1],), tuple(above[:-1]), alone=True))
        rows.setdefault(row, Label(row, (own, *reworded.get(row, ())), tuple(above)))
        names = (column, *wordings.COLUMNS.get(section, {}).get(key, ()))
        columns.setdefault(column, Label(column, names, is_wide=column in wide))
        values[row, column] = value
    one_row = {group: row for group, row in one_row.items() if row in rows}
    kept = tuple(row for row in rows.values() if not row.alone or row.key in one_row)
    return Layout(
        has_stub=True,
        rows=kept,
        columns=tuple(columns.values()),
        groups=(),
        values=values,
        other_words=_others(grid),
        positions=_positions(grid),
        one_row=one_row,
    )


def _without_stub(grid: Grid, section: str) -> Layout:
    groups: dict[str, Label] = {}
    columns: dict[str, Label] = {}
    values: dict[tuple[str, str], DataCell] = {}
    reworded = wordings.COLUMNS.get(section, {})
    for value in grid.values:
        group, _, key = value.path.rpartition(".")
        *above, own = value.labels
        if above:
            names = (above[-1], *reworded.get(group, ()))
            groups.setdefault(group, Label(group, names, tuple(above[:-1])))
        columns.setdefault(own, Label(own, (own, *reworded.get(key, ()))))
        values[group, own] = value
    return Layout(
        has_stub=False,
        rows=(),
        columns=tuple(columns.values()),
        groups=tuple(groups.values()),
        values=values,
        other_words=_others(grid),
        positions=_positions(grid),
    )


def _others(grid: Grid) -> frozenset[str]:
    labels = {label for value in grid.values for label in value.labels}
    return frozenset(core(cell.text) for cell in grid.cells if cell.text and cell.text not in labels)


def _positions(grid: Grid) -> dict[str, int]:
    top = min(cell.row for cell in grid.cells if cell.path)
    return {core(cell.text): cell.column for cell in reversed(grid.cells) if cell.text and cell.row < top}


def names_of(labels: Iterable[Label]) -> dict[str, list[int]]:
    """Find labels by their words."""
    found: dict[str, list[int]] = {}
    for index, label in enumerate(labels):
        for words in dict.fromkeys(map(core, label.names)):
            found.setdefault(words, []).append(index)
    return found
