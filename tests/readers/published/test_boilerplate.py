"""Lines of a page around a report are told from the report's own."""

from __future__ import annotations

import pytest

from annual_report.readers.published.boilerplate import is_before


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
