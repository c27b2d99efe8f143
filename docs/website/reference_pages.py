"""The reference as pages of the site: every public name from its docstring, and every rule and deviation."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from annual_report.explanations import SEVERITIES, explanations, shown

if TYPE_CHECKING:
    from annual_report.explanations import Explanation
    from annual_report.messages import Language

GROUPS = {
    ("读取", "Reading"): ("load", "loads", "read", "Reading", "Deviation"),
    ("报告", "Reports"): ("AnnualReport", "json_schema", "draft_narratives", "Roster"),
    ("核对", "Checking"): ("check", "Findings", "Finding", "check_many", "Checked", "explanation", "Explanation"),
    ("输出", "Writing"): (
        "render",
        "to_document",
        "render_many",
        "BatchResult",
        "batch.Processes",
        "Style",
        "load_style",
    ),
    ("汇总与比较", "Sums and comparisons"): ("aggregate", "Aggregation", "Adjustment", "compare", "Comparison"),
    ("表格", "Tables"): tuple(
        f"tables.{name}" for name in ("to_frame", "from_frame", "read_table", "write_table", "columns", "Column")
    ),
    ("格式的版本", "Editions of the form"): tuple(
        f"form.{name}" for name in ("known", "find", "in_force", "Edition", "register", "unregister")
    ),
    ("网页服务", "Web service"): ("web.create_app",),
    ("语言", "Language"): ("messages.using",),
    ("错误", "Errors"): (
        "AnnualReportError",
        "MessageError",
        "UnusableInputError",
        "Problem",
        "explain",
        "ReconciliationError",
        "PreviousReportError",
        "ArgumentTypeError",
        "ComparisonError",
        "ConversionError",
        "MissingExtraError",
        "UnknownIdError",
    ),
}
"""The public names by what they are for, in Chinese and English."""

WORDS = {
    "api": {"zh": "Python 接口", "en": "Python interface"},
    "api lead": {
        "zh": "全部公开的名称，说明取自源代码（英文），例子都可以运行。"
        "没有写前缀的名称从 `annual_report` 导入。数量均为整数，金额为十进制小数，单位以格式所印为准"
        "（[格式](form-2021.md)）；长度为毫米，字号和表线为磅。",
        "en": "Every public name, from its docstring; the examples run. Names without a prefix are imported from "
        "`annual_report`. Counts are whole numbers, amounts are decimals in the unit that the [form](form-2021.md) "
        "prints; lengths are in millimetres, type sizes and rules in points.",
    },
    "rules": {"zh": "核对规则与读取提示", "en": "Rules and deviations"},
    "rules lead": {
        "zh": "`annual-report explain 编号` 显示同样的内容。**错误**使报告不能输出，**提醒**不影响输出；"
        "**存疑**要有人看过、补填后才成为报告，**提示**只是告知。",
        "en": "`annual-report explain ID` prints the same. An **error** keeps a report from being rendered, a "
        "**warning** does not; a file **in doubt** becomes a report once somebody has looked at it, a **remark** is "
        "for information only.",
    },
    "of checks": {"zh": "核对规则", "en": "Rules of the checks"},
    "of readers": {"zh": "读取时的存疑与提示", "en": "Doubts and remarks of the readers"},
    "right": {"zh": "正例", "en": "Right"},
    "wrong": {"zh": "反例", "en": "Wrong"},
    "mend": {"zh": "怎么办", "en": "What to do"},
}


def reference_pages(language: Language) -> dict[str, str]:
    """Give the pages by their names."""
    return {"api.md": _api(language), "rules.md": _rules(language)}


def _api(language: Language) -> str:
    parts = [f"# {WORDS['api'][language]}", WORDS["api lead"][language]]
    for (chinese, english), names in GROUPS.items():
        parts.append(f"## {chinese if language == 'zh' else english}")
        parts += [f"::: annual_report.{name}" for name in names]
    return "\n\n".join(parts) + "\n"


def _rules(language: Language) -> str:
    parts = [f"# {WORDS['rules'][language]}", WORDS["rules lead"][language]]
    for heading, severities in (("of checks", {"error", "warning"}), ("of readers", {"doubt", "info"})):
        parts.append(f"## {WORDS[heading][language]}")
        parts += [_rule(each, language) for each in explanations().values() if each.severity in severities]
    return "\n\n".join(parts) + "\n"


def _rule(explained: Explanation, language: Language) -> str:
    severity = SEVERITIES[explained.severity].text(language)
    colon = "：" if language == "zh" else ": "
    lines = "\n".join(
        f"- **{WORDS[key][language]}**{colon}{_plain(shown(getattr(explained, key), language))}"
        for key in ("right", "wrong", "mend")
    )
    marks = f"#{explained.id} data-toc-label='{explained.id}'"
    return (
        f"### `{explained.id}` <small class='{explained.severity}'>{severity}</small> {{ {marks} }}\n\n"
        f"{explained.what.text(language)}\n\n{lines}"
    )


def _plain(text: str) -> str:
    """Escape what Markdown would read as markup."""
    return re.sub(r"[\\`*_#|<>\[\]{}]", lambda sign: f"&#{ord(sign[0])};", text)
