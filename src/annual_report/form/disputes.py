"""Section four: administrative reconsideration and litigation (行政复议、行政诉讼)."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from annual_report.form.base import FormModel, FormTable, Sum
from annual_report.form.layouts import Spread
from annual_report.form.values import Count


class Results(Sum):
    """Numbers of cases by result.

    Parameters
    ----------
    upheld, corrected, other, pending
        Numbers of cases: upheld, corrected, with another result, not yet concluded.
    total
        Their total as given; derived if omitted.
    """

    total_rule: ClassVar[str] = "disputes.total"

    upheld: Count = Field(title="结果维持")
    corrected: Count = Field(title="结果纠正")
    other: Count = Field(title="其他结果")
    pending: Count = Field(title="尚未审结")


class Litigation(FormModel):
    """Administrative litigation (行政诉讼)."""

    direct: Results = Field(title="未经复议直接起诉")
    after_reconsideration: Results = Field(title="复议后起诉")


class Disputes(FormTable):
    """Section four's table (政府信息公开行政复议、行政诉讼情况)."""

    layout: ClassVar[Spread] = Spread()

    reconsideration: Results = Field(title="行政复议")
    litigation: Litigation = Field(title="行政诉讼")
