"""Load reports and styles from files; errors name the file and every place in it that is wrong."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from annual_report.errors import Problem, UnusableInputError
from annual_report.files import describe_os_error
from annual_report.messages import message
from annual_report.readers import FORMATS, reader

if TYPE_CHECKING:
    from annual_report.report.model import AnnualReport
    from annual_report.style import Style


MAX_REPORT = 64 << 20
"""How many bytes a report's file may have; a device or a mistaken file would else fill the memory."""

MAX_STYLE = 64 << 10
"""How many bytes a style's file may have; all that a style can say takes two thousand."""

MAX_DOTS = 100
"""How many dots a line of a style may have: the parser takes quadratic time for the dotted keys of one line."""


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
        The file cannot be read, is larger than 64 MB or is not a report; every problem is listed with its place.
    """
    kind = Path(path).suffix.removeprefix(".").lower()
    if kind not in FORMATS:
        words = message("reports are read from {suffix} files", suffix=", ".join(f".{known}" for known in FORMATS))
        raise UnusableInputError([Problem(words)], str(path))
    return reader(kind).parse(_read(path, MAX_REPORT), str(path))


def loads(data: bytes, source: str = "") -> AnnualReport:
    """Read a report from JSON.

    Parameters
    ----------
    data
        The JSON in UTF-8.
    source
        The file's name, which errors give.

    Returns
    -------
    AnnualReport
        The report.

    Raises
    ------
    UnusableInputError
        The JSON is not a report; every problem is listed with its place.
    """
    return reader("json").parse(data, source)


def load_style(path: str | Path) -> Style:
    """Read a house style from a file.

    Parameters
    ----------
    path
        A `.toml` file in UTF-8, of at most 64 kB.

    Returns
    -------
    Style
        The style.

    Raises
    ------
    UnusableInputError
        The file cannot be read, or is not a style; every problem is listed with its place.
    """
    from annual_report.report.problems import explain
    from annual_report.style import Style

    try:
        return Style.model_validate(_toml(_read(path, MAX_STYLE), str(path)))
    except ValidationError as error:
        raise UnusableInputError(explain(error, Style), str(path)) from None


def _toml(data: bytes, source: str) -> dict[str, Any]:
    import tomllib

    words = message("the TOML is nested too deeply")
    try:
        text = data.decode("utf-8-sig")
        if all(line.count(".") <= MAX_DOTS for line in text.splitlines()):
            return tomllib.loads(text)
    except RecursionError:
        pass
    except UnicodeDecodeError:
        words = message("the file is not UTF-8")
    except tomllib.TOMLDecodeError as error:
        words = message("not valid TOML ({reason})", reason=str(error))
    except ValueError:  # from `int`, which reads 4,300 digits at most
        words = message("a number has too many digits")
    raise UnusableInputError([Problem(words)], source)


def _read(path: str | Path, most: int) -> bytes:
    try:
        with Path(path).open("rb") as file:
            data = file.read(most + 1)
    except OSError as error:
        raise UnusableInputError([Problem(describe_os_error(error))], str(path)) from error
    except ValueError:
        raise UnusableInputError([Problem(message("this is no path"))], repr(str(path))) from None
    if len(data) > most:
        words = message("the file is larger than {size}", size=f"{most >> 20} MB" if most >> 20 else f"{most >> 10} kB")
        raise UnusableInputError([Problem(words)], str(path))
    return data
