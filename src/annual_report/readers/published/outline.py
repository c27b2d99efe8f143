"""Where the parts of a report begin and end among a file's blocks: title, introduction, sections, signature."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from annual_report.form.sections import SECTIONS, TABLES
from annual_report.readers.align import SURE
from annual_report.readers.blocks import Block, Paragraph, Table
from annual_report.readers.labels import folded
from annual_report.readers.lines import is_blank, is_figure, too_large
from annual_report.readers.published.sections import NUMERAL, is_numbered_as, kind_of, section_of
from annual_report.readers.published.unfold import split, unfolded, with_labels_above
from annual_report.report.places import section_title

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MAX_PIECES = 20
"""Into how many pieces a section's table may be split."""

_LEAST_ENTRIES = 4
"""How many headings one right after the other are a table of contents."""

_SUB = 2
"""The rank of a heading that is numbered as a sub-heading."""

_LOWER = re.compile(r"\([一二三四五六七八九十0-9]{1,3}\)|[0-9]{1,2}[、.,]")


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
    given = list(unfolded(blocks))
    level = _marked_level(given)
    parts = list(with_labels_above(split(given) if level is None else given))
    kinds = _kinds(parts)
    headings = _headings(parts, kinds, level)
    return _sliced(parts, kinds, headings, Outline(marked_level=level))


def _marked_level(blocks: Sequence[Block]) -> int | None:
    """Find the level at which the file marks most of its sections' headings."""
    sections: dict[int, set[str]] = {}
    for block in blocks:
        if isinstance(block, Paragraph) and block.level and (section := section_of(block.text, SURE)):
            sections.setdefault(block.level, set()).add(section)
    return next((level for level, keys in sections.items() if len(keys) > len(SECTIONS) // 2), None)


def _kinds(blocks: Sequence[Block]) -> list[str | None]:
    """Tell of each block which section's table it is, if any."""
    return [kind_of(block) if isinstance(block, Table) else None for block in blocks]


def _headings(blocks: Sequence[Block], kinds: Sequence[str | None], level: int | None) -> dict[str, int]:
    """Find each section's heading; one numbered （一） is one right above a table, or where all six are so numbered."""
    candidates: dict[str, list[int]] = {key: [] for key in SECTIONS}
    for index, block in enumerate(blocks):
        if isinstance(block, Paragraph) and level in {None, block.level}:
            section = section_of(block.text, SURE)
            if section is not None:
                candidates[section].append(index)
    candidates = _without_contents(candidates)
    usual = {key: [index for index in own if _may_head(key, blocks, kinds, index)] for key, own in candidates.items()}
    chosen = _chosen(usual, blocks, kinds, level)
    if len(chosen) < len(SECTIONS):
        in_brackets = _chosen(_numbered_in_brackets(blocks, candidates), blocks, kinds, level)
        chosen = in_brackets if len(in_brackets) == len(SECTIONS) else chosen
    return chosen


def _numbered_in_brackets(blocks: Sequence[Block], candidates: dict[str, list[int]]) -> dict[str, list[int]]:
    """Choose the headings that have their section's number in brackets, （一） to （六） or （1） to （6）."""
    numbers = {key: (f"({section_title(key)[0]})", f"({at})") for at, key in enumerate(SECTIONS, 1)}
    return {
        key: [index for index in own if _text(blocks[index]).startswith(numbers[key])]
        for key, own in candidates.items()
    }


def _chosen(
    candidates: dict[str, list[int]], blocks: Sequence[Block], kinds: Sequence[str | None], level: int | None
) -> dict[str, int]:
    """Choose each section's heading among the paragraphs that could be one, in the form's order."""
    first = {key: kinds.index(key) for key in TABLES if key in kinds}
    chosen: dict[str, int] = {}
    position = -1
    for number, key in enumerate(SECTIONS):
        later = [first[other] for other in SECTIONS[number:] if first.get(other, -1) > position]
        end = min(later, default=len(blocks))
        possible = [index for index in candidates[key] if position < index < end]
        if not possible and all(first.get(other, -1) <= position for other in TABLES):
            lines = range(position + 1, len(blocks))
            possible = [index for index in lines if _is_loose_heading(key, blocks[index], level)]
        if not possible:
            position = max(position, _last_piece(kinds, key, blocks, position, candidates))
            continue
        nearest_last = key in first or key == SECTIONS[0]
        chosen[key] = min(possible, key=lambda index: (_rank(blocks[index]), -index if nearest_last else index))
        position = max(chosen[key], _last_piece(kinds, key, blocks, chosen[key], candidates))
    return chosen


def _is_loose_heading(key: str, block: Block, level: int | None) -> bool:
    """Return whether a line below all tables has a section's number and a word of its title."""
    return isinstance(block, Paragraph) and level in {None, block.level} and is_numbered_as(key, block.text)


def _without_contents(candidates: dict[str, list[int]]) -> dict[str, list[int]]:
    """Leave out the entries of a table of contents, one right after the other, where the text has the headings too."""
    possible = {index for indexes in candidates.values() for index in indexes}
    runs: list[set[int]] = []
    for index in sorted(possible):
        if runs and index - 1 in runs[-1]:
            runs[-1].add(index)
        else:
            runs.append({index})
    entries = {index for run in runs if len(run) >= _LEAST_ENTRIES for index in run}
    return {key: [index for index in own if index not in entries] or own for key, own in candidates.items()}


def _may_head(key: str, blocks: Sequence[Block], kinds: Sequence[str | None], index: int) -> bool:
    """Return whether a paragraph may be a section's heading: one numbered （一） only right above its table."""
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
    return 0 if NUMERAL.match(text) else _SUB if _LOWER.match(text) else 1


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
    """Return whether a table whose section has no heading may stand here: after the sections before it only."""
    return not section or SECTIONS.index(kind) > SECTIONS.index(section)


def _continues(table: Table) -> bool:
    """Return whether a table has numbers or blank cells, as the rest of a table that a page's end has cut."""
    return not too_large(table) and any(is_blank(cell.text) or is_figure(cell.text) for cell in table.cells)
