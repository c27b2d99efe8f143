"""Files and folders of a batch, on this machine or behind the URLs that fsspec opens."""

from __future__ import annotations

from contextlib import contextmanager, nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, TYPE_CHECKING

from annual_report.errors import AnnualReportError, Problem, UnusableInputError, missing_extra
from annual_report.files import describe_os_error, save
from annual_report.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from types import ModuleType


def is_url(place: object) -> bool:
    """Tell whether a place is a URL, which fsspec opens, rather than a path."""
    return isinstance(place, str) and "://" in place


@contextmanager
def _told(place: str) -> Iterator[None]:
    """Say in the user's words why a place cannot be used."""
    try:
        yield
    except AnnualReportError:
        raise
    except OSError as error:
        raise UnusableInputError([Problem(describe_os_error(error))], place) from error
    except (ImportError, ValueError) as error:
        words = message("this URL cannot be used ({reason})", reason=str(error))
        raise UnusableInputError([Problem(words)], place) from error


@contextmanager
def opened(place: str) -> Iterator[IO[bytes]]:
    """Open a file or a URL for reading.

    Raises
    ------
    UnusableInputError
        It cannot be read, or URLs need the extra.
    """
    with _told(place), _fsspec(place).open(place, "rb") if is_url(place) else Path(place).open("rb") as file:
        yield file


@contextmanager
def scratch(target: str) -> Iterator[Path | None]:
    """Give a folder beside a document to write in first; none where there can be none.

    Processes that make files in one folder wait for each other; moving files there costs them less.
    """
    try:
        folder = None if is_url(target) else TemporaryDirectory(prefix=".annual-report-", dir=Path(target).parent)
    except OSError:
        folder = None  # which is told when the document is written
    with folder or nullcontext() as name:
        yield Path(name) if name else None


def write(content: bytes, target: str, folder: Path | None) -> None:
    """Write a document whole or not at all; a store that is no file system does so by itself.

    The disk is not waited for after every document: what a loss of power leaves is looked into on resuming.
    """
    if not is_url(target):
        save(content, Path(target), folder)
        return
    with _told(target):
        files, path = _fsspec(target).core.url_to_fs(target)
        if "file" in files.protocol:
            save(content, Path(path))
        else:
            files.pipe_file(path, content)


def make_folder(folder: str) -> None:
    """Make a folder where it is missing.

    Raises
    ------
    UnusableInputError
        It cannot be made, or URLs need the extra.
    """
    with _told(folder):
        if is_url(folder):
            files, path = _fsspec(folder).core.url_to_fs(folder)
            files.makedirs(path, exist_ok=True)
        else:
            Path(folder).mkdir(parents=True, exist_ok=True)


def is_newer(target: str, source: str) -> bool:
    """Tell whether a document is newer than its file."""
    written, read = _modified(target), _modified(source)
    return written is not None and read is not None and written > read


def content_of(target: str) -> bytes:
    """Give the bytes of a document; none where there is none."""
    try:
        with opened(target) as file:
            return file.read()
    except UnusableInputError:
        return b""


def _modified(place: str) -> float | None:
    """Give when a file was changed, in seconds since 1970; none where there is no such file."""
    try:
        if not is_url(place):
            return Path(place).stat().st_mtime
        files, path = _fsspec(place).core.url_to_fs(place)
        changed: datetime = files.modified(path)
        return changed.timestamp()
    except OSError:
        return None


def _fsspec(place: str) -> ModuleType:
    try:
        import fsspec
    except ImportError:
        missing = missing_extra(message("URLs"), "fsspec")
        raise UnusableInputError([Problem(missing.message)], place) from None
    module: ModuleType = fsspec
    return module
