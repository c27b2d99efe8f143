"""Style sheets: one for the screen, shared by all styles, and one for paper, set by the style."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from annual_report.style import STYLES_KEPT
from annual_report.writers.typefaces import typeface, with_stand_ins

if TYPE_CHECKING:
    from annual_report.style import Font, Style

_LATIN = "annual-report-latin"
_UNSAFE = re.compile(r"[^\w .,-]", re.ASCII)
_SELECTORS = {
    "title": ".ar-title",
    "heading_1": ".ar-level-1",
    "heading_2": ".ar-level-2",
    "heading_3": ".ar-level-3",
    "heading_4": ".ar-level-4",
    "table": ".ar-table",
    "item_table": ".ar-banded",
}


# JupyterLab and pages made of notebooks; VS Code; Colab; documentation made by Sphinx.
_DARK_NOTEBOOKS = (
    '[data-jp-theme-light="false"],.vscode-dark,.vscode-high-contrast:not(.vscode-high-contrast-light),'
    '[theme="dark"],[data-theme="dark"]'
)


@lru_cache(maxsize=STYLES_KEPT)
def content_sheet(style: Style) -> str:
    """Return the rules for a report's own elements, on screen and on paper.

    Parameters
    ----------
    style
        The look on paper.

    Returns
    -------
    str
        CSS that touches nothing outside the report.
    """
    return _content(style, f"@media screen and (prefers-color-scheme:dark){{{resource('dark.css')}}}")


@lru_cache(maxsize=STYLES_KEPT)
def notebook_sheet(style: Style) -> str:
    """Return the same rules for a report in a notebook, whose theme decides whether it is dark."""
    dark = resource("dark.css").replace(".annual-report", f":is({_DARK_NOTEBOOKS}) .annual-report")
    return _content(style, f"@media screen{{{dark}}}")


def _content(style: Style, dark: str) -> str:
    return "\n".join((resource("content.css"), dark, _faces(style), f"@media print{{{_print(style)}}}"))


@lru_cache(maxsize=STYLES_KEPT)
def page_sheet(style: Style) -> str:
    """Return the rules for a page that holds only a report: its background on screen, and the paper."""
    return f"{resource('page.css')}\n{_paper(style)}"


def resource(name: str) -> str:
    """Return one of the style sheets of this folder."""
    return files("annual_report.writers.html").joinpath(name).read_text(encoding="utf-8")


def _string(text: str) -> str:
    """Return text as a CSS string, with everything escaped that could end it."""
    return '"' + _UNSAFE.sub(lambda found: f"\\{ord(found[0]):x} ", text) + '"'


def _family(style: Style, font: Font) -> str:
    names = list(with_stand_ins(font.east_asian))
    if style.latin_apart:
        names.insert(0, f"{_LATIN}-{style.latin_of(font)}")
    return ",".join([*map(_string, names), "serif"])


def _faces(style: Style) -> str:
    """Restrict Latin typefaces to letters and digits, since Chinese quotation marks and dashes would use them too."""
    if not style.latin_apart:
        return ""
    roles = (getattr(style.fonts, role) for role in type(style.fonts).model_fields)
    names = dict.fromkeys(style.latin_of(font) for font in roles)
    return "".join(
        f"@font-face{{font-family:{_string(f'{_LATIN}-{name}')};unicode-range:U+20-7E;src:"
        f"{','.join(f'local({_string(other)})' for other in (name, *typeface(name).alternatives))}}}"
        for name in names
    )


def _font(style: Style, font: Font) -> str:
    weight = "bold" if font.bold else "normal"
    return f"font-family:{_family(style, font)};font-size:{font.size:g}pt;font-weight:{weight}"


def _print(style: Style) -> str:
    body = (
        f".annual-report{{{_font(style, style.fonts.body)};line-height:{style.line_pitch:.3f}pt;"
        f"letter-spacing:{style.character_spacing - 0.005:.3f}pt}}"
    )
    roles = "".join(
        f".annual-report {selector}{{{_font(style, getattr(style.fonts, role))}}}"
        for role, selector in _SELECTORS.items()
    )
    band = f".annual-report .ar-band{{background:#{style.band_shading}}}" if style.band_shading else ""
    return body + roles + band


def _paper(style: Style) -> str:
    width, height = style.paper
    margins = style.margins
    number = style.page_number
    before, _, after = number.form.partition("{page}")
    font = style.fonts.page_number
    box = (
        f"content:{_string(before)} counter(page) {_string(after)};{_font(style, font)};vertical-align:top;"
        f"padding-top:{number.below:g}mm"
    )
    if number.position == "centre":
        pages = f"@page{{@bottom-center{{{box}}}}}"
    else:
        pages = (
            f"@page :right{{@bottom-right{{{box};padding-right:{font.size:g}pt}}}}"
            f"@page :left{{@bottom-left{{{box};padding-left:{font.size:g}pt}}}}"
        )
    return (
        f"@page{{size:{width:g}mm {height:g}mm;margin:{margins.top:g}mm {margins.right:g}mm "
        f"{margins.bottom:g}mm {margins.left:g}mm}}{pages}"
    )
