"""The fonts that a style names, with what a machine without them is to take instead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

if TYPE_CHECKING:
    from annual_report.style import Style


@dataclass(frozen=True, slots=True)
class Face:
    """What the font table says of a face.

    Parameters
    ----------
    alternatives
        Its other names, and the names of faces much like it.
    family
        `roman` (with serifs), `swiss` (without), `modern` (of one width), `script` or `auto`.
    panose
        Its classification, ten bytes in hexadecimal.
    charset
        The character set it is made for: 86 for Chinese, 00 for Latin.
    """

    alternatives: tuple[str, ...]
    family: str
    panose: str
    charset: str = "86"


_SONG = "02010600030101010101"
_FANGSONG = "02010609060101010101"
_FACES = {
    "方正小标宋简体": Face(
        ("FZXiaoBiaoSong-B05S", "方正小标宋_GBK", "宋体", "SimSun"), "roman", "03000509000000000000"
    ),
    "仿宋_GB2312": Face(("FangSong_GB2312", "仿宋", "FangSong", "STFangsong"), "modern", _FANGSONG),
    "仿宋": Face(("FangSong", "仿宋_GB2312", "STFangsong"), "modern", _FANGSONG),
    "楷体_GB2312": Face(("KaiTi_GB2312", "楷体", "KaiTi", "STKaiti"), "modern", _FANGSONG),
    "楷体": Face(("KaiTi", "楷体_GB2312", "STKaiti"), "modern", _FANGSONG),
    "黑体": Face(("SimHei", "STHeiti", "微软雅黑"), "swiss", _FANGSONG),
    "宋体": Face(("SimSun", "NSimSun", "STSong"), "roman", _SONG),
    "Times New Roman": Face(("Liberation Serif", "Tinos"), "roman", "02020603050405020304", "00"),
}
_UNKNOWN = Face((), "auto", "00000000000000000000", "01")


def font_table(style: Style) -> str:
    """Give the fonts' part.

    Parameters
    ----------
    style
        The style; every face that it names is listed, each once.

    Returns
    -------
    str
        The XML of `word/fontTable.xml`.
    """
    roles = [getattr(style.fonts, role) for role in type(style.fonts).model_fields]
    names = dict.fromkeys(name for font in roles for name in (font.east_asian, style.latin_of(font)))
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f"{''.join(map(_font, names))}</w:fonts>"
    )


def _font(name: str) -> str:
    face = _FACES.get(name, _UNKNOWN)
    alternative = f"<w:altName w:val={quoteattr(','.join(face.alternatives))}/>" if face.alternatives else ""
    pitch = "fixed" if face.family == "modern" else "variable"
    return (
        f'<w:font w:name={quoteattr(name)}>{alternative}<w:panose1 w:val="{face.panose}"/>'
        f'<w:charset w:val="{face.charset}"/><w:family w:val="{face.family}"/><w:pitch w:val="{pitch}"/></w:font>'
    )
