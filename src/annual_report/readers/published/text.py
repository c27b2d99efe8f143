"""Plain text and pasted text as blocks: lines are paragraphs, and runs of lines with tabs are tables."""

from __future__ import annotations

import re
from itertools import groupby

from annual_report.messages import message
from annual_report.readers.blocks import Block, Cell, Content, Paragraph, Table, at
from annual_report.readers.published.encodings import decode
from annual_report.readers.published.limits import MAX_COLUMNS, refused, too_many_columns

_LINE_BREAK = re.compile("\r\n|[\n\r\v\f\x85\u2028\u2029]")
_LARGEST = 4_000_000
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
        A paragraph for each line that is not blank, and a table for each run of lines with tabs, one cell a field.

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
    lines = enumerate((line.translate(_WITHOUT_WIDTH) for line in _LINE_BREAK.split(text)), 1)
    blocks: list[Block] = []
    tables = 0
    for has_tabs, run in groupby(lines, lambda line: _is_row(line[1])):
        if has_tabs:
            tables += 1
            rows = [fields for _, line in run if any(fields := [part.strip() for part in line.split("\t")])]
            if rows:
                blocks.append(_table(rows, tables, source))
        else:
            blocks += [
                Paragraph(line.strip(), at(None, None, None, None, number)) for number, line in run if line.strip()
            ]
    if not blocks:
        raise refused(message("the file has no text"), source)
    return Content(tuple(blocks), remarks)


def _is_row(line: str) -> bool:
    """Tell whether a line has cells; one tab before words only indents them."""
    return "\t" in line.strip(" \u3000").removeprefix("\t")


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
