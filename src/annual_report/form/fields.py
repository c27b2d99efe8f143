"""The one walk over the classes that define a table: its fields, in the form's order."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel

from annual_report.form.base import TOTAL_KEY, Sum
from annual_report.form.grid import DataCell
from annual_report.form.marks import Signed, Unit

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Node:
    """A field of a table's class, with the fields of its own class below it.

    Parameters
    ----------
    path
        The keys from the section on, joined by dots.
    title
        The form's printed words.
    marks
        What the field's annotation says beside its type.
    model
        The field's own class, where it is a model.
    children
        The fields of that class, in the form's order.
    is_count
        Whether the field is a whole number, where it is a value.
    """

    path: str
    title: str
    marks: tuple[Any, ...]
    model: type[BaseModel] | None
    children: tuple[Node, ...]
    is_count: bool

    def mark(self, kind: type[T]) -> T | None:
        """Give the field's mark of a kind, or none."""
        return next((mark for mark in self.marks if isinstance(mark, kind)), None)

    @property
    def is_row(self) -> bool:
        """Whether the field holds counts with their total."""
        return self.model is not None and issubclass(self.model, Sum)

    def value(self, labels: tuple[str, ...]) -> DataCell:
        """Describe the field as a value that labels lead to."""
        unit = self.mark(Unit)
        return DataCell(self.path, labels, self.mark(Signed) is not None, unit.label if unit else "", self.is_count)


@cache
def walk(model: type[BaseModel], prefix: str = "") -> tuple[Node, ...]:
    """Go through a class's fields in the form's order: as declared, a total last.

    Parameters
    ----------
    model
        The class.
    prefix
        The path of the class itself, with a dot behind it.

    Returns
    -------
    tuple[Node, ...]
        Its fields, each with those below it.
    """
    fields = sorted(model.model_fields.items(), key=lambda item: item[1].alias == TOTAL_KEY)
    return tuple(_node(prefix + (field.alias or name), field) for name, field in fields)


def _node(path: str, field: FieldInfo) -> Node:
    model = model_of(field.annotation)
    children = () if model is None else walk(model, f"{path}.")
    return Node(path, field.title or "", tuple(field.metadata), model, children, field.annotation is not Decimal)


def model_of(annotation: Any) -> type[BaseModel] | None:
    """Give the model class that an annotation names, alone or beside `None`."""
    candidates = (annotation, *getattr(annotation, "__args__", ()))
    return next((item for item in candidates if isinstance(item, type) and issubclass(item, BaseModel)), None)
