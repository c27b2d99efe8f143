"""Forms as they come over HTTP: read with limits, and nothing in them is ever used as a path."""

from __future__ import annotations

import asyncio
import re
from contextlib import asynccontextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

from python_multipart.multipart import parse_options_header
from starlette.datastructures import Headers
from starlette.formparsers import MultiPartException, MultiPartParser

from annual_report.errors import Problem, UnusableInputError, shortened
from annual_report.messages import message
from annual_report.web.limits import BusyError

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator, Collection

    from fastapi import Request
    from starlette.datastructures import FormData, UploadFile

    from annual_report.web.limits import Limits

MAX_NAME = 200
"""The characters of a file's name that are kept."""

MAX_DRAINED = 16
"""How many times the limit a request may be, so that it is read to its end and its browser shows the answer."""


_TOO_MUCH = ("Too many", "Part exceeded")
"""How starlette's errors about the limits of a form begin."""


class TooLargeError(MultiPartException):
    """A request is larger than its limit."""


@dataclass(slots=True)
class _Body:
    """How much of a request's body has come, and how much of it is held."""

    size: int = 0
    held: int = 0


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was sent.

    Parameters
    ----------
    name
        Its name, without folders.
    content
        Its bytes, which may be on disk.
    """

    name: str
    content: BinaryIO


@dataclass(frozen=True, slots=True)
class Form:
    """What was sent.

    Parameters
    ----------
    files
        The files of the field `file`.
    previous
        The file of the field `previous`.
    options
        The other fields.
    unread
        The values of the field `unread`.
    """

    files: tuple[Upload, ...]
    previous: tuple[Upload, ...]
    options: dict[str, str]
    unread: tuple[str, ...]


class Intake:
    """Receives forms, and bounds how many are held at the same time.

    Parameters
    ----------
    limits
        The limits.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._held = self._waiting = 0

    @asynccontextmanager
    async def receive(self, request: Request, fields: Collection[str]) -> AsyncIterator[Form]:
        """Receive a form, and hold its files for as long as the block lasts.

        Parameters
        ----------
        request
            The request.
        fields
            The fields that it may have.

        Yields
        ------
        Form
            The form.

        Raises
        ------
        UnusableInputError
            It is no form, has other fields, or has more than one file of last year; every one is named.
        TooLargeError
            It is larger than its limit, or has too many files.
        TimeoutError
            It does not arrive in time.
        BusyError
            There are too many requests at the moment.
        """
        if self._waiting >= self._limits.waiting:
            raise BusyError
        self._waiting += 1
        body = _Body()
        try:
            async with asyncio.timeout(self._limits.seconds):
                parsed = await self._parsed(request, body)
            try:
                yield _sorted(parsed, request, fields)
            finally:
                await parsed.close()
        finally:
            self._waiting -= 1
            self._held -= body.held

    async def _parsed(self, request: Request, body: _Body) -> FormData:
        if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
            raise UnusableInputError([Problem(message("send the fields as multipart/form-data"))])
        most = self._limits.files
        chunks = self._counted(request, body)
        parser = MultiPartParser(
            _for_bytes(request.headers),
            chunks,
            max_files=most + 1,
            max_fields=2 * most,
            max_part_size=self._limits.text,
        )
        try:
            return await parser.parse()
        except TooLargeError:
            raise
        except MultiPartException as error:
            async for _ in chunks:
                pass
            if error.message.startswith(_TOO_MUCH):
                raise TooLargeError(error.message) from None
            raise UnusableInputError([Problem(message("the form is damaged"))]) from None

    async def _counted(self, request: Request, body: _Body) -> AsyncGenerator[bytes, None]:
        """Pass on a request's body; what exceeds its limit is read and dropped, so that a browser shows the answer."""
        limit = self._limits.request
        async for chunk in request.stream():
            body.size += len(chunk)
            if body.size > limit * MAX_DRAINED:
                break
            if body.size > limit:
                continue
            body.held += len(chunk)
            self._held += len(chunk)
            if self._held > self._limits.held:
                raise BusyError
            yield chunk
        if body.size > limit:
            raise TooLargeError(_TOO_MUCH[0])


def _for_bytes(headers: Headers) -> Headers:
    """Let the parser give bytes as Latin-1: by itself it takes text that is not UTF-8 for something else."""
    options = parse_options_header(headers["content-type"])[1]
    boundary = options.get(b"boundary", b"").decode("latin-1")
    return Headers({"content-type": f'multipart/form-data; boundary="{boundary}"; charset=latin-1'})


def _decoded(text: str) -> str:
    """Decode UTF-8 from bytes that the parser gave as Latin-1."""
    return text.encode("latin-1").decode("utf-8", "replace")


def _sorted(parsed: FormData, request: Request, fields: Collection[str]) -> Form:
    found: dict[str, list[Upload]] = {"file": [], "previous": []}
    options = {name: value for name, value in request.query_params.items() if name != "lang"}
    unread: list[str] = []
    problems: list[Problem] = []
    for sent, value in parsed.multi_items():
        name = _decoded(sent)
        if name in found:
            found[name] += _upload(value)
            continue
        text = _decoded(value) if isinstance(value, str) else ""
        if isinstance(value, str) and text.encode() != value.encode("latin-1"):
            problems.append(Problem(message("the text is not UTF-8"), path=shortened(name)))
        elif name == "unread":
            unread.append(text)
        else:
            options[name] = text
    given = [*options, *(name for name, files in found.items() if files), *(["unread"] if unread else [])]
    words = message("there is no field of this name")
    problems += [Problem(words, path=shortened(name)) for name in given if name not in fields]
    if len(found["previous"]) > 1:
        problems.append(Problem(message("give one file"), path="previous"))
    if problems:
        raise UnusableInputError(problems)
    return Form(tuple(found["file"]), tuple(found["previous"]), options, tuple(unread))


def _upload(value: UploadFile | str) -> list[Upload]:
    """Take a file; a field without one, as a browser sends it, is none."""
    if isinstance(value, str):
        return [Upload("", BytesIO(value.encode("latin-1")))] if value else []
    if not value.filename and not value.size:
        return []
    return [Upload(_plain(_decoded(value.filename or "")), value.file)]


def _plain(name: str) -> str:
    """Return a file's name without folders and control characters."""
    last = re.split(r"[/\\]", name)[-1]
    return "".join(character for character in last if character.isprintable())[-MAX_NAME:]
