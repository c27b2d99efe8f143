"""A body's own text around the tables of sections two, three and four."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import Field

from annual_report.form.base import StrictModel
from annual_report.form.sections import TITLES
from annual_report.report.narrative import Narrative

if TYPE_CHECKING:
    from annual_report.report.narrative import NarrativeInput


def is_default(text: StrictModel) -> bool:
    """Return whether a text beside a table is empty, so that the JSON omits it."""
    return text == type(text)()


class TableTexts(StrictModel):
    """A body's own text around one of the tables.

    Parameters
    ----------
    before
        The text between the section's heading and its table.
    notes
        The notes under the table.
    """

    if TYPE_CHECKING:

        def __init__(self, *, before: NarrativeInput = ..., notes: NarrativeInput = ...) -> None: ...

    before: Narrative = Field(default=Narrative(), title="表前文字", exclude_if=is_default)
    notes: Narrative = Field(default=Narrative(), title="表下注释", exclude_if=is_default)


class Texts(StrictModel):
    """A body's own text around the tables of sections two, three and four."""

    if TYPE_CHECKING:

        def __init__(
            self,
            *,
            proactive_disclosure: TableTexts | dict[str, Any] = ...,
            applications: TableTexts | dict[str, Any] = ...,
            disputes: TableTexts | dict[str, Any] = ...,
        ) -> None: ...

    proactive_disclosure: TableTexts = Field(
        default=TableTexts(), title=TITLES["proactive_disclosure"], exclude_if=is_default
    )
    applications: TableTexts = Field(default=TableTexts(), title=TITLES["applications"], exclude_if=is_default)
    disputes: TableTexts = Field(default=TableTexts(), title=TITLES["disputes"], exclude_if=is_default)
