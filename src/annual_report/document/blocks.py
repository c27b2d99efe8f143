"""The blocks that a composed report consists of; immutable, and free of any file format."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

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
        Its parts, each beginning on a line of its own.
    """

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a block of prose comes from.

    Parameters
    ----------
    section
        The path of the narrative, such as `overview` or `texts.applications.notes`.
    paragraph
        The paragraph's index in it.
    """

    section: str
    paragraph: int


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading on a line of its own.

    Parameters
    ----------
    level
        1 for a section, 2 to 4 for sub-headings.
    runs
        Its words, with their numbering.
    origin
        The narrative's paragraph, for a sub-heading.
    section
        The key of the section, for a section's heading; empty for a sub-heading.
    """

    level: int
    runs: tuple[Run, ...]
    origin: Origin | None = None
    section: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of prose.

    Parameters
    ----------
    runs
        Its words.
    lead
        The sub-heading that it runs in behind, with its numbering and `。`, or nothing.
    level
        That sub-heading's level, 2 to 4.
    origin
        The narrative's paragraph.
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
        Its cells; one grid serves all reports of an edition.
    values
        The values as printed, in the order of `grid.values`.
    title
        What a screen reader calls it.
    description
        What a screen reader says of it.
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
        Who signs; empty where nobody does.
    date
        The date in words, `2024年1月25日`; empty where there is none.
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
        What stands on the pages, in order.
    title, subject, author
        Its properties: the whole title on one line, what it is, and the body.
    created
        The date of issue, or else the last day of the year reported on.
    json
        Gives the report's own JSON, for writers that carry it along.
    marks
        What a reviewer points at in it.
    """

    blocks: tuple[Block, ...]
    title: str
    subject: str
    author: str
    created: date
    json: Callable[[], str]
    marks: tuple[Mark, ...] = ()
