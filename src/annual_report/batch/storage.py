"""Files and folders of a batch: local paths, and URLs opened with fsspec."""

from __future__ import annotations

import errno
import os
import stat
import time
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING

from annual_report.errors import AnnualReportError, Problem, UnusableInputError, missing_extra
from annual_report.files import describe_os_error, save
from annual_report.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

UPLOAD_SECONDS = 5.0
"""How often, at most, a file that grows is sent again to a store that cannot append."""

UPLOAD_SHARE = 0.05
"""The share of the time that sending it again may take."""


def is_url(location: object) -> bool:
    """Return whether a location is a URL to be opened with fsspec rather than a path."""
    return isinstance(location, str) and "://" in location


def local_path(location: str) -> str:
    """Return the path of a `file://` URL; other locations are returned unchanged.

    Raises
    ------
    UnusableInputError
        URLs cannot be used.
    """
    if not is_url(location):
        return location
    with _explained(location):
        files, path = _fsspec(location).core.url_to_fs(location)
        return str(path) if "file" in files.protocol else location


@contextmanager
def _explained(location: str) -> Iterator[None]:
    """Raise errors of a location as errors for users."""
    try:
        yield
    except AnnualReportError:
        raise
    except OSError as error:
        raise UnusableInputError([Problem(describe_os_error(error))], location) from error
    except (ImportError, ValueError) as error:
        reason = message("this URL cannot be used ({reason})", reason=str(error))
        raise UnusableInputError([Problem(reason)], location) from error


@contextmanager
def opened(location: str) -> Iterator[IO[bytes]]:
    """Open a file or a URL for reading.

    Raises
    ------
    UnusableInputError
        It cannot be read, is a pipe or a device, or URLs cannot be used.
    """
    with _explained(location):
        if is_url(location):
            file = _fsspec(location).open(location, "rb")
        else:
            require_regular(location)
            file = Path(location).open("rb")  # noqa: SIM115  # closed below
        with file as content:
            yield content


def require_regular(path: str) -> None:
    """Reject pipes and devices, which may never end.

    Raises
    ------
    UnusableInputError
        The path is one.
    OSError
        The path does not exist or is not accessible.
    """
    mode = os.stat(path).st_mode  # noqa: PTH116  # as quick as can be, for each report of a batch
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
        raise UnusableInputError([Problem(message("this is a pipe or a device, not a file"))], path)


def content_of(location: str) -> bytes | None:
    """Return the bytes of a file, or None if it cannot be read."""
    try:
        with opened(location) as file:
            return file.read()
    except UnusableInputError:
        return None


def write(content: bytes, target: str, scratch: Path | None) -> None:
    """Write a complete document or nothing; remote storage guarantees this by itself.

    It does not wait for the disk: the journal has the document's digest, which shows if a power failure damaged it.
    """
    if is_url(target):
        with _explained(target):
            files, path = _fsspec(target).core.url_to_fs(target)
            files.pipe_file(path, content)
    else:
        save(content, Path(target), scratch)


def make_folder(folder: str) -> None:
    """Make a folder if it is missing.

    Raises
    ------
    UnusableInputError
        It cannot be made, or URLs cannot be used.
    """
    with _explained(folder):
        if is_url(folder):
            files, path = _fsspec(folder).core.url_to_fs(folder)
            files.makedirs(path, exist_ok=True)
        else:
            Path(folder).mkdir(parents=True, exist_ok=True)


class LocalLog:
    """A local file to which complete lines are appended.

    Parameters
    ----------
    path
        The file; an incomplete last line, left by an interrupted write, is ended by a line break.

    Raises
    ------
    UnusableInputError
        It cannot be opened for writing.
    """

    def __init__(self, path: str) -> None:
        self._path = path
        with _explained(path):
            if Path(path).exists():
                require_regular(path)
            self._file = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o666)

    def append(self, lines: bytes) -> None:
        """Add lines.

        Raises
        ------
        UnusableInputError
            They cannot be written, or only in part.
        """
        with _explained(self._path):
            size = os.fstat(self._file).st_size
            os.lseek(self._file, max(size - 1, 0), os.SEEK_SET)
            data = lines if os.read(self._file, 1) in {b"", b"\n"} else b"\n" + lines
            if os.write(self._file, data) < len(data):
                raise OSError(errno.ENOSPC, "")

    def close(self) -> None:
        """Close the file."""
        os.close(self._file)


class RemoteLog:
    """A remote file to which complete lines are appended: copied to a temporary file, and uploaded now and then.

    Parameters
    ----------
    url
        The file.
    content
        Its current content.
    """

    def __init__(self, url: str, content: bytes) -> None:
        self._url = url
        self._copy = TemporaryFile()  # noqa: SIM115  # closed with the log
        self._copy.write(content)
        self._due = 0.0
        self._sent = True

    def append(self, lines: bytes) -> None:
        """Add lines.

        Raises
        ------
        UnusableInputError
            They cannot be uploaded.
        """
        self._copy.write(lines)
        self._sent = False
        if time.monotonic() >= self._due:
            self._send()

    def _send(self) -> None:
        started = time.monotonic()
        self._copy.seek(0)
        with _explained(self._url):
            files, path = _fsspec(self._url).core.url_to_fs(self._url)
            files.pipe_file(path, self._copy.read())
        self._sent = True
        ended = time.monotonic()
        self._due = ended + max(UPLOAD_SECONDS, (ended - started) / UPLOAD_SHARE)

    def close(self) -> None:
        """Upload what has not been uploaded.

        Raises
        ------
        UnusableInputError
            It cannot be uploaded.
        """
        with self._copy:
            if not self._sent:
                self._send()


def _fsspec(location: str) -> ModuleType:
    try:
        import fsspec
    except ImportError:
        missing = missing_extra(message("URLs"), "fsspec")
        raise UnusableInputError([Problem(missing.message)], location) from None
    module: ModuleType = fsspec
    return module
