"""Web pages as blocks: the text that a browser shows, innermost tables apart, nothing fetched and no script run."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from annual_report.messages import message
from annual_report.readers.blocks import Block, Content, Paragraph, Remark
from annual_report.readers.published import style_sheets
from annual_report.readers.published.characters import for_tree
from annual_report.readers.published.css import hides, hides_but, is_white, removes, shows_again, strikes
from annual_report.readers.published.encodings import as_utf8, is_utf8
from annual_report.readers.published.html_flow import OWN, Flow
from annual_report.readers.published.limits import check_markup, refused
from annual_report.readers.published.style_attributes import (
    OVERRIDES,
    SETS_APART,
    may_hide,
    moves,
    without_needless_styles,
)
from annual_report.readers.published.text import blocks_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_LEFT_OUT = (
    *("script", "style", "template", "noscript", "nav", "iframe", "object", "svg", "canvas", "audio", "video"),
    *("select", "textarea", "button", "datalist", "colgroup", "noframes", "noembed", "rp"),
)
_STRUCK = ("s", "strike", "del")
_SHOWN_OTHERWISE = ("object", "svg", "canvas", "select", "textarea", "button", "iframe", "audio", "video")
"""What a cell may show that is no text of its own."""
_AROUND = ("header", "footer", "aside")
_LOOKED_FOR = (*_LEFT_OUT, *_STRUCK, *_SHOWN_OTHERWISE, *_AROUND, "bdo", "dialog", "meta", "title")
"""The elements that need more than reading them in their order, of which a page has few."""
_OWN_LEFT_OUT = ".//*[@class='ar-review' or @class='ar-notes' or @class='ar-contents' or @class='ar-number']"
_STYLES = etree.XPath("set:distinct(//*/@style)", namespaces={"set": "http://exslt.org/sets"}, smart_strings=False)
_HIDDEN = etree.XPath("boolean(//*/@hidden)")
_INLINE = ("span", "a", "font", "b", "strong", "i", "em", "u", "label")
OVERRIDE = "\u202e"
"""The character that overrides the direction of the text after it."""
_TITLE_NAMES = ("articletitle", "title", "og:title", "dc.title")
_EMBEDDED = re.compile(rb"(data:[\w/+.-]*;base64,)[A-Za-z0-9+/=\s]+")
_QUOTED = re.compile(rb"\"[^\"]*\"|'[^']*'")
_LONGEST_TAG = 4096
_LONG = re.compile(rb"<[A-Za-z][^>]{%d}" % _LONGEST_TAG)
_LARGEST = 8_000_000
_LEAST_TEXT = 200
_LOADS = re.compile(rb"<(?:script|i?frame)", re.IGNORECASE)
_SHOWN = 40


def parse(data: bytes, source: str = "") -> Content:
    """Read a web page.

    Parameters
    ----------
    data
        The page, in any encoding.
    source
        The name to give in errors.

    Returns
    -------
    Content
        Its blocks. A table that only arranges others is no block: its text is paragraphs.

    Raises
    ------
    UnusableInputError
        The page is too large or nested too deeply, or has no text of its own.
    """
    shorter = without_needless_styles(data)
    markup, remarks = (shorter, ()) if is_utf8(shorter) else as_utf8(data)
    root = _tree(markup, source)
    found: dict[str, list[etree._Element]] = {}
    for element in root.iter(*_LOOKED_FOR):  # once for all, since the way through the tree is what takes time
        found.setdefault(element.tag, []).append(element)

    def has(*tags: str) -> bool:
        return not found.keys().isdisjoint(tags)

    titles = list(_titles(found))
    if has("style"):
        style_sheets.apply(root)
    if has(*_SHOWN_OTHERWISE):
        _keep_in_cells(root)
    styles = frozenset(_STYLES(root))  # a few, which hundreds of elements have
    if any(map(moves, styles)) or has("bdo"):
        _mark_in_cells(root)
    if has(*_LEFT_OUT):
        etree.strip_elements(root, *_LEFT_OUT, with_tail=False)
    if has(*_AROUND):
        _strip_surroundings(root)
    own = root.xpath(f"//*[@class='{OWN}']") if OWN.encode() in markup else []
    for element in own:
        titles += _prepare_own(element)
    has_hidden = any(map(may_hide, styles)) or has(*_STRUCK, "dialog") or _has_hidden(root, markup)
    hidden = tuple(_strip_hidden(root)) if has_hidden else ()
    flow = Flow(source)
    flow.read(own[0] if len(own) == 1 else root, styles)
    _check_text(flow.blocks, markup, source)
    blocks = flow.blocks if own else list(_with_tables(flow.blocks, source))
    return Content(tuple(blocks), remarks + hidden, tuple(titles), is_own=len(own) == 1)


def _with_tables(blocks: list[Block], source: str) -> Iterator[Block]:
    """Make tables of the lines with tabs in text that keeps its spaces, as in `pre`."""
    for block in blocks:
        if isinstance(block, Paragraph) and "\t" in block.text and "\n" in block.text:
            yield from blocks_of(block.text, source)
        else:
            yield block


def _tree(data: bytes, source: str) -> etree._Element:
    if len(data) > _LARGEST:
        data = _EMBEDDED.sub(rb"\1", data)
    if len(data) > _LARGEST:
        raise refused(message("the page is too large for an annual report"), source)
    check_markup(data, source)
    _check_tags(data, source)
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.LxmlError:
        root = None
    if root is None:
        raise refused(message("the file has no text"), source)
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise refused(message("the file's elements are nested too deeply or too long"), source)
    return root


def _check_tags(data: bytes, source: str) -> None:
    """Refuse a tag with so many attributes that parsing it would take minutes."""
    for piece in data.split(b"<") if _goes_on(data) and _LONG.search(data) else ():
        tag = _QUOTED.sub(b"''", piece).partition(b">")[0]
        if len(tag) > _LONGEST_TAG and tag[:1].isalpha():
            raise refused(message("the file's elements are nested too deeply or too long"), source)


def _goes_on(data: bytes) -> bool:
    """Return whether anywhere no tag ends for as long as a tag may be."""
    start, end = 0, 0
    while len(data) - start > _LONGEST_TAG and end >= 0:
        end = data.rfind(b">", start, start + _LONGEST_TAG + 1)
        start = end + 1
    return end < 0


def _titles(found: Mapping[str, list[etree._Element]]) -> Iterator[str]:
    """Yield the titles in the page's head; the article's own is better than the window's."""
    named: dict[str, str | None] = {}
    for meta in found.get("meta", ()):
        name = (meta.get("name") or meta.get("property") or "").lower()
        named.setdefault(name, meta.get("content"))
    titles = [*map(named.get, _TITLE_NAMES), *(title.text for title in found.get("title", ())[:1])]
    yield from dict.fromkeys(" ".join(words.split()) for words in titles if words and words.strip())


