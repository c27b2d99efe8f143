"""LibreOffice as a converter of files: found, run apart from the user's own, bounded in time, ended with its caller."""

from __future__ import annotations

import os
import shutil
from hashlib import md5
from typing import TYPE_CHECKING

from annual_report.errors import ConversionError
from annual_report.logs import logger, timed
from annual_report.messages import message
from annual_report.workspace import workspace

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from annual_report.workspace import Ended, Workspace

_LOG = logger(__name__)

PROGRAMS = ("soffice", "libreoffice")
PACKAGES = "libreoffice-writer libreoffice-calc"
TIME_LIMIT = 120.0
"""How long a conversion may take, in seconds."""

# No macro runs, no link is followed, nothing is fetched for a document that comes from elsewhere.
_SETTINGS = (
    ("org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("org.openoffice.Office.Writer/Content/Update", "Link", "0"),
    ("org.openoffice.Office.Calc/Content/Update", "Link", "2"),
)


def find() -> str | None:
    """Find the program.

    Returns
    -------
    str or None
        Its path; none where LibreOffice is not installed.
    """
    return next(filter(None, map(shutil.which, PROGRAMS)), None)


def convert(data: bytes, suffix: str, to: str, *, time_limit: float = TIME_LIMIT) -> bytes:
    """Convert a file, in a folder and with a user profile of its own.

    Parameters
    ----------
    data
        The file's bytes.
    suffix
        Its format as a suffix, `doc`.
    to
        The format to convert it to, as LibreOffice's `--convert-to` takes it: `docx`, or a suffix, a filter and the
        filter's options joined by colons.
    time_limit
        How long it may take, in seconds.

    Returns
    -------
    bytes
        The converted file.

    Raises
    ------
    ConversionError
        LibreOffice is not installed, takes longer, or gives no file.
    """
    program = find()
    if program is None:
        words = message(
            "this needs LibreOffice, which is not installed: {command}", command=f"apt-get install {PACKAGES}"
        )
        raise ConversionError(words)
    kind = to.partition(":")[0]
    with timed(_LOG, f"converting {len(data)} bytes of {suffix} to {kind}"), workspace() as space:
        source = space.folder / f"source.{suffix}"
        source.write_bytes(data)
        ended = run(program, source, to, space.folder / "converted", space, time_limit)
        if ended.status is None:
            raise ConversionError(message("LibreOffice took longer than {seconds} seconds", seconds=f"{time_limit:g}"))
        try:
            return (space.folder / "converted" / f"source.{kind}").read_bytes()
        except FileNotFoundError:
            reason = ended.output.decode(errors="replace").strip()
            raise ConversionError(message("LibreOffice cannot convert the file ({reason})", reason=reason)) from None


def run(
    program: str,
    source: Path,
    to: str,
    target: Path,
    space: Workspace,
    seconds: float,
    variables: Mapping[str, str] | None = None,
) -> Ended:
    """Let LibreOffice convert a file in a workspace, with a user profile of its own.

    Parameters
    ----------
    program
        Its path.
    source
        The file.
    to
        The format to convert it to, as for `convert`.
    target
        The folder that the converted file is written to.
    space
        The workspace.
    seconds
        How long it may take.
    variables
        Further variables of its environment.

    Returns
    -------
    Ended
        How it ended.
    """
    profile = _profile(space.folder)
    command = [program, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--convert-to", to]
    command += ["--outdir", str(target), str(source)]
    environment = os.environ | {"HOME": str(space.folder), "TMPDIR": str(space.folder)} | dict(variables or {})
    return space.run(command, environment, seconds, leftovers=[_socket(profile)])


def _profile(folder: Path) -> str:
    """Make a user profile that trusts no document, and give its URL."""
    user = folder / "profile" / "user"
    user.mkdir(parents=True)
    items = "".join(
        f'<item oor:path="/{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    (user / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry"'
        f' xmlns:xs="http://www.w3.org/2001/XMLSchema">{items}</oor:items>',
        encoding="utf-8",
    )
    return (folder / "profile").as_uri()


def _socket(profile: str) -> str:
    """Name the socket that LibreOffice leaves when it is killed, for it heeds no `TMPDIR`."""
    digest = md5(profile.encode("utf-16-le"), usedforsecurity=False).digest()
    user = os.getuid() if hasattr(os, "getuid") else 0
    return f"/tmp/OSL_PIPE_{user}_SingleOfficeIPC_{''.join(f'{byte:x}' for byte in digest)}"  # noqa: S108  # which is fixed
