"""The result of a batch: counts, time, and every failure with its source."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from annual_report.batch.journal import Entry
from annual_report.checks.findings import Findings, ReconciliationError
from annual_report.errors import one_line
from annual_report.logs import logger

if TYPE_CHECKING:
    from annual_report.messages import Language


_LOG = logger("annual_report.batch")


@dataclass(frozen=True, slots=True)
class Failure:
    """A report that was not rendered.

    Parameters
    ----------
    source
        The file's name, with the line number for a JSON Lines file; or the report's agency and year.
    error
        What is wrong.
    """

    source: str
    error: Exception

    @property
    def findings(self) -> Findings:
        """The findings that kept the report from being rendered, if it failed for them."""
        return self.error.findings if isinstance(self.error, ReconciliationError) else Findings()

    def text(self, language: Language | None = None) -> str:
        """Describe what is wrong, one line per problem, each beginning with the source's name."""
        text = getattr(self.error, "text", None)
        lines = text(language).splitlines() if text else [f"{type(self.error).__name__}: {self.error}"]
        lead = one_line(f"{self.source}: ")
        return "\n".join(line if line.startswith(lead) else lead + line for line in lines)

    def to_dict(self, language: Language | None = None) -> dict[str, Any]:
        """Return the failure as JSON data."""
        return {
            "source": self.source,
            "problems": self.text(language).splitlines(),
            "findings": [finding.to_dict() for finding in self.findings],
        }


def log_failure(failure: Failure) -> None:
    """Log a failure without what the report says."""
    error = failure.error
    number = len(getattr(error, "problems", failure.findings)) or 1
    _LOG.warning("%s: failed (%s, %d problems)", one_line(failure.source), type(error).__name__, number)


Outcome: TypeAlias = Entry | Failure | Literal["skipped"]
"""What became of a report: the journal's entry of the document that was written, or why none was."""


@dataclass(slots=True)
class BatchResult:
    """The result of a batch, finished or still running.

    Parameters
    ----------
    total
        How many reports there are.
    written, skipped
        How many documents were written, and how many were skipped because they are up to date.
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
        """How many reports are finished, successfully or not."""
        return self.written + self.skipped + len(self.failures)

    def to_json(self, language: Language | None = None) -> str:
        """Return the result as a JSON object.

        Parameters
        ----------
        language
            The language of the problems; by default, the user's.

        Returns
        -------
        str
            Counts, seconds, and each failure with its source, its problems and its findings.
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