def _keep_in_cells(root: etree._Element) -> None:
    """Turn what a cell shows beside its text into a picture without text, so that the cell is not taken for blank."""
    for element in list(root.iter(*_SHOWN_OTHERWISE)):
        if next(element.iterancestors("td", "th"), None) is not None:
            element.clear(keep_tail=True)
            element.tag = "img"


def _mark_in_cells(root: etree._Element) -> None:
    """Make what a style sets on a line of its own in a cell a block, and mark text of which a browser shows another.

    That is text whose direction is overridden, and white text beside other text.
    """
    texts: dict[etree._Element, str] = {}
    for element in list(root.iter("bdo", *_INLINE)):
        style = element.get("style", "")
        cell = next(element.iterancestors("td", "th"), None)
        if not (style or element.tag == "bdo") or cell is None:
            continue
        if is_white(style) and cell not in texts:
            texts[cell] = _words(cell)
        is_white_beside = is_white(style) and _words(element) not in ("", texts[cell])
        if element.tag == "bdo" or OVERRIDES.search(style) or is_white_beside:
            element.text = for_tree(f"{OVERRIDE}{element.text or ''}")
        if element.tag in _INLINE and SETS_APART.search(style):
            element.tag = "div"


def _words(element: etree._Element) -> str:
    return "".join("".join(element.itertext()).split())


