"""Drafts of the narratives: plain sentences from the tables, and a mark wherever the office must say something itself.

A draft is a beginning. It becomes text like any other, and `check` then compares it with the tables as it does with
text that an office wrote.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from annual_report.form.base import TOTAL_KEY
from annual_report.form.fields import walk
from annual_report.form.marks import Signed, Spanner, Unit
from annual_report.form.sections import TOPICS
from annual_report.report.model import NUMERALS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annual_report.form.applications import Applicants, OutcomesBase
    from annual_report.form.fields import Node
    from annual_report.report.model import AnnualReport

UNFINISHED = "（待填写）"
"""What marks a place that the office must fill in; `check` finds it as `narrative.unfinished`."""


def draft_narratives(report: AnnualReport) -> dict[str, str]:
    """Write drafts of sections one, five and six from the tables.

    Parameters
    ----------
    report
        The report whose tables are filled in; its narratives are not looked at.

    Returns
    -------
    dict[str, str]
        The drafts as plain text, by the keys of the sections; `（待填写）` marks what the office must say itself.

    Notes
    -----
    国办公开办函〔2021〕30号 asks section six to say whether 信息处理费 was collected; earlier editions do not.

    Examples
    --------
    >>> from annual_report import AnnualReport
    >>> report = AnnualReport.blank(agency="某局", year=2024)
    >>> print(draft_narratives(report)["overview"].splitlines()[3])
    2024年，本机关未收到政府信息公开申请。未发生因政府信息公开引起的行政复议、行政诉讼。
    """
    written = {
        TOPICS[0]: _proactive(report),
        TOPICS[1]: f"{_applications(report)}{_disputes(report)}",
    }
    overview = (
        f"（{numeral}）{topic}情况\n{written.get(topic, UNFINISHED)}"
        for numeral, topic in zip(NUMERALS, TOPICS, strict=False)
    )
    return {
        "overview": "\n".join(overview),
        "problems_and_improvements": f"（一）存在的主要问题\n{UNFINISHED}\n（二）改进情况\n{UNFINISHED}",
        "other_matters": "\n".join(_other_matters(report)),
    }


def _proactive(report: AnnualReport) -> str:
    """State the numbers of section two that are not nought, row by row."""
    rows = []
    for row in walk(type(report.proactive_disclosure)):
        part = getattr(report.proactive_disclosure, row.key)
        numbers = [_counted(cell, getattr(part, cell.key)) for cell in row.children if getattr(part, cell.key)]
        if numbers:
            rows.append(f"{row.name}{'、'.join(numbers)}")
    stated = f"{'；'.join(rows)}。" if rows else ""
    return f"{report.year}年，本机关主动公开政府信息{UNFINISHED}条。{stated}"


def _counted(cell: Node, number: Any) -> str:
    """State a number of section two: `本年制发3件` for the column 本年制发件数."""
    unit = cell.mark(Unit)
    known = unit.label if unit else cell.title.partition("单位：")[2].rstrip("）")
    if known or cell.mark(Signed) is not None:
        return f"{cell.name}{number}{known}"
    counted = cell.name.removesuffix("件数").removesuffix("数量")
    return f"{counted}{number}{'项' if counted.endswith('项目') else '件'}"


def _applications(report: AnnualReport) -> str:
    """State what was received, carried in, dealt with and carried forward."""
    table = report.applications
    received, carried_in = table.received.derived_total, table.carried_in.derived_total
    if not received and not carried_in and not table.outcomes.derived_total.derived_total:
        return f"{report.year}年，本机关未收到政府信息公开申请。"
    applicants = "，".join(f"{name}{number}件" for name, number in _applicants(table.received) if number)
    sentences = [
        f"{report.year}年，本机关新收政府信息公开申请{received}件"
        + (f"，其中{applicants}" if applicants else "")
        + f"；上年结转政府信息公开申请{carried_in}件"
    ]
    outcomes = "，".join(f"{name}{number}件" for name, number in _outcomes(table.outcomes) if number)
    sentences.append(
        f"本年度共办结政府信息公开申请{table.outcomes.derived_total.derived_total}件"
        + (f"，其中{outcomes}" if outcomes else "")
        + f"；结转下年度继续办理{table.carried_forward.derived_total}件"
    )
    return "".join(f"{sentence}。" for sentence in sentences)


def _applicants(row: Applicants) -> Iterator[tuple[str, int]]:
    """Give the applicants' names and numbers, those under one heading together."""
    columns = [node for node in walk(type(row)) if node.key != TOTAL_KEY]
    for spanner, members in groupby(columns, key=lambda node: node.mark(Spanner)):
        alike = list(members)
        yield spanner.label if spanner else alike[0].name, sum(getattr(row, node.key) for node in alike)


def _outcomes(outcomes: OutcomesBase[Any]) -> Iterator[tuple[str, int]]:
    """Give the outcomes' names and numbers, each group's as the sum of its rows."""
    for node in walk(type(outcomes)):
        if node.key != TOTAL_KEY:
            part = getattr(outcomes, node.key)
            yield (
                node.name,
                part.derived_total
                if node.is_row
                else sum(getattr(part, row.key).derived_total for row in node.children),
            )


def _disputes(report: AnnualReport) -> str:
    """State reconsiderations and suits with their results."""
    kinds = [(node.name, list(node.rows())) for node in walk(type(report.disputes))]
    totals = {name: _results(report, rows) for name, rows in kinds}
    if not any(number for results in totals.values() for _, number in results):
        return f"未发生因政府信息公开引起的{'、'.join(totals)}。"
    return "".join(_dispute(name, results) for name, results in totals.items())


def _results(report: AnnualReport, rows: list[Node]) -> list[tuple[str, int]]:
    """Add the results of one kind of dispute up over its groups."""
    columns = [node for node in rows[0].children if node.key != TOTAL_KEY]
    values = report.values
    return [(column.name, sum(int(values[f"disputes.{row.path}.{column.key}"]) for row in rows)) for column in columns]


def _dispute(name: str, results: list[tuple[str, int]]) -> str:
    total = sum(number for _, number in results)
    if not total:
        return f"未发生因政府信息公开引起的{name}。"
    stated = "，".join(f"{result}{number}件" for result, number in results if number)
    return f"因政府信息公开引起的{name}{total}件，其中{stated}。"


def _other_matters(report: AnnualReport) -> Iterator[str]:
    """Offer what offices state of fees where the edition asks for it, and leave the rest open."""
    if report.form.must_report:
        yield "（一）收取信息处理费情况"
        yield (
            f"{report.year}年，本机关{UNFINISHED}收取信息处理费：发出收费通知{UNFINISHED}件，"
            f"总金额{UNFINISHED}元，实际收取{UNFINISHED}元。"
        )
        yield "（二）其他需要报告的事项"
    yield UNFINISHED
