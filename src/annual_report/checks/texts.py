"""The texts of a report, taken once for all checks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from annual_report.report.model import AnnualReport

Paragraphs: TypeAlias = "tuple[tuple[str, bool], ...]"
"""The text of each paragraph, and whether it is, or has, a sub-heading."""

PREAMBLE = "preamble"


@dataclass(frozen=True, slots=True)
class ReportTexts:
    """The texts of a report.

    Parameters
    ----------
    sections
        The paragraphs of the preamble and of every narrative, by their key, in the report's order.
    whole
        All paragraphs, a line each.
    """

    sections: dict[str, Paragraphs]
    whole: str

    @classmethod
    def of(cls, report: AnnualReport) -> ReportTexts:
        """Take the texts of a report."""
        narratives = {PREAMBLE: report.preamble, **report.narratives}
        sections = {
            key: tuple([(paragraph.text, paragraph.level is not None) for paragraph in narrative])
            for key, narrative in narratives.items()
        }
        return cls(sections, "\n".join([text for paragraphs in sections.values() for text, _ in paragraphs]))

    def joined(self, key: str) -> str:
        """Return the paragraphs of a section, a line each."""
        return "\n".join([text for text, _ in self.sections[key]])
