"""The editions of the form that are known, by their identifiers and by the years they are in force for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from annual_report.form.layouts import banded, crossed, spread

if TYPE_CHECKING:
    from annual_report.form.applications import ApplicationsBase
    from annual_report.form.base import FormModel
    from annual_report.form.grid import Grid


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
    proactive_disclosure, applications, disputes
        The model classes of sections two, three and four; their fields, with the form's words as titles, are the
        tables' rows and columns.
    """

    id: str
    document_number: str
    instrument: str
    first_year: int
    last_year: int | None
    proactive_disclosure: type[FormModel]
    applications: type[ApplicationsBase[Any]]
    disputes: type[FormModel]

    @cached_property
    def grids(self) -> dict[str, Grid]:
        """The three tables' grids, by the key of their section."""
        return {
            "proactive_disclosure": banded(self.proactive_disclosure),
            "applications": crossed(self.applications),
            "disputes": spread(self.disputes),
        }

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


def in_force(year: int) -> Edition | None:
    """Give the edition that reports on a year follow, the newest where several do, or none."""
    return next((edition for edition in reversed(known()) if edition.covers(year)), None)
