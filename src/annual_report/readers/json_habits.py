"""JSON as people write it: numbers as text, blanks or a dash for zero, Chinese dates, the form's words as keys."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from annual_report.form.base import TOTAL_KEY
from annual_report.form.fields import walk
from annual_report.form.sections import TABLES
from annual_report.messages import message
from annual_report.readers.deviations import Deviation
from annual_report.readers.labels import core
from annual_report.readers.published.dates import as_date
from annual_report.readers.published.values import meaning
from annual_report.report.model import AnnualReport
from annual_report.report.places import place
from annual_report.report.problems import form_of, shown
from annual_report.report.texts import TableTexts, Texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pydantic import BaseModel

    from annual_report.form import Edition
    from annual_report.form.fields import Node
    from annual_report.form.grid import DataCell
    from annual_report.messages import Message


def understood(given: dict[str, Any]) -> tuple[dict[str, Any], list[Deviation]]:
    """Put data into a report's own words as far as they can only mean one thing.

    Parameters
    ----------
    given
        A report's data as they were read from JSON.

    Returns
    -------
    tuple[dict[str, Any], list[Deviation]]
        The data to validate, and what was written in another way. What is not understood is left as it is.

    Examples
    --------
    >>> data, deviations = understood({"edition": 2021, "issued_on": "2025年1月15日"})
    >>> data
    {'edition': '2021', 'issued_on': '2025-01-15'}
    >>> [deviation.id for deviation in deviations]
    ['edition.written', 'date.written']
    """
    return _Habits().report(given)


class _Habits:
    """Collects what is written in another way while it goes through the data."""

    def __init__(self) -> None:
        self._found: list[Deviation] = []
        self._form: Edition | None = None

    def report(self, given: dict[str, Any]) -> tuple[dict[str, Any], list[Deviation]]:
        data = self._with_keys(given, _titles(AnnualReport), ())
        self._top(data)
        self._texts(data)
        self._form = form_of(data)
        cells = {
            (section, *value.path.split(".")): value
            for section, grid in self._form.grids.items()
            for value in grid.values
        }
        for key in TABLES:
            if isinstance(data.get(key), dict):
                data[key] = self._table(data[key], walk(getattr(self._form, key)), (key,), cells)
        return data, self._found

    def _top(self, data: dict[str, Any]) -> None:
        """Understand edition, year and date."""
        edition, year, day = data.get("edition"), data.get("year"), data.get("issued_on")
        if type(edition) is int:
            data["edition"] = str(edition)
            self._tell("edition.written", ("edition",), edition, message("is a number, read as text"))
        number = year.strip().removesuffix("年") if isinstance(year, str) else ""
        if number.isdecimal() and len(number) == 4:  # noqa: PLR2004  # a year's digits
            data["year"] = int(number)
            self._tell("year.written", ("year",), year, message("is text, read as a number"))
        date = as_date(day) if isinstance(day, str) else None
        if date is not None and day != date.isoformat():
            data["issued_on"] = date.isoformat()
            self._tell("date.written", ("issued_on",), day, message("is read as {date}", date=date.isoformat()))

    def _texts(self, data: dict[str, Any]) -> None:
        """Understand the keys of the texts beside tables."""
        if isinstance(data.get("texts"), dict):
            data["texts"] = self._with_keys(data["texts"], _titles(Texts), ("texts",))
            for key, beside in data["texts"].items():
                if key in TABLES and isinstance(beside, dict):
                    data["texts"][key] = self._with_keys(beside, _titles(TableTexts), ("texts", key))

    def _table(
        self,
        given: dict[str, Any],
        nodes: Iterable[Node],
        above: tuple[str, ...],
        cells: dict[tuple[str, ...], DataCell],
    ) -> dict[str, Any]:
        own = {node.path.rpartition(".")[2]: node for node in nodes}
        table = self._with_keys(given, [(key, node.title) for key, node in own.items()], above)
        for key, value in list(table.items()):
            path = (*above, key)
            if path in cells:
                self._number(table, key, path, cells[path])
            elif isinstance(value, dict) and key in own:
                table[key] = self._table(value, own[key].children, path, cells)
        return table

    def _number(self, table: dict[str, Any], key: str, path: tuple[str, ...], cell: DataCell) -> None:
        """Understand a number that is text, has a decimal point and no need of it, or is left empty."""
        given = table[key]
        if given is None or (isinstance(given, str) and not given.strip()):
            if key == TOTAL_KEY:
                del table[key]
                self._tell("value.blank", path, given, message("is left empty, so that the total is not given"))
            else:
                table[key] = 0
                self._tell("value.blank", path, given, message("is left empty, read as 0"))
            return
        if isinstance(given, Decimal) and cell.is_count and given == given.to_integral_value():
            table[key] = int(given)
            self._tell("value.written", path, given, message("the number is written in another way"))
        elif isinstance(given, str):
            said = meaning(given, cell)
            if said.value is not None:
                table[key] = said.value
                if said.message is not None or cell.is_count:
                    words = said.message or message("is text, read as a number")
                    self._tell(said.id or "value.written", path, given, words)

    def _with_keys(
        self, given: dict[str, Any], titles: Sequence[tuple[str, str]], above: tuple[str, ...]
    ) -> dict[str, Any]:
        """Return the keys in place of the form's words for them."""
        known = {key for key, _ in titles}
        words = {name: key for key, title in titles for name in (title, core(title)) if name}
        data: dict[str, Any] = {}
        for key, value in given.items():
            meant = key if key in known else words.get(key) or words.get(core(key), key)
            if meant != key and (meant in given or meant in data):
                meant = key
            data[meant] = value
            if meant != key:
                self._tell("key.wording", (*above, meant), key, message("the key is “{key}”", key=meant))
        return data

    def _tell(self, id: str, path: tuple[str, ...], given: Any, words: Message) -> None:
        text = given if isinstance(given, str) else shown(given)
        self._found.append(Deviation(id, "info", ".".join(path), place(self._form, path), words, text))


def _titles(model: type[BaseModel]) -> list[tuple[str, str]]:
    """Return the keys of a class with the form's words for them."""
    return [(key, field.title or "") for key, field in model.model_fields.items()]
