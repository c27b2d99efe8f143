"""The whole report: its heading, its six sections and its signature."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Self, cast

from pydantic import BaseModel, Field, PlainValidator, SerializeAsAny, ValidationInfo, model_validator
from pydantic_core import PydanticCustomError

from annual_report.form import Applications, Disputes, ProactiveDisclosure, registry
from annual_report.form.base import TOTAL_KEY, FormModel
from annual_report.form.fields import walk
from annual_report.form.values import IsoDate, Line, Lines, Name
from annual_report.report.narrative import Narrative

if TYPE_CHECKING:
    from pydantic import GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema

FIRST_YEAR = 2019
LAST_YEAR = 2100
TABLES = ("proactive_disclosure", "applications", "disputes")
SECTIONS = (
    "overview",
    "proactive_disclosure",
    "applications",
    "disputes",
    "problems_and_improvements",
    "other_matters",
)
NARRATIVES = ("overview", "problems_and_improvements", "other_matters")
TOPICS = ("主动公开", "依申请公开", "政府信息管理", "政府信息公开平台建设", "监督保障")
REPORT_NAME = "政府信息公开工作年度报告"
NUMERALS = "一二三四五六七八九"


def _table(value: Any, info: ValidationInfo) -> Any:
    """Validate a table with the class that the report's edition has for it, or the one for its year would have."""
    by_year = registry.in_force(info.data["year"]) if "year" in info.data else None
    edition = registry.find(info.data.get("edition", "")) or by_year or registry.known()[-1]
    table: type[FormModel] = getattr(edition, cast("str", info.field_name))
    return table.model_validate(value)


def _edition(value: Any) -> str:
    if isinstance(value, str) and registry.find(value):
        return value
    known = ", ".join(edition.id for edition in registry.known())
    raise PydanticCustomError("unknown_edition", "should be one of {known}", {"known": known})


class AnnualReport(FormModel):
    """A body's annual report on its work of open government information (政府信息公开工作年度报告).

    Validation picks the classes of the tables by the report's edition. `isinstance` on a table tells which it is,
    to a type checker too.

    Parameters
    ----------
    edition
        The edition of the form, `2021` or `2019`; left out, the one in force for the report's year.
    agency
        The body's full name, at most 100 characters.
    year
        The year reported on, from 2019 to 2100.
    title
        The exact title, where the body's own differs from the usual one.
    preamble
        The legal basis and the statistical period, above section one.
    overview
        Section one, 总体情况.
    proactive_disclosure
        Section two, 主动公开政府信息情况.
    applications
        Section three, 收到和处理政府信息公开申请情况.
    disputes
        Section four, 政府信息公开行政复议、行政诉讼情况.
    problems_and_improvements
        Section five, 存在的主要问题及改进情况.
    other_matters
        Section six, 其他需要报告的事项.
    issued_by, issued_on
        The signature and the date, where the body sets them.

    Notes
    -----
    政府信息公开条例, articles 49 and 50; 国办公开办函〔2021〕30号.

    Examples
    --------
    >>> report = AnnualReport.blank(agency="石嘴山市民政局", year=2023)
    >>> report.applications.outcomes.granted.total
    0
    """

    edition: Annotated[str, PlainValidator(_edition, json_schema_input_type=str)] = Field(title="格式版本")
    agency: Name = Field(title="行政机关名称")
    year: Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR)] = Field(title="报告年度")
    title: Lines | None = Field(default=None, title="标题")
    preamble: Narrative = Field(default=Narrative(), title="引言")
    overview: Narrative = Field(title="一、总体情况")
    proactive_disclosure: Annotated[SerializeAsAny[ProactiveDisclosure], PlainValidator(_table)] = Field(
        title="二、主动公开政府信息情况"
    )
    applications: Annotated[SerializeAsAny[Applications], PlainValidator(_table)] = Field(
        title="三、收到和处理政府信息公开申请情况"
    )
    disputes: Annotated[SerializeAsAny[Disputes], PlainValidator(_table)] = Field(
        title="四、政府信息公开行政复议、行政诉讼情况"
    )
    problems_and_improvements: Narrative = Field(title="五、存在的主要问题及改进情况")
    other_matters: Narrative = Field(title="六、其他需要报告的事项")
    issued_by: Line | None = Field(default=None, title="署名")
    issued_on: IsoDate | None = Field(default=None, title="成文日期")

    @model_validator(mode="before")
    @classmethod
    def _fill_in_the_edition(cls, value: Any) -> Any:
        if not isinstance(value, dict) or "edition" in value:
            return value
        year = value.get("year")
        edition = registry.in_force(year) if type(year) is int else None
        return {"edition": (edition or registry.known()[-1]).id, **value}

    @property
    def form(self) -> registry.Edition:
        """The edition of the form that the report follows."""
        return cast("registry.Edition", registry.find(self.edition))

    @classmethod
    def blank(cls, *, agency: str, year: int, edition: str | None = None) -> Self:
        """Make a skeleton: every number zero, the expected topics as sub-headings, the rest to be written.

        Parameters
        ----------
        agency
            The body's full name.
        year
            The year reported on.
        edition
            The edition of the form; left out, the one in force for the year.

        Returns
        -------
        AnnualReport
            A valid report.

        Raises
        ------
        pydantic.ValidationError
            The name, the year or the edition cannot be a report's.
        """
        named = registry.find(edition) if isinstance(edition, str) else None
        by_year = registry.in_force(year) if type(year) is int else None
        form = named or by_year or registry.known()[-1]
        topics = (f"（{numeral}）{topic}情况" for numeral, topic in zip(NUMERALS, TOPICS, strict=False))
        given = {"edition": edition} if edition is not None else {}
        return cls.model_validate(
            {
                **given,
                "agency": agency,
                "year": year,
                "overview": "\n".join(topics),
                **{key: _zeros(getattr(form, key)) for key in TABLES},
                "problems_and_improvements": "",
                "other_matters": "",
            }
        )

    def _repr_html_(self) -> str:
        """Show the report in a notebook."""
        from annual_report.document.compose import compose  # the one door upward: models know no documents
        from annual_report.style import Style
        from annual_report.writers.html import preview

        return preview(compose(self), Style())

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """One branch per edition, with the classes of its own tables."""
        plain = handler.resolve_ref_schema(handler(schema))
        branches = [_branch(plain, edition, handler) for edition in reversed(registry.known())]
        return {"title": cls.__name__, "description": plain.get("description", ""), "anyOf": branches}


def _branch(plain: JsonSchemaValue, edition: registry.Edition, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
    """Give the schema of the reports that follow one edition."""
    properties = dict(plain["properties"])
    for key in TABLES:
        table = handler(getattr(edition, key).__pydantic_core_schema__)
        properties[key] = {"title": properties[key]["title"], "allOf": [table]}
    years: dict[str, Any] = {"minimum": edition.first_year}
    if edition.last_year is not None:
        years["maximum"] = edition.last_year
    return {
        "title": edition.instrument,
        "type": "object",
        "properties": properties | {"edition": {"title": properties["edition"]["title"], "const": edition.id}},
        "required": [key for key in plain["required"] if key != "edition"],
        "additionalProperties": False,
        "anyOf": [{"required": ["edition"]}, {"properties": {"year": years}}],
    }


def _zeros(model: type[BaseModel]) -> dict[str, Any]:
    """Give a table with every number zero."""
    return {
        node.path: 0 if node.model is None else _zeros(node.model) for node in walk(model) if node.path != TOTAL_KEY
    }
