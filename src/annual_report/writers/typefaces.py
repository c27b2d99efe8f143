"""The typefaces that styles name: what else they are called, what stands in for them, and what Word is told of them."""

from __future__ import annotations

from dataclasses import dataclass
from xml.sax.saxutils import escape


@dataclass(frozen=True, slots=True)
class Typeface:
    """What is known of a typeface.

    Parameters
    ----------
    alternatives
        Its other names, and typefaces that few readers can tell from it, best first.
    stand_ins
        What machines outside government have instead, best first.
    family
        `roman` (with serifs), `swiss` (without), `modern` (of one width), `script` or `auto`, as Word classifies it.
    panose
        Its PANOSE classification, ten bytes in hexadecimal.
    charset
        The character set it is made for, as Word has it: 86 for Simplified Chinese, 00 for Latin, 01 for unknown.
    half_width_digits
        Whether its digits are half as wide as its size.
    """

    alternatives: tuple[str, ...] = ()
    stand_ins: tuple[str, ...] = ()
    family: str = "auto"
    panose: str = "00000000000000000000"
    charset: str = "01"
    half_width_digits: bool = False


_SONG = ("Noto Serif CJK SC", "Source Han Serif SC", "AR PL SungtiL GB")
_HEI = ("Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Zen Hei")
_FANGSONG = ("cwTeXFangSong", "SimSun", *_SONG)
_KAI = ("AR PL KaitiM GB", "AR PL UKai CN", "SimSun", *_SONG)
_SQUARE = "02010609060101010101"

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
    """Give what is known of a typeface; of an unknown one, what stands in for it."""
    return _TYPEFACES.get(name, _UNKNOWN)


def with_stand_ins(name: str) -> tuple[str, ...]:
    """Give a typeface's name and those to be tried in its place, best first.

    Parameters
    ----------
    name
        The typeface that a style names.

    Returns
    -------
    tuple[str, ...]
        The typeface's own name first.
    """
    known = typeface(name)
    return (name, *known.alternatives, *known.stand_ins)


def fontconfig() -> str:
    """Give a fontconfig file: the system's own, and a rule for each typeface that has stand-ins.

    Returns
    -------
    str
        The XML of a `fonts.conf`, for a program that is started with `FONTCONFIG_FILE`.
    """
    rules = "".join(
        f'<alias binding="same"><family>{escape(name)}</family><prefer>'
        f"{''.join(f'<family>{escape(other)}</family>' for other in with_stand_ins(name))}</prefer></alias>"
        for name, known in _TYPEFACES.items()
        if known.stand_ins
    )
    return (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f'<include ignore_missing="yes">/etc/fonts/fonts.conf</include>{rules}</fontconfig>'
    )
