"""Files written whole or not at all, and why the system refuses them in the user's words."""

from __future__ import annotations

import errno
import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path

from annual_report.errors import Problem, UnusableInputError
from annual_report.messages import Message, message


def save(content: bytes, path: Path, scratch: Path | None = None) -> None:
    """Write a file whole or not at all: beside its place first, then moved over it.

    Parameters
    ----------
    content
        The file's bytes.
    path
        Its place; a link is followed, an existing file's permissions are kept, and a device or a pipe is written
        into.
    scratch
        A folder on the same file system to write it in first, without waiting for the disk; left out, it is written
        in its own, and survives a loss of power once this returns.

    Raises
    ------
    UnusableInputError
        The place cannot be written; an existing file is as it was.
    """
    try:
        place, mode = path, _mode(path)
        if mode is not None and stat.S_ISLNK(mode):
            place = Path(os.path.realpath(path))
            mode = _mode(place)
        if mode is None or stat.S_ISREG(mode):
            _replace(content, place, mode, scratch if place is path else None)
        else:
            place.write_bytes(content)
    except OSError as error:
        raise UnusableInputError([Problem(describe_os_error(error))], str(path)) from error
    except ValueError:
        raise UnusableInputError([Problem(message("this is no path"))], repr(str(path))) from None


def _mode(path: Path) -> int | None:
    """Tell what is in a place: kind and permissions, or none where it is free."""
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, "", path)
    if not stat.S_ISLNK(mode) and not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, "", path)
    return mode


def _replace(content: bytes, place: Path, mode: int | None, scratch: Path | None) -> None:
    """Write elsewhere and move over the place; devices and pipes never come here, for they would be lost."""
    beside = (scratch or place.parent) / f".annual-report-{secrets.token_hex(8)}"
    try:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666), "wb") as file:
            file.write(content)
            if scratch is None:
                file.flush()
                os.fsync(file.fileno())
        if mode is not None:
            beside.chmod(stat.S_IMODE(mode))
        beside.replace(place)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise


def describe_os_error(error: OSError) -> Message:
    """Say in the user's words why a file cannot be read or written."""
    number = error.errno or (errno.ENOENT if isinstance(error, FileNotFoundError) else 0)
    return _REASONS.get(number) or message("the system refuses ({reason})", reason=error.strerror or str(error))


_REASONS = {
    errno.ENOENT: message("there is no such file or folder"),
    errno.EISDIR: message("this is a folder, not a file"),
    errno.EEXIST: message("a file of this name is there already"),
    errno.ENOTDIR: message("a part of this path is a file, not a folder"),
    errno.EACCES: message("access is denied"),
    errno.EPERM: message("access is denied"),
    errno.EROFS: message("access is denied"),
    errno.ENAMETOOLONG: message("the name is too long"),
    errno.ENOSPC: message("there is no space left"),
}


def read_bytes(path: str | Path) -> bytes:
    """Read a file.

    Raises
    ------
    UnusableInputError
        It cannot be read.
    """
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise UnusableInputError([Problem(describe_os_error(error))], str(path)) from error
    except ValueError:
        raise UnusableInputError([Problem(message("this is no path"))], repr(str(path))) from None
