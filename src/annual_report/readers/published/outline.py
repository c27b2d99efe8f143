"""Where the parts of a report begin and end among a file's blocks: title, introduction, sections, signature."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from annual_report.form import registry, wordings
from annual_report.form.sections import SECTIONS, TABLES
from annual_report.readers.align import SURE
from annual_report.readers.blocks import Block, Cell, Paragraph, Table
from annual_report.readers.labels import bare, core, folded, similarity
from annual_report.readers.layout import layout
from annual_report.readers.lines import is_blank, is_figure, lines, too_large
from annual_report.report.places import section_title

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

MAX_HEADING = 60
"""How many characters a section's heading may have; the form's longest has 22."""

MAX_PIECES = 20
"""Into how many pieces a section's table may be split."""

_SUB = 2
"""The rank of a heading that is numbered as a sub-heading."""

_NUMERAL = re.compile(r"[一二三四五六七八九十]{1,3}[、.,:]|第[一二三四五六七八九十]{1,3}(?:部分|章|节)?[、.,:]?")
_LOWER = re.compile(r"\([一二三四五六七八九十0-9]{1,3}\)|[0-9]{1,2}[、.,]")
_RUN_IN = re.compile(r"[。：:\n]")


@dataclass
class Outline:
    """The parts of a report.

    Parameters
    ----------
    front
        What stands before section one: a site's navigation, the title, the introduction.
    headings
        The sections' headings, of those that have one.
    prose
        The paragraphs of sections one, five and six, of those that are found.
    tables
        The tables, or pieces of them, of sections two, three and four.
    before, notes
        The paragraphs before a section's table, and after it.
    others
        Tables that are none of the form's, each with the section that it stands in.
    marked_level
        The level at which the file itself marks its sections' headings; none where it does not.
    """

    front: list[Paragraph] = field(default_factory=list)
    headings: dict[str, Paragraph] = field(default_factory=dict)
    prose: dict[str, list[Paragraph]] = field(default_factory=dict)
    tables: dict[str, list[Table]] = field(default_factory=dict)
    before: dict[str, list[Paragraph]] = field(default_factory=dict)
    notes: dict[str, list[Paragraph]] = field(default_factory=dict)
    others: list[tuple[str, Table]] = field(default_factory=list)
    marked_level: int | None = None


def outline(blocks: Iterable[Block]) -> Outline:
    """Find the parts of a report.

    Parameters
    ----------
    blocks
        A file's blocks in their order.

    Returns
    -------
    Outline
        The parts; a section that is not found is in none of them.
    """
    given = list(_unfolded(blocks))
    level = _marked_level(given)
    parts = list(_with_labels_above(_split(given) if level is None else given))
    kinds = _kinds(parts)
    headings = _headings(parts, kinds, level)
    return _sliced(parts, kinds, headings, Outline(marked_level=level))


def _unfolded(blocks: Iterable[Block]) -> Iterator[Block]:
    """Take sections' headings, and text that a table only lays out, from tables."""
    for block in blocks:
        if isinstance(block, Table) and not too_large(block) and _texts(block):
            yield from _cut(block)
        else:
            yield block


def _texts(table: Table) -> bool:
    """Tell whether a table may hold more than a table of the form: a section's heading or whole sentences."""
    return any(len(text) > MAX_HEADING or section_of(text, SURE) for text in {cell.text for cell in table.cells})


def _cut(table: Table) -> Iterator[Block]:
    """Cut a table at rows of one cell that is a section's heading; one that has no labels of the form is text."""
    rows: list[int] = []
    pieces: list[Block] = []
    for row, line in enumerate(lines([table])):
        texts = {cell.text for cell in line.cells if not is_blank(cell.text)}
        starts = [cell for cell in line.cells if cell.row == row and not is_blank(cell.text)]
        if len(texts) == 1 and starts and section_of(starts[0].text, SURE):
            pieces += _piece(table, rows)
            pieces.append(Paragraph(starts[0].text.strip(), starts[0].location))
            rows = []
        else:
            rows.append(row)
    pieces += _piece(table, rows)
    yield from pieces


