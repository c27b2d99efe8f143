"""Reports and styles from files, with errors that name the file and every place in it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from annual_report.errors import Problem, UnusableInputError
from annual_report.messages import message
from annual_report.readers.read import read, read_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from annual_report.readers.reading import Reading
    from annual_report.report.model import AnnualReport
    from annual_report.style import Style


MAX_STYLE = 64 << 10
"""How many bytes a style's file may have; all that a style can say takes two thousand."""

MAX_DOTS = 100
"""How many dots a line of a style may have: the parser takes quadratic time for the dotted keys of one line."""


def load(path: str | Path) -> AnnualReport:
    """Read a report from a file.

    Parameters
    ----------
    path
        A `.json` file, the form as a workbook (`.xlsx`), or a published report: `.docx`, `.doc`, `.wps`, `.html`,
        `.pdf` or `.txt`.

    Returns
    -------
    AnnualReport
        The report.

    Raises
    ------
    UnusableInputError
        The file cannot be read, is no report, or something in it is in doubt; every problem is listed with its
        place.

    See Also
    --------
    annual_report.read : Tells what is in doubt, and what else is not as the form has it.

    Examples
    --------
    >>> import tempfile
    >>> from annual_report import AnnualReport
    >>> report = AnnualReport.blank(agency="石嘴山市民政局", year=2023)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "report.json")
    ...     _ = path.write_text(report.model_dump_json(), encoding="utf-8")
    ...     load(path) == report
    True
    """
    return _beyond_doubt(read(path))


def loads(data: bytes, source: str = "") -> AnnualReport:
    """Read a report from a file's bytes.

    Parameters
    ----------
    data
        The file's bytes, in any format that `load` takes.
    source
        The name to give in errors.

    Returns
    -------
    AnnualReport
        The report.

    Raises
    ------
    UnusableInputError
        There is no report in the bytes, or something in it is in doubt; every problem is listed with its place.

    Examples
    --------
    >>> from annual_report import AnnualReport
    >>> report = AnnualReport.blank(agency="石嘴山市民政局", year=2023)
    >>> loads(report.model_dump_json().encode()) == report
    True
    """
    return _beyond_doubt(read(data, name=source))


def _beyond_doubt(reading: Reading) -> AnnualReport:
    """Give the report, or else refuse it with everything that is in doubt, and say how to see more."""
    if reading.report is not None:
        return reading.report
    command = f"annual-report read {reading.source or '-'}"
    hint = Problem(message("what was read, and what is in doubt, is shown by: {command}", command=command))
    raise UnusableInputError([*reading.problems, hint], reading.source)


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

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "office.toml")
    ...     _ = path.write_text("fonts.body = { east_asian = '仿宋', size = '三号' }", encoding="utf-8")
    ...     load_style(path).fonts.body.size
    16.0
    """
    from annual_report.report.problems import explain
    from annual_report.style import Style

    try:
        return Style.model_validate(_toml(read_file(path, MAX_STYLE), str(path)))
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


def load_each(reports: Iterable[AnnualReport | str | Path]) -> Iterator[tuple[AnnualReport, str]]:
    """Go through reports, reading those that are given as paths.

    Parameters
    ----------
    reports
        Reports, and paths of readable files.

    Yields
    ------
    tuple[AnnualReport, str]
        Each report, with the path that it was read from; empty where it was no file.

    Raises
    ------
    UnusableInputError
        A file cannot be read, or is no report.
    """
    for report in reports:
        yield (load(report), str(report)) if isinstance(report, str | Path) else (report, "")
