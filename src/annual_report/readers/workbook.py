"""Reports from the workbook that offices fill in: inputs by their hidden names, problems with their sheet and cell."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from annual_report.document.workbook import ANY_VERSION, CONTINUED, FIELDS, NAME_PREFIX, column_letters, texts_in_order
from annual_report.errors import UnusableInputError
from annual_report.form import registry
from annual_report.form.base import TOTAL_KEY
from annual_report.form.fields import nested
from annual_report.form.relations import CarryOver, Summation
from annual_report.form.sections import NARRATIVES, TABLES
from annual_report.messages import message
from annual_report.readers.blocks import Location
from annual_report.readers.deviations import Deviation
from annual_report.readers.labels import core
from annual_report.readers.published.limits import refused
from annual_report.readers.published.signature import as_date
from annual_report.readers.published.values import meaning
from annual_report.readers.reading import Reading
from annual_report.report.model import AnnualReport
from annual_report.report.narrative import Narrative, Paragraph
from annual_report.report.places import place
from annual_report.report.problems import explain

if TYPE_CHECKING:
    from annual_report.form import Edition
    from annual_report.form.grid import DataCell, Grid
    from annual_report.messages import Message
    from annual_report.readers.spreadsheet import Area, Spreadsheet


def is_form(book: Spreadsheet) -> bool:
    """Tell whether a workbook is the form of some version, by its hidden names."""
    return any(name.startswith(ANY_VERSION) for name in book.names)


def read_form(book: Spreadsheet, source: str = "") -> Reading:
    """Read the form as an office filled it in.

    Parameters
    ----------
    book
        The workbook; it has the form's hidden names.
    source
        The name to give in errors.

    Returns
    -------
    Reading
        The report, or what keeps the workbook from being one: each doubt names sheet and cell.

    Raises
    ------
    UnusableInputError
        The workbook is of another version, or names no edition that is known.
    """
    if not any(name.startswith(NAME_PREFIX) for name in book.names):
        raise refused(message("the workbook was made by another version; make a new one and copy the numbers"), source)
    return _Form(book, source).reading()


@dataclass
class _Form:
    """Collects values and deviations while it goes through the workbook."""

    book: Spreadsheet
    source: str
    deviations: list[Deviation] = field(default_factory=list)

    def reading(self) -> Reading:
        data = self._basics()
        edition = registry.followed_by(data.get("edition"), data.get("year"))
        values: dict[str, Any] = {}
        for key in TABLES:
            values |= self._table(edition, key)
        data |= nested(values) | self._narratives(edition)
        report = None if any(item.severity == "doubt" for item in self.deviations) else self._validated(data)
        texts = data.get("texts", {})
        return Reading(report, values, tuple(self.deviations), texts, data, self.source)

    def _validated(self, data: dict[str, Any]) -> AnnualReport:
        try:
            return AnnualReport.model_validate(data)
        except ValidationError as error:
            raise UnusableInputError(explain(error, AnnualReport, data), self.source) from None

    def _basics(self) -> dict[str, Any]:
        """Read the sheet 基本情况."""
        data: dict[str, Any] = {}
        for key in FIELDS:
            area = self.book.names.get(NAME_PREFIX + key)
            cell = self._cell(area)
            value = cell if not isinstance(cell, str) else cell.strip()
            if area is None and key in {"agency", "year"}:
                self._tell("field.missing", "doubt", key, message("its cell is missing from the workbook"), "", None)
            elif value not in {None, ""}:
                data[key] = self._field(key, value, area)
        return data

    def _field(self, key: str, value: Any, area: Area | None) -> Any:
        if key == "issued_on":
            day = value if isinstance(value, date) else as_date(str(value))
            return str(value) if day is None else day.isoformat()
        if key == "year" and not isinstance(value, float):
            number = str(value).removesuffix("年")
            if number.isdecimal() and len(number) == len("2024"):
                words = message("is text, read as a number")
                self._tell("year.written", "info", key, words, str(value), area)
                return int(number)
        if isinstance(value, float) and value.is_integer():
            return int(value) if key == "year" else str(int(value))
        return value

    def _table(self, edition: Edition, key: str) -> dict[str, Any]:
        """Read the sheet of one table; a table without any number was not filled in."""
        grid = edition.grids[key]
        areas = {value.path: self.book.names.get(f"{NAME_PREFIX}{key}.{value.path}") for value in grid.values}
        if not any(areas.values()):
            self._tell("table.missing", "doubt", key, message("the table is missing from the workbook"), "", None)
            return {}
        self._compare_labels(key, grid, areas)
        filled = {path for path, area in areas.items() if self._cell(area) not in {None, ""}}
        prefilled = {
            relation.cell
            for relation in edition.relations
            if isinstance(relation, CarryOver) and not relation.increases
        }
        inputs = [value for value in grid.values if value.adds_up]
        if not any(value.path in filled and f"{key}.{value.path}" not in prefilled for value in inputs):
            empty = sum(value.path not in filled for value in inputs)
            words = message("is not filled in: {number} cells are empty", number=empty)
            self._tell("table.blank", "doubt", key, words, "", next(filter(None, areas.values())))
            return {}
        values = {}
        for value in grid.values:
            area, path = areas[value.path], f"{key}.{value.path}"
            if area is None:
                self._tell("cell.missing", "doubt", path, message("its cell is missing from the workbook"), "", None)
            elif value.adds_up or not self._derived(area):
                number = self._number(path, value, area)
                if number is not None or value.adds_up:
                    values[path] = number
        return values | _rest_of_total_rows(edition, values)

    def _derived(self, area: Area | None) -> bool:
        """Tell whether a total is still the formula that the workbook was made with, or empty."""
        if area is None or not self._exists(area):
            return True
        found = self.book.sheets[area.sheet].cells.get((area.top, area.left))
        return found is None or found.is_formula

    def _number(self, path: str, value: DataCell, area: Area) -> int | Decimal | None:
        """Read one number; what is no number of the form's is in doubt."""
        given = self._cell(area)
        if given is None or given == "":
            return 0 if value.is_count else Decimal(0)
        if isinstance(given, float):
            return self._plain(path, value, given, area)
        if isinstance(given, str):
            understood = meaning(given, value)
            if understood.value is not None:
                self._tell("value.text", "info", path, message("the number is written as text"), given, area)
                return understood.value
        shown = given.isoformat() if isinstance(given, date) else str(given)
        self._tell("value.not_a_number", "doubt", path, message("is no number"), shown, area)
        return None

    def _plain(self, path: str, value: DataCell, given: float, area: Area) -> int | Decimal | None:
        whole = given.is_integer()
        if value.is_count and whole and (value.signed or given >= 0):
            return int(given)
        if not value.is_count and given >= 0:
            return Decimal(int(given)) if whole else Decimal(repr(given))
        words = (
            message("should be a whole number not less than 0") if value.is_count else message("must not be negative")
        )
        self._tell("value.out_of_bounds", "doubt", path, words, f"{given:g}", area)
        return None

    def _compare_labels(self, key: str, grid: Grid, areas: dict[str, Area | None]) -> None:
        """Look whether the labels beside and above the inputs are still the form's."""
        rows: dict[int, int] = {}
        columns: dict[int, int] = {}
        sheet = ""
        for cell in grid.cells:
            area = areas.get(cell.path)
            if cell.is_value and area is not None and self._exists(area):
                sheet = area.sheet
                rows.setdefault(cell.row, area.top)
                columns.setdefault(cell.column, area.left)
        for cell in grid.cells:
            if cell.role in {"stub", "heading"} and cell.rows == 1 and cell.row in rows:
                self._compare(key, sheet, (rows[cell.row], columns.get(cell.column, cell.column)), cell.text)

    def _compare(self, key: str, sheet: str, where: tuple[int, int], label: str) -> None:
        found = self.book.sheets[sheet].cells.get(where)
        text = str(found.value) if found and found.value is not None else ""
        if core(text) != core(label):
            words = message("the label was changed; the form has “{label}”", label=label)
            location = Location(cell=f"{sheet}!{column_letters(where[1])}{where[0] + 1}")
            self.deviations.append(Deviation("label.changed", "doubt", key, place(None, (key,)), words, text, location))

    def _narratives(self, edition: Edition) -> dict[str, Any]:
        """Read the sheet 文字."""
        found: dict[str, Any] = {}
        for path in texts_in_order():
            area = self.book.names.get(NAME_PREFIX + path)
            if area is None or area.sheet not in self.book.sheets:
                if path in NARRATIVES:
                    where = place(edition, path.split("."))
                    words = message("its text is missing from the workbook")
                    self.deviations.append(Deviation("text.missing", "doubt", path, where, words))
                continue
            paragraphs = self._paragraphs(area)
            if paragraphs or path in NARRATIVES:
                found[path] = paragraphs
        return nested(found)

    def _paragraphs(self, area: Area) -> list[Any]:
        """Read the rows of one narrative: plain text, or the structure kept beside it as long as that fits."""
        cells = self.book.sheets[area.sheet].cells
        texts: list[tuple[str, str]] = []
        for row in range(area.top, area.bottom + 1):
            cell, kept = cells.get((row, area.left)), cells.get((row, area.right))
            text = "" if cell is None or cell.value is None else _as_text(cell.value)
            structure = str(kept.value) if kept and isinstance(kept.value, str) else ""
            if structure == CONTINUED and texts:
                texts[-1] = (texts[-1][0] + text, texts[-1][1])
            elif text.strip():
                texts.append((text, structure))
        return [part for text, structure in texts for part in _parts(text, structure)]

    def _cell(self, area: Area | None) -> Any:
        """Give what a named cell holds; a truth value as text, since no number is one."""
        if area is None or not self._exists(area):
            return None
        found = self.book.sheets[area.sheet].cells.get((area.top, area.left))
        value = None if found is None else found.value
        return str(value) if isinstance(value, bool) else value

    def _exists(self, area: Area | None) -> bool:
        return area is not None and area.sheet in self.book.sheets

    def _tell(self, id_: str, severity: Any, path: str, words: Message, found: str, area: Area | None) -> None:
        cell = f"{area.sheet}!{column_letters(area.left)}{area.top + 1}" if area else None
        edition = registry.known()[-1]
        where = place(edition, path.split("."))
        self.deviations.append(Deviation(id_, severity, path, where, words, found, Location(cell=cell)))


def _rest_of_total_rows(edition: Edition, values: dict[str, Any]) -> dict[str, Any]:
    """Derive the other totals of a row of totals in which one was overwritten: the row is stated as a whole."""
    lead = f".{TOTAL_KEY}."
    stated = {path.partition(lead)[0] for path in values if lead in path}
    rest: dict[str, Any] = {}
    for relation in edition.relations:
        if not isinstance(relation, Summation):
            continue
        row, found, column = relation.total.partition(lead)
        if found and column != TOTAL_KEY and row in stated and relation.total not in values:
            rest[relation.total] = sum(values.get(part) or 0 for part in relation.parts)
    return rest


def _as_text(value: Any) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


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
