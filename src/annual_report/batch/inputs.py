"""The inputs of a command line as files: folders and patterns are expanded."""

from __future__ import annotations

import os
from glob import glob
from pathlib import Path
from typing import TYPE_CHECKING

from annual_report.batch import journal
from annual_report.batch.plan import LINES
from annual_report.batch.storage import is_url, require_regular
from annual_report.errors import Problem, UnusableInputError
from annual_report.files import describe_os_error
from annual_report.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterable

SUFFIXES = (".json", LINES)


def expanded(inputs: Iterable[str]) -> list[str]:
    """Give the files that a command line's inputs name: files, folders, and globs.

    Parameters
    ----------
    inputs
        Paths, patterns with `*`, `?` or `[`, and URLs, which are given back as they are. Journals of batches are
        left out, for they hold no reports.

    Returns
    -------
    list[str]
        Each file once, in the order of the inputs and, within a folder, of their names.

    Raises
    ------
    UnusableInputError
        Some inputs name nothing, or something that is no file; all of them are listed.
    """
    found: dict[str, None] = {}
    problems: list[Problem] = []
    for name in inputs:
        try:
            files = [file for file in _files(name) if os.path.basename(file) != journal.NAME]  # noqa: PTH119  # or a URL
            if not files:
                problems.append(Problem(message("there are no reports here"), name, name))
            found.update(dict.fromkeys(files))
        except OSError as error:
            problems.append(Problem(describe_os_error(error), name, name))
        except UnusableInputError as error:
            problems.extend(Problem(problem.message, name, name) for problem in error.problems)
        except ValueError:
            problems.append(Problem(message("this is no path"), name, name))
    if problems:
        raise UnusableInputError(problems)
    return list(found)


def _files(name: str) -> list[str]:
    if is_url(name):
        return [name]
    if not name:
        raise ValueError
    path = Path(name)
    if path.is_dir():
        with os.scandir(path) as entries:
            return sorted(str(path / entry.name) for entry in entries if _is_report(entry))
    if path.exists():
        require_regular(name)
        return [name]
    return sorted(glob(name, recursive=True))  # noqa: PTH207  # a pattern may be absolute


def _is_report(entry: os.DirEntry[str]) -> bool:
    """Tell whether something in a folder may be a report; a broken link may, and is told when it is read."""
    is_file = entry.is_file() or (entry.is_symlink() and not os.path.exists(entry.path))  # noqa: PTH110
    return is_file and entry.name.lower().endswith(SUFFIXES)
