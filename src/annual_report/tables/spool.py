"""The rows of a table on disk, until it is known which columns they need and how wide these are."""

from __future__ import annotations

import pickle
import tempfile
from typing import TYPE_CHECKING, Any, Self

from annual_report.form import registry
from annual_report.tables.columns import IDENTITY
from annual_report.tables.records import record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from annual_report.form import Edition
    from annual_report.report.model import AnnualReport


class Spool:
    """What reports hold, written to a temporary file and read back in their order.

    Examples
    --------
    >>> from annual_report import AnnualReport
    >>> with Spool() as spool:
    ...     _ = spool.add(AnnualReport.blank(agency="某局", year=2024))
    ...     [held["agency"] for held, note in spool]
    ['某局']
    """

    def __init__(self, note: Callable[[AnnualReport], Any] = lambda _: None) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115  # closed with the spool
        self._note = note
        self._editions: dict[str, Edition] = {}
        self._paths: dict[str, tuple[str, ...]] = {}
        self.used: dict[str, None] = {}
        self.count = 0
        self.values = 0

    def __enter__(self) -> Self:
        """Return the spool."""
        return self

    def __exit__(self, *_: object) -> None:
        """Remove the file."""
        self._file.close()

    @property
    def editions(self) -> tuple[Edition, ...]:
        """The editions that the reports follow; the one in force where there are no reports."""
        return tuple(self._editions.values()) or registry.known()[-1:]

    def add(self, report: AnnualReport) -> dict[str, Any]:
        """Keep what a report holds, with what is noted of it, and give the former."""
        held = record(report)
        edition = self._editions.setdefault(report.edition, report.form)
        fields = {path: value for path, value in held.items() if path not in edition.cells}
        numbers = [held[path] for path in edition.cells]
        pickle.dump((report.edition, fields, numbers, self._note(report)), self._file, pickle.HIGHEST_PROTOCOL)
        self.used |= dict.fromkeys(fields)
        self.count += 1
        self.values += len(held) - len(IDENTITY)
        return held

    def __iter__(self) -> Iterator[tuple[dict[str, Any], Any]]:
        """Iterate over what was kept, and what was noted of it."""
        self._file.seek(0)
        for _ in range(self.count):
            edition, fields, numbers, note = pickle.load(self._file)  # noqa: S301  # our own
            yield fields | dict(zip(self._editions[edition].cells, numbers, strict=True)), note
