"""The immutable blocks of a composed report, independent of file formats."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from annual_report.document.highlights import Mark
    from annual_report.form.grid import Grid
    from annual_report.report.narrative import Run


@dataclass(frozen=True, slots=True)
class Title:
    """The document's title.

    Parameters
    ----------
    lines
        Its parts, each starting on a new line.
    """

    lines: tuple[str, ...]


class Origin(NamedTuple):
    """The source of a block of prose.

    Parameters
    ----------
    section
        The path of the narrative, such as `overview` or `texts.applications.notes`.
    paragraph
        The paragraph's index in it.
    """

    section: str
    paragraph: int


class Heading(NamedTuple):
    """A heading on its own line.

    Parameters
    ----------
    level
        1 for a section, 2 to 4 for sub-headings.
    runs
        Its text, with the numbering.
    origin
        Its paragraph in the narrative, for a sub-heading.
    section
        The key of the section, for a section's heading; empty for a sub-heading.
    """

    level: int
    runs: tuple[Run, ...]
    origin: Origin | None = None
    section: str = ""


class Paragraph(NamedTuple):
    """A paragraph of prose.

    Parameters
    ----------
    runs
        Its text.
    lead
        The run-in sub-heading with its numbering and `。`; may be empty.
    level
        The sub-heading's level, 2 to 4.
    origin
        Its paragraph in the narrative.
    """

    runs: tuple[Run, ...]
    lead: tuple[Run, ...] = ()
    level: int | None = None
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A mandated table.

    Parameters
    ----------
    key
        The key of its section.
    grid
        Its cells; all reports of an edition share a grid.
    values
        The values as printed, in the order of `grid.values`.
    title
        Its title for screen readers.
    description
        Its description for screen readers.
    """

    key: str
    grid: Grid
    values: tuple[str, ...]
    title: str
    description: str


@dataclass(frozen=True, slots=True)
class Signature:
    """The body's signature and the date of issue, either of which may be missing.

    Parameters
    ----------
    name
        The name of the body that signs; may be empty.
    date
        The date as printed, `2024年1月25日`; may be empty.
    """

    name: str
    date: str


Block: TypeAlias = Title | Heading | Paragraph | Table | Signature


@dataclass(frozen=True, slots=True)
class Document:
    """A composed report.

    Parameters
    ----------
    blocks
        Its blocks in order.
    title, subject, author
        Its properties: the title on one line, the kind of document, and the body.
    created
        The date of issue, or else the last day of the year reported on.
    json
        Returns the report's JSON, for writers that embed it.
    marks
        A reviewer's marks.
    """

    blocks: tuple[Block, ...]
    title: str
    subject: str
    author: str
    created: date
    json: Callable[[], str]
    marks: tuple[Mark, ...] = ()
