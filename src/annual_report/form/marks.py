"""What a field's annotation says of its place on the form, beside its title and its type."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Item:
    """The item of article 20 that a row of section two reports on; rows of one clause share a band.

    Parameters
    ----------
    number
        The item's number in Chinese numerals, `一` for item (1).
    """

    number: str

    @property
    def label(self) -> str:
        """The band's printed words."""
        return f"第二十条第（{self.number}）项"


@dataclass(frozen=True, slots=True)
class Spanner:
    """A heading printed over several neighbouring columns.

    Parameters
    ----------
    label
        The heading's printed words.
    """

    label: str


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit that the form prints behind a value.

    Parameters
    ----------
    label
        The unit's printed words, `元`.
    """

    label: str


@dataclass(frozen=True, slots=True)
class Spine:
    """Marks a label that stands beside all of its rows, whose own labels are clear without it."""


@dataclass(frozen=True, slots=True)
class Signed:
    """Marks a whole number that is printed with its sign."""
