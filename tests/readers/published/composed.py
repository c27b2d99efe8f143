"""What a reader should find in a document of this library's own: its blocks, as they were composed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annual_report.document.blocks import Document, Heading, Paragraph, Signature, Table, Title
from annual_report.document.subheadings import arranged
from annual_report.readers import blocks

if TYPE_CHECKING:
    from collections.abc import Iterator


def composed(document: Document, sub_headings: str = "as-written") -> list[tuple]:
    """Give the blocks of a composed document, each as text with its level, lead and emphasis, or as cells."""
    return [block for block in _blocks(document, sub_headings) if not isinstance(block[0], str) or block[0].strip()]


def found(content: blocks.Content) -> list[tuple]:
    """Give the blocks that a reader found in the same way."""
    return [
        _cells(block)
        if isinstance(block, blocks.Table)
        else (
            block.text,
            block.level,
            block.lead,
            block.emphasis,
        )
        for block in content.blocks
    ]


def _blocks(document: Document, sub_headings: str) -> Iterator[tuple]:
    for block in arranged(document.blocks, sub_headings):
        match block:
            case Title():
                yield "\n".join(block.lines), 0, 0, ()
            case Heading():
                yield _text(block.runs), block.level, 0, _emphasis(block.runs)
            case Paragraph():
                runs = (*block.lead, *block.runs)
                yield _text(runs), block.level, len(_text(block.lead)), _emphasis(runs)
            case Signature():
                yield block.name, None, 0, ()
                yield block.date, None, 0, ()
            case Table():
                values = iter(block.values)
                yield tuple(
                    (
                        cell.row,
                        cell.column,
                        cell.rows,
                        cell.columns,
                        next(values) if cell.is_value else cell.text,
                    )
                    for cell in block.grid.cells
                )


def _cells(table: blocks.Table) -> tuple:
    return tuple((cell.row, cell.column, cell.rows, cell.columns, cell.text) for cell in table.cells)


def _text(runs) -> str:
    return "".join(run.text for run in runs)


def _emphasis(runs) -> tuple[tuple[int, int], ...]:
    spans: list[tuple[int, int]] = []
    length = 0
    for run in runs:
        if run.emphasis and run.text:
            start = spans.pop()[0] if spans and spans[-1][1] == length else length
            spans.append((start, length + len(run.text)))
        length += len(run.text)
    return tuple(spans)
