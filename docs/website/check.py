"""Checks the built site: every link leads to a page and a place that are there, and nothing comes from elsewhere."""

from __future__ import annotations

import re
from functools import cache
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FETCHED = {"script": "src", "img": "src", "link": "href", "iframe": "src", "source": "src", "object": "data"}
"""The elements whose addresses a browser requests by itself."""

_ELSEWHERE = re.compile(r"^(?:https?:)?//")
_IN_STYLES = re.compile(r"""(?:url\(|@import\s+)["']?((?:https?:)?//[^"')]+)""")


class _Page(HTMLParser):
    """The identifiers and addresses of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.identifiers: set[str] = set()
        self.links: list[str] = []
        self.fetched: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.identifiers |= {values[name] for name in ("id", "name") if name in values}
        if tag == "a" and "href" in values:
            self.links.append(values["href"])
        if tag in FETCHED and FETCHED[tag] in values:
            self.fetched.append(values[FETCHED[tag]])


@cache
def _read(path: Path) -> _Page:
    page = _Page()
    page.feed(path.read_text(encoding="utf-8"))
    return page


def problems(site: Path) -> Iterator[str]:
    """Name every link that leads nowhere, and every address that is requested from elsewhere.

    Parameters
    ----------
    site
        The folder of the built site.
    """
    for path in sorted(site.rglob("*.html")):
        page, name = _read(path), path.relative_to(site)
        yield from (f"{name}: requests {address}" for address in page.fetched if _ELSEWHERE.match(address))
        yield from (f"{name}: {address} leads nowhere" for address in page.links if not _leads(path, address, site))
        yield from (
            f"{name}: {address} is missing"
            for address in page.fetched
            if not _ELSEWHERE.match(address) and not _leads(path, address, site)
        )
    for path in sorted(site.rglob("*.css")):
        for address in _IN_STYLES.findall(path.read_text(encoding="utf-8")):
            yield f"{path.relative_to(site)}: requests {address}"


def _leads(page: Path, address: str, site: Path) -> bool:
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or page.name == "404.html":
        return True
    target = page if not parts.path else (page.parent / unquote(parts.path)).resolve()
    if target.is_dir():
        target /= "index.html"
    if not target.is_file() or not target.is_relative_to(site):
        return False
    mark = unquote(parts.fragment)
    return not mark or target.suffix != ".html" or mark in _read(target).identifiers
