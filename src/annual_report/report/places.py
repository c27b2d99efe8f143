"""Names of places in a report, in the form's printed words, with their English translation."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from annual_report.errors import Problem, shortened
from annual_report.form import registry
from annual_report.form.english import english
from annual_report.form.fields import trail
from annual_report.form.marks import Spine
from annual_report.form.sections import TABLES
from annual_report.messages import Place
from annual_report.report.model import AnnualReport

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from annual_report.form import Edition
    from annual_report.messages import Message

SEPARATOR = " › "


@lru_cache(maxsize=64)
def section_title(key: str) -> Place:
    """Return the form's title of a part of the report, or the key itself if there is no such part."""
    return place(None, key.split("."))


def place(edition: Edition | None, keys: Sequence[str | int]) -> Place:
    """Name a place in the form's printed words.

    Parameters
    ----------
    edition
        The edition of the report's tables; None if unknown.
    keys
        The keys and indexes that lead to the place.

    Returns
    -------
    Place
        The labels from the section down, `三、… › （一）予以公开 › 自然人`, with their English translation; an
        unknown key is left as it is.

    Examples
    --------
    >>> from annual_report.form import find
    >>> upheld = place(find("2021"), ("disputes", "litigation", "direct", "upheld"))
    >>> print(upheld)
    四、政府信息公开行政复议、行政诉讼情况 › 行政诉讼 › 未经复议直接起诉 › 结果维持
    >>> upheld.english
    'Section 4, administrative litigation, without prior reconsideration, result upheld'
    """
    written = list(map(str, keys))
    labels = list(_labels(edition, written))
    return Place(SEPARATOR.join(printed for printed, _ in labels), ", ".join(words for _, words in labels))


def within(whole: str, inner: str) -> Place:
    """Name a place in something that has a name of its own, such as a body or a section."""
    names = [name.english if isinstance(name, Place) else name for name in (whole, inner)]
    return Place(SEPARATOR.join([whole, inner]), ", ".join(names))


def _labels(edition: Edition | None, keys: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the printed label and the English one of each key; an unknown key is both."""
    section, *rest = keys or [""]
    if section == "texts":
        nodes = trail(AnnualReport, keys)
        below_table = bool(rest) and rest[0] in TABLES
        yield from ((node.title, english(node.key)) for node in nodes[below_table:])
    else:
        field = AnnualReport.model_fields.get(section)
        yield (section, section) if field is None else (field.title or section, english(section))
        nodes = trail(edition.tables[section], rest) if section in TABLES and edition is not None else ()
        for node in nodes:
            if not node.mark(Spine) or (node is nodes[-1] and len(nodes) == len(rest)):
                yield node.title, english(f"{section}.{node.path}")
        keys = rest
    yield from ((key, key) for key in keys[len(nodes) :])


def problem_at(keys: Sequence[str | int], msg: Message, edition: Edition | None = None) -> Problem:
    """Make a problem at the place that keys lead to.

    Parameters
    ----------
    keys
        Keys and indexes from the report down.
    msg
        What is wrong there.
    edition
        The edition of the report's tables; by default, the newest.

    Returns
    -------
    Problem
        The problem, with its place in the form's words.
    """
    written = [shortened(str(key)) for key in keys]
    return Problem(msg, place(edition or registry.known()[-1], written), ".".join(written))
