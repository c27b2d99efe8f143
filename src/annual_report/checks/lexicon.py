"""The vocabulary of the narrative checks: the words of `lexicon.toml`, and the names that an edition's tables print."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from annual_report.form.applications import ORGANIZATIONS, Applicants
from annual_report.form.base import TOTAL_KEY
from annual_report.form.fields import walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annual_report.form import Edition
    from annual_report.form.fields import Node

OUTCOME, APPLICANT, DISPUTE, RESULT = "outcome", "applicant", "dispute", "result"
GRANTED = ("outcomes.granted", "outcomes.partially_granted")
"""The rows that 公开 alone may mean."""
OTHER_HANDLING = "outcomes.other_handling"

NATURAL_PERSON, *ORGANIZATION_COLUMNS = (node.path for node in walk(Applicants) if node.path != TOTAL_KEY)
"""The applicants' columns: the natural person's, and those of the organizations."""


class Meaning(NamedTuple):
    """What a word says: its group, and the cells that it names where it names any."""

    group: str
    cells: tuple[str, ...] = ()


class Lexicon(NamedTuple):
    """The words that the narrative checks know.

    Parameters
    ----------
    meanings
        What each word says.
    initials
        The characters that words begin with.
    lengths
        By two characters, the lengths of the words that may begin where these are, the longest first.
    """

    meanings: dict[str, Meaning]
    initials: frozenset[str]
    lengths: dict[str, tuple[int, ...]]


@cache
def lexicon(form: Edition) -> Lexicon:
    """Return the vocabulary for the reports of an edition.

    Parameters
    ----------
    form
        The edition, whose tables' names come before any other meaning of the same words.

    Returns
    -------
    Lexicon
        The words.
    """
    outcomes, disputes, results = _outcomes(form), _disputes(form), _results(form)
    named = {
        OUTCOME: dict(_synonyms("outcomes", {key.removeprefix("outcomes."): v for key, v in outcomes.by_key.items()})),
        DISPUTE: dict(_synonyms("disputes", disputes.by_key)),
        RESULT: dict(_synonyms("results", results.by_key)),
        APPLICANT: dict(_synonyms("applicants", _APPLICANTS.by_key)),
    }
    printed = {OUTCOME: outcomes, DISPUTE: disputes, RESULT: results, APPLICANT: _APPLICANTS}
    meanings = dict(_groups())
    for group, names in named.items():
        meanings |= {word: Meaning(group, cells) for word, cells in names.items()}
        meanings |= {word: Meaning(group, cells) for word, cells in printed[group].by_name.items()}
    lengths: dict[str, set[int]] = {}
    for word in meanings:
        lengths.setdefault(word[:2], {1}).add(len(word))
    return Lexicon(
        meanings,
        frozenset(word[0] for word in meanings),
        {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()},
    )


class _Names(NamedTuple):
    """What a part of the form calls its cells, and the cells by the key that `lexicon.toml` has for them."""

    by_name: dict[str, tuple[str, ...]]
    by_key: dict[str, tuple[str, ...]]


@cache
def rows_of_other_handling(form: Edition) -> tuple[str, ...]:
    """Return the rows of outcomes under 其他处理; the last is the rest of them."""
    return _outcomes(form).by_key[OTHER_HANDLING]


@cache
def _words() -> dict[str, dict[str, str]]:
    return tomllib.loads(Path(__file__).with_name("lexicon.toml").read_text(encoding="utf-8"))


def _groups() -> Iterator[tuple[str, Meaning]]:
    """Iterate over the words of the groups that name no cells."""
    for group, table in _words().items():
        for word in table.get("words", "").split():
            yield word, Meaning(group)


def _synonyms(table: str, cells: dict[str, tuple[str, ...]]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Iterate over the offices' own words for the form's names, of the cells that the edition has."""
    names = _words()["itself"]["names"].split()
    for key, words in _words()[table].items():
        for word in words.split():
            if all(part in cells for part in key.split()):
                meant = tuple(cell for part in key.split() for cell in cells[part])
                yield word, meant
                if _ITSELF in word:
                    yield from ((word.replace(_ITSELF, name), meant) for name in names)


def _outcomes(form: Edition) -> _Names:
    """Outcomes as the form prints them, without numbering and brackets, a group as all its rows."""
    (top,) = (node for node in walk(form.applications) if node.path == "outcomes")
    names = _Names({}, {})
    for node in _below(top):
        if node.path.endswith(f".{TOTAL_KEY}"):
            continue
        rows = tuple(row.path for row in node.rows())
        names.by_key[node.path] = rows
        for name in _shorter(re.sub(r"^(?:（.+?）|[0-9]+\.)|（.*|[“”]", "", node.title)):
            names.by_name.setdefault(name, rows)
    return names


_ITSELF = "本机关"
_LEFT_OUT = re.compile("^(?:属于|本机关|申请人)")


def _shorter(title: str) -> Iterator[str]:
    """Yield a title, and what offices leave of it; a word of two characters says too little by itself."""
    first = title.partition("、")[0]
    for name in (title, first, _LEFT_OUT.sub("", first)):
        if len(name) > 2:  # noqa: PLR2004
            yield name


def _disputes(form: Edition) -> _Names:
    """Kinds of disputes and the groups of results that they count; `both` is all of them."""
    names = _Names({}, {})
    for top in walk(form.disputes):
        for node in (top, *(() if top.is_row else _below(top))):
            groups = tuple(row.path for row in node.rows())
            names.by_key[node.path] = groups
            names.by_name[node.title] = groups
    names.by_key["both"] = tuple(row.path for top in walk(form.disputes) for row in top.rows())
    return names


def _results(form: Edition) -> _Names:
    first = next(row for top in walk(form.disputes) for row in top.rows())
    keys = {child.title: child.path.rpartition(".")[2] for child in first.children}
    names: dict[str, tuple[str, ...]] = {title: (key,) for title, key in keys.items() if key != TOTAL_KEY}
    return _Names(names, {cells[0]: cells for cells in names.values()})


def _applicants() -> _Names:
    """Kinds of applicants and their columns; the form's last one, the rest, says nothing by itself."""
    columns = {node.title: (node.path,) for node in walk(Applicants) if node.path != TOTAL_KEY}
    by_key = {cells[0]: cells for cells in columns.values()} | {"organizations": tuple(ORGANIZATION_COLUMNS)}
    by_name = {title: cells for title, cells in columns.items() if len(title) > 2}  # noqa: PLR2004
    return _Names(by_name | {ORGANIZATIONS.label: tuple(ORGANIZATION_COLUMNS)}, by_key)


_APPLICANTS = _applicants()


def _below(node: Node) -> Iterator[Node]:
    """Iterate over the fields below a field, rows as the last."""
    for child in node.children:
        yield child
        if not child.is_row:
            yield from _below(child)
