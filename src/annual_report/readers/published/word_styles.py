"""The styles of a Word file: what they say of paragraphs and of runs, with what they inherit."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from annual_report.readers.published.word_package import W

if TYPE_CHECKING:
    from lxml import etree

    from annual_report.readers.blocks import Alignment

VAL = f"{W}val"
ALIGNMENTS: dict[str | None, Alignment] = {
    "left": "left",
    "start": "left",
    "center": "centre",
    "right": "right",
    "end": "right",
}
BODY_TEXT = 9
"""The outline level that is none."""

_NAME, _BASED_ON, _OUTLINE, _ALIGN = f"{W}name", f"{W}basedOn", f"{W}outlineLvl", f"{W}jc"
_NUMBER, _NUMBER_LEVEL = f"{W}numId", f"{W}ilvl"
_SWITCHES = {f"{W}b": "bold", f"{W}vanish": "hidden"}
NOT_ON_THE_LINE = ("superscript", "subscript")
RAISED = f"{W}vertAlign"
_READ = (RAISED, _NAME, _BASED_ON, _OUTLINE, _ALIGN, _NUMBER, _NUMBER_LEVEL, *_SWITCHES)
_OFF = ("0", "false", "off", "none")
_CONTENTS = re.compile("toc [1-9]")
_HEADING = re.compile(r"(?:heading|标题) ?([1-9])")


class Style(NamedTuple):
    """What a style says, with what it inherits; none where it says nothing.

    Parameters
    ----------
    level
        The heading level of its paragraphs, 0 for the title; 10 for body text.
    align
        How they are set.
    number, number_level
        The identifier of their numbering, and its level.
    bold, hidden, raised
        Whether its runs are.
    is_contents
        Whether its paragraphs are lines of a table of contents.
    """

    level: int | None = None
    align: str | None = None
    number: str | None = None
    number_level: int = 0
    bold: bool | None = None
    hidden: bool | None = None
    raised: bool | None = None
    is_contents: bool = False


class Styles:
    """The styles by their identifiers.

    Parameters
    ----------
    root
        The root of the styles' part; none where there is no such part.

    Attributes
    ----------
    default
        The style of paragraphs that name none.
    hide_or_number
        Whether any style hides or raises text, or numbers paragraphs.
    """

    def __init__(self, root: etree._Element | None) -> None:
        self._elements: dict[str | None, etree._Element] = {}
        self._found: dict[str | None, Style] = {}
        default = None
        for style in () if root is None else root.iterchildren(f"{W}style"):
            identifier = style.get(f"{W}styleId")
            self._elements[identifier] = style
            if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true", "on"):
                default = identifier
        self.default = self.find(default)
        self.hide_or_number = root is not None and next(root.iter(_NUMBER, RAISED, f"{W}vanish"), None) is not None

    def has(self, identifier: str) -> bool:
        """Return whether there is a style with an identifier."""
        return identifier in self._elements

    def find(self, identifier: str | None) -> Style:
        """Find a style.

        Parameters
        ----------
        identifier
            Its identifier.

        Returns
        -------
        Style
            What it says; nothing where there is no such style.
        """
        found = self._found.get(identifier)
        if found is None:
            self._found[identifier] = Style()  # for a style that is based on itself
            element = self._elements.get(identifier)
            found = self._found[identifier] = Style() if element is None else self._read(element)
        return found

    def _read(self, element: etree._Element) -> Style:
        own: dict[str, Any] = {}
        style = Style()
        for item in element.iter(*_READ):
            tag, said = item.tag, item.get(VAL)
            if tag == _BASED_ON:
                style = self.find(said)._replace(is_contents=False)
            elif tag == _NAME:
                own |= _named((said or "").lower())
            elif tag == _OUTLINE:
                own["level"] = number(said, BODY_TEXT) + 1
            elif tag == _NUMBER_LEVEL:
                own["number_level"] = number(said)
            elif tag == RAISED:
                own["raised"] = said in NOT_ON_THE_LINE
            elif tag in _SWITCHES:
                own[_SWITCHES[tag]] = is_on(item)
            else:
                own["align" if tag == _ALIGN else "number"] = said
        return style._replace(**own)


def _named(name: str) -> dict[str, Any]:
    """Return what a built-in style's name says of its paragraphs."""
    if name == "title":
        return {"level": 0}
    heading = _HEADING.fullmatch(name)
    return {"level": int(heading[1])} if heading else {"is_contents": bool(_CONTENTS.fullmatch(name))}


def value(element: etree._Element, name: str) -> str | None:
    """Return the value of a child; none where there is no such child."""
    child = element.find(f"{W}{name}")
    return None if child is None else child.get(VAL)


def number(text: str | None, otherwise: int = 0) -> int:
    """Read a whole number of at most nine digits."""
    return int(text) if text and text.isdecimal() and len(text) <= 9 else otherwise  # noqa: PLR2004


def is_on(switch: etree._Element) -> bool:
    """Return whether a property such as `w:b` is switched on."""
    return switch.get(VAL) not in _OFF
