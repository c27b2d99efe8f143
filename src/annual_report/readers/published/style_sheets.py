"""What a web page's own style sheets say of text in tables, as far as it decides what a number is."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import count
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from annual_report.readers.published.characters import for_tree
from annual_report.readers.published.css import (
    declarations,
    hides,
    hides_but,
    is_white,
    removes,
    strikes,
    without_comments,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml import etree

_RAISES = ("super", "sub")
_COMPOUND = re.compile(r"(?P<tag>[a-z][a-z0-9]*)?(?P<names>(?:[.#][\w-]+)*)", re.IGNORECASE)
_NAME = re.compile(r"([.#])([\w-]+)")
_COMBINED = re.compile(r"\s*>\s*|\s+")
_MOST_COMPOUNDS = 6
_MOST_RULES = 100
"""How many rules on an element's names are looked at, those that take precedence."""

_IN_TABLES = ("tr", "td", "th")
_ON_SCREENS = {"all", "screen", "only", "and"}


class _Compound(NamedTuple):
    """An element's name, classes and identifiers in a selector, and whether the one before is that of its parent."""

    tag: str
    classes: frozenset[str]
    ids: frozenset[str]
    is_child: bool

    def fits(self, element: etree._Element) -> bool:
        return (
            self.tag in ("", element.tag)
            and self.classes <= _classes(element.get("class", ""))
            and self.ids.issubset((element.get("id", ""),))
        )


class _Rule(NamedTuple):
    """A selector with its declarations; `weight` orders those that are on the same element."""

    selector: tuple[_Compound, ...]
    weight: tuple[int, int, int, int]
    said: Mapping[str, str]

    def fits(self, element: etree._Element) -> bool:
        """Return whether the selector is of an element; ancestors are taken as near as possible."""
        *outer, last = self.selector
        if not last.fits(element):
            return False
        is_child = last.is_child
        ancestors = element.iterancestors()
        for compound in reversed(outer):
            near = next(ancestors, None) if is_child else next(filter(compound.fits, ancestors), None)
            if near is None or not compound.fits(near):
                return False
            is_child = compound.is_child
        return True


@lru_cache(maxsize=1024)
def _classes(text: str) -> frozenset[str]:
    return frozenset(text.split())


def apply(root: etree._Element) -> None:
    """Copy what the page's style sheets say of cells and text in cells into its style attributes.

    Only selectors of elements, classes and identifiers, and of what is in them, are understood, and only what hides
    text, strikes it through or raises it.

    Parameters
    ----------
    root
        The page.
    """
    by_key: dict[str, list[_Rule]] = {}
    for rule in _decisive(_rules("\n".join(element.text or "" for element in root.iter("style")))):
        last = rule.selector[-1]
        by_key.setdefault(min((*last.ids, *last.classes), default=last.tag), []).append(rule)
    kinds: dict[tuple[int, str, str, str], int] = {}
    kind_of: dict[etree._Element | None, int] = {}
    styles: dict[int, str] = {}
    for element in root.iter("*") if by_key else ():
        parent = element.getparent()
        names = kind_of.get(parent, -1), str(element.tag), element.get("class", ""), element.get("id", "")
        kind = kind_of[element] = kinds.setdefault(names, len(kinds))
        if kind not in styles:
            styles[kind] = _style(element, by_key)
        if styles[kind] and (element.tag in _IN_TABLES or next(element.iterancestors("td", "th"), None) is not None):
            element.set("style", for_tree(f"{styles[kind]};{element.get('style', '')}"))


def _style(element: etree._Element, by_key: Mapping[str, list[_Rule]]) -> str:
    """Return what rules say of an element, and of every other of the same names within others of the same names."""
    keys = {str(element.tag), element.get("id", ""), *element.get("class", "").split()}
    rules = sorted((rule for key in keys for rule in by_key.get(key, ())), key=attrgetter("weight"))
    said: dict[str, str] = {}
    for rule in rules[-_MOST_RULES:]:
        if rule.fits(element):
            said |= rule.said
    return ";".join(f"{name}:{value}" for name, value in said.items())


def _decisive(rules: Iterator[tuple[str, Mapping[str, str]]]) -> Iterator[_Rule]:
    """Yield what rules say of the properties by which any of them decides."""
    every = list(rules)
    names = {name for _, said in every for name, value in said.items() if _decides(said, name, value)}
    order = count()
    for selectors, all_said in every:
        if said := {name: value for name, value in all_said.items() if name in names}:
            for text in selectors.split(","):
                if selector := _selector(text.strip()):
                    yield _Rule(selector, _weight(selector, next(order)), said)


def _decides(said: Mapping[str, str], name: str, value: str) -> bool:
    """Return whether a declaration hides text, alone or with its rule's others, strikes it through or raises it."""
    style = f"{name}:{value}"
    if name == "vertical-align":
        return value in _RAISES
    if removes(style) or hides(style) or hides_but(style) or strikes(style) or is_white(style):
        return True
    return name in ("width", "height", "overflow") and hides(";".join(f"{key}:{said[key]}" for key in said))


def _rules(sheet: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield the selectors and the declarations of the rules that count on a screen, in one pass.

    Those within other rules are not understood.
    """
    counts = [True]  # whether what is in the braces that are open counts
    prelude = ""
    for chunk in re.split(r"(?<=[{}])", without_comments(sheet).replace("<!--", "").replace("-->", "")):
        if chunk.endswith("{"):
            prelude = chunk[:-1].rpartition(";")[2].strip()
            is_at_rule = prelude.startswith("@")
            counts.append(counts[-1] and is_at_rule and _is_on_screens(prelude))
            prelude = "" if is_at_rule or not counts[-2] else prelude
        else:
            if prelude and chunk.endswith("}"):
                yield prelude, declarations(chunk[:-1])
            prelude = ""
            if len(counts) > 1:
                counts.pop()


def _is_on_screens(prelude: str) -> bool:
    name, _, condition = prelude.lower().partition(" ")
    return name in ("@supports", "@layer") or (name == "@media" and set(condition.split()) <= _ON_SCREENS)


@lru_cache(maxsize=4096)
def _selector(text: str) -> tuple[_Compound, ...]:
    """Read a selector; nothing if it is not understood."""
    compounds: list[_Compound] = []
    parts = _COMBINED.split(text, _MOST_COMPOUNDS)
    children = [False, *(">" in found for found in _COMBINED.findall(text)[:_MOST_COMPOUNDS])]
    for part, is_child in zip(parts, children, strict=True):
        found = _COMPOUND.fullmatch(part)
        if not found or not part:
            return ()
        names = _NAME.findall(found["names"])
        classes, ids = (frozenset(name for kind, name in names if kind == sign) for sign in ".#")
        compounds.append(_Compound((found["tag"] or "").lower(), classes, ids, is_child))
    return tuple(compounds)


def _weight(selector: tuple[_Compound, ...], order: int) -> tuple[int, int, int, int]:
    """Return the specificity of a selector, and its place among the page's."""
    ids = sum(len(compound.ids) for compound in selector)
    classes = sum(len(compound.classes) for compound in selector)
    return ids, classes, sum(bool(compound.tag) for compound in selector), order
