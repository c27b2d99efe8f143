"""Composed documents as web pages: a single file without scripts that loads nothing from elsewhere."""

from __future__ import annotations

from base64 import b64encode
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, Literal

from annual_report.style import STYLES_KEPT
from annual_report.writers.html.body import Body
from annual_report.writers.html.inline import inlined
from annual_report.writers.html.sheets import content_sheet, notebook_sheet, page_sheet
from annual_report.writers.html.tables import PREFIX
from annual_report.writers.html.text import attribute

if TYPE_CHECKING:
    from annual_report.document.blocks import Document
    from annual_report.style import Style

DATA = "annual-report"
"""The identifier of the element that holds the report's own JSON."""


def write(document: Document, style: Style, *, fragment: bool | Literal["inline"] = False) -> bytes:
    """Write a composed document as a web page.

    Parameters
    ----------
    document
        The document; its marks are shown with notes.
    style
        Its look on paper; on screen all reports look the same, in a light or dark version.
    fragment
        Whether to return only the report, for embedding in another page. Its identifiers are then unique, so that one
        page can contain several reports. `"inline"` puts the style into attributes and leaves the report's data out.

    Returns
    -------
    bytes
        HTML in UTF-8; the same document and style give the same bytes.
    """
    if fragment == "inline":
        return inlined(f"{_article(document, style, _unique(document.json()))}</article>\n").encode()
    return (_fragment(document, style) if fragment else _page(document, style)).encode()


def preview(document: Document, style: Style, *, marked_only: bool = False) -> str:
    """Return HTML that shows a composed document in a notebook, in a small frame that scrolls, in the notebook's theme.

    Parameters
    ----------
    document
        The document.
    style
        Its look on paper.
    marked_only
        Whether to omit the title and the blocks without marks.

    Returns
    -------
    str
        HTML.
    """
    shown = _article(document, style, _unique(document.json()), marked_only=marked_only)
    frame = "ar-notebook" if marked_only else "ar-notebook ar-framed"
    return f'<style>{notebook_sheet(style)}</style><div class="{frame}">{shown}</article></div>'


def article(document: Document, style: Style, prefix: str) -> str:
    """Return a document for a page that has its style sheet, `sheets.content_sheet`.

    Parameters
    ----------
    document
        The document; its marks are shown with notes.
    style
        Its look on paper.
    prefix
        What its identifiers begin with.

    Returns
    -------
    str
        HTML without style sheet and data.
    """
    return f"{_article(document, style, prefix)}</article>"


def _page(document: Document, style: Style) -> str:
    body = Body(document, style)
    content = (f'{body.header()}{body.contents()}<main class="ar-main">{body.review()}{body.main()}</main>').replace(
        PREFIX, ""
    )
    before, after = _head(style)
    return (
        f"{before}<title>{attribute(document.title)}</title>\n"
        f'<meta name="author" content="{attribute(document.author)}">\n'
        f'<meta name="description" content="{attribute(document.subject)}">\n'
        f"{after}{content}\n{_data(document.json(), '')}</div>\n</body>\n</html>\n"
    )


def _fragment(document: Document, style: Style) -> str:
    json = document.json()
    prefix = _unique(json)
    return f"<style>{content_sheet(style)}</style>{_article(document, style, prefix)}{_data(json, prefix)}</article>\n"


def _article(document: Document, style: Style, prefix: str, *, marked_only: bool = False) -> str:
    """Return everything between the style sheet and the data; the element is left open."""
    body = Body(document, style)
    header = "" if marked_only else body.header()
    content = f'{header}<div class="ar-main">{body.review()}{body.main(marked_only=marked_only)}</div>'
    return f'<article class="annual-report" lang="zh-CN">{content.replace(PREFIX, prefix)}'


def _unique(json: str) -> str:
    """Return a prefix for identifiers that differs from report to report."""
    return f"r{sha256(json.encode()).hexdigest()[:8]}-"


def _data(json: str, prefix: str) -> str:
    """Return the report's JSON in a script element, with characters escaped that would end it or that HTML forbids."""
    inert = json.replace("<", "\\u003c").replace("\x85", "\\u0085")
    return f'<script type="application/json" id="{prefix}{DATA}">{inert}</script>'


@lru_cache(maxsize=STYLES_KEPT)
def _head(style: Style) -> tuple[str, str]:
    """Return the parts of the head before the title and after the properties; they depend only on the style."""
    sheet = f"{content_sheet(style)}\n{page_sheet(style)}"
    digest = b64encode(sha256(sheet.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
    before = (
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
    )
    # Browsers ask a site for an icon unless the page names one.
    after = (
        f'<link rel="icon" href="data:,">\n<style>{sheet}</style>\n</head>\n<body class="ar-page">\n'
        '<div class="annual-report">'
    )
    return before, after
