"""Expands the inputs of a command line (files, folders and globs) to files."""

from __future__ import annotations

import errno
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
from annual_report.readers import SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable

_DATA = (".json", ".xlsx")
"""The suffixes of files that documents are made from; in a folder, documents with the same name are skipped."""

_REPORTS = (LINES, *(f".{suffix}" for suffix in SUFFIXES if suffix != "txt"))
"""The suffixes of the files of a folder that are taken for reports; text files are notes as a rule."""


_OF_WINDOWS = {"Thumbs.db", "desktop.ini"}
"""The files that Windows keeps in folders."""

_PATTERN = frozenset("*?[")
"""The characters that make a name a pattern."""

_LOCK = "~$"
"""How the names begin of the files that Word keeps beside open documents; WPS hides its own."""


def expanded(inputs: Iterable[str], target: str = "") -> list[str]:
    """Return the files that a command line's inputs name.

    Parameters
    ----------
    inputs
        Paths, patterns with `*`, `?` or `[`, and URLs, which are returned unchanged. The journals of batches are
        skipped, as are hidden files and the lock files of Word in folders and patterns.
    target
        The folder that the batch writes to. Documents that earlier batches wrote there are skipped unless they are
        named themselves. Within a folder, documents beside data of the same name (`a.docx` beside `a.json`) are
        skipped too.

    Returns
    -------
    list[str]
        Each file once, in the order of the inputs and, within a folder, of their names.

    Raises
    ------
    UnusableInputError
        Some inputs match nothing, or name something that is not a file; all of them are listed.
    """
    found: dict[str, None] = {}
    problems: list[Problem] = []
    written = _Written(target)
    for name in inputs:
        try:
            files = [file for file in _files(name, written) if os.path.basename(file) != journal.NAME]  # noqa: PTH119  # or a URL
            if not files:
                problems.append(Problem(message("there are no reports here"), name, name))
            found.update(dict.fromkeys(files))
        except OSError as error:
            problems.append(Problem(describe_os_error(error), name, name))
        except UnusableInputError as error:
            problems.extend(Problem(problem.message, name, name) for problem in error.problems)
        except ValueError:
            problems.append(Problem(message("this is not a path"), name, name))
    if problems:
        raise UnusableInputError(problems)
    return list(found)


def not_taken(inputs: Iterable[str]) -> list[str]:
    """Return the files in the folders of a command line that are not taken for reports: notes, pictures, archives.

    Parameters
    ----------
    inputs
        Paths, patterns and URLs, as `expanded` takes them.

    Returns
    -------
    list[str]
        The files, without hidden files, lock files and the journals of batches.
    """
    folders = [Path(name) for name in inputs if name and not is_url(name) and Path(name).is_dir()]
    return sorted(
        str(entry)
        for folder in folders
        for entry in folder.iterdir()
        if entry.is_file()
        and not entry.name.lower().endswith(_REPORTS)
        and not _is_hidden(entry.name)
        and entry.name not in _OF_WINDOWS
    )


def _files(name: str, written: _Written) -> list[str]:
    if is_url(name):
        return [name]
    if not name:
        raise ValueError
    path = Path(name)
    if path.is_dir():
        return [file for file in _of_folder(path) if file not in written]
    if path.exists():
        require_regular(name)
        return [name]
    if _PATTERN.isdisjoint(name):
        raise FileNotFoundError(errno.ENOENT, name)
    found = glob(name, recursive=True)  # noqa: PTH207  # may be absolute
    return sorted(file for file in found if file not in written and not _is_hidden(Path(file).name))


class _Written:
    """The documents that earlier batches wrote to the target."""

    def __init__(self, target: str) -> None:
        local = target and not is_url(target)
        self._folder = os.path.realpath(target) if local else ""
        self._documents = journal.documents(target) if local else frozenset()

    def __contains__(self, file: str) -> bool:
        folder, name = os.path.split(file)
        return name in self._documents and os.path.realpath(folder) == self._folder


def _of_folder(folder: Path) -> list[str]:
    """Return the reports in a folder, except documents beside the data that they were made from."""
    with os.scandir(folder) as entries:
        names = {entry.name for entry in entries if _is_report(entry)}
    data = {_split(name)[0] for name in names if _split(name)[1] in _DATA}
    return sorted(str(folder / name) for name in names if _split(name)[0] not in data or _is_data(name))


def _split(name: str) -> tuple[str, str]:
    """Split a name into the stem that documents are named after, and the suffix."""
    stem, suffix = os.path.splitext(name)  # noqa: PTH122  # of an entry's name
    return stem, suffix.lower()


def _is_data(name: str) -> bool:
    return _split(name)[1] in {*_DATA, LINES}


def _is_report(entry: os.DirEntry[str]) -> bool:
    """Return whether a folder's entry may be a report; a broken link may, and is reported when it is read."""
    is_file = entry.is_file() or (entry.is_symlink() and not os.path.exists(entry.path))  # noqa: PTH110
    return is_file and entry.name.lower().endswith(_REPORTS) and not _is_hidden(entry.name)


def _is_hidden(name: str) -> bool:
    return name.startswith((".", _LOCK))
