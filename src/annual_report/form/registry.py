"""The editions of the form that are known, by their identifiers and by the years they are in force for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from annual_report.form.relations import Summation, relations_of
from annual_report.form.sections import TABLES

if TYPE_CHECKING:
    from annual_report.form.applications import ApplicationsBase
    from annual_report.form.base import FormTable
    from annual_report.form.grid import DataCell, Grid
    from annual_report.form.relations import Relation


@dataclass(frozen=True)
class Edition:
    """One edition of the mandated form.

    Parameters
    ----------
    id
        The identifier in a report's `edition`, `2021`.
    document_number
        The number of the instrument that mandates it.
    instrument
        The instrument's name.
    first_year
        The first year whose reports follow it.
    last_year
        The last such year; none while it is in force.
    must_report
        What section six must report, in the form's words; empty where the edition asks for nothing.
    proactive_disclosure, applications, disputes
        The model classes of sections two, three and four; their fields, with the form's words as titles, are the
        tables' rows and columns.
    """

    id: str
    document_number: str
    instrument: str
    first_year: int
    last_year: int | None
    must_report: str
    proactive_disclosure: type[FormTable]
    applications: type[ApplicationsBase[Any]]
    disputes: type[FormTable]

    @property
    def tables(self) -> dict[str, type[FormTable]]:
        """The three tables' classes, by the key of their section."""
        return {key: getattr(self, key) for key in TABLES}

    @cached_property
    def grids(self) -> dict[str, Grid]:
        """The three tables' grids, by the key of their section."""
        return {key: table.layout.grid(table) for key, table in self.tables.items()}

    @cached_property
    def cells(self) -> dict[str, DataCell]:
        """Every value of the three tables by its path from the report on, in the form's order."""
        return {f"{key}.{cell.path}": cell for key, grid in self.grids.items() for cell in grid.values}

    @cached_property
    def relations(self) -> tuple[Relation, ...]:
        """What must reconcile in a report, and with last year's."""
        return tuple(relation for key, table in self.tables.items() for relation in relations_of(key, table))

    @cached_property
    def leaves(self) -> dict[str, tuple[str, ...]]:
        """The cells that each total is derived from, none of them a total."""
        sums = {relation.total: relation.parts for relation in self.relations if isinstance(relation, Summation)}

        def below(path: str) -> tuple[str, ...]:
            return tuple(leaf for part in sums[path] for leaf in below(part)) if path in sums else (path,)

        return {total: below(total) for total in sums}

    def covers(self, year: int) -> bool:
        """Tell whether reports on a year follow this edition."""
        return self.first_year <= year and (self.last_year is None or year <= self.last_year)


_EDITIONS: dict[str, Edition] = {}


def register(edition: Edition) -> Edition:
    """Make an edition known.

    Parameters
    ----------
    edition
        The edition; its identifier must be new.

    Returns
    -------
    Edition
        The same.

    Raises
    ------
    ValueError
        The identifier is taken.
    """
    if edition.id in _EDITIONS:
        msg = f"edition {edition.id!r} is registered already"
        raise ValueError(msg)
    _EDITIONS[edition.id] = edition
    return edition


def unregister(identifier: str) -> None:
    """Forget an edition that was registered at run time.

    Raises
    ------
    KeyError
        There is no such edition.
    """
    del _EDITIONS[identifier]


def known() -> tuple[Edition, ...]:
    """Give the known editions, oldest first."""
    return tuple(sorted(_EDITIONS.values(), key=lambda edition: edition.first_year))


def find(identifier: str) -> Edition | None:
    """Give the edition with an identifier, or none."""
    return _EDITIONS.get(identifier)


def followed_by(edition: object, year: object) -> Edition:
    """Give the edition that a report follows by its data: as named, else by its year, else the newest.

    Parameters
    ----------
    edition, year
        What the data give, of any type; `None` where they give nothing.
    """
    named = find(edition) if isinstance(edition, str) else None
    by_year = in_force(year) if type(year) is int else None
    return named or by_year or known()[-1]


def in_force(year: int) -> Edition | None:
    """Give the edition that reports on a year follow, the newest where several do, or none."""
    return next((edition for edition in reversed(known()) if edition.covers(year)), None)
