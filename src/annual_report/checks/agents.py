"""Whose numbers a sentence gives: the body's own, under any name that it goes by, or another body's."""

from __future__ import annotations

import re
from functools import lru_cache

from annual_report.form.values import MAX_NAME

_SUFFIX = "机关|单位|部门|街道|乡镇|园区|中心|新区|管委会|[省市县区州盟旗镇乡村局委厅部院会署所处室站校]|政府|办"
_OURSELVES = re.compile(f"[我本全](?:{_SUFFIX})(?:范围内?)?(?:各级)?(?:行政机关|机关)?$")
_ALL_OF_US = re.compile("[我本全](?:省|市|县|区|州|盟|旗|镇|乡|街道)各")
_LEFT_OUT = re.compile("人民|员会|(?<=管委)会|公室|公厅|事处|(?:本级|(?<!行政)机关)$")
_OFFICE = re.compile("办公[室厅]$")
_OFFICE_WITHIN = re.compile(
    "(?:党政|党群|党建|综合|行政|政务|信息|公开|保障|服务)*(?:办公[室厅]|(?<=公开)办|[科股处]室?)$"
)
_GOVERNMENT_OF = re.compile("人民政府(?=.+街道)")
_BRANCH = "分局"
_PLACE_OF = re.compile("(?:人民政府|办事处|管理委员会|管委会)$")
_PLACE = re.compile("^.*(?:省|市(?!场)|(?<![社地园])区|县|旗|自治州|盟)(?=.)")
_LEVEL = "省市县区旗盟"
_LOWEST_LEVEL = re.compile("(?:[镇乡]人民政府|街道办事处)$")
_EVERYONE = {"各级行政机关", "各级各部门", "各级各单位", "各级政府", "各级政府部门"}
_BARE = {
    "办公室": re.compile("办公室$"),
    "办公厅": re.compile("办公厅$"),
    "本级": re.compile("(?:政府|政府办公[室厅]|管委会|管理委员会)$"),
    "园区": re.compile("管委会|管理委员会"),
    "学校": re.compile("学[院校]$|[大中小]学$"),
}
"""What a body of such a name calls itself without more."""
_FIRST = "我本全各局委厅署院办园学"
"""The first characters of what `_calls_itself` accepts."""
_OFFICE_OF = re.compile("[局委厅署院](?:机关|办公室)")
_MOST_NAMES = 256
"""How many names are kept of an agency, none longer than an agency's may be."""


def is_own(name: str, agency: str) -> bool:
    """Return whether a name is the agency's own.

    Parameters
    ----------
    name
        A body's name as the text has it.
    agency
        The agency's full name.

    Returns
    -------
    bool
        Whether it is 我局 or 全市, or the agency's name with some characters left out; that of its government or of
        its place where the agency is a government or its office.

    Examples
    --------
    >>> [is_own(name, "某某区人民政府办公室") for name in ("区政府办", "区政府", "全区", "区财政局", "市政府")]
    [True, True, True, False, False]
    """
    return own_names(agency)[name]


class OwnNames(dict[str, bool]):
    """Whether names are an agency's own, as far as that was asked.

    Parameters
    ----------
    agency
        The agency's full name.
    """

    def __init__(self, agency: str) -> None:
        super().__init__()
        self._agency = agency
        self._characters = frozenset(agency + "人民员会公室公厅事处本级机关")
        self._full = _names(agency)

    def __missing__(self, name: str) -> bool:
        """Return whether a name that was not asked for before is the agency's own."""
        is_said_of_itself = name[:1] in _FIRST and _calls_itself(name, self._agency)
        answer = is_said_of_itself or (self._characters.issuperset(name) and self._is_short(name))
        if len(self) >= _MOST_NAMES:
            self.clear()
        if len(name) <= MAX_NAME:
            self[name] = answer
        return answer

    def _is_short(self, name: str) -> bool:
        short = _LEFT_OUT.sub("", name)
        return len(short) > 1 and any(_is_short_for(short, *full) for full in self._full)


own_names = lru_cache(maxsize=64)(OwnNames)
"""Gives the names of an agency; those of the agencies asked for last are kept."""


def _calls_itself(name: str, agency: str) -> bool:
    """Return whether any body like the agency calls itself so: 我局, 全市各部门, 局机关, 园区."""
    if _OURSELVES.match(name):
        return True
    if _ALL_OF_US.match(name):
        return _PLACE_OF.search(_OFFICE.sub("", agency)) is not None
    if name in _EVERYONE:
        return is_government(agency)
    if _OFFICE_OF.fullmatch(name):
        return agency.removesuffix("员会").endswith(name[0])
    return name in _BARE and _BARE[name].search(agency) is not None


def _names(agency: str) -> tuple[tuple[str, str], ...]:
    """Return the agency's names without what may be left out, each with the level of the place in it."""
    government = _OFFICE.sub("", agency) if _PLACE_OF.search(_OFFICE.sub("", agency)) else agency
    names = dict.fromkeys((agency, government, _PLACE_OF.sub("", government)))
    places = ((name, _PLACE.match(name)) for name in names)
    return tuple((_LEFT_OUT.sub("", name), place[0][-1] if place else "") for name, place in places)


def _is_short_for(short: str, complete: str, level: str) -> bool:
    """Return whether a name is a full name with some characters left out, its level and its last character kept."""
    if not complete.endswith(short[-1]) or (level and short[0] in _LEVEL and short[0] != level):
        return False
    characters = iter(complete)
    return all(character in characters for character in short)


def is_government(agency: str) -> bool:
    """Return whether the agency is a government, whose numbers include its departments'."""
    return agency.endswith("政府")


def reviews_disputes(agency: str) -> bool:
    """Return whether the agency reviews other bodies' disputes."""
    return "司法" in agency or ("政府" in agency and not _LOWEST_LEVEL.search(agency))


def resembles(name: str, agency: str) -> bool:
    """Return whether a name may be the agency's, judged generously: either may be the other with more words.

    Parameters
    ----------
    name
        A name from a title or a preamble.
    agency
        The agency's full name.

    Examples
    --------
    >>> resembles("某某市人民政府办公室", "某某市人民政府"), resembles("某某市教育局", "某某市民政局")
    (True, False)
    >>> resembles("某某区生态环境分局", "某某市生态环境局某某分局")
    True
    """
    if is_own(name, agency) or is_own(_OFFICE_WITHIN.sub("", name), agency):
        return True
    short, full = (_LEFT_OUT.sub("", _GOVERNMENT_OF.sub("", body)) for body in (name, agency))
    if short.endswith(_BRANCH) and full.endswith(_BRANCH) and {*short} - {*_LEVEL} <= {*full}:
        return True
    return any(all(character in rest for character in few) for few, rest in ((short, iter(full)), (full, iter(short))))
