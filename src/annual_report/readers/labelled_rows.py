"""Places the cells of tables whose rows have labels, as those of sections two and three."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from annual_report.form.base import TOTAL_KEY
from annual_report.messages import message
from annual_report.readers.align import EXACT, LEAST, align, is_sure, likeness, rivals
from annual_report.readers.heads import Columns, Head
from annual_report.readers.labels import EXPLAINED, bare, core, numbered, similarity
from annual_report.readers.lines import is_blank, is_figure, usual_ends, widths
from annual_report.readers.numbers import whole_number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annual_report.readers.align import Scores
    from annual_report.readers.blocks import Cell
    from annual_report.readers.layout import Layout
    from annual_report.readers.lines import Line
    from annual_report.readers.placement import Placement


@dataclass
class Row:
    """A row of numbers.

    Parameters
    ----------
    labels
        The cells to the left of its numbers that have words, from the outermost.
    cells
        The cell below each column, by the column's index; none where two differ.
    is_filled
        Whether a cell says anything.
    is_lost
        Whether its cells cannot be told apart.
    head
        The head that it is below.
    is_beside_numbers
        Whether the row before or after it has numbers and no label, so that these may be parts of its own.
    """

    labels: tuple[Cell, ...]
    cells: dict[int, Cell | None] = field(default_factory=dict)
    is_filled: bool = False
    is_lost: bool = False
    head: Head | None = None
    is_beside_numbers: bool = False

    @property
    def words(self) -> str:
        """Its own label."""
        return self.labels[-1].text


def place(rows: Sequence[Line], wanted: Layout, placement: Placement) -> None:
    """Place the cells of rows with labels.

    Parameters
    ----------
    rows
        The rows of the tables found.
    wanted
        The table of the form.
    placement
        What was found, to be filled in.
    """
    below, above = _parted(rows, Columns(wanted))
    if below:
        placement.leave_out_above(above)
    found = _joined(_rows(rows, below, wanted), wanted)
    scores = [_scores(row, wanted) for row in found]
    pairs = align(scores, [1.0 if row.is_filled else 0.9 for row in found], len(wanted.rows))
    _settle_groups(pairs, wanted)
    for index, row in enumerate(found):
        if index in pairs:
            _place_row(index, found, scores, pairs, wanted, placement)
        elif row.is_filled:
            placement.leave_out([row.labels[-1], *filter(None, row.cells.values())])
            placement.cost += 1
    _miss(pairs, wanted, placement)


def _parted(rows: Sequence[Line], columns: Columns) -> tuple[list[tuple[Line, Head]], list[Line]]:
    """Return the rows below a head, each with its head, which may be in an earlier piece; and those above the first."""
    below: list[tuple[Line, Head]] = []
    above: list[Line] = []
    across = widths(rows)
    current: Head | None = None
    piece = -1
    for line, head in zip(rows, columns.heads(rows), strict=True):
        if head is not None and head.spans:
            current, piece = head, line.piece
        elif head is None and current is not None:
            if line.piece != piece:  # a piece without a head of its own
                current, piece = replace(current, is_ragged=across[line.piece] != current.width), line.piece
            below.append((line, current))
        elif head is None:
            above.append(line)
    return below, above


def _rows(rows: Sequence[Line], below: Sequence[tuple[Line, Head]], wanted: Layout) -> list[Row]:
    """Take the rows of numbers, by the columns of their heads or by their order."""
    names = wanted.row_names
    taken = [None if head.is_ragged else _by_column(line, head, names) for line, head in below]
    for (line, head), row in zip(below, taken, strict=True):
        if row is None and not head.is_ragged and _has_row(line, names):
            head.is_ragged = True
    taken = [
        _in_order(line, head, len(wanted.columns)) if head.is_ragged else row
        for (line, head), row in zip(below, taken, strict=True)
    ]
    _mark_doubtful(taken, below, usual_ends(rows))
    _doubt_blank_ends(taken, below, rows, names)
    return [row for row in taken if row is not None]


def _mark_doubtful(rows: Sequence[Row | None], below: Sequence[tuple[Line, Head]], ends: dict[int, int]) -> None:
    """Mark rows beside numbers without a label, and those that end too early, so that a number may be missing."""
    alone = [_has_numbers_alone(line) for line, _ in below]
    for at, (row, (line, head)) in enumerate(zip(rows, below, strict=True)):
        if row is not None:
            row.head = head
            row.is_beside_numbers = any(alone[max(0, at - 1) : at] + alone[at + 1 : at + 2])
            row.is_lost |= line.end < ends.get(line.piece, 0) and not (head.is_ragged and _is_full(row))


def _doubt_blank_ends(
    taken: Sequence[Row | None], below: Sequence[tuple[Line, Head]], rows: Sequence[Line], names: dict[str, list[int]]
) -> None:
    """Mark rows that end in a blank cell before their head does, where blank cells fill other rows up to its end."""
    titles = [(line, [cell.text for cell in line.cells if not is_blank(cell.text)]) for line in rows]
    filled_up = {line.piece for line, texts in titles if line.end > 1 == len(texts) and core(texts[0]) not in names}
    for row, (line, head) in zip(taken, below, strict=True):
        is_whole = line.end >= head.end or (line.piece not in filled_up and bool(_one_below_each(line, head)))
        if row is not None and not (head.is_ragged or is_whole or _is_full(row)):
            row.is_lost |= is_blank(line.cells[-1].text)


def _has_row(line: Line, names: dict[str, list[int]]) -> bool:
    """Return whether a row has numbers, or the label of a row of the form."""
    texts = [cell.text for cell in line.cells if not is_blank(cell.text)]
    return any(map(is_figure, texts)) or any(core(text) in names and numbered(text) for text in texts)


def _has_numbers_alone(line: Line) -> bool:
    """Return whether all that begins in a row is numbers: its label, or the rest of them, is in another."""
    first = max((cell.row for cell in line.cells), default=0)
    texts = [cell.text for cell in line.cells if cell.row == first and not is_blank(cell.text)]
    return all(map(is_figure, texts)) and any(character.isdigit() for text in texts for character in text)


def _by_column(line: Line, head: Head, names: dict[str, list[int]]) -> Row | None:
    """Take a row's cells by the columns that they stand in; nothing where it does not keep to them."""
    filled = [cell for cell in line.cells if not is_blank(cell.text)]
    labels = [cell for cell in filled if cell.column < head.start]
    if not labels or any(cell.column + cell.columns > head.start or is_figure(cell.text) for cell in labels):
        return None
    if any(_is_astray(cell, head, names) for cell in filled):
        return None
    if any(cell.column >= head.end and not head.has_words_over(cell.column) for cell in line.cells):
        return None
    row = Row(tuple(labels), _one_below_each(line, head))
    row.is_filled = len(filled) > len(labels)
    if row.cells:
        return row
    for index, span in head.spans.items():
        below = [cell for cell in line.cells if cell.column < span.reach and cell.column + cell.columns > span.start]
        said = below if len(below) == 1 else [cell for cell in below if not is_blank(cell.text)]
        if len(said) > 1 and any(cell.column >= span.end for cell in said):
            return None
        if below:
            row.cells[index] = (said or below)[0] if len({cell.text for cell in said}) <= 1 else None
    row.is_lost = row.is_filled and len(row.cells) < len(head.spans)  # which cell it lacks nobody can tell
    return row


