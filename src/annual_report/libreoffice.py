"""LibreOffice as a converter of files: found, run apart from the user's own, bounded in time, ended with its caller."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

from annual_report.errors import ConversionError
from annual_report.logs import logger, timed
from annual_report.messages import message
from annual_report.workspace import workspace

if TYPE_CHECKING:
    from pathlib import Path

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


def convert(data: bytes, suffix: str, to: str, *, fontconfig: str = "", time_limit: float = TIME_LIMIT) -> bytes:
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
    fontconfig
        A configuration of fonts; left out, the system's.
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
        command = [program, f"-env:UserInstallation={_profile(space.folder)}", "--headless", "--norestore"]
        command += ["--convert-to", to, "--outdir", str(space.folder / "converted"), str(source)]
        ended = space.run(command, _environment(space.folder, fontconfig), time_limit)
        if ended.status is None:
            raise ConversionError(message("LibreOffice took longer than {seconds} seconds", seconds=f"{time_limit:g}"))
        try:
            return (space.folder / "converted" / f"source.{kind}").read_bytes()
        except FileNotFoundError:
            reason = ended.output.decode(errors="replace").strip()
            raise ConversionError(message("LibreOffice cannot convert the file ({reason})", reason=reason)) from None


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


def _environment(folder: Path, fontconfig: str) -> dict[str, str]:
    environment = os.environ | {"HOME": str(folder)}
    if fontconfig:
        (folder / "fonts.conf").write_text(fontconfig, encoding="utf-8")
        environment["FONTCONFIG_FILE"] = str(folder / "fonts.conf")
    return environment
