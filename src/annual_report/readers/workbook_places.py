"""Where the parts of the form are in a workbook: by its hidden names, or by its labels where the names are lost."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from annual_report.document.workbook import ANY_VERSION, FIELDS, NAME_PREFIX, PREAMBLE, name_of, texts_in_order
from annual_report.readers.labels import core
from annual_report.readers.spreadsheet import Area
from annual_report.report.places import place, section_title

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annual_report.form import Edition
    from annual_report.form.grid import Grid
    from annual_report.readers.spreadsheet import Sheet, Spreadsheet

_STRUCTURE = {PREAMBLE: 1}
"""How many columns beside a text its hidden structure is; the texts of the sheet 文字 have a column between."""

_FURTHER = 2


class Places:
    """Where the parts of the form are in a workbook.

    Parameters
    ----------
    book
        The workbook.
    """

    def __init__(self, book: Spreadsheet) -> None:
        self._book = book
        self._named = {
            name: area
            for name, area in book.names.items()
            if name.startswith(NAME_PREFIX) and area is not None and area.sheet in book.sheets
        }
        self.is_other_version = not any(name.startswith(NAME_PREFIX) for name in book.names) and any(
            name.startswith(ANY_VERSION) for name in book.names
        )

    @property
    def is_form(self) -> bool:
        """Whether the workbook is the form of some version."""
        return self.is_other_version or bool(self._named) or bool(self._labelled_fields)

    def field(self, key: str) -> Area | None:
        """Return where a value of the sheet 基本情况 is; none where it is nowhere."""
        return self._named.get(name_of(key)) or next(iter(self._labelled_fields), {}).get(key)

    def text(self, path: str, edition: Edition) -> Area | None:
        """Return where a text is, with the column of its structure; none where it is nowhere."""
        if path == PREAMBLE:
            return self.field(path)
        return self._named.get(name_of(path)) or next(iter(self._labelled_texts(edition)), {}).get(path)

    def repeated(self, edition: Edition) -> Iterator[tuple[str, Area]]:
        """Yield the first place of every further sheet of fields or texts, where no name tells which sheet counts."""
        for sheets in (self._labelled_fields, self._labelled_texts(edition)):
            for further in sheets[1:]:
                key, area = next(iter(further.items()))
                if name_of(key) not in self._named:
                    yield key, area

    def tables(self, key: str, edition: Edition) -> list[dict[str, Area | None]]:
        """Return where a table is: where its values are, by their paths from the section on, none for a lost one.

        Without names it may be in several places.
        """
        grid = edition.grids[key]
        named = {value.path: self._named.get(name_of(f"{key}.{value.path}")) for value in grid.values}
        if any(named.values()):
            return [named]
        return [{**areas} for sheet in self._book.sheets.values() if (areas := _aligned(sheet, grid))]

    @cached_property
    def _labelled_fields(self) -> list[dict[str, Area]]:
        """Find the labels of each sheet 基本情况 in one column, with their values beside them."""
        titles = {core(section_title(key)): key for key in (*FIELDS, PREAMBLE)}
        sheets = []
        for sheet in self._book.sheets.values():
            found: dict[str, Area] = {}
            for (row, column), text in _texts(sheet):
                key = titles.get(text)
                if key is not None:
                    bottom = max(at[0] for at in sheet.cells) if key == PREAMBLE else row
                    found.setdefault(
                        key, Area(sheet.name, row, column + 1, bottom, column + 1 + _STRUCTURE.get(key, 0))
                    )
            if {"agency", "year"} <= found.keys():
                sheets.append(found)
        return sheets

    def _labelled_texts(self, edition: Edition) -> list[dict[str, Area]]:
        """Find the headings of each sheet 文字 one below the other, each with its text below it."""
        titles = {core(place(edition, path.split("."))): path for path in texts_in_order()}
        sheets = []
        for sheet in self._book.sheets.values():
            found = [(at, titles[text]) for at, text in _texts(sheet) if text in titles]
            heads = [(at, path) for at, path in found if at[1] == found[0][0][1]]  # drafts beside them have some too
            if {path for _, path in heads} != set(titles.values()):
                continue
            last = max(row for row, _ in sheet.cells)
            ends = [row - 1 for (row, _), _ in heads[1:]] + [last]
            sheets.append(
                {
                    path: Area(sheet.name, row + 1, column, end, column + _FURTHER)
                    for ((row, column), path), end in zip(heads, ends, strict=True)
                }
            )
        return sheets


def _texts(sheet: Sheet) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield the words of a sheet's cells, row by row."""
    for at, cell in sorted(sheet.cells.items()):
        if isinstance(cell.value, str) and (text := core(cell.value)):
            yield at, text


def _aligned(sheet: Sheet, grid: Grid) -> dict[str, Area]:
    """Find a table by its labels, wherever it begins and whatever rows are between its own."""
    texts = dict(_texts(sheet))
    labels: dict[int, dict[int, str]] = {}
    for cell in grid.cells:
        if core(cell.text):
            labels.setdefault(cell.row, {})[cell.column] = core(cell.text)
    head_row = min(labels)
    head_column, head = next(iter(labels[head_row].items()))
    for (row, column), text in texts.items():
        if text == head:
            shift = column - head_column
            rows = _rows(texts, labels, grid, row - head_row, shift)
            if rows:
                return {
                    cell.path: Area(sheet.name, rows[cell.row], at := cell.column + shift, rows[cell.row], at)
                    for cell in grid.cells
                    if cell.is_value
                }
    return {}


def _rows(
    texts: dict[tuple[int, int], str], labels: dict[int, dict[int, str]], grid: Grid, start: int, shift: int
) -> dict[int, int]:
    """Return the sheet's row of each row of the grid, in order; nothing where a label is nowhere."""
    rows: dict[int, int] = {}
    last = max(row for row, _ in texts)
    at = start
    for row in range(grid.height):
        wanted = labels.get(row, {})
        matching = (
            there
            for there in range(at, last + 2)
            if all(texts.get((there, column + shift)) == label for column, label in wanted.items())
        )
        found = next(matching, None)
        if found is None:
            return {}
        rows[row] = found
        at = found + 1
    return rows
