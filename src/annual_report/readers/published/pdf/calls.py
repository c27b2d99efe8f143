"""The functions of PDFium that are called for every character, with addresses as plain numbers.

The types that the bindings declare for pointers make each call cost more than what PDFium does in it.
"""

from __future__ import annotations

from ctypes import addressof, c_double, c_int, c_size_t, c_uint, c_void_p, cast
from typing import Any

import pypdfium2.raw as pdfium


def _plain(function: Any, result: Any, *arguments: Any) -> Any:
    """Return a function of the library once more, with types of its own."""
    same = type(function)(cast(function, c_void_p).value)
    same.restype, same.argtypes = result, arguments
    return same


def address(thing: Any) -> int:
    """Return the address of what a handle of PDFium points to."""
    return addressof(thing.contents)


unicode = _plain(pdfium.FPDFText_GetUnicode, c_uint, c_void_p, c_int)
is_added = _plain(pdfium.FPDFText_IsGenerated, c_int, c_void_p, c_int)
has_no_unicode = _plain(pdfium.FPDFText_HasUnicodeMapError, c_int, c_void_p, c_int)
origin = _plain(pdfium.FPDFText_GetCharOrigin, c_int, c_void_p, c_int, c_void_p, c_void_p)
box = _plain(pdfium.FPDFText_GetLooseCharBox, c_int, c_void_p, c_int, c_void_p)
matrix = _plain(pdfium.FPDFText_GetMatrix, c_int, c_void_p, c_int, c_void_p)
size = _plain(pdfium.FPDFText_GetFontSize, c_double, c_void_p, c_int)
text_object = _plain(pdfium.FPDFText_GetTextObject, c_void_p, c_void_p, c_int)
font = _plain(pdfium.FPDFTextObj_GetFont, c_void_p, c_void_p)
render_mode = _plain(pdfium.FPDFTextObj_GetTextRenderMode, c_int, c_void_p)
font_name = _plain(pdfium.FPDFFont_GetBaseFontName, c_size_t, c_void_p, c_void_p, c_size_t)
