"""Places the cells of tables whose values lie in one row below their labels, as those of section four.

Offices turn such tables too: the groups of columns are rows then, below the labels of one group's columns.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from annual_report.form.base import TOTAL_KEY
from annual_report.messages import message
from annual_report.readers.align import MARGIN, SURE, likeness
from annual_report.readers.heads import Columns
from annual_report.readers.labels import core
from annual_report.readers.lines import MAX_COLUMNS, is_blank, is_dash, is_figure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annual_report.readers.blocks import Cell
    from annual_report.readers.layout import Layout
    from annual_report.readers.lines import Line
    from annual_report.readers.placement import Placement

_LONGEST_WORD = 6
"""How many characters what stands for a number may have where it is none."""


@dataclass
class Below:
    """Head rows, and the rows of values below them.

    Parameters
    ----------
    head
        The head rows.
    rows
        The rows below.
    alone
        The cells that are alone in a row below.
    """

    head: list[Line] = field(default_factory=list)
    rows: list[Line] = field(default_factory=list)
    alone: list[Cell] = field(default_factory=list)


Target = tuple[str, str]


def place(rows: Sequence[Line], wanted: Layout, placement: Placement) -> None:
    """Place the cells of a row of values below its labels.

    Parameters
    ----------
    rows
        The rows of the tables found.
    wanted
        The table of the form.
    placement
        What was found, to be filled in.
    """
    finder = _Finder(wanted)
    candidates: dict[Target, list[Cell]] = {}
    split: set[Target] = set()
    not_taken: list[Cell] = []
    is_strange = False
    parts, above = _parts(rows, finder)
    if parts:
        placement.leave_out_above(above)
    for part in parts:
        not_taken += part.alone
        columns = finder.columns(part.head)
        split |= columns.twice
        filled = [line for line in part.rows if any(not is_blank(cell.text) for cell in line.cells)]
        for line in [line for line in filled if not _is_note(line)] or filled or part.rows[:1]:
            taken = _turned(line, columns, finder) if columns.turned else _take(line, columns, part.head, finder)
            for target, cell in taken.items():
                candidates.setdefault(target, []).append(cell)
            if not taken and finder.is_of_unknown_group(line, part, columns):
                placement.leave_out(line.cells)
            elif not taken:
                not_taken += line.cells
            used = {id(cell) for cell in taken.values()}
            others = [cell for cell in line.cells if cell.column in columns.strangers and id(cell) not in used]
            is_strange |= any(is_figure(cell.text) for cell in others)
        for target, spans in columns.columns.items():
            value = wanted.values.get(target)
            if value is not None:
                placement.headings[value.path] = tuple(cell for _, cell in spans)
    _settle(candidates, split, wanted, placement)
    if is_strange:
        _doubt_totals(wanted, placement)
    _doubt_beside([cell for cell in not_taken if is_figure(cell.text) and not is_dash(cell.text)], placement)


def _is_note(line: Line) -> bool:
    """Return whether a row has one text that is a sentence, and nothing else."""
    texts = {"".join(cell.text.split()) for cell in line.cells if not is_blank(cell.text)}
    return len(texts) == 1 and all(len(text) > _LONGEST_WORD and not is_figure(text) for text in texts)


def _doubt_totals(wanted: Layout, placement: Placement) -> None:
    """Doubt the totals that are not found, where a number stands below a label that is none of the form's."""
    for value in wanted.values.values():
        if value.path.rpartition(".")[2] == TOTAL_KEY and value.path not in placement.cells:
            placement.doubt("cell.missing", value.path, message("this cell is not found"))


def _doubt_beside(numbers: Sequence[Cell], placement: Placement) -> None:
    """Doubt the row of values if the numbers of another row have no place."""
    if numbers and placement.cells:
        words = message("a row beside this one has numbers and no label; they may be parts of this row's")
        placement.doubt("row.uncertain", "", words, numbers, placement.cells)


