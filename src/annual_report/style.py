"""Styles: the settings for a report's look, and the named presets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import (
    BeforeValidator,
    ConfigDict,
    Field,
    ModelWrapValidatorHandler,
    ValidationError,
    model_validator,
)
from pydantic_core import InitErrorDetails, PydanticCustomError

from annual_report.form.base import StrictModel
from annual_report.form.values import MAX_NAME, Name, printable
from annual_report.page_bounds import POINTS_PER_MM, beyond_page

if TYPE_CHECKING:
    from collections.abc import Iterable

SIZES = {
    "初号": 42.0,
    "小初": 36.0,
    "一号": 26.0,
    "小一": 24.0,
    "二号": 22.0,
    "小二": 18.0,
    "三号": 16.0,
    "小三": 15.0,
    "四号": 14.0,
    "小四": 12.0,
    "五号": 10.5,
    "小五": 9.0,
    "六号": 7.5,
    "小六": 6.5,
    "七号": 5.5,
    "八号": 5.0,
}
"""The named sizes of Chinese type, in points."""

MAX_POINTS = 10_000
"""Larger numbers are refused before they are converted, since `float` cannot hold every integer."""

STYLES_KEPT = 16
"""How many styles writers cache; limited, so that the memory of a service does not grow with the styles it is given."""


def _points(value: Any) -> Any:
    """Convert a named size to points, and reject sizes that are not in half points."""
    if isinstance(value, str) and value in SIZES:
        return SIZES[value]
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < MAX_POINTS and value % 0.5 == 0:
        return float(value)
    raise PydanticCustomError("type_size", "should be a named size such as 三号, or points in halves")


Points = Annotated[
    float,
    BeforeValidator(_points, json_schema_input_type=float | Literal["二号", "三号", "四号", "小四", "五号", "小五"]),
    Field(ge=4, le=72),
]
"""A type size: points in halves, or a named size such as `三号`."""

Millimetres = Annotated[float, Field(strict=False, ge=0, le=400)]
"""A length on the page."""

Measure = Annotated[float, Field(strict=False)]
"""A measure in the unit given in its title."""

Colour = Annotated[str, Field(pattern="^[0-9A-Fa-f]{6}$")]
"""A colour: red, green and blue in hexadecimal."""


_NO_BRACE = r"[^{}\t\n\r\x{85}\x{2028}\x{2029}]*"

PageNumberForm = Annotated[
    str, Field(pattern=rf"^{_NO_BRACE}\{{page\}}{_NO_BRACE}$", max_length=MAX_NAME), BeforeValidator(printable)
]
"""One line of text that contains `{page}`."""


def _require_none(schema: dict[str, Any]) -> None:
    """Let the JSON Schema of a style accept a role's settings without those that have a default there."""
    schema.pop("required")


class Font(StrictModel):
    """The type of one role.

    Parameters
    ----------
    east_asian
        The typeface of Chinese characters.
    size
        The size in points, in halves, or a named size such as `三号`.
    latin
        The typeface of Latin letters and digits; by default, the style's.
    bold
        Whether it is bold.
    """

    model_config = ConfigDict(json_schema_extra=_require_none)

    if TYPE_CHECKING:

        def __init__(
            self, *, east_asian: str, size: float | str, latin: str | None = ..., bold: bool = ...
        ) -> None: ...

    east_asian: Name = Field(title="中文字体")
    size: Points = Field(title="字号")
    latin: Name | None = Field(default=None, title="西文字体")
    bold: bool = Field(default=False, title="加粗")


class Fonts(StrictModel):
    """The type of every role on the page.

    Parameters
    ----------
    title, body, heading_1, heading_2, heading_3, heading_4, table, item_table, page_number
        The type of a role: a `Font`, or a dict of the settings that differ from the default.

    Examples
    --------
    >>> Fonts(body={"size": "四号"}).body
    Font(east_asian='仿宋_GB2312', size=14.0, latin=None, bold=False)
    """

    if TYPE_CHECKING:

        def __init__(
            self,
            *,
            title: Font | dict[str, Any] = ...,
            body: Font | dict[str, Any] = ...,
            heading_1: Font | dict[str, Any] = ...,
            heading_2: Font | dict[str, Any] = ...,
            heading_3: Font | dict[str, Any] = ...,
            heading_4: Font | dict[str, Any] = ...,
            table: Font | dict[str, Any] = ...,
            item_table: Font | dict[str, Any] = ...,
            page_number: Font | dict[str, Any] = ...,
        ) -> None: ...

    title: Font = Field(default=Font(east_asian="方正小标宋简体", size=22.0), title="标题")
    body: Font = Field(default=Font(east_asian="仿宋_GB2312", size=16.0), title="正文")
    heading_1: Font = Field(default=Font(east_asian="黑体", size=16.0), title="一级标题")
    heading_2: Font = Field(default=Font(east_asian="楷体_GB2312", size=16.0), title="二级标题")
    heading_3: Font = Field(default=Font(east_asian="仿宋_GB2312", size=16.0), title="三级标题")
    heading_4: Font = Field(default=Font(east_asian="仿宋_GB2312", size=16.0), title="四级标题")
    table: Font = Field(default=Font(east_asian="宋体", size=9.0), title="表格文字")
    item_table: Font = Field(default=Font(east_asian="宋体", size=10.5), title="分项表格文字")
    page_number: Font = Field(default=Font(east_asian="宋体", size=14.0, latin="宋体"), title="页码")

    @model_validator(mode="before")
    @classmethod
    def _complete(cls, value: Any) -> Any:
        """Complete a role's settings with the defaults of the role."""
        if not isinstance(value, dict):
            return value
        partial = {role: font for role, font in value.items() if isinstance(font, dict) and role in cls.model_fields}
        whole = {role: cls.model_fields[role].default.model_dump() | font for role, font in partial.items()}
        return value | whole


