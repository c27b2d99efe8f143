"""The whole report: its heading, its six sections and its signature."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Annotated, Any, Self, cast

from pydantic import BaseModel, Field, PlainValidator, SerializeAsAny, ValidationInfo, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from annual_report.form import Applications, Disputes, ProactiveDisclosure, registry
from annual_report.form.base import FormModel
from annual_report.form.fields import leaves, nested
from annual_report.form.sections import SECTIONS, TABLES, TITLES, TOPICS
from annual_report.form.values import CreditCode, IsoDate, Line, Lines, Name
from annual_report.report.narrative import Narrative

if TYPE_CHECKING:
    from decimal import Decimal

    from pydantic import GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema

FIRST_YEAR = 2019
LAST_YEAR = 2100
NUMERALS = "一二三四五六七八九"


def _table(value: Any, info: ValidationInfo) -> Any:
    """Validate a table with its class in the report's edition, or in the edition for the report's year."""
    edition = registry.followed_by(info.data.get("edition"), info.data.get("year"))
    return edition.tables[cast("str", info.field_name)].model_validate(value)


_BY_EDITION = (PlainValidator(_table), WithJsonSchema({}))  # the report's own schema has each edition's tables


def _is_default(text: FormModel) -> bool:
    """Return whether a text beside a table is empty, so that the JSON omits it."""
    return text == type(text)()


def _edition(value: Any) -> str:
    if isinstance(value, str) and registry.find(value):
        return value
    known = ", ".join(edition.id for edition in registry.known())
    raise PydanticCustomError("unknown_edition", "should be one of {known}", {"known": known})


class TableTexts(FormModel):
    """A body's own text around one of the tables.

    Parameters
    ----------
    before
        The text between the section's heading and its table.
    notes
        The notes under the table.
    """

    before: Narrative = Field(default=Narrative(), title="表前文字", exclude_if=_is_default)
    notes: Narrative = Field(default=Narrative(), title="表下注释", exclude_if=_is_default)


class Texts(FormModel):
    """A body's own text around the tables of sections two, three and four."""

    proactive_disclosure: TableTexts = Field(
        default=TableTexts(), title=TITLES["proactive_disclosure"], exclude_if=_is_default
    )
    applications: TableTexts = Field(default=TableTexts(), title=TITLES["applications"], exclude_if=_is_default)
    disputes: TableTexts = Field(default=TableTexts(), title=TITLES["disputes"], exclude_if=_is_default)