def _one_below_each(line: Line, head: Head) -> dict[int, Cell | None]:
    """Take the cells of a row with as many as the head, each at least partly below its own heading; else nothing."""
    order = head.order
    cells = [cell for cell in line.cells if head.start <= cell.column < head.end]
    if order is None or len(cells) != len(order):
        return {}
    spans = [head.spans[index] for index in order]
    are_below = all(
        cell.column < span.reach and cell.column + cell.columns > span.start
        for cell, span in zip(cells, spans, strict=True)
    )
    return dict(zip(order, cells, strict=True)) if are_below else {}


def _is_astray(cell: Cell, head: Head, names: dict[str, list[int]]) -> bool:
    """Return whether a cell that says something is where a number is expected and none, or where none is expected."""
    if not head.start <= cell.column < head.end:
        return False
    is_label = not is_figure(cell.text) and core(cell.text) in names and numbered(cell.text)
    return is_label or _is_between(cell, head) or cell.column + cell.columns > head.end


def _is_between(cell: Cell, head: Head) -> bool:
    """Return whether a cell among the numbers stands below no heading, or below two."""
    above = [span for span in head.spans.values() if span.start <= cell.column < span.reach]
    return len(above) > 1 or (not above and not head.is_strange(cell))


def _is_full(row: Row) -> bool:
    return all(cell is not None and not is_blank(cell.text) for cell in row.cells.values())


def _in_order(line: Line, head: Head, count: int) -> Row | None:
    """Take a row's cells in their order, where exactly as many as the head has columns hold all that is filled in."""
    cells = line.cells
    first = next((at for at, cell in enumerate(cells) if is_figure(cell.text)), len(cells))
    words = [at for at, cell in enumerate(cells[:first]) if not is_blank(cell.text)]
    if not words:
        return None
    row = Row(tuple(cells[at] for at in words))
    order = list(range(count)) if head.has_all(count) else head.order
    rest, count = cells[words[-1] + 1 :], len(head.spans)
    filled = [at for at, cell in enumerate(rest) if not is_blank(cell.text)]
    row.is_filled = bool(filled)
    low, high = (max(0, filled[-1] - count + 1), min(filled[0], len(rest) - count)) if filled else (0, 0)
    if order is None or len(rest) < count or low != high:
        row.is_lost = True
    else:
        row.cells = dict(zip(order, rest[low : low + count], strict=True))
    return row


