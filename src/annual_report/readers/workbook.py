"""Reports from the workbook that offices fill in: inputs by their hidden names, problems with their sheet and cell."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from annual_report.document.workbook import (
    CONTINUED,
    FIELDS,
    MOST_EXACT,
    PREAMBLE,
    column_letters,
    texts_in_order,
)
from annual_report.errors import UnusableInputError
from annual_report.form import registry
from annual_report.form.base import TOTAL_KEY
from annual_report.form.fields import nested
from annual_report.form.relations import CarryOver
from annual_report.form.sections import NARRATIVES, TABLES
from annual_report.messages import message
from annual_report.readers.blocks import Location
from annual_report.readers.deviations import Deviation, where_in_file
from annual_report.readers.labels import core
from annual_report.readers.published.dates import as_date
from annual_report.readers.published.limits import refused
from annual_report.readers.published.values import meaning
from annual_report.readers.reading import Reading, plain
from annual_report.readers.spreadsheet import Area
from annual_report.readers.workbook_places import Places
from annual_report.report.model import AnnualReport
from annual_report.report.narrative import Narrative, Paragraph
from annual_report.report.places import place
from annual_report.report.problems import explain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from annual_report.errors import Problem
    from annual_report.form import Edition
    from annual_report.form.grid import Cell, DataCell, Grid
    from annual_report.messages import Message
    from annual_report.readers.spreadsheet import SheetCell, Spreadsheet


def read_form(book: Spreadsheet, source: str = "") -> Reading | None:
    """Read the form as an office filled it in.

    Parameters
    ----------
    book
        The workbook.
    source
        The name to give in errors.

    Returns
    -------
    Reading or None
        The report, or what keeps the workbook from being one: each doubt names sheet and cell. None for a workbook
        that is not the form.

    Raises
    ------
    UnusableInputError
        The workbook is of another version, or what is filled in is no report.
    """
    places = Places(book)
    if not places.is_form:
        return None
    if places.is_other_version:
        raise refused(message("the workbook was made by another version; make a new one and copy the numbers"), source)
    return _Form(book, source, places).reading()


@dataclass
class _Form:
    """Collects values and deviations while it goes through the workbook."""

    book: Spreadsheet
    source: str
    places: Places
    edition: Edition = field(init=False)
    deviations: list[Deviation] = field(default_factory=list)

    def reading(self) -> Reading:
        self.edition = registry.known()[-1]
        data = self._basics()
        self.edition = registry.followed_by(data.get("edition"), data.get("year"))
        for path, area in self.places.repeated(self.edition):
            words = message("the sheet is in the workbook more than once: keep one")
            self._tell("table.twice", "doubt", path, words, "", area)
        values: dict[str, Any] = {}
        for key in TABLES:
            values |= self._table(key)
        data |= nested(values) | self._narratives()
        report = None if any(item.severity == "doubt" for item in self.deviations) else self._validated(data)
        data = plain(data) if report is None else report.model_dump(mode="json")
        partial = data if report is None else {}
        return Reading(report, values, tuple(self.deviations), data.get("texts") or {}, self.source, partial)

    def _validated(self, data: dict[str, Any]) -> AnnualReport:
        try:
            return AnnualReport.model_validate(data)
        except ValidationError as error:
            problems = [self._located(problem) for problem in explain(error, AnnualReport, data)]
            raise UnusableInputError(problems, self.source) from None

    def _located(self, problem: Problem) -> Problem:
        """Add to a problem the cell that it is about."""
        section, _, path = problem.path.partition(".")
        if section in TABLES:
            area = self.places.tables(section, self.edition)[0].get(path)
        else:
            area = self.places.field(section) or self.places.text(section, self.edition)
        return replace(problem, asides=tuple(where_in_file(Location(cell=_cell_name(area))))) if area else problem

    def _basics(self) -> dict[str, Any]:
        """Read the sheet 基本情况."""
        data: dict[str, Any] = {}
        for key in FIELDS:
            area = self.places.field(key)
            value = self._value(area)
            if area is None and key in {"agency", "year"}:
                self._tell("field.missing", "doubt", key, message("its cell is missing from the workbook"), "", None)
            elif self._cell(area) is not None and value is None:
                self._tell_uncalculated(key, area)
            elif value is not None and not (isinstance(value, str) and not value.strip()):
                data[key] = self._field(key, value, area)
        return data

    def _field(self, key: str, value: Any, area: Area | None) -> Any:
        if key == "issued_on":
            day = value if isinstance(value, date) else as_date(str(value))
            return str(value) if day is None else day.isoformat()
        if isinstance(value, str):
            value = value.strip()
        if key == "year" and not isinstance(value, float):
            number = str(value).removesuffix("年")
            if number.isdecimal() and len(number) == len("2024"):
                words = message("is text, read as a number")
                self._tell("year.written", "info", key, words, str(value), area)
                return int(number)
        if isinstance(value, float) and value.is_integer():
            return int(value) if key == "year" else str(int(value))
        return value

    def _table(self, key: str) -> dict[str, Any]:
        """Read the sheet of one table; a table without any number was not filled in."""
        grid = self.edition.grids[key]
        found = self.places.tables(key, self.edition)
        if not found:
            self._tell("table.missing", "doubt", key, message("the table is missing from the workbook"), "", None)
            return {}
        areas = found[0]
        if len(found) > 1:
            words = message("the table is in the workbook more than once: keep one")
            self._tell("table.twice", "doubt", key, words, "", next(filter(None, found[1].values())))
            return {}
        empty = {value.path for value in grid.values if value.adds_up and self._is_empty(areas[value.path])}
        prefilled = {
            relation.cell
            for relation in self.edition.relations
            if isinstance(relation, CarryOver) and not relation.increases
        }
        if all(path in empty or f"{key}.{path}" in prefilled for path in areas if f"{key}.{path}" not in self._totals):
            words = message("is not filled in: {number} cells are empty", number=len(empty))
            self._tell("table.blank", "doubt", key, words, "", next(filter(None, areas.values())))
            return {}
        self._compare_labels(key, grid, areas)
        values: dict[str, Any] = {}
        for value in grid.values:
            area, path = areas[value.path], f"{key}.{value.path}"
            if area is None:
                self._tell("cell.missing", "doubt", path, message("its cell is missing from the workbook"), "", None)
            elif value.adds_up or not self._is_derived(area):
                values[path] = self._number(path, value, area)
        values |= _rest_of_total_rows(self.edition, values)
        self._compare_totals(key, areas, values)
        return values

    @property
    def _totals(self) -> dict[str, tuple[str, ...]]:
        return self.edition.leaves

    def _is_empty(self, area: Area | None) -> bool:
        """Return whether a cell holds nothing; an error and a formula without a result are something."""
        found = self._cell(area)
        return found is None or (isinstance(found.value, str) and not found.value.strip())

    def _is_derived(self, area: Area) -> bool:
        """Return whether a total is still the formula that the workbook was made with, or empty."""
        found = self._cell(area)
        return found is None or found.is_formula or self._is_empty(area)

    def _compare_totals(self, key: str, areas: dict[str, Area | None], values: dict[str, Any]) -> None:
        """Note where a formula shows another total than its numbers add up to; these are added up anew."""
        for path, leaves in self._totals.items():
            section, _, rest = path.partition(".")
            found = self._cell(areas.get(rest)) if section == key and path not in values else None
            if found is not None and isinstance(found.value, float):
                total = sum(values.get(leaf) or 0 for leaf in leaves)
                if found.value != total:
                    words = message("the formula gives another total than the numbers, which is {total}", total=total)
                    self._tell("total.computed", "info", path, words, f"{found.value:g}", areas[rest])

    def _number(self, path: str, value: DataCell, area: Area) -> int | Decimal | None:
        """Read one number; what is no number of the form's is in doubt."""
        if self._is_empty(area):
            return 0 if value.is_count else Decimal(0)
        given = self._value(area)
        if isinstance(given, float):
            return self._plain(path, value, given, area)
        if given is None:
            self._tell_uncalculated(path, area)
            return None
        if isinstance(given, str):
            understood = meaning(given, value)
            if understood.value is not None:
                self._tell("value.text", "info", path, message("the number is written as text"), given, area)
                return understood.value
        shown = given.isoformat() if isinstance(given, date) else str(given)
        self._tell("value.not_a_number", "doubt", path, message("is no number"), shown, area)
        return None

    def _plain(self, path: str, value: DataCell, given: float, area: Area) -> int | Decimal | None:
        if value.is_count and given.is_integer() and (value.signed or given >= 0):
            return int(given)
        if not value.is_count and 0 <= given < MOST_EXACT:
            return Decimal(format(Decimal(f"{given:.15g}"), "f"))
        if not value.is_count:
            words = message("should be a number from 0 to {most}; write longer ones as text", most=f"{MOST_EXACT:.0f}")
        elif value.signed:
            words = message("should be a whole number")
        else:
            words = message("should be a whole number not less than 0")
        self._tell("value.out_of_bounds", "doubt", path, words, f"{given:.15g}", area)
        return None

    def _compare_labels(self, key: str, grid: Grid, areas: dict[str, Area | None]) -> None:
        """Look whether the labels beside and above the inputs are still the form's."""
        rows: dict[int, int] = {}
        columns: dict[int, int] = {}
        sheet = ""
        for cell in grid.cells:
            area = areas.get(cell.path)
            if cell.is_value and area is not None:
                sheet = area.sheet
                rows.setdefault(cell.row, area.top)
                columns.setdefault(cell.column, area.left)
        for cell in grid.cells:
            column = columns.get(cell.column) if cell.role == "heading" else cell.column + _shift(columns)
            if cell.text and column is not None and cell.role in {"stub", "heading", "band"}:
                places = [(row, column) for row in _label_rows(grid, cell, rows)]
                self._compare(key, sheet, places, cell.text)

    def _compare(self, key: str, sheet: str, places: list[tuple[int, int]], label: str) -> None:
        """Look for a label in the places where it may be; one that is in none of them was changed in the first."""
        cells = self.book.sheets[sheet].cells
        texts = [str(cells[place].value or "") if place in cells else "" for place in places]
        if places and core(label) not in map(core, texts):
            words = message("the label was changed; the form has “{label}”", label=label)
            self._tell("label.changed", "doubt", key, words, texts[0], Area(sheet, *places[0], *places[0]))

    def _narratives(self) -> dict[str, Any]:
        """Read the sheet 文字, and the preamble."""
        found: dict[str, Any] = {}
        for path in (PREAMBLE, *texts_in_order()):
            area = self.places.text(path, self.edition)
            paragraphs = self._paragraphs(path, area) if area else []
            if area is None and path in NARRATIVES:
                self._tell("text.missing", "doubt", path, message("its text is missing from the workbook"), "", None)
            if paragraphs or path in NARRATIVES:
                found[path] = paragraphs
        return nested(found)

    def _paragraphs(self, path: str, area: Area) -> list[Any]:
        """Read the rows of one narrative: plain text, or the structure kept beside it as long as that fits."""
        cells = self.book.sheets[area.sheet].cells
        texts: list[tuple[str, str]] = []
        for row in range(area.top, area.bottom + 1):
            cell, kept = cells.get((row, area.left)), cells.get((row, area.right))
            if cell is not None and cell.value is None:
                self._tell_uncalculated(path, Area(area.sheet, row, area.left, row, area.left))
            text = "" if cell is None or cell.value is None else _as_text(cell.value)
            structure = str(kept.value) if kept and isinstance(kept.value, str) else ""
            if structure.startswith(CONTINUED) and texts:
                texts[-1] = (texts[-1][0] + text, texts[-1][1] + structure.removeprefix(CONTINUED))
            elif text.strip():
                texts.append((text, structure))
        return [part for text, structure in texts for part in _parts(text, structure)]

    def _cell(self, area: Area | None) -> SheetCell | None:
        return None if area is None else self.book.sheets[area.sheet].cells.get((area.top, area.left))

    def _value(self, area: Area | None) -> Any:
        """Return what a cell holds; a truth value as text, since no number is one."""
        found = self._cell(area)
        value = None if found is None else found.value
        return str(value).upper() if isinstance(value, bool) else value

    def _tell_uncalculated(self, path: str, area: Area | None) -> None:
        words = message("the cell holds an error, or a formula whose result is not stored")
        self._tell("value.not_calculated", "doubt", path, words, "", area)

    def _tell(self, id_: str, severity: Any, path: str, words: Message, found: str, area: Area | None) -> None:
        where = place(self.edition, path.split("."))
        location = Location(cell=_cell_name(area) if area else None)
        self.deviations.append(Deviation(id_, severity, path, where, words, found, location))


