"""What all sheets of a workbook share: formats, protection, defined names, and the relations as formulas."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from math import ceil
from typing import TYPE_CHECKING, Any

from annual_report.checks.sentences import sentence
from annual_report.document.workbook import NAME_PREFIX, Address, address_of, name_of, ranges_of, table_sheets
from annual_report.form.relations import Balance, CarryOver, Summation
from annual_report.report.places import place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from annual_report.form.relations import Relation
    from annual_report.messages import Message
    from annual_report.report.model import AnnualReport

_REFERENCE = re.compile(r"[A-Z]+[0-9]+(?::[A-Z]+[0-9]+)?")
_LITERAL = 127
_WIDE = "\u2e80"
_LINE = 13.5
_ROOM = 8

FORMULA = ("=", "+", "-", "@")
"""What the content of a cell begins with that a spreadsheet may take for a formula."""

TYPEFACE = "宋体"
INPUT = "#FFF9E5"
LABEL = "#F2F2F2"
WRONG = "#FFC7CE"
WRONG_TEXT = "#9C0006"


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula and what it gives for the numbers that the workbook is written with.

    Parameters
    ----------
    text
        The formula without `=`; it refers to one sheet alone.
    value
        Its value.
    """

    text: str
    value: Any

    def on(self, sheet: str) -> str:
        """Return the formula for use on another sheet.

        Parameters
        ----------
        sheet
            The name of the sheet that the formula refers to.
        """
        return _REFERENCE.sub(lambda found: f"'{sheet}'!{found[0]}", self.text)

    def __add__(self, other: Formula) -> Formula:
        """Add another formula."""
        return Formula(f"{self.text}+{other.text}", self.value + other.value)

    def __sub__(self, other: Formula) -> Formula:
        """Subtract another formula, which is one term."""
        return Formula(f"{self.text}-{other.text}", self.value - other.value)


@dataclass(frozen=True, slots=True)
class Rule:
    """A relation as formulas.

    Parameters
    ----------
    relation
        The relation.
    place
        The cell to look at first, in the form's printed words.
    first
        Where that cell is.
    expected, actual
        What the other cells make it, and what it is.
    sentence
        What is said where the relation does not hold, with formulas for the numbers.
    """

    relation: Relation
    place: str
    first: Address
    expected: Formula
    actual: Formula
    sentence: Message

    @property
    def holds(self) -> bool:
        """Whether the relation holds for the numbers that the workbook is written with."""
        return bool(self.expected.value == self.actual.value)


def quoted(text: str) -> str:
    """Write a text for a formula, in pieces as long as a formula's may be.

    Examples
    --------
    >>> quoted('"a"')
    '\"\"\"a\"\"\"'
    """
    pieces = (text[start : start + _LITERAL].replace('"', '""') for start in range(0, len(text), _LITERAL))
    return "&".join(f'"{piece}"' for piece in pieces) or '""'


def height_of(text: str, width: float) -> float:
    """Return the height of a row, in points, that shows a text in a column of a width."""
    columns = sum(2 if character >= _WIDE else 1 for character in text)
    return max(1, ceil(columns / (width - 1))) * _LINE + _ROOM


