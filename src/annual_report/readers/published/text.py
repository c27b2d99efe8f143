"""Plain text and pasted text as blocks: lines are paragraphs, and runs of lines with tabs or bars are tables."""

from __future__ import annotations

import re
from collections import Counter
from itertools import count, groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from annual_report.messages import message
from annual_report.readers.blocks import Block, Cell, Content, Paragraph, Table, at
from annual_report.readers.lines import is_figure
from annual_report.readers.published.bars import is_end_of_cell, rows_across_lines
from annual_report.readers.published.encodings import decode
from annual_report.readers.published.limits import MAX_COLUMNS, refused, too_many_columns
from annual_report.readers.published.page_numbers import without_page_numbers

if TYPE_CHECKING:
    from collections.abc import Sequence

_LINE_BREAK = re.compile("\r\n|[\n\r\v\f\x85\u2028\u2029]")
_LARGEST = 4_000_000
_RULE = re.compile(":?-+:?")
_LONG_RULE = re.compile(":?-{3,}:?")
"""What stands in the cells of the rules below the rows of a head, in text set with bars."""

_WITHOUT_WIDTH = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\x00"))


def parse(data: bytes, source: str = "") -> Content:
    r"""Read plain text.

    Parameters
    ----------
    data
        The text, in any encoding.
    source
        The name to give in errors.

    Returns
    -------
    Content
        A paragraph for each line that is not blank, and a table for each run of lines with tabs or bars between their
        cells; lines of one cell each are paragraphs.

    Raises
    ------
    UnusableInputError
        The text is too long, or there is none.

    Examples
    --------
    >>> table = parse("规章\t1\t0\n许可\t7\n".encode()).blocks[0]
    >>> [cell.text for cell in table.cells]
    ['规章', '1', '0', '许可', '7']
    """
    if len(data) > _LARGEST:
        raise refused(message("the text is too long for an annual report"), source)
    text, remarks = decode(data)
    blocks = blocks_of(text, source)
    if not blocks:
        raise refused(message("the file has no text"), source)
    return Content(tuple(blocks), remarks)


def blocks_of(text: str, source: str = "") -> list[Block]:
    """Return the blocks of plain text.

    Parameters
    ----------
    text
        The text.
    source
        The name to give in errors.

    Returns
    -------
    list[Block]
        Its paragraphs and tables, see `parse`.
    """
    lines = without_page_numbers([line.translate(_WITHOUT_WIDTH) for line in _LINE_BREAK.split(text)])
    blocks: list[Block] = []
    tables = 0
    for separator, run in groupby(zip(count(1), lines, _separators(lines)), itemgetter(2)):
        numbered = [(number, line) for number, line, _ in run]
        if not separator:
            blocks += [_paragraph(line.strip(), number) for number, line in numbered if line.strip()]
            continue
        across = rows_across_lines([line for _, line in numbered]) if separator == "|" else None
        if across:
            tables += 1
            blocks.append(_table(across, tables, source))
            continue
        found = _rows([line for _, line in numbered], separator)
        rows = [(number, fields) for (number, _), fields in zip(numbered, found, strict=True) if any(fields)]
        rows = [row for place, row in enumerate(rows) if not _is_rule(row[1], place, len(rows))]
        if rows and (separator == "\t" or any(sum(map(bool, fields)) > 1 for _, fields in rows)):
            tables += 1
            blocks.append(_table([fields for _, fields in rows], tables, source))
        else:
            blocks += [_paragraph("".join(fields), number) for number, fields in rows]
    return blocks


def _separators(lines: Sequence[str]) -> list[str]:
    """Return what separates each line's cells, which the lines beside it may tell."""
    found = [_separator(line) for line in lines]
    for here in range(1, len(lines) - 1):  # the text of a cell may stand above its bar
        if found[here - 1] == "|" and lines[here].strip() and not found[here] and is_end_of_cell(lines[here + 1]):
            found[here] = "|"
    for has_one, run in groupby(range(len(lines)), lambda here: not found[here] and lines[here].count("|") == 1):
        places = list(run) if has_one else []
        if len(places) > 1 and any(is_figure(_fields(lines[here], "|")[1]) for here in places):
            found[places[0] : places[-1] + 1] = ["|"] * len(places)
    return found


def _separator(line: str) -> str:
    """Return what separates a line's cells; one tab before words only indents them, one bar between words is none."""
    if "\t" not in line and "|" not in line:
        return ""
    text = line.strip(" \u3000")
    if "\t" in text.removeprefix("\t"):
        return "\t"
    return "|" if text.count("|") > 1 or text.startswith("|") or text.endswith("|") else ""


def _rows(lines: Sequence[str], separator: str) -> list[list[str]]:
    """Return the cells of each line; bars may be at its ends too."""
    if separator != "|":
        return [_fields(line, separator) for line in lines]
    rows = [_fields(line.strip(), separator) for line in lines]
    for end in (0, -1):
        has_bar = [len(row) > 1 and not row[end] for row in rows]
        shorter = [(row[1:] if end == 0 else row[:-1]) if bar else row for row, bar in zip(rows, has_bar, strict=True)]
        is_usual = all(has_bar) or (end == 0 and has_bar[0])
        if is_usual or _count_alike(shorter) >= _count_alike(rows):  # else a line begins or ends with a blank cell
            rows = shorter
    return rows


def _count_alike(rows: Sequence[list[str]]) -> int:
    """Count the rows of the most frequent length."""
    return max(Counter(map(len, rows)).values())


def _fields(line: str, separator: str) -> list[str]:
    return [part.strip() for part in line.split(separator)]


def _is_rule(fields: list[str], place: int, height: int) -> bool:
    """Return whether a row is a rule and not of strokes for nought: below the first row, or a long one between rows."""
    if place == 1:
        return all(map(_RULE.fullmatch, fields))
    return 1 < place < height - 1 and all(map(_LONG_RULE.fullmatch, fields))


def _paragraph(text: str, number: int) -> Paragraph:
    return Paragraph(text, at(None, None, None, None, number))


def _table(rows: list[list[str]], number: int, source: str) -> Table:
    """Make a table of lines; they may be of different lengths, since pasting drops merged cells."""
    if max(map(len, rows)) > MAX_COLUMNS:
        raise too_many_columns(source)
    cells = tuple(
        Cell(row, column, 1, 1, text, at(None, number, row + 1, column + 1))
        for row, fields in enumerate(rows)
        for column, text in enumerate(fields)
    )
    return Table(cells, at(None, number))
