"""Walks the classes that define a table: its fields in the form's order, with their paths and labels."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from pydantic import BaseModel

from annual_report.form.base import TOTAL_KEY, Sum
from annual_report.form.marks import Spine

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pydantic.fields import FieldInfo

T = TypeVar("T")

_NUMBERING = "^(?:（[一二三四五六七八九十]+）|[一二三四五六七八九十]+、|[0-9]+[.])"


class Node(NamedTuple):
    """A field of a table's class, with the fields of its own class below it.

    Parameters
    ----------
    path
        The keys from the section down, joined by dots.
    labels
        The printed labels from the outermost to the field's own; a spine's label is omitted below the spine.
    marks
        The metadata of the field's annotation, such as `Item` or `Unit`.
    model
        The field's class, if it is a model.
    children
        The fields of that class, in the form's order.
    is_count
        For a value, whether it is a whole number.
    is_total
        Whether it is a total, or a value in a row of totals.
    """

    path: str
    labels: tuple[str, ...]
    marks: tuple[Any, ...]
    model: type[BaseModel] | None
    children: tuple[Node, ...]
    is_count: bool
    is_total: bool

    @property
    def key(self) -> str:
        """The last key of the path."""
        return self.path.rpartition(".")[2]

    @property
    def title(self) -> str:
        """The field's own printed label."""
        return self.labels[-1]

    @property
    def name(self) -> str:
        """The title without its numbering and anything in brackets: `予以公开` for `（一）予以公开`."""
        return re.sub(_NUMBERING, "", self.title).partition("（")[0]

    @property
    def is_row(self) -> bool:
        """Whether the field holds counts and their total."""
        return self.model is not None and issubclass(self.model, Sum)

    def mark(self, kind: type[T]) -> T | None:
        """Return the field's mark of a type, or None."""
        return next((mark for mark in self.marks if isinstance(mark, kind)), None)

    def leaves(self) -> Iterator[Node]:
        """Yield the values at and below the field."""
        if not self.children:
            yield self
        for child in self.children:
            yield from child.leaves()

    def rows(self) -> Iterator[Node]:
        """Yield the rows of counts at and below the field."""
        if self.is_row:
            yield self
        else:
            for child in self.children:
                yield from child.rows()


@cache
def walk(model: type[BaseModel]) -> tuple[Node, ...]:
    """Return a class's fields in the form's order: as declared, but with a total last.

    Parameters
    ----------
    model
        The class.

    Returns
    -------
    tuple[Node, ...]
        Its fields, each with its nested fields.

    Examples
    --------
    >>> from annual_report.form.disputes import Disputes
    >>> [node.path for node in walk(Disputes)[1].rows()]
    ['litigation.direct', 'litigation.after_reconsideration']
    """
    return _nodes(model, "", (), below_total=False)


def leaves(model: type[BaseModel]) -> Iterator[Node]:
    """Yield the values of a class in the form's order."""
    for node in walk(model):
        yield from node.leaves()


def rows(model: type[BaseModel]) -> Iterator[Node]:
    """Yield the rows of counts of a class in the form's order."""
    for node in walk(model):
        yield from node.rows()


def trail(model: type[BaseModel], keys: Sequence[str]) -> tuple[Node, ...]:
    """Look up nested keys in a class, stopping at the first unknown one.

    Parameters
    ----------
    model
        The class.
    keys
        The keys, outermost first.

    Returns
    -------
    tuple[Node, ...]
        The field of each key up to the first unknown one.
    """
    found: list[Node] = []
    nodes = walk(model)
    for key in keys:
        node = next((node for node in nodes if node.key == key), None)
        if node is None:
            break
        found.append(node)
        nodes = node.children
    return tuple(found)


def nested(values: Mapping[str, Any]) -> dict[str, Any]:
    """Turn values keyed by dotted path into nested dicts.

    Examples
    --------
    >>> nested({"received.natural_person": 1, "received.total": 1})
    {'received': {'natural_person': 1, 'total': 1}}
    """
    whole: dict[str, Any] = {}
    for path, value in values.items():
        *holders, key = path.split(".")
        part = whole
        for holder in holders:
            part = part.setdefault(holder, {})
        part[key] = value
    return whole


def fields_of(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """Return a class's fields by key, in the form's order: as declared, but with a total last."""
    fields = sorted(model.model_fields.items(), key=lambda item: item[1].alias == TOTAL_KEY)
    return {field.alias or name: field for name, field in fields}


def model_of(annotation: Any) -> type[BaseModel] | None:
    """Return the model class of an annotation, optional or not; None if there is none."""
    candidates = (annotation, *getattr(annotation, "__args__", ()))
    return next((item for item in candidates if isinstance(item, type) and issubclass(item, BaseModel)), None)


def _nodes(model: type[BaseModel], prefix: str, labels: tuple[str, ...], *, below_total: bool) -> tuple[Node, ...]:
    nodes = []
    for key, field in fields_of(model).items():
        path, own = prefix + key, (*labels, field.title or "")
        marks, inner, is_total = tuple(field.metadata), model_of(field.annotation), below_total or key == TOTAL_KEY
        above = labels if any(isinstance(mark, Spine) for mark in marks) else own
        children = () if inner is None else _nodes(inner, f"{path}.", above, below_total=is_total)
        nodes.append(Node(path, own, marks, inner, children, field.annotation is not Decimal, is_total))
    return tuple(nodes)
