"""Folders for unfinished files, which a later run removes if the process that made them is gone."""

from __future__ import annotations

import os
import platform
import re
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

try:
    import fcntl
except ImportError:  # on Windows, where leftovers are not removed
    fcntl = None  # type: ignore[assignment]

if TYPE_CHECKING:
    from collections.abc import Iterator

PREFIX = ".annual-report-"

LOCK = "lock"
"""The file in a scratch folder that its process keeps locked; the system unlocks it when the process ends."""

ABANDONED_AFTER = 7 * 24 * 3600
"""After how many seconds without a change another machine's folder counts as abandoned, if it is not locked either."""


@contextmanager
def scratch_folder(parent: Path) -> Iterator[Path]:
    """Make a folder for unfinished files, and remove it with all that is in it at the end.

    Parameters
    ----------
    parent
        The folder to make it in, so that a finished file can be moved to its place.

    Yields
    ------
    Path
        The folder.

    Raises
    ------
    OSError
        It cannot be made.
    """
    folder, lock = _new_locked(parent)
    try:
        yield folder
    finally:
        _remove(folder)
        if lock is not None:
            os.close(lock)


def remove_leftovers(parent: Path) -> None:
    """Remove the scratch folders that killed processes left in a folder.

    Parameters
    ----------
    parent
        The folder. Whatever cannot be removed stays, and so does every folder of a living process: one that is
        locked, and one of another machine, where locks may not reach, that changed within the last week.
    """
    if fcntl is None:
        return
    with suppress(OSError), os.scandir(parent) as entries:
        for entry in entries:
            if entry.name.startswith(PREFIX) and entry.is_dir(follow_symlinks=False):
                _remove_if_dead(Path(entry))


def _machine() -> str:
    return re.sub(r"[^A-Za-z0-9]", "", platform.node())[:40] or "unknown"


def _unused(parent: Path, machine: str) -> Path:
    return parent / f"{PREFIX}{machine}-{os.urandom(8).hex()}"


def _new_locked(parent: Path) -> tuple[Path, int | None]:
    """Make a folder and lock it; start again if another process took it for a leftover in between."""
    while True:
        folder = _unused(parent, _machine())
        folder.mkdir()
        if fcntl is None:
            return folder, None
        try:
            lock = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o666)
        except (FileExistsError, FileNotFoundError):
            continue
        except OSError:
            _remove(folder)
            raise
        if _take(lock) and (folder / LOCK).exists():
            return folder, lock
        os.close(lock)


def _take(lock: int) -> bool:
    """Lock a file unless another process has; file systems without locks count as locked by nobody else."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True


def _remove_if_dead(folder: Path) -> None:
    """Remove a folder that nobody has locked, under another name, so that whoever is about to lock it notices."""
    with suppress(OSError):
        machine = folder.name.split("-")[2]
        if machine != _machine() and time.time() - _changed(folder) < ABANDONED_AFTER:
            return
        lock = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o666)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            _remove(folder.rename(_unused(folder.parent, machine)))
        finally:
            os.close(lock)


def _remove(folder: Path) -> None:
    """Remove a folder; another process may still put files into it, until it is gone."""
    import shutil  # not needed by a command that only reads

    for _ in range(5):
        shutil.rmtree(folder, ignore_errors=True)
        if not os.path.lexists(folder):
            return


def _changed(folder: Path) -> float:
    """Return when a folder or anything directly in it changed last."""
    return max(path.stat().st_mtime for path in (folder, *folder.iterdir()))
