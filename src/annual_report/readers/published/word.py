"""Word files (.docx) as blocks: the text that Word shows with all changes accepted."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from annual_report.messages import message
from annual_report.readers.blocks import Content
from annual_report.readers.published.limits import refused
from annual_report.readers.published.word_body import Body
from annual_report.readers.published.word_markup import P, T, prepare
from annual_report.readers.published.word_numbering import Numbering
from annual_report.readers.published.word_package import Package, W
from annual_report.readers.published.word_styles import VAL, Styles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

_SIGNATURE = "Signature"
_DESCRIPTION = f"{W}tblDescription"
_BREAK, _TYPE = f"{W}br", f"{W}type"
_CORE_TITLE = "{http://purl.org/dc/elements/1.1/}title"


def parse(data: bytes, source: str = "") -> Content:
    """Read a Word file.

    Parameters
    ----------
    data
        The `.docx`.
    source
        The name to give in errors.

    Returns
    -------
    Content
        Its blocks. Tracked changes are accepted, hidden text is left out, and both are remarked on. A table that only
        arranges others is no block: its text is paragraphs.

    Raises
    ------
    UnusableInputError
        The file is damaged, too large, nested too deeply, or no Word file.
    """
    package = Package(data, source)
    root = package.parse(package.main)
    body = None if root is None else root.find(f"{W}body")
    if root is None or body is None:
        raise refused(message("the file is not a Word document"), source)

    @cache
    def numbering() -> Numbering:
        return Numbering(_part(package, "numbering"))

    descriptions = [element.get(VAL, "") for element in body.iter(_DESCRIPTION)]
    styles = Styles(_part(package, "styles"))
    is_own = _is_own(package, styles)
    if is_own:
        _unwrap(body)
    reader = Body(styles, numbering, prepare(root), source)
    reader.read(body)
    reader.finish()
    titles = tuple(dict.fromkeys(filter(None, (*_titles(package), *descriptions))))
    return Content(tuple(reader.blocks), tuple(reader.remarks), titles, is_own)


def _is_own(package: Package, styles: Styles) -> bool:
    """Return whether this library wrote a file: it has a style for signatures, and no properties of a program's."""
    return styles.has(_SIGNATURE) and next(package.related("", "extended-properties"), None) is None


def _unwrap(body: etree._Element) -> None:
    """Remove the line breaks that this library sets in long titles."""
    for line_break in list(body.iter(_BREAK)):
        if line_break.get(_TYPE) == "textWrapping":
            line_break.getparent().remove(line_break)


def _part(package: Package, kind: str) -> etree._Element | None:
    name = next(package.related(package.main, kind), None)
    return None if name is None else package.parse(name)


def _titles(package: Package) -> Iterator[str]:
    """Yield the title in the file's properties, and the lines in the heads of its pages."""
    for name in package.related("", "core-properties"):
        core = package.parse(name)
        title = None if core is None else core.find(_CORE_TITLE)
        yield "" if title is None else (title.text or "").strip()
    for name in package.related(package.main, "header"):
        head = package.parse(name)
        for paragraph in () if head is None else head.iter(P):
            yield "".join(text.text or "" for text in paragraph.iter(T)).strip()
