"""Strategies for reports whose texts read like something else: page numbers, dates, footers, titles, headings."""

from __future__ import annotations

from typing import Any

import strategies
from hypothesis import strategies as st

from annual_report.form.sections import NARRATIVES, TABLES

FULL_LINE = (
    "全面推进政务公开，依法保障人民群众的知情权、参与权、表达权和监督权，不断提高工作透明度，切实做到应公开尽公开，"
)
LINES = (
    *(
        "附件：1.情况说明",
        "附件1",
        "（本页无正文）",
        "- 1 -",
        "— 2 —",
        "第 3 页 共 5 页",
        "12",
        "0",
        "1 2 3",
        "[1]",
        "①",
    ),
    *("2024年1月15日", "二〇二五年一月十五日", "2024-01-15", "某局", "某市人民政府办公室", "某局2024年1月15日"),
    *("版权所有：某局", "扫一扫在手机打开", "首页>政府信息公开>年报", "发布日期：2024-01-15", "来源：某局", "打印本页"),
    *("分享到", "上一篇：无", "目　录", "http://www.example.gov.cn", "说明：本表由某局填写", "注：数据截至年底"),
    *("某局2023年政府信息公开工作年度报告", "政府信息公开工作年度报告", "2023年1月1日至2023年12月31日"),
    *("（一）主动公开情况", "（一）主动公开情况。全年公开3条。", "（二）依申请公开", "1.加强培训", "一是加强培训"),
    *("一、总体情况", "收到和处理政府信息公开申请情况", "其他情况", "七、附则", "第一部分 概述"),
    *("申请人情况", "规章", "合计", "**重点**", "**（一）重点。**内容", "　　缩进", "甲  乙", "。", "（一）", "一、"),
    *("，接着上一段", FULL_LINE),
)
lines = st.sampled_from(LINES)
names = strategies.names | st.sampled_from(
    [
        "石嘴山市民政局",
        "局2",
        "2023年",
        "石嘴山市民政局2023",
        "关于某局",
        "某局关于",
        "附件1",
        "某 局",
        "某局_政府网",
        "一、总体情况",
    ]
)
titles = strategies.names | st.sampled_from(
    [
        "政府信息公开工作年度报告",
        "关于政府信息公开的报告",
        "年报",
        "甲\n乙",
        "一、总体情况",
        "- 1 -",
        "2024年1月15日",
        "目录",
    ]
)
runs = strategies.runs | st.fixed_dictionaries({"text": lines}, optional={"emphasis": st.booleans()})
paragraphs = st.fixed_dictionaries({"body": st.lists(runs, min_size=1, max_size=3)}) | st.fixed_dictionaries(
    {"level": st.sampled_from([2, 3, 4]), "heading": st.lists(runs, min_size=1, max_size=2)},
    optional={"body": st.lists(runs, max_size=2)},
)
prose = (
    strategies.narratives
    | st.lists(lines, max_size=4).map("\n".join)
    | st.lists(paragraphs.filter(strategies.says_something), max_size=4)
)


@st.composite
def reports(draw: st.DrawFn) -> dict[str, Any]:
    """Any report, as `strategies.reports`, with lines that look like what stands around a report."""
    beside = st.fixed_dictionaries({}, optional={"before": prose, "notes": prose})
    report = draw(strategies.reports()) | {key: draw(prose) for key in ("preamble", *NARRATIVES)}
    report |= {"agency": draw(names), "texts": draw(st.fixed_dictionaries({}, optional=dict.fromkeys(TABLES, beside)))}
    return report | draw(st.fixed_dictionaries({}, optional={"title": titles}))
