"""Zip archives of which the same parts give the same bytes; `zipfile` would read one again to add a part to it."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

try:
    from isal import isal_zlib as quick_zlib

    QUICK = 1
except ImportError:
    import zlib as quick_zlib  # type: ignore[no-redef]

    QUICK = 3

if TYPE_CHECKING:
    from collections.abc import Callable

_VERSION, _DEFLATED, _JANUARY_1980 = 20, 8, 0x21
_SMALL = 2000
"""Up to how many bytes preparing to compress takes longer than they are worth."""
_FILE = 0o600 << 16
"""A file that its owner may read and write, as `zipfile` marks it."""


def smallest(content: bytes) -> bytes:
    """Deflate what is compressed once and kept."""
    return zlib.compress(content, 9, -zlib.MAX_WBITS)


def quick(content: bytes) -> bytes:
    """Deflate what is new in every document: level 1 of isal takes a quarter of the time of zlib's level 3."""
    return quick_zlib.compress(content, QUICK if len(content) > _SMALL else 0, -zlib.MAX_WBITS)


@dataclass(frozen=True, slots=True)
class Archive:
    """A zip archive of deflated parts, all dated 1 January 1980.

    Parameters
    ----------
    parts
        The parts with their headers.
    directory
        The records of the central directory.
    count
        How many parts there are.
    """

    parts: bytes = b""
    directory: bytes = b""
    count: int = 0

    def adding(self, name: str, content: bytes, deflate: Callable[[bytes], bytes]) -> Archive:
        """Return the archive with one more part.

        Parameters
        ----------
        name
            Its name, in ASCII.
        content
            Its content.
        deflate
            What compresses it: `smallest` or `quick`.
        """
        data = deflate(content)
        sizes = quick_zlib.crc32(content), len(data), len(content), len(name), 0
        known = struct.pack("<5H3L2H", _VERSION, 0, _DEFLATED, 0, _JANUARY_1980, *sizes)
        place = struct.pack("<3H2L", 0, 0, 0, _FILE, len(self.parts))
        return Archive(
            b"".join((self.parts, b"PK\x03\x04", known, name.encode("ascii"), data)),
            b"".join((self.directory, b"PK\x01\x02", struct.pack("<H", _VERSION), known, place, name.encode("ascii"))),
            self.count + 1,
        )

    def __bytes__(self) -> bytes:
        """Return the file."""
        places = len(self.directory), len(self.parts)
        end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, self.count, self.count, *places, 0)
        return self.parts + self.directory + end
