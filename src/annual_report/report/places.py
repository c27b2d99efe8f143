"""Where something stands in a report, in the form's own printed words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annual_report.errors import Problem, shortened
from annual_report.form import registry
from annual_report.form.fields import walk
from annual_report.form.marks import Spine
from annual_report.report.model import TABLES, AnnualReport

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annual_report.form import Edition
    from annual_report.messages import Message

SEPARATOR = " › "


def section_title(key: str) -> str:
    """Give the form's title of a part of the report, or the key itself where there is no such part."""
    field = AnnualReport.model_fields.get(key)
    return field.title or key if field else key


def place(form: Edition | None, keys: Sequence[str | int]) -> str:
    """Name a place in the form's printed words.

    Parameters
    ----------
    form
        The edition whose tables the report has; none where that is not known.
    keys
        The keys and indexes that lead to the place.

    Returns
    -------
    str
        Labels from the section inward, `三、… › （一）予以公开 › 自然人`; a key that the form does not have stands as
        it is.

    Examples
    --------
    >>> from annual_report.editions import find
    >>> place(find("2021"), ("disputes", "litigation", "direct", "upheld"))
    '四、政府信息公开行政复议、行政诉讼情况 › 行政诉讼 › 未经复议直接起诉 › 结果维持'
    """
    if not keys:
        return ""
    section, *rest = map(str, keys)
    labels = [section_title(section)]
    if section in TABLES and form is not None:
        labels += _table_labels(form, section, rest)
    else:
        labels += rest
    return SEPARATOR.join(labels)


def _table_labels(form: Edition, section: str, keys: Sequence[str]) -> list[str]:
    nodes = walk(getattr(form, section))
    labels: list[str] = []
    path = ""
    for position, key in enumerate(keys):
        path += key
        node = next((node for node in nodes if node.path == path), None)
        if node is None:
            return [*labels, *keys[position:]]
        if position == len(keys) - 1 or node.mark(Spine) is None:
            labels.append(node.title)
        nodes, path = node.children, f"{path}."
    return labels


def problem_at(keys: Sequence[str | int], words: Message, form: Edition | None = None) -> Problem:
    """Make a problem of the place that keys lead to.

    Parameters
    ----------
    keys
        Keys and indexes from the report on.
    words
        What is wrong there.
    form
        The edition whose tables the report has; left out, the one in force.

    Returns
    -------
    Problem
        The problem, with its place in the form's words.
    """
    written = [shortened(str(key)) for key in keys]
    return Problem(words, place(form or registry.known()[-1], written), ".".join(written))