def _parts(rows: Sequence[Line], finder: _Finder) -> tuple[list[Below], list[Line]]:
    """Return each head with the rows below it, and the rows above the first head."""
    parts: list[Below] = []
    above: list[Line] = []
    was_head = False
    for line in rows:
        is_head = finder.is_head(line)
        if is_head and (not was_head or _begins_again(line, parts[-1])):
            parts.append(Below())
        if is_head:
            parts[-1].head.append(line)
        elif parts and len(line.cells) > 1:
            parts[-1].rows.append(line)
        elif parts:
            parts[-1].alone += line.cells
        else:
            above.append(line)
        was_head = is_head
    return parts, above


def _begins_again(line: Line, part: Below) -> bool:
    """Return whether a head row is the first one of the same head once more, in the next piece of a table."""
    first = part.head[0]
    return line.piece != first.piece and [cell.text for cell in line.cells] == [cell.text for cell in first.cells]


class _Finder:
    """Finds what the labels above a column mean."""

    def __init__(self, wanted: Layout) -> None:
        self.wanted = wanted
        self.leaves = Columns(wanted)
        self._groups: dict[str, str | None] = {}

    def is_head(self, line: Line) -> bool:
        texts = [cell.text for cell in line.cells if not is_blank(cell.text)]
        if not texts or any(map(is_figure, texts)):
            return False
        return any(self.leaves.find(text) is not None or self.group(text) for text in texts) or (
            any(core(text) in self.wanted.other_words for text in texts)
        )

    def group(self, text: str) -> str | None:
        """Find the group that a label means, by its own label or by one above it."""
        if text not in self._groups:
            self._groups[text] = self._group(text)
        return self._groups[text]

    def _group(self, text: str) -> str | None:
        words = core(text)
        names = {label.key: label for label in self.wanted.groups}
        for label in self.wanted.groups:
            for above in label.above:
                outer = f"{label.key.rpartition('.')[0]}"
                names.setdefault(outer, type(label)(outer, (above,)))
                joint = {core(f"{one}{other}") for name in label.names for one, other in ((above, name), (name, above))}
                if words in joint:
                    return label.key
        ranked = sorted(((likeness(text, label), key) for key, label in names.items()), reverse=True)
        if not ranked or ranked[0][0] < SURE:
            return None
        return ranked[0][1] if len(ranked) == 1 or ranked[1][0] < ranked[0][0] - MARGIN / 2 else None

    def columns(self, head: Sequence[Line]) -> _Found:
        """Find the columns of the form below head rows."""
        width = max((cell.column + cell.columns for line in head for cell in line.cells), default=0)
        found = _Found(width=min(width, MAX_COLUMNS))
        filled = [self._filled_in(line, found.width) for line in head]
        for column in range(found.width):
            chain = [cells[column] for cells in filled]
            target = self._target(chain)
            if target is None:
                found.is_odd |= self._is_odd(chain)
                found.strangers.add(column)
                continue
            key, cell = target
            spans = found.columns.setdefault(key, [])
            if spans and spans[-1][0] + 1 != column:
                found.twice.add(key)
            spans.append((column, cell))
        found.turned = self._turned(head[-1]) if head and not found.columns else ()
        groups = {group for group, _ in found.twice}
        found.twice.update(target for target in found.columns if target[0] in groups)
        return found

    def is_of_unknown_group(self, line: Line, part: Below, columns: _Found) -> bool:
        """Return whether a turned table's row has another label, or a row is the only one below one group's columns."""
        if columns.turned and any(_has_words(cell) and not self.is_known(cell) for cell in line.cells):
            return any(is_figure(cell.text) for cell in line.cells)
        count = len(self._turned(part.head[-1]))
        numbered = [row for row in part.rows if any(is_figure(cell.text) for cell in row.cells)]
        return count == len(part.head[-1].cells) == len(line.cells) and numbered == [line]

    def is_known(self, cell: Cell) -> bool:
        """Return whether a label is one of the form's."""
        known = self.leaves.find(cell.text) is not None or self.group(cell.text)
        return bool(known) or core(cell.text) in self.wanted.other_words

    def _turned(self, line: Line) -> tuple[str, ...]:
        """Return the columns of one group where a head row has just these, each once and at its end."""
        texts = [cell.text for cell in line.cells]
        leaves = [None if is_blank(text) else self.leaves.find(text) for text in texts]
        first = next((at for at, leaf in enumerate(leaves) if leaf is not None), len(leaves))
        keys = [self.wanted.columns[leaf].key for leaf in leaves[first:] if leaf is not None]
        whole = len(keys) == len(leaves) - first == len(set(keys)) == len(self.wanted.columns)
        return tuple(keys) if whole else ()

    def _filled_in(self, line: Line, width: int) -> list[Cell | None]:
        """Return the cell with words over each column; blank cells to the right of a group's label are its own."""
        cells: list[Cell | None] = [None] * width
        last: Cell | None = None
        for cell in line.cells:
            if not is_blank(cell.text):
                last = cell
            elif cell.columns > 1 or (last is not None and self.leaves.find(last.text) is not None):
                last = None
            for column in range(cell.column, min(cell.column + cell.columns, width)):
                cells[column] = last
        return cells

    def _target(self, chain: Sequence[Cell | None]) -> tuple[Target, Cell] | None:
        """Read the labels above a column, from the top; none where one is missing or they do not belong together."""
        group = ""
        leaf, cut = self._cut(chain)
        for cell in chain:
            if cell is None or cell in cut:
                continue
            index = self.leaves.find(cell.text)
            named = None if index is not None else self.group(cell.text)
            if index is not None:
                if leaf is not None and leaf[0] != index:
                    return None
                leaf = (index, cell)
            elif named is not None:
                if group and not named.startswith(group):
                    return None
                group = named
        if leaf is None:
            return None
        key = (group, self.wanted.columns[leaf[0]].key)
        return (key, leaf[1]) if key in self.wanted.values else None

    def _cut(self, chain: Sequence[Cell | None]) -> tuple[tuple[int, Cell] | None, tuple[Cell, ...]]:
        """Find a label that a page's end has cut into two cells, one below the other."""
        for above, below in pairwise(cell for cell in chain if cell is not None):
            index = self.leaves.find(above.text + below.text) if above is not below else None
            name = "" if index is None else self.wanted.columns[index].printed
            if index is not None and core(above.text + below.text) == core(name):
                return (index, below), (above, below)
        return None, ()

    def _is_odd(self, chain: Sequence[Cell | None]) -> bool:
        """Return whether labels that the form has do not belong together, or there are none at all."""
        words = [cell.text for cell in chain if cell is not None]
        return not words or all(self.leaves.find(text) is not None or self.group(text) for text in words)


