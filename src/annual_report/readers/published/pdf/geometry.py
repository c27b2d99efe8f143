"""Points and rectangles on a page, in points; `y` grows upwards as PDF has it, or downwards as text is read."""

from __future__ import annotations

from typing import NamedTuple


class Box(NamedTuple):
    """A rectangle."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        """How wide it is."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """How high it is."""
        return self.y1 - self.y0

    def holds(self, x: float, y: float) -> bool:
        """Return whether a point is in it."""
        return self.x0 <= x <= self.x1 and self.y0 <= y <= self.y1

    def within(self, other: Box) -> Box:
        """Return the part of it that is in another; its width or height is negative where there is none."""
        return Box(max(self.x0, other.x0), max(self.y0, other.y0), min(self.x1, other.x1), min(self.y1, other.y1))

    def turned(self, turn: int) -> Box:
        """Return it as it lies for who reads in a direction."""
        if not turn:
            return Box(self.x0, -self.y1, self.x1, -self.y0)
        return around(turned(self.x0, self.y0, turn), turned(self.x1, self.y1, turn))


class Rule(NamedTuple):
    """A straight line: its place across its direction, and where it begins and ends."""

    at: float
    start: float
    end: float


def around(*points: tuple[float, float]) -> Box:
    """Return the smallest rectangle that holds all points."""
    xs, ys = zip(*points, strict=True)
    return Box(min(xs), min(ys), max(xs), max(ys))


def turned(x: float, y: float, turn: int) -> tuple[float, float]:
    """Turn a point so that text in a direction reads to the right, and `y` from upwards to downwards.

    Parameters
    ----------
    x, y
        The point.
    turn
        The direction of the text: 0 to the right, 1 up, 2 to the left, 3 down.

    Returns
    -------
    tuple[float, float]
        The point for who reads that text.

    Examples
    --------
    >>> turned(1, 2, 0)
    (1, -2)
    >>> turned(1, 2, 1)
    (2, 1)
    """
    return ((x, -y), (y, x), (-x, y), (-y, -x))[turn]
