"""Names of places in a report, in the form's printed words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annual_report.errors import Problem, shortened
from annual_report.form import registry
from annual_report.form.fields import trail
from annual_report.form.marks import Spine
from annual_report.form.sections import TABLES
from annual_report.report.model import AnnualReport

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pydantic import BaseModel

    from annual_report.form import Edition
    from annual_report.messages import Message

SEPARATOR = " › "


def section_title(key: str) -> str:
    """Return the form's title of a part of the report, or the key itself if there is no such part."""
    if "." in key:
        return place(None, key.split("."))
    field = AnnualReport.model_fields.get(key)
    return (field.title if field else None) or key


def place(edition: Edition | None, keys: Sequence[str | int]) -> str:
    """Name a place in the form's printed words.

    Parameters
    ----------
    edition
        The edition of the report's tables; None if unknown.
    keys
        The keys and indexes that lead to the place.

    Returns
    -------
    str
        The labels from the section down, `三、… › （一）予以公开 › 自然人`; an unknown key is left as it is.

    Examples
    --------
    >>> from annual_report.form import find
    >>> place(find("2021"), ("disputes", "litigation", "direct", "upheld"))
    '四、政府信息公开行政复议、行政诉讼情况 › 行政诉讼 › 未经复议直接起诉 › 结果维持'
    """
    if not keys:
        return ""
    section, *rest = map(str, keys)
    if section == "texts":
        titles = _titles(AnnualReport, [section, *rest])
        return SEPARATOR.join(titles[1:] if rest and rest[0] in TABLES else titles)
    labels = [section_title(section)]
    if section in TABLES and edition is not None:
        labels += _table_labels(edition, section, rest)
    else:
        labels += rest
    return SEPARATOR.join(labels)


def _titles(model: type[BaseModel], keys: Sequence[str]) -> list[str]:
    """Return the titles of the fields that keys lead to; an unknown key is left as it is."""
    nodes = trail(model, keys)
    return [*(node.title for node in nodes), *keys[len(nodes) :]]


def _table_labels(edition: Edition, section: str, keys: Sequence[str]) -> list[str]:
    nodes = trail(edition.tables[section], keys)
    rest = list(keys[len(nodes) :])
    labels = [node.title for node in nodes if not node.mark(Spine) or (node is nodes[-1] and not rest)]
    return labels + rest


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