def _has_words(cell: Cell) -> bool:
    return not is_blank(cell.text) and not is_figure(cell.text)


@dataclass
class _Found:
    """The columns of the form below head rows: the columns of the table for each, with the label above.

    `is_odd` tells that the labels do not belong together as the form has them, `twice` which stand in two places,
    `strangers` which columns of the table have another label or none, and `turned` gives the columns of every group
    where the groups are rows.
    """

    columns: dict[Target, list[tuple[int, Cell]]] = field(default_factory=dict)
    twice: set[Target] = field(default_factory=set)
    width: int = 0
    strangers: set[int] = field(default_factory=set)
    is_odd: bool = False
    turned: tuple[str, ...] = ()


def _turned(line: Line, found: _Found, finder: _Finder) -> dict[Target, Cell]:
    """Take a row that is a group's, in order: its labels, and behind them a cell for each column."""
    count = len(found.turned)
    labels, cells = line.cells[:-count], line.cells[-count:]
    group = ""
    for label in labels:
        named = "" if is_blank(label.text) else finder.group(label.text)
        if named is None or not (named.startswith(group) or not named):
            return {}
        group = named or group
    if len(cells) < count or any(finder.group(cell.text) for cell in cells):
        return {}
    taken = {(group, key): cell for key, cell in zip(found.turned, cells, strict=True)}
    return taken if set(taken) <= set(finder.wanted.values) else {}


