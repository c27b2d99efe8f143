"""Declarations of CSS as a browser takes them: which are valid last, and whether they hide text."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_NO_CODE = re.compile(
    r"""(?P<string>"[^"\n]*"|'[^'\n]*')|/\*.*?(?:\*/|\Z)|(?P<url>url\([^()"']*\))""", re.DOTALL | re.IGNORECASE
)
_ESCAPE = re.compile(r"\\(?:([0-9a-f]{1,6})[ \t\n]?|(.))", re.IGNORECASE | re.DOTALL)
_IMPORTANT = re.compile(r"\s*!\s*important\s*$")
_MAX_CODE = 0x10FFFF
_INVALID = "\0"
"""What an escape becomes that no keyword has, as in `inline\\9`, which only old versions of one browser take."""

_ZERO = re.compile(r"(?:0+(?:\.0*)?|\.0+)(?:[a-z]+|%)?")
_ZERO_IN_FONT = re.compile(r"(?:^|\s)0(?:\.0*)?(?:[a-z]+|%)?\s*(?:/|\s)")
_FAR = re.compile(r"-0*(?:999|[1-9][0-9]{3})")
_TRANSPARENT = re.compile(r"transparent|#[0-9a-f]{3}0|#[0-9a-f]{6}00|(?:rgb|hsl)a?\([^()]*[,/\s]0?\.?0*%?\s*\)")
_WHITE = re.compile(r"white|#fff(?:fff)?|rgb\(\s*(?:255\s*,\s*){2}255\s*\)")
_WITH_ALPHA = re.compile(r"(?:rgb|hsl)a?\((?:[^,/()]*,){3}|/")
_CLIPPED = re.compile(r"rect\(\s*([01](?:px)?)(?:[\s,]+\1){3}\s*\)")
_INSET = re.compile(r"inset\(\s*(?:[5-9][0-9]|100)%\s*\)")
_SCALED = re.compile(r"scale\(\s*0(?:\.0*)?\s*\)")
_FAR_AWAY = ("left", "right", "top", "bottom", "text-indent", "margin-left", "margin-top")


def without_comments(sheet: str) -> str:
    """Leave out comments, and empty strings and addresses, in which nothing is code."""
    if "/*" not in sheet and '"' not in sheet and "'" not in sheet and "url(" not in sheet.lower():
        return sheet
    return _NO_CODE.sub(lambda found: '""' if found["string"] or found["url"] else "", sheet)


@lru_cache(maxsize=4096)
def declarations(style: str) -> Mapping[str, str]:
    r"""Read declarations: of those that name the same property, the last one, or the last important one.

    Examples
    --------
    >>> declarations("DISPLAY: n\\6fne !important; color/*:*/:red; display:block")
    {'display': 'none', 'color': 'red'}
    """
    found: dict[str, str] = {}
    important = set()
    for declaration in without_comments(style).split(";"):
        name, colon, value = (_plain(part) for part in declaration.partition(":"))
        value, is_important = _IMPORTANT.subn("", value)
        if colon and _INVALID not in value and (is_important or name not in important):
            found[name] = value
            if is_important:
                important.add(name)
    return found


def _plain(text: str) -> str:
    if "\\" in text:
        text = _ESCAPE.sub(_unescaped, text)
    return text.strip().lower()


def _unescaped(found: re.Match[str]) -> str:
    code = int(found[1], 16) if found[1] else ord(found[2])
    character = chr(min(code, _MAX_CODE))
    return character if character.isprintable() and character != " " else _INVALID


@lru_cache(maxsize=4096)
def removes(style: str) -> bool:
    """Return whether an element is not there at all."""
    said = declarations(style)
    return said.get("display") == "none" or said.get("content-visibility") == "hidden"


@lru_cache(maxsize=4096)
def hides(style: str) -> bool:
    """Return whether an element's place is there, and nothing in it can be seen."""
    said = declarations(style)
    if _ZERO.fullmatch(said.get("opacity", "")) or any(_FAR.match(said.get(name, "")) for name in _FAR_AWAY):
        return True
    if said.get("overflow", "").startswith(("hidden", "clip")) and (
        _ZERO.fullmatch(said.get("width", "")) or _ZERO.fullmatch(said.get("height", ""))
    ):
        return True
    cut = _CLIPPED.search(said.get("clip", "")) or _INSET.search(said.get("clip-path", ""))
    return cut is not None or _SCALED.search(said.get("transform", "")) is not None


@lru_cache(maxsize=4096)
def hides_but(style: str) -> frozenset[str]:
    """Return the properties that hide an element's text, but not what in it has another value of theirs."""
    said = declarations(style)
    found = set()
    if said.get("visibility") in {"hidden", "collapse"}:
        found.add("visibility")
    if _ZERO.fullmatch(said.get("font-size", "")) or _ZERO_IN_FONT.search(said.get("font", "")):
        found.add("font-size")
    color = said.get("color", "")
    if _TRANSPARENT.fullmatch(color) and ("(" not in color or _WITH_ALPHA.search(color)):
        found.add("color")
    return frozenset(found)


@lru_cache(maxsize=4096)
def is_white(style: str) -> bool:
    """Return whether text is white, which cannot be seen on most pages."""
    return _WHITE.fullmatch(declarations(style).get("color", "")) is not None


@lru_cache(maxsize=4096)
def shows_again(style: str, name: str) -> bool:
    """Return whether an element has a value of its own for a property that hides what it is in."""
    said = declarations(style)
    if name == "font-size":
        size = said.get("font-size", said.get("font", ""))
        return bool(size) and not re.search(r"(?:^|\s)[0-9.]*(?<!r)(?:em|%)", size)
    return said.get(name, "inherit") != "inherit"


@lru_cache(maxsize=4096)
def strikes(style: str) -> bool:
    """Return whether text is struck through."""
    said = declarations(style)
    return any("line-through" in said.get(name, "") for name in ("text-decoration", "text-decoration-line"))