def _joined(found: list[Row], wanted: Layout) -> list[Row]:
    """Put together rows whose label a page's end has cut in two."""
    names = wanted.row_names
    joined: list[Row] = []
    for row in found:
        last = joined[-1] if joined else None
        if last is not None and _is_cut(last, row, wanted, names):
            label = last.labels[-1]._replace(text=last.words + row.words)
            cells = {
                index: _either(last.cells.get(index), row.cells.get(index)) for index in {**last.cells, **row.cells}
            }
            filled = last.is_filled or row.is_filled
            is_lost, is_beside = last.is_lost or row.is_lost, last.is_beside_numbers or row.is_beside_numbers
            joined[-1] = Row((*last.labels[:-1], label), cells, filled, is_lost, last.head, is_beside)
        else:
            joined.append(row)
    return joined


def _is_cut(one: Row, other: Row, wanted: Layout, names: dict[str, list[int]]) -> bool:
    if one.is_filled and not other.is_filled and core(one.words + other.words) in wanted.chains:
        return True  # the label of a group's row, which has both in one cell
    if (one.is_filled and other.is_filled) or core(one.words) in names or core(other.words) in names:
        return False
    whole = one.words + other.words
    if core(whole) in names:
        return True
    best = max(likeness(whole, label) for label in wanted.rows)
    return best >= EXACT - 0.05 and all(
        best > similarity(row.words, label.printed) + 0.05 for row in (one, other) for label in wanted.rows
    )


def _either(one: Cell | None, other: Cell | None) -> Cell | None:
    """Return the one of two cells that is filled in."""
    if one is None or other is None:
        return one or other
    if is_blank(other.text):
        return one
    return other if is_blank(one.text) else None


def _scores(row: Row, wanted: Layout) -> dict[int, float]:
    """Compare a row's labels with those of the form's rows."""
    own = row.words
    exact = wanted.row_names.get(core(own)) or wanted.row_names.get(bare(own), [])
    if len(exact) == 1:
        return {exact[0]: 1.0 if core(own) in wanted.row_names else EXPLAINED}
    outer = "".join(cell.text for cell in row.labels[:-1])
    if exact:
        return {index: 0.8 + 0.2 * similarity(outer, "".join(wanted.rows[index].above)) for index in exact}
    scores = {}
    for index, label in enumerate(wanted.rows):
        score = likeness(own, label)
        if label.above and not label.alone:
            chain = label.above[-1] + label.printed
            score = max(score, similarity(own, chain), similarity(outer + own, chain) if outer else 0.0)
        if score >= LEAST and not (label.alone and score < EXACT):
            scores[index] = score
    return scores


def _settle_groups(pairs: dict[int, int], wanted: Layout) -> None:
    """Take a group for one row only where none of its own rows is found."""
    found = {wanted.rows[index].key for index in pairs.values()}
    for row, index in list(pairs.items()):
        label = wanted.rows[index]
        if label.alone and any(key.startswith(f"{label.key}.") for key in found):
            del pairs[row]


def _place_row(
    index: int, found: Sequence[Row], scores: Scores, pairs: dict[int, int], wanted: Layout, placement: Placement
) -> None:
    """Place the cells of a row that has its label in the form, or say why they are in doubt."""
    row, label = found[index], wanted.rows[pairs[index]]
    key = wanted.one_row[label.key] if label.alone else label.key
    paths = wanted.paths.get(key, [])
    placement.cost += 1 - scores[index][pairs[index]]
    twins = rivals(scores, pairs, index)
    cells = [row.labels[-1]]
    if twins:
        words = message("two rows of the table could be this one")
        placement.doubt("row.ambiguous", key, words, [*cells, *(found[at].labels[-1] for at in twins)], paths)
    elif not is_sure(scores, pairs, index):
        words = message("this row's label could be this one's, or another's")
        placement.doubt("row.uncertain", key, words, cells, paths)
    elif row.is_beside_numbers:
        words = message("a row beside this one has numbers and no label; they may be parts of this row's")
        placement.doubt("row.uncertain", key, words, cells, paths)
    elif row.is_lost or not _is_credible(row, key, found, wanted):
        words = message("the row's numbers are not below the table's headings")
        placement.doubt("row.shifted", key, words, [*cells, *(cell for cell in row.cells.values() if cell)], paths)
    elif similarity(row.words, label.printed) < 1:
        words = message("the label is worded “{label}” in the form", label=label.printed)
        placement.note("label.wording", key, words, cells)
    _place_cells(row, key, wanted, placement)
    if label.alone:
        _explain_one_row(label.key, key, row, wanted, placement)


