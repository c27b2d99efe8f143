"""The parts of a Word file that depend only on the style, built with python-docx and zipped once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

from annual_report.style import STYLES_KEPT
from annual_report.writers.docx.archive import Archive, quick, smallest
from annual_report.writers.docx.text import escape

if TYPE_CHECKING:
    from annual_report.document.blocks import Document
    from annual_report.style import Style

DOCUMENT = "word/document.xml"
CORE = "docProps/core.xml"

_FIRST = ("[Content_Types].xml", "_rels/.rels")
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


@dataclass(frozen=True, slots=True)
class Package:
    """A Word file without its text.

    Parameters
    ----------
    archive
        The archive of all parts except the document and the core properties.
    head, tail
        The XML before and after the blocks in the document's part.
    """

    archive: Archive
    head: bytes
    tail: bytes

    def fill(self, blocks: bytes, document: Document) -> bytes:
        """Add the document's text.

        Parameters
        ----------
        blocks
            The WordprocessingML of the document's blocks.
        document
            The document, for its properties.

        Returns
        -------
        bytes
            The complete file.
        """
        with_core = self.archive.adding(CORE, _core(document).encode(), quick)
        return bytes(with_core.adding(DOCUMENT, b"".join((self.head, blocks, self.tail)), quick))


@lru_cache(maxsize=STYLES_KEPT)
def package(style: Style) -> Package:
    """Prepare the package of a style.

    Parameters
    ----------
    style
        The style; its package is cached.

    Returns
    -------
    Package
        The package.
    """
    from annual_report.writers.docx.template import build  # python-docx is needed only here, once per style

    built = BytesIO()
    build(style).save(built)
    with ZipFile(built) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    head, start, tail = parts.pop(DOCUMENT).partition(b"<w:body>")
    del parts[CORE]
    prepared = Archive()
    for name in sorted(parts, key=lambda name: (name not in _FIRST, name)):
        prepared = prepared.adding(name, parts[name], smallest)
    return Package(prepared, head + start, tail)


def _core(document: Document) -> str:
    created = f"{document.created.isoformat()}T00:00:00Z"
    return (
        f"{_DECLARATION}<cp:coreProperties"
        ' xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(document.title)}</dc:title><dc:subject>{escape(document.subject)}</dc:subject>"
        f"<dc:creator>{escape(document.author)}</dc:creator>"
        f"<cp:lastModifiedBy>{escape(document.author)}</cp:lastModifiedBy>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{created}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{created}</dcterms:modified>'
        "<dc:language>zh-CN</dc:language></cp:coreProperties>"
    )
