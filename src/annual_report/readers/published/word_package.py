"""The parts of a Word file: unzipped and parsed within bounds, nothing outside the file looked at."""

from __future__ import annotations

import codecs
import posixpath
import re
import struct
import zlib
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

from lxml import etree

from annual_report.messages import message
from annual_report.readers.published.formats import recognise, refusal
from annual_report.readers.published.limits import check_markup, refused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annual_report.messages import Message

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
"""How the names of strict Open XML begin."""

_TRANSITIONAL = rb"http://schemas.openxmlformats.org/\1/2006/"
"""How files otherwise begin them."""

_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_MOST_ENTRIES = 10_000
_LARGEST_PART = 24_000_000
_ZIP_ERRORS = (BadZipFile, EOFError, OSError, ValueError, struct.error, zlib.error, NotImplementedError, RuntimeError)
"""What `zipfile` raises about a damaged archive."""
_ENTRY = b"PK\x01\x02"


_DAMAGED = message("the Word file is damaged or incomplete")


class Package:
    """An opened Word file, or another of Office's zip archives.

    Parameters
    ----------
    data
        The file's bytes.
    source
        The file's name, for errors.
    damaged
        What is said of a file that is damaged.

    Raises
    ------
    UnusableInputError
        The file is no zip archive, is damaged, or has too many parts.
    """

    def __init__(self, data: bytes, source: str, damaged: Message = _DAMAGED) -> None:
        self.source = source
        self.damaged = damaged
        if data.count(_ENTRY) > _MOST_ENTRIES:
            raise self._refused(message("the file is too large for an annual report: it has too many parts"))
        try:
            self._archive = ZipFile(BytesIO(data))
        except _ZIP_ERRORS:
            words = refusal(recognise(data))
            raise (self._refused(words) if words else self._damaged()) from None
        self._names = {name.replace("\\", "/"): name for name in self._archive.namelist()}
        self._relationships: dict[str, list[tuple[str, str]]] = {}
        self.main = next(self.related("", "officeDocument"), "word/document.xml")

    def related(self, part: str, kind: str) -> Iterator[str]:
        """Find the parts that a part refers to.

        Parameters
        ----------
        part
            The part's name; empty for the file itself.
        kind
            The last word of the relationship's type, `styles`.

        Yields
        ------
        str
            The name of a part.
        """
        if part not in self._relationships:
            self._relationships[part] = list(self._related(part))
        return (target for found, target in self._relationships[part] if found == kind)

    def targets(self, part: str) -> dict[str, str]:
        """Return the names of the parts that a part refers to, by the identifiers that it refers to them with."""
        folder, name = posixpath.split(part)
        root = self.parse(posixpath.join(folder, "_rels", f"{name}.rels"))
        found = () if root is None else root.iter(_RELATIONSHIP)
        return {
            item.get("Id", ""): posixpath.normpath(posixpath.join("/", folder, item.get("Target", ""))).lstrip("/")
            for item in found
            if item.get("TargetMode") != "External"
        }

    def _related(self, part: str) -> Iterator[tuple[str, str]]:
        folder, name = posixpath.split(part)
        root = self.parse(posixpath.join(folder, "_rels", f"{name}.rels"))
        for relationship in () if root is None else root.iter(_RELATIONSHIP):
            if relationship.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, relationship.get("Target", "")))
                yield relationship.get("Type", "").rpartition("/")[2], target.lstrip("/")

    def parse(self, name: str) -> etree._Element | None:
        """Parse a part.

        Parameters
        ----------
        name
            Its name.

        Returns
        -------
        lxml.etree._Element or None
            Its root; none where the file has no such part.

        Raises
        ------
        UnusableInputError
            The part is too large, is damaged, or refers to a document type.
        """
        if name not in self._names:
            return None
        data, encoding = self._as_utf8(self._read(name))
        check_markup(data, self.source)
        if b"<!DOCTYPE" in data:
            raise self._damaged()
        data = _STRICT.sub(_TRANSITIONAL, data)
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True, encoding=encoding
        )
        try:
            root = etree.fromstring(data, parser)
        except etree.XMLSyntaxError:
            if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
                words = message("the file's elements are nested too deeply or too long")
                raise self._refused(words) from None
            raise self._damaged() from None
        if root.getroottree().docinfo.internalDTD is not None:  # the search above knows two encodings
            raise self._damaged()
        return root

    def _read(self, name: str) -> bytes:
        entry = self._archive.getinfo(self._names[name])
        if entry.file_size > _LARGEST_PART:
            raise self._refused(message("the file is too large for an annual report: it has too many elements"))
        try:
            return self._archive.read(entry)
        except _ZIP_ERRORS:
            raise self._damaged() from None

    def _as_utf8(self, data: bytes) -> tuple[bytes, str | None]:
        """Recode UTF-16, and give the encoding that then counts instead of the declared one."""
        if not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return data, None
        try:
            return data.decode("utf-16").encode(), "utf-8"
        except UnicodeDecodeError:
            raise self._damaged() from None

    def _damaged(self) -> Exception:
        return self._refused(self.damaged)

    def _refused(self, words: Message) -> Exception:
        return refused(words, self.source)
