"""Reports and styles from files, with errors that name the file and every place in it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from annual_report.errors import Problem, UnusableInputError
from annual_report.files import describe_os_error
from annual_report.messages import message
from annual_report.readers import FORMATS, reader

if TYPE_CHECKING:
    from annual_report.readers import Reader
    from annual_report.report.model import AnnualReport
    from annual_report.style import Style


def load(path: str | Path) -> AnnualReport:
    """Read a report from a file.

    Parameters
    ----------
    path
        A `.json` file in UTF-8, with or without byte order mark.

    Returns
    -------
    AnnualReport
        The report.

    Raises
    ------
    UnusableInputError
        The file cannot be read, or is no report; every problem is listed with its place.
    """
    return reader_of(path).parse(_read(path), str(path))


def reader_of(path: str | Path) -> Reader:
    """Give the reader of a file by its suffix.

    Raises
    ------
    UnusableInputError
        No reader has this suffix.
    """
    kind = Path(path).suffix.removeprefix(".").lower()
    if kind not in FORMATS:
        reason = message("reports are read from {suffix} files", suffix=", ".join(f".{known}" for known in FORMATS))
        raise UnusableInputError([Problem(reason)], str(path))
    return reader(kind)


def loads(data: bytes, source: str = "") -> AnnualReport:
    """Read a report from JSON.

    Parameters
    ----------
    data
        The JSON in UTF-8.
    source
        The name to give in errors.

    Returns
    -------
    AnnualReport
        The report.

    Raises
    ------
    UnusableInputError
        The JSON is no report; every problem is listed with its place.
    """
    return reader("json").parse(data, source)


def load_style(path: str | Path) -> Style:
    """Read a house style from a file.

    Parameters
    ----------
    path
        A `.toml` file in UTF-8.

    Returns
    -------
    Style
        The style.

    Raises
    ------
    UnusableInputError
        The file cannot be read, or is no style; every problem is listed with its place.
    """
    import tomllib

    from annual_report.report.problems import explain
    from annual_report.style import Style

    try:
        value = tomllib.loads(_read(path).decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise UnusableInputError([Problem(message("the file is not UTF-8"))], str(path)) from None
    except tomllib.TOMLDecodeError as error:
        words = message("not valid TOML ({reason})", reason=str(error))
        raise UnusableInputError([Problem(words)], str(path)) from None
    try:
        return Style.model_validate(value)
    except ValidationError as error:
        raise UnusableInputError(explain(error, Style), str(path)) from None


def _read(path: str | Path) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise UnusableInputError([Problem(describe_os_error(error))], str(path)) from error
    except ValueError:
        raise UnusableInputError([Problem(message("this is no path"))], repr(str(path))) from None