def _cell_name(area: Area) -> str:
    return f"{area.sheet}!{column_letters(area.left)}{area.top + 1}"


def _label_rows(grid: Grid, cell: Cell, rows: dict[int, int]) -> Iterable[int]:
    """Return the rows that a label may be in: its values', as far above them as in the form, or further with a gap."""
    if cell.role == "stub":
        return [rows[cell.row]] if cell.row in rows else []
    below = next((row for row in range(cell.row + 1, grid.height) if row in rows), None)
    above = max((found for row, found in rows.items() if row < cell.row), default=-1)
    return () if below is None else range(rows[below] - (below - cell.row), above, -1)


def _shift(columns: dict[int, int]) -> int:
    """Return how far to the right the table was moved."""
    return next((there - here for here, there in columns.items()), 0)


def _rest_of_total_rows(edition: Edition, values: dict[str, Any]) -> dict[str, Any]:
    """Derive the other totals of a row of totals in which one was overwritten: the row is stated as a whole."""
    lead = f".{TOTAL_KEY}."
    stated = {path.partition(lead)[0] for path in values if lead in path}
    return {
        total: sum(values.get(leaf) or 0 for leaf in leaves)
        for total, leaves in edition.leaves.items()
        if lead in total and total.partition(lead)[0] in stated and total not in values
    }


def _as_text(value: Any) -> str:
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value)


def _parts(text: str, structure: str) -> list[Any]:
    if structure:
        try:
            paragraph = Paragraph.model_validate_json(structure)
        except ValidationError:
            pass  # somebody wrote into the hidden column; the text that is seen counts
        else:
            if str(paragraph) == text:
                return [paragraph.model_dump(exclude_defaults=True)]
    return [part.model_dump(exclude_defaults=True) for part in Narrative.parse(text)]