def _take(line: Line, found: _Found, head: Sequence[Line], finder: _Finder) -> dict[Target, Cell]:
    """Take a row's cells by the columns that they stand in, or in order where they do not keep to them."""
    if (found.is_odd and not _is_whole(line, found, finder)) or any(
        cell.column >= found.width and not is_blank(cell.text) for cell in line.cells
    ):
        return _in_order(line, head, finder)
    taken: dict[Target, Cell] = {}
    for target, spans in found.columns.items():
        own = {column for column, _ in spans}
        below = [
            cell for cell in line.cells if own & set(range(cell.column, min(cell.column + cell.columns, MAX_COLUMNS)))
        ]
        filled = [cell for cell in below if not is_blank(cell.text)]
        if not below:
            return {}  # which cell the row lacks nobody can tell
        if len({cell.text for cell in filled}) <= 1:
            taken[target] = (filled or below)[0]
    return taken if len(taken) == len(found.columns) else _in_order(line, head, finder) or taken


def _is_whole(line: Line, found: _Found, finder: _Finder) -> bool:
    """Return whether all columns of the form are found, and a row has no number in any other."""
    others = [cell for cell in line.cells if cell.column in found.strangers]
    return finder.wanted.values.keys() <= found.columns.keys() and not any(is_figure(cell.text) for cell in others)


def _in_order(line: Line, head: Sequence[Line], finder: _Finder) -> dict[Target, Cell]:
    """Take a row's cells in order where the head has the form's labels in its order, and as many.

    One label may be another than the form's; what is below it is not taken. A total's may not: as one that is not
    printed it would not be missed.
    """
    cells: dict[int, Cell] = {id(cell): cell for row in head for cell in row.cells if not is_blank(cell.text)}
    found = [(finder.leaves.find(cell.text), cell) for cell in cells.values()]
    named = {group for index, cell in found if index is None and (group := finder.group(cell.text))}
    targets = list(finder.wanted.values)
    order = [
        None if index is None else finder.wanted.columns[index].key
        for index, cell in found
        if index is not None or not finder.is_known(cell)
    ]
    complete = all(any(name == group or group.startswith(f"{name}.") for name in named) for group, _ in targets)
    if not complete or not len(order) == len(targets) == len(line.cells):
        return {}
    others = {target: leaf for target, leaf in zip(targets, order, strict=True) if leaf != target[1]}
    totals = [target for target in others if finder.wanted.values[target].path.rpartition(".")[2] == TOTAL_KEY]
    if len(others) > 1 or totals or any(others.values()):
        return {}
    return {target: cell for target, cell in zip(targets, line.cells, strict=True) if target not in others}


def _settle(candidates: dict[Target, list[Cell]], split: set[Target], wanted: Layout, placement: Placement) -> None:
    missing: dict[str, list[str]] = {}
    for target, value in wanted.values.items():
        cells = candidates.get(target, [])
        is_total = value.path.rpartition(".")[2] == TOTAL_KEY
        if target in split or len(cells) > 1:
            words = message("two cells of the table could be this one")
            placement.doubt("cell.ambiguous", value.path, words, cells)
        elif cells:
            placement.cells[value.path] = cells[0]
        elif not is_total:
            missing.setdefault(target[0], []).append(value.path)
            placement.cost += 1 / len(wanted.columns)
    for group, paths in missing.items():
        if len(paths) + 1 >= len(wanted.columns):
            placement.doubt("row.missing", group, message("these cells are not found"), (), paths)
        else:
            for path in paths:
                placement.doubt("cell.missing", path, message("this cell is not found"))