class Margins(StrictModel):
    """The margins of the page, in millimetres."""

    top: Millimetres = Field(default=37.0, title="上边距（毫米）")
    bottom: Millimetres = Field(default=35.0, title="下边距（毫米）")
    left: Millimetres = Field(default=28.0, title="左边距（毫米）")
    right: Millimetres = Field(default=26.0, title="右边距（毫米）")


class Tables(StrictModel):
    """The rules and spacing of the tables.

    Parameters
    ----------
    rule
        The thickness of rules, in points.
    rule_colour
        The colour of rules.
    leading
        The line spacing, as a multiple of the type size.
    padding, item_padding
        The space between a rule and the text beside it, in points: in sections three and four, and in section two.
    row_space
        The least space above and below the text of a row, in points.
    row_height
        The minimum height of a row of section two, in points.
    label_inset
        The extra indent of the row labels of section three, in points.
    label_share
        The share of section two's width that its labels take.
    keep_whole
        The tables that move to the next page as a whole rather than break, if they fit on a page: those of section two
        (`proactive_disclosure`) and three (`applications`). Section four's always does.
    """

    rule: Measure = Field(default=0.5, ge=0.25, le=6, title="表线粗细（磅）")
    rule_colour: Colour = Field(default="000000", title="表线颜色")
    leading: Measure = Field(default=1.25, ge=1, le=3, title="表内行距（倍）")
    padding: Measure = Field(default=1.0, ge=0, le=6, title="单元格左右边距（磅）")
    item_padding: Measure = Field(default=4.0, ge=0, le=12, title="分项表格单元格左右边距（磅）")
    row_space: Measure = Field(default=2.2, ge=0, le=12, title="行内上下间距（磅）")
    row_height: Measure = Field(default=24.0, ge=0, le=72, title="分项表格最小行高（磅）")
    label_inset: Measure = Field(default=1.5, ge=0, le=12, title="行标题缩进（磅）")
    label_share: Measure = Field(default=0.4, ge=0.1, le=0.7, title="分项表格标题列占比")
    keep_whole: tuple[Literal["proactive_disclosure", "applications"], ...] = Field(
        default=(), title="不跨页的表格", strict=False
    )


class PageNumber(StrictModel):
    """The page number.

    Parameters
    ----------
    form
        The text, on one line, in which `{page}` is replaced by the number.
    position
        At the outer edge (right on odd and left on even pages) or centred.
    below
        The distance from the type area down to the dashes beside the number, which are in the middle of its line; in
        millimetres.
    """

    form: PageNumberForm = Field(default="— {page} —", title="页码形式")
    position: Literal["outside", "centre"] = Field(default="outside", title="页码位置")
    below: Millimetres = Field(default=7.0, title="页码距版心（毫米）")


