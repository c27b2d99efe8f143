"""A Word document's markup made ready for reading: tracked changes accepted, containers opened, text boxes apart."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

from annual_report.messages import Message, message
from annual_report.readers.blocks import Location, Remark
from annual_report.readers.published.word_package import W

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from lxml import etree

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_KNOWN = "http://schemas.microsoft.com/office/"
"""What the namespaces of Word's own extensions begin with."""

P, R, T = f"{W}p", f"{W}r", f"{W}t"
TBL, TR, TC = f"{W}tbl", f"{W}tr", f"{W}tc"
INS, DEL, MOVE_TO, MOVE_FROM = f"{W}ins", f"{W}del", f"{W}moveTo", f"{W}moveFrom"
_ALTERNATE = f"{_MC}AlternateContent"
_OLDER = tuple(
    f"{W}{name}Change" for name in ("rPr", "pPr", "sectPr", "tblPr", "tblPrEx", "tcPr", "trPr", "tblGrid", "numbering")
)
_CELL_INS, _CELL_DEL = f"{W}cellIns", f"{W}cellDel"
_CHUNK = f"{W}altChunk"
_CONTAINERS = tuple(f"{W}{name}" for name in ("customXml", "smartTag", "hyperlink", "fldSimple", "bdo", "dir"))
_PROPERTIES = (f"{W}rPr", f"{W}trPr", f"{W}numPr", f"{W}tcPr")
_SHOWN = 60
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_DRAWINGS = (f"{_WP}anchor", f"{_WP}inline")
_FRAME = re.compile("Frame[0-9]+")
"""How LibreOffice names its frames; Word names text boxes otherwise."""

Kind: TypeAlias = Literal["inserted", "deleted", "moved", "hidden", "struck", "note", "embedded", "unread", "field"]

_REMARKS: dict[Kind, tuple[str, Literal["info", "doubt"], Message]] = {
    "inserted": ("tracked_change", "info", message("a tracked insertion is counted as accepted")),
    "deleted": ("tracked_change", "info", message("a tracked deletion is left out")),
    "moved": ("tracked_change", "info", message("tracked moved text is read in its new place")),
    "hidden": ("hidden_text", "info", message("hidden text is left out")),
    "struck": ("struck_text", "info", message("text that is struck through is left out")),
    "note": ("note", "info", message("a footnote or endnote is left out")),
    "embedded": ("embedded_object", "info", message("an embedded object is not read")),
    "unread": ("unread_part", "doubt", message("a part of the file that holds another document is not read")),
    "field": ("open_field", "doubt", message("a field has no end: text after it may be missing")),
}


def remark(kind: Kind, found: str, place: Location) -> Remark:
    """Return the remark about something in a document.

    Parameters
    ----------
    kind
        What it is.
    found
        The text concerned.
    place
        Where.

    Returns
    -------
    Remark
        The remark.
    """
    identifier, severity, words = _REMARKS[kind]
    return Remark(identifier, severity, words, found[:_SHOWN], place)


@dataclass(slots=True)
class Prepared:
    """What has been taken out of a document, by the paragraph or row that it stood in; none is outside both.

    Parameters
    ----------
    noted
        What is to be remarked on, with the text concerned.
    boxes
        Text boxes.
    """

    noted: dict[etree._Element | None, dict[Kind, str]] = field(default_factory=dict)
    boxes: dict[etree._Element | None, list[etree._Element]] = field(default_factory=dict)

    def note(self, kind: Kind, place: etree._Element | None, text: str) -> None:
        """Note something; of one kind in one place there is one remark."""
        kinds = self.noted.setdefault(place, {})
        kinds[kind] = kinds.get(kind, "") + text


def prepare(root: etree._Element) -> Prepared:
    """Make a document's markup ready; it is changed in place.

    Parameters
    ----------
    root
        The document's root.

    Returns
    -------
    Prepared
        What has been taken out.
    """
    prepared = Prepared()
    for element in list(root.iter(_ALTERNATE, *_OLDER)):
        if element.tag == _ALTERNATE:
            _choose(element)
        else:
            _remove(element)
    for element in list(root.iter(*_HANDLERS)):
        _HANDLERS[element.tag](element, prepared)
    return prepared


