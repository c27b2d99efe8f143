"""The style attributes of a page: what they do to its text, and the page without those that do nothing to it."""

from __future__ import annotations

import re
from functools import lru_cache

from annual_report.readers.published.css import hides, hides_but, is_white, removes, strikes
from annual_report.readers.published.html_flow import PLAIN_LOOK, look_of

SETS_APART = re.compile(r"display\s*:\s*(?:block|flex|grid|table|list-item)|float\s*:\s*(?:left|right)", re.IGNORECASE)
OVERRIDES = re.compile(r"unicode-bidi\s*:[^;]*override", re.IGNORECASE)

_STYLED = re.compile(rb'(<[A-Za-z][\w:]*+(?: [\w:-]++="[^"]*+")*?) style="([^"]*+)"(?=[ />])')
"""A tag up to its style, and the style."""
_ANY_STYLE = re.compile(rb"style(?:\s*=|(?<=<style))")
"""A style attribute or a style sheet in small letters, however it is written."""
_AS_WRITTEN = (b"xmp", b"plaintext")
"""Elements in which tags are text."""
_MOST = 500
"""How many different styles are looked at; a page that people made has a few dozen."""
_LONGEST = 700_000
"""How many bytes of a page are looked at; in a longer one its reader counts the attributes."""


@lru_cache(maxsize=4096)
def moves(style: str) -> bool:
    """Return whether a style sets text on a line of its own, overrides its direction, or makes it white."""
    return SETS_APART.search(style) is not None or OVERRIDES.search(style) is not None or is_white(style)


@lru_cache(maxsize=4096)
def may_hide(style: str) -> bool:
    """Return whether a style hides text, or strikes it through."""
    return removes(style) or hides(style) or bool(hides_but(style)) or strikes(style)


def without_needless_styles(markup: bytes) -> bytes:
    """Leave out the style attributes that change nothing of what is read: parsing them takes half of a page's time.

    The empty elements that Word sets at the end of each paragraph are left out with them.

    Parameters
    ----------
    markup
        A page in UTF-8.

    Returns
    -------
    bytes
        The page without them. It is unchanged where a style hides text or the page has a style sheet, since any style
        may then show the text again, and where not each style attribute is surely one, as it might be in a script.

    Examples
    --------
    >>> without_needless_styles(b'<body><p style="color: red">1<b style="font-weight: normal">2</b></p></body>')
    b'<body><p>1<b style="font-weight: normal">2</b></p></body>'
    """
    start = markup.find(b"<body")
    pieces = _STYLED.split(markup[start:]) if start >= 0 and len(markup) <= _LONGEST else []
    styles = pieces[2::3]
    different = set(styles)
    kept = {style: _kept(style) for style in different} if len(different) <= _MOST else {}
    if not kept or None in kept.values():
        return markup
    left = [kept[style] or b"" for style in styles] if any(kept.values()) else []
    if left:
        pieces[2::3] = left
    else:
        del pieces[2::3]
    shorter = markup[:start] + b"".join(pieces)
    small = shorter.lower()
    if len(_ANY_STYLE.findall(small)) > len(left) - left.count(b"") or any(name in small for name in _AS_WRITTEN):
        return markup
    return shorter.replace(b"<o:p></o:p></span>", b"</span>").replace(b"<span></span></p>", b"</p>")


@lru_cache(maxsize=4096)
def _kept(style: bytes) -> bytes | None:
    """Return a style attribute as it is kept, empty if it changes nothing; None if the page needs all its styles."""
    text = style.decode(errors="surrogateescape").replace("&quot;", '"')
    if not text.isprintable() or any(sign in text for sign in "&<>") or may_hide(text):
        return None
    return b' style="%b"' % style if moves(text) or look_of(text) != PLAIN_LOOK else b""