class Book:
    """A workbook that is being written.

    Parameters
    ----------
    workbook
        XlsxWriter's workbook.
    report
        The report.
    previous
        Last year's report, where it is at hand.
    empty
        Whether numbers are left to be filled in.
    mark
        What is printed at the top of every page, and follows the workbook's title.

    Attributes
    ----------
    formulas
        Formulas by path, in place of numbers to be filled in.
    """

    def __init__(
        self, workbook: Workbook, report: AnnualReport, previous: AnnualReport | None, *, empty: bool, mark: str = ""
    ) -> None:
        self.workbook = workbook
        self.report = report
        self.previous = previous
        self.empty = empty
        self.formulas: dict[str, str] = {}
        self._mark = mark
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}
        created = datetime(report.year, 12, 31)  # noqa: DTZ001  # a day has no zone; the same report gives the same bytes
        workbook.set_properties({"title": f"{report.agency}{report.year}年{mark}", "created": created})

    def sheet(self, name: str, *, pages: int = 0, **allowed: bool) -> Worksheet:
        """Add a protected sheet that prints on A4, on any number of pages or on so many."""
        sheet = self.workbook.add_worksheet(name)
        sheet.protect("", {"format_columns": True, "format_rows": True} | allowed)
        sheet.hide_gridlines(2)
        sheet.set_paper(9)
        sheet.set_margins(left=0.6, right=0.6, top=0.7, bottom=0.7)
        sheet.set_header(f"&C{self._mark}" if self._mark else "")
        sheet.set_footer("&C&P / &N")
        sheet.fit_to_pages(1, pages)
        return sheet

    def format(self, **properties: Any) -> Format:
        """Return a format, made once."""
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            base = {"font_name": TYPEFACE, "font_size": 10, "valign": "vcenter", "text_wrap": True}
            self._formats[key] = self.workbook.add_format(base | properties)
        return self._formats[key]

    def text(self, text: str, **properties: Any) -> Format:
        """Return the format of a text that somebody typed; one that looks like a formula stays a text when edited."""
        return self.format(**properties, **({"quote_prefix": True} if text.startswith(FORMULA) else {}))

    def name(self, key: str, first: Address, last: Address | None = None) -> None:
        """Give a cell, or a column of cells, a hidden name that follows it wherever it is moved."""
        end = f":{(last or first).absolute.rpartition('!')[2]}" if last else ""
        self.workbook.define_name(name_of(key), f"={first.absolute}{end}")

    def finish(self) -> None:
        """Hide the names that only the reader uses."""
        for name in self.workbook.defined_names:
            if name[0].startswith(NAME_PREFIX):
                name[3] = True

    @cached_property
    def values(self) -> dict[str, Any]:
        """The numbers that the workbook is given: all of the report's, or those that follow from last year's."""
        if not self.empty:
            return dict(self.report.values)
        return {
            relation.cell: self._last_years[relation.last_year]
            for relation in self.report.form.relations
            if isinstance(relation, CarryOver) and not relation.increases and relation.last_year in self._last_years
        }

    @cached_property
    def _last_years(self) -> dict[str, Any]:
        return dict(self.previous.values) if self.previous else {}

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """Every relation that can be looked at, as formulas, table by table."""
        rules = [rule for relation in self.report.form.relations if (rule := self._rule(relation))]
        sheets = [sheet.name for sheet in table_sheets(self.report.form).values()]
        return tuple(sorted(rules, key=lambda rule: sheets.index(rule.first.sheet)))

    def _rule(self, relation: Relation) -> Rule | None:
        """Write a relation as formulas; none where it needs last year's report and there is none."""
        if isinstance(relation, Summation):
            return self._made(relation, relation.total, self._sum(relation.parts), self._cell(relation.total))
        if isinstance(relation, Balance):
            others = [path for path in relation.right if path != relation.first]
            expected = self._sum(relation.left) - self._sum(others)
            return self._made(relation, relation.first, expected, self._sum([relation.first]))
        if relation.last_year not in self._last_years:
            return None
        last = self._last_years[relation.last_year]
        expected = Formula(str(last), last)
        if relation.increases:
            expected += self._sum(relation.increases)
        if relation.decreases:
            expected -= self._sum(relation.decreases)
        return self._made(relation, relation.cell, expected, self._cell(relation.cell), last)

    def _made(self, relation: Relation, path: str, expected: Formula, actual: Formula, last_year: Any = None) -> Rule:
        told = sentence(
            relation, expected, actual, self._sum, None if last_year is None else Formula(str(last_year), last_year)
        )
        where = place(self.report.form, path.split("."))
        return Rule(relation, where, self.address(path), expected, actual, told)

    def _cell(self, path: str) -> Formula:
        """Take a cell by its sum, which counts an empty cell as 0."""
        number = self.values.get(path)
        known = self.derived(path) if number is None else number
        return Formula(f"SUM({self.address(path).local})", known)

    def _sum(self, paths: Sequence[str]) -> Formula:
        """Add cells; a total is derived from its parts, whatever its own cell holds."""
        return Formula(self.formula(paths), sum(map(self.derived, paths)))

    def derived(self, path: str) -> Any:
        """Return a number as given, and a total as its parts make it; empty cells are 0."""
        return sum(self.values.get(leaf) or 0 for leaf in self._leaves(path))

    def formula(self, paths: Sequence[str]) -> str:
        """Write the sum of cells as a formula; a total is derived from its parts, whatever its own cell holds."""
        leaves = [leaf for path in paths for leaf in self._leaves(path)]
        return f"SUM({ranges_of([self.address(leaf) for leaf in leaves])})"

    def _leaves(self, path: str) -> tuple[str, ...]:
        return self.report.form.leaves.get(path, (path,))

    def address(self, path: str) -> Address:
        """Return where a value is."""
        return address_of(self.report.form, path)
