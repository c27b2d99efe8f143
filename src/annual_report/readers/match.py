"""Places the cells of a table found elsewhere by the form's chains of labels, and tells what it could not place."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from annual_report.messages import message
from annual_report.readers import labelled_rows, single_row
from annual_report.readers.as_printed import filled_in, is_as_printed
from annual_report.readers.labels import similarity
from annual_report.readers.layout import layout
from annual_report.readers.lines import is_blank, lines, too_large
from annual_report.readers.placement import Placement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annual_report.form.grid import Grid
    from annual_report.readers.blocks import Table


def place(tables: Sequence[Table], grid: Grid, section: str) -> Placement:
    """Find the values of a table of the form in tables found elsewhere.

    Parameters
    ----------
    tables
        The table, or the pieces that it is split into, in their order.
    grid
        The table of the form.
    section
        The key of its section, which tells other wordings of its labels.

    Returns
    -------
    Placement
        A cell for each value that has one, and everything else that was found or is missing.

    Examples
    --------
    >>> from annual_report.form import find
    >>> from annual_report.readers.blocks import Cell, Table
    >>> rows = [["信息内容", "本年处理决定数量"], ["行政许可", "7"]]
    >>> cells = [Cell(r, c, 1, 1, text) for r, row in enumerate(rows) for c, text in enumerate(row)]
    >>> found = place([Table(tuple(cells))], find("2021").grids["proactive_disclosure"], "proactive_disclosure")
    >>> found.cells["licensing.decisions"].text
    '7'
    >>> "penalties.decisions" in found.doubtful
    True
    """
    known = _as_printed(grid, section) if is_as_printed(tables, grid) else None
    return known.of(tables[0]) if known else place_by_labels(tables, grid, section)


def texts_as_printed(table: Table, grid: Grid, section: str) -> list[str]:
    """Return the text of each value of a table that `is_as_printed`; none where any label is not the value's own."""
    known = _as_printed(grid, section)
    if known is None or not known.has_own_labels(table):
        return []
    texts = table.texts
    return [texts[index] for index in known.cells.values()]


def place_by_labels(tables: Sequence[Table], grid: Grid, section: str) -> Placement:
    """Find the values by comparing labels, whatever the table looks like; `place` need not where it is the form's."""
    wanted = layout(grid, section)
    rows = lines([table for table in tables if not too_large(table)])
    placement = Placement()
    (labelled_rows if wanted.has_stub else single_row).place(rows, wanted, placement)
    _doubt_shared_cells(placement)
    _tell_headings(placement, grid)
    return placement


@dataclass(frozen=True, slots=True)
class _Places:
    """A placement in a table as the form prints it, with the index of each cell in its place."""

    cells: dict[str, int]
    headings: dict[str, tuple[int, ...]]
    stubs: dict[str, int]
    own: dict[int, str]
    """The words of the labels; none where a value has a label that is not among its own."""

    def has_own_labels(self, table: Table) -> bool:
        """Return whether the labels of each value are its own in the form, to the letter."""
        texts = table.texts
        return bool(self.own) and [texts[index] for index in self.own] == [*self.own.values()]

    def of(self, table: Table) -> Placement:
        """Return the placement in a table that has the same cells."""
        cells = table.cells
        above = {indexes: tuple(cells[index] for index in indexes) for indexes in set(self.headings.values())}
        return Placement(
            cells={path: cells[index] for path, index in self.cells.items()},
            headings={path: above[indexes] for path, indexes in self.headings.items()},
            stubs={path: cells[index] for path, index in self.stubs.items()},
            has_own_labels=self.has_own_labels(table),
        )


@lru_cache(maxsize=64)
def _as_printed(grid: Grid, section: str) -> _Places | None:
    """Place the cells of a table as the form prints it; none where anything about it is in doubt."""
    table = filled_in(grid)
    found = place_by_labels([table], grid, section)
    if found.notes or found.cost:
        return None
    at = {id(cell): index for index, cell in enumerate(table.cells)}
    labels = {value.path: (*found.headings[value.path], found.stubs.get(value.path)) for value in grid.values}
    are_own = all(cell is None or cell.text in value.labels for value in grid.values for cell in labels[value.path])
    return _Places(
        cells={value.path: at[id(found.cells[value.path])] for value in grid.values},
        headings={path: tuple(at[id(cell)] for cell in cells) for path, cells in found.headings.items()},
        stubs={path: at[id(cell)] for path, cell in found.stubs.items()},
        own={at[id(cell)]: cell.text for cells in labels.values() for cell in cells if cell} if are_own else {},
    )


def _tell_headings(placement: Placement, grid: Grid) -> None:
    """Note which headings are worded differently from the form's, each once."""
    told: set[int] = set()
    for value in grid.values:
        for cell in placement.headings.get(value.path, ()):
            if id(cell) not in told and value.path in placement.cells:
                told.add(id(cell))
                if similarity(cell.text, value.labels[-1]) < 1:
                    words = message("the label is worded “{label}” in the form", label=value.labels[-1])
                    placement.note("label.wording", value.path, words, [cell])


def _doubt_shared_cells(placement: Placement) -> None:
    """Doubt a number that serves several values: its cell is merged over more than one."""
    users: dict[int, list[str]] = {}
    for path, cell in placement.cells.items():
        if not is_blank(cell.text):
            users.setdefault(id(cell), []).append(path)
    for paths in users.values():
        if len(paths) > 1:
            cell = placement.cells[paths[0]]
            for path in paths:
                words = message("this cell is merged over several numbers of the form")
                placement.doubt("cell.shared", path, words, [cell])
