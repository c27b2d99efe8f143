"""Faces that stand in for those that few machines outside government have, as fontconfig's rules."""

from __future__ import annotations

from xml.sax.saxutils import escape

_SERIF = ("SimSun", "Noto Serif CJK SC", "Source Han Serif SC", "AR PL SungtiL GB")
_SUBSTITUTES = {
    "方正小标宋简体": ("方正小标宋_GBK", *_SERIF),
    "仿宋_GB2312": ("仿宋", "FangSong", "STFangsong", "cwTeXFangSong", *_SERIF),
    "仿宋": ("仿宋_GB2312", "FangSong", "STFangsong", "cwTeXFangSong", *_SERIF),
    "楷体_GB2312": ("楷体", "KaiTi", "STKaiti", "AR PL KaitiM GB", "AR PL UKai CN", *_SERIF),
    "楷体": ("楷体_GB2312", "KaiTi", "STKaiti", "AR PL KaitiM GB", "AR PL UKai CN", *_SERIF),
    "黑体": ("SimHei", "STHeiti", "Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Zen Hei"),
    "宋体": _SERIF,
}


def faces(name: str) -> tuple[str, ...]:
    """Give a face and those that stand in for it, best first.

    Parameters
    ----------
    name
        The face that a style names.

    Returns
    -------
    tuple[str, ...]
        The face's own name first.
    """
    return (name, *_SUBSTITUTES.get(name, _SERIF))


def fontconfig() -> str:
    """Give a fontconfig file: the system's own, and a rule for each face that has substitutes.

    Returns
    -------
    str
        The XML of a `fonts.conf`, for a program that is started with `FONTCONFIG_FILE`.
    """
    rules = "".join(
        f'<alias binding="same"><family>{escape(name)}</family><prefer>'
        f"{''.join(f'<family>{escape(other)}</family>' for other in (name, *others))}</prefer></alias>"
        for name, others in _SUBSTITUTES.items()
    )
    return (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f'<include ignore_missing="yes">/etc/fonts/fonts.conf</include>{rules}</fontconfig>'
    )