def _choose(element: etree._Element) -> None:
    """Keep one of several ways to say the same: the first that is of Word's own extensions."""
    for branch in element:
        names = branch.get("Requires", "").split()
        if all((branch.nsmap.get(name) or "").startswith(_KNOWN) for name in names):
            _splice(element, branch)
            return
    _remove(element)


def _accept(element: etree._Element, prepared: Prepared) -> None:
    """Accept a tracked change; what is deleted in the properties of a mark or row stays for the reader."""
    parent = element.getparent()
    if parent is None or parent.tag in _PROPERTIES:
        return
    kind: Kind = "deleted" if element.tag == DEL else "inserted" if element.tag == INS else "moved"
    text = "".join(part.text or "" for part in element.iter(T, f"{W}delText"))
    prepared.note(kind, _place(element), "" if element.tag == MOVE_TO else text)
    if element.tag in (DEL, MOVE_FROM):
        _remove(element)
    else:
        _splice(element, element)


def _accept_cell(element: etree._Element, prepared: Prepared) -> None:
    cell = next(element.iterancestors(TC), None)
    if cell is None:
        return
    text = "".join(part.text or "" for part in cell.iter(T, f"{W}delText"))
    prepared.note("deleted" if element.tag == _CELL_DEL else "inserted", cell.getparent(), text)
    if element.tag == _CELL_DEL:
        _remove(cell)


def _open_control(element: etree._Element, _prepared: Prepared) -> None:
    """Put a content control's content in its place; a table of contents is none of the document's own text."""
    content = element.find(f"{W}sdtContent")
    gallery = element.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    if content is None or (gallery is not None and gallery.get(f"{W}val") == "Table of Contents"):
        _remove(element)
    else:
        _splice(element, content)


def _open_container(element: etree._Element, _prepared: Prepared) -> None:
    _splice(element, element)


def _set_box_apart(element: etree._Element, prepared: Prepared) -> None:
    place = _place(element)
    if place is not None and place.tag == P and _is_floating_table(element):
        for child in list(element):
            place.addprevious(child)
    else:
        prepared.boxes.setdefault(place, []).append(element)
    _remove(element)


def _is_floating_table(box: etree._Element) -> bool:
    """Return whether LibreOffice made a text box of a table that floats above the paragraph that the box is in."""
    drawing = next(box.iterancestors(*_DRAWINGS), None)
    name = None if drawing is None else drawing.find(f"{_WP}docPr")
    return name is not None and _FRAME.fullmatch(name.get("name", "")) is not None and box.find(TBL) is not None


def _keep_base(element: etree._Element, _prepared: Prepared) -> None:
    """Keep the characters that small ones stand above."""
    _splice(element, element.iterfind(f"{W}rubyBase//{T}"))


def _note_embedded(element: etree._Element, prepared: Prepared) -> None:
    prepared.note("unread" if element.tag == _CHUNK else "embedded", _place(element), "")


def _leave_mark_out(reference: etree._Element, prepared: Prepared) -> None:
    run = reference.getparent()
    prepared.note("note", _place(reference), "")
    if run is not None and reference.get(f"{W}customMarkFollows") in ("1", "true", "on"):
        for text in list(run.iter(T)):
            _remove(text)


def _place(element: etree._Element) -> etree._Element | None:
    return next(element.iterancestors(P, TR), None)


def _splice(element: etree._Element, children: Iterable[etree._Element]) -> None:
    """Put children in an element's place."""
    for child in list(children):
        element.addprevious(child)
    _remove(element)


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


_HANDLERS: dict[str, Callable[[etree._Element, Prepared], None]] = {
    **dict.fromkeys((INS, DEL, MOVE_TO, MOVE_FROM), _accept),
    **dict.fromkeys((_CELL_INS, _CELL_DEL), _accept_cell),
    **dict.fromkeys(_CONTAINERS, _open_container),
    **dict.fromkeys((f"{W}footnoteReference", f"{W}endnoteReference"), _leave_mark_out),
    **dict.fromkeys((f"{W}object", _CHUNK), _note_embedded),
    f"{W}sdt": _open_control,
    f"{W}txbxContent": _set_box_apart,
    f"{W}ruby": _keep_base,
}
