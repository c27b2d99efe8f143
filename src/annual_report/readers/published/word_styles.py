"""The styles of a Word file: what they say of paragraphs and of runs, with what they inherit."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from annual_report.readers.published.word_package import W

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from annual_report.readers.published.blocks import Alignment

VAL = f"{W}val"
ALIGNMENTS: dict[str | None, Alignment] = {
    "left": "left",
    "start": "left",
    "center": "centre",
    "right": "right",
    "end": "right",
}
_BODY_TEXT = 9
_OFF = ("0", "false", "off", "none")
_HEADING = re.compile(r"(?:heading|标题) ?([1-9])")


class ParagraphStyle(NamedTuple):
    """What a style says of its paragraphs.

    Parameters
    ----------
    level
        Their heading level, 0 for the title; none for body text.
    align
        How they are set.
    number
        The identifier of their numbering and its level, where they are numbered.
    is_bold, is_hidden
        Whether their runs are.
    is_contents
        Whether they are lines of a table of contents.
    """

    level: int | None = None
    align: Alignment | None = None
    number: tuple[str, int] | None = None
    is_bold: bool = False
    is_hidden: bool = False
    is_contents: bool = False


class CharacterStyle(NamedTuple):
    """What a style says of its runs; none where it says nothing."""

    bold: bool | None = None
    hidden: bool | None = None


class Styles:
    """The styles by their identifiers.

    Parameters
    ----------
    root
        The root of the styles' part; none where there is no such part.
    """

    def __init__(self, root: etree._Element | None) -> None:
        self._elements = {} if root is None else {style.get(f"{W}styleId"): style for style in root.iter(f"{W}style")}
        self._paragraphs: dict[str | None, ParagraphStyle] = {}
        self._characters: dict[str | None, CharacterStyle] = {}

    def paragraph(self, identifier: str | None) -> ParagraphStyle:
        """Find a paragraph style.

        Parameters
        ----------
        identifier
            The style's identifier; none for the default style.

        Returns
        -------
        ParagraphStyle
            What it says.
        """
        if identifier not in self._paragraphs:
            known = identifier if identifier in self._elements else self._default
            self._paragraphs[identifier] = self._resolved(known)
        return self._paragraphs[identifier]

    def character(self, identifier: str | None) -> CharacterStyle:
        """Find a character style.

        Parameters
        ----------
        identifier
            The style's identifier.

        Returns
        -------
        CharacterStyle
            What it says.
        """
        if identifier not in self._characters:
            chain = list(self._chain(identifier))
            self._characters[identifier] = CharacterStyle(_first_switch(chain, "b"), _first_switch(chain, "vanish"))
        return self._characters[identifier]

    @cached_property
    def _default(self) -> str | None:
        styles = self._elements.items()
        return next((name for name, style in styles if _is_default(style)), None)

    def _chain(self, identifier: str | None) -> Iterator[etree._Element]:
        """Go from a style through those that it is based on."""
        seen = set()
        while identifier in self._elements and identifier not in seen:
            seen.add(identifier)
            style = self._elements[identifier]
            yield style
            identifier = value(style, "basedOn")

    def _resolved(self, identifier: str | None) -> ParagraphStyle:
        chain = list(self._chain(identifier))
        names = [(value(style, "name") or "").lower() for style in chain]
        align = _first(chain, f"{W}pPr/{W}jc")
        return ParagraphStyle(
            level=_level(chain, names),
            align=ALIGNMENTS.get(align),
            number=self._number(chain),
            is_bold=bool(_first_switch(chain, "b")),
            is_hidden=bool(_first_switch(chain, "vanish")),
            is_contents=bool(names and re.fullmatch("toc [1-9]", names[0])),
        )

    def _number(self, chain: list[etree._Element]) -> tuple[str, int] | None:
        identifier = _first(chain, f"{W}pPr/{W}numPr/{W}numId")
        if identifier in (None, "0"):
            return None
        return str(identifier), number(_first(chain, f"{W}pPr/{W}numPr/{W}ilvl"))


def value(element: etree._Element, name: str) -> str | None:
    """Give the value of a child; none where there is no such child."""
    child = element.find(f"{W}{name}")
    return None if child is None else child.get(VAL)


def number(text: str | None, otherwise: int = 0) -> int:
    """Read a whole number of at most nine digits."""
    return int(text) if text and text.isdecimal() and len(text) <= 9 else otherwise  # noqa: PLR2004


def is_on(switch: etree._Element) -> bool:
    """Tell whether a property such as `w:b` is switched on."""
    return switch.get(VAL) not in _OFF


def _is_default(style: etree._Element) -> bool:
    return style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true", "on")


def _first(chain: list[etree._Element], path: str) -> str | None:
    """Give a property's value in the first style that has it."""
    found = (style.find(path) for style in chain)
    return next((element.get(VAL) for element in found if element is not None), None)


def _first_switch(chain: list[etree._Element], name: str) -> bool | None:
    found = (style.find(f"{W}rPr/{W}{name}") for style in chain)
    return next((is_on(element) for element in found if element is not None), None)


def _level(chain: list[etree._Element], names: list[str]) -> int | None:
    if "title" in names:
        return 0
    outline = _first(chain, f"{W}pPr/{W}outlineLvl")
    if outline is not None:
        return number(outline) + 1 if number(outline, _BODY_TEXT) < _BODY_TEXT else None
    return next((int(found[1]) for found in map(_HEADING.fullmatch, names) if found), None)
