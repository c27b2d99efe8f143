"""The form for reports on 2021 and later years (国办公开办函〔2021〕30号)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field

from annual_report.form import applications, proactive_disclosure
from annual_report.form.applications import Applicants, ApplicationsBase, OutcomesBase
from annual_report.form.base import FormModel
from annual_report.form.disputes import Disputes
from annual_report.form.marks import Item, Spine
from annual_report.form.proactive_disclosure import ProactiveDisclosureBase
from annual_report.form.registry import Edition
from annual_report.form.relations import CarryOver, Declared
from annual_report.form.values import Amount, Count

if TYPE_CHECKING:
    from annual_report.form.values import AmountInput


class Documents(FormModel):
    """Numbers of documents of one kind.

    Parameters
    ----------
    issued, repealed
        Documents issued and repealed this year.
    in_force
        Documents in force at the end of the year.
    """

    relations: ClassVar[tuple[Declared, ...]] = (
        CarryOver(
            "previous.in_force",
            "warning",
            cell="in_force",
            last_year="in_force",
            increases=("issued",),
            decreases=("repealed",),
        ),
    )

    issued: Count = Field(title="本年制发件数")
    repealed: Count = Field(title="本年废止件数")
    in_force: Count = Field(title="现行有效件数")


class Decisions(FormModel):
    """A number of decisions.

    Parameters
    ----------
    decisions
        Decisions made this year.
    """

    decisions: Count = Field(title="本年处理决定数量")


class Fees(FormModel):
    """Fees collected.

    Parameters
    ----------
    amount
        The amount collected this year in 万元 (ten thousand yuan), with its digits as given.
    """

    if TYPE_CHECKING:

        def __init__(self, *, amount: AmountInput) -> None: ...

    amount: Amount = Field(title="本年收费金额（单位：万元）")


class ProactiveDisclosure(ProactiveDisclosureBase):
    """Section two's table (主动公开政府信息情况)."""

    rules: Annotated[Documents, Item("一")] = Field(title=proactive_disclosure.RULES)
    normative_documents: Annotated[Documents, Item("一")] = Field(title="行政规范性文件")
    licensing: Annotated[Decisions, Item("五")] = Field(title=proactive_disclosure.LICENSING)
    penalties: Annotated[Decisions, Item("六")] = Field(title=proactive_disclosure.PENALTIES)
    compulsion: Annotated[Decisions, Item("六")] = Field(title=proactive_disclosure.COMPULSION)
    fees: Annotated[Fees, Item("八")] = Field(title=proactive_disclosure.FEES)


class OtherHandling(FormModel):
    """Applications handled in other ways (其他处理)."""

    correction_overdue: Applicants = Field(title="1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请")
    fee_overdue: Applicants = Field(title="2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请")
    other: Applicants = Field(title="3.其他")


class Outcomes(OutcomesBase):
    """Outcomes of applications (本年度办理结果)."""

    other_handling: OtherHandling = Field(title=applications.OTHER_HANDLING)


class Applications(ApplicationsBase):
    """Section three's table (收到和处理政府信息公开申请情况)."""

    outcomes: Annotated[Outcomes, Spine()] = Field(title=applications.OUTCOMES)


EDITION = Edition(
    id="2021",
    document_number="国办公开办函〔2021〕30号",
    instrument="中华人民共和国政府信息公开工作年度报告格式",
    first_year=2021,
    last_year=None,
    must_report="本年度收取信息处理费情况（未收取的也应说明）",
    proactive_disclosure=ProactiveDisclosure,
    applications=Applications,
    disputes=Disputes,
)