class Style(StrictModel):
    """The look of a report; the defaults are those of GB/T 9704-2012.

    Parameters
    ----------
    paper
        The width and height of the paper, in millimetres.
    margins
        The margins of the page.
    lines
        The number of lines of body text on a full page.
    characters
        The number of characters of body text in a full line.
    indent
        The first-line indent of paragraphs and headings, in characters.
    title_space
        The space above and below the title, in lines.
    fonts
        The type of every role.
    tables
        The rules and spacing of the tables.
    latin
        The typeface of Latin letters and digits in roles that do not name one.
    latin_apart
        Whether Latin letters and digits have a separate typeface.
    sub_headings
        Whether sub-headings are as in the report, always run in before their paragraph, or always on their own line.
    band_shading
        The background colour of the bands of section two, or None.
    page_number
        The page number.

    Raises
    ------
    pydantic.ValidationError
        The values are not a valid style; `explain` describes the error.

    Notes
    -----
    GB/T 9704-2012, clauses 5.2.2 to 5.2.4 and 7.

    Examples
    --------
    >>> Style(fonts={"body": {"east_asian": "仿宋", "size": "三号"}}).fonts.body.size
    16.0
    """

    if TYPE_CHECKING:

        def __init__(  # noqa: PLR0913  # a style's settings
            self,
            *,
            paper: tuple[float, float] | list[float] = ...,
            margins: Margins | dict[str, Any] = ...,
            lines: int = ...,
            characters: int = ...,
            indent: int = ...,
            title_space: float = ...,
            fonts: Fonts | dict[str, Any] = ...,
            tables: Tables | dict[str, Any] = ...,
            latin: str = ...,
            latin_apart: bool = ...,
            sub_headings: Literal["as-written", "run-in", "own-line"] = ...,
            band_shading: str | None = ...,
            page_number: PageNumber | dict[str, Any] = ...,
        ) -> None: ...

    paper: tuple[Millimetres, Millimetres] = Field(default=(210.0, 297.0), title="纸张宽高（毫米）", strict=False)
    margins: Margins = Field(default=Margins(), title="页边距")
    lines: int = Field(default=22, ge=10, le=60, title="每页行数")
    characters: int = Field(default=28, ge=10, le=80, title="每行字数")
    indent: int = Field(default=2, ge=0, le=8, title="首行缩进（字）")
    title_space: Measure = Field(default=1.0, ge=0, le=8, title="标题上下空行")
    fonts: Fonts = Field(default=Fonts(), title="字体")
    tables: Tables = Field(default=Tables(), title="表格")
    latin: Name = Field(default="Times New Roman", title="西文字体")
    latin_apart: bool = Field(default=True, title="西文与数字另用字体")
    sub_headings: Literal["as-written", "run-in", "own-line"] = Field(default="as-written", title="小标题排法")
    band_shading: Colour | None = Field(default="D9E2F3", title="分项底纹颜色")
    page_number: PageNumber = Field(default=PageNumber(), title="页码")

    @model_validator(mode="wrap")
    @classmethod
    def _fits_a_page(cls, data: Any, handler: ModelWrapValidatorHandler[Style]) -> Style:
        """Refuse what no page can hold, together with whatever else is wrong."""
        wrong: list[InitErrorDetails] = []
        try:
            style = handler(data)
        except ValidationError as error:
            wrong = [_again(detail) for detail in error.errors(include_url=False)]
            try:
                style = handler(_without(data, [detail["loc"] for detail in wrong]))
            except ValidationError:
                raise error from None
        settings = {detail["loc"][:1] for detail in wrong}
        wrong += (problem for problem in beyond_page(style) if problem["loc"][:1] not in settings)
        if wrong:
            raise ValidationError.from_exception_data(cls.__name__, wrong)
        return style

    def __hash__(self) -> int:
        """Hash some settings in which styles differ; writers look a style up several times for every document."""
        sizes = self.fonts.body.size, self.fonts.title.size
        return hash((self.lines, self.characters, self.sub_headings, self.band_shading, sizes))

    @property
    def text_width(self) -> float:
        """The width of the type area in points."""
        return (self.paper[0] - self.margins.left - self.margins.right) * POINTS_PER_MM

    @property
    def text_height(self) -> float:
        """The height of the type area in points."""
        return (self.paper[1] - self.margins.top - self.margins.bottom) * POINTS_PER_MM

    @property
    def line_pitch(self) -> float:
        """The distance between lines of body text, in points."""
        return self.text_height / self.lines

    @property
    def character_spacing(self) -> float:
        """The letter spacing that fits `characters` characters into a line of body text, in points; may be negative."""
        return self.text_width / self.characters - self.fonts.body.size

    def latin_of(self, font: Font) -> str:
        """Return the typeface of Latin letters and digits in a role."""
        return (font.latin or self.latin) if self.latin_apart else font.east_asian


def _again(detail: Any) -> InitErrorDetails:
    """Return an error in the form that a new exception takes."""
    kind = PydanticCustomError(detail["type"], "{text}", {**detail.get("ctx", {}), "text": detail["msg"]})
    return InitErrorDetails(type=kind, loc=detail["loc"], input=detail["input"])


def _without(data: Any, places: Iterable[tuple[int | str, ...]]) -> Any:
    """Return data without the settings at these places, so that defaults take their place."""
    if not isinstance(data, dict):
        return data
    kept = {key: dict(value) if isinstance(value, dict) else value for key, value in data.items()}
    for first, *rest in filter(None, places):
        inner = kept.get(first)
        if isinstance(inner, dict) and rest:
            inner.pop(rest[0], None)
        else:
            kept.pop(first, None)
    return kept


PRESETS: dict[str, Style] = {
    "gbt9704": Style(),
    "large-print": Style(
        lines=18,
        characters=23,
        fonts=Fonts(
            title=Font(east_asian="方正小标宋简体", size=26.0),
            body=Font(east_asian="仿宋_GB2312", size=18.0),
            heading_1=Font(east_asian="黑体", size=18.0),
            heading_2=Font(east_asian="楷体_GB2312", size=18.0),
            heading_3=Font(east_asian="仿宋_GB2312", size=18.0),
            heading_4=Font(east_asian="仿宋_GB2312", size=18.0),
            table=Font(east_asian="宋体", size=10.5),
            item_table=Font(east_asian="宋体", size=14.0),
            page_number=Font(east_asian="宋体", size=16.0, latin="宋体"),
        ),
    ),
}
"""The named styles: the standard's, and one in large print."""
