"""The whole report: its heading, its six sections and its signature."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Annotated, Any, Self, TypedDict, Unpack, cast

from pydantic import BaseModel, Field, PlainValidator, ValidationInfo, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError, core_schema

from annual_report.form import Applications, Disputes, ProactiveDisclosure, registry
from annual_report.form.base import StrictModel
from annual_report.form.fields import leaves, nested
from annual_report.form.sections import SECTIONS, TABLES, TITLES, TOPICS
from annual_report.form.values import CreditCode, IsoDate, Line, Lines, Name
from annual_report.report.narrative import Narrative
from annual_report.report.texts import Texts, is_default

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal

    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema

    from annual_report.report.narrative import NarrativeInput
    from annual_report.report.texts import TableTexts

FIRST_YEAR = 2019
LAST_YEAR = 2100
NUMERALS = "一二三四五六七八九"


def _table(value: Any, info: ValidationInfo) -> Any:
    """Validate a table with its class in the report's edition, or in the edition for the report's year."""
    edition = registry.followed_by(info.data.get("edition"), info.data.get("year"))
    return edition.tables[cast("str", info.field_name)].model_validate(value)


class _TableOfEdition:
    """Validates a table by the report's edition; pydantic need not build the class that a field is annotated with."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Return the schema."""
        return core_schema.with_info_plain_validator_function(_table)


_BY_EDITION = (_TableOfEdition(), WithJsonSchema({}))  # the report's own schema has each edition's tables


def _edition(value: Any) -> str:
    if isinstance(value, str) and registry.find(value):
        return value
    known = ", ".join(edition.id for edition in registry.known())
    raise PydanticCustomError("unknown_edition", "should be one of {known}", {"known": known})


if TYPE_CHECKING:

    class _Besides(TypedDict, total=False):
        agency_code: str | None
        title: str | None
        preamble: NarrativeInput
        texts: Texts | dict[str, Any]
        issued_by: str | None
        issued_on: date | str | None

    class _Sections(_Besides, total=False):
        overview: NarrativeInput
        proactive_disclosure: ProactiveDisclosure | dict[str, Any]
        applications: Applications | dict[str, Any]
        disputes: Disputes | dict[str, Any]
        problems_and_improvements: NarrativeInput
        other_matters: NarrativeInput


class AnnualReport(StrictModel):
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

    if TYPE_CHECKING:

        def __init__(
            self,
            *,
            agency: str,
            year: int,
            overview: NarrativeInput,
            proactive_disclosure: ProactiveDisclosure | dict[str, Any],
            applications: Applications | dict[str, Any],
            disputes: Disputes | dict[str, Any],
            problems_and_improvements: NarrativeInput,
            other_matters: NarrativeInput,
            edition: str = ...,
            **besides: Unpack[_Besides],
        ) -> None: ...

    edition: Annotated[str, PlainValidator(_edition), WithJsonSchema({"type": "string"})] = Field(title="格式版本")
    agency: Name = Field(title="行政机关名称")
    agency_code: CreditCode | None = Field(default=None, title="统一社会信用代码", exclude_if=lambda code: code is None)
    year: Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR)] = Field(title="报告年度")
    title: Lines | None = Field(default=None, title="标题")
    preamble: Narrative = Field(default=Narrative(), title="引言")
    overview: Narrative = Field(title=TITLES["overview"])
    proactive_disclosure: Annotated[ProactiveDisclosure, *_BY_EDITION] = Field(title=TITLES["proactive_disclosure"])
    applications: Annotated[Applications, *_BY_EDITION] = Field(title=TITLES["applications"])
    disputes: Annotated[Disputes, *_BY_EDITION] = Field(title=TITLES["disputes"])
    problems_and_improvements: Narrative = Field(title=TITLES["problems_and_improvements"])
    other_matters: Narrative = Field(title=TITLES["other_matters"])
    texts: Texts = Field(default=Texts(), title="表旁文字", exclude_if=is_default)
    issued_by: Line | None = Field(default=None, title="署名")
    issued_on: IsoDate | None = Field(default=None, title="成文日期")

    @model_validator(mode="before")
    @classmethod
    def _fill_in_the_edition(cls, value: Any) -> Any:
        if not isinstance(value, dict) or "edition" in value:
            return value
        return {"edition": registry.followed_by(None, value.get("year")).id, **value}

    def with_values(self, values: Mapping[str, Any]) -> Self:
        """Return a copy of the report with other values, validated as a whole.

        Parameters
        ----------
        values
            The new values by path. A path leads to a cell, a part or a text; a part is replaced as a whole. Totals of
            which a cell changes are derived anew, unless they are given too. The edition follows a new year.

        Returns
        -------
        AnnualReport
            The copy.

        Raises
        ------
        UnusableInputError
            A path or a value is not valid; every problem is listed with its place.
        ArgumentTypeError
            `values` is not a mapping, or a path is not text.

        Examples
        --------
        >>> report = AnnualReport.blank(agency="某局", year=2023)
        >>> changed = report.with_values({"applications.received.natural_person": 5, "year": 2024})
        >>> changed.year, changed.applications.received.total
        (2024, 5)
        """
        from annual_report.report.changes import changed  # whose errors name places in the words of this class

        return cast("Self", changed(self, values))

    def revised(self, changes: Mapping[str, Any]) -> dict[str, Any]:
        """Return the data of a changed copy; the edition follows a new year, as far as it did before."""
        data = super().revised(changes)
        followed, follows = (
            registry.in_force(year) if type(year) is int else None for year in (self.year, data["year"])
        )
        if "edition" not in changes and followed is self.form and follows is not None:
            del data["edition"]
        return data

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
    def blank(cls, *, agency: str, year: int, edition: str | None = None, **fields: Unpack[_Sections]) -> Self:
        """Make an empty report: every number zero, and the expected topics as sub-headings of section one.

        Parameters
        ----------
        agency
            The body's full name.
        year
            The year reported on.
        edition
            The edition of the form; by default, the one in force for the year.
        fields
            Any other fields of the report, as the constructor takes them.

        Returns
        -------
        AnnualReport
            A valid report.

        Raises
        ------
        pydantic.ValidationError
            A value is not valid.

        Examples
        --------
        >>> AnnualReport.blank(agency="某局", year=2020).edition
        '2019'
        >>> str(AnnualReport.blank(agency="某局", year=2024, other_matters="无。").other_matters)
        '无。'
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
                **fields,
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
        plain = handler.resolve_ref_schema(super().__get_pydantic_json_schema__(schema, handler))
        branches = [_branch(plain, edition, handler) for edition in reversed(registry.known())]
        return {"title": cls.__name__, "description": plain["description"], "anyOf": branches}


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
