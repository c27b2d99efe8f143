"""Annotations that say how a field appears on the form, besides its title and type."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Item:
    """The item of article 20 that a row of section two reports on; rows of the same item share a band.

    Parameters
    ----------
    number
        The item's number in Chinese numerals, `一` for item (1).
    """

    number: str

    @property
    def label(self) -> str:
        """The band's printed label."""
        return f"第二十条第（{self.number}）项"


@dataclass(frozen=True, slots=True)
class Spanner:
    """A heading printed over several neighbouring columns.

    Parameters
    ----------
    label
        The printed heading.
    """

    label: str


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit that the form prints after a value.

    Parameters
    ----------
    label
        The unit as printed, `元`.
    """

    label: str


class Spine:
    """Marks a label printed beside a group of rows whose own labels are clear without it."""


class Signed:
    """Marks a whole number that is printed with its sign."""