def _strip_surroundings(root: etree._Element) -> None:
    """Remove what stands around a page's content, unless it holds headings or tables."""
    for element in list(root.iter(*_AROUND)):
        inside = next(element.iterancestors("article", "main"), None)
        if inside is None and next(element.iter("table", "h1", "h2"), None) is None:
            _remove(element)


def _prepare_own(own: etree._Element) -> Iterator[str]:
    """Remove from a report of this library what is not its text, and mark its signature and its title's lines.

    Yield the captions of its tables, which only screen readers read.
    """
    for element in own.xpath(_OWN_LEFT_OUT):
        _remove(element)
    for caption in own.xpath(".//table/caption"):
        yield caption.text or ""
        _remove(caption)
    for element in own.iter("*"):  # its elements and their classes say all that a style in an attribute does
        element.attrib.pop("style", None)
    for signature in own.xpath(".//div[@class='ar-signature']"):
        signature.set("align", "right")
    for line in own.xpath(".//span[@class='ar-line'][following-sibling::*]"):
        line.tail = for_tree(f"\n{line.tail or ''}")


def _has_hidden(root: etree._Element, markup: bytes) -> bool:
    found: bool = b"hidden" in markup.lower() and _HIDDEN(root)
    return found


def _strip_hidden(root: etree._Element) -> Iterator[Remark]:
    """Remove what a browser does not show, and what it strikes through, and tell what text that is."""
    for element in root.xpath("//*[@hidden or @style or self::s or self::strike or self::del or self::dialog]"):
        style = element.get("style", "")
        kind, said = "hidden_text", message("hidden text is left out")
        if element.get("hidden") is not None or removes(style) or _is_closed(element):
            words = "".join(element.itertext())
            _remove(element)
        elif hides(style):
            words = _emptied(element)
        elif element.tag in _STRUCK or strikes(style):
            kind, said = "struck_text", message("text that is struck through is left out")
            words = _emptied(element)
        else:
            words = "".join(_blanked(element, name) for name in sorted(hides_but(style)))
        words = " ".join(words.split())
        if words:
            yield Remark(kind, "info", said, words[:_SHOWN])


def _is_closed(element: etree._Element) -> bool:
    return element.tag == "dialog" and element.get("open") is None


def _emptied(element: etree._Element) -> str:
    """Remove an element, but for a cell, which keeps its place in the table; return its text."""
    words = "".join(element.itertext())
    if element.tag in ("td", "th"):
        for child in list(element):
            element.remove(child)
        element.text = None
    else:
        _remove(element)
    return words


def _blanked(element: etree._Element, name: str) -> str:
    """Remove an element's text, but for what in it has another value of the property that hides it; return it."""
    words = [element.text or ""]
    element.text = None
    for child in element:
        if not shows_again(child.get("style", ""), name):
            words.append(_blanked(child, name))
        words.append(child.tail or "")
        child.tail = None
    return "".join(words)


def _remove(element: etree._Element) -> None:
    """Remove an element, and keep the text that follows it."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is None:
            parent.text = for_tree((parent.text or "") + element.tail)
        else:
            before.tail = for_tree((before.tail or "") + element.tail)
    parent.remove(element)


def _check_text(blocks: list[Block], markup: bytes, source: str) -> None:
    """Refuse a page that shows next to nothing before its scripts have run."""
    if _shows_little(blocks) and _LOADS.search(markup):
        words = message("the page loads its content by script or in a frame: open it in a browser and save it as PDF")
        raise refused(words, source)
    if not blocks:
        raise refused(message("the file has no text"), source)


def _shows_little(blocks: list[Block]) -> bool:
    shown = 0
    for block in blocks:
        shown += len(block.text) if isinstance(block, Paragraph) else sum(map(len, block.texts))
        if shown >= _LEAST_TEXT:
            return False
    return True
