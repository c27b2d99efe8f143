"""The head rows of a table found in a file: which columns of the form stand where."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from annual_report.readers.align import MARGIN, SURE, likeness
from annual_report.readers.labels import bare, core, numbered
from annual_report.readers.lines import is_blank, is_figure, widths

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annual_report.readers.blocks import Cell
    from annual_report.readers.layout import Layout
    from annual_report.readers.lines import Line


@dataclass
class Span:
    """Where a column of the form stands.

    Parameters
    ----------
    start, end
        The first column of the table found, and the one after the last that its label is printed over.
    reach
        The column after the last that may be its own, where those after its label have none.
    cells
        The label's cells.
    is_split
        Whether the label is printed in two places that do not touch.
    """

    start: int
    end: int
    reach: int
    cells: list[Cell]
    is_split: bool = False


@dataclass
class Head:
    """Head rows that stand together, and the columns below them.

    Parameters
    ----------
    spans
        The columns, by the index of the form's label.
    cells
        The cells of the rows that have words.
    strangers
        Those of them that have none of the form's.
    words
        The form's words in each row, but for those of columns.
    is_in_order
        Whether in each row the form's words stand in the form's order.
    width
        How many columns the rows have.
    is_ragged
        Whether rows below do not keep to the columns, so that only their order tells.
    """

    spans: dict[int, Span] = field(default_factory=dict)
    cells: list[Cell] = field(default_factory=list)
    strangers: list[Cell] = field(default_factory=list)
    words: list[frozenset[str]] = field(default_factory=list)
    is_in_order: bool = True
    width: int = 0
    is_ragged: bool = False

    def has_words_over(self, column: int) -> bool:
        """Return whether a column has a heading, if one that the form does not have."""
        return any(cell.column <= column < cell.column + cell.columns for cell in self.cells)

    def is_repeated_by(self, words: frozenset[str]) -> bool:
        """Return whether a row has words of an earlier row again, so that another head begins with it."""
        return any(words & earlier for earlier in self.words[:-1]) and not words & self.words[-1]

    def is_strange(self, cell: Cell) -> bool:
        """Return whether a cell stands below a heading that the form does not have."""
        return any(one.column <= cell.column < one.column + one.columns for one in self.strangers)

    @cached_property
    def start(self) -> int:
        """The first column with numbers."""
        return min(span.start for span in self.spans.values())

    @cached_property
    def end(self) -> int:
        """The column after the last with numbers."""
        return max(span.reach for span in self.spans.values())

    @property
    def order(self) -> list[int] | None:
        """The form's labels from left to right; none where that cannot be told."""
        if any(span.is_split for span in self.spans.values()):
            return None
        places = sorted((span.start, index) for index, span in self.spans.items())
        if len({start for start, _ in places}) == len(places):
            return [index for _, index in places]
        return None

    def has_all(self, count: int) -> bool:
        """Return whether all columns of the form are found, in the form's order in each row of the head."""
        return len(self.spans) == count and self.is_in_order and not self.strangers


