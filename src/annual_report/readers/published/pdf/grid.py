"""Tables out of ruled lines: where lines meet and part cells, with gaps, double lines and missing edges."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from itertools import accumulate, pairwise
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from annual_report.readers.published.pdf.geometry import Box, Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

# Distances in points.
_SAME = 3.5
"""How far apart neighbours among lines are that are one: a double line, the edges of cells with space between."""
_WIDTH = 8.0
"""How far apart the outermost of them are, at most."""
_GAP = 3.0
"""How far from another line, or from its own next piece, a line ends that goes on to it."""
_SHORTEST = 5.0
"""Shorter lines are dots and corners that belong to no longer one."""
_NARROWEST = 6.0
"""How far lines go on beyond the last one that crosses them where a table is open on that side."""
_STRIP = 6.0
"""How high a row is, and how wide a column, that is but the space between a frame and its table, or between cells."""
_BAND = 100.0
"""How high a row is that is a page's whole part of a table, at most."""
_MOST_PAIRS = 1_000_000
_MOST_PLACES = 100_000


class Area(NamedTuple):
    """A cell's place in the grid, counted from 0."""

    row: int
    column: int
    rows: int
    columns: int


@dataclass(slots=True)
class Grid:
    """A table's lines, as places along the page, and its cells between them.

    Parameters
    ----------
    xs, ys
        Where its columns and rows begin, and where the last ends.
    areas
        Its cells, row by row.
    """

    xs: list[float]
    ys: list[float]
    areas: list[Area]

    @property
    def box(self) -> Box:
        """Its edges."""
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def box_of(self, area: Area) -> Box:
        """Return a cell's edges."""
        bottom, right = area.row + area.rows, area.column + area.columns
        return Box(self.xs[area.column], self.ys[area.row], self.xs[right], self.ys[bottom])

    def place(self, x: float, y: float) -> tuple[int, int]:
        """Return the row and the column of a point in it."""
        row, column = bisect_right(self.ys, y) - 1, bisect_right(self.xs, x) - 1
        return min(max(row, 0), len(self.ys) - 2), min(max(column, 0), len(self.xs) - 2)


class TooManyLinesError(Exception):
    """A page has more lines than tables are made of."""


def grids(across: Iterable[Rule], down: Iterable[Rule]) -> list[Grid]:
    """Find the tables that horizontal and vertical lines make up.

    Parameters
    ----------
    across, down
        The lines, in any order and any number of pieces.

    Returns
    -------
    list[Grid]
        The tables, the smallest first; a frame of one cell is none, but a low one may be a table's row.

    Raises
    ------
    TooManyLinesError
        The lines are too many to be those of tables.
    """
    found = (_grid(*lines) for lines in _connected(_whole(across), _whole(down)))
    tables = [grid for grid in found if len(grid.areas) > 1 or (grid.areas and grid.box.height < _BAND)]
    return sorted(tables, key=lambda grid: grid.box.width * grid.box.height)


def _whole(rules: Iterable[Rule]) -> list[Rule]:
    """Join the pieces of lines, and double lines into one."""
    groups: list[list[Rule]] = []
    for rule in sorted(rules):
        if not groups or rule.at - groups[-1][-1].at > _SAME or rule.at - groups[-1][0].at > _WIDTH:
            groups.append([])
        groups[-1].append(rule)
    return [rule for group in groups for rule in _joined(group) if rule.end - rule.start >= _SHORTEST]


def _joined(group: list[Rule]) -> Iterator[Rule]:
    at = sum(rule.at for rule in group) / len(group)
    group.sort(key=lambda rule: rule.start)
    start, end = group[0].start, group[0].end
    for rule in group:
        if rule.start - end > _GAP:
            yield Rule(at, start, end)
            start = rule.start
        end = max(end, rule.end)
    yield Rule(at, start, end)


def _connected(across: Sequence[Rule], down: Sequence[Rule]) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """Return the lines that hang together."""
    if len(across) * len(down) > _MOST_PAIRS:
        raise TooManyLinesError
    group_of = list(range(len(across)))  # of each horizontal line; the vertical ones join them
    touched = [[i for i, line in enumerate(across) if _meet(line, other)] for other in down]
    for lines in touched:
        roots = {_root(group_of, i) for i in lines}
        for root in roots:
            group_of[root] = min(roots)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = defaultdict(lambda: ([], []))
    for i, line in enumerate(across):
        groups[_root(group_of, i)][0].append(line)
    for lines, other in zip(touched, down, strict=True):
        if lines:
            groups[_root(group_of, lines[0])][1].append(other)
    return ((across, down) for across, down in groups.values() if down)


