"""Loads reports and styles from files, with errors that name the file and the place of every problem."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from annual_report.errors import PATH, TEXT, Problem, UnusableInputError, require
from annual_report.messages import message, using
from annual_report.readers import JSON
from annual_report.readers.read import open_source, read_file, read_opened

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from annual_report.messages import Language
    from annual_report.readers.read import Opened
    from annual_report.readers.reading import Reading
    from annual_report.report.model import AnnualReport
    from annual_report.style import Style


MAX_STYLE = 64 << 10
"""The maximum size of a style's file in bytes; a file with every setting takes about two thousand."""

MAX_DOTS = 100
"""The maximum number of dots in a line of a style: the parser takes quadratic time for dotted keys."""


def load(path: str | Path, *, lang: Language | None = None) -> AnnualReport:
    """Load a report from a file.

    Parameters
    ----------
    path
        A `.json` file, the form as a workbook (`.xlsx`), or a published report: `.docx`, `.doc`, `.wps`, `.html`,
        `.pdf` or `.txt`.
    lang
        The language of errors, `zh` or `en`; by default, the user's.

    Returns
    -------
    AnnualReport
        The report.

    Raises
    ------
    UnusableInputError
        The file cannot be read, is not a report, or contains something doubtful; every problem is listed with its
        place.

    See Also
    --------
    annual_report.read : Returns what was read, with doubts and other deviations from the form.

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
    with using(lang):
        require(path, (str, Path), "path", PATH)
        return _report(open_source(path))


def loads(data: bytes | str, source: str = "", *, lang: Language | None = None) -> AnnualReport:
    """Load a report from a file's content.

    Parameters
    ----------
    data
        The file's bytes, in any format that `load` takes; or its text, such as JSON.
    source
        The name to use in errors.
    lang
        The language of errors, `zh` or `en`; by default, the user's.

    Returns
    -------
    AnnualReport
        The report.

    Raises
    ------
    UnusableInputError
        The bytes are not a report, or contain something doubtful; every problem is listed with its place.

    Examples
    --------
    >>> from annual_report import AnnualReport
    >>> report = AnnualReport.blank(agency="石嘴山市民政局", year=2023)
    >>> loads(report.model_dump_json()) == report
    True
    """
    with using(lang):
        require(data, (bytes, str), "data", message("the content of a file (bytes or str)"))
        require(source, str, "source", TEXT)
        content = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
        return _report(open_source(content, source))


def _report(file: Opened) -> AnnualReport:
    """Return the report that a file contains."""
    if file.format == JSON:  # which is never in doubt
        from annual_report.readers.json_file import parse

        return parse(file.data, file.name)
    return _beyond_doubt(read_opened(file))


def _beyond_doubt(reading: Reading) -> AnnualReport:
    """Return the report, or raise an error that lists every doubt and the command that shows them."""
    if reading.report is not None:
        return reading.report
    command = f"annual-report read {reading.source or '-'}"
    hint = Problem(message("what was read, and what is in doubt, is shown by: {command}", command=command))
    raise UnusableInputError([*reading.problems, hint], reading.source)


def load_style(path: str | Path, *, lang: Language | None = None) -> Style:
    """Load a house style from a file.

    Parameters
    ----------
    path
        A `.toml` file in UTF-8 of at most 64 kB.
    lang
        The language of errors, `zh` or `en`; by default, the user's.

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

    with using(lang):
        require(path, (str, Path), "path", PATH)
        try:
            return Style.model_validate(_toml(read_file(path, MAX_STYLE), str(path)))
        except ValidationError as error:
            raise UnusableInputError(explain(error, Style), str(path)) from None


def _toml(data: bytes, source: str) -> dict[str, Any]:
    import tomllib

    msg = message("the TOML is nested too deeply")
    try:
        text = data.decode("utf-8-sig")
        if all(line.count(".") <= MAX_DOTS for line in text.splitlines()):
            return tomllib.loads(text)
    except RecursionError:
        pass
    except UnicodeDecodeError:
        msg = message("the file is not UTF-8, save it as UTF-8")
    except tomllib.TOMLDecodeError as error:
        msg = message("not valid TOML ({reason})", reason=str(error))
    except ValueError:  # from `int`, which reads 4,300 digits at most
        msg = message("a number has too many digits")
    raise UnusableInputError([Problem(msg)], source)


def load_each(
    reports: Iterable[AnnualReport | str | Path], argument: str = "reports"
) -> Iterator[tuple[AnnualReport, str]]:
    """Yield reports, loading those that are given as paths.

    Parameters
    ----------
    reports
        Reports, or paths of readable files.
    argument
        The name of the caller's argument, for errors.

    Yields
    ------
    tuple[AnnualReport, str]
        Each report, with the path that it was loaded from; empty if it was not loaded.

    Raises
    ------
    ArgumentTypeError
        They are not reports or paths.
    UnusableInputError
        A file cannot be read, or is not a report.
    """
    from annual_report.report.arguments import require_source, require_sources

    require_sources(reports, argument)
    for report in reports:
        require_source(report, argument)
        yield (load(report), str(report)) if isinstance(report, str | Path) else (report, "")
