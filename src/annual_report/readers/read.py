"""Reads a report from a file of any format: the format is recognised by the content, the report by the form's words."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from annual_report.errors import TEXT, Problem, UnusableInputError, refuse, require
from annual_report.files import describe_os_error
from annual_report.messages import message, using
from annual_report.readers import JSON, PUBLISHED, SPREADSHEETS, SUFFIXES, reader

if TYPE_CHECKING:
    from annual_report.messages import Language, Message
    from annual_report.readers.reading import Reading


_SOURCE = message("a path (str or Path), the bytes of a file, or a file opened in binary mode")

MAX_FILE = 256 << 20
"""How many bytes a file may have; a report with scanned pages has a tenth."""


def read(
    source: str | Path | bytes | BinaryIO,
    *,
    name: str | None = None,
    format: str | None = None,
    lang: Language | None = None,
) -> Reading:
    """Read a report from a file as it was published, and tell everything that is not as the form has it.

    Parameters
    ----------
    source
        A path, a file's bytes, or a binary file object.
    name
        The file's name, where `source` is none: it may tell the body and the year, and is given in errors.
    format
        `xlsx`, `docx`, `doc`, `wps`, `html`, `pdf`, `txt` or `json`; left out, the content tells, and then the name.
    lang
        The language of errors, and of `str(deviation)`, `zh` or `en`; by default, the user's.

    Returns
    -------
    Reading
        The report, or as much of one as is beyond doubt.

    Raises
    ------
    UnusableInputError
        The file cannot be read, or no report is recognised in it.
    MissingExtraError
        A package that reads the format is not installed.

    Examples
    --------
    >>> from annual_report import AnnualReport
    >>> skeleton = AnnualReport.blank(agency="石嘴山市民政局", year=2023)
    >>> reading = read(skeleton.model_dump_json().encode(), format="json")
    >>> reading.report == skeleton
    True
    >>> reading.values["applications.received.natural_person"]
    0
    """
    with using(lang):
        reading = read_opened(open_source(source, name, format))
    if lang is None:
        return reading
    return replace(reading, deviations=tuple(replace(one, language=lang) for one in reading.deviations))


class Opened(NamedTuple):
    """A file's bytes, its name, and its format."""

    data: bytes
    name: str
    format: str


def open_source(source: str | Path | bytes | BinaryIO, name: str | None = None, format: str | None = None) -> Opened:
    """Take a file's bytes, and find its format; see `read`."""
    data, called = _bytes(source, name)
    return Opened(data, called, _format(data, called, format))


def read_opened(file: Opened) -> Reading:
    """Read a report from a file that is in memory; see `read`."""
    if file.format == JSON:
        from annual_report.readers.json_file import read as read_json

        return read_json(file.data, file.name)
    from annual_report.logs import logger, timed  # JSON needs neither

    log = logger(__name__)
    with timed(log, f"reading {len(file.data)} bytes of {file.format}"):
        reading = _read_published(file)
    log.debug("found %d doubts and %d remarks", len(reading.doubts), len(reading.infos))
    return reading


def _read_published(file: Opened) -> Reading:
    if file.format in SPREADSHEETS:
        from annual_report.readers.spreadsheets import read as read_spreadsheet

        return read_spreadsheet(file.data, file.name, file.format)
    from annual_report.readers.published.recognise import recognise

    return recognise(reader(file.format).parse(file.data, file.name), file.name)


def _bytes(source: str | Path | bytes | BinaryIO, name: str | None) -> tuple[bytes, str]:
    """Return a file's bytes, and its name."""
    if name is not None:
        require(name, str, "name", TEXT)
    if isinstance(source, bytes):
        return source, name or ""
    if not isinstance(source, str | Path):
        data = source.read() if callable(getattr(source, "read", None)) else None
        if not isinstance(data, bytes):
            refuse(source, "source", _SOURCE)
        given = getattr(source, "name", "")
        return data, name or (given if isinstance(given, str) else "")
    called = name or str(source)
    return read_file(source, MAX_FILE, called), called


def read_file(path: str | Path, most: int, name: str = "") -> bytes:
    """Read a file's bytes.

    Parameters
    ----------
    path
        The file.
    most
        How many bytes it may have. What has no end, such as a device, is not read any further.
    name
        The name to give in errors; left out, the path.

    Returns
    -------
    bytes
        The whole file.

    Raises
    ------
    UnusableInputError
        It cannot be read, or is larger.
    """
    called = name or str(path)
    try:
        with Path(path).open("rb") as file:
            data = file.read(most + 1)
    except OSError as error:
        raise UnusableInputError([Problem(describe_os_error(error))], called) from error
    except ValueError:
        raise UnusableInputError([Problem(message("this is not a path"))], repr(called)) from None
    if len(data) > most:
        size = f"{most >> 20} MB" if most >> 20 else f"{most >> 10} kB"
        raise UnusableInputError([Problem(message("the file is larger than {size}", size=size))], called)
    return data


def _format(data: bytes, name: str, format: str | None) -> str:
    """Choose the format: as named by a suffix, or else by the content."""
    if format is not None:
        if format in SUFFIXES:
            return SUFFIXES[format]
        words = message("there is no format “{format}”; known are {known}", format=format, known=", ".join(SUFFIXES))
        raise UnusableInputError([Problem(words)], name)
    start = data[:64].removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"{") and not start.startswith(b"{\\"):  # as RTF does
        return JSON
    from annual_report.readers.published.formats import recognise, refusal  # JSON needs none of it

    found = recognise(data)
    if found in {"text", "unknown"} and Path(name).suffix.lower() == ".json":
        return JSON
    if found not in {JSON, *PUBLISHED, *SPREADSHEETS}:
        raise UnusableInputError([Problem(refusal(found) or _not_read())], name)
    return found


def _not_read() -> Message:
    known = ", ".join(f".{suffix}" for suffix in SUFFIXES)
    return message("reports are read from {suffix} files", suffix=known)
