"""Line breaks in titles and labels: between Chinese words rather than within them."""

from __future__ import annotations

import re
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

MAX_BALANCED = 400
"""The longest text whose lines are balanced, in characters: four times the maximum length of a body's name."""

_UNITS = (
    "特别行政区|自治区|自治州|自治县|自治旗|开发区|高新区|新区|街道办事处|街道|地区|人民政府|管理委员会|委员会|办公室|办公厅"
    "|管理局|监督局|总局|局|厅|省|市|州|盟|县|区|旗|镇|乡"
)
_WORDS = (
    "政府信息公开|信息公开|行政机关|申请人|第三方|出版物|过程性|三安全一稳定|无正当|不掌握|不明确|不补正|补正后|投诉类|本机关"
    "|上一年|新制作|新公开|总数量|总金额|增/减|规章|未经|复议|诉讼|直接|起诉"
    "|[一二三四五六七八九]类|第[一二三四五六七八九]项|本年度|下年度|年度报告"
    "|政府|信息|公开|申请|数量|本年|新收|上年|结转|办理|结果|予以|部分|区分|处理的|处理|只计|这一|情形|不计|其他|不予"
    "|属于|国家|秘密|法律|行政|法规|禁止|危及|保护|合法|权益|内部|事务|执法|案卷|查询|事项|无法|提供|相关|没有|现成"
    "|需要|另行|制作|内容|信访|举报|重复|要求|正当|理由|大量|反复|确认|重新|出具|获取|逾期|不再|收费|通知|缴纳|费用"
    "|总计|继续|本列|数据|勾稽|关系|之和|等于|商业|企业|科研|机构|社会|公益|组织|服务|维持|纠正|尚未|审结|工作"
    "|制发|废止|现行|有效|件数|决定|金额|单位|规范性|文件|许可|处罚|强制|事业性|项目|采购|集中|对外|管理"
)
_ASCII = r"[0-9A-Za-z][0-9A-Za-z.,]*年?"
_NUMBERING = rf"^[0-9]+\.(?:{_WORDS}|.)"
_TOKEN = re.compile(f"{_NUMBERING}|(?:[（(][^（）()]{{1,3}}[）)])|{_ASCII}|{_WORDS}|{_UNITS}|.", re.DOTALL)
_NOT_AT_START = frozenset("，。、；：！？）》〉”’」』】〕,.;:!?)]}%")
_NOT_AT_END = frozenset("（《〈“‘「『【〔([{")


def boundaries(text: str) -> list[int]:
    """Find where a text may be broken without splitting a word.

    Parameters
    ----------
    text
        One line of text.

    Returns
    -------
    list[int]
        The offsets at which a new line may begin, in order, excluding the start and end of the text.
    """
    offsets = []
    for token in _TOKEN.finditer(text):
        offset = token.start()
        if offset and text[offset] not in _NOT_AT_START and text[offset - 1] not in _NOT_AT_END:
            offsets.append(offset)
    return offsets


def name_boundaries(text: str) -> list[int]:
    """Find where a body's name may be broken: after an administrative unit, and between known words.

    A text too long for a name has no such places: it wraps where a line is full.
    """
    if len(text) > MAX_BALANCED:
        return []
    found = [match.span() for match in re.finditer(f"{_UNITS}|{_WORDS}|{_ASCII}", text)]
    ends = {end for _, end in found}
    starts = {match.start() for match in re.finditer(_WORDS, text)}
    within = {offset for start, end in found for offset in range(start + 1, end)}
    return [
        offset
        for offset in sorted((ends | starts) - within)
        if 1 < offset < len(text) - 1 and text[offset] not in _NOT_AT_START and text[offset - 1] not in _NOT_AT_END
    ]


def balanced(text: str, capacity: float, width: Callable[[str], float] = len) -> list[str]:
    """Break a name into as few lines as possible, of similar widths and preferably between words.

    Parameters
    ----------
    text
        The name, on one line.
    capacity
        The width of a line, in the unit of `width`.
    width
        Measures a text, the sum of its characters' widths; by default, every character counts as one.

    Returns
    -------
    list[str]
        The lines, none of a single character. A text of more than 400 characters is not broken.

    Examples
    --------
    >>> balanced("新疆维吾尔自治区克孜勒苏柯尔克孜自治州人民政府", 20)
    ['新疆维吾尔自治区', '克孜勒苏柯尔克孜自治州人民政府']
    """
    if len(text) > MAX_BALANCED or width(text) <= capacity:
        return [text]
    reach = list(accumulate(map(width, text), initial=0.0))
    for offsets in (name_boundaries(text), range(2, len(text) - 1)):
        ends = _most_even(offsets, capacity, reach)
        if ends:
            return [text[start:end] for start, end in pairwise([0, *ends])]
    return [text]


def _most_even(offsets: Iterable[int], capacity: float, reach: Sequence[float]) -> list[int]:
    """Choose the fewest lines with the least sum of squared widths; `reach` is the text's width up to each offset."""
    best: dict[int, tuple[int, float, list[int]]] = {0: (0, 0.0, [])}
    last = len(reach) - 1
    for end in [*offsets, last]:
        choices = []
        for start in reversed(best):
            width = reach[end] - reach[start]
            if width > capacity:
                break
            if end - start > 1:
                lines, squares, breaks = best[start]
                choices.append((lines + 1, squares + width**2, breaks))
        if choices:
            lines, squares, breaks = min(choices)
            best[end] = (lines, squares, [*breaks, end])
    return best[last][2] if last in best else []
