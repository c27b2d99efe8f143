"""The straight lines and the pictures on a page, whatever paths, rectangles or nested drawings they are made of."""

from __future__ import annotations

from ctypes import byref, c_float, c_int
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import pypdfium2.raw as pdfium

from annual_report.readers.published.pdf.geometry import Box, around

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

THIN = 4.0
"""How thick a shape may be that is taken for a line, in points."""

_MAX_DEPTH = 20
_SEGMENTS_OF_A_RECTANGLE = 5


class Matrix(NamedTuple):
    """How a drawing lies in what it is part of."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point of the drawing lies."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def box(self, box: Box) -> Box:
        """Return what holds a rectangle of the drawing."""
        corners = ((box.x0, box.y0), (box.x0, box.y1), (box.x1, box.y0), (box.x1, box.y1))
        return around(*(self.point(*corner) for corner in corners))

    def within(self, outer: Matrix) -> Matrix:
        """Return how the drawing lies in what the outer one is part of."""
        e, f = outer.point(self.e, self.f)
        return Matrix(
            outer.a * self.a + outer.c * self.b,
            outer.b * self.a + outer.d * self.b,
            outer.a * self.c + outer.c * self.d,
            outer.b * self.c + outer.d * self.d,
            e,
            f,
        )


class Drawing(NamedTuple):
    """A picture, or a thin shape, in the page's own coordinates."""

    box: Box
    is_picture: bool


def read_drawings(
    get: Callable[[int], Any],
    count: int,
    charge: Callable[[int], None],
    outer: Matrix | None = None,
    depth: int = 0,
) -> Iterator[Drawing]:
    """Iterate over the pictures and thin shapes on a page or in a nested drawing.

    Parameters
    ----------
    get
        Gives the page's or the drawing's object at an index.
    count
        How many objects it has.
    charge
        Is told how many objects are about to be looked at, and raises an error when it has been too many.
    outer
        How the drawing lies on the page; none for the page itself.
    depth
        How deep the drawing is nested.

    Yields
    ------
    Drawing
        Each of them.
    """
    charge(count)
    for index in range(count):
        drawn = get(index)
        kind = pdfium.FPDFPageObj_GetType(drawn)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            for box in _thin_shapes(drawn, charge):
                yield Drawing(outer.box(box) if outer else box, is_picture=False)
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            box = _bounds(drawn)
            yield Drawing(outer.box(box) if outer else box, is_picture=True)
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _MAX_DEPTH:
            matrix = _matrix(drawn).within(outer) if outer else _matrix(drawn)
            inner = partial(pdfium.FPDFFormObj_GetObject, drawn)
            yield from read_drawings(inner, pdfium.FPDFFormObj_CountObjects(drawn), charge, matrix, depth + 1)


def is_thin(box: Box) -> bool:
    """Return whether a shape is a line, or a dot of one."""
    return box.width <= THIN or box.height <= THIN


def _thin_shapes(path: Any, charge: Callable[[int], None]) -> Iterator[Box]:
    """Yield a painted path's straight lines and thin rectangles."""
    fill, stroke = c_int(), c_int()
    pdfium.FPDFPath_GetDrawMode(path, byref(fill), byref(stroke))
    if not (fill.value or stroke.value):
        return
    box = _bounds(path)
    if is_thin(box):
        yield box
        return
    count = pdfium.FPDFPath_CountSegments(path)
    if not stroke.value and count <= _SEGMENTS_OF_A_RECTANGLE:
        return
    charge(count)
    for points in _outlines(path, count):
        if stroke.value:
            yield from filter(is_thin, (around(*ends) for ends in pairwise(points)))
        else:
            yield from filter(is_thin, [around(*points)])


def _outlines(path: Any, count: int) -> Iterator[list[tuple[float, float]]]:
    """Yield the corners of a path's parts; a curve ends a part, for it is no line."""
    matrix, x, y = _matrix(path), c_float(), c_float()
    points: list[tuple[float, float]] = []
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        pdfium.FPDFPathSegment_GetPoint(segment, byref(x), byref(y))
        point = matrix.point(x.value, y.value)
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_LINETO:
            points.append(point)
        else:
            if points:
                yield points
            points = [point]
        if pdfium.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if points:
        yield points


def _bounds(drawn: Any) -> Box:
    left, bottom, right, top = c_float(), c_float(), c_float(), c_float()
    pdfium.FPDFPageObj_GetBounds(drawn, byref(left), byref(bottom), byref(right), byref(top))
    return Box(left.value, bottom.value, right.value, top.value)


def _matrix(drawn: Any) -> Matrix:
    found = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(drawn, byref(found))
    return Matrix(found.a, found.b, found.c, found.d, found.e, found.f)
