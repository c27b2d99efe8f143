"""Which section of the form a heading or a table found in a file is of, by its words."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from annual_report.form import registry, wordings
from annual_report.form.sections import SECTIONS, TABLES
from annual_report.readers.labels import bare, core, folded, similarity
from annual_report.readers.layout import layout
from annual_report.readers.lines import too_large
from annual_report.report.places import section_title

if TYPE_CHECKING:
    from annual_report.readers.blocks import Table

MAX_HEADING = 60
"""How many characters a section's heading may have; the form's longest has 22."""

NUMERAL = re.compile(r"[一二三四五六七八九十]{1,3}[、.,:]|第[一二三四五六七八九十]{1,3}(?:部分|章|节)?[、.,:]?")
"""The number of a section's heading."""

_LONGEST_LOOSE = 30
_LOOSE = {
    "problems_and_improvements": re.compile(r"(?:五[、.,:]|第五(?:部分|章|节)?)(?=.*(?:问题|不足|困难|短板))"),
    "other_matters": re.compile(r"(?:六[、.,:]|第六(?:部分|章|节)?)(?=.*(?:其他|事项|说明))"),
}
"""What headings begin with that have the section's number and one of its words, and else other words."""


def section_of(text: str, least: float) -> str | None:
    """Find the section that a heading is of.

    Parameters
    ----------
    text
        The heading as printed.
    least
        How alike it is at least to the form's title or another wording of it.

    Returns
    -------
    str | None
        The section's key.
    """
    return None if len(text) > MAX_HEADING else _section_of(text, least)


def is_numbered_as(key: str, text: str) -> bool:
    """Return whether a line has a section's number and a word of its title, whatever else it says.

    Parameters
    ----------
    key
        The section's key.
    text
        The line.

    Returns
    -------
    bool
        Whether it may be the heading of section five or six.
    """
    words = folded(text)
    is_short = len(words) <= _LONGEST_LOOSE and not re.search("[。；，,;!！]", text)
    return is_short and key in _LOOSE and _LOOSE[key].match(words) is not None


@lru_cache(maxsize=4096)
def _section_of(text: str, least: float) -> str | None:
    if not core(text) or text.rstrip().endswith(("。", "；", "，")):
        return None
    best = max(((_title_likeness(text, key), key) for key in SECTIONS), key=lambda item: item[0])
    is_label = best[0] < 1 and any(core(text) in words for words in _words(registry.known()).values())
    return best[1] if best[0] >= least and not is_label else None


def _title_likeness(text: str, key: str) -> float:
    titles = (section_title(key), *wordings.SECTIONS.get(key, ()))
    words = core(NUMERAL.sub("", folded(text), count=1))
    if words in map(core, titles):
        return 1.0
    if len(words) < 4:  # noqa: PLR2004  # too short to guess
        return 0.0
    return max(similarity(words, title) for title in titles)


def kind_of(table: Table) -> str | None:
    """Return which section's table a table is by its labels.

    Parameters
    ----------
    table
        A table of a file.

    Returns
    -------
    str | None
        The section's key; none where it is no table of the form.
    """
    return None if too_large(table) else _kind_by(labels_in(table), registry.known())


def labels_in(table: Table) -> frozenset[str]:
    """Return the texts of a table's cells but for numbers: most tables of an edition have the same ones."""
    return frozenset([text for text in set(table.texts) if not text.isdigit() or len(text) > MAX_HEADING])


@lru_cache(maxsize=256)
def _kind_by(labels: frozenset[str], editions: tuple[registry.Edition, ...]) -> str | None:
    words = {*map(core, labels), *map(bare, labels)}
    known = _words(editions)
    hits = {key: words & own for key, own in known.items()}
    ranked = sorted(TABLES, key=lambda key: len(hits[key]), reverse=True)
    first, second = ranked[0], ranked[1]
    only = hits[first].difference(*(known[key] for key in TABLES if key != first))
    if len(hits[first]) > len(hits[second]) and (len(only) > 1 or any(len(word) > 3 for word in only)):  # noqa: PLR2004
        return first
    return None


@lru_cache(maxsize=8)
def _words(editions: tuple[registry.Edition, ...]) -> dict[str, frozenset[str]]:
    """Return the words of each section's labels in any edition."""
    found: dict[str, set[str]] = {key: set() for key in TABLES}
    for edition in editions:
        for key, grid in edition.grids.items():
            wanted = layout(grid, key)
            for label in (*wanted.rows, *wanted.columns, *wanted.groups):
                found[key].update(core(name) for name in (*label.names, *label.above))
            found[key].update(wanted.other_words)
    return {key: frozenset(words) for key, words in found.items()}
