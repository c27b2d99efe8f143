"""Write composed documents as PDF: LibreOffice converts the Word document."""

from __future__ import annotations

import re
import zlib
from importlib.util import find_spec
from typing import TYPE_CHECKING

from annual_report import libreoffice
from annual_report.errors import ConversionError, one_line
from annual_report.files import describe_os_error
from annual_report.logs import logger, timed
from annual_report.messages import message
from annual_report.workspace import workspace
from annual_report.writers import docx, pdf_tags
from annual_report.writers.pdf_objects import cross_references, pointer
from annual_report.writers.typefaces import fontconfig

if TYPE_CHECKING:
    from annual_report.document.blocks import Document
    from annual_report.messages import Message
    from annual_report.style import Style
    from annual_report.workspace import Ended, Workspace

_LOG = logger(__name__)

PACKAGE = "libreoffice-writer"
TIME_LIMIT = 120.0
"""How long LibreOffice may take for a document, in seconds."""

MAX_SAID = 200
"""How many characters of what LibreOffice says an error shows."""

# Tags give a screen reader headings and tables; the window shows the title rather than the file's name.
_FILTER = (
    'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"},'
    '"DisplayPDFDocumentTitle":{"type":"boolean","value":"true"},'
    '"ExportBookmarks":{"type":"boolean","value":"true"}}'
)


def write(document: Document, style: Style) -> bytes:
    """Return a composed document as PDF.

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
        LibreOffice is not installed, fails, takes longer than `TIME_LIMIT`, or gives no sound PDF.
    """
    return pdf_tags.correct(convert(docx.write(document, style, for_libreoffice=True)))


def convert(word: bytes, *, time_limit: float = TIME_LIMIT) -> bytes:
    """Convert a Word document to PDF, in a folder and with a user profile of its own.

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
        LibreOffice is not installed, fails, takes longer, or gives no sound PDF. LibreOffice has ended by then, as it
        has soon after the death of this process.
    """
    program = _program()
    with timed(_LOG, f"converting {len(word)} bytes of docx to pdf"):
        try:
            with workspace() as space:
                ended = _run(program, word, space, time_limit)
                written = space.folder / "report.pdf"
                content = written.read_bytes() if written.is_file() else b""
        except OSError as error:
            reason = describe_os_error(error)
            raise ConversionError(message("temporary files cannot be written ({reason})", reason=reason)) from error
        if failure := _failure(ended, content, time_limit):
            raise ConversionError(failure)
    return content


def _run(program: str, word: bytes, space: Workspace, time_limit: float) -> Ended:
    source, fonts = space.folder / "report.docx", space.folder / "fonts.conf"
    source.write_bytes(word)
    fonts.write_text(fontconfig(), encoding="utf-8")
    variables = {"FONTCONFIG_FILE": str(fonts)}
    return libreoffice.run(program, source, _FILTER, space.folder, space, time_limit, variables)


def _program() -> str:
    found = libreoffice.find()
    if found is None:
        reason = message(
            "PDF needs LibreOffice, which is not installed: {command}", command=f"apt-get install {PACKAGE}"
        )
        raise ConversionError(reason)
    return found


def _failure(ended: Ended, content: bytes, time_limit: float) -> Message | None:
    """Describe how a conversion failed, if it did."""
    if ended.status is None:
        return message("LibreOffice took longer than {seconds} seconds", seconds=f"{time_limit:g}")
    if ended.status < 0:
        return message("LibreOffice was ended by signal {number}", number=-ended.status)
    if ended.status > 0:
        return message("LibreOffice failed with status {status} ({reason})", status=ended.status, reason=_said(ended))
    if not content:
        return message("LibreOffice gives no PDF ({reason})", reason=_said(ended))
    if not is_sound(content):
        return message("LibreOffice gives a damaged PDF ({reason})", reason=_said(ended))
    return None


def _said(ended: Ended) -> str:
    """Return the beginning of what a program printed as one line without control sequences."""
    text = re.sub(r"\x1b\[[0-?]*[ -/]*[@-~]", "", ended.output.decode(errors="replace"))
    line = one_line(" ".join(text.split()))
    return line if len(line) <= MAX_SAID else f"{line[: MAX_SAID - 1]}…"


def is_sound(content: bytes) -> bool:
    """Return whether a PDF is whole: its parts are where it says, and each page can be read.

    Parameters
    ----------
    content
        The file's bytes.

    Returns
    -------
    bool
        Whether it is. Pages are opened only where pypdfium2 is installed.
    """
    return _has_structure(content) and _inflates(content) and (find_spec("pypdfium2") is None or _opens(content))


def _has_structure(content: bytes) -> bool:
    """Return whether a PDF begins and ends as one, and its table of objects leads to objects."""
    end = pointer(content)
    if not content.startswith(b"%PDF-") or end is None:
        return False
    is_object = re.compile(rb"\d+ \d+ obj\b").match
    if is_object(content, int(end[1])):  # a stream that says where objects are
        return True
    table = cross_references(content)
    return table is not None and bool(table.offsets) and all(is_object(content, offset) for offset in table.offsets)


def _inflates(content: bytes) -> bool:
    """Return whether every compressed stream, which holds nearly all of a PDF, has the right checksum."""
    for stream in re.finditer(rb"/FlateDecode[^\0]{0,200}?>>\s*stream\r?\n", content):
        inflating = zlib.decompressobj()
        try:
            inflating.decompress(memoryview(content)[stream.end() :])
        except zlib.error:
            return False
        if not inflating.eof:
            return False
    return True


def _opens(content: bytes) -> bool:
    """Return whether PDFium opens a PDF and each of its pages."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
        try:
            for index in range(len(document)):
                document[index].close()
            return len(document) > 0
        finally:
            document.close()
    except pypdfium2.PdfiumError:
        return False
