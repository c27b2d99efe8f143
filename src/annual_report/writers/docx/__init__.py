"""Writes composed documents as Word files: the package is prepared once per style and filled with each report."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from annual_report.errors import require
from annual_report.messages import message
from annual_report.writers.docx.body import body_xml
from annual_report.writers.docx.package import package

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

    from annual_report.document.blocks import Document
    from annual_report.report.model import AnnualReport
    from annual_report.style import Style


def write(document: Document, style: Style, *, for_libreoffice: bool = False) -> bytes:
    """Write a composed document as a Word file.

    Parameters
    ----------
    document
        The document.
    style
        Its look.
    for_libreoffice
        Whether what LibreOffice does not lay out reliably is avoided.

    Returns
    -------
    bytes
        The `.docx` file; the same document and style give the same bytes.
    """
    return package(style).fill(body_xml(document, style, for_libreoffice=for_libreoffice), document)


def to_document(report: AnnualReport, style: Style | None = None) -> WordDocument:
    """Return a report as a python-docx document, for callers who want to change it.

    Parameters
    ----------
    report
        The report.
    style
        Its look; by default, GB/T 9704-2012.

    Returns
    -------
    docx.document.Document
        The same document that `render` writes.

    Examples
    --------
    >>> from annual_report import AnnualReport
    >>> document = to_document(AnnualReport.blank(agency="石嘴山市民政局", year=2023))
    >>> len(document.tables)
    3
    """
    import docx

    from annual_report.document.compose import compose
    from annual_report.report.arguments import require_report
    from annual_report.style import Style

    require_report(report)
    require(style, (Style, type(None)), "style", message("a Style"))
    return docx.Document(BytesIO(write(compose(report), style or Style())))
