"""What a file may at most hold: reading a hostile one is refused before it costs memory or time."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from annual_report.errors import Problem, UnusableInputError
from annual_report.messages import message

if TYPE_CHECKING:
    from annual_report.messages import Message

MAX_COLUMNS = 200
"""The columns that a table may have; the form's have 15 at most."""

_MAX_TREE = 180_000_000
_ELEMENT = 240  # an element of libxml2's and the text behind it, in bytes
_ATTRIBUTE = 220


def limit_memory(most: int) -> None:
    """Limit the memory of this process, where the system can, to a number of bytes."""
    with suppress(ImportError, ValueError, OSError):
        import resource  # not on Windows

        resource.setrlimit(resource.RLIMIT_DATA, (most, most))


def refused(words: Message, source: str) -> UnusableInputError:
    """Return the error about a file that cannot be read.

    Parameters
    ----------
    words
        Why it cannot.
    source
        The file's name.

    Returns
    -------
    UnusableInputError
        The error, to be raised.
    """
    return UnusableInputError([Problem(words)], source)


def check_markup(data: bytes, source: str) -> None:
    """Refuse markup whose tree would be too large.

    Parameters
    ----------
    data
        XML or HTML.
    source
        The file's name.

    Raises
    ------
    UnusableInputError
        The tree may take more memory than a hundred times that of a long report.
    """
    if len(data) * _ELEMENT <= _MAX_TREE:  # were it nothing but tags
        return
    if data.count(b"<") * _ELEMENT + data.count(b"=") * _ATTRIBUTE > _MAX_TREE:
        raise refused(message("the file is too large for an annual report: it has too many elements"), source)


def too_many_columns(source: str) -> UnusableInputError:
    """Return the error about a table that is too wide."""
    return refused(message("a table of the file has more than {limit} columns", limit=MAX_COLUMNS), source)
