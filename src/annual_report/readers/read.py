"""Any file that holds a report, read: the format is told by its content, and the report by the form's words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from annual_report.errors import Problem, UnusableInputError
from annual_report.files import describe_os_error
from annual_report.messages import message
from annual_report.readers import JSON, PUBLISHED, SPREADSHEETS, SUFFIXES, reader

if TYPE_CHECKING:
    from annual_report.messages import Message
    from annual_report.readers.reading import Reading


def read(source: str | Path | bytes | BinaryIO, *, name: str | None = None, format: str | None = None) -> Reading:
    """Read a report from a file as it was published, and tell everything that is not as the form has it.

    Parameters
    ----------
    source
        A path, a file's bytes, or a binary file object.
    name
        The file's name, where `source` is none: it may tell the body and the year, and is given in errors.
    format
        `xlsx`, `docx`, `doc`, `wps`, `html`, `pdf`, `txt` or `json`; left out, the content tells, and then the name.

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
    data, called = _bytes(source, name)
    kind = _format(data, called, format)
    if kind == JSON:
        from annual_report.readers.json_file import read as read_json

        return read_json(data, called)
    if kind in SPREADSHEETS:
        from annual_report.readers.spreadsheets import read as read_spreadsheet

        return read_spreadsheet(data, called, kind)
    from annual_report.readers.published.recognise import recognise

    return recognise(reader(kind).parse(data, called), called)


def _bytes(source: str | Path | bytes | BinaryIO, name: str | None) -> tuple[bytes, str]:
    """Give a file's bytes, and its name."""
    if isinstance(source, bytes):
        return source, name or ""
    if not isinstance(source, str | Path):
        given = getattr(source, "name", "")
        return source.read(), name or (given if isinstance(given, str) else "")
    called = name or str(source)
    try:
        return Path(source).read_bytes(), called
    except OSError as error:
        raise UnusableInputError([Problem(describe_os_error(error))], called) from error
    except ValueError:
        raise UnusableInputError([Problem(message("this is no path"))], repr(called)) from None


def _format(data: bytes, name: str, format: str | None) -> str:
    """Choose the format: as named by a suffix, or else by the content."""
    if format is not None:
        if format in SUFFIXES:
            return SUFFIXES[format]
        words = message("there is no format “{format}”; known are {known}", format=format, known=", ".join(SUFFIXES))
        raise UnusableInputError([Problem(words)], name)
    if data[:64].removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
        return JSON
    from annual_report.readers.published.formats import recognise, refusal  # JSON needs none of it

    found = recognise(data)
    if found not in {JSON, *PUBLISHED, *SPREADSHEETS}:
        raise UnusableInputError([Problem(refusal(found) or _not_read())], name)
    if found == "text" and Path(name).suffix.lower() == ".json":
        return JSON
    return found


def _not_read() -> Message:
    known = ", ".join(f".{suffix}" for suffix in SUFFIXES)
    return message("reports are read from {suffix} files", suffix=known)