class Columns:
    """Finds the form's column labels in rows.

    Parameters
    ----------
    wanted
        The table of the form.
    """

    def __init__(self, wanted: Layout) -> None:
        self.labels = wanted.columns
        self._names = wanted.column_names
        self._row_names = wanted.row_names
        self._others = wanted.other_words
        self._positions = wanted.positions

    def heads(self, rows: Sequence[Line]) -> list[Head | None]:
        """Return the head that each row belongs to, as one of its rows; none for the other rows."""
        matches = [self.matches(line) for line in rows]
        strong = [self._is_strong(line, found) for line, found in zip(rows, matches, strict=True)]
        joined = strong[:]
        for direction in (1, -1):
            order = range(len(rows))[::direction]
            for here in order:
                before = here - direction
                touches = 0 <= before < len(rows) and joined[before] and rows[before].piece == rows[here].piece
                joined[here] = joined[here] or (touches and self._is_weak(rows[here], matches[here]))
        across = widths(rows)
        heads: list[Head | None] = []
        for here, line in enumerate(rows):
            if not joined[here]:
                heads.append(None)
                continue
            width = across[line.piece]
            head = heads[-1] if here else None
            if head is None or head.width != width or head.is_repeated_by(self._words(line)):
                head = Head(width=width)
            head.words.append(self._words(line))
            self._add(head, line, matches[here])
            heads.append(head)
        return heads

    def matches(self, line: Line) -> dict[int, list[Cell]]:
        """Find the cells of a row that are column labels."""
        found: dict[int, list[Cell]] = {}
        if any(is_figure(cell.text) for cell in line.cells):
            return found
        for cell in line.cells:
            index = None if is_blank(cell.text) else self.find(cell.text)
            if index is not None:
                found.setdefault(index, []).append(cell)
        return found

    def find(self, text: str) -> int | None:
        """Find the column that a label can only mean."""
        if numbered(text):
            return None
        words = core(text)
        exact = self._names.get(words) or self._names.get(bare(text))
        if exact:
            return exact[0]
        if len(words) < 3 or words in self._others or words in self._row_names:  # noqa: PLR2004  # too short to guess
            return None
        ranked = sorted(((likeness(text, label), -index) for index, label in enumerate(self.labels)), reverse=True)
        best, second = ranked[0], ranked[1] if len(ranked) > 1 else (0.0, 0)
        return -best[1] if best[0] >= SURE and second[0] < best[0] - MARGIN else None

    def _words(self, line: Line) -> frozenset[str]:
        """Return the words of a row that are of the form's head, but no column's."""
        return frozenset(core(cell.text) for cell in line.cells if cell.text) & self._others

    def _is_strong(self, line: Line, found: dict[int, list[Cell]]) -> bool:
        sure = [index for index in found if not any(core(name) in self._row_names for name in self.labels[index].names)]
        texts = [cell.text for cell in line.cells if not is_blank(cell.text)]
        return bool(sure) and not any(numbered(text) and core(text) in self._row_names for text in texts)

    def _is_weak(self, line: Line, found: dict[int, list[Cell]]) -> bool:
        """Return whether a row has nothing but words of the form's head."""
        labels = {id(cell) for cells in found.values() for cell in cells}
        texts = [cell for cell in line.cells if not is_blank(cell.text)]
        return bool(texts) and all(id(cell) in labels or core(cell.text) in self._others for cell in texts)

    def _add(self, head: Head, line: Line, found: dict[int, list[Cell]]) -> None:
        words = [cell for cell in line.cells if not is_blank(cell.text)]
        labels = {id(cell) for cells in found.values() for cell in cells}
        head.cells += words
        head.strangers += [cell for cell in words if id(cell) not in labels and core(cell.text) not in self._positions]
        places = [self._positions[core(cell.text)] for cell in words if core(cell.text) in self._positions]
        head.is_in_order &= places == sorted(places)
        for index, cells in found.items():
            for cell in cells:
                _widen(head, index, cell)
        for index, span in head.spans.items():
            if self.labels[index].is_wide and any(own in line.cells for own in span.cells):
                for cell in line.cells:
                    if cell.column == span.reach and is_blank(cell.text):
                        span.reach = cell.column + cell.columns
        for span in head.spans.values():
            nearest = min((other.start for other in head.spans.values() if other.start >= span.end), default=span.reach)
            span.reach = max(span.end, min(span.reach, nearest))


def _widen(head: Head, index: int, cell: Cell) -> None:
    """Add a label's cell to the columns that it stands over."""
    end = cell.column + cell.columns
    span = head.spans.get(index)
    if span is None:
        head.spans[index] = Span(cell.column, end, end, [cell])
    elif all(cell is not own for own in span.cells):
        span.cells.append(cell)
        span.is_split |= cell.column > span.end or end < span.start
        span.start, span.end = min(span.start, cell.column), max(span.end, end)
        span.reach = max(span.reach, span.end)
