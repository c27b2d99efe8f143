"""Collects how a file deviates from the form, each deviation with its place in both."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from annual_report.form.sections import REPORT_NAME, SECTIONS
from annual_report.messages import Place, message
from annual_report.readers.blocks import Location
from annual_report.readers.deviations import Deviation
from annual_report.report.model import AnnualReport
from annual_report.report.places import place

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Literal

    from annual_report.form import Edition
    from annual_report.messages import Message
    from annual_report.readers.blocks import Cell, Paragraph, Remark
    from annual_report.readers.placement import Note
    from annual_report.readers.published.outline import Outline

WHOLE = "report"
"""The path of what concerns the whole file."""


class DeviationList:
    """What is not as the form has it.

    Parameters
    ----------
    edition
        The edition of the form.
    parts
        The parts of the report, which tell where a place in the file is in the report.
    remarks
        What the file's reader remarked.
    """

    def __init__(self, edition: Edition, parts: Outline, remarks: Iterable[Remark]) -> None:
        self._edition = edition
        self._parts = parts
        self._found: list[Deviation] = []
        for remark in remarks:
            path = self._section_at(remark.location)
            self._add(remark.id, remark.severity, path, remark.message, remark.found, remark.location)
        for section, table in parts.others:
            words = message("a table that the form does not have, left out")
            self.info("table.extra", section or WHOLE, words, _first_words(table.cells), table.location)

    @property
    def doubts(self) -> list[Deviation]:
        """What keeps the file from being a report."""
        return [deviation for deviation in self._found if deviation.severity == "doubt"]

    def doubt(self, id: str, path: str, words: Message, found: str = "", where: Location | None = None) -> None:
        """Add something that keeps the file from being a report."""
        self._add(id, "doubt", path, words, found, where)

    def info(self, id: str, path: str, words: Message, found: str = "", where: Location | None = None) -> None:
        """Add something that is merely unusual."""
        self._add(id, "info", path, words, found, where)

    def note(self, section: str, note: Note) -> None:
        """Add what was found in a section's table."""
        path = f"{section}.{note.path}" if note.path else section
        cell = note.cells[0] if note.cells else None
        found = " | ".join(dict.fromkeys(" ".join(cell.text.split()) for cell in note.cells if cell.text.strip()))
        self._add(note.id, note.severity, path, note.message, found, cell.location if cell else None)

    def _add(
        self,
        id: str,
        severity: Literal["info", "doubt"],
        path: str,
        words: Message,
        found: str,
        where: Location | None,
    ) -> None:
        named = _named(self._edition, path)
        self._found.append(Deviation(id, severity, path, named, words, found, where or Location()))

    def in_order(self) -> tuple[Deviation, ...]:
        """Return everything in the form's order."""
        if not self._found:
            return ()
        keys = [WHOLE, *AnnualReport.model_fields]
        order = {
            f"{section}.{value.path}": index
            for section, grid in self._edition.grids.items()
            for index, value in enumerate(grid.values)
        }

        def position(deviation: Deviation) -> tuple[int, int]:
            section = deviation.path.partition(".")[0]
            first = keys.index(section) if section in keys else len(keys)
            if deviation.path in order:
                return first, order[deviation.path]
            inside = (index for path, index in order.items() if path.startswith(f"{deviation.path}."))
            return first, next(inside, -1)

        return tuple(sorted(self._found, key=position))

    def _section_at(self, where: Location) -> str:
        """Find the section that a place in the file is in."""
        if where.table is not None:
            for section, tables in self._parts.tables.items():
                if any(table.location.table == where.table for table in tables):
                    return section
        if where.paragraph is None:
            return WHOLE
        found = WHOLE
        for section in SECTIONS:
            heading = self._parts.headings.get(section)
            if heading is not None and heading.location.paragraph is not None:
                found = section if heading.location.paragraph <= where.paragraph else found
        if found == WHOLE and _holds(self._parts.front, where):
            return "preamble"
        return found


@lru_cache(maxsize=2048)
def _named(edition: Edition, path: str) -> Place:
    return Place(REPORT_NAME, "the report") if path == WHOLE else place(edition, path.split("."))


def _holds(paragraphs: Iterable[Paragraph], where: Location) -> bool:
    return any(paragraph.location.paragraph == where.paragraph for paragraph in paragraphs)


def _first_words(cells: Iterable[Cell]) -> str:
    return " ".join(next((cell.text for cell in cells if cell.text.strip()), "").split())
