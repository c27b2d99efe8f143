"""What the service and its worker processes say to each other: a line of JSON, and the bytes of files after it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from annual_report.messages import Language

JSON_TYPE = "application/json"


@dataclass(frozen=True, slots=True)
class Job:
    """What a worker is to do.

    Parameters
    ----------
    task
        The name of the task.
    language
        The language of its words.
    options
        What else was asked for, by name.
    names
        The names of the files; a name is shown, and never used as a path.
    """

    task: str
    language: Language
    options: dict[str, str] = field(default_factory=dict)
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a request.

    Parameters
    ----------
    body
        The bytes.
    media_type
        Their type.
    status
        The HTTP status.
    filename
        The name under which a browser saves it; empty if it is not to be saved.
    """

    body: bytes
    media_type: str = JSON_TYPE
    status: int = 200
    filename: str = ""


def send(stream: IO[bytes], head: dict[str, Any], *parts: bytes) -> None:
    """Write a message.

    Parameters
    ----------
    stream
        A pipe.
    head
        What JSON can hold.
    parts
        The bytes that follow.
    """
    line = json.dumps(head | {"sizes": [len(part) for part in parts]})
    stream.write(line.encode() + b"\n")
    for part in parts:
        stream.write(part)
    stream.flush()


def receive(stream: IO[bytes]) -> tuple[dict[str, Any], list[bytes]]:
    """Read a message.

    Parameters
    ----------
    stream
        A pipe.

    Returns
    -------
    tuple[dict[str, Any], list[bytes]]
        The head, and the bytes that follow.

    Raises
    ------
    EOFError
        The other process has closed the pipe, or ended within a message.

    Examples
    --------
    >>> from io import BytesIO
    >>> pipe = BytesIO()
    >>> send(pipe, {"task": "read"}, b"{}")
    >>> _ = pipe.seek(0)
    >>> receive(pipe)
    ({'task': 'read'}, [b'{}'])
    """
    line = stream.readline()
    if not line.endswith(b"\n"):
        raise EOFError
    head = json.loads(line)
    parts = [stream.read(size) for size in head["sizes"]]
    if [len(part) for part in parts] != head.pop("sizes"):
        raise EOFError
    return head, parts
