"""What a web page's own style sheets say of text in cells, as far as it decides what a number is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

_DECISIVE = {
    "display": ("none",),
    "visibility": ("hidden",),
    "text-decoration": ("line-through",),
    "text-decoration-line": ("line-through",),
    "vertical-align": ("super", "sub"),
}
"""The values that decide what a number is, by property."""

_SELECTOR = re.compile(r"(?P<tag>[a-z][a-z0-9]*)?(?:\.(?P<name>[\w-]+)|#(?P<id>[\w-]+))?", re.IGNORECASE)


def apply(root: etree._Element) -> None:
    """Copy what the page's style sheets say of text in cells into its style attributes.

    Only selectors of an element, a class or an identifier are understood, and only what hides text, strikes it through
    or raises it.

    Parameters
    ----------
    root
        The page.
    """
    rules: dict[tuple[str, str, str], dict[str, None]] = {}
    text = "".join(element.text or "" for element in root.iter("style"))
    for selectors, body in _rules(text):
        if decisive := _decisive(body):
            for selector in selectors.split(","):
                if (found := _SELECTOR.fullmatch(selector.strip())) and found[0]:
                    key = ((found["tag"] or "").lower(), found["name"] or "", found["id"] or "")
                    rules.setdefault(key, {}).update(decisive)
    for element in root.iter("*") if rules else ():
        said = [style for key in _keys(element) for style in rules.get(key, ())]
        if said and next(element.iterancestors("td", "th"), None) is not None:
            element.set("style", ";".join([*said, element.get("style", "")]))


def _rules(text: str) -> Iterator[tuple[str, str]]:
    """Yield the selectors and the declarations of the rules that no at-rule encloses, in one pass."""
    first, *others = text.replace("<!--", "").replace("-->", "").split("/*")
    depth = 0
    for chunk in "".join([first, *(other.partition("*/")[2] for other in others)]).split("}"):
        opened = chunk.count("{")
        if depth == 0 and opened == 1:
            selectors, _, body = chunk.partition("{")
            yield selectors.rpartition(";")[2], body
        depth = max(depth + opened - 1, 0)


def _decisive(body: str) -> dict[str, None]:
    found: dict[str, None] = {}
    for declaration in body.lower().split(";"):
        name, _, value = declaration.partition(":")
        for word in _DECISIVE.get(name.strip(), ()):
            if word in value:
                found[f"{name.strip()}:{word}"] = None
                break
    return found


def _keys(element: etree._Element) -> Iterator[tuple[str, str, str]]:
    """Yield what selectors of an element may say: its name, a class or its identifier, or its name with either."""
    for tag in ("", str(element.tag)):
        yield tag, "", ""
        for name in element.get("class", "").split():
            yield tag, name, ""
        if own := element.get("id"):
            yield tag, "", own
