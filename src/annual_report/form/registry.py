"""The registered editions of the form, found by identifier or by year."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from annual_report.form.relations import Summation, relations_of
from annual_report.form.sections import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable

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
        Its identifier, as in a report's `edition`: `2021`.
    document_number
        The document number (文号) of the notice that mandates it.
    instrument
        The name of that notice.
    first_year
        The first year whose reports follow it.
    last_year
        The last such year; None while it is in force.
    must_report
        What section six must report, in the form's words; empty if the edition requires nothing.
    proactive_disclosure, applications, disputes
        The model classes of sections two, three and four; their fields, titled in the form's words, are the rows and
        columns of the tables.

    Examples
    --------
    >>> edition = find("2021")
    >>> edition.document_number, edition.covers(2024)
    ('国办公开办函〔2021〕30号', True)
    >>> edition.cells["applications.received.natural_person"].labels
    ('一、本年新收政府信息公开申请数量', '自然人')
    """

    id: str
    document_number: str
    instrument: str
    first_year: int
    last_year: int | None
    must_report: str
    proactive_disclosure: type[FormTable]
    applications: type[ApplicationsBase]
    disputes: type[FormTable]

    @property
    def tables(self) -> dict[str, type[FormTable]]:
        """The classes of the three tables, by section."""
        return {key: getattr(self, key) for key in TABLES}

    @cached_property
    def grids(self) -> dict[str, Grid]:
        """The grids of the three tables, by section."""
        return {key: table.layout.grid(table) for key, table in self.tables.items()}

    @cached_property
    def cells(self) -> dict[str, DataCell]:
        """Every value of the three tables by its full path, in the form's order."""
        return {f"{key}.{cell.path}": cell for key, grid in self.grids.items() for cell in grid.values}

    @cached_property
    def relations(self) -> tuple[Relation, ...]:
        """The relations that must hold within a report and with last year's."""
        return tuple(relation for key, table in self.tables.items() for relation in relations_of(key, table))

    @cached_property
    def leaves(self) -> dict[str, tuple[str, ...]]:
        """The cells that each total is computed from, none of them a total themselves."""
        sums = {relation.total: relation.parts for relation in self.relations if isinstance(relation, Summation)}

        def below(path: str) -> tuple[str, ...]:
            return tuple(leaf for part in sums[path] for leaf in below(part)) if path in sums else (path,)

        return {total: below(total) for total in sums}

    def covers(self, year: int) -> bool:
        """Return whether reports on a year follow this edition."""
        return self.first_year <= year and (self.last_year is None or year <= self.last_year)


_EDITIONS: dict[str, Edition] = {}
_LATER: list[Callable[[], Edition]] = []


def _all() -> dict[str, Edition]:
    """Return every edition, and build those that have not been needed before."""
    for build in _LATER:
        edition = build()
        _EDITIONS[edition.id] = edition
    _LATER.clear()
    return _EDITIONS


def register_later(build: Callable[[], Edition]) -> None:
    """Register an edition that is built when it may be needed.

    Parameters
    ----------
    build
        Returns the edition, which is older than those that are registered.
    """
    _LATER.append(build)


def register(edition: Edition) -> Edition:
    """Register an edition.

    Parameters
    ----------
    edition
        The edition; its identifier must be new.

    Returns
    -------
    Edition
        The edition itself.

    Raises
    ------
    ValueError
        The identifier is taken.

    Examples
    --------
    >>> from dataclasses import replace
    >>> trial = register(replace(known()[-1], id="2030", first_year=2030))
    >>> in_force(2030).id
    '2030'
    >>> unregister("2030")
    """
    if edition.id in _all():
        msg = f"edition {edition.id!r} is registered already"
        raise ValueError(msg)
    _EDITIONS[edition.id] = edition
    return edition


def unregister(identifier: str) -> None:
    """Remove an edition that was registered at run time.

    Parameters
    ----------
    identifier
        Its identifier.

    Raises
    ------
    KeyError
        There is no such edition.

    Examples
    --------
    >>> unregister("2020")
    Traceback (most recent call last):
    KeyError: '2020'
    """
    del _all()[identifier]


def known() -> tuple[Edition, ...]:
    """Return the registered editions, oldest first.

    Examples
    --------
    >>> [edition.id for edition in known()]
    ['2019', '2021']
    """
    return tuple(sorted(_all().values(), key=lambda edition: edition.first_year))


def find(identifier: str) -> Edition | None:
    """Return the edition with an identifier, or None.

    Parameters
    ----------
    identifier
        `2021`, as in a report's `edition`.

    Examples
    --------
    >>> find("2019").first_year, find("1999")
    (2019, None)
    """
    return _EDITIONS.get(identifier) or _all().get(identifier)


def followed_by(edition: object, year: object) -> Edition:
    """Return the edition that a report's data follow: the one named, else the one for its year, else the newest.

    Parameters
    ----------
    edition, year
        The values in the data, of any type; None if missing.
    """
    named = find(edition) if isinstance(edition, str) else None
    by_year = in_force(year) if type(year) is int else None
    return named or by_year or known()[-1]


def in_force(year: int) -> Edition | None:
    """Return the edition that reports on a year follow (the newest if there are several), or None.

    Parameters
    ----------
    year
        The year reported on.

    Examples
    --------
    >>> in_force(2020).id, in_force(2024).id
    ('2019', '2021')
    """
    newest = max(reversed(_EDITIONS.values()), key=lambda edition: edition.first_year, default=None)
    editions = [newest] if newest is not None and newest.covers(year) else reversed(known())
    return next((edition for edition in editions if edition.covers(year)), None)