def _place_cells(row: Row, key: str, wanted: Layout, placement: Placement) -> None:
    head = row.head or Head()
    for column, label in enumerate(wanted.columns):
        value = wanted.values.get((key, label.key))
        if value is None:
            continue
        is_total = value.path.rpartition(".")[2] == TOTAL_KEY
        span = head.spans.get(column)
        cell = row.cells.get(column)
        if span is not None:
            placement.headings[value.path] = tuple(span.cells)
            placement.stubs[value.path] = row.labels[-1]
        if cell is not None and span is not None and not span.is_split:
            placement.cells[value.path] = cell
        elif span is None:
            if not is_total or head.strangers:
                words = message("the column “{label}” is not found", label=label.printed)
                placement.doubt("column.missing", value.path, words, row.labels[-1:])
                placement.cost += 1 / len(wanted.rows)
        elif span.is_split:
            words = message("two columns of the table could be “{label}”", label=label.printed)
            placement.doubt("column.ambiguous", value.path, words, span.cells)
        elif column in row.cells:
            words = message("two cells of the table could be this one")
            placement.doubt("cell.ambiguous", value.path, words, row.labels[-1:])
        elif not (is_total or row.is_lost):
            words = message("the row has no cell below “{label}”", label=label.printed)
            placement.doubt("cell.missing", value.path, words, row.labels[-1:])


def _is_credible(row: Row, key: str, found: Sequence[Row], wanted: Layout) -> bool:
    """Check a row whose cells were taken in order: the head has just its columns, and a printed total is theirs.

    A total that is not is the office's own where no cell is blank, and most rows below the same head have theirs.
    """
    if row.head is None or not row.head.is_ragged:
        return True
    own = {index for index, label in enumerate(wanted.columns) if (key, label.key) in wanted.values}
    if own != set(row.head.spans):
        return False
    if _agrees(row, wanted):
        return True
    beside = [other for other in found if other.head is row.head and any(_numbers(other))]
    wrong = sum(not _agrees(other, wanted) for other in beside)
    return all(cell is not None and is_figure(cell.text) for cell in row.cells.values()) and 2 * wrong < len(beside)


def _numbers(row: Row) -> list[int]:
    texts = (cell.text.strip() for cell in row.cells.values() if cell is not None)
    return [number for text in texts if (number := whole_number(text)) is not None]


def _agrees(row: Row, wanted: Layout) -> bool:
    """Return whether a row's printed total is the sum of its cells, or nothing can be said of it."""
    totals = {value.labels[-1] for value in wanted.values.values() if value.path.rpartition(".")[2] == TOTAL_KEY}
    texts = {index: cell.text.strip() for index, cell in row.cells.items() if cell is not None}
    total = next((text for index, text in texts.items() if wanted.columns[index].key in totals), "")
    parts = [text for index, text in texts.items() if wanted.columns[index].key not in totals]
    if not total.isdecimal() or not all(text.isdecimal() or is_blank(text) or not is_figure(text) for text in parts):
        return True
    return whole_number(total) == sum(whole_number(text) or 0 for text in parts)


def _explain_one_row(group: str, key: str, row: Row, wanted: Layout, placement: Placement) -> None:
    """Make the rows of a group that is printed as one row zero, but for the one that has its numbers."""
    for (own, _), value in wanted.values.items():
        if own != key and own.startswith(f"{group}.") and value.path.rpartition(".")[2] != TOTAL_KEY:
            placement.zeros.add(value.path)
    words = message("printed as one row; its numbers are given to “{label}”", label=_label(key, wanted))
    placement.note("row.as_one", group, words, row.labels[-1:])
    placement.cost += 0.5


def _label(key: str, wanted: Layout) -> str:
    return next(label.printed for label in wanted.rows if label.key == key)


def _miss(pairs: dict[int, int], wanted: Layout, placement: Placement) -> None:
    """Name the rows that are not found."""
    found = {wanted.rows[index].key for index in pairs.values()}
    groups = {key for key in found if key in wanted.one_row}
    for label in wanted.rows:
        if label.key in found or label.alone or label.key.rpartition(".")[0] in groups:
            continue
        words = message("this row is not found")
        placement.doubt("row.missing", label.key, words, (), wanted.paths.get(label.key, []))
        placement.cost += 1
