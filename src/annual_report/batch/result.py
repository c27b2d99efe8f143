"""What became of many reports: counts, time, and every failure with its source."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from annual_report.checks.findings import Findings, ReconciliationError
from annual_report.errors import one_line

if TYPE_CHECKING:
    from annual_report.messages import Language


@dataclass(frozen=True, slots=True)
class Failure:
    """A report that was not rendered.

    Parameters
    ----------
    source
        The file's name, with the line of a JSON Lines file, or the report's own name.
    error
        What is wrong; its text is in the user's language when it is asked for.
    """

    source: str
    error: Exception

    @property
    def findings(self) -> Findings:
        """What does not reconcile in the report, where that is what is wrong."""
        return self.error.findings if isinstance(self.error, ReconciliationError) else Findings()

    def text(self, language: Language | None = None) -> str:
        """Say what is wrong, one line per problem, each beginning with the source's name."""
        words = getattr(self.error, "text", None)
        lines = words(language).splitlines() if words else [f"{type(self.error).__name__}: {self.error}"]
        lead = one_line(f"{self.source}: ")
        return "\n".join(line if line.startswith(lead) else lead + line for line in lines)

    def to_dict(self, language: Language | None = None) -> dict[str, Any]:
        """Give the failure as JSON's values."""
        return {
            "source": self.source,
            "problems": self.text(language).splitlines(),
            "findings": [finding.to_dict() for finding in self.findings],
        }


Outcome: TypeAlias = Failure | Literal["written", "skipped"]


@dataclass(slots=True)
class BatchResult:
    """What became of many reports.

    Parameters
    ----------
    total
        How many reports there are.
    written, skipped
        How many documents were written, and how many were whole and up to date already.
    failures
        The reports that were not rendered.
    seconds
        How long it took.

    Examples
    --------
    >>> result = BatchResult(total=3, written=1, failures=[Failure("a.json", ValueError("broken"))])
    >>> result.done, result.failures[0].text()
    (2, 'a.json: ValueError: broken')
    """

    total: int = 0
    written: int = 0
    skipped: int = 0
    failures: list[Failure] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def done(self) -> int:
        """How many reports were dealt with, one way or another."""
        return self.written + self.skipped + len(self.failures)

    def to_json(self, language: Language | None = None) -> str:
        """Give the result as a JSON object.

        Parameters
        ----------
        language
            The language of what is wrong; left out, the user's.

        Returns
        -------
        str
            Counts, seconds, and each failure with its source, its lines of text and its findings.
        """
        counts = {
            "total": self.total,
            "written": self.written,
            "skipped": self.skipped,
            "failed": len(self.failures),
            "seconds": round(self.seconds, 3),
        }
        failures = [failure.to_dict(language) for failure in self.failures]
        return json.dumps(counts | {"failures": failures}, ensure_ascii=False, indent=2)
