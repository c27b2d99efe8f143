"""Base classes for the parts of a report, with or without a total."""

from __future__ import annotations

from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Annotated, ClassVar, Generic, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, computed_field, model_validator

from annual_report.form.grid import Layout
from annual_report.form.values import MAX_TOTAL

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

TOTAL_KEY = "total"


TOTAL_LABEL = "总计"


class FormModel(BaseModel):
    """Base of every part of a report: frozen, with strict types and no unknown keys."""

    model_config = ConfigDict(
        frozen=True,
        strict=True,
        extra="forbid",
    )


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


SumT = TypeVar("SumT")


class Totalled(FormModel, Generic[SumT]):
    """A part of a table with a total, which is derived unless a different one is given."""

    total_rule: ClassVar[str]
    """The identifier of the rule that the total equals the sum of its parts."""

    stated_total: SumT | None = Field(default=None, alias=TOTAL_KEY, title=TOTAL_LABEL, exclude=True)

    @model_validator(mode="after")
    def _keep_only_a_differing_total(self) -> Self:
        if self.stated_total == self.derived_total:
            self.__dict__["stated_total"] = None
        return self

    @property
    def derived_total(self) -> SumT:
        """The total computed from the leaves."""
        raise NotImplementedError

    @computed_field  # type: ignore[prop-decorator]  # mypy knows no decorated property
    @property
    def total(self) -> SumT:
        """The total as given if it differs from the derived one, else the derived one."""
        return self.derived_total if self.stated_total is None else self.stated_total


class Sum(Totalled[Annotated[int, Field(ge=0, le=MAX_TOTAL)]]):
    """Counts and their total."""

    @property
    def leaves(self) -> tuple[int, ...]:
        """The numbers that the total is computed from, in the form's order."""
        return _leaves(type(self))(self)

    @property
    def derived_total(self) -> int:
        """The sum of the leaves."""
        return sum(self.leaves)


@cache
def _leaves(model: type[Sum]) -> Callable[[Sum], tuple[int, ...]]:
    """Return a getter of a class's leaves; every class has several, so it returns a tuple."""
    return attrgetter(*(name for name in model.model_fields if name != "stated_total"))
