"""The form in force since the reports on 2021 (国办公开办函〔2021〕30号)."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from annual_report.editions import labels
from annual_report.editions.registry import Edition
from annual_report.model.applications import Applicants, ApplicationsBase, OutcomesBase
from annual_report.model.base import Amount, Clause, Count, FormModel, FormTable
from annual_report.model.disputes import Disputes


class Documents(FormModel):
    """Numbers of documents of one kind.

    Parameters
    ----------
    issued, repealed
        Documents issued and repealed within the year.
    in_force
        Documents in force at its end.
    """

    issued: Count = Field(title="本年制发件数")
    repealed: Count = Field(title="本年废止件数")
    in_force: Count = Field(title="现行有效件数")


class Decisions(FormModel):
    """A number of decisions.

    Parameters
    ----------
    decisions
        Decisions made within the year.
    """

    decisions: Count = Field(title="本年处理决定数量")


class Fees(FormModel):
    """Fees collected.

    Parameters
    ----------
    amount
        What was collected within the year, in 万元 (ten thousand yuan), with the digits given.
    """

    amount: Amount = Field(title="本年收费金额（单位：万元）")


class ProactiveDisclosure(FormTable):
    """Section two's table (主动公开政府信息情况)."""

    rules: Annotated[Documents, Clause("一")] = Field(title=labels.RULES)
    normative_documents: Annotated[Documents, Clause("一")] = Field(title="行政规范性文件")
    licensing: Annotated[Decisions, Clause("五")] = Field(title=labels.LICENSING)
    penalties: Annotated[Decisions, Clause("六")] = Field(title=labels.PENALTIES)
    compulsion: Annotated[Decisions, Clause("六")] = Field(title=labels.COMPULSION)
    fees: Annotated[Fees, Clause("八")] = Field(title=labels.FEES)


class OtherHandling(FormModel):
    """Applications handled in other ways (其他处理)."""

    correction_overdue: Applicants = Field(title="1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请")
    fee_overdue: Applicants = Field(title="2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请")
    other: Applicants = Field(title="3.其他")


class Outcomes(OutcomesBase[OtherHandling]):
    """What became of the applications (本年度办理结果)."""


class Applications(ApplicationsBase[Outcomes]):
    """Section three's table (收到和处理政府信息公开申请情况)."""


EDITION = Edition(
    id="2021",
    authority="国办公开办函〔2021〕30号",
    instrument="中华人民共和国政府信息公开工作年度报告格式",
    first_year=2021,
    last_year=None,
    proactive_disclosure=ProactiveDisclosure,
    applications=Applications,
    disputes=Disputes,
)
