"""The values that cells and texts of the form may hold, and the base of every model."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Annotated, Any, Generic, Self, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    WithJsonSchema,
    computed_field,
    model_validator,
)
from pydantic_core import PydanticCustomError

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

MAX_COUNT = 999_999_999
MAX_TOTAL = 999_999_999_999
TOTAL_KEY = "total"
TOTAL_LABEL = "总计"
MAX_AMOUNT_DIGITS = 40

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PLAIN_DECIMAL = re.compile(r"(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")


class FormModel(BaseModel):
    """Base of every part of a report: frozen, strict about types, no unknown keys."""

    model_config = ConfigDict(
        frozen=True,
        strict=True,
        extra="forbid",
    )


class FormTable(FormModel):
    """Base of the form's tables."""

    def to_frame(self, *, keys: bool = False) -> pd.DataFrame:
        """Give the table as a pandas data frame.

        Parameters
        ----------
        keys
            Whether rows and columns bear the JSON's keys, a row's joined by dots, instead of the form's printed
            words.

        Returns
        -------
        pandas.DataFrame
            One row per row of the form, its labels from the outermost inward as a MultiIndex. Counts are integers,
            missing where the form has no such cell; amounts are `Decimal`.

        Raises
        ------
        MissingExtraError
            Pandas is not installed.
        """
        from annual_report.frames import frame  # a door upward: how a table is shown is no matter of the model's

        return frame(self, keys=keys)


SumT = TypeVar("SumT")


class Totalled(FormModel, Generic[SumT]):
    """A part of a table with a total: reckoned where it is left out, kept where it is given and differs."""

    stated_total: SumT | None = Field(default=None, alias=TOTAL_KEY, title=TOTAL_LABEL, exclude=True)

    @model_validator(mode="after")
    def _keep_only_a_differing_total(self) -> Self:
        if self.stated_total == self.derived_total:
            self.__dict__["stated_total"] = None
        return self

    @property
    def derived_total(self) -> SumT:
        """The total reckoned from the leaves."""
        raise NotImplementedError

    @computed_field  # type: ignore[prop-decorator]  # mypy knows no decorated property
    @property
    def total(self) -> SumT:
        """The total as given where it differs from the derived one, else the derived one."""
        return self.derived_total if self.stated_total is None else self.stated_total


class Sum(Totalled[Annotated[int, Field(ge=0, le=MAX_TOTAL)]]):
    """Counts and their total."""

    @property
    def leaves(self) -> tuple[int, ...]:
        """The numbers that the total is reckoned from, in the form's order."""
        return _leaves(type(self))(self)

    @property
    def derived_total(self) -> int:
        """The sum of the leaves."""
        return sum(self.leaves)


@cache
def _leaves(model: type[Sum]) -> Callable[[Sum], tuple[int, ...]]:
    """Give the getter of a class's leaves, of which there are several."""
    return attrgetter(*(name for name in model.model_fields if name != "stated_total"))


@dataclass(frozen=True, slots=True)
class Clause:
    """The item of article 20 that a row of section two reports on; rows of one clause share a band.

    Parameters
    ----------
    number
        The item's number in Chinese numerals, `一` for item (1).
    """

    number: str

    @property
    def label(self) -> str:
        """The band's printed words."""
        return f"第二十条第（{self.number}）项"


@dataclass(frozen=True, slots=True)
class Group:
    """A heading printed over several neighbouring columns.

    Parameters
    ----------
    label
        The heading's printed words.
    """

    label: str


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit that the form prints behind a value.

    Parameters
    ----------
    label
        The unit's printed words, `元`.
    """

    label: str


@dataclass(frozen=True, slots=True)
class Spine:
    """Marks a label that stands beside all of its rows, whose own labels are clear without it."""


@dataclass(frozen=True, slots=True)
class Signed:
    """Marks a whole number that is printed with its sign."""


def _printable(text: str) -> str:
    found = _NOT_XML.search(text)
    if found is None:
        return text
    raise PydanticCustomError(
        "not_printable",
        "character {codepoint} at position {position} cannot stand in a document",
        {"codepoint": f"U+{ord(found[0]):04X}", "position": found.start() + 1},
    )


def printable(value: Any) -> Any:
    """Refuse text that XML 1.0 cannot hold, before any other validation sees it.

    Parameters
    ----------
    value
        Any input; only strings are looked at.

    Returns
    -------
    Any
        The value itself.

    Raises
    ------
    PydanticCustomError
        `not_printable`, with the code point and its one-based position.
    """
    return _printable(value) if isinstance(value, str) else value


def _one_line(text: str) -> str:
    if not text.strip():
        raise PydanticCustomError("blank_text", "must not be blank")
    if any(mark in text for mark in "\t\n\r\x85\u2028\u2029"):
        raise PydanticCustomError("not_one_line", "must be a single line")
    return text.strip()


def _lines(text: str) -> str:
    if not text.strip():
        raise PydanticCustomError("blank_text", "must not be blank")
    return text


def _amount(value: Any) -> Decimal:
    """Accept a plain decimal in any spelling that keeps its digits."""
    if isinstance(value, Decimal):
        digits = format(value, "f") if value.is_finite() and _exponent(value) <= 0 else ""
    elif isinstance(value, bool):
        digits = ""
    elif isinstance(value, float):
        digits = format(Decimal(repr(value)), "f") if _is_plain(value) else ""
    elif isinstance(value, int | str):
        digits = str(value) if isinstance(value, str) or abs(value) < 10**MAX_AMOUNT_DIGITS else ""
    else:
        digits = ""
    if _PLAIN_DECIMAL.fullmatch(digits) is None or len(digits) > MAX_AMOUNT_DIGITS:
        raise PydanticCustomError("amount", "should be a plain decimal not less than 0")
    return Decimal(digits)


def _exponent(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 1


def _is_plain(value: float) -> bool:
    text = repr(value)
    return text[-1].isdigit() and "e+" not in text


def _iso_date(value: Any) -> Any:
    if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    if type(value) is date:
        return value
    raise PydanticCustomError("iso_date", "should be a date, YYYY-MM-DD")


Count = Annotated[int, Field(ge=0, le=MAX_COUNT)]
"""A whole number of things, from 0 to 999,999,999."""

Total = Annotated[int, Field(ge=0, le=MAX_TOTAL)]
"""A sum of counts, which may have more digits than any of them."""

Change = Annotated[int, Field(ge=-MAX_COUNT, le=MAX_COUNT), Signed()]
"""A signed whole number, printed with its sign."""

Amount = Annotated[
    Decimal,
    BeforeValidator(_amount),
    PlainSerializer(lambda value: format(value, "f"), return_type=str, when_used="json"),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "pattern": f"^{_PLAIN_DECIMAL.pattern}$", "maxLength": MAX_AMOUNT_DIGITS},
                {"type": "number", "minimum": 0},
            ]
        }
    ),
]
"""A sum of money: a plain decimal that keeps the digits given."""

Line = Annotated[str, BeforeValidator(printable), AfterValidator(_one_line)]
"""One line of text that is not blank; spaces around it do not count."""

Lines = Annotated[str, BeforeValidator(printable), AfterValidator(_lines)]
"""Text that is not blank and may break into lines."""

IsoDate = Annotated[date, BeforeValidator(_iso_date), WithJsonSchema({"type": "string", "format": "date"})]
"""A calendar date, in JSON as `YYYY-MM-DD`."""
