"""What a web page's own style sheets say of text in cells, as far as it decides what a number is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree

_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_AT_RULE = re.compile(r"@[^{};]*(?:;|\{(?:[^{}]|\{[^{}]*\})*\})")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_DECISIVE = re.compile(
    r"(?:display\s*:\s*none|visibility\s*:\s*hidden|text-decoration(?:-line)?\s*:[^;]*line-through"
    r"|vertical-align\s*:\s*su(?:per|b))[^;]*",
    re.IGNORECASE,
)
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
    text = "".join(element.text or "" for element in root.iter("style"))
    if not _DECISIVE.search(text):
        return
    rules = [
        (found, ";".join(decisive))
        for selectors, body in _RULE.findall(_AT_RULE.sub("", _COMMENT.sub("", text)))
        if (decisive := _DECISIVE.findall(body))
        for selector in selectors.split(",")
        if (found := _SELECTOR.fullmatch(selector.strip())) and found[0]
    ]
    for element in root.iter("*") if rules else ():
        said = [style for selector, style in rules if _selects(selector, element)]
        if said and next(element.iterancestors("td", "th"), None) is not None:
            element.set("style", ";".join([*said, element.get("style", "")]))


def _selects(selector: re.Match[str], element: etree._Element) -> bool:
    tag, name, own = selector["tag"], selector["name"], selector["id"]
    return (
        (not tag or tag.lower() == element.tag)
        and (not name or name in element.get("class", "").split())
        and (not own or own == element.get("id"))
    )
