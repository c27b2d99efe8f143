"""Arranges sub-headings as a style asks: as written, run in, or on their own line."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Literal, TypeAlias

from annual_report.document.blocks import Block, Heading, Paragraph
from annual_report.report.narrative import STOP, Run

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SubHeadings: TypeAlias = Literal["as-written", "run-in", "own-line"]


def arranged(blocks: Iterable[Block], sub_headings: SubHeadings) -> Iterable[Block]:
    """Arrange sub-headings as a style asks.

    Parameters
    ----------
    blocks
        A document's blocks.
    sub_headings
        As in the report, always run in before their paragraph, or always on their own line.

    Returns
    -------
    Iterable[Block]
        Blocks with the same text.
    """
    if sub_headings == "own-line":
        return _apart(blocks)
    if sub_headings == "run-in":
        return _joined(tuple(blocks))
    return blocks


def _apart(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Paragraph) and block.level is not None:
            yield Heading(block.level, _without_stop(block.lead), block.origin)
            yield Paragraph(block.runs, origin=block.origin)
        else:
            yield block


def _joined(blocks: tuple[Block, ...]) -> Iterator[Block]:
    taken = False
    for block, following in pairwise((*blocks, None)):
        if taken:
            taken = False
        elif (
            isinstance(block, Heading)
            and block.level > 1
            and isinstance(following, Paragraph)
            and following.level is None
        ):
            stop = Run.model_construct(text=STOP, emphasis=block.runs[-1].emphasis)
            yield Paragraph(following.runs, (*block.runs, stop), block.level, following.origin)
            taken = True
        elif block is not None:
            yield block


def _without_stop(lead: tuple[Run, ...]) -> tuple[Run, ...]:
    last = lead[-1].model_copy(update={"text": lead[-1].text.removesuffix(STOP)})
    return (*lead[:-1], last) if last.text else lead[:-1]
