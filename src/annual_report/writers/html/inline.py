"""A fragment with its style in attributes, for editors of content management systems, which remove style sheets."""

from __future__ import annotations

import re
from functools import cache

from annual_report.errors import missing_extra
from annual_report.messages import message
from annual_report.writers.html.sheets import resource

_ROOT_SIZE = 16
"""The pixels of a `rem`, which would otherwise depend on the site."""

_REM = re.compile(r"(\d*\.?\d+)rem\b")
_EVERYTHING = ".annual-report *{box-sizing:border-box}\n"
_LANDMARK = re.compile(r"<(/?)(?:article|header|section)\b")
_MARK = re.compile(r'(<mark [^>]*data-notes="([\d ]+)">)(.*?)</mark>', re.DOTALL)


def inlined(article: str) -> str:
    """Put the style of a report's elements into their attributes.

    Parameters
    ----------
    article
        The report's elements.

    Returns
    -------
    str
        The elements as they look on a light screen, with `div` in place of elements that old editors do not know, and
        with the numbers of marks as text.

    Raises
    ------
    MissingExtraError
        The package css-inline is not installed.
    """
    try:
        from css_inline import CSSInliner
    except ModuleNotFoundError:
        raise missing_extra(message("styles in attributes"), "css-inline") from None
    numbered = _MARK.sub(r'\1\3<sup class="ar-number"> [\2]</sup></mark>', article)
    region = numbered.replace('<section class="ar-review"', '<section class="ar-review" role="region"')
    plain = _LANDMARK.sub(r"<\1div", region)
    return CSSInliner(resolve_css_variables=True, minify_css=True).inline_fragment(plain, _sheet())


@cache
def _sheet() -> str:
    """Return the style sheet with sizes in pixels; the inliner ignores what depends on the medium."""
    sheet = resource("inline.css") + resource("content.css").replace(_EVERYTHING, "")
    return _REM.sub(lambda size: f"{float(size[1]) * _ROOT_SIZE:g}px", sheet)
