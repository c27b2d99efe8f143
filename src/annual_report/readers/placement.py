"""Where the values of a table of the form are in a file, and what of it is not as the form has it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from annual_report.messages import message
from annual_report.readers.lines import is_blank, is_dash, is_figure

if TYPE_CHECKING:
    from collections.abc import Iterable

    from annual_report.messages import Message
    from annual_report.readers.blocks import Cell
    from annual_report.readers.lines import Line


@dataclass(frozen=True, slots=True)
class Note:
    """Something about a table that is not as the form has it.

    Parameters
    ----------
    id
        What kind of thing it is, `row.missing`.
    severity
        `doubt` where a number may be wrong for it, else `info`.
    path
        The keys of the cell, row or group from the section on, joined by dots; empty for the whole table.
    message
        What it is.
    cells
        The cells found that are concerned.
    """

    id: str
    severity: Literal["info", "doubt"]
    path: str
    message: Message
    cells: tuple[Cell, ...] = ()


@dataclass
class Placement:
    """Where the form's values are in the tables found.

    Parameters
    ----------
    cells
        The cell found for each value, by path.
    doubtful
        The paths of values whose cell is in doubt or missing.
    zeros
        The paths of values that are zero because another row has their numbers.
    headings
        The head cells found above the values, by path.
    stubs
        The label cells found beside the values, by path.
    has_own_labels
        Whether the labels found for each value are its own in the form, to the letter.
    notes
        What is not as the form has it.
    cost
        How badly the form fits the tables found: about one for each row or column that is missing or not the form's.
    """

    cells: dict[str, Cell] = field(default_factory=dict)
    doubtful: set[str] = field(default_factory=set)
    zeros: set[str] = field(default_factory=set)
    headings: dict[str, tuple[Cell, ...]] = field(default_factory=dict)
    stubs: dict[str, Cell] = field(default_factory=dict)
    has_own_labels: bool = field(default=False, compare=False)
    notes: list[Note] = field(default_factory=list)
    cost: float = 0.0

    def note(self, id: str, path: str, words: Message, cells: Iterable[Cell] = ()) -> None:
        """Add something that does not make a number doubtful."""
        self.notes.append(Note(id, "info", path, words, tuple(cells)))

    def doubt(self, id: str, path: str, words: Message, cells: Iterable[Cell] = (), values: Iterable[str] = ()) -> None:
        """Add something that makes numbers doubtful, and name them."""
        self.notes.append(Note(id, "doubt", path, words, tuple(cells)))
        self.doubtful.update(values or [path])

    def leave_out(self, cells: Iterable[Cell]) -> None:
        """Say that a row is left out since the form does not have it."""
        self.note("row.extra", "", message("a row that the form does not have, left out"), cells)

    def leave_out_above(self, rows: Iterable[Line]) -> None:
        """Say of the rows above a table's head that have numbers that they are left out."""
        words = message("a row of numbers above the table's head, left out")
        for row in rows:
            if any(is_figure(cell.text) and not is_dash(cell.text) for cell in row.cells):
                self.note("row.extra", "", words, [cell for cell in row.cells if not is_blank(cell.text)])
