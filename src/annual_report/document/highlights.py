"""A reviewer's marks on cells and passages of a document."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from annual_report.document.blocks import Block, Document, Heading, Origin, Paragraph
from annual_report.report.narrative import Run

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from annual_report.explanations import Severity
    from annual_report.messages import Message


@dataclass(frozen=True, slots=True)
class Words:
    """A passage in a paragraph of a narrative.

    Parameters
    ----------
    origin
        The paragraph.
    start, end
        The half-open range of its characters in the paragraph's text, counted from 0.
    """

    origin: Origin
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mark:
    """A remark on a place in the document.

    Parameters
    ----------
    severity
        How serious it is.
    message
        The remark.
    path
        The keys of the place joined by dots: a cell, a section or another field of the report.
    place
        The place in the form's printed words.
    words
        The marked passage, if it is on a passage.
    cells
        The paths of the cells that the remark rests on; all but the one at `path` are marked less strongly.
    """

    severity: Severity
    message: Message
    path: str
    place: str
    words: Words | None = None
    cells: tuple[str, ...] = ()


class MarkedRun(Run):
    """A marked piece of text.

    Parameters
    ----------
    marks
        The indexes of its marks in the document's `marks`.
    """

    marks: tuple[int, ...]


def annotate(document: Document, marks: Iterable[Mark]) -> Document:
    """Add marks to a document.

    Parameters
    ----------
    document
        The document, without marks.
    marks
        The marks, in the order of their numbers.

    Returns
    -------
    Document
        The document with the marks; marked passages become separate runs.
    """
    marks = tuple(marks)
    pointed: dict[Origin, list[tuple[int, Words]]] = {}
    for index, mark in enumerate(marks):
        if mark.words is not None:
            pointed.setdefault(mark.words.origin, []).append((index, mark.words))
    return replace(document, blocks=tuple(_marked(block, pointed) for block in document.blocks), marks=marks)


def _marked(block: Block, pointed: dict[Origin, list[tuple[int, Words]]]) -> Block:
    if not isinstance(block, Heading | Paragraph) or block.origin not in pointed:
        return block
    words = pointed[block.origin]
    if isinstance(block, Heading):
        return block._replace(runs=_split(block.runs, words, 0))
    lead = sum(len(run.text) for run in block.lead)
    return block._replace(lead=_split(block.lead, words, 0), runs=_split(block.runs, words, lead))


def _split(runs: Sequence[Run], words: Sequence[tuple[int, Words]], offset: int) -> tuple[Run, ...]:
    """Split runs at the edges of marked passages; the first run begins at an offset."""
    edges = sorted({edge for _, span in words for edge in (span.start, span.end)})
    parts: list[Run] = []
    for run in runs:
        end = offset + len(run.text)
        cuts = [offset, *(edge for edge in edges if offset < edge < end), end]
        for start, stop in pairwise(cuts):
            text = run.text[start - offset : stop - offset]
            marks = tuple(index for index, span in words if span.start <= start and stop <= span.end)
            parts.append(_run(text, run, marks))
        offset = end
    return tuple(parts)


def _run(text: str, like: Run, marks: tuple[int, ...]) -> Run:
    if marks:
        return MarkedRun.model_construct(text=text, emphasis=like.emphasis, marks=marks)
    return Run.model_construct(text=text, emphasis=like.emphasis)
