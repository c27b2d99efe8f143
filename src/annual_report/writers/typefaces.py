"""Facts about the typefaces that styles name: other names, substitutes, and their classification in Word."""

from __future__ import annotations

from dataclasses import dataclass
from xml.sax.saxutils import escape


@dataclass(frozen=True, slots=True)
class Typeface:
    """Facts about a typeface.

    Parameters
    ----------
    alternatives
        Its other names, and typefaces that look nearly the same, best first.
    stand_ins
        Substitutes for computers without it, best first.
    family
        `roman` (with serifs), `swiss` (without), `modern` (monospaced), `script` or `auto`, as Word classifies it.
    panose
        Its PANOSE classification, ten bytes in hexadecimal.
    charset
        Its character set in Word's notation: 86 for Simplified Chinese, 00 for Latin, 01 for unknown.
    half_width_digits
        Whether its digits are half an em wide.
    """

    alternatives: tuple[str, ...] = ()
    stand_ins: tuple[str, ...] = ()
    family: str = "auto"
    panose: str = "00000000000000000000"
    charset: str = "01"
    half_width_digits: bool = False


# Substitutes have every character of GB 2312: one that looks closer but lacks some would mix typefaces within words.
_SONG = ("Noto Serif CJK SC", "Source Han Serif SC", "AR PL SungtiL GB")
_HEI = ("Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Zen Hei")
_FANGSONG = ("FandolFang R", "SimSun", *_SONG)
_KAI = ("AR PL KaitiM GB", "AR PL UKai CN", "SimSun", *_SONG)
_SQUARE = "02010609060101010101"

_TEX_FOLDERS = (
    "/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol",
    "/usr/share/texmf-dist/fonts/opentype/public/fandol",
)
"""Where distributions of TeX keep substitutes that only TeX finds."""

_TYPEFACES = {
    "方正小标宋简体": Typeface(
        ("FZXiaoBiaoSong-B05S", "方正小标宋_GBK", "宋体", "SimSun"), _SONG, "roman", "03000509000000000000", "86"
    ),
    "仿宋_GB2312": Typeface(
        ("FangSong_GB2312", "仿宋", "FangSong", "STFangsong"),
        _FANGSONG,
        "modern",
        _SQUARE,
        "86",
        half_width_digits=True,
    ),
    "仿宋": Typeface(
        ("FangSong", "仿宋_GB2312", "STFangsong"), _FANGSONG, "modern", _SQUARE, "86", half_width_digits=True
    ),
    "楷体_GB2312": Typeface(
        ("KaiTi_GB2312", "楷体", "KaiTi", "STKaiti"), _KAI, "modern", _SQUARE, "86", half_width_digits=True
    ),
    "楷体": Typeface(("KaiTi", "楷体_GB2312", "STKaiti"), _KAI, "modern", _SQUARE, "86"),
    "黑体": Typeface(("SimHei", "STHeiti", "微软雅黑"), _HEI, "swiss", _SQUARE, "86", half_width_digits=True),
    "宋体": Typeface(
        ("SimSun", "NSimSun", "STSong"), _SONG, "roman", "02010600030101010101", "86", half_width_digits=True
    ),
    "Times New Roman": Typeface(
        ("Liberation Serif", "Tinos"), (), "roman", "02020603050405020304", "00", half_width_digits=True
    ),
}
_UNKNOWN = Typeface(stand_ins=("SimSun", *_SONG))


def typeface(name: str) -> Typeface:
    """Return the facts about a typeface; an unknown one has only substitutes."""
    return _TYPEFACES.get(name, _UNKNOWN)


def with_stand_ins(name: str) -> tuple[str, ...]:
    """Return a typeface's name, followed by its substitutes, best first.

    Parameters
    ----------
    name
        The typeface that a style names.

    Returns
    -------
    tuple[str, ...]
        The names to try in order.
    """
    known = typeface(name)
    return (name, *known.alternatives, *known.stand_ins)


def fontconfig() -> str:
    """Return a fontconfig file that adds substitutes for the known typefaces to the system's configuration.

    Returns
    -------
    str
        The XML of a `fonts.conf`, for programs started with `FONTCONFIG_FILE`.
    """
    rules = "".join(
        f'<alias binding="same"><family>{escape(name)}</family><prefer>'
        f"{''.join(f'<family>{escape(other)}</family>' for other in with_stand_ins(name))}</prefer></alias>"
        for name, known in _TYPEFACES.items()
        if known.stand_ins
    )
    folders = "".join(f"<dir>{folder}</dir>" for folder in _TEX_FOLDERS)
    return (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f'<include ignore_missing="yes">/etc/fonts/fonts.conf</include>{folders}{rules}</fontconfig>'
    )
