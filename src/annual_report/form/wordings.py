"""Other wordings that offices print for a label of the form, by the label's path.

Only true rewordings are listed, and labels cut to a word too short to be compared. Differences in brackets, numbering
and spaces, omitted words and typing errors are handled by the readers.
"""

from __future__ import annotations

from collections.abc import Mapping

Wordings = Mapping[str, tuple[str, ...]]

ROWS: Mapping[str, Wordings] = {
    "proactive_disclosure": {
        "normative_documents": ("规范性文件", "行政规范性文件件数"),
        "licensing": ("行政许可事项",),
        "penalties": ("行政处罚事项",),
        "compulsion": ("行政强制措施", "行政强制事项"),
        "fees": ("行政事业性收费项目",),
    },
    "applications": {
        "received": ("本年新收申请数量", "本年度新收政府信息公开申请数量"),
        "carried_in": ("上年结转申请数量", "上年度结转政府信息公开申请数量"),
        "outcomes.refused.security_and_stability": ("危及三安全一稳定",),
        "outcomes.refused.prohibited_by_law": ("法律行政法规禁止公开",),
        "outcomes.other_handling.correction_overdue": ("逾期不补正", "申请人逾期不补正"),
        "outcomes.other_handling.fee_overdue": ("逾期未缴费", "逾期不缴费", "申请人逾期未缴费"),
        "outcomes.total": ("合计",),
        "carried_forward": ("结转下年继续办理", "结转下年度办理", "结转下一年度继续办理"),
    },
}
"""Wordings of row labels, by section and by the row's path in it."""

COLUMNS: Mapping[str, Wordings] = {
    "proactive_disclosure": {
        "issued": ("本年制定件数", "本年印发件数", "本年制发数量", "本年制发数", "制发件数"),
        "repealed": ("本年废止数量", "本年废止数", "废止件数"),
        "in_force": ("现行有效件", "现行有效数量", "现行有效数"),
        "amount": ("本年收费金额",),
    },
    "applications": {
        "commercial_enterprise": ("商业",),
        "research_institution": ("科研",),
        "other_organization": ("其他组织",),
        "total": ("合计",),
    },
    "disputes": {
        "reconsideration": ("行政复议情况",),
        "litigation": ("行政诉讼情况",),
        "litigation.direct": ("未经复议直接诉讼", "直接起诉"),
        "litigation.after_reconsideration": ("复议后诉讼", "经复议后起诉"),
        "pending": ("尚未办结",),
        "total": ("合计",),
    },
}
"""Wordings of column labels and spanners, by section and by the column's last key or the group's path."""

SECTIONS: Wordings = {
    "overview": ("总体情况概述", "概述", "概况", "总体概况", "基本情况", "总体工作情况", "政府信息公开工作总体情况"),
    "proactive_disclosure": ("主动公开情况", "行政机关主动公开政府信息情况"),
    "applications": ("政府信息公开申请情况", "收到和处理政府信息公开申请的情况", "政府信息公开申请办理情况"),
    "disputes": (
        "政府信息公开行政复议和行政诉讼情况",
        "行政复议、行政诉讼情况",
        "因政府信息公开工作被申请行政复议、提起行政诉讼情况",
    ),
    "problems_and_improvements": (
        "存在问题及改进情况",
        "存在的问题和改进措施",
        "存在的主要问题及改进措施",
        "存在的主要问题",
        "主要问题及改进措施",
        "政府信息公开工作存在的主要问题及改进情况",
    ),
    "other_matters": ("其他需要报告事项", "其他需报告的事项", "需要报告的其他事项", "其他事项", "其他需要说明的事项"),
}
"""Wordings of section titles, by section."""

ONE_ROW: Mapping[str, Mapping[str, str]] = {"applications": {"outcomes.other_handling": "other"}}
"""Groups of rows that offices print as one row, by section and path, with the row that its numbers belong to."""
