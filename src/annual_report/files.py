"""Read text in the encodings of offices, write files whole or not at all, and say why the system refuses one."""

from __future__ import annotations

import errno
import os
import re
import stat
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from annual_report.errors import Problem, UnusableInputError
from annual_report.messages import Message, message
from annual_report.scratch import remove_leftovers, scratch_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

_RARE = 0.5
"""The largest share of characters that GB 2312 lacks in text in GBK, such as a name of few; damaged UTF-8 has more."""

_FOREIGN = "[\u0370-\u03ff\u0400-\u052f\u3040-\u312f\ue000-\uf8ff]"
"""Greek, Cyrillic, kana, bopomofo and private characters: what common characters of Big5 look like in GBK."""

_FEW_FOREIGN = 0.1
"""The largest share of these in text in GBK, which may name α rays; text in Big5 has more."""


def save(content: bytes, path: Path, scratch: Path | None = None) -> None:
    """Write a file whole or not at all: first elsewhere, then moved to its path.

    Parameters
    ----------
    content
        The file's bytes.
    path
        Where to write. A link is followed, an existing file's permissions are kept, and a device or a pipe is written
        into.
    scratch
        A folder on the same file system to write in first, without waiting for the disk. If it is left out, the file
        survives a loss of power once this returns.

    Raises
    ------
    UnusableInputError
        The file cannot be written; an existing one is unchanged.
    """
    with _explained(path):
        target = Path(os.path.realpath(path)) if path.is_symlink() else path
        mode = _mode(target)
        if mode is not None and not stat.S_ISREG(mode):
            target.write_bytes(content)
        elif scratch is not None and target is path:
            _write_in(scratch, content, mode).replace(target)
        else:
            with scratch_folder(target.parent) as folder:
                written = _write_in(folder, content, mode)
                _synchronise(written)
                written.replace(target)
                _synchronise(target.parent)


def require_writable(path: Path) -> None:
    """Ensure that a file can be written, before the work for it is done.

    Parameters
    ----------
    path
        The file; it need not exist.

    Raises
    ------
    UnusableInputError
        It cannot be written.
    """
    with _explained(path):
        target = Path(os.path.realpath(path))
        mode = _mode(target)
    if mode is None or stat.S_ISREG(mode):
        with _explained(path.parent), scratch_folder(target.parent):
            pass


@contextmanager
def _explained(path: str | Path) -> Iterator[None]:
    """Raise errors of the system as errors for users."""
    try:
        yield
    except OSError as error:
        raise UnusableInputError([Problem(describe_os_error(error))], str(path)) from error
    except UnusableInputError:
        raise
    except ValueError:
        raise UnusableInputError([Problem(message("this is not a path"))], repr(str(path))) from None


def _mode(path: Path) -> int | None:
    """Return the kind and permissions of what can be written over, or none if there is nothing."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, "", path)
    if not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, "", path)
    return mode


def _write_in(folder: Path, content: bytes, mode: int | None) -> Path:
    """Write a file in a folder, with the permissions of the one that it will replace."""
    path = folder / os.urandom(8).hex()
    try:
        with path.open("xb") as file:
            file.write(content)
        if mode is not None:
            path.chmod(stat.S_IMODE(mode))
    except OSError:
        path.unlink(missing_ok=True)
        raise
    return path


def _synchronise(path: Path) -> None:
    """Wait until a file or folder is on the disk."""
    if path.is_dir() and os.name == "nt":  # Windows opens no folders
        return
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


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
    errno.EDQUOT: message("there is no space left"),
}


def read_bytes(path: str | Path) -> bytes:
    """Read a file.

    Raises
    ------
    UnusableInputError
        It cannot be read.
    """
    with _explained(path):
        return Path(path).read_bytes()


def decode(data: bytes) -> str:
    """Decode text in UTF-8, with or without byte order mark, or in GBK where it cannot be anything else.

    Raises
    ------
    UnicodeDecodeError
        It is in neither; the error is that of UTF-8.

    Examples
    --------
    >>> decode("年度报告".encode("gbk"))
    '年度报告'
    """
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        if seems_gbk(data):
            with suppress(UnicodeDecodeError):
                return data.decode("gb18030")
        raise


def seems_gbk(data: bytes) -> bool:
    """Tell text in GBK, as Chinese Windows saves it, from damaged UTF-8 and from the encodings of other languages.

    Of what is beyond ASCII, GB 2312 has nearly all in the one, and little in the others. Big5 looks like GBK as well,
    but with letters of other scripts.

    Parameters
    ----------
    data
        Text that is not UTF-8, or the beginning of it.
    """
    return damaged_share(data, "gb2312") <= _RARE and _foreign_share(data) <= _FEW_FOREIGN


def _foreign_share(data: bytes) -> float:
    """Return the share of the characters beyond ASCII that Chinese offices hardly write if text is in GBK."""
    text = data.decode("gb18030", "replace")
    beyond = len(text) - len(text.encode("ascii", "ignore"))
    return len(re.findall(_FOREIGN, text)) / beyond if beyond else 0.0


def damaged_share(data: bytes, encoding: str) -> float:
    """Return the share of the characters beyond ASCII that are damaged if text is in an encoding."""
    text = data.decode(encoding, "replace")
    beyond = len(text) - len(text.encode("ascii", "ignore"))
    return text.count("\ufffd") / beyond if beyond else 0.0


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Write a file that is too large for memory whole or not at all: beside its place first, then moved over it.

    What a killed process left beside it is removed.

    Parameters
    ----------
    path
        Its place; a link is followed, and an existing file's permissions are kept.

    Yields
    ------
    Path
        Where to write it.

    Raises
    ------
    UnusableInputError
        The place cannot be written; an existing file is as it was.
    """
    with _explained(path):
        place = Path(os.path.realpath(path))
        mode = _mode(place)
    try:
        remove_leftovers(place.parent)
        with scratch_folder(place.parent) as folder:
            beside = folder / place.name
            yield beside
            if mode is not None:
                beside.chmod(stat.S_IMODE(mode))
            beside.replace(place)
    except OSError as error:
        raise UnusableInputError([Problem(describe_os_error(error))], str(path)) from error