def _root(parents: list[int], i: int) -> int:
    while parents[i] != i:
        i = parents[i]
    return i


def _meet(across: Rule, down: Rule) -> bool:
    return across.start - _GAP <= down.at <= across.end + _GAP and down.start - _GAP <= across.at <= down.end + _GAP


def _grid(across: list[Rule], down: list[Rule]) -> Grid:
    xs = _places([line.at for line in down], across)
    ys = _places([line.at for line in across], down)
    if len(xs) * len(ys) > _MOST_PLACES:
        raise TooManyLinesError
    below = _walls(across, ys, xs)
    beside = _walls(down, xs, ys)
    return _without_strips(_compact(Grid(xs, ys, list(_areas(len(ys) - 1, len(xs) - 1, below, beside)))))


def _places(ats: list[float], crossing: list[Rule]) -> list[float]:
    """Return where lines part the table, and its ends where no line closes it."""
    places = sorted(set(ats))
    start, end = min(line.start for line in crossing), max(line.end for line in crossing)
    if places[0] - start > _NARROWEST:
        places.insert(0, start)
    if end - places[-1] > _NARROWEST:
        places.append(end)
    return places


def _walls(lines: list[Rule], ats: list[float], along: list[float]) -> set[tuple[int, int]]:
    """Return the pieces of the grid that lines cover: which line it is, and which piece between two that cross it."""
    place_of = {at: i for i, at in enumerate(ats)}
    return {
        (place_of[line.at], i)
        for line in lines
        for i in range(max(bisect_right(along, line.start) - 1, 0), len(along) - 1)
        if min(line.end, along[i + 1]) - max(line.start, along[i]) > (along[i + 1] - along[i]) / 2
    }


def _areas(height: int, width: int, below: set[tuple[int, int]], beside: set[tuple[int, int]]) -> Iterator[Area]:
    """Yield the rectangles that no line parts; a shape that is no rectangle falls into several."""
    taken: set[tuple[int, int]] = set()
    for row in range(height):
        for column in range(width):
            if (row, column) in taken:
                continue
            right = column + 1
            while right < width and (right, row) not in beside and (row, right) not in taken:
                right += 1
            bottom = row + 1
            while (
                bottom < height
                and not any((bottom, i) in below or (bottom, i) in taken for i in range(column, right))
                and not any((i, bottom) in beside for i in range(column + 1, right))
            ):
                bottom += 1
            taken.update((i, j) for i in range(row, bottom) for j in range(column, right))
            yield Area(row, column, bottom - row, right - column)


def _compact(grid: Grid) -> Grid:
    """Leave out the lines at which no cell begins."""
    rows = [*sorted({area.row for area in grid.areas}), len(grid.ys) - 1]
    columns = [*sorted({area.column for area in grid.areas}), len(grid.xs) - 1]
    row_of = {row: i for i, row in enumerate(rows)}
    column_of = {column: i for i, column in enumerate(columns)}
    areas = [
        Area(
            row_of[row],
            column_of[column],
            row_of[row + height] - row_of[row],
            column_of[column + width] - column_of[column],
        )
        for row, column, height, width in grid.areas
    ]
    return Grid([grid.xs[i] for i in columns], [grid.ys[i] for i in rows], areas)


def _without_strips(grid: Grid) -> Grid:
    """Leave out rows and columns that are but space between cells."""
    rows = _edges_but_strips(grid.ys, {area.row for area in grid.areas if area.rows == 1})
    columns = _edges_but_strips(grid.xs, {area.column for area in grid.areas if area.columns == 1})
    if len(set(rows)) == len(rows) and len(set(columns)) == len(columns):
        return grid
    areas = [
        Area(rows[row], columns[column], rows[row + height] - rows[row], columns[column + width] - columns[column])
        for row, column, height, width in grid.areas
    ]
    xs = [grid.xs[columns.index(column)] for column in sorted(set(columns))]
    ys = [grid.ys[rows.index(row)] for row in sorted(set(rows))]
    return Grid(xs, ys, [area for area in areas if area.rows and area.columns])


def _edges_but_strips(at: Sequence[float], own: set[int]) -> list[int]:
    """Return for each edge of rows or columns which it is where those of a strip with own cells are one."""
    sizes = [end - start for start, end in pairwise(at)]
    strip = min(_STRIP, median(sizes) / 2) if sizes else 0.0
    return [0, *accumulate(int(size >= strip or place not in own) for place, size in enumerate(sizes))]
