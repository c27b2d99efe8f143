"""A caller's module, which type checkers read, and which runs up to the errors."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from annual_report import AnnualReport, Style
from annual_report.form import edition_2019, edition_2021
from annual_report.form.applications import Applicants
from annual_report.form.disputes import Disputes, Litigation, Results
from annual_report.report.texts import TableTexts, Texts
from annual_report.style import Font, Fonts

if TYPE_CHECKING:
    from typing import reveal_type

blank = AnnualReport.blank(
    agency="某局",
    year=2024,
    overview="（一）主动公开情况",
    issued_on=date(2025, 1, 2),
    texts={"disputes": {"notes": "无"}},
    other_matters=["甲", "乙"],
)
report = AnnualReport(
    agency="某局",
    year=2024,
    overview="一",
    proactive_disclosure=blank.proactive_disclosure,
    applications=blank.applications,
    disputes=Disputes(
        reconsideration=Results(upheld=1, corrected=0, other=0, pending=0, total=1),
        litigation=Litigation.of(direct=Results.of(pending=2)),
    ),
    problems_and_improvements=blank.overview,
    other_matters=["第一段", "第二段"],
    issued_on="2025-01-02",
    title=None,
)
AnnualReport(
    edition="2021",
    agency="某局",
    agency_code=None,
    year=2024,
    title="年报",
    preamble="一",
    overview="一",
    proactive_disclosure=report.proactive_disclosure.model_dump(),
    applications=report.applications.model_dump(),
    disputes=report.disputes.model_dump(),
    problems_and_improvements="",
    other_matters="",
    texts=Texts(disputes=TableTexts(notes="无"), applications={"before": "无"}),
    issued_by="某局",
    issued_on=None,
)
Style(fonts={"body": {"size": "四号"}}, lines=20, margins={"left": 30}, paper=[210, 297])
Style(fonts=Fonts(body=Font(east_asian="宋体", size="三号"), title={"size": 22}))
Applicants.of(natural_person=1)
edition_2021.Fees(amount="1.50")
edition_2019.Procurement(projects=1, amount=Decimal("1.50"))
if TYPE_CHECKING:
    reveal_type(blank)  # AnnualReport
    reveal_type(report.overview)  # Narrative
    reveal_type(report.with_values({"year": 2023}))  # AnnualReport
    reveal_type(report.__replace__(year=2023))  # AnnualReport
    reveal_type(Applicants.of(natural_person=1))  # Applicants
    reveal_type(report.model_copy(update={"year": 2023}))  # AnnualReport
    AnnualReport(agency="", year=2024, overview="", problems_and_improvements="", other_matters="")  # applications
    AnnualReport.blank(agency="某局", year=2024, overvew="")  # overvew
    AnnualReport.blank(agency="某局", year="2024")  # "year"
    AnnualReport.blank(agency="某局", year=2024, overview=5)  # "overview"
    Applicants(natural_person=1)  # commercial_enterprise
    Style(fonts=5)  # "fonts"
    Style(line=5)  # line
    Fonts(bdy={})  # bdy
    Font(east_asian="宋体")  # size
