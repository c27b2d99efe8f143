"""How much the service takes on."""

from __future__ import annotations

from dataclasses import dataclass, field

from annual_report.batch.processes import cores


@dataclass(frozen=True, slots=True)
class Limits:
    """How much the service takes on.

    Parameters
    ----------
    request
        The bytes of a request, files included.
    text
        The bytes of a field that is not a file.
    files
        The files of a request.
    waiting
        The requests that are received or wait at the same time.
    held
        The bytes of all of these requests together.
    workers
        The processes that read files; each does one job at a time.
    seconds
        The time that receiving a request may take, and the time for a job.
    memory
        The bytes of memory for a process.

    Examples
    --------
    >>> Limits().request >> 20, Limits().files
    (64, 100)
    """

    request: int = 64 << 20
    text: int = 4 << 20
    files: int = 100
    waiting: int = 256
    held: int = 512 << 20
    workers: int = field(default_factory=lambda: max(2, cores()))
    seconds: float = 60.0
    memory: int = 1 << 30


class BusyError(Exception):
    """The service has as many requests as it takes on at the same time."""
