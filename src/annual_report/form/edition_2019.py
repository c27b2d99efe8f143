"""The trial form of the reports on 2019 and 2020 (国办公开办函〔2019〕60号)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from annual_report.form import applications, proactive_disclosure
from annual_report.form.applications import Applicants, ApplicationsBase, OutcomesBase
from annual_report.form.base import FormModel
from annual_report.form.disputes import Disputes
from annual_report.form.marks import Item, Spine, Unit
from annual_report.form.proactive_disclosure import ProactiveDisclosureBase
from annual_report.form.registry import Edition
from annual_report.form.values import Amount, Count, SignedCount

if TYPE_CHECKING:
    from annual_report.form.values import AmountInput


class Documents(FormModel):
    """Numbers of documents of one kind.

    Parameters
    ----------
    produced, disclosed
        Documents produced, and disclosed, for the first time this year.
    disclosed_in_total
        Documents disclosed to the public in total.
    """

    produced: Count = Field(title="本年新制作数量")
    disclosed: Count = Field(title="本年新公开数量")
    disclosed_in_total: Count = Field(title="对外公开总数量")


class Items(FormModel):
    """Numbers of items that a body administers.

    Parameters
    ----------
    items_last_year
        Items at the end of last year.
    items_change
        Items added this year minus items removed; signed.
    """

    items_last_year: Count = Field(title="上一年项目数量")
    items_change: SignedCount = Field(title="本年增/减")


class ItemsWithDecisions(Items):
    """Numbers of items, and of decisions.

    Parameters
    ----------
    decisions
        Decisions made this year.
    """

    decisions: Count = Field(title="处理决定数量")


class Procurement(FormModel):
    """Procurement through the government's central agency.

    Parameters
    ----------
    projects
        Projects procured.
    amount
        Their total cost in 元 (yuan), with its digits as given.
    """

    if TYPE_CHECKING:

        def __init__(self, *, projects: int, amount: AmountInput) -> None: ...

    projects: Count = Field(title="采购项目数量")
    amount: Annotated[Amount, Unit("元")] = Field(title="采购总金额")


class ProactiveDisclosure(ProactiveDisclosureBase):
    """Section two's table (主动公开政府信息情况)."""

    rules: Annotated[Documents, Item("一")] = Field(title=proactive_disclosure.RULES)
    normative_documents: Annotated[Documents, Item("一")] = Field(title="规范性文件")
    licensing: Annotated[ItemsWithDecisions, Item("五")] = Field(title=proactive_disclosure.LICENSING)
    other_services: Annotated[ItemsWithDecisions, Item("五")] = Field(title="其他对外管理服务事项")
    penalties: Annotated[ItemsWithDecisions, Item("六")] = Field(title=proactive_disclosure.PENALTIES)
    compulsion: Annotated[ItemsWithDecisions, Item("六")] = Field(title=proactive_disclosure.COMPULSION)
    fees: Annotated[Items, Item("八")] = Field(title=proactive_disclosure.FEES)
    central_procurement: Annotated[Procurement, Item("九")] = Field(title="政府集中采购")


class Outcomes(OutcomesBase):
    """Outcomes of applications (本年度办理结果)."""

    other_handling: Applicants = Field(title=applications.OTHER_HANDLING)


class Applications(ApplicationsBase):
    """Section three's table (收到和处理政府信息公开申请情况)."""

    outcomes: Annotated[Outcomes, Spine()] = Field(title=applications.OUTCOMES)


EDITION = Edition(
    id="2019",
    document_number="国办公开办函〔2019〕60号",
    instrument="中华人民共和国政府信息公开工作年度报告格式（试行）",
    first_year=2019,
    last_year=2020,
    must_report="",
    proactive_disclosure=ProactiveDisclosure,
    applications=Applications,
    disputes=Disputes,
)
