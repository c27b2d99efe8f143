"""The names of bodies: what reads like one, and whether the end of a line has cut one in two."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from annual_report.readers.published.boilerplate import is_before

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_TITLE = 100
"""How many characters a title's line may have."""

PLACE = 2
"""How many characters the name of a place has at least."""

BODY = re.compile(
    r"(?:政府|海关|银行|[分支]行|开发区|园区|新区|监狱|档案馆|农场|电视台|委员会|管委会|委|办公室|办公厅|办事处|街道|办|局|厅|部|署|院|会|中心|总队|支队|大队|公司|学校|大学|镇|乡|社|站|处|所|团)$"
)
"""What the name of a body ends with."""

SENTENCE = re.compile("[，。；,;！？!?]")

_NO_PLACE = "[各省市县区]+$|.*(?:服务|办事|选择|切换|障碍|互动)"
"""Links of a site that end like a place."""
_PLACE_NAME = re.compile(rf"(?!{_NO_PLACE})\w{{1,12}}(?:[省市县旗州盟]|[^专地园社分]区)")
_OF_A_PLACE = re.compile(r"(?!市场)\w{0,9}?[省市县区旗州盟]")
_WITH_PLACE = re.compile(r"(?!市场|[省市县区])[^\W局委厅部]{2,9}?[省市县区旗州盟]")
"""What a whole name begins with; the rest of one that is cut hardly does."""
_OTHER_NAME = re.compile(r"[（(][^（）()]+[）)]")
"""A body's second name, below the first one."""
_ENDING = re.compile("监?督?管?理局|工?作?管?理?委?员会|人?民?政?府|办?公?[室厅]|办?事处|事?务局|保?障局|执?法局")
"""What many names end with, so that none consists of it, or of its last characters, alone."""
_BEGINNING = re.compile(
    r"(?!.*(?:公开|网|年报|报告|首页|专栏|专题|目录|栏目|频道|门户|平台|导航|附件|文件|链接|系统|登录|搜索))[\u4e00-\u9fff]{1,30}"
)
"""A line that a body's name may begin in, and no link of a site."""
_ACROSS = 2
"""How many characters on each side of a line's end tell that a text goes on across it."""


def tight(lines: Iterable[str]) -> str:
    """Join lines without their spaces."""
    return re.sub(r"\s+", "", "".join(lines))


def may_be_title(line: str) -> bool:
    """Return whether a line may be one of a title, and neither a sentence nor a site's."""
    return bool(line) and len(line) <= MAX_TITLE and not SENTENCE.search(line) and not is_before(line)


def is_body(line: str) -> bool:
    """Return whether a line reads like the name of a body."""
    return may_be_title(line) and len(line) <= MAX_TITLE // 2 and BODY.search(line.rstrip("）)")) is not None


def begins_above(name: str, line: str, texts: Iterable[str]) -> bool:
    """Return whether a body's name begins in the line above it.

    Parameters
    ----------
    name
        The name in a title, as far as the title's lines have it.
    line
        The line above.
    texts
        Titles and sentences that may have the whole name.

    Returns
    -------
    bool
        Whether one of them has both together, or the line is the name of the body's place.
    """
    if any(line + name in text for text in texts) or _goes_on(line, name, texts):
        return True
    if _OTHER_NAME.fullmatch(name) or not _PLACE_NAME.fullmatch(line):
        return False
    return name[:PLACE] != line[:PLACE] and not _OF_A_PLACE.match(name)


def is_other_name(name: str) -> bool:
    """Return whether a name in a title is a body's second one, in brackets."""
    return _OTHER_NAME.fullmatch(name) is not None


def _goes_on(line: str, name: str, texts: Iterable[str]) -> bool:
    """Return whether a text has the characters around a line's end together, as those of a name."""
    after = name[:_ACROSS]
    across = line[-2 * _ACROSS + len(after) :] + after
    whole = BODY.search(line + name) and _BEGINNING.fullmatch(line) and len(across) == 2 * _ACROSS
    return bool(whole) and any(across in text for text in texts)


def may_be_cut(name: str, line: str) -> bool:
    """Return whether a body's name may lack what is in the line above it.

    Parameters
    ----------
    name
        The name in a title.
    line
        The line above the title.

    Returns
    -------
    bool
        Whether the name begins with no place, and the line neither is a name itself nor reads like a site's link.
    """
    if not _BEGINNING.fullmatch(line) or not BODY.search(line + name):
        return False
    if _WITH_PLACE.match(name) and len(line) > 1:
        return False
    return bool(_ENDING.fullmatch(name)) or not (BODY.search(line) or _PLACE_NAME.fullmatch(line))