class AnnualReport(FormModel):
    """A government body's annual report on open government information (政府信息公开工作年度报告).

    Validation chooses the classes of the tables by the report's edition. `isinstance` on a table tells the editions
    apart, for type checkers too.

    Parameters
    ----------
    edition
        The edition of the form, `2021` or `2019`; by default, the one in force for the report's year.
    agency
        The body's full name, at most 100 characters.
    agency_code
        The body's 18-character 统一社会信用代码 (unified social credit identifier, GB 32100-2015), if known.
    year
        The year reported on, from 2019 to 2100.
    title
        The exact title, if it differs from the usual one.
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
    texts
        The body's own text above the tables of sections two, three and four, and the notes under them.
    issued_by, issued_on
        The signature and its date, if the report has them.

    Raises
    ------
    pydantic.ValidationError
        The values are not a valid report; `explain` describes the error in the form's words.

    Notes
    -----
    政府信息公开条例, articles 49 and 50; 国办公开办函〔2021〕30号.

    Examples
    --------
    >>> report = AnnualReport.blank(agency="石嘴山市民政局", year=2023)
    >>> report.applications.outcomes.granted.total
    0
    """

    edition: Annotated[str, PlainValidator(_edition), WithJsonSchema({"type": "string"})] = Field(title="格式版本")
    agency: Name = Field(title="行政机关名称")
    agency_code: CreditCode | None = Field(default=None, title="统一社会信用代码", exclude_if=lambda code: code is None)
    year: Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR)] = Field(title="报告年度")
    title: Lines | None = Field(default=None, title="标题")
    preamble: Narrative = Field(default=Narrative(), title="引言")
    overview: Narrative = Field(title=TITLES["overview"])
    proactive_disclosure: Annotated[SerializeAsAny[ProactiveDisclosure], *_BY_EDITION] = Field(
        title=TITLES["proactive_disclosure"]
    )
    applications: Annotated[SerializeAsAny[Applications], *_BY_EDITION] = Field(title=TITLES["applications"])
    disputes: Annotated[SerializeAsAny[Disputes], *_BY_EDITION] = Field(title=TITLES["disputes"])
    problems_and_improvements: Narrative = Field(title=TITLES["problems_and_improvements"])
    other_matters: Narrative = Field(title=TITLES["other_matters"])
    texts: Texts = Field(default=Texts(), title="表旁文字", exclude_if=_is_default)
    issued_by: Line | None = Field(default=None, title="署名")
    issued_on: IsoDate | None = Field(default=None, title="成文日期")

    @model_validator(mode="before")
    @classmethod
    def _fill_in_the_edition(cls, value: Any) -> Any:
        if not isinstance(value, dict) or "edition" in value:
            return value
        return {"edition": registry.followed_by(None, value.get("year")).id, **value}

    @property
    def form(self) -> registry.Edition:
        """The edition of the form that the report follows."""
        return cast("registry.Edition", registry.find(self.edition))

    @property
    def narratives(self) -> dict[str, Narrative]:
        """Every text of the sections by path, in the report's order; empty texts around tables are omitted.

        Examples
        --------
        >>> list(AnnualReport.blank(agency="某局", year=2024).narratives)
        ['overview', 'problems_and_improvements', 'other_matters']
        """
        found: dict[str, Narrative] = {}
        for key in SECTIONS:
            if key in TABLES:
                beside: TableTexts = getattr(self.texts, key)
                texts = {f"texts.{key}.before": beside.before, f"texts.{key}.notes": beside.notes}
                found |= {path: text for path, text in texts.items() if len(text)}
            else:
                found[key] = getattr(self, key)
        return found

    @property
    def values(self) -> dict[str, int | Decimal]:
        """Every value of the three tables by its full path, with totals as printed.

        Examples
        --------
        >>> AnnualReport.blank(agency="某局", year=2024).values["applications.received.natural_person"]
        0
        """
        grids = self.form.grids
        numbers = chain.from_iterable(grid.read(getattr(self, key)) for key, grid in grids.items())
        return dict(zip(self.form.cells, numbers, strict=True))

    @classmethod
    def blank(cls, *, agency: str, year: int, edition: str | None = None) -> Self:
        """Make an empty report: every number zero, and the expected topics as sub-headings of section one.

        Parameters
        ----------
        agency
            The body's full name.
        year
            The year reported on.
        edition
            The edition of the form; by default, the one in force for the year.

        Returns
        -------
        AnnualReport
            A valid report.

        Raises
        ------
        pydantic.ValidationError
            The name, the year or the edition is not valid.

        Examples
        --------
        >>> AnnualReport.blank(agency="某局", year=2020).edition
        '2019'
        """
        tables = registry.followed_by(edition, year).tables
        topics = (f"（{numeral}）{topic}情况" for numeral, topic in zip(NUMERALS, TOPICS, strict=False))
        given = {"edition": edition} if edition is not None else {}
        return cls.model_validate(
            {
                **given,
                "agency": agency,
                "year": year,
                "overview": "\n".join(topics),
                **{key: _zeros(table) for key, table in tables.items()},
                "problems_and_improvements": "",
                "other_matters": "",
            }
        )

    def _repr_html_(self) -> str:
        """Show the report in a notebook."""
        from annual_report.document.compose import compose  # a display method, which may import upward
        from annual_report.style import Style
        from annual_report.writers.html import preview

        return preview(compose(self), Style())

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Return a schema with one branch per edition, each with its own tables."""
        plain = handler.resolve_ref_schema(handler(schema))
        branches = [_branch(plain, edition, handler) for edition in reversed(registry.known())]
        return {"title": cls.__name__, "description": plain.get("description", ""), "anyOf": branches}


def _branch(plain: JsonSchemaValue, edition: registry.Edition, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
    """Return the schema of the reports that follow one edition."""
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
    """Return a table with every number zero and no totals."""
    return nested({leaf.path: 0 for leaf in leaves(model) if not leaf.is_total})
