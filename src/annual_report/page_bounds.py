"""The bounds of a style's settings that follow from one another: what fits its page, and what does not."""

from __future__ import annotations

from math import floor
from typing import TYPE_CHECKING, Any

from pydantic_core import InitErrorDetails, PydanticCustomError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annual_report.style import Style

POINTS_PER_MM = 72 / 25.4

_LEAST_AREA = 90.0
"""The least width and height of the type area, in millimetres: section four's columns with the smallest type."""
_SMALLEST = 4
"""The smallest type, in points."""
_CONDENSED = 0.85
"""The least distance between characters of body text, in type sizes."""
_FEWEST = 10
"""The fewest lines on a page and characters in a line."""
_SECTION_THREE = 22.5, 10
"""The width of section three's table in characters, with one for each column of numbers; and its columns."""
_SECTION_FOUR = 15, 15
_BAND = 8
"""The height of section two's tallest band in lines, with headings of two characters a line."""
_ROWS = 16
"""The height of section three's head and tallest row in lines, with headings of one character a line."""
_LINE = 1.25
"""The height of the page number's line, in type sizes."""


def beyond_page(style: Style) -> Iterator[InitErrorDetails]:
    """Find the settings that no page of the style's paper can hold.

    Parameters
    ----------
    style
        The style, each of whose settings is valid by itself.

    Yields
    ------
    pydantic_core.InitErrorDetails
        An error for each such setting, with its bounds.
    """
    yield from _without_type_area(style) or (*_crowded(style), *_too_large(style), *_off_the_page(style))


_TEXTS = {
    "beyond_page": "should be from {least} to {most}",
    "small_paper": "should be at least {least} mm wide and high",
    "wide_margins": "left and right together should not be more than {most} mm",
    "high_margins": "top and bottom together should not be more than {most} mm",
    "wide_page_number": "should be at most {most} Chinese characters wide",
}


def _refused(kind: str, place: tuple[str, ...], given: Any, **bounds: str) -> InitErrorDetails:
    return InitErrorDetails(type=PydanticCustomError(kind, _TEXTS[kind], bounds), loc=place, input=given)


def _bounded(
    place: tuple[str, ...], given: float, least: float, most: float, step: float = 1
) -> list[InitErrorDetails]:
    """Refuse a number above a bound, which is rounded down to a step."""
    if given <= most:
        return []
    most = max(least, round(floor(most / step) * step, 1))
    return [_refused("beyond_page", place, given, least=f"{least:g}", most=f"{most:g}")]


def _type(style: Style, role: str, most: float) -> list[InitErrorDetails]:
    """Refuse type above a size."""
    return _bounded(("fonts", role, "size"), getattr(style.fonts, role).size, _SMALLEST, most, 0.5)


def _without_type_area(style: Style) -> list[InitErrorDetails]:
    wrong = []
    margins = style.margins
    if min(style.paper) < _LEAST_AREA:
        wrong.append(_refused("small_paper", ("paper",), style.paper, least=f"{_LEAST_AREA:g}"))
    for kind, side, both in (
        ("wide_margins", style.paper[0], margins.left + margins.right),
        ("high_margins", style.paper[1], margins.top + margins.bottom),
    ):
        if side >= _LEAST_AREA and both > side - _LEAST_AREA:
            wrong.append(_refused(kind, ("margins",), both, most=f"{side - _LEAST_AREA:g}"))
    return wrong


def _crowded(style: Style) -> Iterator[InitErrorDetails]:
    """Yield lines and characters that would overlap; the type is too large if it was set and they were not."""
    given = style.model_fields_set
    sizes = {role: getattr(style.fonts, role).size for role in _BODY_ROLES}
    most = dict.fromkeys(_BODY_ROLES, float("inf"))
    lines = style.text_height / max(sizes.values())
    if lines >= _FEWEST and ("lines" in given or "fonts" not in given):
        yield from _bounded(("lines",), style.lines, _FEWEST, lines)
    else:
        most = dict.fromkeys(_BODY_ROLES, style.line_pitch)
    characters = style.text_width / (sizes["body"] * _CONDENSED)
    if characters >= _FEWEST and ("characters" in given or "fonts" not in given):
        yield from _bounded(("characters",), style.characters, _FEWEST, characters)
    else:
        most["body"] = min(most["body"], style.text_width / style.characters / _CONDENSED)
    for role, size in most.items():
        yield from _type(style, role, size)


_BODY_ROLES = ("body", "heading_1", "heading_2", "heading_3", "heading_4")


def _too_large(style: Style) -> Iterator[InitErrorDetails]:
    """Yield type that its tables, or a line of the title, have no room for."""
    tables, width = style.tables, style.text_width
    height = style.text_height - style.line_pitch
    around = 2 * tables.padding + 1
    most = [(width - columns * around) / characters for characters, columns in (_SECTION_THREE, _SECTION_FOUR)]
    most.append(height / (_ROWS * tables.leading))
    yield from _type(style, "table", min(most))
    section_two = (width * tables.label_share, 4), (width * (1 - tables.label_share) / 3, 2)
    padding = min(column - characters * _SMALLEST for column, characters in section_two) / 2
    yield from _bounded(("tables", "item_padding"), tables.item_padding, 0, padding, 0.1)
    most = [(column - 2 * tables.item_padding) / characters for column, characters in section_two]
    most.append(height / (_BAND * tables.leading))
    yield from _type(style, "item_table", min(most))
    yield from _type(style, "title", width / 6)


def _off_the_page(style: Style) -> Iterator[InitErrorDetails]:
    """Yield a title's space and a page number that lie outside their page."""
    title = 4 * style.fonts.title.size * _LINE
    yield from _bounded(("title_space",), style.title_space, 0, (style.text_height - title) / 2 / style.line_pitch, 0.5)
    number, size = style.page_number, style.fonts.page_number.size
    lowest = style.margins.bottom - size * _LINE / 2 / POINTS_PER_MM
    yield from _bounded(("page_number", "below"), number.below, 0, lowest, 0.1)
    widest = floor(style.text_width / size - 1)
    form = number.form.replace("{page}", "999")
    if sum(0.5 if character.isascii() else 1 for character in form) > widest:
        yield _refused("wide_page_number", ("page_number", "form"), number.form, most=f"{widest}")