def _piece(table: Table, rows: list[int]) -> list[Block]:
    """Give some rows of a table as a table, or as paragraphs where they are text."""
    if not rows:
        return []
    first, last = rows[0], rows[-1]
    cells = tuple(
        cell._replace(row=max(cell.row, first) - first, rows=cell.rows - max(0, first - cell.row))
        for cell in table.cells
        if first <= cell.row <= last or (cell.row < first < cell.row + cell.rows)
    )
    piece = Table(cells, cells[0].location if cells else table.location)
    if kind_of(piece) or not any(len(cell.text) > MAX_HEADING for cell in cells):
        return [piece]
    return [Paragraph(line.strip(), cell.location) for cell in cells for line in cell.text.split("\n") if line.strip()]


def _marked_level(blocks: Sequence[Block]) -> int | None:
    """Find the level at which the file marks most of its sections' headings."""
    sections: dict[int, set[str]] = {}
    for block in blocks:
        if isinstance(block, Paragraph) and block.level and (section := section_of(block.text, SURE)):
            sections.setdefault(block.level, set()).add(section)
    return next((level for level, keys in sections.items() if len(keys) > len(SECTIONS) // 2), None)


def _split(blocks: Iterable[Block]) -> Iterator[Block]:
    """Split paragraphs at line breaks, and behind a section's heading that the text runs in after."""
    for block in blocks:
        if isinstance(block, Table):
            yield block
            continue
        for part in _at_line_breaks(block):
            found = _RUN_IN.search(part.text[:MAX_HEADING])
            lead = part.text[: found.start()] if found else ""
            if found and _NUMERAL.match(folded(lead)) and section_of(lead, 0.95):
                yield part_of(part, 0, found.start())
                yield part_of(part, found.end(), len(part.text))
            elif part.text.strip():
                yield part


def _at_line_breaks(paragraph: Paragraph) -> Iterator[Paragraph]:
    if "\n" not in paragraph.text:
        yield paragraph
        return
    start = 0
    for line in paragraph.text.split("\n"):
        yield part_of(paragraph, start, start + len(line))
        start += len(line) + 1


def part_of(paragraph: Paragraph, start: int, end: int) -> Paragraph:
    """Give a part of a paragraph, with the emphasis that is in it, without spaces at its ends.

    Parameters
    ----------
    paragraph
        The paragraph.
    start, end
        The part's first character, and the one after its last.

    Returns
    -------
    Paragraph
        The part.
    """
    text = paragraph.text[start:end]
    start += len(text) - len(text.lstrip())
    text = text.strip()
    inside = ((max(first, start) - start, min(last, start + len(text)) - start) for first, last in paragraph.emphasis)
    emphasis = tuple((first, last) for first, last in inside if first < last)
    lead = max(0, min(paragraph.lead - start, len(text)))
    return replace(paragraph, text=text, emphasis=emphasis, lead=lead)


@lru_cache(maxsize=4096)
def section_of(text: str, least: float) -> str | None:
    """Find the section that a heading is of.

    Parameters
    ----------
    text
        The heading as printed.
    least
        How alike it is at least to the form's title or another wording of it.

    Returns
    -------
    str | None
        The section's key.
    """
    if len(text) > MAX_HEADING or not core(text) or text.rstrip().endswith(("。", "；", "，")):
        return None
    best = max(((_title_likeness(text, key), key) for key in SECTIONS), key=lambda item: item[0])
    is_label = best[0] < 1 and any(core(text) in words for words in _words(registry.known()).values())
    return best[1] if best[0] >= least and not is_label else None


def _title_likeness(text: str, key: str) -> float:
    titles = (section_title(key), *wordings.SECTIONS.get(key, ()))
    words = core(_NUMERAL.sub("", folded(text), count=1))
    if words in map(core, titles):
        return 1.0
    if len(words) < 4:  # noqa: PLR2004  # too short to guess
        return 0.0
    return max(similarity(words, title) for title in titles)


def _with_labels_above(blocks: Iterable[Block]) -> Iterator[Block]:
    """Put lines that are labels of the table that follows into it, where text has lost a row of one merged cell."""
    lines_above: list[Paragraph] = []
    for block in blocks:
        if isinstance(block, Paragraph) and block.level is None and _labelled_in(block.text):
            lines_above.append(block)
            continue
        if isinstance(block, Table) and lines_above:
            kind = kind_of(block)
            own = [line for line in lines_above if kind and kind in _labelled_in(line.text)]
            if len(own) == len(lines_above):
                yield _below(block, own)
                lines_above = []
                continue
        yield from lines_above
        lines_above = []
        yield block
    yield from lines_above


@lru_cache(maxsize=4096)
def _labelled_in(text: str) -> frozenset[str]:
    """Give the sections in whose tables a line is a label over columns or rows, as the form prints it."""
    words = core(text) if len(text) <= MAX_HEADING else ""
    editions = registry.known()
    return frozenset(
        key
        for edition in editions
        for key, grid in edition.grids.items()
        for cell in grid.cells
        if words and cell.role in ("band", "heading") and cell.columns > 1 and core(cell.text) == words
    )


def _below(table: Table, labels: Sequence[Paragraph]) -> Table:
    """Give a table with rows of one cell above it."""
    width = max((cell.column + cell.columns for cell in table.cells), default=1)
    head = [Cell(row, 0, 1, width, line.text, line.location) for row, line in enumerate(labels)]
    return replace(table, cells=(*head, *(cell._replace(row=cell.row + len(labels)) for cell in table.cells)))


def _kinds(blocks: Sequence[Block]) -> list[str | None]:
    """Tell of each block which section's table it is, if any."""
    return [kind_of(block) if isinstance(block, Table) else None for block in blocks]


def kind_of(table: Table) -> str | None:
    """Tell which section's table a table is by its labels.

    Parameters
    ----------
    table
        A table of a file.

    Returns
    -------
    str | None
        The section's key; none where it is no table of the form.
    """
    if too_large(table):
        return None
    texts = {cell.text for cell in table.cells if cell.text}
    words = {found for text in texts for found in (core(text), bare(text))}
    known = _words(registry.known())
    hits = {key: words & own for key, own in known.items()}
    ranked = sorted(TABLES, key=lambda key: len(hits[key]), reverse=True)
    first, second = ranked[0], ranked[1]
    only = hits[first].difference(*(known[key] for key in TABLES if key != first))
    if len(hits[first]) > len(hits[second]) and (len(only) > 1 or any(len(word) > 3 for word in only)):  # noqa: PLR2004
        return first
    return None


@lru_cache(maxsize=8)
def _words(editions: tuple[registry.Edition, ...]) -> dict[str, frozenset[str]]:
    """Give the words of each section's labels in any edition."""
    found: dict[str, set[str]] = {key: set() for key in TABLES}
    for edition in editions:
        for key, grid in edition.grids.items():
            wanted = layout(grid, key)
            for label in (*wanted.rows, *wanted.columns, *wanted.groups):
                found[key].update(core(name) for name in (*label.names, *label.above))
            found[key].update(wanted.other_words)
    return {key: frozenset(words) for key, words in found.items()}


def _headings(blocks: Sequence[Block], kinds: Sequence[str | None], level: int | None) -> dict[str, int]:
    """Choose each section's heading among the paragraphs that could be one."""
    candidates: dict[str, list[int]] = {key: [] for key in SECTIONS}
    for index, block in enumerate(blocks):
        if isinstance(block, Paragraph) and level in {None, block.level}:
            section = section_of(block.text, SURE)
            if section is not None:
                candidates[section].append(index)
    first = {key: kinds.index(key) for key in TABLES if key in kinds}
    chosen: dict[str, int] = {}
    position = -1
    for number, key in enumerate(SECTIONS):
        later = [first[other] for other in SECTIONS[number:] if first.get(other, -1) > position]
        end = min(later, default=len(blocks))
        possible = [
            index for index in candidates[key] if position < index < end and _may_head(key, blocks, kinds, index)
        ]
        if not possible:
            position = max(position, _last_piece(kinds, key, blocks, position, candidates))
            continue
        nearest_last = key in first or key == SECTIONS[0]
        chosen[key] = min(possible, key=lambda index: (_rank(blocks[index]), -index if nearest_last else index))
        position = max(chosen[key], _last_piece(kinds, key, blocks, chosen[key], candidates))
    return chosen


def _may_head(key: str, blocks: Sequence[Block], kinds: Sequence[str | None], index: int) -> bool:
    """Tell whether a paragraph may be a section's heading: one numbered （一） only right above the section's table."""
    if _rank(blocks[index]) < _SUB or not _text(blocks[index]).startswith("("):
        return True
    return index + 1 < len(kinds) and kinds[index + 1] == key


def _text(block: Block) -> str:
    return folded(block.text) if isinstance(block, Paragraph) else ""


def _rank(block: Block) -> int:
    """Rank a heading: numbered as a section is, not numbered, numbered as a sub-heading is."""
    text = _text(block)
    if isinstance(block, Paragraph) and block.level == 1:
        return 0
    return 0 if _NUMERAL.match(text) else _SUB if _LOWER.match(text) else 1


def _last_piece(
    kinds: Sequence[str | None], key: str, blocks: Sequence[Block], position: int, candidates: dict[str, list[int]]
) -> int:
    """Find the last piece of a section's table: those that no other section's heading or table parts from the first."""
    others = {index for other, indexes in candidates.items() if other != key for index in indexes}
    last = -1
    for index in range(position + 1, len(blocks)):
        kind = kinds[index]
        if kind == key:
            last = index
        elif last >= 0 and (kind is not None or (index in others and _rank(blocks[index]) < _SUB)):
            break
    return last


def _sliced(blocks: Sequence[Block], kinds: Sequence[str | None], headings: dict[str, int], found: Outline) -> Outline:
    """Give each block to the part that it is in."""
    at = {index: key for key, index in headings.items()}
    section = ""
    for index, block in enumerate(blocks):
        if index in at:
            section = at[index]
            found.headings[section] = _as_paragraph(block)
            if section not in TABLES:
                found.prose[section] = []
        elif isinstance(block, Table):
            section = _give_table(block, kinds[index], section, headings, found)
        elif section in TABLES:
            part = found.notes if section in found.tables else found.before
            part.setdefault(section, []).append(block)
        elif section:
            found.prose[section].append(block)
        else:
            found.front.append(block)
    return found


def _as_paragraph(block: Block) -> Paragraph:
    if not isinstance(block, Paragraph):
        msg = "a heading is a paragraph"
        raise TypeError(msg)
    return block


def _give_table(table: Table, kind: str | None, section: str, headings: dict[str, int], found: Outline) -> str:
    """Give a table to its section; one without labels continues the table before it. Tell the section then."""
    if kind is None and section in found.tables and section not in found.notes and _continues(table):
        kind = section
    is_here = kind == section or (kind is not None and kind not in headings and _is_next(kind, section))
    if kind is None or not is_here or len(found.tables.get(kind, ())) >= MAX_PIECES:
        if section:
            found.others.append((section, table))
        return section
    found.tables.setdefault(kind, []).append(table)
    return kind


def _is_next(kind: str, section: str) -> bool:
    """Tell whether a table whose section has no heading may stand here: after the sections before it only."""
    return not section or SECTIONS.index(kind) > SECTIONS.index(section)


def _continues(table: Table) -> bool:
    """Tell whether a table has numbers or blank cells, as the rest of a table that a page's end has cut."""
    return not too_large(table) and any(is_blank(cell.text) or is_figure(cell.text) for cell in table.cells)
