"""Base classes for the parts of a report, with or without a total."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict, Field, computed_field, model_validator

from annual_report.errors import require
from annual_report.form.grid import Layout
from annual_report.form.values import Total
from annual_report.messages import message

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    import pandas as pd
    from pydantic import GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema

TOTAL_KEY = "total"  # and the alias of the fields below, where type checkers take a literal only


TOTAL_LABEL = "总计"


class Within(dict[str, Any]):
    """Changes to fields of a part, by key, where a plain dict would replace the part."""


class StrictModel(BaseModel):
    """Base of reports, styles and their parts: frozen, with strict types and no unknown keys."""

    model_config = ConfigDict(
        frozen=True,
        strict=True,
        extra="forbid",
        defer_build=True,
    )

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Return a copy, in which changes are validated as the constructor validates them.

        Parameters
        ----------
        update
            New values by key. Totals of which a part changes are derived anew, unless they are given too.
        deep
            Whether to copy the parts as well.

        Raises
        ------
        pydantic.ValidationError
            A value is not valid, or there is no such key.
        ArgumentTypeError
            `update` is not a mapping; a `TypeError`.
        """
        require(update, (Mapping, type(None)), "update", message("a dict of keys and values"))
        copied = super().model_copy(deep=deep)
        return type(self).model_validate(copied.revised(update)) if update else copied

    def __replace__(self, **changes: Any) -> Self:
        """Return a changed copy, for `copy.replace`."""
        return self.model_copy(update=changes)

    def revised(self, changes: Mapping[str, Any]) -> dict[str, Any]:
        """Return the data of a changed copy, not yet validated.

        Parameters
        ----------
        changes
            New values by key; `Within` changes the fields of a part instead of replacing it.
        """
        data = {field.alias or name: getattr(self, name) for name, field in type(self).model_fields.items()}
        inner = {key: data[key].revised(change) for key, change in changes.items() if isinstance(change, Within)}
        return data | dict(changes) | inner

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Return the schema, described by the first paragraph of the docstring."""
        json = handler(schema)
        described = handler.resolve_ref_schema(json)
        if "description" in described:
            described["description"] = described["description"].partition("\n\n")[0]
        return json


class FormModel(StrictModel):
    """Base of the form's tables and of their parts."""

    @classmethod
    def of(cls, **values: Any) -> Self:
        """Make a part whose numbers are zero unless they are given; JSON has to give every number.

        Parameters
        ----------
        values
            The numbers and parts that are not zero, by key.

        Raises
        ------
        pydantic.ValidationError
            A value is not valid, or there is no such key.

        Examples
        --------
        >>> from annual_report.form.applications import Applicants
        >>> Applicants.of(natural_person=1).total
        1
        """
        required = {name: field.annotation for name, field in cls.model_fields.items() if field.is_required()}
        return cls.model_validate({name: _zero(kind) for name, kind in required.items() if name not in values} | values)


def _zero(kind: Any) -> Any:
    return kind.of() if isinstance(kind, type) and issubclass(kind, FormModel) else 0


class FormTable(FormModel):
    """Base of the form's tables; each class names its layout."""

    layout: ClassVar[Layout]

    def to_frame(self, *, keys: bool = False) -> pd.DataFrame:
        """Return the table as a pandas data frame.

        Parameters
        ----------
        keys
            Whether to label rows and columns with JSON keys (dotted paths for rows) instead of the printed labels.

        Returns
        -------
        pandas.DataFrame
            One row per row of the form, with its labels as a MultiIndex, outermost first; a heading over several
            columns is their outer level. Counts are integers, missing where the form has no such cell; amounts are
            `Decimal`.

        Raises
        ------
        MissingExtraError
            Pandas is not installed.
        """
        from annual_report.writers.frames import frame  # a display method, which may import upward

        return frame(self, keys=keys)


class Totalled(FormModel):
    """A part of a table with a total, which is derived unless a different one is given.

    Its classes have the fields `stated_total` and `total`, in the type of their totals.
    """

    total_rule: ClassVar[str]
    """The identifier of the rule that the total equals the sum of its parts."""

    if TYPE_CHECKING:
        stated_total: Any

        @property
        def total(self) -> Any:
            """The total as given if it differs from the derived one, else the derived one."""

    def __iter__(self) -> Generator[tuple[str, Any], None, None]:  # noqa: PYI058  # as pydantic annotates it
        """Yield the keys and values, with the total as printed as the last, so that `dict(part)` works."""
        yield from ((name, value) for name, value in super().__iter__() if name != "stated_total")
        yield TOTAL_KEY, self.total

    def revised(self, changes: Mapping[str, Any]) -> dict[str, Any]:
        """Return the data of a changed copy, without a stated total that the changes make stale."""
        total = changes.get(TOTAL_KEY, Within())
        data = super().revised({key: change for key, change in changes.items() if key != TOTAL_KEY} | {TOTAL_KEY: None})
        return data | {TOTAL_KEY: self._revised_total(data, total) if isinstance(total, Within) else total}

    def _revised_total(self, data: dict[str, Any], changes: Within) -> Any:
        """Return the total that is stated in a copy with new data; None if it is to be derived."""
        raise NotImplementedError

    @model_validator(mode="after")
    def _keep_only_a_differing_total(self) -> Self:
        if self.stated_total is not None and self.stated_total == self.derived_total:
            self.__dict__["stated_total"] = None
        return self

    @property
    def derived_total(self) -> Any:
        """The total computed from the leaves."""
        raise NotImplementedError


class Sum(Totalled):
    """Counts and their total."""

    stated_total: Total | None = Field(default=None, alias="total", title=TOTAL_LABEL, exclude=True, repr=False)

    @property
    def leaves(self) -> tuple[int, ...]:
        """The numbers that the total is computed from, in the form's order."""
        return _leaves(type(self))(self)

    @property
    def derived_total(self) -> int:
        """The sum of the leaves."""
        return sum(_leaves(type(self))(self))

    @computed_field  # type: ignore[prop-decorator]  # mypy knows no decorated property
    @property
    def total(self) -> Total:
        """The total as given if it differs from the derived one, else the derived one."""
        return self.derived_total if self.stated_total is None else self.stated_total

    def _revised_total(self, data: dict[str, Any], changes: Within) -> Any:  # noqa: ARG002  # a number has no parts
        unchanged = self.leaves == tuple(data[name] for name in leaf_names(type(self)))
        return self.stated_total if unchanged else None


@cache
def leaf_names(model: type[Sum]) -> tuple[str, ...]:
    """Return the names of the fields that a class's total is computed from, in the form's order."""
    return tuple(name for name in model.model_fields if name != "stated_total")


@cache
def _leaves(model: type[Sum]) -> Callable[[Sum], tuple[int, ...]]:
    """Return a getter of a class's leaves; every class has several, so it returns a tuple."""
    return attrgetter(*leaf_names(model))
