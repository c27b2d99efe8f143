"""The blocks that a file consists of, as its reader found them: free of any file format, and of the form."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from annual_report.messages import Message

Alignment: TypeAlias = Literal["left", "centre", "right"]


OBJECT = "\ufffc"
"""The text of a cell that has none, but shows something else: a picture, a form's field, another table."""


class Location(NamedTuple):
    """A place in a file, counted from 1; what the file's format does not have is none.

    Parameters
    ----------
    page
        The page.
    table
        The table, among all tables of the file.
    row, column
        The row and the column in that table.
    paragraph
        The paragraph or line, among all those outside tables.
    cell
        The sheet and the cell of a workbook, `核对!B5`.
    """

    page: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    paragraph: int | None = None
    cell: str | None = None


at = lru_cache(maxsize=8192)(Location)
"""Return a place; the same places are asked for in every file, and need not be made again."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of text.

    Parameters
    ----------
    text
        Its characters; a line break within the paragraph is a line feed.
    location
        Where it stands.
    level
        The heading level that the file itself gives it: 0 for the document's title, 1 to 9 for headings; none for
        body text, and in formats without headings.
    lead
        How many characters at the start are a heading that the rest runs in after, where the file marks it so.
    emphasis
        The parts that stand out, each by its first character and the one after its last.
    align
        How it is set, where the file says so.
    lines
        Where the second line begins in the text, the third, and so on, in formats whose paragraphs are put together
        from lines.
    """

    text: str
    location: Location = field(default_factory=Location)
    level: int | None = None
    lead: int = 0
    emphasis: tuple[tuple[int, int], ...] = ()
    align: Alignment | None = None
    lines: tuple[int, ...] = ()


class Cell(NamedTuple):
    """A cell of a table.

    Parameters
    ----------
    row, column
        Its upper left place in the table's grid, counted from 0.
    rows, columns
        How many rows and columns it spans.
    text
        Its text; paragraphs and line breaks within it are line feeds. `OBJECT` if it only shows something else.
    location
        Where it stands in the file.
    """

    row: int
    column: int
    rows: int
    columns: int
    text: str
    location: Location = Location()


@dataclass(frozen=True)
class Table:
    """A table.

    Parameters
    ----------
    cells
        Its cells, row by row.
    location
        Where it begins.
    """

    cells: tuple[Cell, ...]
    location: Location = field(default_factory=Location)

    @classmethod
    def of(cls, fields: tuple[tuple[Any, ...], ...], location: Location) -> Table:
        """Make a table whose cells are only made where they are asked for.

        Parameters
        ----------
        fields
            What `Table.fields` gives.
        location
            Where the table begins; its cells are at their own rows and columns of the same table.

        Examples
        --------
        >>> table = Table.of(((0,), (1,), (1,), (1,), ("7",)), Location(table=3))
        >>> table.cells == (Cell(0, 1, 1, 1, "7", Location(table=3, row=1, column=2)),)
        True
        """
        table = object.__new__(cls)
        vars(table).update(fields=fields, location=location)
        return table

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> tuple[Cell, ...]:
            """Make the cells of a table that was made of their fields."""
            if name != "cells":
                raise AttributeError(name)
            page, table, *_ = self.location
            every = zip(*self.fields, strict=True)
            vars(self)[name] = cells = tuple([Cell(*own, at(page, table, own[0] + 1, own[1] + 1)) for own in every])
            return cells

    @cached_property
    def fields(self) -> tuple[tuple[Any, ...], ...]:
        """The rows of all cells, their columns, how many of each they span, and their texts."""
        return tuple(zip(*self.cells, strict=True))[:5] or ((),) * 5

    @property
    def texts(self) -> tuple[str, ...]:
        """The texts of all cells."""
        return self.fields[4]


Block: TypeAlias = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about the file that whoever trusts its text should know.

    Parameters
    ----------
    id
        What kind of thing it is, `tracked_change`.
    severity
        `doubt` where the text may not be what a reader of the file sees, else `info`.
    message
        What it is.
    found
        The text concerned.
    location
        Where.
    """

    id: str
    severity: Literal["info", "doubt"]
    message: Message
    found: str = ""
    location: Location = field(default_factory=Location)


@dataclass(frozen=True, slots=True)
class Content:
    """What a reader found in a file.

    Parameters
    ----------
    blocks
        Its paragraphs and tables in reading order. A table within a table's cell follows as a table of its own.
    remarks
        What whoever trusts the text should know.
    titles
        Titles that the file carries outside its text, best first: a page's `title`, a document's properties, the
        descriptions of tables.
    is_own
        Whether the file is as this library wrote it: its headings and its signature are those that are marked, and
        nothing stands around the report.
    """

    blocks: tuple[Block, ...]
    remarks: tuple[Remark, ...] = ()
    titles: tuple[str, ...] = ()
    is_own: bool = False
