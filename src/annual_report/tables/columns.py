"""The columns of a table of reports: every field and every cell of the form, by its path and by the form's words."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING, Literal, TypeAlias

from annual_report.form import registry
from annual_report.form.sections import TABLES
from annual_report.report.model import AnnualReport
from annual_report.report.narrative import Narrative
from annual_report.report.places import SEPARATOR, place
from annual_report.report.texts import TableTexts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from annual_report.form import Edition

Kind: TypeAlias = Literal["line", "narrative", "edition", "year", "date", "count", "amount"]

IDENTITY = ("agency", "year", "edition")
"""The columns that tell which report a row belongs to."""

LONG = {"path": "路径", "section": "部分", "row": "行", "column": "列", "value": "内容"}
"""The further columns of a table with a value a row: their keys and their words."""

FLAG = {"key": "reconciliation", "words": "数据核对"}
"""The column that says what does not reconcile; it is left out when a table is read back."""

_KINDS: dict[str, Kind] = {"edition": "edition", "year": "year", "issued_on": "date"}
_IN_BRACKETS = re.compile(r"\(([a-z0-9_.]+)\)$")


@dataclass(frozen=True, slots=True)
class Column:
    """A field of the report, or a value of one of its tables.

    Parameters
    ----------
    path
        Its keys, joined by dots.
    words
        Its place in the form's printed words, as the newest of its editions has them.
    kind
        What it holds.
    editions
        The identifiers of the editions that have it, newest first. Values compare between reports of these editions.
    is_common
        Whether it is shown even if no report has anything in it.

    Examples
    --------
    >>> column = next(column for column in columns() if column.path == "applications.received.natural_person")
    >>> column.kind, column.editions, column.parts[2]
    ('count', ('2021', '2019'), '自然人')
    """

    path: str
    words: str
    kind: Kind
    editions: tuple[str, ...]
    is_common: bool = True

    @property
    def is_text(self) -> bool:
        """Whether it holds users' text."""
        return self.kind in {"line", "narrative"}

    @property
    def parts(self) -> tuple[str, str, str]:
        """Its section, row and column in the form's words; empty where it has none."""
        section, *rest = self.words.split(SEPARATOR)
        if self.kind in {"count", "amount"} and rest:
            return section, SEPARATOR.join(rest[:-1]), rest[-1]
        return section, SEPARATOR.join(rest), ""

    @property
    def keys(self) -> tuple[str, str, str]:
        """Its section, row and column as keys; empty where it has none."""
        section, *rest = self.path.split(".")
        if section in TABLES:
            return section, ".".join(rest[:-1]), rest[-1]
        return section, ".".join(rest), ""


def columns(editions: Iterable[Edition] = ()) -> tuple[Column, ...]:
    """Return the columns of a table of reports.

    Parameters
    ----------
    editions
        The editions that the reports follow; left out, all that are known.

    Returns
    -------
    tuple[Column, ...]
        Agency, year, edition, the other fields and texts, then every value of any of the editions. A column's
        `editions` tell which reports compare in it; where two columns have the same words, their paths tell them
        apart.

    Examples
    --------
    >>> by_path = {column.path: column for column in columns()}
    >>> by_path["proactive_disclosure.licensing.decisions"].editions
    ('2021', '2019')
    >>> by_path["proactive_disclosure.fees.amount"].editions
    ('2021',)
    """
    return _columns(tuple(editions) or registry.known())


@lru_cache(maxsize=32)
def _columns(editions: tuple[Edition, ...]) -> tuple[Column, ...]:
    newest_first = tuple(sorted(editions, key=lambda edition: edition.first_year, reverse=True))
    found = [*_fields(tuple(edition.id for edition in newest_first)), *_cells(newest_first)]
    times: dict[str, int] = {}
    for column in found:
        times[plain(column.words)] = times.get(plain(column.words), 0) + 1
    return tuple(column if times[plain(column.words)] == 1 else _told_apart(column) for column in found)


def _told_apart(column: Column) -> Column:
    return replace(column, words=f"{column.words} ({column.path})")


def _fields(editions: tuple[str, ...]) -> Iterator[Column]:
    """Yield the columns of what is no table; texts beside the tables last."""
    for name in _field_names():
        field = AnnualReport.model_fields[name]
        kind = "narrative" if field.annotation is Narrative else _KINDS.get(name, "line")
        yield Column(name, place(None, [name]), kind, editions, is_common=field.exclude_if is None)
    for keys in product(["texts"], TABLES, TableTexts.model_fields):
        yield Column(".".join(keys), place(None, keys), "narrative", editions, is_common=False)


def _cells(editions: tuple[Edition, ...]) -> Iterator[Column]:
    """Yield the columns of the tables' values, section by section."""
    for section in TABLES:
        paths = [path for edition in editions for path in edition.cells if path.startswith(f"{section}.")]
        for path in dict.fromkeys(paths):
            having = [edition for edition in editions if path in edition.cells]
            cell = having[0].cells[path]
            kind: Kind = "count" if cell.is_count else "amount"
            yield Column(path, place(having[0], path.split(".")), kind, tuple(edition.id for edition in having))


def required(edition: Edition) -> list[str]:
    """Return the paths that a report of an edition cannot do without; totals are derived where they are left out."""
    fields = [name for name in _field_names() if AnnualReport.model_fields[name].is_required() and name != "edition"]
    return [*fields, *(path for path, cell in edition.cells.items() if cell.adds_up)]


def _field_names() -> list[str]:
    """Return the fields that are no tables, those first that tell which report it is."""
    others = [name for name in AnnualReport.model_fields if name not in {*IDENTITY, *TABLES, "texts"}]
    return [*IDENTITY, *others]


def plain(words: object) -> str:
    """Return words without the spaces and line breaks that a heading may have been given."""
    return "".join(str(words).split())


class Headings:
    """Recognises the headings of columns: paths, or the words of any edition that is known.

    Examples
    --------
    >>> Headings().paths("三、收到和处理政府信息公开申请情况›四、结转下年度继续办理›总计")["2021"]
    'applications.carried_forward.total'
    """

    def __init__(self) -> None:
        self.columns = {column.path: column for column in columns()}
        self._by_words: dict[str, dict[str, str]] = {}
        for edition in registry.known():
            for path in (*(path for path in self.columns if path.partition(".")[0] not in TABLES), *edition.cells):
                words = plain(place(edition, path.split(".")))
                self._by_words.setdefault(words, {}).setdefault(edition.id, path)

    def paths(self, heading: object) -> dict[str, str]:
        """Return the path that a heading means, by edition; nothing if it means none."""
        words = plain(heading)
        bracketed = _IN_BRACKETS.search(words)
        path = bracketed[1] if bracketed else words
        if path in self.columns:
            return dict.fromkeys((edition.id for edition in registry.known()), path)
        found = self._by_words.get(words, {})
        if not found:
            return {}
        *_, newest = found.values()
        return {edition.id: found.get(edition.id, newest) for edition in registry.known()}

    def nearest(self, heading: object) -> str:
        """Return the known heading that one may have been meant for; nothing where none is near."""
        words = plain(heading)
        known = {plain(column.words): column.words for column in self.columns.values()}
        known |= {path: path for path in self.columns}
        near = get_close_matches(words, known, n=1)
        return known[near[0]] if near else ""
