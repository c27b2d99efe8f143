"""Seeded mutations of bytes, of values and of texts, aware of what reports and styles are made of."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from annual_report.form.values import OddNumber

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from random import Random

MAX_SIZE = 200_000
"""The size that mutations keep within, in bytes or characters."""

# fmt: off
_PROSE = """
（一） （十二） 1. 12． （3） 1、 一是 。 ； ， ： “ ” （ ） 《 其中 全年 收到 受理 政府信息公开申请 依申请公开 公开申请
上年结转 答复 办结 予以公开 不予公开 行政复议 行政诉讼 维持 纠正 尚未审结 信息处理费 主动公开 监督保障 （待填写）
2023年 1月1日至12月31日 件 条 万 亿 元 万元 0 7 3,119 １２ 1.5 -1 +3 九 一百二十三 零 〇 两 110105199003077213
13800138000 某局 某市人民政府 某自治区某自治州住房和城乡建设局 办公室 abc
"""
_MARKUP = r"""
<script> </script> <!-- --> ]]> <![CDATA[ &amp; &#0; &#x85; <w:p/> </style> { } {page} {0} %s \ " ' ` $ ** *
javascript: \u0000
"""
_SPACES = (" ", "** ", "3 119", "\t", "\n", "\r", "\r\n", "\x85", "\xa0", "\u2028", "\u2029", "\u3000")
_UNUSUAL = (
    "\xad", "\u200b", "\u200d", "\u202e", "\u2066", "\u2069", "\ufeff", "\ufffc", "\ufffd", "\ue000", "𠮷", "😀",
    "👩‍👩‍👧", "e\u0301", "\U000e0041", "\U0010fffd",
)
_REFUSED = (
    "\0", "\x01", "\x08", "\x0b", "\x0c", "\x1b[31m", "\x1f", "\x7f", "\x80", "\x84", "\x86", "\x93", "\x9f",
    "\ufdd0", "\ufdef", "\ufffe", "\uffff", "\U0001ffff", "\U0010fffe", "\ud800", "\udfff",
)
PRINTABLE = (*_PROSE.split() * 3, *_MARKUP.split(), *_SPACES, *_UNUSUAL)
TOKENS = (*PRINTABLE, *_REFUSED)
"""What texts are made of, and with what a text is refused."""

_JSON = r"""
{ } [ ] , : " null true NaN -Infinity 1e999 1E-999 -0 0.10 00 "year":2023, "year":1, "agency":"某局", "total":1,
"overview":[], "\ud800":1, \u0000 "applications":{}, "text":"x" {"body":[{"text":"甲"}]}
"""
_TOML = r"""
= [ ] [[ ]] { } , . " ' # inf -inf nan 1e400 0x 0b1 1_0 1979-05-27 07:32:00 true [fonts.body] size= east_asian=
lines=22 form="{page}" \u0001 \U0010FFFF
"""
_BYTES = (
    b"\xef\xbb\xbf", b"\xff\xfe", b"\0\0\0", b"\n", b"\xff", b"\xed\xa0\x80", b"\xc0\x80",
    b"9" * 400, b"1" * 5000, b"[" * 300,
)
JSON_TOKENS = (*_JSON.encode().split(), *_BYTES, b'{"a":' * 300, b"%PDF-1.7", b"PK\x03\x04")
TOML_TOKENS = (*_TOML.encode().split(), *_BYTES, b'"""', b"a." * 90, b"a." * 2000, b"{a=" * 300)

ODD_VALUES: tuple[Any, ...] = (
    None, True, False, 0, -0.0, 1, -1, 7, 999_999_999, 1_000_000_000, 10**12, 10**40, 10**400, 10**5000, 2**63,
    -(2**64), 0.5, 1e300, 5e-324, float("nan"), float("inf"), float("-inf"), 1999, 2019, 2020, 2023, 2100, 2101,
    "2021", "2019", Decimal(0), Decimal("0.10"), Decimal("NaN"), Decimal("sNaN"), Decimal("1E+999999999"),
    Decimal("1E-999999999"),
    "", " ", "3", "某局", "2024-01-25", "2024-02-30", "0000-00-00", "1e5", "059", "9" * 41, "x" * 101, "甲" * 20_000,
    [], {}, (), [[]], [{}], [""], [None], {"": ""}, {"total": 1}, {"text": "甲"}, {"body": [{"text": "甲"}]}, {1: 2},
    b"", b"\xff", date(2024, 1, 25), {3}, object, OddNumber("1e5"), OddNumber("9" * 5000), range(3), ..., 1j,
)
"""Values to put where others are expected."""
# fmt: on

ENCODINGS = ("utf-16", "utf-16-be", "utf-32", "gb18030", "utf-8-sig", "latin-1")


def mutated(random: Random, data: bytes, tokens: Sequence[bytes]) -> bytes:
    """Change bytes in one to six places."""
    for _ in range(random.randint(1, 6)):
        data = _changed(random, data, tokens)[:MAX_SIZE]
    return data


def _changed(random: Random, data: bytes, tokens: Sequence[bytes]) -> bytes:
    start = random.randint(0, len(data))
    end = min(len(data), start + random.choice((0, 1, 2, 8, 64, 1024)))
    before, part, after = data[:start], data[start:end], data[end:]
    kind = random.random()
    if kind < 0.03:
        return before
    if kind < 0.05:
        return data.decode(errors="replace").encode(random.choice(ENCODINGS), errors="replace")
    if kind < 0.5:
        return before + random.choice(tokens) + random.choice((part, b"")) + after
    return before + random.choice(_CHANGES)(random, part) + after


_CHANGES: tuple[Callable[[Random, bytes], bytes], ...] = (
    lambda *_: b"",
    lambda _, part: part[::-1],
    lambda random, part: bytes(byte ^ 1 << random.randrange(8) for byte in part),
    lambda random, part: random.randbytes(len(part)),
    lambda random, part: part * random.choice((2, 3, 50, 2000)),
)


def text(random: Random, tokens: Sequence[str] = TOKENS) -> str:
    """Make a text of tokens, now and then a very long one."""
    if random.random() < 0.01:
        repeated = "".join(random.choices(tokens, k=random.randint(1, 4)))
        return repeated * (random.randint(1000, 20_000) // len(repeated) + 1)
    return "".join(random.choices(tokens, k=random.randint(0, 40)))


def varied(random: Random, value: Any) -> Any:
    """Change a tree of dictionaries and lists in one to four places; the tree itself is left as it was."""
    for _ in range(random.randint(1, 4)):
        value = _replaced(random, value, _path(random, value))
    return value


def _path(random: Random, value: Any) -> list[Any]:
    """Choose a place in a tree."""
    path: list[Any] = []
    while isinstance(value, dict | list) and value and (not path or random.random() < 0.8):
        key = random.choice(list(value)) if isinstance(value, dict) else random.randrange(len(value))
        path.append(key)
        value = value[key]
    return path


def _replaced(random: Random, value: Any, path: list[Any]) -> Any:
    if not path:
        return _other(random, value)
    copy: Any = value.copy()
    key, *rest = path
    if not rest and random.random() < 0.3:
        below = copy.pop(key)
        if isinstance(copy, dict) and random.random() < 0.5:
            copy[random.choice((*copy, "unknown", text(random)[:20]))] = below
        return copy
    copy[key] = _replaced(random, value[key], rest)
    return copy


def _other(random: Random, value: Any) -> Any:
    """Give a value for the place of another."""
    if random.random() < 0.4:
        return like(random, value)
    match random.randrange(4):
        case 0:
            return text(random)
        case 1:
            return [value] * random.choice((1, 1, 2, 30))
        case 2 if random.random() < 0.3:
            for _ in range(random.choice((3, 45, 60, 3000))):
                value = [value] if random.random() < 0.5 else {"body": value}
            return value
        case _:
            return random.choice(ODD_VALUES)


def like(random: Random, value: Any) -> Any:
    """Give another value of the same kind."""
    if isinstance(value, str):
        return text(random)
    if isinstance(value, int) and not isinstance(value, bool):
        return random.choice((0, 1, value, random.randrange(20), random.randrange(10**9)))
    if isinstance(value, float):
        return random.choice((value * 2, value / 2, random.randrange(100) / 2))
    return value


def resembling(random: Random, value: Any, share: float) -> Any:
    """Replace a share of the leaves of a tree by others of their kind."""
    if isinstance(value, dict):
        return {key: resembling(random, item, share) for key, item in value.items()}
    return like(random, value) if random.random() < share else value
