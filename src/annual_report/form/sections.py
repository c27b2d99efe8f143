"""The form's six sections: their keys in order, their printed titles, and the topics of section one."""

from __future__ import annotations

TITLES = {
    "overview": "一、总体情况",
    "proactive_disclosure": "二、主动公开政府信息情况",
    "applications": "三、收到和处理政府信息公开申请情况",
    "disputes": "四、政府信息公开行政复议、行政诉讼情况",
    "problems_and_improvements": "五、存在的主要问题及改进情况",
    "other_matters": "六、其他需要报告的事项",
}
"""The printed title of each section, by its key in the report."""

SECTIONS = tuple(TITLES)

TABLES = ("proactive_disclosure", "applications", "disputes")
"""The sections that are tables."""

NARRATIVES = tuple(key for key in SECTIONS if key not in TABLES)
"""The sections that are prose."""

TOPICS = ("主动公开", "依申请公开", "政府信息管理", "政府信息公开平台建设", "监督保障")
"""The topics that section one is expected to cover."""

REPORT_NAME = "政府信息公开工作年度报告"
"""What every report's title ends with."""
