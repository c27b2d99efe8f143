"""Section three: applications received, and their outcomes (收到和处理政府信息公开申请情况).

This module holds the rows that all editions share; each edition adds its own.
"""

from __future__ import annotations

from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Generic, TypeVar

from pydantic import Field, ValidationError, computed_field

from annual_report.form.base import FormModel, FormTable, Sum, Totalled, Within, leaf_names
from annual_report.form.fields import rows
from annual_report.form.layouts import Crossed
from annual_report.form.marks import Spanner, Spine
from annual_report.form.relations import Balance, CarryOver, Declared
from annual_report.form.values import Count, Total

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

ORGANIZATIONS = Spanner("法人或其他组织")
OUTCOMES = "三、本年度办理结果"
OTHER_HANDLING = "（六）其他处理"

NumberT = TypeVar("NumberT", bound=int)


class ByApplicant(Sum, Generic[NumberT]):
    """Numbers of applications by applicant (申请人情况): one row of section three's table.

    Parameters
    ----------
    natural_person, commercial_enterprise, research_institution, public_welfare_organization
        Numbers of applications by kind of applicant.
    legal_service_institution, other_organization
        The same, for the last two kinds.
    total
        The row's total as given; derived if omitted.
    """

    total_rule: ClassVar[str] = "applications.total"

    natural_person: NumberT = Field(title="自然人")
    commercial_enterprise: Annotated[NumberT, ORGANIZATIONS] = Field(title="商业企业")
    research_institution: Annotated[NumberT, ORGANIZATIONS] = Field(title="科研机构")
    public_welfare_organization: Annotated[NumberT, ORGANIZATIONS] = Field(title="社会公益组织")
    legal_service_institution: Annotated[NumberT, ORGANIZATIONS] = Field(title="法律服务机构")
    other_organization: Annotated[NumberT, ORGANIZATIONS] = Field(title="其他")


class Applicants(ByApplicant[Count]):
    """Numbers of applications by applicant (申请人情况), each at most 999,999,999."""


class ApplicantTotals(ByApplicant[Total]):
    """Sums of numbers of applications, by applicant (总计)."""

    @classmethod
    def summing(cls, rows: Iterable[Applicants]) -> ApplicantTotals:
        """Add up rows, column by column."""
        sums = map(sum, zip(*(row.leaves for row in rows), strict=True))
        return cls.model_construct(None, **dict(zip(leaf_names(cls), sums, strict=True)))


class Refused(FormModel):
    """Applications refused, by ground (不予公开)."""

    state_secret: Applicants = Field(title="1.属于国家秘密")
    prohibited_by_law: Applicants = Field(title="2.其他法律行政法规禁止公开")
    security_and_stability: Applicants = Field(title="3.危及“三安全一稳定”")
    third_party_rights: Applicants = Field(title="4.保护第三方合法权益")
    internal_affairs: Applicants = Field(title="5.属于三类内部事务信息")
    deliberative_process: Applicants = Field(title="6.属于四类过程性信息")
    enforcement_files: Applicants = Field(title="7.属于行政执法案卷")
    administrative_inquiry: Applicants = Field(title="8.属于行政查询事项")


class UnableToProvide(FormModel):
    """Applications that could not be met, by reason (无法提供)."""

    not_held: Applicants = Field(title="1.本机关不掌握相关政府信息")
    creation_required: Applicants = Field(title="2.没有现成信息需要另行制作")
    unclear_after_correction: Applicants = Field(title="3.补正后申请内容仍不明确")


class NotProcessed(FormModel):
    """Applications not processed, by reason (不予处理)."""

    petition_or_complaint: Applicants = Field(title="1.信访举报投诉类申请")
    repeated: Applicants = Field(title="2.重复申请")
    publications_requested: Applicants = Field(title="3.要求提供公开出版物")
    excessive_repeated: Applicants = Field(title="4.无正当理由大量反复申请")
    confirmation_requested: Applicants = Field(title="5.要求行政机关确认或重新出具已获取信息")


class OutcomesBase(Totalled):
    """Outcomes of applications (本年度办理结果); editions differ in the class of 其他处理."""

    total_rule: ClassVar[str] = "applications.outcomes"

    granted: Applicants = Field(title="（一）予以公开")
    partially_granted: Applicants = Field(title="（二）部分公开（区分处理的，只计这一情形，不计其他情形）")
    refused: Refused = Field(title="（三）不予公开")
    unable_to_provide: UnableToProvide = Field(title="（四）无法提供")
    not_processed: NotProcessed = Field(title="（五）不予处理")
    other_handling: FormModel = Field(title=OTHER_HANDLING)
    stated_total: ApplicantTotals | None = Field(
        default=None, alias="total", title="（七）总计", exclude=True, repr=False
    )

    @property
    def derived_total(self) -> ApplicantTotals:
        """The sum of all outcomes, in every column."""
        return ApplicantTotals.summing(_rows_of(type(self))(self))

    @computed_field  # type: ignore[prop-decorator]  # mypy knows no decorated property
    @property
    def total(self) -> ApplicantTotals:
        """The total as given if it differs from the derived one, else the derived one."""
        return self.derived_total if self.stated_total is None else self.stated_total

    def _revised_total(self, data: dict[str, Any], changes: Within) -> Any:
        """Keep the stated cells of columns that do not change; derive the others."""
        if self.stated_total is None and not changes:
            return None
        try:
            new = type(self).model_validate(data)
        except ValidationError:  # which is reported in any case
            new = self
        derived = new.derived_total
        if self.stated_total is None:
            return derived.revised(changes)
        before, after = (zip(*(row.leaves for row in _rows_of(type(part))(part)), strict=True) for part in (self, new))
        columns = zip(leaf_names(ApplicantTotals), before, after, strict=True)
        moved = {name: getattr(derived, name) for name, old, current in columns if old != current}
        return self.stated_total.revised(moved | changes)


class ApplicationsBase(FormTable):
    """The part of section three's table that all editions share; they differ in the class of the outcomes."""

    layout: ClassVar[Crossed] = Crossed(
        stub_heading="（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", heading="申请人情况"
    )
    relations: ClassVar[tuple[Declared, ...]] = (
        Balance(
            "applications.balance",
            left=("received", "carried_in"),
            right=("outcomes.total", "carried_forward"),
            first="outcomes.total",
        ),
        CarryOver("previous.carried_in", "error", cell="carried_in", last_year="carried_forward"),
    )

    received: Applicants = Field(title="一、本年新收政府信息公开申请数量")
    carried_in: Applicants = Field(title="二、上年结转政府信息公开申请数量")
    outcomes: Annotated[OutcomesBase, Spine()] = Field(title=OUTCOMES)
    carried_forward: Applicants = Field(title="四、结转下年度继续办理")


@cache
def _rows_of(model: type[OutcomesBase]) -> Callable[[OutcomesBase], tuple[Applicants, ...]]:
    """Return a getter of a class's rows of counts, excluding the row of totals."""
    return attrgetter(*(row.path for row in rows(model) if not row.is_total))
