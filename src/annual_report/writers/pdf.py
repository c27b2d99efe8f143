"""Composed documents as PDF: the Word document, laid out by LibreOffice."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from annual_report.errors import ConversionError
from annual_report.messages import message
from annual_report.writers import docx
from annual_report.writers.typefaces import fontconfig

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annual_report.document.blocks import Document
    from annual_report.style import Style

PROGRAMS = ("soffice", "libreoffice")
PACKAGE = "libreoffice-writer"
TIME_LIMIT = 120.0
"""How long LibreOffice may take for a document, in seconds."""

# Tags give a screen reader headings and tables; the title, and no file's name, stands in the window.
_FILTER = (
    'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"},'
    '"DisplayPDFDocumentTitle":{"type":"boolean","value":"true"},'
    '"ExportBookmarks":{"type":"boolean","value":"true"}}'
)


def write(document: Document, style: Style) -> bytes:
    """Give a composed document as PDF.

    Parameters
    ----------
    document
        The document.
    style
        Its look.

    Returns
    -------
    bytes
        The whole file.

    Raises
    ------
    ConversionError
        LibreOffice is not installed, takes longer than `TIME_LIMIT`, or gives no PDF.
    """
    return convert(docx.write(document, style))


def is_complete(content: bytes) -> bool:
    """Tell whether a file has the end of a PDF."""
    return content.rstrip().endswith(b"%%EOF")


def convert(word: bytes, *, time_limit: float = TIME_LIMIT) -> bytes:
    """Lay a Word document out as PDF, in a folder and with a user profile of its own.

    Parameters
    ----------
    word
        The `.docx`.
    time_limit
        How long it may take, in seconds.

    Returns
    -------
    bytes
        The PDF.

    Raises
    ------
    ConversionError
        LibreOffice is not installed, takes longer, or gives no PDF.
    """
    program = _program()
    with tempfile.TemporaryDirectory(prefix="annual-report-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        (folder / "report.docx").write_bytes(word)
        (folder / "fonts.conf").write_text(fontconfig(), encoding="utf-8")
        profile = (folder / "profile").as_uri()
        command = [program, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--convert-to", _FILTER]
        said = _run([*command, "--outdir", name, str(folder / "report.docx")], folder, time_limit)
        try:
            return (folder / "report.pdf").read_bytes()
        except FileNotFoundError:
            raise ConversionError(message("LibreOffice gives no PDF ({reason})", reason=said)) from None


def _program() -> str:
    found = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if found is None:
        words = message(
            "PDF needs LibreOffice, which is not installed: {command}", command=f"apt-get install {PACKAGE}"
        )
        raise ConversionError(words)
    return found


def _run(command: Sequence[str], folder: Path, time_limit: float) -> str:
    """Run a program that starts others, end them all when the time is over, and give what was said."""
    environment = os.environ | {"FONTCONFIG_FILE": str(folder / "fonts.conf"), "HOME": str(folder)}
    with subprocess.Popen(  # noqa: S603  # the program is the one found, its arguments are our own
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    ) as process:
        try:
            said, _ = process.communicate(timeout=time_limit)
        except subprocess.TimeoutExpired:
            words = message("LibreOffice took longer than {seconds} seconds", seconds=f"{time_limit:g}")
            raise ConversionError(words) from None
        finally:
            if process.poll() is None:
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
    return said.decode(errors="replace").strip()
