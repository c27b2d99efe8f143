"""What surrounds a report on a page without belonging to it: navigation, dates of publication, buttons, footers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from annual_report.readers.blocks import Paragraph

MAX_FURNITURE = 120
"""How many characters such a line may have."""

_LABELS = (
    "发布日期|发布时间|发布机构|发布单位|发布者|发布人|公开日期|生成日期|成文日期|发文日期|归档时间|归档日期|撰写时间|更新时间|更新日期"
    "|录入时间|信息来源|文章来源|稿件来源|内容来源|来源|信息提供|供稿|供稿单位|作者|录入|录入者|编辑|责任编辑|责编|审核|审核人|浏览次数"
    "|浏览量|浏览|阅读次数|阅读量|阅读|点击数|点击次数|点击率|点击|访问次数|访问量|字体|字体大小|字号|选择阅读字号|浏览字号|文字大小"
    "|保护视力色|视力保护色|索引号|信息索取号|文号|发文字号|文件编号|名称|信息名称|标题|主题分类|信息分类|组配分类|体裁分类|文件分类"
    "|所属机构|所属分类|责任部门|责任单位|公开责任部门|公开主体|公开目录|公开方式|公开时限|公开范围|有效性|时效性|语种|内容概述|关键词|主题词"
    "|图解链接|当前位置|您的位置|您现在的位置|您现在所在的位置|位置|时间|日期|打印|分享|分享到"
)
_LABEL = "|".join(r"\s*".join(label) for label in _LABELS.split("|"))
_BUTTON = (
    "打印(?:本页)?|分享(?:到)?|收藏(?:本页)?|关闭(?:窗口|本页)?|下载|字体|字号|大|中|小|繁體版?|无障碍(?:浏览|阅读)?|(?:网页)?纠错|我要纠错"
    "|(?:语音)?(?:朗读|播报)"
)
_DATE = r"20[0-9]{2}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}日?"
_TIME = "[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?"
_BEFORE = re.compile(
    rf"^[•·\-–\s]*[【\[（(]?(?:{_LABEL})[】\])）]?\s*[:：]"
    rf"|^(?:[【\[（(]?\s*+(?:{_BUTTON})\s*+[】\])）]?+[\s:：|｜丨/、]*+)++$"
    r"|^首页\s*[>＞›»/]|[>＞›»]\s*(?:正文|详情)$|^[>＞›»]"
    rf"|^[•·\-–\s]*{_DATE}(?:\s*{_TIME})?(?:\s*+[【\[（(]?\s*+(?:{_LABEL}).*)?$"
    rf"|^{_DATE}\s*{_TIME}\s[^，。；：:]{{1,30}}$"
    r"|^点击.{0,4}(?:收听|朗读|查看).{0,12}$|^(?:微信|手机)?扫[一码].{0,12}$"
)
_FOOTER = re.compile(
    r"^扫一扫|^分享(?:到|至)|^返回顶部|^【?打印(?:本页)?】?$|^【?关闭(?:窗口|本页)?】?$|^上一[篇条]\s*[:：]|^下一[篇条]\s*[:：]|^版权所有"
    r"|^网站(?:地图|标识码|声明)|ICP备|公网安备|^友情链接"
)
_AFTER = re.compile(
    r"^(?:相关)?附件(?:下载)?\s*[:：0-9一二三]?|^分享|^【?(?:打印|关闭|字体|收藏)|^打印|^关闭|^上一[篇条]|^下一[篇条]"
    r"|^主办(?:单位)?\s*[:：]|^承办(?:单位)?\s*[:：]|^联系我们|^技术支持|^责任编辑|^\(?责编|^信息来源\s*[:：]|^来源\s*[:：]"
    r"|^[(（]?(?:责任编辑|责编|编辑|撰稿|供稿|信息员|审核|审校|校对|[初复终一二三]审)\s*[:：].{0,20}"
    r"|^[|｜•·\s]+$|^回到顶部|^(?:我要)?纠错$|^点赞[\s0-9]*$|^政策图解$|^文件下载|^(?:Copyright|©)|^[^，。]{0,20}支持IPv6"
    r"|^微信扫一扫|^[^，。]{0,20}扫描[^，。]{0,8}二维码[^，。]{0,12}$|^浏览|^阅读次数|^相关(?:信息|链接|文章|阅读|稿件|解读|文档)|^推荐阅读"
)
LONGEST_PAGE = len("第 100 页 / 共 100 页 ———")
"""How many characters a line with a page's number may have."""

_PAGE = re.compile(r"[-—–－\s·]*(?:第\s*)?[0-9]{1,3}(?:\s*页)?(?:\s*[/／共]+\s*(?:共\s*)?[0-9]{1,3}\s*页?)?[-—–－\s·]*")
_CONTENTS = re.compile(r"目\s*[录次]")
_ENTRY = re.compile(r".{,60}(?:[.．·…]\s*){2}[.．·…\s]*[0-9]{1,3}")


def contents_of(texts: Iterable[str]) -> set[str]:
    """Return the lines that are of a table of contents: its heading, and entries with dots before a page's number.

    A single line with dots is no entry.
    """
    lines = [text.strip() for text in texts if len(text) <= MAX_FURNITURE]
    entries = {line for line in lines if _ENTRY.fullmatch(line)}
    return {line for line in lines if _CONTENTS.fullmatch(line)} | (entries if len(entries) > 1 else set())


def is_before(text: str) -> bool:
    """Return whether a line above a report's text is the page's and not the report's."""
    text = text.strip()
    return len(text) <= MAX_FURNITURE and _BEFORE.search(text) is not None


def is_after(text: str, *, marked: bool = False) -> bool:
    """Return whether a line after a report's text is the page's: in a file that marks its structure, beyond doubt."""
    text = text.strip()
    if len(text) > MAX_FURNITURE:
        return False
    return _FOOTER.search(text) is not None or (not marked and _AFTER.search(text) is not None)


def is_page_number(paragraph: Paragraph) -> bool:
    """Return whether a line is a page's number; where the file has pages, its reader has left them out already."""
    if paragraph.location.page is not None or len(paragraph.text) > LONGEST_PAGE:
        return False
    return _PAGE.fullmatch(paragraph.text.strip()) is not None and any(map(str.isdigit, paragraph.text))
