"""Lines of a page around a report are told from the report's own."""

from __future__ import annotations

import pytest
from conftest import ends_soon

from annual_report.readers.published.boilerplate import is_after, is_before


@pytest.mark.parametrize(
    "line",
    [
        "发布时间：2024-01-20 10:50 来源：水利局 选择阅读字号：[ 大 中 小 ]",
        "索 引 号：014400001/2024-00001",
        "名 称：云川县水利局年度报告",
        "- 发布日期：2024-01-20",
        "• 2024-01-20 10:50",
        "视力保护色：",
        "2024年01月20日 （点击：126）",
        "2024-01-20 01:51:51信息来源：浏览次数：字体：[ ]",
        "2024-01-20 15:33 云川县水利局",
        "2024年1月20日来源：水利局",
        "【字体：大 中 小】",
        "【 打印 】 【 关闭 】",
        "【大】【中】【小】",
        "[字体: ] 打印",
        "点击收听年报语音朗读",
        "图解链接：点击查看图解",
        "扫一扫在手机打开当前页",
    ],
)
def test_lines_that_a_site_prints_above_a_report(line):
    assert is_before(line)


@pytest.mark.parametrize(
    "line",
    [
        "2024年1月20日，我局召开会议",
        "2024年1月20日 至2024年12月31日",
        "2024年1月20日 云川县水利局第3次会议审议通过",
        "（2024年1月20日）",
        "时间跨度为2023年",
        "大中小学校公开情况",
        "公开范围包括财政信息",
        "点击量达97269次",
        "日期范围：2023年1月1日起",
        "地址：云川县青山路1号",
    ],
)
def test_lines_that_a_report_may_have(line):
    assert not is_before(line)


@pytest.mark.parametrize(
    "line",
    [
        "（责任编辑：张三）",
        "初审：张三 复审：李四 终审：王五",
        "撰稿：张三",
        "|",
        "回到顶部",
        "我要纠错",
        "点赞 0",
        "政策图解",
        "文件下载：",
        "Copyright © 2024",
        "本网站支持IPv6",
        "更多精彩内容欢迎扫描下方二维码关注云川!",
    ],
)
def test_lines_that_a_site_prints_below_a_report(line):
    assert is_after(line)
    assert not is_after(line, marked=True)


@pytest.mark.parametrize(
    "line",
    [
        "微信公众号发布信息120条",
        "如有疑问，请扫描下方二维码留言。",
        "审核制度进一步健全",
        "编辑政府公报12期",
        "点赞评论功能进一步完善",
        "公开方式：主动公开",
    ],
)
def test_lines_that_a_report_may_end_with(line):
    assert not is_after(line)


@ends_soon
def test_a_line_of_many_buttons_and_another_word_is_no_line_of_buttons():
    assert not is_before("大 中 小 " * 18 + "某")
