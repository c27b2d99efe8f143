"""Common characters for the radicals, strokes and compatibility forms that PDF fonts name their glyphs by."""

from __future__ import annotations

import unicodedata

# Unicode's Equivalent_Unified_Ideograph; a character without one is its own. Kangxi radicals (U+2F00 to U+2FD5) and
# compatibility ideographs have it as their decomposition.
_RADICALS = (
    "⺀厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑彐忄心扌攵⺚旡日月歺母"
    "民氵氺灬爫爫丬牛犭王𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂肀聿肉𦥑艹艹"
    "艹虎衤覀西见角𧢲讠贝𧾷车辶辶辶邑钅長镸长门𨸏阝雨青韦页风飞食𩙿飠"
    "饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟"
)
_STROKES = "乀一丨丿丿丶𠃍乛𠃊𠃎𠄌亅𡿨𠃋乀𠃑乚乙𠄎"

_FIRST_RADICAL = 0x2E80
_FIRST_STROKE = 0x31CF
_DECOMPOSED = (
    range(0x2F00, 0x2FD6),  # Kangxi radicals
    range(0xF900, 0xFB07),  # compatibility ideographs, and Latin ligatures
    range(0x2F800, 0x2FA1E),  # compatibility ideographs
)
_VERTICAL = (range(0xFE10, 0xFE1A), range(0xFE30, 0xFE45))
_WIDE = 0xFEE0
"""From an ASCII character to its full-width form."""

COMMON = {
    **{code: form for code, form in enumerate(_RADICALS, _FIRST_RADICAL) if code != ord(form)},
    **dict(enumerate(_STROKES, _FIRST_STROKE)),
    **{code: unicodedata.normalize("NFKC", chr(code)) for codes in _DECOMPOSED for code in codes},
    **{
        code: "".join(chr(ord(c) + _WIDE) if c.isascii() else c for c in unicodedata.normalize("NFKC", chr(code)))
        for codes in _VERTICAL
        for code in codes
    },
}
"""Characters, by code, and the common characters for them, as `str.translate` takes it."""
